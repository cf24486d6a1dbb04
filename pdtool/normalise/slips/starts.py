"""Where a slipped span may start: a cheap test of all offsets of a text at once.

Questions are common and damage is rare, so the careful search must not begin at every question mark. The test
reads the few characters behind a mark as if they were out of step (the second byte of each with the first
byte of the next) and compares how likely that is with how likely they are as they stand. ``?！凹议T口``
passes, for it says ``。“家門口``; ``好不好?大家說好`` does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pdtool.late_patterns import late_pattern
from pdtool.normalise.slips.flags import Flags, among, flags
from pdtool.normalise.slips.gbk import FULL_WIDTH_ROW, pairs_of
from pdtool.normalise.slips.language_model import (
    STRANGE,
    LanguageModel,
    base_model,
    symbols_of_codes,
    symbols_of_pairs,
)
from pdtool.normalise.slips.marks import GHOST, LOSSES, TORN_GHOST
from pdtool.text.code_points import code_points

__all__ = ["possible_starts", "promising_starts"]

Codes = npt.NDArray[np.uint32]
Symbols = npt.NDArray[np.intp]
Offsets = npt.NDArray[np.intp]

_CROWD = 12
"""So many more marks close behind a mark are no damage to a text."""
_CROWD_WIDTH = 40
"""Characters within which these marks are close."""
_AHEAD = 8
"""Characters behind a mark that tell whether a span starts there."""
_ENOUGH = 3
"""How many of them there must be for the usual threshold."""
_HOPE = -3.0
"""How much likelier (natural logarithm) they must be out of step than in step for a closer look."""
_SHORT_HOPE = -1.0
"""The same where there are fewer than enough."""
_UNKNOWN = -7.0
"""What two characters cost of which one cannot be told yet."""
_WAITING = 0xA1
"""The byte that is lost most."""
_COMMON = range(0xB0, 0xD8)
"""The first bytes of GB2312's common characters."""
_RARE = 2
"""How many of the next characters must not be common for a letter or digit to start a span."""
_NEAR = 6
"""How many characters are the next ones."""
_NARROW_BLANKS = (*range(9, 14), 0x20, 0x85, 0xA0)
_WIDE_BLANKS = (0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_BLANKS = flags(np.array([*_NARROW_BLANKS, *_WIDE_BLANKS]))
_SIGNS = flags(code_points("，。、；：“”《》（）—…·"))
_latin_host = late_pattern(rf"(?<=[㐀-鿿)）])[^㐀-鿿\s()（）]{{1,4}}?[@-~]{GHOST.pattern}")
"""A ghost behind a letter, which is the second byte of the character that carries it."""
_FIRST_ASCII = np.uint32(ord("0"))
"""The first character of ASCII that may be the second byte of a full stop paired with what follows."""
_FIRST_WIDE = np.uint32(ord("０"))
"""The same full-width."""
_ASCII_COUNT = np.uint32(ord("~") + 1 - ord("0"))
"""How many characters of ASCII there are from the first on."""
_LINE_END = np.uint32(ord("\n"))
_MARKS = tuple(map(ord, LOSSES))
_MARKED = flags(code_points(LOSSES))


def possible_starts(text: str) -> list[int]:
    """Return the offsets at which a slipped span may start.

    That is a mark of a loss, or a letter, digit or sign that may be the second byte of a full stop paired
    with what follows, where the lost byte left no mark. The second is looked for only in texts that have
    marks as well: asking it of every letter and digit of a clean text would take half its time.

    >>> possible_starts("更加精細化、人性化?！凹议T口”服務站好不好?大家說好。")
    [9]
    """
    if not any(mark in text for mark in LOSSES):
        return []
    codes = code_points(text)
    marks, unmarked = _marks(codes), _unmarked(codes)
    torn = [mark for mark in marks.tolist() if codes[mark + 1] < 0x300 and TORN_GHOST.match(text, mark)]
    torn += [match.start() for match in _latin_host().finditer(text)]
    found = _promising_of_both(codes, marks, unmarked, base_model())
    return sorted({*found, *torn})


def promising_starts(text: str, found: Sequence[int], language: LanguageModel) -> list[int]:
    """Return those of some possible starts that are promising by the model of the text itself."""
    codes = code_points(text)
    offsets = np.array(found, dtype=np.intp)
    is_mark = among(codes[offsets], _MARKED)
    kept = _promising_of_both(codes, offsets[is_mark], offsets[~is_mark], language)
    torn = [start for start in found if TORN_GHOST.match(text, start) or _latin_host().match(text, start)]
    return sorted({*kept, *torn})


def _promising_of_both(codes: Codes, marks: Offsets, unmarked: Offsets, language: LanguageModel) -> list[int]:
    """Return the promising ones of the marks, and of the starts without a mark."""
    found = np.concatenate(
        [marks[_promising(codes, marks, 1, language)], unmarked[_promising(codes, unmarked, 0, language)]]
    )
    return [int(offset) for offset in found]


def _marks(codes: Codes) -> Offsets:
    """Return the offsets of the marks that stand between two characters, but not where they crowd.

    Behind a Latin letter, as in an address, and at the start of a line what follows must not be common.
    """
    marks = np.flatnonzero((codes == _MARKS[0]) | (codes == _MARKS[1]))
    marks = marks[(marks > 0) & (marks < len(codes) - 1)]
    before, behind = codes[marks - 1], codes[marks + 1]
    is_letter = ((before | 0x20) >= 0x61) & ((before | 0x20) <= 0x7A)
    is_first = before == _LINE_END
    is_apart = is_letter | is_first
    is_apart[is_apart] = ~_rare_ahead(codes, marks[is_apart])
    after_blank = among(before, _BLANKS) & ~is_first
    outside = is_apart | after_blank | among(before, _MARKED) | among(behind, _BLANKS)
    marks = marks[~outside]
    kept: Offsets = marks[~_crowded(marks)]
    return kept


def _crowded(marks: Offsets) -> Flags:
    """Return which marks stand in a crowd of marks."""
    crowded = np.zeros(len(marks), dtype=bool)
    if len(marks) > _CROWD:
        close = marks[_CROWD:] - marks[:-_CROWD] <= _CROWD_WIDTH
        for shift in range(_CROWD + 1):
            crowded[shift : shift + len(close)] |= close
    return crowded


def _is_gbk_han(codes: Codes) -> Flags:
    """Return which characters are Han of the blocks that GBK stores, up to U+9FFF."""
    found: Flags = (codes >= 0x3400) & (codes <= 0x9FFF)
    return found


def _unmarked(codes: Codes) -> Offsets:
    """Return the offsets of ASCII between a Han character and characters that are not common."""
    # Numbers without a sign wrap: one comparison tells whether a code point lies in a range.
    found: Offsets = np.flatnonzero(
        (codes - _FIRST_ASCII < _ASCII_COUNT) | (codes - _FIRST_WIDE < _ASCII_COUNT)
    )
    found = found[(found > 0) & (found < len(codes) - 2)]
    found = found[codes[found] != _MARKS[0]]
    found = found[
        _is_gbk_han(codes[found - 1]) & ~among(codes[found + 1], _BLANKS) & (codes[found + 1] > 0x7F)
    ]
    chosen: Offsets = found[_rare_ahead(codes, found)]
    return chosen


def _rare_ahead(codes: Codes, offsets: Offsets) -> Flags:
    """Return behind which offsets there are characters that are not common."""
    if not len(offsets):
        return np.zeros(0, dtype=bool)
    ahead = codes[np.minimum(offsets[:, None] + np.arange(1, _NEAR + 1), len(codes) - 1)]
    leads = pairs_of(ahead) >> 8
    rare = (leads > 0) & (leads != FULL_WIDTH_ROW) & ((leads < _COMMON.start) | (leads >= _COMMON.stop))
    found: Flags = (rare & ~among(ahead, _SIGNS)).sum(axis=1) >= _RARE
    return found


def _promising(codes: Codes, offsets: Offsets, shift: int, language: LanguageModel) -> Flags:
    """Return for which offsets the characters from ``shift`` behind on may well be out of step."""
    if not len(offsets):
        return np.zeros(0, dtype=bool)
    windows = codes[np.minimum(offsets[:, None] + np.arange(shift, shift + _AHEAD + 1), len(codes) - 1)]
    is_mark = among(windows, _MARKED)
    is_ascii = (windows > 0x20) & (windows < 0x7F) & ~is_mark
    wide = np.where(is_ascii, FULL_WIDTH_ROW << 8 | windows | 0x80, np.where(is_mark, 0, pairs_of(windows)))
    waiting = np.pad(wide[:, :-1] & 0xFF, ((0, 0), (1, 0)), constant_values=_WAITING) << 8
    slipped = symbols_of_pairs()[waiting | wide >> 8]
    is_last = is_ascii & (windows >= 0x40)
    completed = np.where(is_last, symbols_of_pairs()[waiting | windows & 0x7F], -1)
    costs = _costs(language, slipped, slipped)
    costs = np.maximum(costs, np.where(completed[:, 1:] >= 0, _costs(language, slipped, completed), STRANGE))
    found = symbols_of_codes(windows)
    better = costs - _costs(language, found, found)
    is_digit = is_ascii & (windows >= 0x30) & (windows <= 0x39)
    ends = np.cumsum(((wide == 0) | is_digit)[:, 1:], axis=1) > 0
    ends[:, 1:] |= np.cumsum(is_last[:, 1:-1], axis=1) > 0
    better[ends] = 0
    totals = np.cumsum(better, axis=1)
    known = (~ends).sum(axis=1)
    short = known < _ENOUGH
    hope = np.where(short, totals[:, -1], totals[:, _ENOUGH - 1 :].max(axis=1))
    promising: Flags = ((known > 0) | is_mark[:, 1]) & (hope > np.where(short, _SHORT_HOPE, _HOPE))
    return promising


def _costs(language: LanguageModel, before: Symbols, found: Symbols) -> npt.NDArray[np.float64]:
    """Return what each character costs behind the one before, within reason."""
    one, two = before[:, :-1], found[:, 1:]
    scores = np.maximum(language.scores(np.maximum(one, 0), np.maximum(two, 0)), STRANGE)
    return np.where((one < 0) | (two < 0), _UNKNOWN, scores)
