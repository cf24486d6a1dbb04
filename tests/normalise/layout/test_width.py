"""Full-width letters, digits and spaces."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.layout.look_alikes import usual_forms
from pdtool.normalise.layout.width import convert_width

CASES: dict[str, list[dict[str, str]]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "normalise" / "width.json").read_text(encoding="utf-8")
)

LOOK_ALIKES = {("巿", "市"), *((circle, "〇") for circle in "○◯０Ｏ")}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES["wild"]])
def test_wide_forms_become_ascii(case: dict[str, str]) -> None:
    """Letters, digits and spaces are converted where they stand."""
    assert convert_width(case["before"]) == case["after"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES["negative"]])
def test_everything_else_stays(case: dict[str, str]) -> None:
    """Punctuation, signs, half-width kana, tabs and line ends are not touched."""
    assert convert_width(case["before"]) == case["before"]


@settings(max_examples=60)
@given(st.text(st.characters() | st.sampled_from("　Ａ１ｚ\u00a0％，．：－中二○巿⼈"), max_size=40))
def test_a_changed_character_is_a_compatible_one(text: str) -> None:
    """The length stays, a second run changes nothing; each change is Unicode's or of our data."""
    converted = convert_width(text)
    assert len(converted) == len(text)
    assert convert_width(converted) == converted
    for before, after in zip(text, converted, strict=True):
        allowed = {before, usual_forms().get(before), unicodedata.normalize("NFKC", before)}
        assert after in allowed or (before, after) in LOOK_ALIKES
