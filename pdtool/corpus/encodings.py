"""Which encoding are these bytes in? Told by mark, by validity, and by how likely the text is.

A byte order mark settles it. Without one, bytes that are valid UTF-8 are UTF-8, unless so few that it may be
chance. Every other encoding accepts much of what is not its own (GB18030 and Big5 each decode many of
the other's bytes), so each candidate reads a sample, and the text that is likeliest as Chinese wins. Damage
is never a reason to take the next-best encoding: :func:`decode` refuses it by its byte,
:mod:`pdtool.corpus.damage` shows it and goes on.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO

from pdtool.data_files import data_json
from pdtool.errors import InputError, UsageError
from pdtool.language import N_, _
from pdtool.text.character_costs import CONTROLS, character_costs, is_plausible, without_cut

__all__ = [
    "DAMAGED_HINT",
    "MARK",
    "UnknownEncodingError",
    "decode",
    "decode_as",
    "decode_leniently",
    "encoding_of",
    "encoding_of_file",
    "has_controls",
    "is_wide",
    "known_encoding",
    "named_damage",
    "shown_name",
    "telling_sample",
]

MARK = "\ufeff"
"""The byte order mark as a character."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
"""On equal likelihood the earlier one wins. cp950 reads a few codes that HKSCS lacks, such as the euro's."""
_WIDEST = ("utf-32-le", "utf-32-be")
"""Candidates only where two zero bytes stand together: they read four bytes of anything else as one error."""

_SAME_AS = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs"}
"""Names people use for an encoding and its supersets, as browsers take them (WHATWG, Encoding Standard)."""

_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "big5hkscs": "Big5",
    "cp950": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}

_EURO = 0x80
"""The euro sign in code page 936 (WHATWG, Encoding Standard, gb18030 decoder); GB18030 begins nothing so."""
_WITH_EURO = "pdtool.gb18030-with-euro"
"""The error handler by which GB18030 is decoded."""

_SAMPLE = 16_384
"""Bytes that are judged: some 8,000 characters, where a dozen decide."""

_CHUNK = 1 << 20
"""Bytes read at a time."""
_PIECE = 1 << 18
"""Bytes validated at a time: pieces of that size stay in the processor's cache."""

_TELLING = re.compile(rb"[\x00\x80-\xff]")
"""What plain ASCII never holds."""

_SHORT_UTF8 = re.compile(rb"[\xc2-\xdf]")
_LONG_UTF8 = re.compile(rb"[\xe0-\xf4]")
_BY_CHANCE = 16
"""A few Chinese characters in GBK may happen to be valid UTF-8 of two bytes each (the two of 联通 are): bytes
with no more of these than this, and none of three bytes, are judged. Of 17 one in 10**15 texts is."""

_MOST_CONTROLS = 0.05
"""Extracted text holds a stray control character here and there; of binary data every eighth byte is one."""

_VALIDITY = 4.0
"""What being valid at all counts for UTF-8, in nats: a lone Greek letter stays one."""

_CUT_SHORT = ("unexpected end of data", "truncated data", "incomplete multibyte sequence")
"""Why Python's decoders fail on the last bytes of an input that was cut."""

_BINARY_HINT = N_("save it as plain text (.txt) in its own program, or leave it out")
_UNKNOWN_HINT = N_("if it is text, name its encoding, as in --encoding shift_jis")
DAMAGED_HINT = N_("copy or download it again, or name another encoding with --encoding")
"""What to try with damaged bytes."""


class UnknownEncodingError(InputError):
    """The bytes are not text in any one known encoding; they may be in several."""


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Decode the bytes of one document.

    Args:
        data: The whole input.
        encoding: The encoding the user names; ``None``: judge.

    Returns:
        The text without its byte order mark, line ends as found, and Python's name of the encoding it was in.

    Raises:
        UsageError: If Python knows no text encoding of that name.
        InputError: If the bytes are not text, in no known encoding, or damaged; damage is named by its byte.

    >>> decode("基层治理".encode("gbk"))
    ('基层治理', 'gb18030')
    >>> decode("基層治理".encode("big5"))
    ('基層治理', 'big5hkscs')
    """
    name = encoding_of(data, encoding)
    return decode_as(data, name), name


def encoding_of(data: bytes, encoding: str | None = None) -> str:
    """Return Python's name of the encoding that bytes are in; damage is not looked for.

    Args:
        data: The whole input.
        encoding: The encoding the user names; ``None``: judge.

    Raises:
        UsageError: If Python knows no text encoding of that name.
        InputError: If the bytes are not text or in no known encoding.
    """
    if encoding is not None:
        return _for_this(known_encoding(encoding), data)
    marked = _marked(data)
    if marked is not None:
        return marked
    _refuse_signature(data)
    valid = not has_controls(data) and _is_utf8(data)
    if valid and not 0 < _utf8_evidence(data) <= _BY_CHANCE:
        return "utf-8"
    return _judge(data, valid_utf8=valid)


def encoding_of_file(file: BinaryIO, encoding: str | None = None) -> str:
    """Return the encoding of a whole file without holding it: the judgement of :func:`decode`, in chunks.

    Args:
        file: Open at its start; left anywhere.
        encoding: The encoding the user names; ``None``: judge.

    Raises:
        UsageError: If Python knows no text encoding of that name.
        InputError: If the bytes are not text or in no known encoding. Damage is not looked for.
    """
    head = file.read(_CHUNK)
    if encoding is not None:
        return _for_this(known_encoding(encoding), head)
    marked = _marked(head)
    if marked is not None:
        return marked
    _refuse_signature(head)
    valid, evidence = (False, 0) if has_controls(head) else _validate_utf8(_chunks(file, head, _PIECE))
    if valid and not 0 < evidence <= _BY_CHANCE:
        return "utf-8"
    file.seek(0)
    chunks = _chunks(file, file.read(_CHUNK))
    telling = next((chunk for chunk in chunks if _TELLING.search(chunk)), head)
    return _judge(telling, valid_utf8=valid)


def decode_as(data: bytes, name: str) -> str:
    """Decode bytes strictly, without the byte order mark.

    Args:
        data: A whole input, or a record cut out of one.
        name: Python's name of the encoding, as :func:`decode` returns it.

    Raises:
        InputError: If they are damaged; ``__cause__`` is the :class:`UnicodeError`.
    """
    try:
        return _decoded(data, name, "strict")
    except UnicodeError as error:
        raise InputError(named_damage(data, name, error), _(DAMAGED_HINT)) from error


def decode_leniently(data: bytes, name: str) -> str:
    """Decode bytes without the byte order mark, with U+FFFD for what is damaged."""
    return _decoded(data, name, "replace")


def known_encoding(encoding: str) -> str:
    """Return Python's name of the text encoding a user means.

    Raises:
        UsageError: If Python knows no text encoding of that name.

    >>> known_encoding("GB2312"), known_encoding("utf8")
    ('gb18030', 'utf-8')
    """
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(
            _("unknown encoding {encoding!r}", encoding=encoding),
            _("--encoding with one of utf-8, gb18030, big5, utf-16"),
        ) from None
    return _SAME_AS.get(name, name)


def shown_name(name: str) -> str:
    """Return what people call the encoding that Python calls ``name``."""
    return _NAMES.get(name, name)


def is_wide(name: str) -> bool:
    """Return whether line ends take more than one byte in an encoding."""
    return name.startswith(("utf-16", "utf-32"))


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _for_this(name: str, data: bytes) -> str:
    """Make a named encoding exact for one input: which byte order, and whether a mark stands before it."""
    marked = _marked(data)
    if marked is not None and marked.removesuffix("-sig").startswith(name):
        return marked
    return f"{name}-le" if name in ("utf-16", "utf-32") else name


def has_controls(data: bytes) -> bool:
    """Return whether bytes hold more control characters than any text does."""
    return len(data) - len(data.translate(None, CONTROLS)) > _MOST_CONTROLS * len(data)


def _refuse_signature(data: bytes) -> None:
    kind = next((kind for start, kind in _signatures() if data.startswith(start)), None)
    if kind is not None:
        raise InputError(_("is not text (it begins like {kind})", kind=_(kind)), _(_BINARY_HINT))


@cache
def _signatures() -> tuple[tuple[bytes, str], ...]:
    table = data_json("file_signatures.json")
    return tuple((bytes.fromhex(start), kind) for start, kind in table["signatures"])


def _chunks(file: BinaryIO, head: bytes, size: int = _CHUNK) -> Iterator[bytes]:
    while head:
        yield head
        head = file.read(size)


def _utf8_evidence(data: bytes) -> int:
    """Count what speaks for UTF-8 in bytes valid as such; beyond ``_BY_CHANCE`` the number says no more."""
    if data.isascii():
        return 0
    return _BY_CHANCE + 1 if _LONG_UTF8.search(data) else len(_SHORT_UTF8.findall(data))


def _validate_utf8(chunks: Iterator[bytes]) -> tuple[bool, int]:
    """Return whether the chunks are valid UTF-8, and how much speaks for it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    evidence = 0
    try:
        for chunk in chunks:
            decoder.decode(chunk)
            evidence += _utf8_evidence(chunk) if evidence <= _BY_CHANCE else 0
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False, 0
    return True, evidence


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def telling_sample(data: bytes) -> bytes:
    """Cut the sample at the first byte that tells anything, on an offset that UTF-16 and UTF-32 may have."""
    telling = _TELLING.search(data)
    start = telling.start() & ~3 if telling else 0
    return data[start : start + _SAMPLE]


def _units(sample: bytes, name: str) -> bytes:
    """Return a sample without half a unit at its end, which says nothing against UTF-16 or UTF-32."""
    return sample[: len(sample) & ~(3 if name in _WIDEST else 1)] if is_wide(name) else sample


def _judge(data: bytes, *, valid_utf8: bool) -> str:
    """Return the encoding in which ``data`` is likeliest Chinese text; refuse what is none in any.

    Args:
        data: The input, or a part of it that tells something.
        valid_utf8: Whether it can be read as UTF-8, as which it is not refused.
    """
    sample = telling_sample(data)
    candidates = (*_CANDIDATES, *_WIDEST) if b"\0\0" in sample else _CANDIDATES
    costs = {name: character_costs(decode_leniently(_units(sample, name), name)) for name in candidates}
    totals = {name: float(cost.sum()) for name, cost in costs.items()}
    totals["utf-8"] -= _VALIDITY if valid_utf8 else 0.0
    name = min(totals, key=lambda candidate: totals[candidate])
    if is_plausible(without_cut(costs[name])) and (is_wide(name) or not has_controls(data)):
        return name
    if valid_utf8:
        return "utf-8"
    if has_controls(data):
        raise InputError(_("is not text (it holds control characters, as binary data does)"), _(_BINARY_HINT))
    raise UnknownEncodingError(
        _("is not text in a known encoding (tried UTF-8, GB18030, Big5, UTF-16)"), _(_UNKNOWN_HINT)
    )


def named_damage(data: bytes, name: str, error: UnicodeError) -> str:
    """Return what is wrong with bytes that could not be decoded as ``name``, with the offset of the first."""
    shown = shown_name(name)
    if not isinstance(error, UnicodeDecodeError) or error.start >= len(data):
        return _("is not valid {shown} ({error})", shown=shown, error=error)
    seen = data[error.start : error.start + 4].hex(" ").upper()
    if error.end >= len(data) and error.reason in _CUT_SHORT:
        return _(
            "ends in the middle of a character ({shown}, byte {start} of {n}: {seen})",
            shown=shown,
            start=error.start,
            n=len(data),
            seen=seen,
        )
    return _(
        "is damaged (not valid {shown} at byte {start} of {n}: {seen})",
        shown=shown,
        start=error.start,
        n=len(data),
        seen=seen,
    )


def _decoded(data: bytes, name: str, errors: str) -> str:
    text = data.decode(name, _WITH_EURO if name == "gb18030" and errors == "strict" else errors)
    return text.translate(_big5_punctuation()) if name == "big5hkscs" else text.removeprefix(MARK)


def _euro(error: UnicodeError) -> tuple[str, int]:
    """Read the byte 80 as the euro sign, which it is in Windows' code page 936; refuse all other damage."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == _EURO:
        return "€", error.start + 1
    raise error


codecs.register_error(_WITH_EURO, _euro)


@cache
def _big5_punctuation() -> dict[int, str]:
    """Map the punctuation that Python's HKSCS codec reads unlike Windows to what people typed.

    The codec follows the first Unicode mapping of Big5 (``•`` for the ``‧`` in names, ``∼`` for ``～``); the
    Encoding Standard of the WHATWG follows Windows, and so does this.
    """
    pairs = [
        bytes((lead, trail)) for lead in (0xA1, 0xA2) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    ]
    windows = {pair: pair.decode("cp950", "replace") for pair in pairs}
    hkscs = {pair: pair.decode("big5hkscs", "replace") for pair in pairs}
    unchanged = set(windows.values()) | {"\ufffd"}
    return {
        ord(hkscs[pair]): windows[pair]
        for pair in pairs
        if len(hkscs[pair]) == 1 and hkscs[pair] not in unchanged
    }
