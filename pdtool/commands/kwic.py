"""``pdtool kwic``: every occurrence of terms in its context, a concordance."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    GroupOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
)
from pdtool.commands.session import Session, open_session
from pdtool.commands.term_options import TermOptions
from pdtool.interface.concordance_tables import (
    OccurrenceCount,
    Searched,
    Sort,
    check_width,
    load_query,
    missing_note,
    sorted_rows,
)
from pdtool.interface.run import Streamed
from pdtool.language import counted, joined
from pdtool.output.layout import View
from pdtool.workers import started_early

if TYPE_CHECKING:
    from pdtool.concordance.query import Query

__all__ = ["HELP", "Sort", "kwic"]

HELP = f"""Show every occurrence of terms with what stands left and right of it.

\b
Examples:
  pdtool kwic reports/ --term 数字政府          one row per occurrence
  pdtool kwic reports/ --term "数字*" --sort right
  pdtool kwic reports/ --term "数字 AND (政府 OR 政务) NOT 游戏"
  pdtool kwic reports/ -d mine.yaml --theme 党建 -o quotes.xlsx
                                               behind a figure of themes
  pdtool kwic reports/ --terms words.txt --group-by year
  pdtool kwic reports/ --regex "数字\\p{{Han}}{{2}}"

{PATHS_HELP}

In a term ? is one character of the clause and * any number of them. A rule
(AND, OR, NOT, brackets) has a row for each sentence in which it holds; --within
takes paragraphs or sections. Regular expressions are those of RE2. start and
end cut the occurrence out of the text as it was read; the rest is shown
repaired. The rows are as many as pdtool themes counts.
"""


_ORDER = ("match", "left", "right", "doc", "term", "negated", "section", "theme", "quoted")
_SPARE = frozenset({"term", "negated", "quoted", "section", "theme", "start", "end", "sentence"})
"""Columns that a terminal shows where the context has all its room."""


def kwic(
    *,
    paths: Paths,
    term: Annotated[
        list[str] | None,
        typer.Option(metavar="TERM", help="A term, or a rule; give it several times for more."),
    ] = None,
    terms: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Terms, one per line (.txt), or a dictionary whatever its themes."),
    ] = None,
    dictionary: Annotated[
        str | None,
        typer.Option(
            "--dictionary", "-d", metavar="FILE", help="A theme dictionary (.yaml .csv .tsv .xlsx)."
        ),
    ] = None,
    theme: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this theme of the dictionary; likewise."),
    ] = None,
    regex: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="A regular expression; likewise."),
    ] = None,
    width: Annotated[int, typer.Option(metavar="N", help="Characters of context on either side.")] = 30,
    sort: Annotated[
        Sort | None,
        typer.Option(
            help="Sort by document, left or right context, date or term; else the first rows come at once.",
            show_default=False,
        ),
    ] = None,
    search: TermOptions,
    group: GroupOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the concordance; return the exit code."""
    check_width(width)
    target = table.target(run)
    fields = group.fields()
    searched = Searched(term or [], terms, dictionary, theme or [], regex or [])
    options = {
        "term": term,
        "terms": terms,
        "dictionary": dictionary,
        "theme": theme,
        "regex": regex,
        "width": width,
        "sort": sort,
        "group_by": list(fields),
        **search.described(),
        **asdict(body),
        **asdict(inputs),
    }
    files = [terms, dictionary, search.synonyms]
    read_options = group.reading(inputs.read_options())
    with started_early(run.jobs, paths, "pdtool.concordance.contexts") as early:
        from pdtool.concordance.contexts import Contexts, DocumentContexts
        from pdtool.concordance.rows import OccurrenceRow
        from pdtool.rows import columns

        header = columns(OccurrenceRow, fields)
        query, problems = load_query(searched, *search.rules(), search.load())
        contexts = Contexts(query, width, fields, body.with_references, sort is Sort.DATE)
        with open_session("kwic", options, read_options, run, target.path, files, early) as session:
            corpus = session.scan(paths)
            group.check(corpus)
            read, found = Streamed(), OccurrenceCount()
            streams = sort is None and target.path is None
            documents = session.stream(corpus, contexts, read, silent=streams)
            counted_documents = found.of(documents)
            rows = (
                chain.from_iterable(map(DocumentContexts.cells, counted_documents))
                if sort is None
                else sorted_rows(counted_documents, sort)
            )
            view = View(order=(*_ORDER, *fields), left="left", right="right", spare=_SPARE, streamed=streams)
            session.write_table(rows, header, target, view)
            session.end_if_empty(read.ids, [*problems, *read.problems])
            session.finish([*problems, *read.problems])
            _say(session, query, read, found)
    return session.exit_code


def _say(session: Session, query: Query, read: Streamed, found: OccurrenceCount) -> None:
    if said := missing_note(query, found):
        session.note(said)
    session.reporter.summary(joined([read.summary(), counted(found.rows, "occurrence")]))
