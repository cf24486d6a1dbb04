"""Help pages in another language than English: translated, and laid out by the width of what is shown.

typer counts characters and breaks lines at blanks, which does not do for Chinese
(:mod:`pdtool.output.wrapping`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pdtool.language import N_, Language, _, spoken
from pdtool.output.wrapping import columns_of, wrapped

__all__ = ["in_language", "translated_page"]

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


def _lines(paragraph: str, width: int) -> list[str]:
    """Break a paragraph, however its lines stand in the source, into lines of a width."""
    return wrapped(" ".join(paragraph.split()), width)


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
            lines = rest.split("\n") if raw else _lines(paragraph, self.width - self.current_indent)
            self.write(
                ("\n" if number else "") + "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
            )

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _MOST, col_spacing: int = 2) -> None:
        indent = " " * self.current_indent
        column = min(max((columns_of(name) for name, _text in rows), default=0), col_max) + col_spacing
        for name, text in rows:
            lines = _lines(_with_extra(text), max(self.width - column - self.current_indent, 10))
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in _entry(name, lines, column)))


def _entry(name: str, lines: Sequence[str], column: int) -> Iterator[str]:
    """Yield the lines of a name and its meaning, which begins in a column."""
    rest = list(lines)
    if columns_of(name) + 2 <= column and rest:
        yield name + " " * (column - columns_of(name)) + rest.pop(0)
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
