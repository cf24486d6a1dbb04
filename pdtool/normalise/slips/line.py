"""A line of output: how likely it is in step and out of step from each offset on."""

from __future__ import annotations

import numpy as np

from pdtool.normalise.slips.flags import among, flags
from pdtool.normalise.slips.gbk import FULL_WIDTH_ROW, pairs_of
from pdtool.normalise.slips.language_model import STRANGE, LanguageModel, symbols, symbols_of_pairs
from pdtool.normalise.slips.marks import LOSSES
from pdtool.text.code_points import code_points

__all__ = ["Line"]

_AHEAD = 8
"""Characters that are looked at to tell whether a text is in step."""
_MARKS = flags(code_points(LOSSES))


class Line:
    """A piece of output, each character as the two bytes that it was read from.

    Args:
        text: The output.
        start: Offset at which the piece starts.
        end: Offset after it.
        language: The model that judges.

    Attributes:
        leads: The first byte of each character, 0 for marks, blanks and what GBK does not have; ASCII
            counts as full-width.
        trails: The second byte.
        ends: Whether the text's line ends with the piece.
    """

    def __init__(self, text: str, start: int, end: int, language: LanguageModel) -> None:
        codes = code_points(text[start:end])
        is_mark = among(codes, _MARKS)
        is_ascii = (codes > 0x20) & (codes < 0x7F) & ~is_mark
        wide = np.where(is_ascii, FULL_WIDTH_ROW << 8 | codes | 0x80, pairs_of(codes))
        wide[is_mark] = 0
        self.start, self.end = start, end
        self.ends = text[end : end + 1] in ("", "\n")
        leads, trails = wide >> 8, wide & 0xFF
        self.leads: list[int] = leads.tolist()
        self.trails: list[int] = trails.tolist()
        slipped = symbols_of_pairs()[np.append(0, trails[:-1] << 8 | leads[1:])[: len(codes)]]
        better = _scores(language, symbols(text[start:end])) - _scores(language, slipped)
        broken = wide == 0
        better[broken] = 0
        better[1:][broken[:-1]] = 0
        self._better: list[float] = np.append(0, np.cumsum(better)).tolist()
        events = np.where(is_ascii | broken, np.arange(len(codes)), len(codes))
        self._event: list[int] = np.minimum.accumulate(np.append(events, len(codes))[::-1])[::-1].tolist()

    def in_step(self, offset: int) -> float:
        """Return how much likelier the text from ``offset`` on is in step than out of step."""
        index = offset - self.start
        if index >= self.end - self.start:
            return 0.0
        stop = min(index + _AHEAD, self._event[index + 1])
        return self._better[stop] - self._better[min(index + 1, stop)]


def _scores(language: LanguageModel, found: np.ndarray) -> np.ndarray:
    scores = language.scores(np.maximum(found[:-1], 0), np.maximum(found[1:], 0))
    return np.append(0.0, np.maximum(scores, STRANGE))[: len(found)]
