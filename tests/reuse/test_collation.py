"""The table of variants: what one text has for what the other has, how often, and of which class."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdtool.corpus.scan import scan
from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.documents.document import Document
from pdtool.normalise.pipeline import normalise
from pdtool.reuse.alignment import align
from pdtool.reuse.anchors import Index
from pdtool.reuse.collation import variants
from pdtool.reuse.dedupe import DedupeOptions, dedupe
from pdtool.reuse.rows import VariantRow

TEXT = """关于下达2021年农业转移支付资金的通知
国农发〔2021〕4号
各县（区）财政局：经研究，现下达你县资金1200万元，专项用于高标准农田建设和农机购置补贴，增长6.1%。
请严格按照规定用途使用，加快预算执行进度，确保资金安全和使用效益，由京山市财政局负责督促检查。
各地要切实加强组织领导，落实工作责任，认真做好宣传引导，及时总结经验做法并报送我局备案。
"""


def document(name: str, text: str) -> Document:
    """Repair a text."""
    return document_of(RawDocument(Source(name, name, name, "text"), text, ""), normalise(text))


def collated(one: str, other: str, from_a: bool = True) -> list[VariantRow]:
    """Collate two texts."""
    a, b = document("a", one), document("b", other)
    return variants(a, b, align(Index.of(a.folded.codes), Index.of(b.folded.codes)).passages, from_a)


@pytest.mark.parametrize(
    ("before", "after", "shown", "kind"),
    [
        ("1200万元", "860万元", ("1200", "860"), "figure"),
        ("6.1%", "-6.1%", ("6.1%", "-6.1%"), "figure"),
        ("下达2021年", "下达2022年", ("2021", "2022"), "date"),
        ("〔2021〕4号", "〔2021〕17号", ("〔2021〕4号", "〔2021〕17号"), "doc_number"),
        ("〔2021〕4号", "〔2022〕4号", ("〔2021〕4号", "〔2022〕4号"), "doc_number"),
        ("京山市财政局", "浦东新区财政局", ("京山市", "浦东新区"), "name"),
        ("认真做好", "扎实推进", ("认真做好", "扎实推进"), "wording"),
        ("及时总结", "总结", ("及时", ""), "wording"),
        ("组织领导", "组织须导", ("领导", "须导"), "other"),
    ],
)
def test_classes(before: str, after: str, shown: tuple[str, str], kind: str) -> None:
    """Figures, dates, numbers of documents, names, words and single characters are told apart."""
    (row,) = collated(TEXT, TEXT.replace(before, after))
    assert (row.before, row.after) == shown
    assert (row.count, row.class_) == (1, kind)


def test_one_class_does_not_hide_another() -> None:
    """What recurs is counted by class; the reading can be turned."""
    changed = TEXT.replace("2021年", "2022年").replace("资金", "经费")
    rows = collated(TEXT, changed)
    assert [(row.before, row.after, row.count, row.class_) for row in rows] == [
        ("资金", "经费", 3, "wording"),
        ("2021", "2022", 1, "date"),
    ]
    turned = collated(TEXT, changed, from_a=False)
    assert (turned[0].doc_a, turned[0].before, turned[0].after) == ("b", "经费", "资金")


def test_the_table_of_a_corpus(tmp_path: Path) -> None:
    """Pairs come in the order of the table of pairs, read from the copy to the kept one."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXT.replace("领导", "须导"), encoding="utf-8")
    with scan([str(tmp_path)]) as corpus:
        result = dedupe(corpus, DedupeOptions(jobs=1), by="variant")
    assert [row.doc_b for row in result.pairs] == ["b.txt", "c.txt", "c.txt"]
    assert [(row.doc_a, row.doc_b, row.before, row.after) for row in result.variants] == [
        ("c.txt", "a.txt", "须导", "领导"),
        ("b.txt", "c.txt", "领导", "须导"),
    ]


def test_nothing_is_collated_unless_asked_for(tmp_path: Path) -> None:
    """The table of pairs costs no collation."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXT.replace("领导", "须导"), encoding="utf-8")
    with scan([str(tmp_path)]) as corpus:
        assert not dedupe(corpus, DedupeOptions(jobs=1)).variants
