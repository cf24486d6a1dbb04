"""Reads slipped spans: tries where each may end, fills in what is unsure, and takes the likeliest reading.

A decoder that meets half a character loses step: it pairs the second byte of each character with the first
byte of the next, until an ASCII byte or a byte that it cannot pair brings it back. Most of the original can
then be worked out character by character; what cannot, a language model fills in
(:mod:`pdtool.normalise.slips.solver`). The hypotheses about one mark may end at different offsets, and are
compared over the same piece of the output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.beam import CONTEXT
from pdtool.normalise.slips.candidate_finder import CandidateFinder
from pdtool.normalise.slips.gbk import pair_of
from pdtool.normalise.slips.language_model import LanguageModel
from pdtool.normalise.slips.line import Line
from pdtool.normalise.slips.marks import GHOST, GHOST_BEFORE, LOSSES, TORN_GHOST
from pdtool.normalise.slips.solver import BegunReadings, SettledCache, Solver
from pdtool.normalise.slips.span import PartialCharacter, SlippedSpan, slipped_spans, torn_ghost_at
from pdtool.normalise.slips.taken_along import costs_before_ascii

__all__ = ["RestoredSpan", "SpanReader"]

Costs = npt.NDArray[np.float64]

_LONGEST = 1000
"""Characters of output after which a span that has not come back into step is given up."""
_RECENT = 40
"""Characters before an offset that tell what is spoken of there."""
_REMEMBERED = 120
"""Characters from a mark on by which an equal text is known again and need not be searched."""
_LOOKED_AT = 12
"""How many of these must lie behind the end of the longest span that was tried: they decide where it ends."""
_LOST_BYTE = -5.0
"""The cost of a lost byte."""
_UNMARKED = -3.0
"""The cost of no mark for a lost byte."""
_WHOLE_HOST = -8.0
"""The cost of a character with a ghost that lost both its bytes."""
_DOUBLED = -8.0
"""The cost of a sign that stands behind the same sign already."""
_SIGNS = frozenset("。，、；：")


class RestoredSpan(NamedTuple):
    """The outcome of a search.

    Args:
        end: Offset in the output at which the text is in step again.
        text: What the span said, with holes; empty if nothing was found.
        score: The logarithm of its probability against that of the output as it stands.
        mean: What each of its characters costs.
        hidden: How many of its characters stand where undefined pairs may have been.
    """

    end: int
    text: str
    score: float
    mean: float
    hidden: int


class _Hypothesis(NamedTuple):
    """What one span may have said.

    Args:
        span: The span.
        shown: Its text with holes.
        said: Its likeliest text without holes.
        cost: What it costs beyond language (natural logarithm).
    """

    span: SlippedSpan
    shown: str
    said: str
    cost: float


class SpanReader:
    """Reads the slipped spans of one text.

    Args:
        text: The decoder's output.
        language: The model that judges.
        hosts: The pairs that carry each written reading elsewhere in the text, the usual one first.
        foreign: What each pair costs whose character the text's script does not have; shape ``(PAIRS,)``.
        pieces: Pieces of the text that are not suspected of damage.
    """

    def __init__(
        self,
        text: str,
        language: LanguageModel,
        hosts: Mapping[str, Sequence[int]],
        foreign: Costs,
        pieces: Sequence[str],
    ) -> None:
        self._text = text
        self._language = language
        self._foreign = foreign
        self._finder = CandidateFinder(language, hosts, foreign, pieces, costs_before_ascii(text))
        self._line = Line(text, 0, 0, language)
        self._phrase_ends: tuple[int, ...] = ()
        self._by_text: dict[tuple[str, int, bool], tuple[int, RestoredSpan | None]] = {}
        self._by_offset: dict[tuple[int, bool], tuple[int, RestoredSpan | None]] = {}
        self._settled: SettledCache = {}

    def read(self, start: int, vanishing: bool) -> RestoredSpan | None:
        """Search for the text behind the output from ``start``, which holds a mark of a loss.

        Args:
            start: Offset of a mark that stands behind a character in step.
            vanishing: Whether undefined pairs leave no mark in this text.
        """
        near = self._text[max(0, start - _RECENT) : start + _REMEMBERED], min(start, _RECENT), vanishing
        known = self._by_text.get(near) or self._by_offset.get((start, vanishing))
        if known is None:
            farthest, restored = self._search(start, vanishing)
            known = farthest - start, restored and restored._replace(end=restored.end - start)
            if known[0] + _LOOKED_AT <= _REMEMBERED:
                self._by_text[near] = known
            else:
                self._by_offset[start, vanishing] = known
        _, found = known
        return found and found._replace(end=found.end + start)

    def _search(self, start: int, vanishing: bool) -> tuple[int, RestoredSpan | None]:
        """Return how far the search had to look, and what it found."""
        line = self._line_at(start)
        before = GHOST.sub("", self._text[max(0, start - _RECENT) : start])
        self._phrase_ends = self._language.stand_behind(before)
        begun: BegunReadings = {}
        found = [
            hypothesis
            for span, cost in self._spans(start, line)
            if (hypothesis := self._solved(span, cost, before, vanishing, begun))
        ]
        farthest = max((some.span.end for some in found), default=line.end)
        return farthest, self._best(found, before) if found else None

    def _spans(self, start: int, line: Line) -> Iterator[tuple[SlippedSpan, float]]:
        """Yield the spans that may start at a mark, with what their start costs."""
        torn = torn_ghost_at(self._text, start)
        if torn:
            yield SlippedSpan(start, torn[1], (PartialCharacter(0, 0, 0, torn[0]),), 0.0), _WHOLE_HOST
        for waiting, cost in self._waiting(start):
            for span in slipped_spans(self._text, line, start, [waiting]):
                yield span, cost

    def _line_at(self, start: int) -> Line:
        """Return the line of a mark, from before the mark on."""
        line = self._line
        if not line.start <= start < line.end or not (line.ends or start + _LONGEST < line.end):
            end = self._text.find("\n", start, start + 2 * _LONGEST)
            end = end if end >= 0 else min(len(self._text), start + 2 * _LONGEST)
            self._line = Line(self._text, max(0, start - 1), end, self._language)
        return self._line

    def _waiting(self, start: int) -> list[tuple[int, float]]:
        """Return the bytes that may wait for a second half at a mark, with their costs; 0 for a lost one.

        A torn ghost tells them: they are the second bytes of the characters that carry it.
        """
        torn = torn_ghost_at(self._text, start)
        if not torn:
            return [(0, _LOST_BYTE if self._text[start] in LOSSES else _LOST_BYTE + _UNMARKED)]
        ghost = GHOST_BEFORE.search(self._text, max(0, start - _RECENT), start)
        behind = ghost.start() if ghost else start
        lead = pair_of(self._text[behind - 1]) & 0xFF if behind else 0
        return [(pair & 0xFF, cost) for pair, cost in self._finder.hosts(torn[0], lead)]

    def _best(self, found: Sequence[_Hypothesis], before: str) -> RestoredSpan:
        """Choose among hypotheses that may end at different offsets."""
        start, end = found[0].span.start, max(hypothesis.span.end for hypothesis in found)
        before, behind = before[-2:], self._text[end : end + 2]

        def whole(said: str, stop: int) -> str:
            rest = TORN_GHOST.sub("", GHOST.sub("", self._text[stop:end])) if said else self._text[stop:end]
            return before + said + rest + behind

        # All that has to be judged is judged at once.
        alone = [GHOST.sub("", some.said) for some in found]
        texts = [whole("", start), before]
        texts += [whole(some.said, some.span.end) for some in found]
        texts += [before + said for said in alone]
        unread, lead, *scores = self._language.of_each(texts)
        ranked = [
            score + some.cost + _DOUBLED * _doubles_a_sign(before, some.said)
            for score, some in zip(scores, found, strict=False)
        ]
        best = max(range(len(found)), key=ranked.__getitem__)
        span, shown, said, _ = found[best]
        mean = (scores[len(found) + best] - lead) / max(len(alone[best]), 1)
        hidden = len(said) - len(span.characters)
        return RestoredSpan(span.end, shown, ranked[best] - unread, mean, hidden)

    def _solved(
        self, span: SlippedSpan, cost: float, before: str, vanishing: bool, begun: BegunReadings
    ) -> _Hypothesis | None:
        """Return what a span may have said; ``None`` if it cannot be read."""
        solver = Solver(
            self._language, self._finder, self._foreign, vanishing, self._phrase_ends, self._settled, begun
        )
        ahead = self._text[span.end : span.end + CONTEXT]
        line = self._text[max(0, span.start - _LONGEST) : span.start]
        if not solver.solve(span.characters, line[line.rfind("\n") + 1 :], before[-2:], ahead):
            return None
        shown, said, beyond = solver.result
        return _Hypothesis(span, shown, said, beyond + span.cost + cost)


def _doubles_a_sign(before: str, said: str) -> bool:
    """Return whether a reading begins with the sign that stands before it."""
    return said[:1] in _SIGNS and before[-1:] == said[0]
