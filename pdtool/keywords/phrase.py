"""The phrase ranker: candidates scored by what the text itself says of them, no model and no training.

A product of small named factors. Those of frequency, rarity, length, title and filling stretches follow a
ranker that was measured at F1@5 of 28.0 on a thousand Chinese papers; the others were added and set on the
development half of ``benchmarks/keywords``.
"""

from __future__ import annotations

import numpy as np

from pdtool.keywords.lexicon import Role
from pdtool.keywords.spans import Candidates, FloatArray

__all__ = ["phrase_scores"]

_FREQUENCY_POWER = 0.65
_RARITY_POWER = 0.45
_LENGTH = np.array([0, 0, 0.8, 1.2, 1.9, 1.5, 1.4, 1.1, 1.0, 0.8, 0.8, 0.8, 0.8])
"""By width in Han characters: author keywords have four or five most often."""
_IN_TITLE = 2.0
_NEVER_FREE = 0.65
"""For each side on which it always stands against another word."""
_FILLED = 0.2
_WRONG_EDGE = 0.6
_FRAME_ALONE = 0.3
_VERB_ALONE = 0.65
_TWO_VERBS = 0.8
"""深化改革, 顺利对接: neither is a noun of the dictionary. Some are names (喘息服务): only lowered."""
_FRAME_FIRST = 0.6
"""A long phrase that begins with a word of the frame (研究, 模式, 社会 …) mostly has a shorter core."""
_LONG = 5
_NUMBER_LAST = 0.1
_PAPER_FRAME = 0.8
"""A phrase of the frame of papers alone: 治理路径, 影响因素. Authors declare some, so it is only lowered."""
_NOTICE_FRAME = 0.1
"""A phrase of the frame of notices alone: 事项通知, 国务院同意."""
_SUBJECT = 2.0
"""What the topic of an official document begins with and its body says again: what it is about."""
_OFFICE_ALONE = 0.3
"""副总理, 书记: who holds it is meant, or something else is."""
_TORN_UNIT = 0.1
"""市城市绿化 of 青山市城市绿化: what the unit is called stands before it."""
_TORN_OFFICE = 0.3
"""总理同意 of 副总理同意, 书记述职 of 支部书记述职."""
_BOUND = 0.1
"""A piece that the text never says without the same word beside it gives way to the whole."""
_ONCE = 0.6
"""What a long text says a single time, be it in its title. In an abstract most things are said once."""
_LONG_TEXT = 300
"""Characters; the abstracts of papers are shorter."""


def _roles(candidates: Candidates) -> FloatArray:
    """Weigh the words at the edges of each candidate, shape ``(n,)``."""
    alone = candidates.words == 1
    first, last = candidates.first_roles, candidates.last_roles
    long = ~alone & (candidates.size >= _LONG)
    weights = np.ones(len(candidates))
    for applies, weight in (
        (alone & (first & Role.NOT_ALONE != 0), _FRAME_ALONE),
        (alone & (first & Role.VERB != 0), _VERB_ALONE),
        ((candidates.words == 2) & (first & last & Role.VERB != 0), _TWO_VERBS),
        (~alone & (first & Role.NOT_FIRST != 0), _WRONG_EDGE),
        (~alone & (last & Role.NOT_LAST != 0), _WRONG_EDGE),
        (alone & (first & Role.OFFICE != 0), _OFFICE_ALONE),
        (~alone & (first & Role.UNIT != 0) & ~candidates.free_left, _TORN_UNIT),
        (~alone & (first & Role.OFFICE != 0) & ~candidates.free_left, _TORN_OFFICE),
        (long & (first & Role.NOT_ALONE != 0) & ~candidates.subject, _FRAME_FIRST),
        (candidates.subject, _SUBJECT),
        (~alone & (candidates.frame == candidates.words), _PAPER_FRAME),
        (candidates.notice == candidates.words, _NOTICE_FRAME),
        (candidates.bound, _BOUND),
        (last & Role.NUMBER != 0, _NUMBER_LAST),
        (candidates.figures > 0, 0.0),
        # Digits are a part of a name only where the name is said again, and never the last.
        ((first & Role.CALLED != 0) & (candidates.count == 1), 0.0),
        (last & Role.CALLED != 0, 0.0),
        # A number by itself is no keyword, not even of a document of years.
        (alone & (first & Role.NUMBER != 0), 0.0),
    ):
        np.multiply(weights, weight, out=weights, where=applies)
    return weights


def phrase_scores(candidates: Candidates) -> FloatArray:
    """Score each candidate.

    Args:
        candidates: Of a batch of documents.

    Returns:
        Scores of shape ``(n,)``, comparable within a document; 0 for what is no keyword.
    """
    scores = candidates.count**_FREQUENCY_POWER * candidates.idf**_RARITY_POWER * _LENGTH[candidates.size]
    scores *= np.where(candidates.in_title > 0, _IN_TITLE, 1.0)
    scores *= 1 + _FILLED * np.log1p(candidates.filled)
    for free in (candidates.free_left, candidates.free_right):
        scores *= np.where(free, 1.0, _NEVER_FREE)
    scores *= np.where((candidates.count == 1) & (candidates.text_size >= _LONG_TEXT), _ONCE, 1.0)
    weighted: FloatArray = scores * _roles(candidates)
    return weighted
