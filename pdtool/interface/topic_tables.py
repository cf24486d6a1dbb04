"""What a corpus is about, as topics: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, Severity, UsageError
from pdtool.interface.copies_once import Copies, dropped_copies, without
from pdtool.interface.result import GroupBy, Paths, Result, choice, grouping, open_run
from pdtool.interface.run import Reading, Run
from pdtool.interface.word_lists import load_synonyms_of, load_words
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.documents.grouping import Group
    from pdtool.rows import Column
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.synonyms import Synonyms
    from pdtool.topics.analysis import Pruning, TopicAnalysis
    from pdtool.topics.document_words import DocumentWords, WordReader
    from pdtool.topics.models import Fitting
    from pdtool.topics.rows import DocumentRow, GroupRow, ModelRow, SentenceRow, TermRow

__all__ = [
    "MOST_TOPICS",
    "By",
    "ReadWords",
    "TopicTable",
    "check_topic_count",
    "check_topic_numbers",
    "read_words",
    "row_kind",
    "topic_rows",
    "topics",
    "word_reader",
]


class By(StrEnum):
    """What one row of the table is."""

    TERM = "term"
    DOCUMENT = "document"
    GROUP = "group"
    SENTENCE = "sentence"
    MODEL = "model"


MOST_TOPICS = 1_000
"""Topics of a model at most."""
_FOLDER = ("folder",)
"""What --by group groups by where nothing is said."""


@dataclass(frozen=True, slots=True)
class TopicTable:
    """Which table of topics is wanted.

    Args:
        by: What one row is.
        fields: What documents are grouped by, if a row is a group.
        top: Words of each topic, or sentences; ``None``: 10, or 5.
        runs: Samples by which the stability of a model is judged.
    """

    by: By
    fields: tuple[str, ...]
    top: int | None
    runs: int


@dataclass(frozen=True, slots=True)
class ReadWords:
    """The words of a corpus, ready for models.

    Args:
        analysis: What fits models to them.
        reading: The documents that count.
        groups: The group of each.
    """

    analysis: TopicAnalysis
    reading: Reading[tuple[Group, DocumentWords]]
    groups: list[Group]

    def problems(self) -> list[Problem]:
        """Return what is to be said of the documents, those without a word of the model among them."""
        known = {problem.source for problem in self.reading.problems}
        filled = set(self.analysis.filled)
        empty = [
            Problem(
                source.name,
                _("holds no word that the model knows ({doc}); it has no topics", doc=source.id),
                severity=Severity.WARNING,
            )
            for place, source in enumerate(self.reading.sources)
            if place not in filled and source.name not in known
        ]
        return [*self.reading.problems, *empty]


def row_kind(by: By, fields: tuple[str, ...]) -> tuple[By, tuple[str, ...]]:
    """Return what one row is, and what is grouped by.

    Raises:
        UsageError: If both contradict each other.
    """
    if fields and by not in {By.TERM, By.GROUP}:
        raise UsageError(
            _("--group-by has one row per group and topic, and --by {by} another", by=by),
            _("leave out one of them"),
        )
    if by is By.GROUP or fields:
        return By.GROUP, fields or _FOLDER
    return by, ()


def check_topic_numbers(top: int | None, seed: int, runs: int) -> None:
    """Refuse numbers out of their range.

    Raises:
        UsageError: If there are such.
    """
    if top is not None and top < 1:
        raise UsageError(_("cannot list {top} words", top=top), _("use --top 10"))
    if not 0 <= seed < 2**31:
        raise UsageError(_("a seed is a whole number from 0 on, not {seed}", seed=seed), _("use --seed 0"))
    if runs < 1:
        raise UsageError(_("stability takes at least 1 sample, not {runs}", runs=runs), _("use --runs 5"))


def check_topic_count(topics: int) -> None:
    """Refuse a number of topics that no model has.

    Raises:
        UsageError: If there are fewer than two, or more than a thousand.
    """
    if topics < 2:
        raise UsageError(_("a model has at least 2 topics, not {topics}", topics=topics), _("--topics 10"))
    if topics > MOST_TOPICS:
        raise UsageError(
            _(
                "{text} topics are too many (at most {MOST_TOPICS:,})",
                text=topics,
                MOST_TOPICS=MOST_TOPICS,
            ),
            _("--topics 10"),
        )


def word_reader(
    words: tuple[Sequence[UserTerm], frozenset[str]],
    alike: Synonyms,
    with_body: bool,
    with_references: bool,
) -> WordReader:
    """Return what reads the words of documents; words of synonyms are kept whole.

    Args:
        words: The user's dictionary, and all stop words.
        alike: Words that are counted as one.
        with_body: Whether the text is kept, for tables of sentences.
        with_references: Whether references, notes and the like are counted as text.
    """
    from pdtool.segment.content_words import ContentWords
    from pdtool.segment.userdict import UserTerm
    from pdtool.topics.document_words import WordReader

    terms, stop_words = words
    whole = {entry.term: entry for entry in (*map(UserTerm, alike.first_of), *terms)}
    content = ContentWords.of(list(whole.values()), stop_words)
    return WordReader(content, alike, with_body, with_references)


def read_words(
    run: Run,
    corpus: Corpus,
    reader: WordReader,
    fields: tuple[str, ...],
    copies: Copies,
    pruning: Pruning,
) -> ReadWords:
    """Read the words of a corpus.

    Args:
        run: What reads it.
        corpus: What was scanned.
        reader: What reads the words of a document.
        fields: What documents are grouped by.
        copies: Whether copies count.
        pruning: Which words the model knows.
    """
    from pdtool.documents.grouping import WithGroup
    from pdtool.topics.analysis import TopicAnalysis

    reading = without(run.read(corpus, WithGroup(reader, fields)), dropped_copies(run, corpus, copies))
    docs = [source.id for source in reading.sources]
    analysis = TopicAnalysis(docs, [found for _, found in reading.results], pruning)
    return ReadWords(analysis, reading, [group for group, _ in reading.results])


def topic_rows(
    run: Run, words: ReadWords, reader: WordReader, fittings: Sequence[Fitting], table: TopicTable
) -> tuple[Iterator[Any], tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns.

    Args:
        run: Shows how far the work has come.
        words: The words of the corpus.
        reader: What read them.
        fittings: How each model is fitted; one unless a row is a model.
        table: Which table is wanted.
    """
    from pdtool.rows import columns
    from pdtool.topics.rows import DocumentRow, GroupRow, ModelRow, SentenceRow, TermRow

    analysis = words.analysis
    rows: Iterator[Any]
    if table.by is By.MODEL:
        with run.progress() as progress:
            progress.stage(_("fitting models"), len(fittings) * (table.runs + 1))
            rows = iter([analysis.model_row(how, table.runs, progress.advance) for how in fittings])
        return rows, columns(ModelRow)
    with run.progress() as progress:
        progress.stage(_("finding topics"), 0)
        model = analysis.fit(fittings[0])
    match table.by:
        case By.DOCUMENT:
            return analysis.document_rows(model), columns(DocumentRow)
        case By.GROUP:
            return analysis.group_rows(model, words.groups), columns(GroupRow, table.fields)
        case By.SENTENCE:
            return analysis.sentence_rows(model, reader, table.top or 5), columns(SentenceRow)
        case _:
            return analysis.term_rows(model, table.top or 10), columns(TermRow)


def topics(
    paths: Paths,
    number: int | Sequence[int] = 10,
    *,
    method: str = "lda",
    by: str = "term",
    group_by: GroupBy = None,
    top: int | None = None,
    min_documents: int | None = None,
    max_share: float | None = None,
    seed: int = 0,
    runs: int = 5,
    userdict: str | os.PathLike[str] | None = None,
    stopwords: str | os.PathLike[str] | None = None,
    builtin_stopwords: bool = True,
    synonyms: str | os.PathLike[str] | None = None,
    copies: str = "all",
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[TermRow | DocumentRow | GroupRow | SentenceRow | ModelRow]:
    """Find topics: ``pdtool topics``. Takes the extra ``topics``.

    Args:
        paths: Files, folders, patterns.
        number: How many topics; several numbers with ``by="model"``, to be compared.
        method: ``"lda"``, latent Dirichlet allocation, or ``"nmf"``, non-negative matrix factorisation.
        by: What one row is: a ``"term"`` of a topic, a topic of a ``"document"`` or, with ``group_by``, of a
            ``"group"``, a ``"sentence"`` that stands for a topic, or a ``"model"``.
        group_by: The topics of each year, issuer or other group of documents.
        top: Words of each topic (10 if not given), or sentences (5).
        min_documents: Leave out words of fewer documents.
        max_share: Leave out words of a greater share of the documents.
        seed: Where random numbers begin.
        runs: With ``by="model"``: samples by which stability is judged.
        userdict: A file of words that stay whole, in jieba's format.
        stopwords: A file of more words that are left out.
        builtin_stopwords: Whether the built-in stop words are left out too.
        synonyms: A file of words that are counted as one.
        copies: ``"once"``: of copies of one document only the one counts that ``dedupe`` keeps.
        with_references: Whether references, notes and the like are counted as text.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If arguments contradict each other, or the extra is not installed.
        InputError: If no document could be read.
    """
    from pdtool.topics.analysis import Pruning
    from pdtool.topics.models import Fitting, Method, check_installed

    shown, fields = row_kind(choice(By, by, "by"), grouping(group_by))
    numbers = [number] if isinstance(number, int) else sorted(set(number))
    if not numbers or (len(numbers) > 1 and shown is not By.MODEL):
        raise UsageError(
            _("{n} numbers of topics are several models", n=len(numbers)), _("one number, or by='model'")
        )
    check_topic_numbers(top, seed, runs)
    check_installed()
    fittings = [Fitting(several, choice(Method, method, "method"), seed) for several in numbers]
    with open_run(paths, read, jobs, fields) as (run, corpus):
        told = load_words(userdict, stopwords, builtin_stopwords, run.note)
        reader = word_reader(told, load_synonyms_of(synonyms), shown is By.SENTENCE, with_references)
        pruning = Pruning(min_documents, max_share)
        words = read_words(run, corpus, reader, fields, choice(Copies, copies, "copies"), pruning)
        for several in numbers:
            words.analysis.check(several, in_samples=shown is By.MODEL)
        rows, header = topic_rows(run, words, reader, fittings, TopicTable(shown, fields, top, runs))
        run.note_without_value(fields, words.groups)
        return run.result(rows, header, words.problems(), words.reading)
