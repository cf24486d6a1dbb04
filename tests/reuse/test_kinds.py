"""Kinds of related pairs and keepers: what pairs are to a reader, and which document is kept."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from pdtool.corpus.scan import scan
from pdtool.reuse.dedupe import DedupeOptions, DedupeResult, dedupe
from pdtool.reuse.editions import Opening, differing_dates, edition_of
from pdtool.reuse.options import Keep
from pdtool.reuse.rows import PairRow
from tests.reuse.related_pairs import KINDS, Made


def run(folder: Path, texts: dict[str, str], keep: Keep = Keep.BEST) -> DedupeResult:
    """Write texts as files of a folder and dedupe it."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with scan([str(folder)]) as corpus:
        return dedupe(corpus, DedupeOptions(jobs=1, keep=keep))


def judged(folder: Path, made: Made) -> PairRow | None:
    """Return the row of a made pair, if it is more than an overlap."""
    rows = run(folder, {"a.txt": made.first, "b.txt": made.second}).pairs
    return rows[0] if rows and rows[0].kind else None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kinds_and_keepers_of_made_pairs(kind: str, tmp_path: Path) -> None:
    """Of 40 pairs of each kind, either document first, at most one is told or kept wrongly.

    A misread figure, or a character or two that read no worse, tell a damaged copy from nothing.
    """
    seen = right = kept = 0
    for number in range(40):
        rng = Random(f"kinds {kind} {number}")
        made = KINDS[kind](rng)
        row = judged(tmp_path, made.turned() if rng.random() < 0.5 else made)
        if row is None:  # too much was amended or filled in for a copy
            continue
        seen += 1
        right += row.kind == kind
        kept += is_kept(tmp_path, row, made)
    assert seen >= 25
    assert right >= seen - 1
    assert kept >= seen - 1


def is_kept(folder: Path, row: PairRow, made: Made) -> bool:
    """Return whether the right one of a made pair is kept."""
    if made.keep == -1:
        return True
    if made.keep is None:
        return not row.keep
    wanted = (made.first, made.second)[made.keep]
    return bool(row.keep) and (folder / row.keep).read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_which_document_is_named_first_never_matters(kind: str, tmp_path: Path) -> None:
    """Relation, kind, containments and the text that is kept are the same both ways."""
    for number in range(8):
        made = KINDS[kind](Random(f"turned {kind} {number}"))
        one, other = judged(tmp_path, made), judged(tmp_path, made.turned())
        if one is None or other is None:
            assert one is other
            continue
        assert (one.relation, one.kind) == (other.relation, other.kind)
        assert (one.containment_a, one.containment_b) == (other.containment_b, other.containment_a)
        assert (one.date_a, one.date_b) == (other.date_b, other.date_a)
        assert bool(one.keep) == bool(other.keep)


COMMUNIQUE = (
    "某县2022年国民经济和社会发展统计公报\n初步核算，全年地区生产总值{}亿元，按可比价格计算，比上年增长{}。"
    "其中第一产业增加值86.3亿元，第二产业增加值201.5亿元，第三产业增加值224.2亿元。"
    "年末全县常住人口101.9万人，城镇化率为52.3%。全年居民消费价格比上年上涨1.8%。"
)
NOTICE = (
    "关于下达{0}年第{1}批中央财政农业转移支付资金的通知\n各县（区）财政局：\n根据省财政厅通知精神，现下达你县（区）"
    "{0}年第{1}批中央财政农业转移支付资金{2}万元，列“213农林水支出”科目，专项用于高标准农田建设和农机购置补贴。"
    "请严格按照规定用途使用，加快预算执行进度，确保资金安全和使用效益。\n附件：资金分配表\n某市财政局\n{3}"
)


def test_communiques_with_other_figures_are_three_documents(tmp_path: Path) -> None:
    """6.1 %, −6.1 % and 61 % are not identical, the reason names the figures, and all are kept."""
    figures = {"a.txt": ("512.0", "6.1%"), "b.txt": ("512.0", "-6.1%"), "c.txt": ("5120", "61%")}
    result = run(tmp_path, {name: COMMUNIQUE.format(*pair) for name, pair in figures.items()})
    assert [(row.relation, row.kind) for row in result.pairs] == [("same", "form")] * 3
    assert "differ only in figures: 512.0/5120, 6.1%/61%" in result.pairs[1].reason
    assert len(result.kept) == 3


def test_notices_of_one_template_are_all_kept(tmp_path: Path) -> None:
    """Year, batch, amount and date are what makes them different documents."""
    filled = [
        (2021, "一", 1200, "2021年3月5日"),
        (2021, "二", 860, "2021年6月18日"),
        (2022, "一", 1350, "2022年3月9日"),
        (2022, "二", 910, "2022年7月1日"),
    ]
    result = run(tmp_path, {f"n{number}.txt": NOTICE.format(*one) for number, one in enumerate(filled)})
    assert {row.kind for row in result.pairs} == {"form"} and len(result.pairs) == 6
    assert len(result.kept) == 4
    assert (result.pairs[0].date_a, result.pairs[0].date_b) == ("2021-03-05", "2021-06-18")


LAW = """海安市渔港管理条例
（{}）
第一条　为了加强渔港水域管理，保障渔业船舶航行和作业安全，制定本条例。
第二条　本条例适用于本市渔港水域内的渔业船舶、设施和人员。
第三条　渔港监督机构负责渔港水域交通安全监督管理工作，依法履行职责，不得推诿。
第四条　渔业船舶进出渔港应当遵守港章，接受渔港监督机构检查，如实报告航次情况。
第五条　渔业船舶应当配备救生、消防和通信设备，并保持良好状态。
第六条　船员应当持有效适任证书，未持证不得上岗作业。
第七条　{}
第八条　本条例自公布之日起施行。
"""
EARLIER = LAW.format(
    "2008年9月26日海安市第五届人民代表大会常务委员会第四次会议通过",
    "未持证上岗作业的，由渔港监督机构责令改正，处二百元以上一千元以下罚款；情节严重的，暂扣签证簿三十日。",
)
LATER = LAW.format(
    "2008年9月26日通过　2021年5月28日修正", "未持证上岗作业的，由主管部门处二千元以上二万元以下罚款。"
)


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_the_law_in_force_is_kept(names: tuple[str, str], tmp_path: Path) -> None:
    """The later version is kept though it is the shorter one, whichever is named first."""
    result = run(tmp_path, dict(zip(names, (EARLIER, LATER), strict=True)))
    (row,) = result.pairs
    assert (row.kind, row.keep) == ("version", names[1])
    assert row.reason.endswith(": the later version") and "2021-05-28修正" in row.reason
    assert [source.id for source in result.kept] == [names[1]]


def test_keep_chooses_otherwise(tmp_path: Path) -> None:
    """The longest, the first and the newest are kept where that is asked for."""
    texts = {"a.txt": LATER, "b.txt": EARLIER}
    kept = {keep: [source.id for source in run(tmp_path, texts, keep).kept] for keep in Keep}
    assert kept[Keep.BEST] == kept[Keep.NEWEST] == kept[Keep.FIRST] == ["a.txt"]
    assert kept[Keep.LONGEST] == ["b.txt"]


def test_posts_that_another_one_holds_are_said_to_be_held(tmp_path: Path) -> None:
    """``both stay`` is not said of a document that is dropped for a third one."""
    post = "【青山县开镰啦】今天，青山县十万亩早稻开镰收割，预计亩产突破1100斤！"
    texts = {
        "1.txt": f"#乡村振兴#{post}[鼓掌][赞] http://t.cn/A6xYz123",
        "3.txt": f"//@青山发布:#乡村振兴#{post}[鼓掌][赞]",
        "4.txt": f"好！[good][good] //@王某:支持 //@青山发布:#乡村振兴#{post}",
    }
    result = run(tmp_path, texts)
    dropped = {row.doc for row in result.documents if row.role == "drop"}
    for row in result.pairs:
        assert ("both stay" in row.reason) == (not {row.doc_a, row.doc_b} & dropped)


@pytest.mark.parametrize(
    ("head", "tail", "date", "mark"),
    [
        ("渔港条例\n（2008年9月26日通过　2021年5月28日修正）", "", "2021-05-28", "修正"),
        ("渔港条例（2021修订）\n第一条", "", "2021", "修订"),
        ("渔港条例（征求意见稿）\n第一条", "", "", "征求意见稿"),
        ("关于开展检查的通知\n各县：", "某市财政局\n2021年3月5日", "2021-03-05", ""),
        ("关于开展检查的通知\n各县：", "某市财政局\n二〇二一年十二月二十八日", "2021-12-28", ""),
        ("检查通报（2021年第3期）\n现将2019年情况通报如下", "", "2021", ""),
        ("没有日期的通知\n各县：2019年以来，成效明显。", "", "", ""),
        ("渔港条例\n（经常务会议通过，由市长公布）\n第一条", "", "", ""),
    ],
)
def test_editions_are_read_from_head_and_end(head: str, tail: str, date: str, mark: str) -> None:
    """Notes under titles, marks in titles and signatures date a document; what it tells of does not."""
    edition = edition_of("", Opening(head=head, tail=tail))
    assert (edition.date, edition.mark) == (date, mark)


def test_dates_of_different_exactness_do_not_contradict() -> None:
    """A year and a day in it may be one date."""
    assert not differing_dates("2021", "2021-05-28")
    assert differing_dates("2021", "2008-09-26")
    assert not differing_dates("", "2021")
