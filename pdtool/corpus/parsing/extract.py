"""What a parser returns, and the limits that hold for all parsers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pdtool.corpus.problems import LARGEST_DOCUMENT, too_long
from pdtool.data_files import data_json

__all__ = ["Extracted", "Pieces", "described"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file.

    Args:
        text: Paragraphs, one per line; a form feed ends a page.
        meta: What the file says of itself: ``title``, ``author``.
        warnings: Warnings about the text, as sentences.
        encoding: The encoding its text was in, where that was a question.
    """

    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    encoding: str = "utf-8"


_TOGETHER = 4096
"""Pieces that are put together as they come: many of a few characters each take fifty times their text."""


class Pieces:
    """A text that grows, up to a bound."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        """Append a text.

        Raises:
            InputError: If the document becomes too long.
        """
        self._size += len(text)
        if self._size > LARGEST_DOCUMENT:
            raise too_long()
        self._pieces.append(text)
        if len(self._pieces) >= _TOGETHER:
            self._parts.append("".join(self._pieces))
            self._pieces.clear()

    def text(self) -> str:
        """Return all of it."""
        return "".join((*self._parts, *self._pieces))


def described(title: str | None, author: str | None) -> dict[str, str]:
    """Return what a file says of itself, without what programs write there by themselves.

    >>> described("Microsoft Word - 通知.doc", " 张三 ")
    {'author': '张三'}
    """
    said = {"title": _plain(title), "author": _plain(author)}
    return {role: value for role, value in said.items() if value and not _empty_words(role).search(value)}


def _plain(value: str | None) -> str:
    return " ".join((value or "").replace("\0", "").split())[:500]


@cache
def _empty_words(role: str) -> re.Pattern[str]:
    table = data_json("file_properties.json")
    return re.compile("|".join(table[role]), re.IGNORECASE)
