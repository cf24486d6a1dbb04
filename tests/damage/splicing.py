"""A passage of another text in the middle of a sentence, and foreign passages that authors put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from random import Random

from pdtool.segment.segmenter import Segmenter
from tests.texts import Text, library

__all__ = ["CUTS", "Cut", "Spliced", "digressions", "spliced_texts", "varied_splices"]

_LENGTHS = (80, 600)
_SHORTEST_HOST = 1000
_SLACK = 15
_VARIED_LENGTHS = (40, 2000)
_MARKS = frozenset("。！？；：，、\n“”（）《》")


class Cut(StrEnum):
    """Where a badly cut column breaks off, in the host and in the foreign text."""

    WORD = "between words"
    INSIDE = "inside words"
    MARK = "at a comma"


CUTS = tuple(Cut)


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


def _cuts(text: str, cut: Cut) -> list[int]:
    """Return the places in mid-sentence where a text can be cut so."""
    if cut is Cut.MARK:
        return [match.end() for match in re.finditer("[，、]", text)]
    if cut is Cut.WORD:
        return _breaks(text, 0, len(text))
    tokens = _segmenter().cut(text)
    return [start + 1 for word, start, end in tokens if end - start > 1 and not word.isascii()]


def _varied(host: Text, foreign: Text, cut: Cut, rng: Random) -> Spliced | None:
    """Splice a passage whose length is drawn evenly on a logarithmic scale."""
    low, high = _VARIED_LENGTHS
    wanted = int(low * (high / low) ** rng.random())
    places = [at for at in _cuts(host.text, cut) if len(host.text) // 10 <= at <= 9 * len(host.text) // 10]
    ends = _cuts(foreign.text, cut)
    starts = [at for at in ends if at + wanted < len(foreign.text)]
    if not places or not starts:
        return None
    start, place = rng.choice(starts), rng.choice(places)
    passage = foreign.text[start : min(ends, key=lambda end: abs(end - start - wanted))]
    text = host.text[:place] + passage + host.text[place:]
    return Spliced(host.id, text, place, place + len(passage)) if len(passage) >= low else None


def varied_splices(seed: int, cut: Cut, same_field: bool) -> Iterator[Spliced]:
    """Splice 40 to 2,000 characters into every long text of a library.

    Args:
        seed: Of the library and of every choice.
        cut: Where the texts are cut.
        same_field: Whether the passage is from a text on the host's own subject.
    """
    rng = Random(f"varied {seed} {cut} {same_field}")
    texts = library(seed)
    for host in texts:
        others = [
            text
            for text in (library(seed + 1000) if same_field else texts)
            if (text.subject == host.subject) is same_field and len(text.text) >= 700
        ]
        if len(host.text) >= _SHORTEST_HOST and others:
            made = _varied(host, rng.choice(others), cut, rng)
            if made is not None:
                yield made


def digressions(seed: int, quoted: bool) -> Iterator[str]:
    """Put whole sentences of another subject into every long text of a library, as authors do.

    Args:
        seed: Of the library and of every choice.
        quoted: Put them in quotation marks, after a sentence; otherwise as a paragraph.
    """
    rng = Random(f"digressions {seed} {quoted}")
    texts = library(seed)
    for host in texts:
        other = rng.choice([text for text in texts if text.subject != host.subject])
        ends = [match.end() for match in re.finditer("[。！？](?!”)", other.text)]
        places = [match.end() for match in re.finditer("[。！？](?![”\n])" if quoted else "\n", host.text)]
        if len(host.text) < _SHORTEST_HOST or len(ends) < 2 or not places:
            continue
        first, last = sorted(rng.sample(ends, 2))
        passage = other.text[first:last].strip("\n")[: _LENGTHS[1]]
        passage = passage[: max(map(passage.rfind, "。！？")) + 1]
        inner = passage.replace("“", "‘").replace("”", "’")
        place = rng.choice(places)
        yield host.text[:place] + (f"“{inner}”" if quoted else f"{passage}\n") + host.text[place:]
