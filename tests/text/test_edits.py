"""Edits: many are applied in arrays as few are in pieces, and proposals that overlap are chosen among."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.text import edits as module
from pdtool.text.edits import Edits, OffsetMap, Proposals


def _spans(rng: Random, length: int) -> list[tuple[int, int, str]]:
    """Return disjoint spans, empty ones and neighbours among them."""
    bounds = sorted(rng.choices(range(length + 1), k=rng.randint(0, 20) * 2))
    spans = [
        (a, b, rng.choice(["", "", " ", "党建", "𠮷"]))
        for a, b in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    return [
        span for at, span in enumerate(spans) if span[1] > span[0] or not at or span[0] > spans[at - 1][1]
    ]


@pytest.mark.parametrize("number", range(40))
def test_arrays_and_pieces_give_the_same_text(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many edits there are, the text is the same, and can be had back."""
    rng = Random(number)
    text = "".join(rng.choices("党建a \n𠮷\ud800", k=60))
    made = Edits.of(text, _spans(rng, len(text)))
    pieces = made.applied_to(text)
    monkeypatch.setattr(module, "_MANY", 0)
    assert made.applied_to(text) == pieces
    assert made.revert(pieces) == text
    assert len(made.way_back(len(text))) == len(pieces)


def test_proposals_that_overlap() -> None:
    """The first goes before the second; of those that begin together the longest, or the shortest."""
    proposals = Proposals("abcdefgh")
    for start, end, after, rule in (
        (4, 6, "", "late"),
        (0, 2, "", "short"),
        (0, 3, "x", "long"),
        (2, 4, "", "b"),
    ):
        proposals.add(start, end, after, rule)
    assert proposals.edits().rules == ("long", "late")
    assert proposals.edits(longest=False).rules == ("short", "b", "late")
    assert proposals.edits().before == ("abc", "ef")


def test_many_proposals_at_once() -> None:
    """Spans to delete may be given as arrays."""
    proposals = Proposals("a b c")
    proposals.add_all(np.array([1, 3], np.int32), np.array([2, 4], np.int32), "blank")
    assert proposals.edits().applied_to("a b c") == "abc"
    assert not len(Proposals("abc").edits())


@given(st.integers(0, 10_000), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1))
def test_many_spans_are_led_back_as_each_is(seed: int, wanted: list[tuple[int, int]]) -> None:
    """By every map, where characters were taken out or put in, of empty spans and at the text's ends too."""
    rng = Random(seed)
    text = "".join(rng.choices("党建a \n", k=40))
    made = Edits.of(text, _spans(rng, len(text)))
    for offsets in (made.way_back(len(text)), OffsetMap(len(text))):
        spans = [(min(first, len(offsets)), min(first + size, len(offsets))) for first, size in wanted]
        starts, ends = np.array(spans, np.int32).T
        found = offsets.all_to_source(starts, ends)
        assert list(zip(*(ones.tolist() for ones in found), strict=True)) == [
            offsets.to_source(*span) for span in spans
        ]
