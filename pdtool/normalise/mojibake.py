"""Text that was read in a wrong encoding before it came here: ``浣犲ソ`` → ``你好``, ``ÖÐÎÄ`` → ``中文``.

Somebody opened UTF-8 as GBK, or GBK as Latin-1, and saved what appeared. The characters are turned back
into the bytes they were read from, and these are read as what they were. A stretch is repaired only where
that succeeds byte by byte and the result is far likelier as Chinese than what stands there; a character that
lost a byte on the way (``锛?``) becomes a hole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.text.character_costs import character_costs, is_plausible
from pdtool.text.code_points import code_points
from pdtool.text.edits import Edits

__all__ = ["HOLE", "MISREAD", "find_mojibake", "first_signs", "misread_warnings"]

MISREAD = "misread"
"""The name of this step."""

HOLE = "□"
"""What stands for a character that lost a byte."""
_LOST = re.compile("(?:锟斤拷)+")
"""U+FFFD, what decoders write for damage, saved as UTF-8 and read as GBK: text that is lost for good."""

_CLEAR, _CLEAR_EACH = 8.0, 3.0
"""How much likelier, in nats, a reading must be in all and for each of its characters that is not ASCII: a
right reading costs 7 to 8 a character, the wrong one twice that."""
_PROOF, _KNOWN_EACH = 20, 0.5
"""So many characters prove that a document was misread in one way; then its short lines, such as names of
rare characters, need only be likelier."""
_FEWEST = 2
"""Characters that a stretch must give; a single one may be meant as it stands."""
_MOST_HOLES = 0.4
_LINES = re.compile(r"[^\n]+")
"""Not those of str.splitlines: bytes read as Latin-1 may be a next-line character."""


class _Unit(NamedTuple):
    """Characters that came from the same bytes in both readings: a span of the text, and what it says."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Mistake:
    """A way to misread.

    Args:
        signs: The classes of characters (see :func:`_classes`) that stand side by side in such text.
        encode: Turns the characters of a line back into the bytes of each; a NUL if it came from none.
        readings: What the bytes may be in truth, and what that is called.
        token: A character in these bytes; the group ``torn`` is one that lost some.
    """

    signs: tuple[int, ...]
    encode: Callable[[str], list[bytes]]
    readings: tuple[tuple[str, str], ...]
    token: re.Pattern[bytes]

    @property
    def rules(self) -> set[str]:
        """What it may be called."""
        return {rule for _, rule in self.readings}

    def only(self, rules: set[str]) -> _Mistake:
        """Return it with those of its readings that are called so."""
        return replace(self, readings=tuple(reading for reading in self.readings if reading[1] in rules))

    def seen(self, classes: npt.NDArray[np.uint8], firsts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return the offsets of its signs in a text.

        Args:
            classes: The class of each character.
            firsts: The offsets of all characters that may be first among signs, which are few.
        """
        seen = firsts[firsts <= len(classes) - len(self.signs)]
        for place, sign in enumerate(self.signs):
            seen = seen[(classes[seen + place] & sign) != 0]
        return seen


_WHOLE_UTF8 = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}"
_SPACED_UTF8 = rb"[\xe2-\xef](?:[\x80-\xbf]\x20|\x20[\x80-\xbf])"
"""A no-break space, which is a byte of the character, was made a plain one."""
_TORN_UTF8 = rb"[\xe2-\xef][\x80-\xbf]?[?\xff]+[\x80-\xbf]{0,2}|[?\xff]+[\x80-\xbf]{1,2}|\xff"
_UTF8 = re.compile(
    rb"(?P<whole>%b)|(?P<spaced>%b)|(?P<torn>%b)|[\x09\x20-\x7e]" % (_WHOLE_UTF8, _SPACED_UTF8, _TORN_UTF8)
)
_PAIRS = re.compile(
    rb"(?P<whole>[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x81-\xfe][\x40-\x7e\x80-\xfe])"
    rb"|(?P<spaced>(?!))|(?P<torn>[\x81-\xfe]?\xff)|[\x09\x20-\x7e]"
)


def find_mojibake(text: str) -> Edits:
    """Find the stretches that were read in a wrong encoding, and what they say.

    Args:
        text: Any text.

    Returns:
        Edits that replace the characters of such stretches, the fewest at a time that came from whole
        characters; their rules say what was read as what.

    >>> find_mojibake("标题：浣犲ソ锛屼笘鐣屻€?").apply("标题：浣犲ソ锛屼笘鐣屻€?")[0]
    '标题：你好，世界□'
    """
    found = _found(text, _suspected(text), known=False)
    proved = {rule for rule, number in Counter(rule for _, rule in found).items() if number >= _PROOF}
    if proved:
        mistakes = [mistake.only(proved) for mistake in _mistakes() if mistake.rules & proved]
        found = _found(text, ((line.span(), mistakes) for line in _LINES.finditer(text)), known=True)
    return Edits.of(text, [unit for unit, _ in found], [rule for _, rule in found])


def first_signs() -> str:
    """Return the characters that stand first among the signs of a mistake: without one there is none."""
    return "".join(map(chr, np.flatnonzero(_class_table() & _classes_at(0))))


@cache
def _classes_at(place: int) -> np.uint8:
    """Return the classes that stand in a place, 0 or 1, of the signs of any mistake."""
    return np.uint8(np.bitwise_or.reduce([mistake.signs[place] for mistake in _mistakes()]))


def misread_warnings(text: str, edits: Iterable[Edits]) -> list[str]:
    """Say what was misread and repaired, and what is lost.

    Args:
        text: The clean text.
        edits: What this step did.
    """
    repaired, holes = Counter[str](), 0
    for one in edits:
        for rule, after in zip(one.rules, one.after, strict=True):
            repaired[rule] += len(after) - after.count(HOLE)
            holes += after.count(HOLE)
    said = [f"{_counted(number)} of {rule} (repaired)" for rule, number in sorted(repaired.items())]
    if holes:
        said.append(f"{_counted(holes)} lost bytes by being read in a wrong encoding (shown as {HOLE})")
    lost = sum(len(match[0]) // 3 * 2 for match in _LOST.finditer(text)) if "锟斤拷" in text else 0
    if lost:
        said.append(f"about {_counted(lost)} were lost before (锟斤拷 stands for them)")
    return said


def _counted(number: int) -> str:
    return "1 character" if number == 1 else f"{number:,} characters"


_LONG_LINE, _AROUND = 4000, 1000
"""Characters of a line that is looked at in parts, and how far around a sign."""
_AT_A_TIME = 1 << 16
"""Signs that are made numbers of Python's at a time."""
_REMEMBERED = 1024
"""Lines whose reading is remembered: a text may repeat one a million times."""
_Suspect = tuple[tuple[int, int], list[_Mistake]]
"""The span of a line, and the mistakes whose signs it shows."""


def _suspected(text: str) -> Iterator[_Suspect]:
    """Yield the lines that show any sign of a mistake, in their order."""
    if text.isascii():
        return
    classes = _classes(text)
    firsts = np.flatnonzero((classes[:-1] & _classes_at(0)) != 0)
    firsts = firsts[(classes[firsts + 1] & _classes_at(1)) != 0]
    if not len(firsts):
        return
    signs = _in_order([one.seen(classes, firsts) for one in _mistakes()])
    for span, group in groupby(signs, key=_line_of(text)):
        yield span, [_mistakes()[place] for place in sorted({place for _, place in group})]


def _in_order(seen: Sequence[npt.NDArray[np.intp]]) -> Iterator[tuple[int, int]]:
    """Yield the offsets of all signs with the places of their mistakes, few at a time."""
    offsets = np.concatenate(seen).astype(np.int32)
    places = np.repeat(np.arange(len(seen), dtype=np.uint8), list(map(len, seen)))
    order = np.lexsort((places, offsets))
    for start in range(0, len(order), _AT_A_TIME):
        some = order[start : start + _AT_A_TIME]
        yield from zip(offsets[some].tolist(), places[some].tolist(), strict=True)


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
    for (start, end), mistakes in suspected:
        line = text[start:end]
        if line not in read:
            if len(read) >= _REMEMBERED:
                read.clear()
            readings = [_clear(line, mistake, known) for mistake in mistakes]
            some = [reading for reading in readings if reading]
            read[line] = max(some, key=lambda one: _gain(line, [unit for unit, _ in one]), default=[])
        found += [(_Unit(start + unit.start, start + unit.end, unit.text), rule) for unit, rule in read[line]]
    return found


def _clear(line: str, mistake: _Mistake, known: bool) -> _Found:
    """Return what a mistake clearly explains of a line."""
    return [pair for span in _candidates(line, mistake) for pair in _best(line, span, mistake, known)]


def _best(line: str, span: _Span, mistake: _Mistake, known: bool) -> _Found:
    """Return the likeliest reading of a stretch, if it is clear."""
    readings = [(_units(line, span, encoding), rule) for encoding, rule in mistake.readings]
    clear = [(units, rule) for units, rule in readings if _is_clear(line, units, known)]
    if len(clear) > 1:
        clear.sort(key=lambda reading: _gain(line, reading[0]), reverse=True)
    return [(unit, rule) for units, rule in clear[:1] for unit in units]


class _Span(NamedTuple):
    """A stretch of bytes that may be characters, with the offsets of the line's characters in bytes."""

    tokens: list[re.Match[bytes]]
    offsets: dict[int, int]


def _candidates(line: str, mistake: _Mistake) -> Iterator[_Span]:
    """Divide a line, as the bytes it was read from, into stretches of what may be characters."""
    pieces = mistake.encode(line)
    image = b"".join(pieces)
    offsets = {at: place for place, at in enumerate(accumulate(map(len, pieces), initial=0))}
    run: list[re.Match[bytes]] = []
    for token in mistake.token.finditer(image):
        if run and token.start() != run[-1].end():
            yield from _trimmed(run, offsets)
            run = []
        run.append(token)
    yield from _trimmed(run, offsets)


def _trimmed(run: list[re.Match[bytes]], offsets: dict[int, int]) -> Iterator[_Span]:
    """Yield a run without what is ASCII, or begins or ends inside a character of the line, at its edges."""
    first, last = 0, len(run)
    while first < last and (run[first].start() not in offsets or not _is_telling(run[first])):
        first += 1
    while first < last and (run[last - 1].end() not in offsets or not _is_telling(run[last - 1])):
        last -= 1
    if first < last:
        yield _Span(run[first:last], offsets)


def _is_telling(token: re.Match[bytes]) -> bool:
    return token.lastgroup is not None


def _units(line: str, span: _Span, encoding: str) -> list[_Unit]:
    """Return what a stretch says in an encoding; nothing, if it is not valid."""
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
    if token.lastgroup == "torn":
        return HOLE
    data = token[0].replace(b" ", b"\xa0") if token.lastgroup == "spaced" else token[0]
    return data.decode(encoding).replace("\ufffd", HOLE)


def _gain(line: str, units: Sequence[_Unit]) -> float:
    """Return how much likelier a reading is than what stands there, in nats."""
    before = "".join(line[unit.start : unit.end] for unit in units)
    after = "".join(unit.text for unit in units)
    return float(character_costs(before).sum() - character_costs(after).sum())


def _is_clear(line: str, units: Sequence[_Unit], known: bool) -> bool:
    """Return whether a reading is right beyond doubt, or likelier in a document known to be misread so."""
    after = "".join(unit.text for unit in units)
    read = after.replace(HOLE, "")
    telling = sum(not character.isascii() for character in read)
    return (
        telling >= (1 if known else _FEWEST)
        and after.count(HOLE) <= _MOST_HOLES * len(after)
        and _gain(line, units) >= (_KNOWN_EACH * telling if known else _CLEAR + _CLEAR_EACH * telling)
        and is_plausible(character_costs(read))
    )


def _from_gbk(line: str) -> list[bytes]:
    pieces = [_gbk_bytes(character) for character in line]
    for match in re.finditer("€", line):
        pieces[match.start()] = _euro_bytes(pieces[match.end()] if match.end() < len(line) else b"\n")
    return pieces


def _gbk_bytes(character: str) -> bytes:
    if character == "\ufffd":
        return b"\xff"
    try:
        return character.encode("gb18030")
    except UnicodeEncodeError:
        return b"\0"


def _euro_bytes(behind: bytes) -> bytes:
    """Return the bytes of a euro sign: 80 in Windows' GBK, A2E3 in GB18030; the next byte tells which."""
    if behind[0] in b"?\xff":
        return b"\xff"
    return b"\xa2\xe3" if 0x80 <= behind[0] < 0xC0 else b"\x80"


def _from_latin(line: str) -> list[bytes]:
    table = _latin()
    return [table.get(character, b"\0") for character in line]


@cache
def _latin() -> dict[str, bytes]:
    """Map what Latin-1 or Windows-1252 makes of a byte to that byte."""
    table = {chr(byte): bytes((byte,)) for byte in range(256)} | {"\ufffd": b"\xff"}
    for byte in range(0x80, 0xA0):
        shown = bytes((byte,)).decode("cp1252", "ignore")
        table.update({shown: bytes((byte,))} if shown else {})
    return table


_LEAD, _MIDDLE, _TAIL, _LATIN, _LATIN_TOO = 1, 2, 4, 8, 16
"""What GBK makes of bytes 1 and 2, of bytes 3 and 1, and of bytes 2 and 3 of characters in UTF-8; the upper
half of Latin-1, and what Windows-1252 has beside it."""


def _classes(text: str) -> npt.NDArray[np.uint8]:
    """Return the classes of each character of a text, as the sum of the above, shape ``(len(text),)``."""
    codes = code_points(text)
    return _class_table().take(codes, mode="clip")


@cache
def _class_table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, dtype=np.uint8)
    table[0xA1:0x100] += _LATIN
    table[[ord(character) for character in _latin() if not character.isascii()]] += _LATIN_TOO
    leads, rest = (*range(0xE2, 0xEA), 0xEF), range(0x80, 0xC0)
    for firsts, seconds, sign in ((leads, rest, _LEAD), (rest, leads, _MIDDLE), (rest, rest, _TAIL)):
        pairs = (bytes((first, second)) for first in firsts for second in seconds)
        shown = "".join(pair.decode("gb18030", "ignore") for pair in pairs if pair[0] > 0x80)
        table[code_points(shown)] |= sign
    return table


@cache
def _mistakes() -> tuple[_Mistake, ...]:
    latin = (_LATIN, _LATIN_TOO)
    pairs = (("gb18030", "GBK read as Latin-1"), ("big5hkscs", "Big5 read as Latin-1"))
    return (
        _Mistake((_LEAD, _MIDDLE, _TAIL), _from_gbk, (("utf-8", "UTF-8 read as GBK"),), _UTF8),
        _Mistake(latin, _from_latin, (("utf-8", "UTF-8 read as Latin-1"),), _UTF8),
        _Mistake(latin, _from_latin, pairs, _PAIRS),
    )
