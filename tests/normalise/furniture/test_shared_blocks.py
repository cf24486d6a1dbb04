"""Blocks that three documents with different texts share are furniture; a copy's own title never is."""

from __future__ import annotations

import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.furniture.edge_lines import edge_lines_of
from pdtool.normalise.furniture.shared_blocks import SharedBlocks, learn_blocks, shared_block_edits
from pdtool.normalise.pipeline import normalise

HEAD = "海量文档免费分享平台\n千万用户共同的选择\n"
FOOT = "\n海量文档平台提醒您理性阅读\n更多内容尽在海量文档平台"
WORDS = "议事会村民代表干部道路水利学校土地树林春耕秋收账目公开监督协商调解和睦邻里老人儿童医疗教育"


def body(number: int, paragraphs: int = 6) -> str:
    """Return a text of its own: random characters, the same for the same number."""
    chance = random.Random(number)
    return "\n".join("".join(chance.choices(WORDS, k=120)) + "。" for _ in range(paragraphs))


def learned(texts: list[str]) -> SharedBlocks:
    """Return what these texts teach."""
    return learn_blocks(edge_lines_of(text) for text in texts)


def without(text: str, blocks: SharedBlocks) -> str:
    """Return the text without the blocks."""
    return shared_block_edits(text, blocks).apply(text)[0]


def test_shared_head_and_foot_go() -> None:
    """Three documents that differ but for head and foot lose both, whole."""
    texts = [HEAD + body(number) + FOOT for number in range(3)]
    blocks = learned(texts)
    assert blocks
    assert [without(text, blocks).strip() for text in texts] == [body(number) for number in range(3)]


def test_two_documents_prove_nothing() -> None:
    """What two documents share may be theirs."""
    assert not learned([HEAD + body(number) + FOOT for number in range(2)])


@pytest.mark.parametrize("paragraphs", [2, 6, 30])
def test_copies_prove_nothing(paragraphs: int) -> None:
    """Five copies of one paper share head, middle and foot: its title stays."""
    copy = (
        "论村民议事会的若干问题\n一个来自山区的调查报告\n"
        + body(1, paragraphs)
        + "\n作者感谢各位的支持\n写于某县某镇某村"
    )
    assert not learned([copy, copy + "\n转载", copy.replace("村民", "居民"), "副本\n" + copy, copy])


def test_parts_of_one_paper_prove_nothing() -> None:
    """The whole, its first half and its first third are one text."""
    title = "论村民议事会的若干问题\n一个来自山区的调查报告\n"
    lines = body(1, 30).split("\n")
    assert not learned([title + "\n".join(lines[:count]) for count in (30, 15, 10)])


@pytest.mark.parametrize(
    "head",
    [
        "第一章 总则\n第一条 为了规范议事活动，制定本办法。\n",
        "一、指导思想\n",
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n",
        "政府工作报告\n",
        "张三\n（某大学公共管理学院，北京 100000）\n",
        "作者：张三\n关键词：议事会；基层治理；村民自治；协商民主\n",
        "1996年11月20日 中华人民共和国国务院令第902号发布\n",
        "（2003年3月5日某省人民代表大会常务委员会第七次会议通过）\n",
        "让群众喝上干净水、走上平坦路、用上安全电，是各级干部谁也不能退让的一条红线。\n",
        "| 作者：议事规则研究小组及其全体成员与志愿者们\n",
        "每周分享第 12 期\n这里记录过去一周读到的值得分享的东西，每周五发布。\n",
        "某县水库大坝安全鉴定与除险加固\n某县水利工程质量检测站编制\n",
    ],
)
def test_what_genuine_documents_share_stays(head: str) -> None:
    """Statutes, headings, salutations, short titles and front matter are not furniture."""
    assert not learned([head + body(number) for number in range(5)])


@pytest.mark.parametrize(
    "foot",
    [
        "\n第 5 條 本法施行細則，由中央主管機關定之。\n第 6 條 本法自公布日施行。",
        "\n第九条 （删除）",
        "\n本办法自2008年5月1日起施行，由某省水利厅负责解释。",
        "\n本刊欢迎投稿，也欢迎推荐读到的好文章，请写信到编辑部。\n（完）",
        "\n去年的本周：《周刊第 12 期》\n前年的本周：《周刊第 3 期》",
        "\n此件公开发布，各乡镇转发至村民小组",
    ],
)
def test_what_genuine_documents_end_with_stays(foot: str) -> None:
    """Closing articles, sentences and references to other issues go from no document."""
    texts = [body(number) + foot for number in range(5)]
    blocks = learned(texts)
    assert [without(text, blocks) for text in texts] == texts


def test_content_within_a_block_stays() -> None:
    """A sentence ends what goes; a document's or body's name between lines of a site stays."""
    kept = "本办法适用于全县各村。\n文档下载排行\n"
    head = f"海量文档免费分享平台\n某县人民政府办公室\n登录 注册 会员中心\n{kept}"
    kept = f"某县人民政府办公室\n{kept}"
    texts = [head + body(number) for number in range(4)]
    assert [without(text, learned(texts)) for text in texts] == [kept + body(number) for number in range(4)]


def test_a_traditional_site_is_known_by_its_simplified_form() -> None:
    """Lines in Traditional script are judged as the forms and words of sites are written."""
    head = "海量文檔免費下載平臺\n請登錄後瀏覽全文\n"
    texts = [head + body(number) for number in range(3)]
    assert [without(text, learned(texts)) for text in texts] == [body(number) for number in range(3)]


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, 7)))
def test_more_documents_take_no_content(others: set[int]) -> None:
    """What stays of a document read alone for its content stays whatever documents are read beside it."""
    foot = "\n把好事办实、把实事办好，是各级干部谁也不能退让的一条红线。"
    blocks = learned([body(number) + foot for number in [*others, 9]])
    assert without(body(9) + foot, blocks) == body(9) + foot


def test_a_longer_block_within_a_shorter_one() -> None:
    """Documents of one channel share more lines than those of the whole site: each loses what it shares."""
    channel = HEAD + "乡村治理频道精选文章\n"
    texts = [channel + body(number) for number in range(3)] + [HEAD + body(number) for number in range(3, 6)]
    blocks = learned(texts)
    assert [without(text, blocks) for text in texts] == [body(number) for number in range(6)]


def test_touches_foresees_the_edits() -> None:
    """``touches`` says of a edge_lines whether its document would change."""
    texts = [HEAD + body(number) + FOOT for number in range(3)]
    blocks = learned(texts)
    assert all(blocks.touches(edge_lines_of(text)) for text in texts)
    assert not blocks.touches(edge_lines_of(body(9)))
    assert not SharedBlocks().touches(edge_lines_of(texts[0]))


def test_a_body_is_never_emptied() -> None:
    """A document that consists of the shared blocks alone stays."""
    blocks = learned([HEAD + body(number) + FOOT for number in range(3)])
    assert without(HEAD + FOOT, blocks) == HEAD + FOOT


def test_counters_do_not_hide_a_block() -> None:
    """Lines that differ in their figures only are the same lines."""
    texts = [
        f"第{number}位访客，欢迎光临海量文档平台\n今日已有{number}万人选择\n" + body(number)
        for number in range(3)
    ]
    assert [without(text, learned(texts)) for text in texts] == [body(number) for number in range(3)]


def test_lines_between_paragraphs() -> None:
    """A line with a word of sites that three different documents hold goes wherever it stands."""

    def printed(number: int) -> str:
        lines = body(number).split("\n")
        lines.insert(number + 1, "海量平台客户端，随时随地阅读")
        return "\n".join(lines)

    texts = [printed(number) for number in range(4)]
    assert [without(text, learned(texts)) for text in texts] == [body(number) for number in range(4)]


@pytest.mark.parametrize(
    "line",
    [
        "资料来源：某县统计局网站数据库",
        "我们要认真组织领导和督促检查",
        "一、网站登录与注册管理工作",
        "网友评论说，账要算在明处。",
    ],
)
def test_lines_that_genuine_documents_share(line: str) -> None:
    """Sources, headings, sentences and lines without a word of sites stay between paragraphs."""
    texts = [body(number).replace("\n", f"\n{line}\n", 1) for number in range(5)]
    assert [without(text, learned(texts)) for text in texts] == texts


def test_pickle() -> None:
    """Workers receive the blocks."""
    blocks = learned([HEAD + body(number) + FOOT for number in range(3)])
    assert pickle.loads(pickle.dumps(blocks)) == blocks  # noqa: S301 - our own bytes


def test_normalise_removes_them_in_their_place() -> None:
    """The pipeline takes edge lines after the furniture step and removes the blocks right after it."""
    raws = [f"浏览量:{number}\r\n" + HEAD + body(number) + FOOT + "\n点赞:" for number in range(3)]
    blocks = learn_blocks(normalise(raw).edge_lines() for raw in raws)
    clean = normalise(raws[0], blocks)
    assert clean.text.strip() == body(0)
    assert [layer.kind for layer in clean.layers] == ["line_end", "furniture", "shared_block"]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_changes_nothing(order: list[int]) -> None:
    """The same documents in another order teach the same."""
    texts = [HEAD + body(number) + (FOOT if number % 2 else "") for number in range(7)] + [HEAD + body(1)]
    assert learned([texts[index] for index in order]) == learned(texts)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("党建\n \u3000a，", max_size=60), max_size=6))
def test_any_text_survives(texts: list[str]) -> None:
    """Whatever comes in can be remembered, learned from and edited, and the edits can be undone."""
    blocks = learned(texts)
    for text in texts:
        edits = shared_block_edits(text, blocks)
        assert edits.revert(edits.apply(text)[0]) == text
