"""``pdtool topics``: what a corpus is about, as groups of words that documents use together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pdtool.commands.copies import CopyOptions
from pdtool.commands.option_groups import (
    PATHS_HELP,
    BodyOptions,
    GroupOptions,
    InputOptions,
    Paths,
    RunOptions,
    TableOptions,
)
from pdtool.commands.session import Reading, Session, open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import Problem, Severity, UsageError
from pdtool.interface.copies_once import dropped_copies, without
from pdtool.output.layout import View
from pdtool.output.messages import counted

if TYPE_CHECKING:
    from pdtool.documents.grouping import Group
    from pdtool.rows import Column
    from pdtool.topics.analysis import TopicAnalysis
    from pdtool.topics.document_words import DocumentWords, WordReader
    from pdtool.topics.models import Fitting

__all__ = ["HELP", "By", "MethodChoice", "topics"]

HELP = f"""Find topics: groups of words that documents use together.

\b
Examples:
  pdtool topics reports/ --topics 10            the words of ten topics
  pdtool topics reports/ --topics 10 --by document
  pdtool topics reports/ --topics 10 --group-by year
                                                how topics rise and fall
  pdtool topics reports/ --topics 10 --by sentence
                                                sentences that stand for them
  pdtool topics reports/ --topics 5-20 --by model
                                                how many there should be

{PATHS_HELP}

\b
Methods:
  lda   latent Dirichlet allocation
  nmf   non-negative matrix factorisation of TF-IDF weights

Every run gives the same. Topic 1 makes up most of the corpus.
"""


class By(StrEnum):
    """What one row of the table is."""

    TERM = "term"
    DOCUMENT = "document"
    GROUP = "group"
    SENTENCE = "sentence"
    MODEL = "model"


class MethodChoice(StrEnum):
    """How topics are found."""

    LDA = "lda"
    NMF = "nmf"


VIEW = View(
    order=("topics", "topic", "rank", "term", "doc", "sentence", "share", "weight", "coherence", "stability"),
    wrapped=frozenset({"sentence"}),
)
"""What matters most on a narrow terminal."""

_MOST_TOPICS = 1_000
_FOLDER = ("folder",)
"""What --by group groups by where nothing is said."""


def topics(
    *,
    paths: Paths,
    number: Annotated[
        str,
        typer.Option(
            "--topics", metavar="K", help="How many; with --by model several: 5-20, 5-50:5, 5,10,20."
        ),
    ] = "10",
    method: Annotated[MethodChoice, typer.Option(help="How they are found.")] = MethodChoice.LDA,
    by: Annotated[By, typer.Option(help="What one row is: a word of a topic, or …")] = By.TERM,
    group: GroupOptions,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="List N words of each topic (10 if not given), or N sentences (5).",
            show_default=False,
        ),
    ] = None,
    min_documents: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Leave out words of fewer documents; 2 if not given, of fewer than 20 documents 1.",
            show_default=False,
        ),
    ] = None,
    max_share: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Leave out words of a greater share of the documents; 0.7 if not given, of fewer than 20 "
            "documents 1.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Where random numbers begin.")] = 0,
    runs: Annotated[
        int, typer.Option(metavar="N", help="With --by model: samples by which stability is judged.")
    ] = 5,
    words: WordOptions,
    synonyms: SynonymOptions,
    copies: CopyOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the topics; return the exit code."""
    from pdtool.documents.grouping import WithGroup
    from pdtool.topics.analysis import Pruning, TopicAnalysis
    from pdtool.topics.models import Fitting, Method, check_installed

    by, fields = _by(by, group.fields())
    numbers = _numbers(number, by)
    _check(top, seed, runs)
    pruning = Pruning(min_documents, max_share)
    check_installed()
    target = table.target(run)
    options = {
        "topics": number,
        "method": method,
        "by": by,
        "group_by": list(fields),
        "top": top,
        "min_documents": min_documents,
        "max_share": max_share,
        "seed": seed,
        "runs": runs,
        **words.described(),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **asdict(copies),
        **asdict(body),
        **asdict(inputs),
    }
    reader = _reader(words, synonyms, by is By.SENTENCE, body, run)
    read_options = group.reading(inputs.read_options())
    files = (*words.files, synonyms.synonyms)
    with open_session("topics", options, read_options, run, target.path, files) as session:
        corpus = session.scan(paths)
        group.check(corpus)
        reading = without(
            session.read(corpus, WithGroup(reader, fields)), dropped_copies(session, corpus, copies.copies)
        )
        docs = [source.id for source in reading.sources]
        analysis = TopicAnalysis(docs, [found for _, found in reading.results], pruning)
        for several in numbers:
            analysis.check(several, in_samples=by is By.MODEL)
        fittings = [Fitting(several, Method(method.value), seed) for several in numbers]
        groups = [found for found, _ in reading.results]
        rows, header = _table(session, analysis, by, fittings, top, runs, reader, groups, fields)
        session.write_table(rows, header, target, VIEW)
        session.finish([*reading.problems, *_without_words(reading, analysis)])
        session.note_without_value(fields, groups)
        session.reporter.summary(f"{reading.summary()}; {_size(analysis, numbers)}")
    return session.exit_code


def _by(by: By, fields: tuple[str, ...]) -> tuple[By, tuple[str, ...]]:
    """Return what one row is, and what is grouped by."""
    if fields and by not in {By.TERM, By.GROUP}:
        raise UsageError(
            f"--group-by has one row per group and topic, and --by {by} another", "leave out one of them"
        )
    if by is By.GROUP or fields:
        return By.GROUP, fields or _FOLDER
    return by, ()


def _numbers(text: str, by: By) -> list[int]:
    """Return the numbers of topics that are asked for, ascending.

    Raises:
        UsageError: If it is no number, or several though the table is of one model.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,6})(?:-([0-9]{1,6})(?::([0-9]{1,6}))?)?\s*", part)
        if match is None:
            raise UsageError(
                f"{text!r} is no number of topics", "--topics 10; with --by model 5-20 or 5,10,20"
            )
        first, last, step = (None if one is None else int(one) for one in match.groups())
        assert first is not None
        if (first if last is None else max(first, last)) > _MOST_TOPICS:
            raise UsageError(f"{text} topics are too many (at most {_MOST_TOPICS:,})", "--topics 10")
        found |= set(range(first, (first if last is None else last) + 1, step or 1))
    if not found:
        raise UsageError(f"there is no number of topics in {text!r}", "put the smaller one first: 5-20")
    if len(found) > 1 and by is not By.MODEL:
        raise UsageError(f"--topics {text} is several models", "add --by model, or name one number of topics")
    return sorted(found)


def _check(top: int | None, seed: int, runs: int) -> None:
    if top is not None and top < 1:
        raise UsageError(f"cannot list {top} words", "use --top 10")
    if not 0 <= seed < 2**31:
        raise UsageError(f"a seed is a whole number from 0 on, not {seed}", "use --seed 0")
    if runs < 1:
        raise UsageError(f"stability takes at least 1 sample, not {runs}", "use --runs 5")


def _table(
    session: Session,
    analysis: TopicAnalysis,
    by: By,
    fittings: list[Fitting],
    top: int | None,
    runs: int,
    reader: WordReader,
    groups: list[Group],
    fields: tuple[str, ...],
) -> tuple[Iterator[Any], tuple[Column, ...]]:
    """Return the rows that were asked for, and their columns."""
    from pdtool.rows import columns
    from pdtool.topics.rows import DocumentRow, GroupRow, ModelRow, SentenceRow, TermRow

    rows: Iterator[Any]
    if by is By.MODEL:
        with session.progress() as progress:
            progress.stage("fitting models", len(fittings) * (runs + 1))
            rows = iter([analysis.model_row(how, runs, progress.advance) for how in fittings])
        return rows, columns(ModelRow)
    with session.progress() as progress:
        progress.stage("finding topics", 0)
        model = analysis.fit(fittings[0])
    match by:
        case By.DOCUMENT:
            return analysis.document_rows(model), columns(DocumentRow)
        case By.GROUP:
            return analysis.group_rows(model, groups), columns(GroupRow, fields)
        case By.SENTENCE:
            return analysis.sentence_rows(model, reader, top or 5), columns(SentenceRow)
        case _:
            return analysis.term_rows(model, top or 10), columns(TermRow)


def _reader(
    words: WordOptions, synonyms: SynonymOptions, with_body: bool, body: BodyOptions, run: RunOptions
) -> WordReader:
    """Return what reads the words of documents; words of synonyms are kept whole."""
    from pdtool.segment.content_words import ContentWords
    from pdtool.segment.userdict import UserTerm
    from pdtool.topics.document_words import WordReader

    terms, stop_words = words.load(run.reporter())
    alike = synonyms.load()
    whole = {entry.term: entry for entry in (*map(UserTerm, alike.first_of), *terms)}
    content = ContentWords.of(list(whole.values()), stop_words)
    return WordReader(content, alike, with_body, body.with_references)


def _without_words(reading: Reading[tuple[Group, DocumentWords]], analysis: TopicAnalysis) -> list[Problem]:
    """Warn of documents that hold no word of the model."""
    known = {problem.source for problem in reading.problems}
    filled = set(analysis.filled)
    return [
        Problem(
            source.name,
            f"holds no word that the model knows ({source.id}); it has no topics",
            severity=Severity.WARNING,
        )
        for place, source in enumerate(reading.sources)
        if place not in filled and source.name not in known
    ]


def _size(analysis: TopicAnalysis, numbers: list[int]) -> str:
    models = f"{numbers[0]} topics" if len(numbers) == 1 else counted(len(numbers), "model")
    return f"{counted(len(analysis.words), 'word')}, {models}"
