"""Text files that are exports of literature databases, told by their first lines."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from pdtool.corpus.encodings import decode_leniently, encoding_of
from pdtool.corpus.find import FoundFile
from pdtool.corpus.records import is_records
from pdtool.errors import InputError

__all__ = ["with_records"]

_HEAD = 2048
"""Bytes in which an export shows itself."""
_BEGINS = b"{RT%S@"
"""What the first record of an export begins with."""
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Marks and blanks that may stand before it."""


def with_records(files: Sequence[FoundFile]) -> list[FoundFile]:
    """Return the files, those texts that are exports of records under that format."""
    return [replace(file, format="records") if _is_export(file) else file for file in files]


def _is_export(file: FoundFile) -> bool:
    if file.format != "text":
        return False
    with suppress(OSError, InputError):  # said when its turn comes
        with open(file.path, "rb") as handle:  # noqa: PTH123 (half the time of Path, for every text)
            head = handle.read(_HEAD)
        start = head.lstrip(_BEFORE)[:1]
        if start and start in _BEGINS:
            return is_records(decode_leniently(head, encoding_of(head)))
    return False
