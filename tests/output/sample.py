"""A row with a column of every kind, and text that has hurt others."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+86 10",
    "-5",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u3000=1",
    "\ufeff=1",
    "'=1",
    "''=1",
    "'quoted'",
    "a,b",
    'say "x"',
    "two\nlines",
    "two\r\nlines",
    "lone\rreturn",
    "tab\there",
    "back\\slash \\t",
    "[red]x[/red]",
    "[/nothing]",
    ":smile:",
    "\x1b[31mred\x1b[0m",
    "nul\x00byte",
    "bell\x07",
    "\u202egnp.exe",
    "line\u2028separator\x85next",
    "lone \udc80 surrogate",
    "http://example.org/",
    "mailto:x@example.org",
    "_x0041_",
    "000",
    "1e5",
    "NA",
    "",
    " ",
    "| pipe | *bold* `code` <b>",
    "黨建引領基層治理",
    "𠮷野家\U0001f600",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One of each."""

    name: str = column(Kind.TEXT, "Text.")
    count: int | None = column(Kind.COUNT, "A count.")
    share: float | None = column(Kind.SHARE, "A share.")
    flag: bool = column(Kind.FLAG, "A flag.")
    terms: tuple[str, ...] = column(Kind.LIST, "A list.")


def samples() -> list[Sample]:
    """Return a row for every hostile text."""
    return [Sample(text, number, 0.5, number % 2 == 0, (text, "x")) for number, text in enumerate(HOSTILE)]
