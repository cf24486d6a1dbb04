"""Text that was read in a wrong encoding before it came here: ``浣犲ソ`` → ``你好``, ``ÖÐÎÄ`` → ``中文``.

Somebody opened UTF-8 as GBK, or GBK as Latin-1, and saved what appeared. ``你好`` in UTF-8 is E4BDA0 E5A5BD;
a program that takes the six bytes for GBK shows the three characters of E4BD A0E5 A5BD. Nothing is lost, so
the characters are turned back into the bytes they were read from, and these are read as what they were. A
span is repaired only where that succeeds byte by byte and the result is far likelier as Chinese than what
stands there. A byte that GBK could not pair became a question mark: ``锛?`` was a comma, or another sign that
begins with the same two bytes, and becomes a hole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.language import _
from pdtool.normalise.losses import counted
from pdtool.normalise.misreadings import Classes, Mistake, classes_at, classes_of, lone_classes, mistakes
from pdtool.text.character_costs import character_costs, is_plausible
from pdtool.text.code_points import code_points
from pdtool.text.edits import Edits
from pdtool.text.line_table import LineTable, Mask

__all__ = ["HOLE", "MISREAD", "find_mojibake", "may_be_misread", "misread_warnings"]

MISREAD = "misread"
"""The name of this step."""

HOLE = "□"
"""What stands for a character that lost a byte."""

_CLEAR = 8.0
"""How much likelier (in nats) a reading must be in all."""
_CLEAR_EACH = 3.0
"""How much more for each of its characters that is not ASCII: a right reading costs 7 to 8 for each
character, the wrong one twice that."""
_PROOF = 20
"""Characters that prove that a document was misread in one way."""
_KNOWN_EACH = 0.5
"""How much likelier, for each character, a reading must be in such a document, where short lines such as
names of rare characters cannot be clear."""
_MOST_HOLES = 0.4
"""The share of holes that a reading may have."""
_LINES = re.compile(r"[^\n]+")
"""Not those of str.splitlines: bytes read as Latin-1 may be a next-line character."""


class _Unit(NamedTuple):
    """Characters that came from the same bytes in both readings: a span of the text, and what it says."""

    start: int
    end: int
    text: str


def find_mojibake(text: str) -> Edits:
    """Find the spans that were read in a wrong encoding, and what they say.

    Args:
        text: Any text.

    Returns:
        Edits that replace the characters of such spans, the fewest at a time that came from whole
        characters; their rules say what was read as what.

    >>> find_mojibake("标题：浣犲ソ锛屼笘鐣屻€?").apply("标题：浣犲ソ锛屼笘鐣屻€?")[0]
    '标题：你好，世界□'
    """
    found = _found(text, _suspected(text), known=False)
    proved = {rule for rule, number in Counter(rule for _, rule in found).items() if number >= _PROOF}
    if proved:
        some = [mistake.only(proved) for mistake in mistakes() if mistake.rules & proved]
        found = _found(text, ((line.span(), some) for line in _LINES.finditer(text)), known=True)
    return Edits.of(text, [unit for unit, _ in found], [rule for _, rule in found])


def misread_warnings(edits: Iterable[Edits]) -> list[str]:
    """Return warnings of what was misread and repaired, and of what was lost by it.

    Args:
        edits: What this step did.
    """
    repaired, holes = Counter[str](), 0
    for one in edits:
        for rule, after in zip(one.rules, one.after, strict=True):
            repaired[rule] += len(after) - after.count(HOLE)
            holes += after.count(HOLE)
    said = [
        _("{counted} of {rule} (repaired)", counted=counted(number), rule=_(rule))
        for rule, number in sorted(repaired.items())
    ]
    if holes:
        said.append(
            _(
                "{counted} lost bytes by being read in a wrong encoding (shown as {hole})",
                counted=counted(holes),
                hole=HOLE,
            )
        )
    return said


_LONG_LINE = 4000
"""Characters of a line that is looked at in parts."""
_AROUND = 1000
"""Characters on either side of a sign that such a part has."""
_AT_A_TIME = 1 << 16
"""Signs that are made numbers of Python's at a time."""
_REMEMBERED = 1024
"""Lines whose reading is remembered: a text may repeat one a million times."""
_Suspect = tuple[tuple[int, int], list[Mistake]]
"""The span of a line, and the mistakes whose signs it shows."""


def _suspected(text: str) -> Iterator[_Suspect]:
    """Yield the lines that show any sign of a mistake, in their order."""
    if text.isascii():
        return
    for span, group in groupby(_in_order(_seen(classes_of(code_points(text)))), key=_line_of(text)):
        yield span, [mistakes()[index] for index in sorted({index for _, index in group})]


def _seen(classes: Classes) -> list[npt.NDArray[np.intp]]:
    """Return the offsets of the signs of each mistake.

    Args:
        classes: The class of each character.
    """
    firsts = np.flatnonzero((classes & classes_at(0)) != 0)
    lone = firsts[(classes[firsts] & lone_classes()) != 0]
    firsts = firsts[firsts < len(classes) - 1]
    firsts = firsts[(classes[firsts + 1] & classes_at(1)) != 0]
    if not len(firsts) and not len(lone):
        return []
    return [one.seen(classes, firsts if len(one.signs) > 1 else lone) for one in mistakes()]


def may_be_misread(lines: LineTable) -> Mask:
    """Return which of some texts show any sign of a mistake, shape ``(n_texts,)`` (a prefilter).

    Args:
        lines: The lines of the texts.
    """
    found = np.zeros(len(lines.firsts), np.bool_)
    for offsets in _seen(classes_of(lines.codes)):
        found[lines.texts_at(offsets)] = True
    return found


def _in_order(seen: Sequence[npt.NDArray[np.intp]]) -> Iterator[tuple[int, int]]:
    """Yield the offset of every sign with the index of its mistake, in order, few at a time."""
    if not seen:
        return
    offsets = np.concatenate(seen).astype(np.int32)
    indices = np.repeat(np.arange(len(seen), dtype=np.uint8), list(map(len, seen)))
    order = np.lexsort((indices, offsets))
    for start in range(0, len(order), _AT_A_TIME):
        some = order[start : start + _AT_A_TIME]
        yield from zip(offsets[some].tolist(), indices[some].tolist(), strict=True)


def _line_of(text: str) -> Callable[[tuple[int, int]], tuple[int, int]]:
    """Return what finds the line that a sign stands in, or the part of a long one around it.

    One sign may be an accident; what it stands in is spelt out in bytes, character by character.
    """
    last = (0, 0)

    def line(sign: tuple[int, int]) -> tuple[int, int]:
        nonlocal last
        at, done = sign[0], last[1]
        if not last[0] <= at < done:
            end = text.find("\n", at)
            last = text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
            if last[1] - last[0] > _LONG_LINE:
                last = max(last[0], done, at - _AROUND), min(last[1], at + _AROUND)
        return last

    return line


_Found = list[tuple[_Unit, str]]
"""What was read as what, and by which mistake."""


def _found(text: str, suspected: Iterable[_Suspect], known: bool) -> _Found:
    """Return what is clearly misread, in each line by the mistake that explains most of it."""
    found: _Found = []
    read: dict[str, _Found] = {}
    for (start, end), suspects in suspected:
        line = text[start:end]
        if line not in read:
            if len(read) >= _REMEMBERED:
                read.clear()
            readings = [_clear(line, mistake, known) for mistake in suspects]
            some = [reading for reading in readings if reading]
            read[line] = max(some, key=lambda one: _gain(line, [unit for unit, _ in one]), default=[])
        found += [(_Unit(start + unit.start, start + unit.end, unit.text), rule) for unit, rule in read[line]]
    return found


def _clear(line: str, mistake: Mistake, known: bool) -> _Found:
    """Return what a mistake clearly explains of a line."""
    return [pair for span in _candidates(line, mistake) for pair in _best(line, span, mistake, known)]


def _best(line: str, span: _ByteSpan, mistake: Mistake, known: bool) -> _Found:
    """Return the likeliest reading of a span, if it is clear."""
    readings = [(_units(line, span, encoding), rule) for encoding, rule in mistake.readings]
    fewest = 1 if known else mistake.fewest
    clear = [(units, rule) for units, rule in readings if _is_clear(line, units, fewest, known)]
    if len(clear) > 1:
        clear.sort(key=lambda reading: _gain(line, reading[0]), reverse=True)
    return [(unit, rule) for units, rule in clear[:1] for unit in units]


class _ByteSpan(NamedTuple):
    """A span of the bytes of a line that may be characters.

    Args:
        tokens: The characters.
        offsets: The offset of each character of the line by the offset of its bytes.
    """

    tokens: list[re.Match[bytes]]
    offsets: dict[int, int]


def _candidates(line: str, mistake: Mistake) -> Iterator[_ByteSpan]:
    """Divide a line, as the bytes it was read from, into spans of what may be characters."""
    pieces = mistake.encode(line)
    image = b"".join(pieces)
    offsets = {at: offset for offset, at in enumerate(accumulate(map(len, pieces), initial=0))}
    run: list[re.Match[bytes]] = []
    for token in mistake.token.finditer(image):
        if run and token.start() != run[-1].end():
            yield from _trimmed(run, offsets)
            run = []
        run.append(token)
    yield from _trimmed(run, offsets)


def _trimmed(run: list[re.Match[bytes]], offsets: dict[int, int]) -> Iterator[_ByteSpan]:
    """Yield a run without what is ASCII, or begins or ends inside a character of the line, at its edges."""
    first, last = 0, len(run)
    while first < last and (run[first].start() not in offsets or not _is_telling(run[first])):
        first += 1
    while first < last and (run[last - 1].end() not in offsets or not _is_telling(run[last - 1])):
        last -= 1
    if first < last:
        yield _ByteSpan(run[first:last], offsets)


def _is_telling(token: re.Match[bytes]) -> bool:
    """Return whether a token is no plain ASCII."""
    return token.lastgroup is not None


def _units(line: str, span: _ByteSpan, encoding: str) -> list[_Unit]:
    """Return what a span says in an encoding; nothing if it is not valid."""
    units: list[_Unit] = []
    start, said = span.offsets[span.tokens[0].start()], ""
    for token in span.tokens:
        try:
            said += _decoded(token, encoding)
        except UnicodeDecodeError:
            return []
        end = span.offsets.get(token.end())
        if end is not None:
            units.append(_Unit(start, end, said))
            start, said = end, ""
    return [unit for unit in units if line[unit.start : unit.end] != unit.text]


def _decoded(token: re.Match[bytes], encoding: str) -> str:
    """Return the character of a token, a hole if it lost bytes."""
    if token.lastgroup == "torn":
        return HOLE
    data = token[0].replace(b" ", b"\xa0") if token.lastgroup == "spaced" else token[0]
    return data.decode(encoding).replace("\ufffd", HOLE)


def _gain(line: str, units: Sequence[_Unit]) -> float:
    """Return how much likelier a reading is than what stands there, in nats."""
    before = "".join(line[unit.start : unit.end] for unit in units)
    after = "".join(unit.text for unit in units)
    return float(character_costs(before).sum() - character_costs(after).sum())


def _is_clear(line: str, units: Sequence[_Unit], fewest: int, known: bool) -> bool:
    """Return whether a reading is right beyond doubt, or likelier in a document known to be misread so."""
    after = "".join(unit.text for unit in units)
    read = after.replace(HOLE, "")
    telling = sum(not character.isascii() for character in read)
    return (
        telling >= fewest
        and after.count(HOLE) <= _MOST_HOLES * len(after)
        and _gain(line, units) >= (_KNOWN_EACH * telling if known else _CLEAR + _CLEAR_EACH * telling)
        and is_plausible(character_costs(read))
    )
