"""The damage simulator: reproducible, of the stated strength, and honest about what it kept."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from random import Random

import numpy as np
import pytest
from pypinyin import Style, pinyin
from rapidfuzz.distance import LCSseq, Levenshtein

from pdtool.text.fold import fold, fold_table
from tests.damage import KINDS, Workshop, compare, trace
from tests.damage.content import (
    first_half,
    interleaved,
    middle_third,
    reordered_paragraphs,
    reordered_sentences,
    rewritten,
)
from tests.damage.glyphs import CONFUSIONS, ghosts, ocr, site_traditional
from tests.damage.layout import furnish, hard_wraps, page_markers, sites, spaced
from tests.damage.tracked import NOWHERE, Tracked, original
from tests.texts import generate, handwritten

GHOST = re.compile(r"(.)\(([^)]+)\)")
ORDERED = [
    "exact",
    "full_width",
    "wraps_18",
    "spaces_some",
    "traditional_taiwan",
    "traditional_phrases",
    "ghosts",
    "ocr_0.5",
    "ocr_5",
    "ocr_10",
    "furniture",
    "half",
    "third",
    "spliced",
    "ghosts+furniture+half",
]
"""Kinds that keep the order of the text, so that a longest common subsequence measures them."""


@cache
def _text(length: int = 1600, seed: int = 0) -> Tracked:
    text = generate("archives", "paper", length, seed)
    return original(text.text, text.id)


@cache
def _others() -> tuple[Tracked, ...]:
    return tuple(original(text.text, text.id) for text in handwritten())


def _damaged(kind: str, seed: int = 0) -> Tracked:
    text = _text(300) if KINDS[kind].most < 1000 else _text()
    return KINDS[kind].damage(text, Workshop(Random(seed), _others()))


@pytest.mark.parametrize("kind", KINDS)
def test_equal_seeds_do_equal_damage(kind: str) -> None:
    """A kind of damage depends on the text and the random state alone."""
    once, again = _damaged(kind), _damaged(kind)
    assert once.text == again.text
    assert once.origins.tolist() == again.origins.tolist()
    assert once.dirt.tolist() == again.dirt.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_characters_are_what_their_origin_says(kind: str) -> None:
    """Where nothing is misread, every kept character folds like the character it came from."""
    damaged = _damaged(kind)
    sources = {
        int(origin): character
        for text in (_text(), _text(300), *_others())
        for origin, character in zip(text.origins, text.text, strict=True)
    }
    table = fold_table()
    kept = [
        (character, sources[int(origin)])
        for character, origin in zip(damaged.text, damaged.origins, strict=True)
        if origin != NOWHERE
    ]
    equal = sum(table[ord(now)] == table[ord(before)] for now, before in kept)
    assert equal / len(kept) > (0.85 if "ocr" in kind or "any" in kind else 0.999)


@pytest.mark.parametrize("kind", ORDERED)
def test_truth_agrees_with_a_longest_common_subsequence(kind: str) -> None:
    """Containments by construction are those an independent, slow alignment finds."""
    copy, text = trace(_damaged(kind)), trace(_text())
    truth = compare(copy, text)
    common = LCSseq.similarity(copy.codes.tolist(), text.codes.tolist())
    assert truth.loose_a * len(copy) <= common + 1e-6
    assert truth.containment_a == pytest.approx(common / len(copy), abs=0.03)
    assert truth.containment_b == pytest.approx(common / len(text), abs=0.03)


@pytest.mark.parametrize("kind", KINDS)
def test_copies_can_be_stored(kind: str) -> None:
    """A copy can be written in the encoding of its kind and read back."""
    damaged = _damaged(kind)
    assert damaged.text.encode(KINDS[kind].encoding).decode(KINDS[kind].encoding) == damaged.text


@pytest.mark.parametrize("length", [300, 1600, 9000])
@pytest.mark.parametrize("seed", range(4))
def test_ghosts_are_as_dense_as_on_real_pages(length: int, seed: int) -> None:
    """Of all characters 6 to 9 % are hosts, of at most 90 characters, each ghosted wherever it stands."""
    text = _text(length, seed)
    found = GHOST.findall(ghosts(text, Random(seed)).text)
    hosts = Counter(host for host, _ in found)
    assert 0.06 <= len(found) / len(text) <= 0.09
    assert len(hosts) <= 90
    assert hosts == Counter(char for char in site_traditional(text).text if char in hosts)
    assert len(set(found)) == len(hosts)


def test_long_texts_have_as_many_ghosts_as_the_seeds() -> None:
    """A text of the seeds' length has a set of some 50 to 90 ghosted characters."""
    sizes = [len(set(GHOST.findall(ghosts(_text(9000, seed), Random(seed)).text))) for seed in range(4)]
    assert all(25 <= size <= 90 for size in sizes)


def test_ghosts_are_reversed_by_taking_the_brackets_off() -> None:
    """Without the readings stands what the site's character conversion made."""
    damaged = ghosts(_text(), Random(1))
    assert GHOST.sub(r"\1", damaged.text) == site_traditional(_text()).text


def test_some_readings_do_not_belong_to_their_character() -> None:
    """A reading is mostly the usual one, often another of the character's, at times a wrong one."""
    found = {pair for seed in range(6) for pair in GHOST.findall(ghosts(_text(6000), Random(seed)).text)}
    usual = sum(reading == pinyin(host, style=Style.TONE, heteronym=True)[0][0] for host, reading in found)
    wrong = sum(reading not in pinyin(host, style=Style.TONE, heteronym=True)[0] for host, reading in found)
    assert 0.7 < usual / len(found) < 0.99
    assert 0 < wrong / len(found) < 0.15


@pytest.mark.parametrize("rate", [0.005, 0.02, 0.05, 0.10])
def test_recognition_errors_come_at_the_stated_rate(rate: float) -> None:
    """The edit distance to the printed text is the stated share of its characters."""
    text = _text(9000)
    distance = Levenshtein.distance(text.text, ocr(text, Random(3), rate).text)
    assert 0.75 * rate < distance / len(text) < 1.1 * rate


def test_confusions_are_mutual() -> None:
    """The table of look-alikes is symmetric, large, and of Han characters."""
    table = CONFUSIONS()
    assert len(table) > 800
    for character, others in table.items():
        assert character not in others
        assert all(character in table[other] for other in others)
        assert "一" <= character <= "鿿"


def test_page_markers_can_be_taken_off_again() -> None:
    """Without the markers stands the text as it was; some markers cut a number."""
    text = _text(9000)
    damaged = page_markers(text, Random(5))
    kept = "".join(char for char, is_dirt in zip(damaged.text, damaged.dirt, strict=True) if not is_dirt)
    assert kept == text.text
    marks = np.flatnonzero(np.diff(damaged.dirt.astype(int)) == 1)
    assert len(marks) >= 9
    assert any(damaged.text[mark].isdigit() for mark in marks)


@pytest.mark.parametrize("site", sites(), ids=lambda site: str(site["name"]))
def test_furniture_is_dirt_around_the_paragraphs(site: dict[str, object]) -> None:
    """A site prints its lines around and between the paragraphs and changes none of them."""
    damaged = furnish(_text(), Random(2), site)
    kept = [line.text for line in damaged.paragraphs() if not line.dirt.all()]
    assert kept == [line.text for line in _text().paragraphs()]
    assert damaged.dirt[0]
    assert damaged.dirt[-1]


def test_wraps_break_every_line_at_the_width() -> None:
    """No line is longer than the width and its indent, and the characters are all there."""
    damaged = hard_wraps(_text(), 24, "　　", "\r\n")
    assert max(map(len, damaged.text.split("\r\n"))) <= 26
    assert "".join(damaged.text.split()) == "".join(_text().text.split())


def test_spaces_add_nothing_but_spaces() -> None:
    """Spaced text without its spaces is the text."""
    damaged = spaced(_text(), Random(0), 0.5)
    assert damaged.text.count(" ") > 0.4 * len(_text())
    assert damaged.text.replace(" ", "") == _text().text.replace(" ", "")


def test_parts_are_parts() -> None:
    """Halves and thirds are cuts of the text, of that size."""
    text = _text()
    assert text.text.startswith(first_half(text).text)
    assert len(first_half(text)) == len(text) // 2
    assert middle_third(text).text in text.text
    assert abs(len(middle_third(text)) - len(text) / 3) <= 1


def test_reordering_keeps_every_character() -> None:
    """Shuffled paragraphs and sentences hold the same characters in another order."""
    text = _text()
    for damaged in (reordered_paragraphs(text, Random(1)), reordered_sentences(text, Random(1))):
        kept = damaged.origins[damaged.origins != NOWHERE]
        held = {int(o) for o, char in zip(text.origins, text.text, strict=True) if char != "\n"}
        assert set(kept.tolist()) == held
        assert damaged.text != text.text


def test_interleaving_holds_both_texts() -> None:
    """Two texts printed in turn are both in the mixture, paragraph by paragraph."""
    text, other = _text(), _others()[0]
    mixed = interleaved(text, other)
    assert Counter(mixed.text.split("\n")) == Counter(text.text.split("\n") + other.text.split("\n"))


@pytest.mark.parametrize("seed", range(3))
def test_rewriting_changes_about_the_share_asked_for(seed: int) -> None:
    """With a fifth of the sentences rewritten, most of the text is kept and a good part is not."""
    text = _text(9000)
    truth = compare(trace(rewritten(text, Random(seed), 0.2)), trace(text))
    assert 0.72 < truth.containment_b < 0.95


def test_folding_is_the_librarys() -> None:
    """A traced text holds the characters that the library's fold keeps."""
    assert trace(_text()).codes.tolist() == fold(_text().text).codes.tolist()
