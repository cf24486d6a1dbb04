"""Heads and feet of pages go where pages are marked; what an author repeats stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.layout.running_heads import running_heads
from pdtool.normalise.pipeline import normalise, revert

BODY = ["推进农田水利建设，保障粮食安全", "完善城市公共交通，方便市民出行", "发展乡村医疗事业，改善就医条件"]


def _clean(text: str) -> str:
    return running_heads(text).apply(text)[0]


def test_heads_and_feet_of_several_lines() -> None:
    """Journal and article at the top, a publisher at the foot, digits apart; page numbers stay for others."""
    page = "政策研究 第{0}期\n张三：治理\n{1}。\n某某出版社\n- {0} -\n"
    pages = [page.format(place, body) for place, body in enumerate(BODY)]
    bare = [f"{body}。\n- {place} -\n" for place, body in enumerate(BODY)]
    assert _clean("\f".join(pages)) == "\f".join(bare)


def test_heads_of_left_and_right_pages() -> None:
    """Two heads that take turns are both heads; a first page without one is left as it is."""
    bodies = [f"{name}村的情况" for name in "甲乙丙丁戊己庚辛"]
    heads = ["政策研究", "第一章 总论"] * 4
    pages = [f"{head}\n{body}" for head, body in zip(heads, bodies, strict=True)]
    assert _clean("\f".join(["标题", *pages])) == "\f".join(["标题", *bodies])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("政策研究\n" * 5, id="no pages"),
        pytest.param("\f".join(BODY), id="different lines"),
        pytest.param("\f".join(f"{body}。\n他说：“好。”" for body in BODY), id="sentences"),
        pytest.param("\f".join("123" for _ in range(5)), id="page numbers alone"),
        pytest.param(f"政策研究\n{BODY[0]}\f{BODY[1]}\f{BODY[2]}\f结束", id="once"),
        pytest.param("\f\f\f", id="empty pages"),
    ],
)
def test_what_is_no_head_stays(text: str) -> None:
    """Without pages, or without recurring, nothing goes; nor do sentences or bare numbers."""
    assert len(running_heads(text)) == 0


@settings(deadline=None)  # the first text of a process loads the tables
@given(st.lists(st.sampled_from(["甲乙", "丙。", "", "1", "政策研究", "\n"]), max_size=40), st.data())
def test_any_pages_can_be_restored(lines: list[str], data: st.DataObject) -> None:
    """Edits are disjoint whatever the pages look like, and undo to the text."""
    text = "".join(line + data.draw(st.sampled_from(["\n", "\f", "\n\f", ""])) for line in lines)
    clean = normalise(text)
    assert revert(clean.text, clean.layers) == text


@pytest.mark.parametrize("first", [1, 98, 4467, 10517])
@pytest.mark.parametrize("below", ["\n", " \n \n"])
def test_heads_beside_numbers_that_count_up(first: int, below: str) -> None:
    """Without form feeds a head is known by the numbers beside it; the sentence goes on across the page."""
    pages = ["局长：本局今年修缮渡口十二处，疏浚河道三十公里，并且培训船员三百余名，发放救生衣" * 4] * 5
    text = "\n".join(
        f"议会纪录 ─ 2013年 2月 6日{below}{first + n}{below}{page}" for n, page in enumerate(pages)
    )
    assert running_heads(text).apply(text)[0] == "".join(pages)


def test_labels_above_scores_stay() -> None:
    """The same label above numbers that count up is a list unless a page lies between."""
    text = "\n".join(f"得分\n{number}\n甲队进攻得手，乙队换人。" for number in range(1, 9))
    assert not len(running_heads(text))


def test_numbers_that_do_not_count_up_stay() -> None:
    """The same label above figures is a table of figures."""
    body = "本表统计各乡镇渡口的修缮情况，数据由各乡镇上报，截至年底。" * 6
    text = "\n".join(f"渡口数量\n{number}\n{body}" for number in (12, 7, 31, 4))
    assert not len(running_heads(text))
