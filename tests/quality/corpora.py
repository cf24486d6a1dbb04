"""Labelled corpora: families of damaged copies, look-alikes that are none, and unrelated documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from pdtool.normalise.pipeline import normalise
from tests.damage import KINDS, NEGATIVES, Tracked, Workshop, original
from tests.texts import Text, library

__all__ = ["ORIGINAL", "Made", "corpus", "write"]

ORIGINAL = "original"
UNRELATED = "unrelated"
_SEEDS = Path(__file__).parents[2] / "seeds"
_SEED_LINE = 40
"""Shorter lines of the seeds are furniture or headings."""
_SEED_SOURCES = ("000", "001", "002", "003")
"""The fifth seed is a copy of the first."""
_ROUND = 3
"""Successive corpora that together hold every kind."""
_FAMILIES = 11
_COPIES = (2, 4)
_ORIGINAL_PRESENT = 0.7
_NEGATIVE_GROUPS = 4
_UNRELATED = 6


@dataclass(frozen=True, slots=True)
class Made:
    """A document of a labelled corpus.

    Args:
        id: Its file name, which names its family and its damage.
        kind: The kind of damage, ``original``, ``unrelated`` or the kind of negative.
        tracked: Its text with every character's origin.
        encoding: What the file is stored as.
    """

    id: str
    kind: str
    tracked: Tracked
    encoding: str = "utf-8"

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.tracked.text.encode(self.encoding)


@cache
def _seed_texts() -> tuple[Text, ...]:
    """Return the sample corpus repaired; short lines (furniture and headings) left out."""
    paths = [path for path in sorted(_SEEDS.glob("*.txt")) if path.name.startswith(_SEED_SOURCES)]
    texts = (normalise(path.read_text(encoding="utf-8")).text for path in paths)
    return tuple(
        Text(
            path.stem[:3],
            "seeds",
            "paper",
            "\n".join(line for line in text.splitlines() if len(line) > _SEED_LINE),
        )
        for path, text in zip(paths, texts, strict=True)
    )


def _sources(seed: int, rng: Random) -> list[Text]:
    """Return the texts of one corpus in random order, some of the sample corpus's among the first."""
    texts = list(library(seed))
    rng.shuffle(texts)
    texts[1:1] = rng.sample(_seed_texts(), 2)
    return texts


def _fits(kind: str, text: Text) -> bool:
    return KINDS[kind].least <= len(text.text) <= KINDS[kind].most


def _turns(names: list[str], seed: int) -> list[str]:
    """Return the names in the order of their turns: shuffled anew each round, a third further each corpus."""
    Random(f"round {seed // _ROUND}").shuffle(names)
    start = seed % _ROUND * len(names) // _ROUND
    return names[start:] + names[:start]


def _families(seed: int, texts: Sequence[Text], rng: Random) -> Iterator[Made]:
    """Damage the first texts; the kinds take turns, so that a few corpora hold them all."""
    waiting = _turns(list(KINDS), seed)
    tracked = [original(text.text, text.id) for text in texts]
    for place, text in enumerate(texts[:_FAMILIES]):
        shop = Workshop(rng, [other for other in tracked if other is not tracked[place]])
        chosen = [kind for kind in waiting if _fits(kind, text)][: rng.randint(*_COPIES)]
        waiting = [kind for kind in waiting if kind not in chosen]
        if rng.random() < _ORIGINAL_PRESENT:
            yield Made(f"{text.id}.{ORIGINAL}.txt", ORIGINAL, tracked[place])
        for kind in chosen:
            copy = KINDS[kind].damage(tracked[place], shop)
            yield Made(f"{text.id}.{kind}.txt", kind, copy, KINDS[kind].encoding)


def _negatives(seed: int, rng: Random) -> Iterator[Made]:
    for name in _turns(list(NEGATIVES), seed)[:_NEGATIVE_GROUPS]:
        for number, tracked in enumerate(NEGATIVES[name](rng)):
            yield Made(f"{name}.{number}.txt", name, tracked)


def corpus(seed: int) -> tuple[Made, ...]:
    """Make a labelled corpus of 45 to 75 documents.

    Args:
        seed: Decides everything; three successive seeds from a multiple of three hold every kind of
            damage and of negative.
    """
    rng = Random(f"corpus {seed}")
    texts = _sources(seed, rng)
    plain = texts[_FAMILIES : _FAMILIES + _UNRELATED]
    return (
        *_families(seed, texts, rng),
        *_negatives(seed, rng),
        *(Made(f"{text.id}.{UNRELATED}.txt", UNRELATED, original(text.text, text.id)) for text in plain),
    )


def write(made: Sequence[Made], folder: Path) -> None:
    """Write a corpus as files into an empty folder."""
    for document in made:
        (folder / document.id).write_bytes(document.content)
