"""Documents with ghosts, hard wraps, page markers and Traditional script, and the truth about each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.damage import glyphs, layout
from tests.damage.tracked import NOWHERE, Tracked, original
from tests.texts.library import generate

__all__ = ["Dirty", "random_terms", "write_documents"]

_GENRES = ("paper", "plan")
_DAMAGES: tuple[Callable[[Tracked, Random], Tracked], ...] = (
    glyphs.ghosts,
    lambda text, rng: layout.page_markers(layout.hard_wraps(text, 34), rng),
    lambda text, rng: layout.hard_wraps(glyphs.traditional(text, "s2tw"), rng.randint(28, 40)),
    lambda text, rng: layout.page_markers(glyphs.site_traditional(text), rng),
    lambda text, rng: layout.spaced(text, rng, 0.02),
)


@dataclass(frozen=True, slots=True)
class Dirty:
    """A damaged document.

    Args:
        clean: The text that was damaged.
        text: The damaged text; every character knows where it comes from.
    """

    clean: str
    text: Tracked

    def says(self, start: int, end: int) -> str:
        """Return what a stretch of the damaged text says in the clean one, dirt left out."""
        cut = self.text[start:end]
        kept = cut.origins[(cut.origins != NOWHERE) & ~cut.dirt]
        first = int(original(self.clean, self.clean).origins[0])
        return "".join(self.clean[place - first] for place in kept.tolist())


def write_documents(folder: Path, subjects: Sequence[str], length: int = 1500) -> dict[str, Dirty]:
    """Write damaged documents, one of each damage for each subject; return them by id."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for place, subject in enumerate(subjects):
        for number, damage in enumerate(_DAMAGES):
            clean = generate(subject, _GENRES[number % len(_GENRES)], length, place).text
            dirty = damage(original(clean, clean), Random(f"{subject} {number}"))
            name = f"{place:02}{number}.txt"
            (folder / name).write_bytes(dirty.text.encode())
            made[name] = Dirty(clean, dirty)
    return made


def random_terms(rng: Random, texts: Sequence[str], count: int) -> list[str]:
    """Cut terms out of texts, some with wildcards, some joined into rules."""
    terms: list[str] = []
    while len(terms) < count:
        text = rng.choice(texts)
        start = rng.randrange(len(text) - 6)
        word = text[start : start + rng.randint(1, 5)]
        if not word.isalnum():
            continue
        kind = rng.random()
        if kind < 0.1 and len(word) > 2:
            word = f"{word[0]}?{word[2:]}"
        elif kind < 0.2 and len(word) > 2:
            word = f"{word[:1]}*{word[2:]}"
        elif kind < 0.35 and terms:
            word = f"{word} {rng.choice(('AND', 'OR'))} {rng.choice(terms).split()[0]}"
        terms.append(word)
    return list(dict.fromkeys(terms))
