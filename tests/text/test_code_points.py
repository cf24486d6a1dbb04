"""Texts as arrays of code points, and without what no encoding carries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pdtool.text.code_points import code_points, decode, without_surrogates

ANY_TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from("党\ud800\udfff\ufffd𠮷"))


@given(ANY_TEXT)
def test_code_points_are_those_of_the_characters(text: str) -> None:
    """And they lead back to the text, whatever it holds."""
    assert code_points(text).tolist() == list(map(ord, text))
    assert decode(code_points(text)) == text


@given(ANY_TEXT)
def test_a_lone_surrogate_gives_way_to_the_mark_of_what_is_unknown(text: str) -> None:
    """Nothing else does."""
    plain = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert without_surrogates(text) == plain
