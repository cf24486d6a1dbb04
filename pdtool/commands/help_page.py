"""Help pages in another language than English: translated, and laid out by the width of what is shown.

typer counts characters and breaks lines at blanks. Chinese characters take two columns each and have no
blanks between them; a line may end behind any of them but must not begin with a closing mark, nor end with
an opening one (GB/T 15834—2011, 5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from pdtool.language import N_, Language, _, spoken

__all__ = ["in_language", "translated_page", "wrapped"]

_WIDE = (
    "\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
)
_OPENING = "（《〈「『【〔“‘("
_CLOSING = "）》〉」』】〕”’，。、；：？！…—％)"
_PIECE = re.compile(
    rf"\s+|\[[^\[\]\s]{{1,30}}\]|[{re.escape(_OPENING)}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{re.escape(_CLOSING)}]*"
)
"""What no line is broken inside."""
_RAW = "\b"
"""What stands above a paragraph whose lines stay as they are."""
_MOST = 30
"""Columns of the names in a list, at most, before their meaning begins on the next line."""
_EXTRA = re.compile(r"(?s)(.*?)(?:  \[(?:default: (.*?))?((?:; )?required)?\])?\Z")
"""A help text and what typer says behind it."""
_OF_TYPER = (
    N_("Options"),
    N_("Commands"),
    N_("Arguments"),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("Show this message and exit."),
)
"""What typer says itself on a help page."""


def _width(text: str) -> int:
    """Return the columns of a terminal that a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines.

    Args:
        text: A paragraph.
        width: The columns of a line; only what cannot be broken is wider.

    >>> wrapped("找出文档的副本、部分与拼合，以及应保留哪些。", 20)
    ['找出文档的副本、部分', '与拼合，以及应保留哪', '些。']
    """
    lines, line, taken = [], "", 0
    for piece in _PIECE.findall(" ".join(text.split())):
        size = _width(piece)
        if taken + size > width and line:
            lines.append(line.rstrip())
            line, taken = "", 0
        if line or not piece.isspace():
            line, taken = line + piece, taken + size
    return [*lines, line.rstrip()] if line.strip() else lines


def translated_page(text: str) -> str:
    """Return a help text in the language that is spoken: each of its paragraphs is a message."""
    return "\n\n".join(_(paragraph) for paragraph in text.strip("\n").split("\n\n"))


def in_language(command: Any) -> Any:
    """Return a command of typer with its help in the language that is spoken."""
    if spoken() is Language.EN:
        return command
    command.help = translated_page(command.help or "")
    command.epilog = _(command.epilog or "")
    command.options_metavar = _(command.options_metavar or "")
    if getattr(command, "subcommand_metavar", None):
        command.subcommand_metavar = _(command.subcommand_metavar)
    for parameter in command.params:
        if parameter.metavar:
            parameter.metavar = _(parameter.metavar)
        if getattr(parameter, "help", None):
            parameter.help = _(parameter.help)
    context: Any = command.context_class
    page = type("_Page", (_Layout, context.formatter_class), {})
    command.context_class = type("_Context", (context,), {"formatter_class": page})
    return command


class _Layout:
    """What is laid out otherwise than typer's formatter does it, for the class of a page to inherit."""

    width: int
    current_indent: int

    def write(self, string: str) -> None:
        super().write(string)  # type: ignore[misc]

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        self.write(_("Usage: {words}", words=f"{prog} {args}".rstrip()) + "\n")

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + _("{heading}:", heading=_(heading)) + "\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            first, _line, rest = paragraph.strip("\n").partition("\n")
            raw = first.strip() == _RAW
            lines = rest.split("\n") if raw else wrapped(paragraph, self.width - self.current_indent)
            self.write(
                ("\n" if number else "") + "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
            )

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _MOST, col_spacing: int = 2) -> None:
        indent = " " * self.current_indent
        column = min(max((_width(name) for name, _text in rows), default=0), col_max) + col_spacing
        for name, text in rows:
            lines = wrapped(_with_extra(text), max(self.width - column - self.current_indent, 10))
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in _entry(name, lines, column)))


def _entry(name: str, lines: Sequence[str], column: int) -> Iterator[str]:
    """Yield the lines of a name and its meaning, which begins in a column."""
    rest = list(lines)
    if _width(name) + 2 <= column and rest:
        yield name + " " * (column - _width(name)) + rest.pop(0)
    else:
        yield name
    yield from (" " * column + line for line in rest)


def _with_extra(text: str) -> str:
    """Return a help text with its default, as typer puts it behind."""
    match = _EXTRA.match(text)
    assert match is not None, "every part of it may be empty"
    meaning, default, required = match.groups()
    if meaning in _OF_TYPER:
        meaning = _(meaning)
    if default is not None:
        meaning += _(" [default: {default}]", default=default)
    return meaning + (_(" [required]") if required else "")
