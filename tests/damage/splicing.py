"""A passage of another text in the middle of a sentence, and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from pdtool.segment.segmenter import Segmenter
from tests.texts import library

__all__ = ["Spliced", "spliced_texts"]

_LENGTHS = (80, 600)
_SHORTEST_HOST = 1000
_SLACK = 15
_MARKS = frozenset("。！？；：，、\n“”（）《》")


@dataclass(frozen=True, slots=True)
class Spliced:
    """A text with a foreign passage.

    Args:
        id: The host's id.
        text: The text with the passage.
        start: First character of the passage.
        end: First character after it.
    """

    id: str
    text: str
    start: int
    end: int


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def _breaks(text: str, low: int, high: int) -> list[int]:
    """Return the places between words, in mid-sentence, from ``low`` to ``high``."""
    starts = _segmenter().cut(text).starts.tolist()
    return [start for start in starts if low <= start <= high and start and text[start - 1] not in _MARKS]


def _splice(host: str, foreign: str, rng: Random) -> tuple[str, int, int] | None:
    wanted = rng.randint(*_LENGTHS)
    first = _breaks(foreign, 20, max(21, len(foreign) - wanted - 20))
    places = _breaks(host, len(host) // 10 + 30, 9 * len(host) // 10)
    if not first or not places:
        return None
    start, place = rng.choice(first), rng.choice(places)
    last = _breaks(foreign, start + wanted - _SLACK, start + wanted + _SLACK)
    if not last:
        return None
    passage = foreign[start : rng.choice(last)]
    return host[:place] + passage + host[place:], place, place + len(passage)


def spliced_texts(seed: int) -> Iterator[Spliced]:
    """Splice 80 to 600 characters of another text into every long text of a library, at word breaks."""
    rng = Random(f"spliced {seed}")
    texts = library(seed)
    for host in texts:
        if len(host.text) >= _SHORTEST_HOST:
            others = [text for text in texts if text.subject != host.subject and len(text.text) >= 700]
            made = _splice(host.text, rng.choice(others).text, rng)
            if made is not None:
                yield Spliced(host.id, *made)
