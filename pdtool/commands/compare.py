"""``pdtool compare``: how alike documents are, and on what words."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

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
from pdtool.commands.term_options import SynonymOptions
from pdtool.commands.word_options import UserDictOptions
from pdtool.errors import Problem, Severity, UsageError
from pdtool.language import _, counted, joined
from pdtool.output.layout import View

if TYPE_CHECKING:
    from pdtool.commands.session import Reading
    from pdtool.documents.document import Document
    from pdtool.documents.grouping import Group
    from pdtool.output.target import Target
    from pdtool.similarity.compare import CompareOptions, Side, Similarities
    from pdtool.text.bags import Bag

__all__ = ["HELP", "FeatureKind", "compare"]

HELP = f"""Show how alike documents are, and on what words.

\b
Examples:
  pdtool compare reports/                       every pair, most alike first
  pdtool compare reports/ --nearest 3           the three closest to each
  pdtool compare new.txt --against archive/     a new one and what it is like
  pdtool compare reports/ --matrix -o sim.xlsx  documents by documents
  pdtool compare news.csv --text-column 正文    one document per row
  pdtool compare plans/ --group-by issuer       issuers, each as one text

{PATHS_HELP}

The similarity is the cosine of TF-IDF vectors: 0 no common word, 1 the same words. It shows what is about
the same things, in whatever order and length; pdtool dedupe shows what was copied. Title, authors, declared
keywords and references are not compared, the abstract is.

Up to 200 documents every pair is listed, beyond that the 10 nearest of each.
"""

VIEW = View(
    order=("doc_a", "doc_b", "group_a", "group_b", "similarity", "shared_terms"),
    wrapped=frozenset({"shared_terms"}),
)
"""What matters most on a narrow terminal."""
_JOINED = "; "
"""What stands between the values of a group in its name."""


class FeatureKind(StrEnum):
    """What documents are compared by."""

    WORDS = "words"
    CHARS = "chars"


def compare(
    *,
    paths: Paths,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CORPUS", help="Compare with these documents, not with one another. Repeatable."
        ),
    ] = None,
    group: GroupOptions,
    features: Annotated[
        FeatureKind, typer.Option(help="Compare by words, or by characters and pairs of them.")
    ] = FeatureKind.WORDS,
    nearest: Annotated[
        int | None, typer.Option(metavar="K", help="List the K nearest of each document.", show_default=False)
    ] = None,
    min_similarity: Annotated[
        float, typer.Option(metavar="NUMBER", help="List no pair below this, 0 to 1.")
    ] = 0.0,
    top_terms: Annotated[
        int, typer.Option(metavar="N", help="Name the N terms that make a pair alike; 0 names none.")
    ] = 10,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="A table of documents by documents instead of one row per pair.")
    ] = False,
    words: UserDictOptions,
    synonyms: SynonymOptions,
    body: BodyOptions,
    table: TableOptions,
    inputs: InputOptions,
    run: RunOptions,
) -> int:
    """Write how alike documents are; return the exit code."""
    from pdtool.documents.grouping import WithGroup
    from pdtool.segment.packed import pack_terms
    from pdtool.segment.userdict import UserTerm
    from pdtool.similarity.compare import CompareOptions, Similarities
    from pdtool.similarity.features import FeatureCounter, Features
    from pdtool.workers import processors

    wanted = CompareOptions(nearest, min_similarity, top_terms, run.jobs or processors())
    target = table.target(run)
    reference = against or []
    _check(matrix, wanted, "-" in paths and "-" in reference)
    fields = group.fields()
    alike = synonyms.load()
    packed = pack_terms([*words.load_terms(run.reporter()), *map(UserTerm, alike.first_of)])
    counter: Callable[[Document], Any] = FeatureCounter(
        Features(features.value), body.with_references, packed, alike
    )
    if fields:
        counter = WithGroup(counter, fields)
    options = {
        "against": reference,
        "group_by": list(fields),
        "features": features,
        "matrix": matrix,
        "userdict": None if words.userdict is None else str(words.userdict),
        "synonyms": None if synonyms.synonyms is None else str(synonyms.synonyms),
        **{name: value for name, value in asdict(wanted).items() if name != "jobs"},
        **asdict(body),
        **asdict(inputs),
    }
    read_options, files = group.reading(inputs.read_options()), (words.userdict, synonyms.synonyms)
    with open_session("compare", options, read_options, run, target.path, files) as session:
        corpus = session.scan(paths)
        group.check(corpus)
        reading, groups = _apart(session.read(corpus, counter), fields)
        old, old_groups = (
            _apart(session.read_reference(reference, counter), fields) if reference else (None, [])
        )
        side = _grouped(reading, groups, "a") if fields else _side(reading)
        other = None if old is None else _grouped(old, old_groups, "b") if fields else _side(old)
        similarities = Similarities(side, other)
        _write_table(session, similarities, wanted, matrix, target, grouped=bool(fields))
        problems = [*reading.problems, *(old.problems if old else []), *_without_words(reading, old)]
        session.finish(problems)
        session.note_without_value(fields, [*groups, *old_groups])
        if not matrix and nearest is None:
            _note_limit(session, similarities.listed_nearest(wanted))
        session.reporter.summary(_summary(reading, old))
    return session.exit_code


def _check(matrix: bool, wanted: CompareOptions, twice: bool) -> None:
    """Refuse options that contradict each other, and standard input that is to be read twice."""
    if matrix and (wanted.nearest is not None or wanted.min_similarity > 0):
        raise UsageError(
            _("--matrix holds every pair; --nearest and --min-similarity choose among pairs"),
            _("leave out one of them"),
        )
    if twice:
        raise UsageError(_("standard input can be read only once"), _("name a file for one of the two"))


def _note_limit(session: Session, listed: int | None) -> None:
    """Say that only the nearest documents are listed, if so."""
    from pdtool.similarity.compare import EVERY_PAIR_UP_TO

    if listed is not None:
        session.reporter.note(
            _(
                "of more than {EVERY_PAIR_UP_TO} documents the {number} nearest of each are "
                "listed (--nearest K for another number)",
                EVERY_PAIR_UP_TO=EVERY_PAIR_UP_TO,
                number=listed,
            )
        )


def _side(reading: Reading[Bag]) -> Side:
    from pdtool.similarity.compare import Side

    keys = [(os.path.realpath(source.path), source.start) for source in reading.sources]
    return Side([source.id for source in reading.sources], reading.results, keys)


def _apart(reading: Reading[Any], fields: tuple[str, ...]) -> tuple[Reading[Bag], list[Group]]:
    """Return the features of each document, and its group."""
    if not fields:
        return reading, []
    groups = [group for group, _ in reading.results]
    return replace(reading, results=[bag for _, bag in reading.results]), groups


def _grouped(reading: Reading[Bag], groups: Sequence[Group], name: str) -> Side:
    """Return the groups as documents: the features of their members together.

    Args:
        reading: The features of each document.
        groups: The group of each.
        name: The name of the side: a group may be on both.
    """
    from pdtool.similarity.compare import Side
    from pdtool.text.bags import Bag

    members: dict[Group, list[Bag]] = {}
    for group, bag in zip(groups, reading.results, strict=True):
        members.setdefault(group, []).append(bag)
    ordered = sorted(members)
    return Side(
        [_JOINED.join(group) for group in ordered],
        [Bag.merged(members[group]) for group in ordered],
        [(name, group) for group in ordered],
    )


def _write_table(
    session: Session,
    similarities: Similarities,
    wanted: CompareOptions,
    matrix: bool,
    target: Target,
    *,
    grouped: bool,
) -> None:
    from pdtool.rows import columns
    from pdtool.similarity.compare import matrix_table
    from pdtool.similarity.rows import SimilarityRow

    if matrix:
        header, rows = matrix_table(similarities.matrix())
        first = replace(header[0], name="group") if grouped else header[0]
        session.write_table(rows, (first, *header[1:]), target)
        return
    named = columns(SimilarityRow)
    if grouped:
        named = tuple(replace(one, name=one.name.replace("doc_", "group_")) for one in named)
    session.write_table(similarities.rows(wanted), named, target, VIEW)


def _without_words(*readings: Reading[Bag] | None) -> list[Problem]:
    """Warn of documents that have text but none of what is compared."""
    return [
        Problem(source.name, _("has no words to compare; its similarities are 0"), severity=Severity.WARNING)
        for reading in readings
        if reading is not None
        for source, counts in zip(reading.sources, reading.results, strict=True)
        if not counts and not any(problem.source == source.name for problem in reading.problems)
    ]


def _summary(reading: Reading[Bag], old: Reading[Bag] | None) -> str:
    if old is not None:
        read = _(
            "{documents} compared with {number:,}",
            documents=counted(len(reading.sources), "document"),
            number=len(old.sources),
        )
        return joined([read, counted(reading.characters + old.characters, "character")])
    return joined([reading.summary(), _("it takes two to compare") if len(reading.sources) == 1 else ""])
