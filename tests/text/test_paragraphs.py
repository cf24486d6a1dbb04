"""The script of paragraphs and of whole texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.text.code_points import code_points
from pdtool.text.paragraphs import Script, paragraphs_in, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("领导干部", "hans"),
        ("領導幹部", "hant"),
        ("領導幹部与领导干部", "mixed"),
        ("人民", "none"),
        ("", "none"),
        ("2024 ABC", "none"),
        ("这个国家的经济发展、领导与干部、书与报纸都说國", "hans"),
        ("什么是显著", "hans"),
        ("乾隆 瞭望 著名", "none"),
    ],
)
def test_the_script_of_a_text(text: str, script: str) -> None:
    """Characters that one script alone has decide; a quoted word does not."""
    assert script_of(text).value == script


def test_the_paragraphs_of_a_text() -> None:
    """Each line is judged alone, its line end included."""
    codes = code_points("国家\n國家\n人民")
    hant, hans = paragraphs_in(Script.HANT, codes), paragraphs_in(Script.HANS, codes)
    assert hant is not None and hant.tolist() == [False] * 3 + [True] * 3 + [False] * 2
    assert hans is not None and hans.tolist() == [True] * 3 + [False] * 5


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters() | st.sampled_from("國国\n"), max_size=30))
def test_any_text_can_be_judged(text: str) -> None:
    """No text raises, and one without Chinese characters tells nothing."""
    assert script_of(text).value in {"hans", "hant", "mixed", "none"}
    assert script_of("".join(filter(str.isascii, text))).value == "none"
