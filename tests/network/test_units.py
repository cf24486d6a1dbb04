"""What stands together in a text: sentences, paragraphs, documents and windows, against lists of them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.cooccurrence.bins import TermBins
from pdtool.errors import UsageError
from pdtool.network.finding import BinFinder
from pdtool.network.units import Unit, UnitKind, parse_unit
from pdtool.text.fold import fold
from pdtool.text.sentences import paragraph_ends, sentence_ends

TERMS = ("甲", "乙", "丙丁", "丁")
TEXTS = st.text(alphabet="甲乙丙丁文,。！\n ", max_size=60)


def bins(found: TermBins) -> list[tuple[int, tuple[int, ...]]]:
    """Unpack what was found: how many units each bin stands for, and its terms."""
    terms, sizes, weights = (
        np.frombuffer(part, np.int32) for part in (found.terms, found.sizes, found.weights)
    )
    parts = np.split(terms, np.cumsum(sizes)[:-1])
    return [(weight, tuple(part.tolist())) for weight, part in zip(weights.tolist(), parts, strict=False)]


def placed(text: str) -> list[tuple[int, int, int]]:
    """Find the terms in a text of the alphabet above by hand: 丁 inside 丙丁 does not count."""
    found = []
    for start in range(len(text)):
        if text.startswith("丙丁", start):
            found.append((start, start + 2, 2))
        elif text[start] == "丁" and text[start - 1 : start] != "丙":
            found.append((start, start + 1, 3))
        elif text[start] in "甲乙":
            found.append((start, start + 1, "甲乙".index(text[start])))
    return found


@settings(deadline=None)
@given(TEXTS, st.sampled_from([UnitKind.SENTENCE, UnitKind.PARAGRAPH, UnitKind.DOCUMENT]))
def test_units_hold_what_stands_in_them(text: str, kind: UnitKind) -> None:
    """Every unit with a letter counts, and those with terms are bins of exactly these."""
    ends = {
        UnitKind.SENTENCE: sentence_ends(text).tolist(),
        UnitKind.PARAGRAPH: paragraph_ends(text).tolist(),
        UnitKind.DOCUMENT: [len(text)],
    }[kind]
    held = []
    for start, end in zip([0, *ends], ends, strict=False):
        if len(fold(text[start:end])):
            held.append(tuple(sorted({term for at, _, term in placed(text) if start <= at < end})))
    found = BinFinder("\n".join(TERMS), Unit(kind)).find(text)
    assert found.units == len(held)
    assert bins(found) == [(1, terms) for terms in held if terms]


@settings(deadline=None)
@given(TEXTS, st.integers(2, 12))
def test_windows_hold_what_fits_into_them(text: str, width: int) -> None:
    """The bins weigh as many windows as hold these terms whole, of all that can be laid over the letters."""
    positions = fold(text).positions.tolist()
    size = min(width, len(positions))
    expected: Counter[tuple[int, ...]] = Counter()
    windows = range(len(positions) - size + 1) if positions else range(0)
    for first in windows:
        inside = positions[first : first + size]
        held = {term for at, end, term in placed(text) if inside[0] <= at and end - 1 <= inside[-1]}
        expected[tuple(sorted(held))] += 1
    found = BinFinder("\n".join(TERMS), Unit(UnitKind.WINDOW, width)).find(text)
    assert found.units == len(windows)
    del expected[()]
    counted: Counter[tuple[int, ...]] = Counter()
    for weight, terms in bins(found):
        counted[terms] += weight
    assert counted == expected


def test_nested_terms_count_if_asked_for() -> None:
    """Of 治理 in 基层治理 the longer is found; with both counted they stand together."""
    plain = BinFinder("治理\n基层治理", Unit()).find("推进基层治理。")
    both = BinFinder("治理\n基层治理", Unit(), nested=True).find("推进基层治理。")
    assert (bins(plain), bins(both)) == ([(1, (1,))], [(1, (0, 1))])


def test_nothing_is_found_in_nothing() -> None:
    """A text of blanks has no unit, and a list without terms finds none."""
    for unit in (Unit(), Unit(UnitKind.PARAGRAPH), Unit(UnitKind.DOCUMENT), Unit(UnitKind.WINDOW, 9)):
        assert BinFinder("治理", unit).find(" \n，。\n") == TermBins(0)
        assert BinFinder("", unit).find("治理").terms == b""


@pytest.mark.parametrize("name", ["sentence", "paragraph", "document", "window:2", "window:200"])
def test_units_have_names(name: str) -> None:
    """A unit is called what it is asked for by."""
    assert str(parse_unit(name)) == name


@pytest.mark.parametrize(
    "name", ["", "word", "window", "window:1", "window:201", "window:-3", "window:" + "9" * 40]
)
def test_other_names_are_refused(name: str) -> None:
    """Each with a sentence that says what there is."""
    with pytest.raises(UsageError):
        parse_unit(name)
