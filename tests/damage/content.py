"""Damage to what a document says: parts, mixtures, other orders, rewriting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from tests.damage.tracked import Tracked, invented, join
from tests.texts.grammar import Writer, genres, subjects

__all__ = [
    "first_half",
    "interleaved",
    "middle_third",
    "mixed",
    "quoted",
    "reordered_paragraphs",
    "reordered_sentences",
    "rewritten",
    "spliced",
]

_SENTENCE_END = re.compile(r"[。！？][”’）]?(?!\n|$)")
_CLAUSE_END = re.compile(r"[，；](?=[^”]*$)")


def _sentences(paragraph: Tracked) -> list[Tracked]:
    return paragraph.split(match.end() for match in _SENTENCE_END.finditer(paragraph.text))


def first_half(text: Tracked) -> Tracked:
    """Keep the first half, cut in the middle of whatever stands there."""
    return text[: len(text) // 2]


def middle_third(text: Tracked) -> Tracked:
    """Keep the middle third."""
    return text[len(text) // 3 : 2 * len(text) // 3]


def quoted(text: Tracked, host: Tracked, rng: Random) -> Tracked:
    """Put the whole document into a long one, between two paragraphs."""
    paragraphs = host.paragraphs()
    place = rng.randint(1, len(paragraphs))
    return join([*paragraphs[:place], text, *paragraphs[place:]], "\n")


def spliced(text: Tracked, foreign: Sequence[Tracked], rng: Random) -> Tracked:
    """Print paragraphs of another article in the middle of a sentence, as a badly cut column does."""
    place = rng.randint(len(text) // 4, 3 * len(text) // 4)
    return join([text[:place], *foreign, text[place:]])


def mixed(text: Tracked, filler: Tracked, rng: Random, share: float) -> Tracked:
    """Keep one stretch of a text and fill it up with another to its old length.

    Args:
        text: What is kept in part.
        filler: Another text; it is repeated in no case, so a short one leaves the mixture shorter.
        rng: Says where the stretch is and whether it comes first.
        share: Share of the text that is kept, 0 to 1.
    """
    length = int(share * len(text))
    start = rng.randint(0, len(text) - length)
    parts = [text[start : start + length], filler[: len(text) - length]]
    return join(parts if rng.random() < 0.5 else parts[::-1], "\n")


def interleaved(text: Tracked, other: Tracked) -> Tracked:
    """Print the paragraphs of two texts in turn; what the longer has more of comes last."""
    left, right = text.paragraphs(), other.paragraphs()
    both = [paragraph for pair in zip(left, right, strict=False) for paragraph in pair]
    rest = left[len(right) :] or right[len(left) :]
    return join([*both, *rest], "\n")


def reordered_paragraphs(text: Tracked, rng: Random) -> Tracked:
    """Shuffle the paragraphs."""
    paragraphs = text.paragraphs()
    rng.shuffle(paragraphs)
    return join(paragraphs, "\n")


def reordered_sentences(text: Tracked, rng: Random) -> Tracked:
    """Shuffle the sentences of the whole text, keeping the lengths of its paragraphs."""
    paragraphs = [_sentences(paragraph) for paragraph in text.paragraphs()]
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    rng.shuffle(sentences)
    supply = iter(sentences)
    return join((join(next(supply) for _ in paragraph) for paragraph in paragraphs), "\n")


def _turned(sentence: Tracked, rng: Random) -> Tracked:
    """Put the clauses of a sentence in another order, some of them left out."""
    clauses = sentence[: len(sentence) - 1].split(
        match.end() for match in _CLAUSE_END.finditer(sentence.text[:-1])
    )
    rng.shuffle(clauses)
    return join(
        [
            invented(rng.choice(["其实，", "换言之，", "如今"])),
            *clauses[: max(1, len(clauses) - 1)],
            invented("。"),
        ]
    )


def rewritten(text: Tracked, rng: Random, share: float) -> Tracked:
    """Rewrite sentences: half of them turn their clauses round, half say something else.

    Args:
        text: A paragraph a line.
        rng: Where the choices come from.
        share: Share of the sentences that are rewritten, 0 to 1.
    """
    writer = Writer(rng.choice(sorted(subjects())), rng)
    genre = rng.choice(sorted(genres()))

    def maybe(sentence: Tracked) -> Tracked:
        if rng.random() >= share:
            return sentence
        return _turned(sentence, rng) if rng.random() < 0.5 else invented(writer.sentence(genre))

    return join((join(map(maybe, _sentences(paragraph))) for paragraph in text.paragraphs()), "\n")
