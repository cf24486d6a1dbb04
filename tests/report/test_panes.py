"""Both panes of a pair: the original texts, whole, with what is said of them true."""

from __future__ import annotations

import re
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.documents.document import Document
from pdtool.language import Language
from pdtool.normalise.pipeline import normalise
from pdtool.report.html.texts import pane_html
from pdtool.report.html.words import words_of
from pdtool.report.marks import touched
from pdtool.report.model import Mark, Pane, Report
from pdtool.report.panes import AROUND, WHOLE, Side, panes
from pdtool.reuse.alignment import align
from pdtool.reuse.anchors import Index
from pdtool.reuse.collation import variants
from pdtool.reuse.passage import Passage
from pdtool.text.fold import fold

SENTENCE = "坚持党对基层治理的全面领导是贯穿新时代基层治理现代化的一条红线"
DIRT = (
    "領(lǐng)導(dǎo)",
    "点赞:12\n",
    "共有43\r\n3、50名",
    "ＡＢＣ",
    "關鍵詞",
    "?！凹议T口",
    "\ud800",
    "  ",
    SENTENCE,
)


def document(raw: str, name: str = "a") -> Document:
    """Read and repair a text."""
    return document_of(RawDocument(Source(name, name, name, "text"), raw, "utf-8"), normalise(raw))


def sides(a: str, b: str, least: int = 10) -> tuple[Side, Side, list[Passage]]:
    """Align two texts."""
    first, second = document(a, "a"), document(b, "b")
    found = align(Index.of(first.folded.codes), Index.of(second.folded.codes), least)
    return Side(first), Side(second), list(found.passages)


def whole(pane: Pane) -> str:
    """Return the text of a pane."""
    return "".join(piece.text for piece in pane.pieces)


@given(*[st.lists(st.sampled_from(DIRT), max_size=8).map("，".join)] * 2)
@settings(deadline=None)
def test_panes_are_the_original_texts(a: str, b: str) -> None:
    """Whatever the dirt: the pieces of a pane are the text as it was read, nothing lost and nothing added."""
    left, right = panes(*sides(a, b))
    assert (whole(left), whole(right)) == (a, b)
    assert left.skipped == right.skipped == 0
    for pane, other in ((left, right), (right, left)):
        begun = [piece.passage for piece in pane.pieces if piece.first]
        assert len(begun) == len(set(begun))
        assert set(begun) >= {piece.passage for piece in pane.pieces if piece.passage}
        assert not any(piece.skipped for piece in other.pieces)


def test_a_passage_inside_another_has_its_place() -> None:
    """Every number leads somewhere on both sides, also where another passage or a gap has all of it."""
    text = "".join(map(chr, np.random.default_rng(1).integers(0x4E00, 0x9FA0, WHOLE + 1000)))
    first, second = Side(document(text)), Side(document("甲" + text))
    spans = ((0, WHOLE), (40, 90), (WHOLE // 2, WHOLE // 2 + 40))
    long, within, deep = (np.arange(start, end) for start, end in spans)
    found = [Passage.of(long, long + 1), Passage.of(within, within + 1), Passage.of(deep, deep + 1)]
    for pane, side in zip(panes(first, second, found), "ab", strict=True):
        begun = [piece.passage for piece in pane.pieces if piece.first]
        others = {number: piece for piece in pane.pieces for number in piece.others}
        assert (begun, list(others)) == ([1], [2, 3])
        assert (bool(others[2].skipped), bool(others[3].skipped)) == (False, True)
        marked = pane_html(pane, 7, side, words_of(Language.ZH))
        assert re.findall(f'id="p7{side}([0-9]+)"', marked) == ["1", "2", "3"]


def test_passages_of_the_seeds_are_the_rows_of_the_command(seed_report: Report) -> None:
    """The stretches that bear a number are exactly the cuts of ``dedupe --by passage``."""
    (view,) = seed_report.pairs
    assert len(view.passages) == 2
    for pane, texts in (
        (view.a, [p.text_a for p in view.passages]),
        (view.b, [p.text_b for p in view.passages]),
    ):
        grouped = groupby(pane.pieces, key=lambda piece: piece.passage)
        shown = ["".join(piece.text for piece in pieces) for number, pieces in grouped if number]
        assert shown == texts


def test_marks_of_the_seeds_agree_with_the_figures(seed_report: Report) -> None:
    """What the copy has in its passages without being marked as different is what the command counts."""
    (view,) = seed_report.pairs
    compared = [piece for piece in view.b.pieces if piece.passage and piece.mark is not Mark.REMOVED]
    equal = [piece.text for piece in compared if piece.mark is not Mark.DIFFERENT]
    assert len(fold("".join(equal))) == view.row.matched_chars
    assert sum(len(piece.text) for piece in compared if piece.mark is Mark.DIFFERENT) == 15


def test_furniture_of_the_seeds_is_marked_with_its_rule(seed_report: Report) -> None:
    """The notice of the document-sharing site names the rule that took it out, and so do page markers."""
    (view,) = seed_report.pairs
    notes = {piece.note for piece in view.b.pieces if piece.mark is Mark.REMOVED}
    assert "furniture: shared_by_member" in notes
    assert any(note.startswith("page_marker") for note in notes)
    ghosts = [piece.text for piece in view.a.pieces if piece.note.startswith("ghost")]
    assert len(ghosts) > 500
    assert all(ghost.startswith("(") and ghost.endswith(")") for ghost in ghosts)


@pytest.mark.parametrize(
    ("other", "mark", "text"),
    [
        (SENTENCE.replace("党", "黨"), Mark.FORM, "黨"),
        (SENTENCE.replace("贯", "江"), Mark.DIFFERENT, "江"),
        (SENTENCE.replace("新时代", "新新时代"), Mark.DIFFERENT, "新"),
        (SENTENCE + "ＡＢＣＤＥ", Mark.FORM, "ＡＢＣＤＥ"),
    ],
)
def test_what_differs_is_marked_for_what_it_is(other: str, mark: Mark, text: str) -> None:
    """Another script or width is another form; another character, or one more, is a difference."""
    _, right = panes(*sides(SENTENCE + "ABCDE", other))
    assert [piece.text for piece in right.pieces if piece.mark is mark] == [text]


def test_a_long_text_shows_its_passages_and_says_what_it_leaves_out() -> None:
    """Only what lies around passages is shown; shown and skipped characters together are the text."""
    filler = "".join(chr(0x4E00 + place * 7 % 20_000) for place in range(2 * WHOLE))
    long = filler[:WHOLE] + SENTENCE + filler[WHOLE:]
    left, right = panes(*sides(long, SENTENCE))
    assert SENTENCE in whole(left)
    assert len(whole(left)) + left.skipped == len(long) == left.chars
    assert len(whole(left)) == len(SENTENCE) + 3 * AROUND
    assert sum(piece.skipped for piece in left.pieces) == left.skipped
    assert right.skipped == 0


def test_what_one_text_holds_twice_is_numbered_twice_where_it_stands() -> None:
    """A passage in another's place on one side is still announced on the side where it has its own."""
    a, b, passages = sides(SENTENCE + "。间隔其他文字。" + SENTENCE, SENTENCE)
    assert len(passages) == 2
    left, right = panes(a, b, passages)
    assert [piece.passage for piece in left.pieces if piece.first] == [1, 2]
    assert [piece.passage for piece in right.pieces if piece.first] == [1]
    assert (whole(left), whole(right)) == (a.document.raw, SENTENCE)


def test_repairs_are_found_in_the_original_text() -> None:
    """Each stretch names the step, and cutting it out of the original text gives what the step took out."""
    raw = "点赞:12\r\n推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾，加強 黨建。"
    found = {(raw[t.start : t.end], t.kind) for t in touched(document(raw))}
    assert {("(dòng)", "ghost"), ("(lǐng)", "ghost"), (" ", "spacing")} <= found
    assert any(kind == "furniture" and "点赞" in text for text, kind in found)
    assert not any(kind in {"script", "width", "line_end"} for _, kind in found)


def test_collation_of_the_seeds_tells_what_the_recognition_got_wrong(seed_report: Report) -> None:
    """The variants are read from the copy to the original, with the neighbour that makes a word."""
    rows = seed_report.tables["variants"].rows
    found = {(row.before, row.after): row.count for row in rows}
    assert found["街慎", "街镇"] == found["茯约", "预约"] == found["茶层", "基层"] == 1
    assert {(row.doc_a[:3], row.doc_b[:3]) for row in rows} == {("004", "000")}
    (view,) = seed_report.pairs
    assert list(view.variants) == list(rows)


def test_collation_counts_and_orders() -> None:
    """A variant that recurs is counted, the most frequent comes first, and the direction can be turned."""
    copy = (SENTENCE + "。").replace("基层", "茶层") + "街慎" + SENTENCE
    original = SENTENCE + "。" + "街镇" + SENTENCE
    a, b, passages = sides(copy, original)
    rows = variants(a.document, b.document, passages)
    assert [(row.before, row.after, row.count) for row in rows] == [("茶层", "基层", 2), ("街慎", "街镇", 1)]
    turned = variants(a.document, b.document, passages, from_a=False)
    assert (turned[0].doc_a, turned[0].before, turned[0].after) == ("b", "基层", "茶层")


def test_reordered_parts_give_no_false_variants() -> None:
    """Where the parts of a passage stand in another order, what lies between them is no variant."""
    parts = [SENTENCE[:16], SENTENCE[16:], "推动社区发展服务群众凝聚人心", "完善联勤联动机制加强网格管理"]
    a, b, passages = sides("，".join(parts), "，".join([parts[2], parts[0], parts[3], parts[1]]), 30)
    assert any(bool(np.any(np.diff(passage.matches_b) < 0)) for passage in passages)
    assert all(
        len(row.before) <= 12 and len(row.after) <= 12 for row in variants(a.document, b.document, passages)
    )
    left, right = panes(a, b, passages)
    assert whole(left) == a.document.raw
    assert whole(right) == b.document.raw
