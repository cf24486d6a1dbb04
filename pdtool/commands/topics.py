"""``pdtool topics``: what a corpus is about, as groups of words that documents use together."""

from __future__ import annotations

import re
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

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
from pdtool.commands.session import open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.errors import UsageError
from pdtool.interface.topic_tables import (
    MOST_TOPICS,
    By,
    TopicTable,
    check_topic_numbers,
    read_words,
    row_kind,
    topic_rows,
    word_reader,
)
from pdtool.language import _, counted, joined
from pdtool.output.layout import View

if TYPE_CHECKING:
    from pdtool.topics.analysis import TopicAnalysis

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


class MethodChoice(StrEnum):
    """How topics are found."""

    LDA = "lda"
    NMF = "nmf"


VIEW = View(
    order=("topics", "topic", "rank", "term", "doc", "sentence", "share", "weight", "coherence", "stability"),
    wrapped=frozenset({"sentence"}),
)
"""What matters most on a narrow terminal."""


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
    from pdtool.topics.analysis import Pruning
    from pdtool.topics.models import Fitting, Method, check_installed

    by, fields = row_kind(by, group.fields())
    numbers = _numbers(number, by)
    check_topic_numbers(top, seed, runs)
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
    reader = word_reader(words.load(run.reporter()), synonyms.load(), by is By.SENTENCE, body.with_references)
    fittings = [Fitting(several, Method(method.value), seed) for several in numbers]
    read_options = group.reading(inputs.read_options())
    files = (*words.files, synonyms.synonyms)
    with open_session("topics", options, read_options, run, target.path, files) as session:
        corpus = session.scan(paths)
        group.check(corpus)
        found = read_words(session, corpus, reader, fields, copies.copies, pruning)
        for several in numbers:
            found.analysis.check(several, in_samples=by is By.MODEL)
        rows, header = topic_rows(session, found, reader, fittings, TopicTable(by, fields, top, runs))
        session.write_table(rows, header, target, VIEW)
        session.finish(found.problems())
        session.note_without_value(fields, found.groups)
        session.reporter.summary(joined([found.reading.summary(), _size(found.analysis, numbers)]))
    return session.exit_code


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
                _("{text!r} is no number of topics", text=text),
                _("--topics 10; with --by model 5-20 or 5,10,20"),
            )
        first, last, step = (None if one is None else int(one) for one in match.groups())
        assert first is not None
        if (first if last is None else max(first, last)) > MOST_TOPICS:
            raise UsageError(
                _(
                    "{text} topics are too many (at most {MOST_TOPICS:,})",
                    text=text,
                    MOST_TOPICS=MOST_TOPICS,
                ),
                _("--topics 10"),
            )
        found |= set(range(first, (first if last is None else last) + 1, step or 1))
    if not found:
        raise UsageError(
            _("there is no number of topics in {text!r}", text=text), _("put the smaller one first: 5-20")
        )
    if len(found) > 1 and by is not By.MODEL:
        raise UsageError(
            _("--topics {text} is several models", text=text),
            _("add --by model, or name one number of topics"),
        )
    return sorted(found)


def _size(analysis: TopicAnalysis, numbers: list[int]) -> str:
    models = counted(numbers[0], "topic") if len(numbers) == 1 else counted(len(numbers), "model")
    return _("{words}, {models}", words=counted(len(analysis.words), "word"), models=models)
