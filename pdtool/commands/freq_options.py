"""The options of ``pdtool freq``, and what they mean together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from pdtool.commands.term_options import NestingRule, TermOptions, Unit
from pdtool.errors import UsageError
from pdtool.language import _

__all__ = ["By", "Cell", "Counted", "RowOptions", "Wanted", "counted_kind", "phrase_lengths", "wanted_table"]


class By(StrEnum):
    """Whose frequencies they are."""

    CORPUS = "corpus"
    DOCUMENT = "document"
    GROUP = "group"


class Cell(StrEnum):
    """What fills the columns of the wide table."""

    COUNT = "count"
    PER_1000_CHARS = "per_1000_chars"


_NGRAMS = re.compile(r"(\d)(?:-(\d))?", re.ASCII)
_TOP = 100
"""Words or phrases that are listed if nothing is said."""
_LEAST_NEW = 5
"""Occurrences of a new word if nothing is said: what is rarer is not told from chance."""


@dataclass(frozen=True, slots=True)
class RowOptions:
    """Which rows and columns the table has."""

    top: Annotated[
        int | None,
        typer.Option(metavar="N", help="List the N commonest (of each group); 0 lists all.  [default: 100]"),
    ] = None
    min_count: Annotated[
        int | None,
        typer.Option(metavar="N", help="List nothing that occurs less often.  [default: 1, with --new 5]"),
    ] = None
    trend: Annotated[
        bool, typer.Option("--trend", help="Add the rate of each year and the Mann-Kendall test.")
    ] = False
    wide: Annotated[bool, typer.Option("--wide", help="One column per term instead of one row per term.")] = (
        False
    )
    value: Annotated[Cell, typer.Option(help="With --wide: what the cells hold.")] = Cell.COUNT

    def check(self) -> None:
        """Refuse numbers that are none, and cells of no table.

        Raises:
            UsageError: If there are such.
        """
        for option, number in (("--top", self.top), ("--min-count", self.min_count)):
            if number is not None and number < 0:
                raise UsageError(
                    _("{option} cannot be negative ({number})", option=option, number=number), f"{option} 10"
                )
        if self.value is not Cell.COUNT and not self.wide:
            raise UsageError(_("--value says what the cells of the wide table hold"), _("add --wide"))


class Counted(StrEnum):
    """What is counted."""

    WORDS = "words"
    TERMS = "--terms"
    PHRASES = "--ngrams"
    NEW = "--new"


_DEFAULTS = {
    Counted.WORDS: (_TOP, 1),
    Counted.PHRASES: (_TOP, 1),
    Counted.TERMS: (0, 0),
    Counted.NEW: (0, _LEAST_NEW),
}
"""How many rows are listed, and what the least frequent has, where nothing is said."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is counted, and which table is written.

    Args:
        fields: What documents are grouped by.
        by_document: Whether each document is a group of its own.
        top: Rows of each group; 0 for all.
        least: Occurrences from which on a term is a row.
        rows: What else was said of the table.
        with_references: Whether references, notes and the like are counted as text.
    """

    fields: tuple[str, ...]
    by_document: bool
    top: int
    least: int
    rows: RowOptions
    with_references: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the group columns."""
        return ("doc",) if self.by_document else self.fields


def counted_kind(terms: str | None, search: TermOptions, ngrams: str | None, new: bool) -> Counted:
    """Return what is counted.

    Raises:
        UsageError: If several things are.
    """
    given = {Counted.TERMS: terms is not None, Counted.PHRASES: ngrams is not None, Counted.NEW: new}
    named = [kind for kind, is_given in given.items() if is_given]
    if len(named) > 1:
        raise UsageError(
            _("{named} and {named2} count different things", named=named[0], named2=named[1]),
            _("leave out one of them"),
        )
    if (search.nesting, search.within) != (NestingRule.THEME, Unit.SENTENCE) and terms is None:
        raise UsageError(_("--nesting and --within say how --terms are found"), _("add --terms FILE"))
    if search.synonyms is not None and (ngrams is not None or new):
        raise UsageError(
            _("--synonyms are words or --terms, not {named}", named=named[0]), _("leave out one of them")
        )
    return named[0] if named else Counted.WORDS


def wanted_table(
    kind: Counted, by: By, fields: tuple[str, ...], rows: RowOptions, with_references: bool
) -> Wanted:
    """Return what is wanted.

    Raises:
        UsageError: If options contradict each other, or a number is negative.
    """
    rows.check()
    by_document = by is By.DOCUMENT
    if fields and by_document:
        raise UsageError(_("--by document makes each document a group"), _("leave out --group-by"))
    fields = fields or (("folder",) if by is By.GROUP else ())
    if kind is Counted.NEW and (fields or by_document or rows.wide or rows.trend):
        raise UsageError(
            _("--new lists the words of the whole corpus"),
            _("leave out --by, --group-by, --wide and --trend"),
        )
    if rows.wide and not fields and not by_document:
        raise UsageError(
            _("--wide has a row per group or document"), _("add --group-by year, or --by document")
        )
    if rows.trend and (rows.wide or by_document or {"year", "month"} & {*fields}):
        raise UsageError(
            _("--trend follows the terms of a corpus or group over the years"),
            _("leave out --wide, --by document and groups by year"),
        )
    top, least = _DEFAULTS[kind]
    return Wanted(
        fields,
        by_document,
        top if rows.top is None else rows.top,
        least if rows.min_count is None else rows.min_count,
        rows,
        with_references,
    )


def phrase_lengths(ngrams: str | None) -> tuple[int, int]:
    """Return how many words the shortest and the longest phrase have.

    Raises:
        UsageError: If that is not told so.
    """
    if ngrams is None:
        return 1, 1
    match = _NGRAMS.fullmatch(ngrams.strip())
    lowest, highest = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= lowest <= highest:
        raise UsageError(
            _("--ngrams {ngrams!r} is no number of words from 1 to 9", ngrams=ngrams),
            _("--ngrams 2, or --ngrams 2-4"),
        )
    return lowest, highest
