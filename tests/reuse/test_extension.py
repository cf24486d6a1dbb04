"""Extension: many ends at once, eight characters at a time, as the drop-off rule says of one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pdtool.reuse.extension import DROP, WINDOW, extensions_before, extensions_behind
from pdtool.reuse.joined_pairs import APART
from tests.reuse.random_texts import codes

AROUND = "|" * APART, "/" * APART
"""What stands around the one text, and around the other: nothing in common."""


def extended(a: str, b: str) -> int:
    """Return by how many characters a block before these is extended."""
    score = best = kept = 0
    for position, (left, right) in enumerate(zip(a + AROUND[0], b + AROUND[1], strict=False)):
        score += 1 if left == right else -1
        if score > best:
            best, kept = score, position + 1
        if best - score > DROP:
            break
    return kept


def goes_on(a: str, b: str) -> bool:
    """Return whether an extension has not dropped off at the end of a window."""
    shown = [(text + around)[:WINDOW] for text, around in zip((a, b), AROUND, strict=True)]
    return extended(shown[0] + "+" * APART, shown[1] + "+" * APART) > WINDOW


@given(
    st.text("甲乙丙", max_size=90),
    st.text("甲乙丙", max_size=90),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=8),
)
def test_ends_are_extended_as_one_would_be(a: str, b: str, places: list[tuple[int, int]]) -> None:
    """Both ways, as far as it goes; within a window it is told where it goes on."""
    at = [(min(at_a, len(a)), min(at_b, len(b))) for at_a, at_b in places]
    behind = [(a[at_a:], b[at_b:]) for at_a, at_b in at]
    before = [(a[:at_a][::-1], b[:at_b][::-1]) for at_a, at_b in at]
    in_a, in_b = (codes(around + text + around) for text, around in zip((a, b), AROUND, strict=True))
    ends = np.array(at, np.int64).reshape(-1, 2).T + APART
    for function, beyond in ((extensions_behind, behind), (extensions_before, before)):
        assert function(in_a, in_b, ends).tolist() == [extended(*one) for one in beyond]
        within = [-1 if goes_on(*one) else extended(*one) for one in beyond]
        assert function(in_a, in_b, ends, WINDOW).tolist() == within
