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

from pdtool.normalise.slips.forms import form_costs
from pdtool.normalise.slips.gbk import pair_of
from pdtool.normalise.slips.language_model import Language, legible
from pdtool.normalise.slips.marks import GHOST, HOLE, LOSSES, TAG, TORN_GHOST, YEAR
from pdtool.normalise.slips.search import Reader, Restored, common
from pdtool.normalise.slips.starts import starts, still_promising
from pdtool.text.edits import Edits

__all__ = ["find_byte_slips"]

_HAN = re.compile("[㐀-鿿]")
_TAGGED = re.compile(f"<{TAG.pattern}")
_GHOSTED = re.compile(rf"({_HAN.pattern}){GHOST.pattern}")

_CLEAR, _CLEAR_BETWEEN_MARKS, _CLEAR_BY_GHOST = 6.0, 10.0, 3.0
"""How much likelier (natural logarithm) a reading must be than the text as it stands to be accepted:
at all, where nothing but another mark tells that the stretch ends, and where a ghost tells that the text was
damaged. The stretches of the samples gain 14 and more, genuine question marks between rare characters 9."""
_READS = -7.5
"""What the characters of a reading may cost on average."""
_ODD = 4
"""More characters of output without Han than this are no slipped text but letters of another script."""
_TRIED = 20
"""The marks by which to judge whether undefined pairs vanished."""
_MARKED, _UNMARKED = 4.0, 0.1
"""How much (natural logarithm) a mark within a stretch speaks for undefined pairs having left marks, and a
character without one against it: one pair in seven is undefined, one character in a hundred loses a byte."""
_DECIDED = 25.0
"""Evidence (natural logarithm) that leaves nothing to be judged."""
_SPARE = 60
"""Characters behind a mark that are not asked for the text's own words, since they may be slipped."""
_LONG = 30
"""A stretch longer than this that cannot be read from its start cannot be read from its middle either."""
_AROUND, _REMEMBERED = 100, 4096
"""Characters around a place by which it is known again, and places that are known to say nothing: what stands
in a text ten thousand times is searched once."""
_EFFORT, _PER_SUCCESS = 5000, 10
"""Characters that may be read in vain, and how many more for each that was mended: a text that never gets
better has another illness."""


class _Slip(NamedTuple):
    """A stretch to replace."""

    start: int
    end: int
    text: str
    rule: str


def _sound_pieces(text: str, suspects: Sequence[int]) -> Iterator[str]:
    """Yield the pieces of a text that are not suspected, without ghosts.

    Behind a mark the text must read like language up to the end of the line: slipped phrases that come again
    would confirm each other.
    """
    position, line_end = 0, 0
    for start in (*suspects, len(text)):
        if start > position:
            yield from legible(GHOST.sub("", text[position : min(start, line_end)]))
            yield GHOST.sub("", text[max(position, line_end) : start])
        if start >= line_end:
            found = text.find("\n", start)
            line_end = found if found >= 0 else len(text)
        position = max(position, min(start + _SPARE, line_end))


def _hosts(text: str) -> Mapping[str, list[int]]:
    """Return the pairs of the characters that carry each written reading, the usual one first."""
    counts = Counter(match.groups() for match in _GHOSTED.finditer(text))
    found: dict[str, list[int]] = {}
    for (host, written), _ in counts.most_common():
        if pair := pair_of(host):
            found.setdefault(written, []).append(pair)
    return found


def _is_evidence(text: str, start: int, restored: Restored) -> bool:
    """Whether enough of a stretch is known to tell it from odd text, and it reads like language.

    Most of it must be neither ASCII, the last character apart, nor a hole. A reading in brackets, torn or
    behind the last character, is evidence enough.
    """
    raw, after = text[start : restored.end], restored.text
    if not raw or 3 * after.count(HOLE) > len(after):
        return False
    if TORN_GHOST.search(raw) or GHOST.match(text, restored.end):
        return restored.score > _CLEAR_BY_GHOST
    if raw.isascii() and not _HAN.match(text, max(0, start - 1)):
        return False
    if len(raw) > _ODD and not _HAN.search(raw):
        return False
    clear = _CLEAR_BETWEEN_MARKS if raw[-1] in LOSSES else _CLEAR
    # The first sign is full-width ASCII wherever a full stop lost its byte.
    inner = GHOST.sub("", raw[2:-1])
    latin = sum("!" <= character <= "~" and character not in LOSSES for character in inner)
    return 3 * latin <= len(inner) and restored.mean > _READS and restored.score > clear


def _mended(text: str, start: int, restored: Restored | None) -> _Slip | None:
    """Return the slip that a search found at ``start``, if it found one."""
    if restored is None or not _is_evidence(text, start, restored):
        return None
    raw, after = text[start : restored.end], restored.text
    kept = common(raw[::-1], after[::-1])
    tag = TAG.match(text, restored.end) if after.endswith("<") else None
    if raw == after or not (tag or _HAN.search(after, 0, len(after) - kept) or _is_year(text, restored)):
        # Nothing but other signs: no proof that ``?!`` or ``??`` is damage.
        return None
    rule = "ghost" if TORN_GHOST.search(raw) else "byte"
    if tag and not _TAGGED.search(text):
        # All other tags are gone: this one was overlooked for want of its first sign.
        return _Slip(start, tag.end(), after[:-1], rule)
    return _Slip(start, restored.end - kept, after[: len(after) - kept], rule)


def _is_year(text: str, restored: Restored) -> bool:
    """Whether a stretch ends in the first digit of a year."""
    return restored.text[-1:] in ("1", "2") and YEAR.match(text, restored.end) is not None


def _pairs_vanished(text: str, reader: Reader, suspects: Sequence[int]) -> bool:
    """Judge whether undefined pairs left no mark in this text.

    Where the decoder marked them, there are marks in the middle of slipped stretches; where it did not, the
    readings that suppose pairs without a mark are likelier.
    """
    evidence, position = 0.0, 0
    for start in suspects[:_TRIED]:
        if start < position:
            continue
        if abs(evidence) > _DECIDED:
            break
        read = [reader.read(start, True)]
        # What needs no undefined pair reads the same either way.
        read.append(read[0] if read[0] and not read[0].hidden else reader.read(start, False))
        hidden, shown = (max(some.score, 0.0) if some else 0.0 for some in read)
        if max(hidden, shown) < _CLEAR:
            continue
        position = max(some.end for some in read if some)
        inside = TORN_GHOST.sub("", text[start:position]).strip(LOSSES)
        marks = sum(inside.count(mark) for mark in LOSSES)
        evidence += hidden - shown + _UNMARKED * (len(inside) - marks) - _MARKED * marks
    return evidence >= 0


def _slips(text: str, suspects: Sequence[int]) -> Iterator[_Slip]:
    pieces = list(_sound_pieces(text, suspects))
    language = Language(pieces)
    suspects = still_promising(text, suspects, language)
    if not suspects:
        return
    reader = Reader(text, language, _hosts(text), form_costs("".join(pieces)), pieces)
    vanishing = _pairs_vanished(text, reader, suspects)
    effort, position = _EFFORT, 0
    fruitless: set[str] = set()
    for start in suspects:
        if start < position or effort < 0:
            continue
        around = text[max(0, start - _AROUND) : start + _AROUND]
        if around in fruitless:
            continue
        restored = reader.read(start, vanishing)
        if restored is None and len(fruitless) < _REMEMBERED:
            fruitless.add(around)
        slip = _mended(text, start, restored)
        if slip:
            effort += _PER_SUCCESS * (slip.end - start)
            position = slip.end
            yield slip
        elif restored:
            effort -= restored.end - start
            position = max(position, restored.end if restored.end - start > _LONG else start + 1)


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
    suspects = [] if text.isascii() else starts(text)
    slips = list(_slips(text, suspects)) if suspects else []
    return Edits.of(text, [slip[:3] for slip in slips], [slip.rule for slip in slips])
