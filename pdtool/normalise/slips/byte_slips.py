"""Byte slips: ``人性化?！凹议T口”服務站`` → ``人性化。“家門口”服務站``.

In GBK a Chinese character is two bytes. When a site cuts or inserts a byte, the decoder takes the second byte
of each character for the first byte of one, and goes on so until an ASCII byte or a byte that it cannot pair
brings it back into step. In the example ``。“家門口`` is stored as A1A3 A1B0 BCD2 E954 BFDA. Without the
first byte it is read as A3A1 B0BC D2E9 54 BFDA, which is ``！凹议T口`` behind a mark for the loss.

Most of the bytes are still there, so it can be undone: the output is encoded again, the lost byte is put
back, and the bytes are read anew. What the output does not tell, above all which byte was lost and where the
decoder came back into step, is found by trying: a reading is accepted only if a language model finds it far
likelier than the text as it stands. Characters that cannot be settled are shown as holes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pdtool.late_patterns import late_pattern
from pdtool.normalise.slips.forms import form_costs
from pdtool.normalise.slips.gbk import pair_of
from pdtool.normalise.slips.language_model import LanguageModel, legible
from pdtool.normalise.slips.line_ends import LineEnds
from pdtool.normalise.slips.marks import GHOST, HOLE, LOSSES, TAG, TORN_GHOST, YEAR
from pdtool.normalise.slips.search import RestoredSpan, SpanReader
from pdtool.normalise.slips.starts import possible_starts, promising_starts
from pdtool.text.edits import Edits

__all__ = ["find_byte_slips"]

_HAN = "[㐀-鿿]"
_one_han = late_pattern(_HAN)
_TAGGED = re.compile(f"<{TAG.pattern}")
_GHOSTED = re.compile(rf"({_HAN}){GHOST.pattern}")

_CLEAR = 6.0
"""How much likelier (natural logarithm) a reading must be than the text as it stands to be accepted. The
spans of the samples gain 14 and more, genuine question marks between rare characters 9."""
_CLEAR_BETWEEN_MARKS = 10.0
"""The same where nothing but another mark tells that the span ends."""
_CLEAR_BY_GHOST = 3.0
"""The same where a ghost tells that the text was damaged."""
_LEAST_MEAN = -7.5
"""What the characters of a reading may cost (natural logarithm) on average."""
_MOST_WITHOUT_HAN = 4
"""More characters of output without Han than this are no slipped text but letters of another script."""
_MARKS_TRIED = 20
"""Marks by which to judge whether undefined pairs vanished."""
_MARKED = 4.0
"""How much (natural logarithm) a mark within a span speaks for undefined pairs having left marks: one pair in
seven is undefined."""
_UNMARKED = 0.1
"""How much a character without a mark speaks against it: one character in a hundred loses a byte."""
_DECIDED = 25.0
"""Evidence (natural logarithm) that leaves nothing to be judged."""
_SPARED = 60
"""Characters behind a mark that the text's own words are not learnt from, since they may be slipped."""
_LONG = 30
"""A span longer than this that cannot be read from its start cannot be read from its middle either."""
_AROUND = 100
"""Characters on either side of a mark by which it is known again."""
_REMEMBERED = 4096
"""Marks that are remembered as fruitless: what stands in a text ten thousand times is searched once."""
_EFFORT = 5000
"""Characters that may be read in vain: a text that never gets better has another illness."""
_EFFORT_PER_SUCCESS = 10
"""How many more may be for each character that was mended."""


class _Slip(NamedTuple):
    """A span to replace.

    Args:
        start: Offset of its first character.
        end: Offset after its last character.
        text: What it said.
        rule: ``byte`` or ``ghost``; see :func:`find_byte_slips`.
    """

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
        position = max(position, min(start + _SPARED, line_end))


def _hosts(text: str) -> Mapping[str, list[int]]:
    """Return the pairs of the characters that carry each written reading, the usual one first."""
    counts = Counter(match.groups() for match in _GHOSTED.finditer(text))
    found: dict[str, list[int]] = {}
    for (host, written), _ in counts.most_common():
        if pair := pair_of(host):
            found.setdefault(written, []).append(pair)
    return found


def _is_evidence(text: str, start: int, restored: RestoredSpan) -> bool:
    """Return whether a reading is known well enough to tell damage from odd text, and reads like language.

    Most of it must be neither ASCII, the last character apart, nor a hole. A reading in brackets, torn or
    behind the last character, is evidence enough.
    """
    raw, after = text[start : restored.end], restored.text
    if not raw or 3 * after.count(HOLE) > len(after):
        return False
    if TORN_GHOST.search(raw) or GHOST.match(text, restored.end):
        return restored.score > _CLEAR_BY_GHOST
    if raw.isascii() and not _one_han().match(text, max(0, start - 1)):
        return False
    if len(raw) > _MOST_WITHOUT_HAN and not _one_han().search(raw):
        return False
    clear = _CLEAR_BETWEEN_MARKS if raw[-1] in LOSSES else _CLEAR
    # The first sign is full-width ASCII wherever a full stop lost its byte.
    inner = GHOST.sub("", raw[2:-1])
    latin = sum("!" <= character <= "~" and character not in LOSSES for character in inner)
    return 3 * latin <= len(inner) and restored.mean > _LEAST_MEAN and restored.score > clear


def _mended(text: str, start: int, restored: RestoredSpan | None) -> _Slip | None:
    """Return the slip that a search found at ``start``, if it found one."""
    if restored is None or not _is_evidence(text, start, restored):
        return None
    raw, after = text[start : restored.end], restored.text
    kept = _common_prefix(raw[::-1], after[::-1])
    tag = TAG.match(text, restored.end) if after.endswith("<") else None
    if raw == after or not (
        tag or _one_han().search(after, 0, len(after) - kept) or _is_year(text, restored)
    ):
        # Nothing but other signs: no proof that ``?!`` or ``??`` is damage.
        return None
    rule = "ghost" if TORN_GHOST.search(raw) else "byte"
    if tag and not _TAGGED.search(text):
        # All other tags are gone: this one was overlooked for want of its first sign.
        return _Slip(start, tag.end(), after[:-1], rule)
    return _Slip(start, restored.end - kept, after[: len(after) - kept], rule)


def _common_prefix(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _is_year(text: str, restored: RestoredSpan) -> bool:
    """Return whether a reading ends in the first digit of a year."""
    return restored.text[-1:] in ("1", "2") and YEAR.match(text, restored.end) is not None


def _pairs_vanished(text: str, reader: SpanReader, suspects: Sequence[int]) -> bool:
    """Judge whether undefined pairs left no mark in this text.

    Where the decoder marked them, there are marks in the middle of slipped spans; where it did not, the
    readings that suppose pairs without a mark are likelier.
    """
    evidence, position = 0.0, 0
    for start in suspects[:_MARKS_TRIED]:
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
    """Yield the slips that start at suspected offsets, and what they prove to be slips as well."""
    pieces = list(_sound_pieces(text, suspects))
    language = LanguageModel(pieces)
    suspects = promising_starts(text, suspects, language)
    if not suspects:
        return
    reader = SpanReader(text, language, _hosts(text), form_costs("".join(pieces)), pieces)
    line_ends = LineEnds(text, language)
    found = list(_proven(text, suspects, reader, line_ends))
    yield from found
    if any(slip.rule == "byte" for slip in found):
        yield from _stops_between(line_ends, found)


def _stops_between(line_ends: LineEnds, found: Sequence[_Slip]) -> Iterator[_Slip]:
    """Yield the full stops of which two marks are left, apart from the slips that were found."""
    starts = [slip.start for slip in found]
    for start, end, said in line_ends.stops():
        place = bisect_right(starts, end - 1)
        if not place or found[place - 1].end <= start:
            yield _Slip(start, end, said, "byte")


def _proven(text: str, suspects: Sequence[int], reader: SpanReader, line_ends: LineEnds) -> Iterator[_Slip]:
    """Yield the slips that read like language, and start at suspected offsets, in their order."""
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
        if restored:
            restored = restored._replace(text=line_ends.read(restored.text, restored.end))
        slip = _mended(text, start, restored)
        if slip:
            effort += _EFFORT_PER_SUCCESS * (slip.end - start)
            position = slip.end
            yield slip
        elif restored:
            effort -= restored.end - start
            position = max(position, restored.end if restored.end - start > _LONG else start + 1)


def find_byte_slips(text: str) -> Edits:
    """Find the spans that lost step, and what they said.

    Do not use it after the ghosts are gone: they tell which characters the torn ones belong to.

    Args:
        text: Any text.

    Returns:
        Edits that replace each span. Their rules: ``byte`` (a byte was lost) or ``ghost`` (a reading was
        inserted between the bytes of two characters). A hole ``□`` stands for a character that could be
        one of several.

    >>> text = "積極推進社區服務，提升居民生活質量，更加精細化、人性化?！凹议T口”服務站"
    >>> find_byte_slips(text).apply(text)[0][-12:]
    '人性化。“家門口”服務站'
    """
    suspects = [] if text.isascii() else possible_starts(text)
    slips = sorted(_slips(text, suspects)) if suspects else []
    return Edits.of(text, [slip[:3] for slip in slips], [slip.rule for slip in slips])
