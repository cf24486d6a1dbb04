"""Every occurrence of terms in its context: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pdtool.errors import Problem, UsageError
from pdtool.interface.result import GroupBy, Paths, Result, choice, grouping, open_run
from pdtool.interface.run import Streamed
from pdtool.interface.word_lists import load_synonyms_of
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.concordance.contexts import DocumentContexts
    from pdtool.concordance.query import Query
    from pdtool.concordance.rows import OccurrenceRow
    from pdtool.corpus.scan import ReadOptions
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.rules import Within
    from pdtool.terms.synonyms import Synonyms

__all__ = [
    "OccurrenceCount",
    "Searched",
    "Sort",
    "check_width",
    "kwic",
    "load_query",
    "missing_note",
    "sorted_rows",
]

_WIDEST = 1_000
"""Characters of context on either side."""


class Sort(StrEnum):
    """By what the rows are sorted."""

    DOC = "doc"
    LEFT = "left"
    RIGHT = "right"
    DATE = "date"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched for.

    Args:
        term: Terms and rules.
        terms: A file of terms.
        dictionary: A file with a theme dictionary.
        theme: The themes of it that are wanted; nothing for all.
        regex: Regular expressions.
    """

    term: Sequence[str] = ()
    terms: str | None = None
    dictionary: str | None = None
    theme: Sequence[str] = ()
    regex: Sequence[str] = ()


class OccurrenceCount:
    """Counts occurrences as documents go by.

    Attributes:
        rows: How many there were.
        terms: The terms they are of.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.terms: set[str] = set()

    def of(self, documents: Iterable[DocumentContexts]) -> Iterator[DocumentContexts]:
        """Yield documents and count what was found in them."""
        for document in documents:
            self.rows += len(document)
            self.terms.update(document.terms)
            yield document


def check_width(width: int) -> None:
    """Refuse a width that cannot be shown.

    Raises:
        UsageError: If it is one.
    """
    if not 0 <= width <= _WIDEST:
        raise UsageError(
            _("cannot show {width:,} characters on either side", width=width),
            _("--width 0 to {WIDEST:,}", WIDEST=_WIDEST),
        )


def load_query(
    searched: Searched, nesting: Nesting, within: Within, synonyms: Synonyms
) -> tuple[Query, list[Problem]]:
    """Return what is searched for, and what the author of a dictionary should know.

    Args:
        searched: The names of files, and terms.
        nesting: Which of overlapping terms count.
        within: Where the terms of a rule must stand together.
        synonyms: Words that are counted as one.

    Raises:
        UsageError: If nothing is searched for, or a theme is wanted of no dictionary.
        InputError: If a file cannot be read.
    """
    from pdtool.concordance.query import make_query
    from pdtool.terms.load import load_dictionary
    from pdtool.terms.term_list import load_terms

    if not (searched.term or searched.terms or searched.dictionary or searched.regex):
        raise UsageError(
            _("it is not said what is searched for"),
            _("--term 数字政府, --terms FILE, --dictionary FILE or --regex"),
        )
    if searched.theme and searched.dictionary is None:
        raise UsageError(_("--theme chooses themes of a dictionary"), _("add --dictionary FILE"))
    listed, problems = load_terms(searched.terms) if searched.terms is not None else ([], [])
    entries = []
    if searched.dictionary is not None:
        loaded, remarks = load_dictionary(searched.dictionary)
        problems = [*problems, *remarks]
        entries = loaded.of_themes(list(searched.theme))
    terms = [*searched.term, *listed]
    return make_query(terms, entries, list(searched.regex), nesting, within, synonyms), problems


def sorted_rows(documents: Iterable[DocumentContexts], sort: Sort) -> list[OccurrenceRow]:
    """Return the rows of documents in an order."""
    from pdtool.concordance.sorting import Order, in_order

    return in_order(documents, Order(sort.value))


def missing_note(query: Query, found: OccurrenceCount) -> str:
    """Say how many terms occur nowhere; nothing if all do."""
    missing = sum(name not in found.terms for name in (*query.terms, *query.expressions))
    total = len(query.terms) + len(query.expressions)
    if not missing:
        return ""
    return _("{missing:,} of {total:,} terms occur in no document", missing=missing, total=total)


def kwic(
    paths: Paths,
    term: str | Sequence[str] = (),
    *,
    terms: str | os.PathLike[str] | None = None,
    dictionary: str | os.PathLike[str] | None = None,
    theme: str | Sequence[str] = (),
    regex: str | Sequence[str] = (),
    width: int = 30,
    sort: str = "doc",
    group_by: GroupBy = None,
    nesting: str = "theme",
    within: str = "sentence",
    synonyms: str | os.PathLike[str] | None = None,
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[OccurrenceRow]:
    """Show every occurrence of terms with what stands left and right of it: ``pdtool kwic``.

    Args:
        paths: Files, folders, patterns.
        term: A term or rule, or several.
        terms: A file of terms, one a line (.txt), or a dictionary whatever its themes.
        dictionary: A theme dictionary (.yaml .csv .tsv .xlsx).
        theme: Only these themes of the dictionary.
        regex: A regular expression of RE2, or several.
        width: Characters of context on either side, 0 to 1,000.
        sort: By ``"doc"``, ``"left"`` or ``"right"`` context, ``"date"`` or ``"term"``.
        group_by: A column of each row for the year, issuer or other group of the document.
        nesting: Which of overlapping terms count, as for :func:`pdtool.themes`.
        within: Where the terms of a rule must stand together, likewise.
        synonyms: A file of words that are counted as one.
        with_references: Whether references, notes and the like are searched too.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If nothing is searched for, or arguments contradict each other.
        InputError: If no document could be read.

    >>> kwic("seeds", "数字赋能", width=4).rows[0].match
    '数字赋能'
    """
    from pdtool.concordance.contexts import Contexts
    from pdtool.concordance.rows import OccurrenceRow
    from pdtool.rows import columns
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.rules import Within

    check_width(width)
    fields, order = grouping(group_by), choice(Sort, sort, "sort")
    searched = Searched(_several(term), _name(terms), _name(dictionary), _several(theme), _several(regex))
    rules = choice(Nesting, nesting, "nesting"), choice(Within, within, "within")
    query, remarks = load_query(searched, *rules, load_synonyms_of(synonyms))
    contexts = Contexts(query, width, fields, with_references, order is Sort.DATE)
    with open_run(paths, read, jobs, fields) as (run, corpus):
        streamed, found = Streamed(), OccurrenceCount()
        documents = run.stream(corpus, contexts, streamed, silent=True)
        rows = sorted_rows(found.of(documents), order)
        problems = [*remarks, *streamed.problems]
        run.end_if_empty(streamed.ids, problems)
        if said := missing_note(query, found):
            run.note(said)
        header = columns(OccurrenceRow, fields)
        return Result(rows, header, problems, run.remarks, len(streamed.ids), streamed.characters)


def _several(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _name(path: str | os.PathLike[str] | None) -> str | None:
    return None if path is None else os.fspath(path)
