"""Invented subjects for a large corpus: words of jieba's dictionary put together.

The subjects of the tests' grammar are written by hand and few; a hundred thousand documents about them would
all share their phrases. Here every document has a subject of its own. Words are drawn as often as they occur
in the language, so that, as in real text, some pairs of words recur everywhere and most are rare.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from pdtool.segment.jieba_data import idf_file

__all__ = ["Deck", "vocabulary"]

_FEWEST = 20
"""Rarer words of the dictionary are names and debris."""
_FLATTER = 0.6
"""Frequencies to this power: news of the nineties, on which they were counted, repeats itself more."""
Deck = tuple[list[str], list[float]]


@cache
def _names() -> dict[str, str]:
    path = Path(__file__).with_name("names.toml")
    names: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return names


def _dictionary() -> Path:
    """Return jieba's dictionary, which stands beside its figures."""
    return idf_file().parents[1] / "dict.txt"


def _usable(word: str, count: str) -> bool:
    """Only what Simplified text of today may hold."""
    if not 2 <= len(word) <= 4 or int(count) < _FEWEST:
        return False
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return not word.isascii()


@cache
def _decks() -> Mapping[str, Deck]:
    """Return, for each part of speech, its words and their cumulative weights."""
    words: dict[str, list[tuple[str, float]]] = {"n": [], "v": [], "vn": [], "a": [], "d": []}
    for line in _dictionary().read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if tag in words and _usable(word, count):
            words[tag].append((word, int(count) ** _FLATTER))
    return {
        tag: ([word for word, _ in found], list(accumulate(weight for _, weight in found)))
        for tag, found in words.items()
    }


def _compounds(rng: Random, tags: str, count: int) -> list[str]:
    """Put words of the given parts of speech together, ``count`` times."""
    decks = _decks()
    columns = [rng.choices(decks[tag][0], cum_weights=decks[tag][1], k=count) for tag in tags.split()]
    return ["".join(row) for row in zip(*columns, strict=True)]


def _measures(rng: Random) -> list[str]:
    nouns = _compounds(rng, "v n", 6)
    units = _names()["units"].split()
    return [f"{noun}:{rng.choice(units)}:{rng.randint(2, 60)}-{rng.randint(90, 9000)}" for noun in nouns]


def _places(rng: Random) -> list[str]:
    characters, endings = _names()["place_characters"], _names()["place_endings"].split()
    return ["".join(rng.sample(characters, 2)) + rng.choice(endings) for _ in range(5)]


def vocabulary(rng: Random) -> dict[str, list[str]]:
    """Invent a subject: its words by the symbols that the grammar of ``tests.texts`` expands.

    Args:
        rng: Where the choices come from.
    """
    return {
        "name": _compounds(rng, "n vn", 1),
        "actor": [word + rng.choice(_names()["endings"].split()) for word in _compounds(rng, "n", 9)],
        "thing": [*_compounds(rng, "n n", 12), *_compounds(rng, "vn n", 8)],
        "action": [*_compounds(rng, "v n n", 16), *_compounds(rng, "v a n", 8), *_compounds(rng, "d v n", 8)],
        "problem": [*_compounds(rng, "n n d a", 8), *_compounds(rng, "n v n a", 6)],
        "effect": [*_compounds(rng, "n d v n", 8), *_compounds(rng, "n a n v", 6)],
        "measure": _measures(rng),
        "place": _places(rng),
    }
