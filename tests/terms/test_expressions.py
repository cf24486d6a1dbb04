"""Regular expressions of users: what they find, and that none explodes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.errors import UsageError
from pdtool.terms.expressions import Expressions

_PIECES = st.sampled_from(["数", "字", "[数字]", ".", "数字", "(?:数|政)", "[^，]"])
_REPEATED = st.tuples(_PIECES, st.sampled_from(["", "+", "{1,2}", "*?"])).map("".join)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(_REPEATED, min_size=1, max_size=4), text=st.text("数字政府，\n", max_size=30))
def test_they_find_what_python_finds(parts: list[str], text: str) -> None:
    """Where both engines know a pattern they agree on every match, offsets in characters."""
    pattern = f"政{''.join(parts)}"
    found = [(start, end) for start, end, _ in Expressions([pattern]).occurrences(text)]
    assert found == [match.span() for match in re.finditer(pattern, text)]


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*=x", "([ab]+)*c", "a.*a.*a.*b"])
def test_none_explodes(pattern: str) -> None:
    """On a text made for it: with a search that goes back these take longer than anyone waits."""
    assert not list(Expressions([pattern]).occurrences("a" * 20_000))


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        (".*", "matches everywhere"),
        ("a?", "matches everywhere"),
        ("^", "matches everywhere"),
        ("(", "cannot be used: missing \\)"),
        ("(a)\\1", "cannot be used"),
        ("(?=a)b", "cannot be used"),
        ("a{5000}", "cannot be used"),
        ("((a{100}){100}){100}", "cannot be used"),
        ("[", "cannot be used"),
    ],
)
def test_what_is_refused(pattern: str, error: str) -> None:
    """Each with a sentence, and with what to try."""
    with pytest.raises(UsageError, match=error) as raised:
        Expressions([pattern])
    assert raised.value.hint


def test_traditional_patterns_and_odd_texts() -> None:
    """A Traditional character finds the Simplified one; a lone surrogate in the text is passed over."""
    assert list(Expressions(["數據.台"]).occurrences("\ud800数据平台")) == [(1, 5, 0)]
    assert list(Expressions(["a\x1b", "b"]).occurrences("b")) == [(0, 1, 1)]
