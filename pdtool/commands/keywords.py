"""``pdtool keywords``: what each document, or the whole corpus, is about."""

from __future__ import annotations

from dataclasses import asdict, replace
from enum import StrEnum
from typing import Annotated

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
from pdtool.commands.session import open_session
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import WordOptions
from pdtool.interface.keyword_options import KeywordOptions, Level, Method, ranker_settings
from pdtool.interface.keyword_tables import KeywordTable, find_keywords
from pdtool.language import _, counted, joined
from pdtool.output.layout import View
from pdtool.workers import started_early

__all__ = ["HELP", "Level", "Method", "SegmenterChoice", "keywords"]

HELP = f"""Find what each document, or the whole corpus, is about.

\b
Examples:
  pdtool keywords reports/                        ten keywords per document
  pdtool keywords reports/ --top 5 -o words.xlsx  five, for Excel
  pdtool keywords reports/ --level corpus         of all documents together
  pdtool keywords reports/ --group-by year        of each year
  pdtool keywords new/ --method keyness --against archive/
                                                  what is said more there
  pdtool keywords reports/ --userdict terms.txt   keep your terms whole

{PATHS_HELP}

\b
Methods:
  phrase    phrases of one to four words, as authors choose their keywords
  tfidf     single words, by frequency and rarity
  textrank  single words, by the company they keep
  keyness   phrases that are more frequent here than in --against

Text is repaired first. Title, authors, references and the keywords that a
paper declares are not counted as text; declared ones are marked.
"""


class SegmenterChoice(StrEnum):
    """What cuts the words."""

    RJIEBA = "rjieba"
    JIEBA = "jieba"


VIEW = View(
    order=(
        *("keyword", "doc", "rank", "score", "count", "log_ratio", "count_reference", "q"),
        *("declared", "in_title"),
    )
)
"""What matters most on a narrow terminal."""


def keywords(
    *,
    paths: Paths,
    method: Annotated[Method, typer.Option(help="How keywords are ranked.")] = Method.PHRASE,
    top: Annotated[int, typer.Option(metavar="N", help="List the N best of each document.")] = 10,
    level: Annotated[
        Level, typer.Option(help="Keywords of each document, or of all together.")
    ] = Level.DOCUMENT,
    group: GroupOptions,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CORPUS", help="With --method keyness: the documents to compare with. Repeatable."
        ),
    ] = None,
    nested: Annotated[
        bool, typer.Option("--nested/--no-nested", help="List a phrase and a part of it both, or the better.")
    ] = True,
    segmenter: Annotated[
        SegmenterChoice, typer.Option(help="What cuts words; both give the same, jieba much slower.")
    ] = SegmenterChoice.RJIEBA,
    words: WordOptions,
    synonyms: SynonymOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write the keywords; return the exit code."""
    target = table.target(run)
    reference = against or []
    fields = group.fields()
    options = {
        "method": method,
        "top": top,
        "level": level,
        "group_by": list(fields),
        "against": reference,
        "nested": nested,
        "segmenter": segmenter,
        **words.described(),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **asdict(body),
        **asdict(inputs),
    }
    read_options = group.reading(inputs.read_options())
    files = (*words.files, synonyms.synonyms)
    with started_early(run.jobs, paths, "pdtool.keywords.tasks") as early:
        from pdtool.keywords.tasks import TextChoice

        text = TextChoice(body.with_references, synonyms.load())
        settings = ranker_settings(method, segmenter.value, words.load(run.reporter()), text.synonyms)
        wanted = KeywordOptions(method, settings, top, level, fields, reference, nested, text)
        wanted.check(paths)
        with open_session("keywords", options, read_options, run, target.path, files, early) as session:
            corpus = session.scan(paths)
            group.check(corpus)
            found = find_keywords(session, corpus, wanted)
            view = replace(VIEW, order=(*fields, *VIEW.order))
            session.write_table(found.rows, found.columns, target, view)
            session.finish(found.problems)
            session.note_without_value(fields, found.groups)
            session.reporter.summary(_summary(found))
    return session.exit_code


def _summary(found: KeywordTable) -> str:
    read = counted(len(found.reading.sources), "document")
    if found.compared:
        read = _("{documents} compared with {number:,}", documents=read, number=found.compared)
    characters = counted(found.reading.characters, "character")
    read = _("{documents}, {characters}", documents=read, characters=characters)
    return joined([read, counted(len(found.rows), "keyword")])
