"""The ways in which text is read in a wrong encoding, and how each is recognised.

``中文`` in GBK is the bytes D6D0 CEC4. Read as Latin-1 they appear as ``ÖÐÎÄ``. A mistake turns these
characters back into the bytes, and says in which encodings the bytes may have been written. What it leaves
behind is recognised by *signs*: characters that stand side by side in such text and seldom elsewhere. The
signs of a whole text are found at once, by classes of characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.language import N_
from pdtool.text.code_points import Codes, code_points

__all__ = ["Classes", "Mistake", "classes_at", "classes_of", "first_signs", "lone_classes", "mistakes"]

Classes = npt.NDArray[np.uint16]
"""The classes of characters, as sums of bits; shape ``(n,)``."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A way to read text in a wrong encoding.

    Args:
        signs: The classes of characters (see :func:`classes_of`) that stand side by side in such text, the
            first one first.
        encode: Turns the characters of a line back into the bytes of each; a NUL if it came from none.
        readings: What the bytes may be in truth, and what that is called.
        token: A character in these bytes; the group ``torn`` is one that lost some.
        fewest: Characters that a span must give; a single one may be meant as it stands, and words of other
            languages or rows of signs may give a few by accident.
    """

    signs: tuple[int, ...]
    encode: Callable[[str], list[bytes]]
    readings: tuple[tuple[str, str], ...]
    token: re.Pattern[bytes]
    fewest: int = 2

    @property
    def rules(self) -> set[str]:
        """The names that it may have."""
        return {rule for _, rule in self.readings}

    def only(self, rules: set[str]) -> Mistake:
        """Return it with only those of its readings that have these names."""
        return replace(self, readings=tuple(reading for reading in self.readings if reading[1] in rules))

    def seen(self, classes: Classes, firsts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return the offsets of its signs in a text.

        Args:
            classes: The class of each character.
            firsts: The offsets of all characters that may be first among signs, which are few.
        """
        seen = firsts[firsts <= len(classes) - len(self.signs)]
        for index, sign in enumerate(self.signs):
            seen = seen[(classes[seen + index] & sign) != 0]
        return seen


_MANY = 10
"""Characters that bytes of GBK must give where any letters or signs in a row are pairs of them."""
_WHOLE_UTF8 = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}"
_SPACED_UTF8 = rb"[\xe2-\xef](?:[\x80-\xbf]\x20|\x20[\x80-\xbf])"
"""A no-break space, which is a byte of the character, was made a plain one."""
_TORN_UTF8 = rb"[\xe2-\xef][\x80-\xbf]?[?\xff]+[\x80-\xbf]{0,2}|[?\xff]+[\x80-\xbf]{1,2}|\xff"
_UTF8 = re.compile(
    rb"(?P<whole>%b)|(?P<spaced>%b)|(?P<torn>%b)|[\x09\x20-\x7e]" % (_WHOLE_UTF8, _SPACED_UTF8, _TORN_UTF8)
)
_BIG5_PAIRS = re.compile(
    rb"(?P<whole>[\x81-\xfe][\x40-\x7e\x80-\xfe])|(?P<spaced>(?!))"
    rb"|(?P<torn>[\x81-\xfe]\xff|\xff[\x40-\x7e\x80-\xff]|\xff)|[\x09\x20-\x7e]"
)
"""A mark of a loss is one byte here, so that what follows it stays in step."""
_PAIRS = re.compile(
    rb"(?P<whole>[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x81-\xfe][\x40-\x7e\x80-\xfe])"
    rb"|(?P<spaced>(?!))|(?P<torn>[\x81-\xfe]?\xff)|[\x09\x20-\x7e]"
)


def first_signs() -> str:
    """Return the characters that stand first among the signs of a mistake: without one there is none."""
    return "".join(map(chr, np.flatnonzero(_class_table() & classes_at(0))))


@cache
def classes_at(index: int) -> np.uint16:
    """Return the classes of the signs of all mistakes at an index, 0 for the first sign or 1."""
    signs = [mistake.signs[index] for mistake in mistakes() if index < len(mistake.signs)]
    return np.uint16(np.bitwise_or.reduce(signs))


@cache
def lone_classes() -> np.uint16:
    """Return the classes of those mistakes that have one sign."""
    return np.uint16(sum({mistake.signs[0] for mistake in mistakes() if len(mistake.signs) == 1}))


def _from_gbk(line: str) -> list[bytes]:
    """Return the bytes of GBK that each character of a line was read from."""
    pieces = [_gbk_bytes(character) for character in line]
    for match in re.finditer("€", line):
        pieces[match.start()] = _euro_bytes(pieces[match.end()] if match.end() < len(line) else b"\n")
    return pieces


def _gbk_bytes(character: str) -> bytes:
    """Return the bytes of GB18030 of a character: FF for a mark of a loss, a NUL if it has none."""
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
    """Return the bytes of Latin-1 or Windows-1252 that each character of a line was read from."""
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


_TWICE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xc2-\xc5]\x20|[\xe2-\xef][\x80-\xbf]{2}")
"""What UTF-8 has for a byte that was shown as a character and saved; a no-break space may be a plain one."""


def _from_latin_twice(line: str) -> list[bytes]:
    """Return the bytes that were read as Latin-1, saved as UTF-8 and read as Latin-1 again.

    The first of the characters that one byte became has it, the others have none.
    """
    pieces = _from_latin(line)
    for match in _TWICE.finditer(b"".join(pieces)):
        shown = match[0].replace(b"\x20", b"\xa0").decode("utf-8", "ignore")
        pieces[match.start() : match.end()] = [_latin().get(shown, b"\0"), *[b""] * (len(match[0]) - 1)]
    return pieces


def _from_charset(encoding: str) -> Callable[[str], list[bytes]]:
    """Return what turns each character of a line into its byte in a set of 256."""
    return lambda line: [_charset(encoding).get(character, b"\0") for character in line]


@cache
def _charset(encoding: str) -> dict[str, bytes]:
    """Map the characters of a set of 256 to their bytes; those it lacks are as in Latin-1."""
    shown = {bytes((byte,)).decode(encoding, "ignore") or chr(byte): bytes((byte,)) for byte in range(256)}
    return shown | {"\ufffd": b"\xff"}


def _from_big5(line: str) -> list[bytes]:
    """Return the bytes of Big5 of each character of a line: FF for a mark of a loss, a NUL if it has none."""
    return [_big5_bytes(character) for character in line]


@cache
def _big5_bytes(character: str) -> bytes:
    if character == "\ufffd":
        return b"\xff"
    # Microsoft's Big5 and the older standard differ in a few signs.
    for encoding in ("cp950", "big5", "big5hkscs"):
        try:
            return character.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"\0"


_LEAD = 1
"""The class of what GBK makes of the first two bytes of a character in UTF-8."""
_MIDDLE = 2
"""The class of what it makes of the third byte of one and the first of the next."""
_TAIL = 4
"""The class of what it makes of the second and third byte of one."""
_LATIN = 8
"""The class of the upper half of Latin-1."""
_LATIN_OR_1252 = 16
"""The class of that and what Windows-1252 has beside it."""
_CENTRAL = 32
"""The class of the upper half of Windows-1250."""
_MAC_LEAD = 64
"""The class of what Mac Roman makes of the first byte of a character in UTF-8."""
_MAC_REST = 128
"""The class of what it makes of the second and third."""
_BIG5_SIGN = 256
"""The class of what Big5 makes of the commonest punctuation of GBK: ``，`` is ``ㄛ``, ``、`` and ``。`` are
brackets of vertical writing."""
_CENTRAL_OR_CONTROL = 1024
"""The class of that half and of what Windows-1250 has where Latin-1 has controls."""
_CYRILLIC = 2048
"""The class of the letters of Windows-1251."""
_CYRILLIC_OR_OTHER = 4096
"""The class of these and of all else that Windows-1251 has beside ASCII."""
_MAC = 512
"""The class of the upper part of Mac Roman, but for punctuation that Chinese text has as well."""


def classes_of(codes: Codes) -> Classes:
    """Return the classes of each of some code points, as the sum of the above; shape ``(n,)``."""
    return _class_table().take(codes, mode="clip")


@cache
def _class_table() -> Classes:
    """Return the classes of every code point of the basic plane; shape ``(0x10000,)``."""
    table = np.zeros(0x10000, dtype=np.uint16)
    table[0xA1:0x100] += _LATIN
    table[[ord(character) for character in _latin() if not character.isascii()]] += _LATIN_OR_1252
    upper = bytes(range(0xA1, 0x100)).decode("cp1250", "ignore")
    table[code_points(upper)] |= _CENTRAL
    every = code_points("".join(_charset("cp1250")))
    table[every[(every >= 0x80) & (every < 0xFFFD)]] |= _CENTRAL_OR_CONTROL
    letters = [sign for sign in _charset("cp1251") if "\u0400" <= sign <= "\u04ff"]
    table[code_points("".join(letters))] |= _CYRILLIC
    every = code_points("".join(_charset("cp1251")))
    table[every[(every >= 0x80) & (every < 0xFFFD)]] |= _CYRILLIC_OR_OTHER
    mac = bytes(range(0xA1, 0x100)).decode("mac_roman")
    table[code_points("".join(sign for sign in mac if not "\u2010" <= sign < "\u2030"))] |= _MAC
    table[code_points(bytes((*range(0xE2, 0xEA), 0xEF)).decode("mac_roman"))] |= _MAC_LEAD
    table[code_points(bytes(range(0x80, 0xC0)).decode("mac_roman"))] |= _MAC_REST
    table[code_points("，、。：；".encode("gbk").decode("cp950", "ignore"))] |= _BIG5_SIGN
    leads, rest = (*range(0xE2, 0xEA), 0xEF), range(0x80, 0xC0)
    for firsts, seconds, sign in ((leads, rest, _LEAD), (rest, leads, _MIDDLE), (rest, rest, _TAIL)):
        pairs = (bytes((first, second)) for first in firsts for second in seconds)
        shown = "".join(pair.decode("gb18030", "ignore") for pair in pairs if pair[0] > 0x80)
        table[code_points(shown)] |= sign
    return table


@cache
def mistakes() -> tuple[Mistake, ...]:
    """Return all ways to misread that are known here."""
    latin = (_LATIN, _LATIN_OR_1252)
    # Words such as the Polish "żółć" have four of these letters in a row.
    central = (_CENTRAL, *(_CENTRAL_OR_CONTROL,) * 5)
    # Russian words of six letters are looked at too; as Chinese they would be rows of rare characters.
    cyrillic = (_CYRILLIC, *(_CYRILLIC_OR_OTHER,) * 5)
    mac, big5 = (_MAC_LEAD, _MAC_REST, _MAC_REST), (_BIG5_SIGN,)
    windows, macintosh = _from_charset("cp1250"), _from_charset("mac_roman")
    pairs = (("gb18030", N_("GBK read as Latin-1")), ("big5hkscs", N_("Big5 read as Latin-1")))
    return (
        Mistake((_LEAD, _MIDDLE, _TAIL), _from_gbk, (("utf-8", N_("UTF-8 read as GBK")),), _UTF8),
        Mistake(latin, _from_latin, (("utf-8", N_("UTF-8 read as Latin-1")),), _UTF8),
        Mistake(latin, _from_latin, pairs, _PAIRS),
        Mistake(latin, _from_latin_twice, (("utf-8", N_("UTF-8 read as Latin-1 twice")),), _UTF8),
        Mistake(central, windows, (("gb18030", N_("GBK read as Windows-1250")),), _PAIRS, _MANY),
        Mistake(central, windows, (("utf-8", N_("UTF-8 read as Windows-1250")),), _UTF8),
        Mistake(
            cyrillic, _from_charset("cp1251"), (("gb18030", N_("GBK read as Windows-1251")),), _PAIRS, _MANY
        ),
        Mistake(cyrillic, _from_charset("cp1251"), (("utf-8", N_("UTF-8 read as Windows-1251")),), _UTF8),
        Mistake(mac, macintosh, (("utf-8", N_("UTF-8 read as Mac Roman")),), _UTF8),
        Mistake((_MAC, _MAC, _MAC), macintosh, (("gb18030", N_("GBK read as Mac Roman")),), _PAIRS, _MANY),
        Mistake(big5, _from_big5, (("gb18030", N_("GBK read as Big5")),), _BIG5_PAIRS),
    )
