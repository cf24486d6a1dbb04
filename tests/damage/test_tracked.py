"""Tracked text: origins follow their characters through every operation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.damage.tracked import NOWHERE, dirt, invented, join, original


@settings(max_examples=60)
@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_split_pieces_join_to_the_whole(text: str, bounds: list[int]) -> None:
    """Cutting anywhere and joining gives the same text with the same origins."""
    whole = original(text, "甲")
    again = join(whole.split(sorted(bound for bound in bounds if bound <= len(text))))
    assert again.text == text
    assert again.origins.tolist() == whole.origins.tolist()


def test_texts_have_different_origins() -> None:
    """Equal characters of two texts are told apart, invented ones come from nowhere."""
    assert set(original("党建", "甲").origins.tolist()).isdisjoint(original("党建", "乙").origins.tolist())
    assert invented("党").origins.tolist() == dirt("党").origins.tolist() == [NOWHERE]


def test_replacing_keeps_what_is_around() -> None:
    """A replacement takes the place of its span and leaves the neighbours' origins."""
    text = original("共有4350名", "甲")
    marked = text.replaced([(4, 4, dirt("\n3、"))])
    assert marked.text == "共有43\n3、50名"
    assert marked.origins[~marked.dirt].tolist() == text.origins.tolist()


def test_respelling_is_one_to_one() -> None:
    """Other forms of the same characters are taken only when they correspond."""
    assert original("党", "甲").respelt("黨").text == "黨"
    with pytest.raises(ValueError, match="one by one"):
        original("党", "甲").respelt("党建")


def test_paragraphs_are_lines_that_hold_something() -> None:
    """Blank lines are no paragraphs, and paragraphs keep their place in the text."""
    text = original("一\n\n　\n二", "甲")
    paragraphs = text.paragraphs()
    assert [paragraph.text for paragraph in paragraphs] == ["一", "二"]
    assert paragraphs[1].origins.tolist() == text.origins[5:].tolist()
