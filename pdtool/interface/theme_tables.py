"""How often themes occur: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, UsageError
from pdtool.interface.copies_once import Copies, dropped_copies, without
from pdtool.interface.result import GroupBy, Paths, Result, choice, grouping, open_run
from pdtool.interface.run import Reading, Run
from pdtool.interface.theme_judging import find_agreement, find_suggestions, read_codes
from pdtool.interface.word_lists import load_synonyms_of, load_words
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.documents.grouping import Group
    from pdtool.rows import Column
    from pdtool.terms.dictionary import Dictionary
    from pdtool.themes.counting import DocumentCounts, ThemeCounter
    from pdtool.themes.rows import (
        AgreementRow,
        GroupRow,
        SectionRow,
        SuggestionRow,
        TermRow,
        ThemeRow,
    )
    from pdtool.themes.tables import ThemeTables

__all__ = ["FOLDER", "By", "CountedThemes", "count_themes", "theme_rows", "themes"]


class By(StrEnum):
    """What one row of the table is."""

    THEME = "theme"
    TERM = "term"
    SECTION = "section"
    GROUP = "group"


FOLDER = ("folder",)
"""What is grouped by where a row is a group and nothing else is said."""


@dataclass(frozen=True, slots=True)
class CountedThemes:
    """Themes, counted.

    Args:
        tables: The tables that can be made of them.
        reading: The documents that count.
        problems: What is to be said of the dictionary and the documents.
    """

    tables: ThemeTables
    reading: Reading[DocumentCounts]
    problems: list[Problem]

    @property
    def groups(self) -> list[Group]:
        """The group of each document."""
        return [counts.group for counts in self.reading.results]


def count_themes(
    run: Run,
    corpus: Corpus,
    counter: ThemeCounter,
    dictionary: tuple[Dictionary, list[Problem]],
    copies: Copies,
    top_terms: int,
) -> CountedThemes:
    """Count the themes of a dictionary.

    Args:
        run: What reads the documents.
        corpus: What was scanned.
        counter: What counts in one document.
        dictionary: The dictionary, and what its author should know.
        copies: Whether copies count.
        top_terms: How many terms a cell of ``top_terms`` names.
    """
    from pdtool.themes.tables import ThemeTables

    entries, remarks = dictionary
    reading = run.map(corpus, counter)
    problems = [*remarks, *reading.problems]
    run.end_if_empty(reading.sources, problems)
    reading = without(reading, dropped_copies(run, corpus, copies))
    docs = [source.id for source in reading.sources]
    return CountedThemes(ThemeTables(entries, docs, reading.results, top_terms), reading, problems)


def theme_rows(
    tables: ThemeTables, by: By, fields: tuple[str, ...], *, balanced: bool, with_log: bool
) -> tuple[Iterator[Any], tuple[Column, ...]]:
    """Return the rows of a table, and their columns.

    Args:
        tables: What was counted.
        by: What one row is.
        fields: What documents are grouped by, if a row is a group.
        balanced: Whether groups without documents are filled up.
        with_log: Whether ln(1 + count) is told.
    """
    from pdtool.rows import columns
    from pdtool.themes.rows import GroupRow, SectionRow, TermRow, ThemeRow

    rows: Iterator[Any]
    row_type: type
    match by:
        case By.TERM:
            rows, row_type = tables.by_term(), TermRow
        case By.SECTION:
            rows, row_type = tables.by_section(), SectionRow
        case By.GROUP:
            rows, row_type = tables.by_group(balanced=balanced), GroupRow
        case _:
            rows, row_type = tables.by_theme(), ThemeRow
    left_out = set() if with_log else {"ln_count"}
    return rows, tuple(one for one in columns(row_type, fields) if one.name not in left_out)


def themes(
    paths: Paths,
    dictionary: str | os.PathLike[str] | None = None,
    *,
    by: str = "theme",
    group_by: GroupBy = None,
    balance: bool = False,
    copies: str = "all",
    top_terms: int = 5,
    suggest: int = 0,
    agreement: str | os.PathLike[str] | None = None,
    userdict: str | os.PathLike[str] | None = None,
    stopwords: str | os.PathLike[str] | None = None,
    builtin_stopwords: bool = True,
    nesting: str = "theme",
    within: str = "sentence",
    synonyms: str | os.PathLike[str] | None = None,
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[ThemeRow | TermRow | SectionRow | GroupRow | SuggestionRow | AgreementRow]:
    """Count how often each theme of a dictionary occurs: ``pdtool themes``.

    Args:
        paths: Files, folders, patterns.
        dictionary: A file (.yaml .csv .tsv .xlsx); ``None``: the built-in dictionary.
        by: What one row is: a ``"theme"`` of a document, a ``"term"``, a theme of a ``"section"`` or, with
            ``group_by``, of a ``"group"``.
        group_by: Count in each year, issuer or other group of documents.
        balance: Fill up with zeros the groups that no document is in, as 2021 × 江苏.
        copies: ``"once"``: of copies of one document only the one counts that ``dedupe`` keeps.
        top_terms: How many of the most frequent terms of a theme are named.
        suggest: Instead propose up to so many terms like each theme's own, for you to judge.
        agreement: Instead compare with hand codes: a table with the columns doc, theme and code.
        userdict: With ``suggest``: a file of words that stay whole, in jieba's format.
        stopwords: With ``suggest``: a file of more words that are left out.
        builtin_stopwords: With ``suggest``: whether the built-in stop words are left out too.
        nesting: Of overlapping terms count the longest of each ``"theme"``, of the ``"dictionary"``, or
            ``"all"``.
        within: Where the terms of a rule must stand together: ``"sentence"``, ``"paragraph"``, ``"section"``.
        synonyms: A file of words that are counted as one.
        with_references: Whether references, notes and the like are counted as text.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If arguments contradict each other.
        InputError: If no document, or not the dictionary, could be read.

    >>> rows = themes("seeds").rows
    >>> (rows[0].doc[:3], rows[0].theme, rows[0].count > 0)
    ('000', '党的领导', True)
    """
    from pdtool.rows import columns
    from pdtool.terms.load import load_dictionary
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.rules import Within
    from pdtool.themes.counting import ThemeCounter
    from pdtool.themes.rows import AgreementRow, SuggestionRow

    fields, shown = grouping(group_by), choice(By, by, "by")
    if fields and shown not in {By.THEME, By.GROUP}:
        raise UsageError(
            _("group_by has one row per group and theme, and by another"), _("leave out one of them")
        )
    if fields or shown is By.GROUP:
        shown, fields = By.GROUP, fields or FOLDER
    elif balance:
        raise UsageError(_("balance belongs to group_by"), _("add group_by='year'"))
    if suggest < 0 or (suggest and agreement is not None):
        raise UsageError(_("suggest and agreement are tables of their own"), _("leave out one of them"))
    if top_terms < 0:
        raise UsageError(_("cannot name {top_terms} terms", top_terms=top_terms), _("use top_terms=5"))
    loaded = load_dictionary(None if dictionary is None else str(dictionary))
    hand = None if agreement is None else read_codes(agreement, loaded[0])
    rules = choice(Nesting, nesting, "nesting"), choice(Within, within, "within")
    counter = ThemeCounter.of(
        *(loaded[0], rules[0], shown is By.SECTION, with_references, fields, rules[1]),
        load_synonyms_of(synonyms),
    )
    with open_run(paths, read, jobs, fields) as (run, corpus):
        if suggest:
            words = load_words(userdict, stopwords, builtin_stopwords, run.note)
            proposed, reading = find_suggestions(run, corpus, loaded[0], counter, words, suggest)
            problems = [*loaded[1], *reading.problems]
            return run.result(proposed, columns(SuggestionRow), problems, reading)
        found = count_themes(run, corpus, counter, loaded, choice(Copies, copies, "copies"), top_terms)
        if hand is not None:
            judged, told = find_agreement(found.reading, loaded[0], hand)
            problems = [*found.problems, *told]
            return run.result(judged, columns(AgreementRow), problems, found.reading)
        rows, header = theme_rows(found.tables, shown, fields, balanced=balance, with_log=True)
        run.note_without_value(fields, found.groups)
        return run.result(rows, header, found.problems, found.reading)
