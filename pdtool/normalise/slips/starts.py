"""Cheap signs of slipped text: where a stretch may start, judged for all places of a text at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.flags import Flags, among, flags
from pdtool.normalise.slips.gbk import FULL_WIDTH_ROW, pairs_of
from pdtool.normalise.slips.language_model import STRANGE, Language, base, symbols_of_codes, symbols_of_pairs
from pdtool.normalise.slips.marks import GHOST, LOSSES, TORN_GHOST
from pdtool.text.code_points import code_points

__all__ = ["starts", "still_promising"]

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

_CROWD, _CROWDED = 12, 40
"""So many marks within so many characters are no damage to a text."""
_AHEAD, _ENOUGH = 8, 3
"""Characters behind a mark that tell whether it starts a stretch, and how many of them at least."""
_HOPE, _SHORT_HOPE = -3.0, -1.0
"""How much likelier (natural logarithm) they must be out of step than in step to be looked at closely; the
second where there are fewer."""
_UNKNOWN = -7.0
"""What two characters cost of which one cannot be told yet."""
_WAITING = 0xA1
"""The byte that is lost most."""
_COMMON = range(0xB0, 0xD8)
"""The first bytes of GB2312's common characters."""
_RARE, _NEAR = 2, 6
"""A letter or digit starts a stretch only if so many of the next characters are not common."""
_NARROW_BLANKS = (*range(9, 14), 0x20, 0x85, 0xA0)
_WIDE_BLANKS = (0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_BLANKS = flags(np.array([*_NARROW_BLANKS, *_WIDE_BLANKS]))
_SIGNS = flags(code_points("，。、；：“”《》（）—…·"))
_LATIN_HOST = re.compile(rf"(?<=[㐀-鿿)）])[^㐀-鿿\s()（）]{{1,4}}?[@-~]{GHOST.pattern}")
"""A reading behind a letter, which is the second byte of the character that carries it."""
_DIGIT, _WIDE_DIGIT, _SPAN = np.uint32(ord("0")), np.uint32(ord("０")), np.uint32(ord("~") + 1 - ord("0"))
"""ASCII from the digits on, and the same full-width."""
_MARKS = tuple(map(ord, LOSSES))
_MARKED = flags(code_points(LOSSES))


def starts(text: str) -> list[int]:
    """Return the offsets at which a slipped stretch may start.

    That is a mark of a loss, or a letter, digit or sign that may be the second byte of a full stop paired
    with what follows, where the lost byte left no mark. The second is looked for only in texts that have
    marks as well: asking it of every letter and digit of a clean text would take half its time.

    >>> starts("更加精細化、人性化?！凹议T口”服務站好不好?大家說好。")
    [9]
    """
    if not any(mark in text for mark in LOSSES):
        return []
    codes = code_points(text)
    marks, bare = _marks(codes), _bare(codes)
    torn = [mark for mark in marks.tolist() if codes[mark + 1] < 0x300 and TORN_GHOST.match(text, mark)]
    torn += [match.start() for match in _LATIN_HOST.finditer(text)]
    found = _both(codes, marks, bare, base())
    return sorted({*found, *torn})


def still_promising(text: str, found: Sequence[int], language: Language) -> list[int]:
    """Return those of some starts that are promising in the light of a text's own language."""
    codes = code_points(text)
    places = np.array(found, dtype=np.intp)
    is_mark = among(codes[places], _MARKED)
    kept = _both(codes, places[is_mark], places[~is_mark], language)
    torn = [start for start in found if TORN_GHOST.match(text, start) or _LATIN_HOST.match(text, start)]
    return sorted({*kept, *torn})


def _both(codes: Codes, marks: Places, bare: Places, language: Language) -> list[int]:
    found = np.concatenate(
        [marks[_promising(codes, marks, 1, language)], bare[_promising(codes, bare, 0, language)]]
    )
    return [int(place) for place in found]


def _marks(codes: Codes) -> Places:
    """Return the marks that stand between two characters, but not where they crowd."""
    marks = np.flatnonzero((codes == _MARKS[0]) | (codes == _MARKS[1]))
    marks = marks[(marks > 0) & (marks < len(codes) - 1)]
    before, behind = codes[marks - 1], codes[marks + 1]
    is_letter = ((before | 0x20) >= 0x61) & ((before | 0x20) <= 0x7A)
    outside = is_letter | among(before, _BLANKS) | among(before, _MARKED) | among(behind, _BLANKS)
    marks = marks[~outside]
    return marks[~_crowded(marks)]


def _crowded(marks: Places) -> Flags:
    crowded = np.zeros(len(marks), dtype=bool)
    if len(marks) > _CROWD:
        close = marks[_CROWD:] - marks[:-_CROWD] <= _CROWDED
        for shift in range(_CROWD + 1):
            crowded[shift : shift + len(close)] |= close
    return crowded


def _is_han(codes: Codes) -> Flags:
    found: Flags = (codes >= 0x3400) & (codes <= 0x9FFF)
    return found


def _bare(codes: Codes) -> Places:
    """Return the letters, digits and signs between a Han character and characters that are not common."""
    # Numbers without a sign wrap: one comparison tells whether a code point lies in a range.
    found: Places = np.flatnonzero((codes - _DIGIT < _SPAN) | (codes - _WIDE_DIGIT < _SPAN))
    found = found[(found > 0) & (found < len(codes) - 2)]
    found = found[codes[found] != _MARKS[0]]
    found = found[_is_han(codes[found - 1]) & ~among(codes[found + 1], _BLANKS) & (codes[found + 1] > 0x7F)]
    if not len(found):
        return found
    ahead = codes[np.minimum(found[:, None] + np.arange(1, _NEAR + 1), len(codes) - 1)]
    leads = pairs_of(ahead) >> 8
    rare = (leads > 0) & (leads != FULL_WIDTH_ROW) & ((leads < _COMMON.start) | (leads >= _COMMON.stop))
    signs = among(ahead, _SIGNS)
    chosen: Places = found[(rare & ~signs).sum(axis=1) >= _RARE]
    return chosen


def _promising(codes: Codes, places: Places, shift: int, language: Language) -> Flags:
    """Return for which places the characters from ``shift`` behind on may well be out of step."""
    if not len(places):
        return np.zeros(0, dtype=bool)
    windows = codes[np.minimum(places[:, None] + np.arange(shift, shift + _AHEAD + 1), len(codes) - 1)]
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


def _costs(language: Language, before: Places, found: Places) -> npt.NDArray[np.float64]:
    """Return what each character costs behind the one before, within reason."""
    one, two = before[:, :-1], found[:, 1:]
    scores = np.maximum(language.scores(np.maximum(one, 0), np.maximum(two, 0)), STRANGE)
    return np.where((one < 0) | (two < 0), _UNKNOWN, scores)
