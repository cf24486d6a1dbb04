"""Documents that look alike and are no copies: forms, shared slogans, shared furniture, chance."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

from tests.damage import layout
from tests.damage.tracked import Tracked, invented, join, original
from tests.texts import generate
from tests.texts.grammar import Writer, genres, subjects

__all__ = ["NEGATIVES", "templates"]

_DATA = Path(__file__).parent / "data"
_TEMPLATE_SHARE = (0.20, 0.43)


@cache
def _passages() -> dict[str, list[str]]:
    passages: dict[str, list[str]] = tomllib.loads((_DATA / "passages.toml").read_text(encoding="utf-8"))
    return passages


@cache
def templates() -> tuple[dict[str, Any], ...]:
    """Return the forms: a name and the sentences every filled-in form repeats."""
    return tuple(tomllib.loads((_DATA / "templates.toml").read_text(encoding="utf-8"))["template"])


def _subjects(rng: Random, count: int) -> list[str]:
    return rng.sample(sorted(subjects()), count)


def _texts(rng: Random, count: int, lengths: tuple[int, int] = (500, 2500)) -> Iterator[Tracked]:
    """Write documents on different subjects."""
    for subject in _subjects(rng, count):
        genre, seed = rng.choice(sorted(genres())), rng.randrange(10**9)
        text = generate(subject, genre, rng.randint(*lengths), seed)
        yield original(text.text, text.id)


def _write(subject: str, rng: Random, length: int) -> list[Tracked]:
    writer, genre = Writer(subject, rng), rng.choice(["plan", "report", "regulation", "minutes"])
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        paragraphs.append(writer.sentence(genre))
    return [invented(paragraph) for paragraph in paragraphs]


def _filled_in(template: dict[str, Any], subject: str, rng: Random) -> Tracked:
    """Fill in a form, so that its frame is between a fifth and two fifths of the whole."""
    frame = original("\n".join(template["frame"]), template["name"]).paragraphs()
    size = sum(map(len, frame))
    substance = _write(subject, rng, int(size / rng.uniform(*_TEMPLATE_SHARE)) - size)
    step = -(-len(substance) // len(frame))
    parts = [join(substance[at : at + step]) for at in range(0, len(substance), step)]
    both = zip_longest(frame, parts, fillvalue=invented(""))
    return join((part for pair in both for part in pair if len(part)), "\n")


def same_template(rng: Random) -> list[Tracked]:
    """Write forms of one office: the same frame, other substance."""
    template = rng.choice(templates())
    return [_filled_in(template, subject, rng) for subject in _subjects(rng, rng.randint(2, 6))]


def same_furniture(rng: Random) -> list[Tracked]:
    """Print different texts as one site does, short ones too; two of them, or many."""
    site = rng.choice(layout.sites())
    return [layout.furnish(text, rng, site) for text in _texts(rng, rng.choice((2, 3, 6)), (200, 1500))]


def _with_passage(text: Tracked, passage: Tracked, rng: Random) -> Tracked:
    paragraphs = text.paragraphs()
    place = rng.randint(1, len(paragraphs))
    return join([*paragraphs[:place], passage, *paragraphs[place:]], "\n")


def _sharing(kind: str, rng: Random) -> list[Tracked]:
    passages = _passages()[kind]
    place = rng.randrange(len(passages))
    passage = original(passages[place], f"{kind} {place}")
    return [_with_passage(text, passage, rng) for text in _texts(rng, rng.randint(2, 5))]


def shared_slogan(rng: Random) -> list[Tracked]:
    """Write different texts with one sentence of some 60 characters in common."""
    return _sharing("slogans", rng)


def shared_quotation(rng: Random) -> list[Tracked]:
    """Write different texts that quote the same official passage of some 100 characters."""
    return _sharing("quotations", rng)


def same_subject(rng: Random) -> list[Tracked]:
    """Write texts on one subject, in its words, of one genre or several."""
    subject = rng.choice(sorted(subjects()))
    return [
        original(text.text, text.id)
        for seed in rng.sample(range(10**6), 3)
        for text in [generate(subject, rng.choice(sorted(genres())), rng.randint(500, 2500), seed)]
    ]


def same_title(rng: Random) -> list[Tracked]:
    """Write different texts under one title."""
    title = rng.choice(_passages()["titles"])
    return [join([original(title, title), *text.paragraphs()[1:]], "\n") for text in _texts(rng, 3)]


_SLOT = re.compile(r"\{\w+\}")


def _short(pattern: str, subject: str, rng: Random) -> Tracked:
    writer, form = Writer(subject, rng), original(pattern, pattern)
    return form.replaced(
        (slot.start(), slot.end(), invented(writer.write(slot[0]))) for slot in _SLOT.finditer(pattern)
    )


def short(rng: Random) -> list[Tracked]:
    """Write notes of 20 to 60 characters: one form filled in twice, and others."""
    patterns = rng.sample(_passages()["short"], 4)
    chosen = [patterns[0], *patterns]
    return [
        _short(pattern, subject, rng)
        for pattern, subject in zip(chosen, _subjects(rng, len(chosen)), strict=True)
    ]


def short_equal(rng: Random) -> list[Tracked]:
    """Write a note of 20 to 60 characters twice: identical, however short."""
    note = _short(rng.choice(_passages()["short"]), _subjects(rng, 1)[0], rng)
    same = original(note.text, f"note {rng.randrange(10**9)}")
    return [same, same]


def nearly_empty(rng: Random) -> list[Tracked]:
    """Write files with next to nothing in them, all different."""
    return [original(text, f"empty {text}") for text in rng.sample(_passages()["nearly_empty"], 3)]


NEGATIVES: dict[str, Callable[[Random], list[Tracked]]] = {
    made.__name__: made
    for made in (
        same_template,
        same_furniture,
        shared_slogan,
        shared_quotation,
        same_subject,
        same_title,
        short,
        short_equal,
        nearly_empty,
    )
}
"""Groups of documents of which no two are copies (``short_equal`` excepted) although they share something."""
