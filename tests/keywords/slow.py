"""A slow, plain reference for what the arrays of ``pdtool.keywords.spans`` hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pdtool.keywords.lexicon import Lexicon, Role
from pdtool.keywords.spans import LONGEST, MOST_WORDS, SHORTEST
from pdtool.segment.segmenter import Segmenter

Word = tuple[str, int, int]


@dataclass
class Candidate:
    """What the text says of one candidate."""

    count: int = 0
    filled: int = 0
    free_left: bool = False
    free_right: bool = False
    in_title: int = 0
    starts: list[int] = field(default_factory=list)


def _role(lexicon: Lexicon, word: str) -> int:
    return int(lexicon.roles[lexicon[word]])


def mended(text: str, segmenter: Segmenter, lexicon: Lexicon) -> Iterator[Word]:
    """Yield the words, those that were cut a character too late without it."""
    for word, start, end in segmenter.cut(text):
        torn = lexicon.whole[lexicon[word]] != lexicon[word]
        yield (word[:-1], start, end - 1) if torn else (word, start, end)


def runs(text: str, segmenter: Segmenter, lexicon: Lexicon) -> Iterator[list[Word]]:
    """Yield the stretches of neighbouring words that no stop word, mark or space interrupts."""
    run: list[Word] = []
    for word, start, end in mended(text, segmenter, lexicon):
        if run and (start != run[-1][2] or _role(lexicon, word) & Role.STOP):
            yield run
            run = []
        if not _role(lexicon, word) & Role.STOP:
            run.append((word, start, end))
    if run:
        yield run


def candidates(title: str, body: str, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, Candidate]:
    """Return every candidate of a document with its counts, one occurrence after another."""
    text = f"{title}\n{body}\n"
    found: dict[str, Candidate] = defaultdict(Candidate)
    for run in runs(text, segmenter, lexicon):
        for first in range(len(run)):
            for last in range(first, min(first + MOST_WORDS, len(run))):
                size = sum(int(lexicon.size[lexicon[word]]) for word, _, _ in run[first : last + 1])
                if SHORTEST <= size <= LONGEST:
                    start, end = run[first][1], run[last][2]
                    candidate = found[text[start:end]]
                    candidate.count += 1
                    candidate.filled += (first, last) == (0, len(run) - 1)
                    candidate.free_left |= first == 0
                    candidate.free_right |= last == len(run) - 1
                    candidate.in_title += start < len(title)
                    candidate.starts.append(start)
    return found
