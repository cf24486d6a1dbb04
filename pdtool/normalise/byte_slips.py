"""Byte slips: ``人性化?！凹议T口”服務站`` → ``人性化。“家門口”服務站``.

A site cut or inserted bytes of GBK text, and the decoder lost step until the next ASCII byte or a byte that
it could not pair. What it wrote then is encoded again, the lost byte is put back, and the text is read
anew; :mod:`pdtool.normalise.slips` tells how. A reading is accepted only if it is far likelier than the text
as it stands; characters that cannot be settled are shown as holes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pdtool.normalise.edits import Edits
from pdtool.normalise.slips.forms import form_costs
from pdtool.normalise.slips.gbk import pair_of
from pdtool.normalise.slips.language import Language, symbols
from pdtool.normalise.slips.marks import GHOST, LOSSES, TORN_GHOST
from pdtool.normalise.slips.search import Reader, Restored, common

__all__ = ["find_byte_slips"]

_SUSPECT = re.compile(rf"(?<=[^\sA-Za-z{LOSSES}])[{LOSSES}](?=\S)")
_HAN = re.compile("[㐀-鿿]")
_GHOSTED = re.compile(rf"({_HAN.pattern}){GHOST.pattern}")

_PLAIN = re.compile('[㐀-鿿。，、；：“”《》（）…—,;:"]{4}')
_STRANGE = -10.5
"""A character less likely than this behind the one before is strange; tuned on questions in clean texts."""
_CROWD, _CROWDED = 12, 40
"""So many marks within so many characters are no damage to a text."""
_SPARE = 60
"""Characters behind a mark that are not asked for the text's own words, since they may be slipped."""
_CLEAR = 3.0
"""How much likelier (natural logarithm) a reading must be than the text as it stands to be accepted. Tuned on
damage made from the texts of the tests."""
_TRIED = 20
"""The marks by which to judge whether undefined pairs vanished."""
_MARKED, _UNMARKED = 4.0, 0.1
"""How much (natural logarithm) a mark within a stretch speaks for undefined pairs having left marks, and a
character without one against it: one pair in seven is undefined, one character in a hundred loses a byte."""
_EFFORT, _PER_SUCCESS = 5000, 10
"""Characters that may be read in vain, and how many more for each that was mended: a text that never gets
better has another illness."""


class _Slip(NamedTuple):
    """A stretch to replace."""

    start: int
    end: int
    text: str
    rule: str


def _suspects(text: str) -> list[int]:
    """Return the offsets of marks that may stand for a lost byte."""
    marks = np.array([match.start() for match in _SUSPECT.finditer(text)], dtype=np.intp)
    if len(marks) <= _CROWD:
        return [int(mark) for mark in marks]
    close = marks[_CROWD:] - marks[:-_CROWD] <= _CROWDED
    crowded = np.zeros(len(marks), dtype=bool)
    for shift in range(_CROWD + 1):
        crowded[shift : shift + len(close)] |= close
    return [int(mark) for mark in marks[~crowded]]


def _sound_pieces(text: str, suspects: Sequence[int]) -> Iterator[str]:
    """Yield the pieces of a text that are not suspected, without ghosts."""
    position = 0
    for start in suspects:
        if start > position:
            yield GHOST.sub("", text[position:start])
        line_end = text.find("\n", start, start + _SPARE)
        position = max(position, start + _SPARE if line_end < 0 else line_end)
    yield GHOST.sub("", text[position:])


def _hosts(text: str) -> Mapping[str, list[int]]:
    """Return the pairs of the characters that carry each written reading, the usual one first."""
    counts = Counter(match.groups() for match in _GHOSTED.finditer(text))
    found: dict[str, list[int]] = {}
    for (host, written), _ in counts.most_common():
        if pair := pair_of(host):
            found.setdefault(written, []).append(pair)
    return found


def _mended(text: str, start: int, restored: Restored | None) -> _Slip | None:
    """Return the slip that a search found at ``start``, if it found one."""
    if restored is None or restored.score < _CLEAR:
        return None
    raw, after = text[start : restored.end], restored.text
    kept = common(raw[::-1], after[::-1])
    if raw == after or not _HAN.search(after, 0, len(after) - kept):
        # Nothing but other signs: no proof that ``?!`` or ``??`` is damage.
        return None
    rule = "ghost" if TORN_GHOST.search(raw) else "byte"
    return _Slip(start, restored.end - kept, after[: len(after) - kept], rule)


def _pairs_vanished(text: str, reader: Reader, suspects: Sequence[int]) -> bool:
    """Judge whether undefined pairs left no mark in this text.

    Where the decoder marked them, there are marks in the middle of slipped stretches; where it did not, the
    readings that suppose pairs without a mark are likelier.
    """
    evidence, position = 0.0, 0
    for start in suspects[:_TRIED]:
        hidden, shown = reader.read(start, True), reader.read(start, False)
        if start < position or not hidden or not shown or max(hidden.score, shown.score) < _CLEAR:
            continue
        position = max(hidden.end, shown.end)
        inside = TORN_GHOST.sub("", text[start + 2 : position - 1])
        marks = sum(inside.count(mark) for mark in LOSSES)
        evidence += hidden.score - shown.score + _UNMARKED * (len(inside) - marks) - _MARKED * marks
    return evidence >= 0


def _reads_on(text: str, start: int, language: Language) -> bool:
    """Whether a text goes on behind a mark as if nothing had happened; much cheaper than a search."""
    behind = _PLAIN.match(text, start + 1)
    if not behind or TORN_GHOST.match(text, start):
        return False
    found = symbols(text[start : behind.end()])
    return bool((language.scores(found[:-1], found[1:]) > _STRANGE).all())


def _slips(text: str, suspects: Sequence[int]) -> Iterator[_Slip]:
    pieces = list(_sound_pieces(text, suspects))
    language = Language(pieces)
    suspects = [start for start in suspects if not _reads_on(text, start, language)]
    reader = Reader(text, language, _hosts(text), form_costs("".join(pieces)))
    vanishing = _pairs_vanished(text, reader, suspects)
    effort, position = _EFFORT, 0
    for start in suspects:
        if start < position or effort < 0:
            continue
        restored = reader.read(start, vanishing)
        slip = _mended(text, start, restored)
        if slip:
            effort += _PER_SUCCESS * (slip.end - start)
            position = slip.end
            yield slip
        elif restored:
            effort -= restored.end - start
            # A long stretch that cannot be read from its start cannot be read from its middle either.
            position = max(position, restored.end if restored.end - start > _SPARE / 2 else start + 1)


def find_byte_slips(text: str) -> Edits:
    """Find the stretches that lost step, and what they said.

    Do not use it after the ghosts are gone: they tell which characters the torn ones belong to.

    Args:
        text: Any text.

    Returns:
        Edits that replace each stretch. Their rules: ``byte`` (a byte was lost) or ``ghost`` (a reading was
        inserted between the bytes of two characters). A hole ``□`` stands for a character that could be
        one of several.

    >>> text = "積極推進社區服務，提升居民生活質量，更加精細化、人性化?！凹议T口”服務站"
    >>> find_byte_slips(text).apply(text)[0][-12:]
    '人性化。“家門口”服務站'
    """
    suspects = _suspects(text)
    slips = list(_slips(text, suspects)) if suspects else []
    return Edits.of(text, [slip[:3] for slip in slips], [slip.rule for slip in slips])
