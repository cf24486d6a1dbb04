"""Pinyin ghosts: what is one, what is not, and what is left in the seeds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.ghosts import find_ghosts
from pdtool.text.readings import is_syllable, parse_reading, readings_of

ROOT = Path(__file__).parents[2]
CASES: dict[str, list[dict[str, str]]] = json.loads(
    (ROOT / "tests" / "cases" / "normalise" / "ghosts.json").read_text(encoding="utf-8")
)
GHOST = re.compile(r"[㐀-鿿][(（][a-zà-ǜ]{1,6}[)）]")
GHOSTED_SEEDS = {"000": 603, "001": 354, "002": 858}


def _seed(number: str) -> str:
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


def _repaired(text: str) -> str:
    return find_ghosts(text).apply(text)[0]


def _cases(kind: str, **marks: Any) -> list[Any]:
    return [pytest.param(case, id=case["name"], **marks) for case in CASES[kind]]


@pytest.mark.parametrize("case", _cases("wild"))
def test_ghosts_go(case: dict[str, str]) -> None:
    """A text as sites serve it loses its ghosts and nothing else."""
    assert _repaired(case["before"]) == case["after"]


@pytest.mark.parametrize("case", _cases("negative"))
def test_readings_an_author_wrote_stay(case: dict[str, str]) -> None:
    """Dictionary notes, textbooks, English words and formulas are content."""
    assert not len(find_ghosts(case["before"])), case["why"]


@pytest.mark.parametrize("case", _cases("known_failures", marks=pytest.mark.xfail(strict=True)))
def test_known_failures(case: dict[str, str]) -> None:
    """What is known not to work, until it does."""
    assert _repaired(case["before"]) == case["after"]


@pytest.mark.parametrize(("number", "count"), GHOSTED_SEEDS.items())
def test_no_true_ghost_is_left_in_the_seeds(number: str, count: int) -> None:
    """Every ghost on a Han character goes; what byte slips left has lost its bracket or its character."""
    text = _seed(number)
    assert len(find_ghosts(text)) == count
    assert GHOST.findall(_repaired(text)) == []


@pytest.mark.parametrize("number", ["003", "004"])
def test_clean_seeds_have_no_ghosts(number: str) -> None:
    """Texts without ghosts get no edit."""
    assert not len(find_ghosts(_seed(number)))


def test_the_offset_of_a_character_covers_its_ghost() -> None:
    """A cut of the clean text is a cut of the raw text that leaves no torn bracket."""
    raw = "推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾"
    clean, offsets = find_ghosts(raw).apply(raw)
    start = clean.index("領")
    assert raw[slice(*offsets.to_source(start, start + 1))] == "領(lǐng)"


def test_repairing_twice_is_repairing_once() -> None:
    """A repaired seed has nothing left to repair."""
    for number in GHOSTED_SEEDS:
        assert not len(find_ghosts(_repaired(_seed(number))))


@pytest.mark.parametrize(
    ("spelled", "syllable", "tone"),
    [
        ("lǐng", "ling", 3),
        ("li\u030cng", "ling", 3),
        ("ɡuɑ\u0304n", "guan", 1),
        ("nǚ", "nv", 3),
        ("lv4", "lv", 4),
        ("lüè", "lve", 4),
        ("luè", "lve", 4),
        ("men", "men", 0),
        ("Ｌｉｎｇ", "ling", 0),
        ("ŏu", "ou", 3),
    ],
)
def test_spellings_of_a_reading(spelled: str, syllable: str, tone: int) -> None:
    """Every way a page writes a syllable reads alike."""
    assert parse_reading(spelled) == (syllable, tone)


@pytest.mark.parametrize("spelled", ["", "áà", "ñ", "a\u0327", "x-y", "5", "\u0301"])
def test_what_is_no_reading(spelled: str) -> None:
    """Two tones, foreign accents and no letters at all are not read."""
    assert parse_reading(spelled) is None


def test_readings_of_both_scripts_are_one() -> None:
    """A character has its counterpart's readings too, in whichever script it is written."""
    assert readings_of("们") == readings_of("們")
    assert any(reading.syllable == "men" for reading in readings_of("們"))
    assert all(is_syllable(reading) for reading in readings_of("長"))


@settings(max_examples=60)
@given(st.text(alphabet="領導區龍碳(（)） aālǐnɡv4?1F\n\u0301", max_size=80))
def test_any_text_is_repaired_reversibly(text: str) -> None:
    """No text raises, and the edits lead back."""
    edits = find_ghosts(text)
    assert edits.revert(edits.apply(text)[0]) == text


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(
            ["區(qū)", "務(wù)", "領(lǐng)", "導(dǎo)", "的", "是", "一", "，", "地", "(he)", "F(xiàn)"]
        ),
        min_size=60,
    ),
)
def test_only_ghosts_are_removed(pieces: list[str]) -> None:
    """Whatever the text around, what goes is always a bracketed reading behind its character."""
    text = "".join(pieces)
    edits = find_ghosts(text)
    assert all(GHOST.fullmatch(before) for before in edits.before)
    assert all(before[0] == after for before, after in zip(edits.before, edits.after, strict=True))
