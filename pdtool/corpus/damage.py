"""Bytes → text, whatever happened to them: damage is shown, and mixed encodings are read as what they are.

A file that was copied together from several holds lines in another encoding than the rest. Each line that
the file's encoding does not fit is read in every way that may be meant, and the likeliest is taken. What
fits none becomes U+FFFD, one for each damaged sequence of bytes; a warning names the first by their offsets.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import NamedTuple

from pdtool.corpus.encodings import (
    DAMAGED_HINT,
    UnknownEncodingError,
    decode_as,
    decode_leniently,
    encoding_of,
    named_damage,
    shown_name,
    telling_sample,
)
from pdtool.errors import InputError
from pdtool.language import _, listed
from pdtool.text.character_costs import character_costs, is_plausible

__all__ = ["Decoded", "decode_document"]

_OTHERS = {
    "utf-8": ("gb18030", "big5hkscs"),
    "gb18030": ("utf-8",),
    "big5hkscs": ("utf-8",),
    "cp950": ("utf-8",),
}
"""What may be mixed into a file. GB18030 and Big5 accept each other's lines, so these are never told apart
line by line."""

_UTF8_STRETCH = re.compile(rb"((?:[\xe2-\xef][\x80-\xbf]{2}){3,})")
"""Three characters of UTF-8 side by side: in other encodings no text looks so by chance more than once in a
long book, and then its cost decides."""

_CHANGE = 20.0
"""What every change of encoding must gain, in nats: as much as one damaged character."""

_MOST_DAMAGE = 0.1
"""The share of characters that may be damaged (one always may): beyond, the bytes are something else."""
_TRACED = 1000
"""The most damaged sequences whose offsets are found out."""
_SHOWN = 5
"""The most offsets named in a warning."""

_PAIRED = frozenset({"gb18030", "big5hkscs", "cp950"})
"""Encodings in which half a character may be paired with half of the next."""
_LEAST_HALF = b"\x40"
"""The least byte that is the second half of a character in any of these."""
_AHEAD = 64
"""Bytes looked at to tell which half is which."""


class Decoded(NamedTuple):
    """The text of a document, the encoding of most of it, and warnings as sentences."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


class _Piece(NamedTuple):
    """A stretch of the input in one encoding."""

    start: int
    data: bytes
    encoding: str


def decode_document(data: bytes, encoding: str | None = None) -> Decoded:
    r"""Decode the bytes of one document; damage becomes U+FFFD and a warning that names its bytes.

    Args:
        data: The whole input.
        encoding: The encoding the user names, which is then that of every line; ``None``: judge.

    Raises:
        UsageError: If Python knows no text encoding of that name.
        InputError: If the bytes are not text, in no known encoding, or damaged all over.

    >>> decode_document("党建引领基层治理".encode() + "现代化".encode("gbk")[:-1]).text
    '党建引领基层治理现代\ufffd'
    """
    name = _main_encoding(data, encoding)
    main = name.removesuffix("-sig")
    pure = encoding is not None or main not in _OTHERS
    if pure or main == "utf-8" or not _UTF8_STRETCH.search(data):
        with suppress(InputError):
            return Decoded(decode_as(data, name), name)
    return _joined(data, name, [_Piece(0, data, name)] if pure else _pieces(data, main))


def _main_encoding(data: bytes, encoding: str | None) -> str:
    """Return the encoding of most of the input; it may be in two where it is in no single one.

    Raises:
        InputError: If it is not text in one encoding, nor in two.
    """
    try:
        return encoding_of(data, encoding)
    except UnknownEncodingError:
        sample = telling_sample(data)
        readings = {main: _pieces(sample, main) for main in ("utf-8", "gb18030", "big5hkscs")}
        costs = {
            main: character_costs("".join(_mended(piece)[0] for piece in pieces))
            for main, pieces in readings.items()
        }
        name = min(
            readings, key=lambda main: float(costs[main].sum()) + _CHANGE * _changes(readings[main], main)
        )
        if not is_plausible(costs[name]):
            raise
        return name


def _pieces(data: bytes, name: str) -> list[_Piece]:
    """Divide the input, without its mark, into stretches of one encoding."""
    mark = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    lines = [piece for line in _lines(data, mark) for piece in _read_line(line, name)]
    merged = []
    for encoding, group in groupby(lines, key=lambda piece: piece.encoding):
        run = list(group)
        merged.append(_Piece(run[0].start, b"".join(piece.data for piece in run), encoding))
    return merged


def _lines(data: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    for line in data[start:].splitlines(keepends=True):
        yield start, line
        start += len(line)


def _read_line(line: tuple[int, bytes], name: str) -> Sequence[_Piece]:
    """Return the likeliest way to read a line that may not be in the encoding of the file."""
    start, data = line
    as_it_is = (_Piece(start, data, name),)
    if data.isascii() or (_fits(data, name) and not _UTF8_STRETCH.search(data)):
        return as_it_is
    readings: list[Sequence[_Piece]] = [as_it_is]
    for other in _OTHERS[name]:
        readings += [(_Piece(start, data, other),), list(_stretches(start, data, name, other))]
    return min(readings, key=lambda pieces: _cost(pieces, name))


def _stretches(start: int, data: bytes, name: str, other: str) -> Iterator[_Piece]:
    """Divide a line into what is UTF-8 beyond doubt and what is in between."""
    utf8, narrow = (name, other) if name == "utf-8" else (other, name)
    for index, part in enumerate(_UTF8_STRETCH.split(data)):
        if part:
            yield _Piece(start, part, utf8 if index % 2 else name if _fits(part, name) else narrow)
        start += len(part)


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _cost(pieces: Sequence[_Piece], name: str) -> float:
    texts = (decode_leniently(piece.data, piece.encoding) for piece in pieces)
    return _CHANGE * _changes(pieces, name) + sum(float(character_costs(text).sum()) for text in texts)


def _changes(pieces: Sequence[_Piece], name: str) -> int:
    """Count the changes of encoding in a file that is mostly in ``name``."""
    return sum(one.encoding != other for one, other in zip(pieces, [name, *_names(pieces)], strict=False))


def _names(pieces: Sequence[_Piece]) -> list[str]:
    return [piece.encoding for piece in pieces]


def _joined(data: bytes, name: str, pieces: Sequence[_Piece]) -> Decoded:
    """Decode the stretches and say what is wrong with them."""
    texts, damage = [], []
    for piece in pieces:
        text, damaged = _mended(piece)
        texts.append(text)
        damage += damaged
    text = "".join(texts)
    if len(damage) > 1 + _MOST_DAMAGE * len(text):
        raise InputError(_described(data, damage[0]), _(DAMAGED_HINT))
    main = name.removesuffix("-sig")
    mixed = [_mixture(main, pieces)] if any(piece.encoding not in (name, main) for piece in pieces) else []
    return Decoded(text, name, (*mixed, *_warnings(data, damage)))


_Damage = tuple[int, str, UnicodeDecodeError]
"""The offset of a damaged byte, the encoding it is not valid in, and the codec's error."""


def _mended(piece: _Piece) -> tuple[str, list[_Damage]]:
    """Decode a stretch, with U+FFFD for each damaged sequence of bytes, and list these."""
    texts: list[str] = []
    damage: list[_Damage] = []
    done = 0
    while len(damage) < _TRACED:
        rest = piece.data[done:]
        try:
            texts.append(decode_as(rest, piece.encoding))
            return "".join(texts), damage
        except InputError as error:
            cause = error.__cause__
            assert isinstance(cause, UnicodeDecodeError), "decoding raises nothing else"
            texts += (decode_as(rest[: cause.start], piece.encoding), "\ufffd")
            damage.append((piece.start + done + cause.start, piece.encoding, cause))
            done += _resumed(rest, cause, piece.encoding)
    rest_text = decode_leniently(piece.data[done:], piece.encoding)
    return "".join([*texts, rest_text]), damage + damage[-1:] * rest_text.count("\ufffd")


def _resumed(data: bytes, cause: UnicodeDecodeError, name: str) -> int:
    """Return the offset at which to read on: what follows damage may be the other half of its character.

    Codecs skip one byte and pair the other half with half of the next character, and so on to the end of the
    line; of the two ways to go on, the likelier one is taken. A digit or a point is no half of a character.
    """
    if name not in _PAIRED or data[cause.end : cause.end + 1] < _LEAST_HALF:
        return cause.end
    ways = [offset for offset in (cause.end, cause.end + 1) if offset <= len(data)]
    ahead = {offset: _line_ahead(data, offset) for offset in ways}
    costs = {offset: _cost([_Piece(0, ahead[offset], name)], name) for offset in ways}
    return min(ways, key=lambda offset: costs[offset])


def _line_ahead(data: bytes, offset: int) -> bytes:
    """Return the bytes from an offset to the end of its line, or as many as it takes to tell."""
    end = data.find(b"\n", offset - 1, offset + _AHEAD)
    return data[offset : offset + _AHEAD if end < 0 else end]


def _described(data: bytes, damage: _Damage) -> str:
    offset, name, cause = damage
    moved = UnicodeDecodeError(cause.encoding, data, offset, offset + cause.end - cause.start, cause.reason)
    return named_damage(data, name, moved)


def _warnings(data: bytes, damage: Sequence[_Damage]) -> list[str]:
    if not damage:
        return []
    if len(damage) == 1:
        return [_("{described}, shown as U+FFFD", described=_described(data, damage[0]))]
    name = shown_name(damage[0][1])
    places = listed(str(offset) for offset, _, _ in damage[:_SHOWN])
    more = _(", …") if len(damage) > _SHOWN else ""
    return [
        _(
            "is damaged in {n} places (not valid {name} at bytes {places}{more}), shown as U+FFFD",
            n=len(damage),
            name=name,
            places=places,
            more=more,
        )
    ]


def _mixture(name: str, pieces: Sequence[_Piece]) -> str:
    others = [piece for piece in pieces if piece.encoding != name]
    places = listed(
        _(
            "{encoding} from byte {start} to {stop}",
            encoding=shown_name(piece.encoding),
            start=piece.start,
            stop=piece.start + len(piece.data),
        )
        for piece in others[:_SHOWN]
    )
    more = _(" and {n} more stretches", n=len(others) - _SHOWN) if len(others) > _SHOWN else ""
    return _(
        "is in more than one encoding ({encoding}, but {places}{more}); each was read as its own",
        encoding=shown_name(name),
        places=places,
        more=more,
    )
