"""The texts of the tests are many, varied, reproducible, and share nothing by construction."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from pdtool.text.fold import fold
from pdtool.text.shingles import HashArray, shingle_hashes
from tests.texts import Text, character_by_character, generate, handwritten, library, phrase_wise
from tests.texts.grammar import genres, subjects
from tests.texts.script import UNCONVERTED

UNRELATED_MEAN, UNRELATED_MOST = 0.02, 0.2
"""The five seeds cleaned, copies aside, share 0.6 to 3.7 % of the 5-grams of the smaller."""


def _shingles(text: Text) -> HashArray:
    return np.unique(shingle_hashes(fold(text.text).codes))


def _containments(texts: tuple[Text, ...]) -> list[float]:
    shingles = [_shingles(text) for text in texts]
    return [
        len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))
        for a, b in combinations(shingles, 2)
    ]


def test_equal_arguments_write_equal_texts() -> None:
    """A document depends on its arguments alone, and every one of them matters."""
    first = generate("rivers", "speech", 900, 1)
    assert generate("rivers", "speech", 900, 1) == first
    others = {
        generate("tea", "speech", 900, 1).text,
        generate("rivers", "plan", 900, 1).text,
        generate("rivers", "speech", 900, 2).text,
    }
    assert len(others | {first.text}) == 4


@pytest.mark.parametrize("seed", [0, 1])
def test_library_is_large_and_varied(seed: int) -> None:
    """A library holds over 55 texts on different subjects, of 300 to 6,000 characters and every genre."""
    texts = library(seed)
    assert len({text.id for text in texts}) == len(texts) > 55
    assert len({text.subject for text in texts}) == len(texts)
    assert {text.genre for text in texts} == {*genres(), "handwritten"}
    lengths = sorted(len(text.text) for text in texts)
    assert 270 <= lengths[0] <= 400
    assert 5500 <= lengths[-1] <= 7000


def test_no_slot_is_left_open() -> None:
    """The grammar and the vocabularies are complete: no symbol is printed as itself."""
    for subject in subjects():
        for genre in genres():
            assert not set("{}:") & set(generate(subject, genre, 600, 5).text)


def test_unrelated_texts_share_as_little_as_real_ones() -> None:
    """Texts on different subjects share about as few 5-grams as the sample corpus's unrelated papers."""
    shared = _containments(library(1))
    assert float(np.mean(shared)) < UNRELATED_MEAN
    assert max(shared) < UNRELATED_MOST


def test_handwritten_passages_share_nothing() -> None:
    """The passages written by hand are different in every phrase."""
    assert len(handwritten()) >= 12
    assert max(_containments(handwritten())) < 0.02


def test_conversions_keep_the_length() -> None:
    """Both ways to Traditional convert one character to one, so that origins stay known."""
    for text in library(0):
        for converted in (
            phrase_wise(text.text, "s2tw"),
            phrase_wise(text.text, "s2t"),
            character_by_character(text.text),
        ):
            assert len(converted) == len(text.text)


def test_mirror_sites_leave_some_characters() -> None:
    """Character by character, 于 后 里 只 系 制 志 stay as they are and 发 has one form for both words."""
    assert character_by_character("".join(sorted(UNCONVERTED))) == "".join(sorted(UNCONVERTED))
    assert character_by_character("头发里只有发展制度") == "頭發里只有發展制度"
