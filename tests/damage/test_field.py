"""The kinds of damage of the field do what they are named for, and nothing else."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.damage.field import FIELD, errors, in_gbk, is_traditional
from tests.damage.readings import random_ghosts
from tests.damage.slides import doubled_across_lines
from tests.damage.tracked import original
from tests.texts import character_by_character, library

TEXT, OTHER = [text.text for text in library(0) if len(text.text) > 1500][:2]
UNTOUCHED = {"text as found", "foreign paragraph spliced in"}
"""What a repair has to leave as it is."""


@pytest.mark.parametrize("name", FIELD)
def test_damage_is_reproducible(name: str) -> None:
    """Equal generators do equal damage."""
    make = FIELD[name].damage
    assert make(TEXT, OTHER, Random(5)) == make(TEXT, OTHER, Random(5))


@pytest.mark.parametrize("name", FIELD)
def test_what_has_to_be_repaired(name: str) -> None:
    """Damage leaves errors before cleaning, undamaged text none; floors are not below goals."""
    kind = FIELD[name]
    before, _, length = errors(kind, kind.damage(TEXT, OTHER, Random(1)))
    assert (before == 0) is (name in UNTOUCHED)
    assert length > 200
    assert 0 <= kind.goal < kind.floor


def test_a_spliced_paragraph_is_what_must_stay() -> None:
    """The text with the foreign paragraph is itself the clean one."""
    made = FIELD["foreign paragraph spliced in"].damage(TEXT, OTHER, Random(2))
    assert made.clean == made.dirty
    assert len(made.clean) > len(TEXT) + 30


def test_random_ghosts_are_all_that_is_added() -> None:
    """Without the brackets the text is as before; six to nine in a hundred Han have one."""
    dirty = random_ghosts(original(TEXT, "a"), Random(3)).text
    assert re.sub(r"\([^()]*?[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿế]+\)", "", dirty) == TEXT
    assert 0.03 < dirty.count("(") / len(TEXT) < 0.12


@pytest.mark.parametrize("seed", range(6))
def test_doubling_across_lines_says_everything_twice(seed: int) -> None:
    """Every letter stands there twice, and some copy holds a line end."""
    dirty = doubled_across_lines(original(TEXT, "a"), Random(seed)).text
    letters, doubled = sorted(filter(str.isalnum, TEXT)), sorted(filter(str.isalnum, dirty))
    assert doubled == sorted(letters * 2)
    assert dirty.count("\n") > 2 * TEXT.count("\n")


def test_scripts_are_told_apart() -> None:
    """Traditional text is left out where a damage is one of Simplified text."""
    assert not is_traditional(TEXT)
    assert is_traditional(character_by_character(TEXT))


def test_what_gbk_cannot_hold_was_never_there() -> None:
    """Characters outside GBK go, all others stay."""
    assert in_gbk("甲😀乙") == "甲乙"
