"""Escapes: reversible for spreadsheets, complete for terminals."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.output.escaping import encodable, escape_formula, unescape_formula, visible

SIGNS = "=+-@＝＋－＠"
dangerous_text = st.text(st.sampled_from("'=+-@＝＋－＠\t\r\n \u3000\ufeffa党1"), max_size=8) | st.text(
    max_size=20
)


@pytest.mark.parametrize("sign", [*SIGNS, "\t", "\r", "\n"])
def test_text_that_begins_like_a_formula_is_escaped(sign: str) -> None:
    """Each sign a spreadsheet may start a formula at gets a quote before it."""
    assert escape_formula(sign + "1") == "'" + sign + "1"


@pytest.mark.parametrize("blank", [" ", "  ", "\u3000", "\xa0", "\ufeff", "\u200b", "\x00"])
def test_blanks_before_a_sign_do_not_defeat_the_escape(blank: str) -> None:
    """Programs that trim a cell must not find a formula under the blanks."""
    assert escape_formula(blank + "=1").startswith("'")


@pytest.mark.parametrize("text", ["", "党建", "a=1", "1-2", "'tis", " x", "(=1)", "“=", "2022-01-01"])
def test_other_text_is_left_alone(text: str) -> None:
    """Text with a sign elsewhere, or with a quote of its own, stays as it is."""
    assert escape_formula(text) == text


@given(dangerous_text)
def test_the_escape_can_be_undone(text: str) -> None:
    """Whatever the text, also one that looks escaped already, comes back exactly."""
    assert unescape_formula(escape_formula(text)) == text


@given(dangerous_text)
def test_escaped_text_never_begins_with_a_sign(text: str) -> None:
    """No blanks or quotes of the text itself can bring a sign to the front."""
    assert escape_formula(text).lstrip()[:1] not in set(SIGNS)


@given(st.text())
def test_visible_text_is_one_printable_line(text: str) -> None:
    """No control, format, separator or surrogate character is left, and UTF-8 can carry the rest."""
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert shown.encode().decode() == shown


@pytest.mark.parametrize(
    "override", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
def test_overrides_of_the_writing_direction_are_made_visible(override: str) -> None:
    """A file name cannot show its letters in another order than they stand."""
    assert visible(f"a{override}b") == f"a\\u{ord(override):04x}b"


def test_chinese_and_spaces_are_not_escaped() -> None:
    """What can be read stays readable, ideographic spaces and full-width signs included."""
    text = "党建　引领，“治理”　２０２２ é 𠮷"
    assert visible(text) == text


@given(st.text(st.characters(exclude_categories=[])))
def test_encodable_text_changes_only_surrogates(text: str) -> None:
    """Every text can be encoded afterwards, and text without lone surrogates is unchanged."""
    encodable(text).encode()
    if not any("\ud800" <= c <= "\udfff" for c in text):
        assert encodable(text) == text
