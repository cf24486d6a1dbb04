"""Everything about a corpus: what ``pdtool report`` writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, UsageError
from pdtool.interface.result import Paths, choice, named_paths, open_run, to_frame
from pdtool.interface.word_lists import load_synonyms_of, load_words
from pdtool.language import Language, _, listed

if TYPE_CHECKING:
    import pandas as pd

    from pdtool.corpus.scan import ReadOptions
    from pdtool.inspection.rows import InspectRow
    from pdtool.report.corpus_topics import TopicSettings
    from pdtool.report.model import Report
    from pdtool.report.settings import Settings
    from pdtool.reuse.options import DedupeOptions
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.dictionary import Dictionary
    from pdtool.terms.synonyms import Synonyms

__all__ = [
    "ReportResult",
    "check_report",
    "report",
    "report_date",
    "report_settings",
    "shown_settings",
]


@dataclass(frozen=True)
class ReportResult:
    """All analyses of a corpus.

    Args:
        made: What the page and the workbook show.
        problems: What could not be read, and warnings about what could.
    """

    made: Report
    problems: list[Problem]

    @property
    def rows(self) -> list[InspectRow]:
        """A row for each document, as ``inspect`` has it."""
        return list(self.made.tables["corpus"].rows)

    @property
    def tables(self) -> Mapping[str, list[Any]]:
        """The rows of every table, by its name."""
        return {key: list(table.rows) for key, table in self.made.tables.items()}

    def to_frame(self, table: str = "corpus") -> pd.DataFrame:
        """Return one of the tables as a data frame.

        Raises:
            UsageError: If there is no table of that name.
        """
        if table not in self.made.tables:
            raise UsageError(
                _("the report has no table {table!r}", table=table),
                _("one of {known}", known=listed(self.made.tables)),
            )
        return to_frame(self.made.tables[table].rows, self.made.tables[table].columns)

    def html(self, lang: str = "en") -> str:
        """Return the page.

        Args:
            lang: ``"en"`` or ``"zh"``.
        """
        from pdtool.report.html.page import page

        return page(self.made, choice(Language, lang, "lang"))

    def save(self, path: str | os.PathLike[str], lang: str = "en") -> None:
        """Write the page (.html) or the workbook (.xlsx).

        Raises:
            UsageError: If the suffix is neither.
            OutputError: If the file cannot be written.
        """
        from pdtool.output.sink import open_file
        from pdtool.report.sheets import report_workbook

        file = Path(path)
        if file.suffix.lower() not in {".html", ".htm", ".xlsx"}:
            raise UsageError(
                _("{file}: the name does not say what to write", file=file), _("report.html, or report.xlsx")
            )
        with open_file(file) as out:
            if file.suffix.lower() == ".xlsx":
                report_workbook(self.made, out, lambda _: None)
            else:
                out.write(self.html(lang).encode())


def check_report(top: int, topics: int | None) -> None:
    """Refuse numbers out of their range, and topics without the library that finds them.

    Args:
        top: Keywords of each document.
        topics: How many topics are found; ``None``: they are not.

    Raises:
        UsageError: If a number is out of its range.
        PdtoolError: If scikit-learn is not installed.
    """
    if top < 1:
        raise UsageError(_("cannot list {top} keywords", top=top), _("use --top 10"))
    if topics is not None:
        from pdtool.interface.topic_tables import check_topic_count
        from pdtool.topics.models import check_installed

        check_topic_count(topics)
        check_installed()


def shown_settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that a page shows: those that were set, or say something."""
    shown = {option: value for option, value in options.items() if value is not None}
    if shown.get("builtin_stopwords"):
        del shown["builtin_stopwords"]
    return shown


def report_settings(
    dictionary: Dictionary,
    reuse: DedupeOptions,
    top: int,
    jobs: int,
    words: tuple[Sequence[UserTerm], frozenset[str]],
    synonyms: Synonyms,
    topics: int | None = None,
) -> Settings:
    """Return what decides the results of a report.

    Args:
        dictionary: The themes.
        reuse: How reuse is found.
        top: Keywords of each document.
        jobs: Worker processes; 0 takes as many as there are processors.
        words: The user's dictionary, and all stop words.
        synonyms: Words that are counted as one.
        topics: How many topics are found; ``None``: they are not.
    """
    from pdtool.interface.keyword_options import Method, ranker_settings
    from pdtool.report.settings import Settings
    from pdtool.similarity.compare import CompareOptions
    from pdtool.workers import processors

    ranker = ranker_settings(Method.PHRASE, "rjieba", words, synonyms)
    compared = CompareOptions(jobs=jobs or processors())
    found = None if topics is None else _topic_settings(topics, words, synonyms)
    return Settings(dictionary, ranker, reuse, compared, top, jobs, synonyms, found)


def _topic_settings(
    topics: int, words: tuple[Sequence[UserTerm], frozenset[str]], synonyms: Synonyms
) -> TopicSettings:
    from pdtool.interface.topic_tables import word_reader
    from pdtool.report.corpus_topics import TopicSettings
    from pdtool.topics.models import Fitting

    return TopicSettings(word_reader(words, synonyms, with_body=True, with_references=False), Fitting(topics))


def report_date() -> str:
    """Return the time, or the one that ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) gives."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isascii() and epoch.isdigit() and len(epoch) < 12
    moment = datetime.fromtimestamp(int(epoch), tz=UTC) if given else datetime.now(tz=UTC)
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def report(
    paths: Paths,
    *,
    title: str | None = None,
    threshold: float = 0.5,
    min_passage: int = 30,
    top: int = 10,
    dictionary: str | os.PathLike[str] | None = None,
    topics: int | None = None,
    userdict: str | os.PathLike[str] | None = None,
    stopwords: str | os.PathLike[str] | None = None,
    builtin_stopwords: bool = True,
    synonyms: str | os.PathLike[str] | None = None,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> ReportResult:
    """Analyse a corpus in every way: ``pdtool report``.

    Args:
        paths: Files, folders, patterns.
        title: What the page is called; the names of the paths if not given.
        threshold: A pair is related from this containment on, 0 to 1.
        min_passage: Agreeing passages that are shorter are ignored, at least 5 characters.
        top: Keywords of each document.
        dictionary: The themes (.yaml .csv .tsv .xlsx); ``None``: the built-in dictionary.
        topics: Find this many topics too, as :func:`pdtool.topics` does. Takes scikit-learn.
        userdict: A file of words that stay whole, in jieba's format.
        stopwords: A file of more words that are left out, one a line.
        builtin_stopwords: Whether the built-in stop words are left out too.
        synonyms: A file of words that are counted as one.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If an argument is out of its range.
        InputError: If no document could be read.
    """
    from pdtool import __version__
    from pdtool.report.analyses import analyse
    from pdtool.report.build import build
    from pdtool.report.model import Facts
    from pdtool.reuse.options import DedupeOptions
    from pdtool.terms.load import load_dictionary

    check_report(top, topics)
    reuse = DedupeOptions(threshold=threshold, min_passage=min_passage, jobs=jobs)
    themes, remarks = load_dictionary(None if dictionary is None else os.fspath(dictionary))
    alike = load_synonyms_of(synonyms)
    options = {
        "threshold": threshold,
        "min_passage": min_passage,
        "top": top,
        "dictionary": themes.name,
        "topics": topics,
        **{
            name: None if file is None else os.fspath(file)
            for name, file in (("userdict", userdict), ("stopwords", stopwords), ("synonyms", synonyms))
        },
        "builtin_stopwords": builtin_stopwords,
    }
    with open_run(paths, read, jobs) as (run, corpus):
        run.keep_if_small(corpus)
        words = load_words(userdict, stopwords, builtin_stopwords, run.note)
        analyses = analyse(corpus, report_settings(themes, reuse, top, jobs, words, alike, topics))
        problems = [*remarks, *analyses.problems]
        run.end_if_empty(analyses.sources, problems)
        name = title or listed(dict.fromkeys(Path(path).name or str(path) for path in named_paths(paths)))
        facts = Facts(name, __version__, report_date(), shown_settings(options), {})
        return ReportResult(build(analyses, facts, problems), problems)
