"""Documents of nine kinds: reproducible, complete, long as real ones, and with as many lines in common."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.damage.field import is_traditional
from tests.texts.kinds import KINDS, documents, furnished
from tests.texts.kinds.pen import chinese_number


def test_a_longer_corpus_begins_like_a_shorter_one() -> None:
    """A document depends on its seed and its number alone."""
    assert documents(27, 3)[:9] == documents(9, 3)
    assert documents(9, 3) != documents(9, 4)


def test_all_kinds_in_turn() -> None:
    """Nine documents are of nine kinds, of both scripts."""
    made = documents(90, 3)
    assert Counter(document.kind for document in made) == dict.fromkeys(KINDS, 10)
    laws = {document.kind: is_traditional(document.text) for document in made[:2]}
    assert laws == {"law, mainland": False, "law, Taiwan": True}


def test_no_slot_is_left_open() -> None:
    """Every symbol of a template is written out."""
    assert not [document.text for document in documents(180, 3) if {"{", "}"} & set(document.text)]


@pytest.mark.parametrize("kind", KINDS)
def test_lengths_are_those_of_the_kind(kind: str) -> None:
    """A document runs over the longest length asked for by one section at most, and is not empty."""
    lengths = [len(document.text) for document in documents(180, 3) if document.kind == kind]
    assert min(lengths) > KINDS[kind].shortest * 0.6
    assert max(lengths) < KINDS[kind].longest * 2 + 2500


@pytest.mark.parametrize("kind", ["law, mainland", "law, Taiwan", "notice", "minutes", "essay", "manual"])
def test_documents_of_a_kind_share_lines(kind: str) -> None:
    """Lines of content stand to the letter in three or more documents: none is a site's."""
    texts = [KINDS[kind].write(Random(seed), 1200) for seed in range(60)]
    lines = Counter(line for text in texts for line in set(text.split("\n")))
    assert max(lines.values()) >= 3


def test_pages_hold_their_documents() -> None:
    """A page of a site has the lines of its document, in order, and others around them."""
    for page, document in zip(furnished(9, 3), documents(9, 3 + 5000), strict=True):
        lines = iter(page.text.split("\n"))
        assert all(line in lines for line in document.text.split("\n") if line.strip())
        assert len(page.text) > len(document.text)


def test_numbers_in_chinese() -> None:
    """Numbers of articles are written as laws write them."""
    assert [chinese_number(number) for number in (2, 11, 20, 100, 105, 119)] == [
        "二",
        "十一",
        "二十",
        "一百",
        "一百零五",
        "一百一十九",
    ]
