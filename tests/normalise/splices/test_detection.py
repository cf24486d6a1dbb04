"""Passages of another article are named; undamaged texts are not accused."""

from __future__ import annotations

import pytest

from pdtool.normalise.pipeline import normalise
from pdtool.normalise.splices.detection import Splice, find_splices, splice_rows
from tests.damage.splicing import CUTS, Cut, Spliced, digressions, spliced_texts, varied_splices
from tests.normalise.tables import seed, undamaged
from tests.texts import library


def overlap(splice: Splice, made: Spliced) -> float:
    """Return how much of both together the named and the true passage share."""
    common = min(splice.end, made.end) - max(splice.start, made.start)
    return common / (max(splice.end, made.end) - min(splice.start, made.start))


def test_recall_and_precision() -> None:
    """Six of ten passages are found at least, and nine of ten that are named are right."""
    found = [(made, find_splices(made.text)) for made in spliced_texts(821)]
    right = sum(any(overlap(splice, made) >= 0.5 for splice in named) for made, named in found)
    named = sum(len(named) for _, named in found)
    assert len(found) >= 25
    assert right >= 0.6 * len(found)
    assert right >= 0.9 * named


def test_undamaged_texts_are_not_accused() -> None:
    """A text on one subject holds no splice, whatever its genre."""
    assert not any(find_splices(text.text) for text in library(822))


@pytest.mark.parametrize("quoted", [False, True])
def test_digressions_are_not_accused(quoted: bool) -> None:
    """Whole paragraphs and quotations of another subject are an author's: one in twenty is named at most."""
    texts = [text for seed in (824, 825) for text in digressions(seed, quoted)]
    assert len(texts) >= 50
    assert sum(bool(find_splices(text)) for text in texts) <= 0.05 * len(texts)


@pytest.mark.parametrize("cut", CUTS)
def test_cuts_and_lengths(cut: Cut) -> None:
    """Wherever a column is cut and however much of it is printed, nearly all that is named is right.

    Two in five are found at least; passages of less than 150 characters seldom are.
    """
    found = [(made, find_splices(made.text)) for made in varied_splices(826, cut, same_field=False)]
    right = sum(any(overlap(splice, made) >= 0.5 for splice in named) for made, named in found)
    assert len(found) >= 20
    assert right >= 0.4 * len(found)
    assert right >= 0.9 * sum(len(named) for _, named in found)


def test_seams_are_placed_where_the_text_reads_on() -> None:
    """Half of the seams found are within five characters of the true ones, and some are exact."""
    offsets = [
        abs(splice.start - made.start) + abs(splice.end - made.end)
        for made in spliced_texts(827)
        for splice in find_splices(made.text)
        if overlap(splice, made) >= 0.5
    ]
    assert sorted(offsets)[len(offsets) // 2] <= 10
    assert 0 in offsets


@pytest.mark.parametrize("text", undamaged())
def test_undamaged_cases_are_not_accused(text: str) -> None:
    """Nor do short texts, tables, code or statutes."""
    assert find_splices(text) == []


@pytest.mark.parametrize("name", ["000", "002", "003", "004"])
def test_whole_samples_are_not_accused(name: str) -> None:
    """Four of the samples are of one piece."""
    assert find_splices(normalise(seed(name)).text) == []


@pytest.mark.xfail(
    strict=True,
    reason="on the paper's own subject: two in five of their words are the paper's, as in honest chapters",
)
def test_the_mixed_sample() -> None:
    """The second sample holds two passages of another article."""
    clean = normalise(seed("001"))
    named = [clean.text[splice.start : splice.end] for splice in find_splices(clean.text)]
    assert any("优质化网络宣传" in passage for passage in named)
    assert any("话语权" in passage for passage in named)


def test_rows_cut_the_raw_text() -> None:
    """The offsets of a row are into the raw text, and its text is that cut."""
    made = next(made for made in spliced_texts(823) if find_splices(made.text))
    raw = "浏览量:213\r\n" + made.text.replace("\n", "\r\n")
    clean = normalise(raw)
    rows = list(splice_rows("a.txt", raw, clean.text, clean.offsets))
    assert rows
    assert all(row.text == raw[row.start : row.end] and row.chars <= row.end - row.start for row in rows)
    assert all(row.doc == "a.txt" and row.score >= 28 and row.reason for row in rows)
