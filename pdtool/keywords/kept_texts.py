"""Texts that are looked at once more, kept in files: read much sooner than documents are repaired again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

__all__ = ["KeptText", "keeper", "read_kept"]

_ENCODING = "utf-8"
_ERRORS = "surrogatepass"


class KeptText(NamedTuple):
    """Where a text is kept.

    Args:
        path: The file.
        start: Its first byte there.
        length: How many bytes it has.
    """

    path: str
    start: int
    length: int


@contextmanager
def keeper(folder: str) -> Iterator[Callable[[str], KeptText | None]]:
    """Lend a function that keeps texts; it tells where, or ``None`` of one for which there is no room.

    Each process appends to a file of its own.

    Args:
        folder: Where the files are; empty to keep nothing.
    """
    with ExitStack() as opened:
        file: BinaryIO | None = None
        try:
            if folder:
                file = opened.enter_context((Path(folder) / str(os.getpid())).open("ab", buffering=0))
        except OSError:
            file = None

        def keep(text: str) -> KeptText | None:
            return None if file is None else _kept(file, text.encode(_ENCODING, _ERRORS))

        yield keep


def _kept(file: BinaryIO, data: bytes) -> KeptText | None:
    start = file.tell()
    try:
        written = file.write(data)
    except OSError:
        return None
    return KeptText(str(file.name), start, len(data)) if written == len(data) else None


def read_kept(kept: Iterable[KeptText]) -> Iterator[str]:
    """Yield texts that were kept.

    Raises:
        OSError: If a file is gone.
    """
    with ExitStack() as opened:
        files: dict[str, BinaryIO] = {}
        for one in kept:
            if one.path not in files:
                files[one.path] = opened.enter_context(Path(one.path).open("rb"))
            files[one.path].seek(one.start)
            yield files[one.path].read(one.length).decode(_ENCODING, _ERRORS)
