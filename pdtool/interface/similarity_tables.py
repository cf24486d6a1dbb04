"""How alike documents are: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, Severity, UsageError
from pdtool.interface.result import GroupBy, Paths, Result, choice, grouping, named_paths, open_run
from pdtool.interface.run import Reading, Run
from pdtool.interface.word_lists import load_synonyms_of, load_user_terms
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.documents.grouping import Group
    from pdtool.rows import Column
    from pdtool.segment.userdict import UserTerm
    from pdtool.similarity.compare import Side, Similarities
    from pdtool.similarity.features import FeatureCounter, Features
    from pdtool.similarity.rows import SimilarityRow
    from pdtool.terms.synonyms import Synonyms
    from pdtool.text.bags import Bag

__all__ = [
    "Compared",
    "compare",
    "compare_documents",
    "feature_counter",
    "note_limit",
    "refuse_standard_input_twice",
    "similarity_columns",
    "similarity_matrix",
]

_JOINED = "; "
"""What stands between the values of a group in its name."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Documents, or groups of them, that were compared.

    Args:
        similarities: How alike they are.
        reading: The documents.
        old: Those they were compared with; ``None``: one another.
        groups: The group of each document of both sides; nothing if they are not grouped.
        problems: What is to be said of them.
    """

    similarities: Similarities
    reading: Reading[Bag]
    old: Reading[Bag] | None
    groups: list[Group]
    problems: list[Problem]


def feature_counter(
    features: Features, with_references: bool, terms: Sequence[UserTerm], synonyms: Synonyms
) -> FeatureCounter:
    """Return what counts that by which documents are compared.

    Args:
        features: Words, or characters.
        with_references: Whether references, notes and the like are compared too.
        terms: The user's dictionary.
        synonyms: Words that are counted as one; those that stand for others stay whole.
    """
    from pdtool.segment.packed import pack_terms
    from pdtool.segment.userdict import UserTerm
    from pdtool.similarity.features import FeatureCounter

    packed = pack_terms([*terms, *map(UserTerm, synonyms.first_of)])
    return FeatureCounter(features, with_references, packed, synonyms)


def compare_documents(
    run: Run,
    corpus: Corpus,
    against: Sequence[str | os.PathLike[str]],
    counter: FeatureCounter,
    fields: tuple[str, ...] = (),
) -> Compared:
    """Compare the documents of a corpus with one another, or with others.

    Args:
        run: What reads them.
        corpus: What was scanned.
        against: Paths of the others, if any.
        counter: What they are compared by.
        fields: What documents are grouped by: each group is one text.
    """
    from pdtool.similarity.compare import Similarities

    counting: Any = counter
    if fields:
        from pdtool.documents.grouping import WithGroup

        counting = WithGroup(counter, fields)
    reading, groups = _apart(run.read(corpus, counting), fields)
    old, old_groups = _apart(run.read_reference(against, counting), fields) if against else (None, [])
    side = _grouped(reading, groups, "a") if fields else _side(reading)
    other = None if old is None else _grouped(old, old_groups, "b") if fields else _side(old)
    problems = [*reading.problems, *(old.problems if old else []), *_without_words(reading, old)]
    return Compared(Similarities(side, other), reading, old, [*groups, *old_groups], problems)


def similarity_columns(fields: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of pairs: of documents, or of groups of them."""
    from pdtool.rows import columns
    from pdtool.similarity.rows import SimilarityRow

    named = columns(SimilarityRow)
    if not fields:
        return named
    return tuple(replace(one, name=one.name.replace("doc_", "group_")) for one in named)


def similarity_matrix(
    similarities: Similarities, fields: tuple[str, ...]
) -> tuple[tuple[Column, ...], Iterable[Any]]:
    """Return the columns and rows of the table of documents by documents, or of groups by groups."""
    from pdtool.similarity.compare import matrix_table

    header, rows = matrix_table(similarities.matrix())
    first = replace(header[0], name="group") if fields else header[0]
    return (first, *header[1:]), rows


def compare(
    paths: Paths,
    *,
    against: Paths = (),
    features: str = "words",
    nearest: int | None = None,
    min_similarity: float = 0.0,
    top_terms: int = 10,
    group_by: GroupBy = None,
    userdict: str | os.PathLike[str] | None = None,
    synonyms: str | os.PathLike[str] | None = None,
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[SimilarityRow]:
    """Show how alike documents are, and on what words: ``pdtool compare``.

    Args:
        paths: Files, folders, patterns.
        against: Compare with these documents, not with one another.
        features: ``"words"``, or ``"chars"`` for characters and pairs of them.
        nearest: The number of neighbours of each document that are listed; ``None``: every pair up to 200
            documents, the 10 nearest of each beyond.
        min_similarity: List no pair below this, 0 to 1.
        top_terms: How many terms to name that make a pair alike.
        group_by: Compare years, issuers or other groups of documents, each as one text.
        userdict: A file of words that stay whole, in jieba's format.
        synonyms: A file of words that are counted as one.
        with_references: Whether references, notes and the like are compared too.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Returns:
        The pairs, most alike first; with ``group_by`` their columns are ``group_a`` and ``group_b``.

    Raises:
        UsageError: If an argument is out of its range.
        InputError: If no document could be read.

    >>> first = compare("seeds").rows[0]
    >>> first.doc_a[:3], first.doc_b[:3], round(first.similarity, 1)
    ('000', '004', 0.7)
    """
    from pdtool.similarity.compare import CompareOptions
    from pdtool.similarity.features import Features
    from pdtool.workers import processors

    fields, kind = grouping(group_by), choice(Features, features, "features")
    reference = named_paths(against)
    refuse_standard_input_twice(named_paths(paths), reference)
    wanted = CompareOptions(nearest, min_similarity, top_terms, jobs or processors())
    with open_run(paths, read, jobs, fields) as (run, corpus):
        terms = load_user_terms(userdict, run.note)
        counter = feature_counter(kind, with_references, terms, load_synonyms_of(synonyms))
        found = compare_documents(run, corpus, reference, counter, fields)
        run.note_without_value(fields, found.groups)
        if nearest is None:
            note_limit(run, found.similarities.listed_nearest(wanted))
        rows = found.similarities.rows(wanted)
        return run.result(rows, similarity_columns(fields), found.problems, found.reading)


def refuse_standard_input_twice(
    paths: Sequence[str | os.PathLike[str]], against: Sequence[str | os.PathLike[str]]
) -> None:
    """Refuse to read standard input for both sides.

    Raises:
        UsageError: If both name it.
    """
    if "-" in paths and "-" in against:
        raise UsageError(_("standard input can be read only once"), _("name a file for one of the two"))


def note_limit(run: Run, listed: int | None) -> None:
    """Say that only the nearest documents are listed, if so."""
    from pdtool.similarity.compare import EVERY_PAIR_UP_TO

    if listed is not None:
        run.note(
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
    groups = [group for group, bag in reading.results]
    return replace(reading, results=[bag for group, bag in reading.results]), groups


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


def _without_words(*readings: Reading[Bag] | None) -> list[Problem]:
    """Warn of documents that have text but none of what is compared."""
    return [
        Problem(source.name, _("has no words to compare; its similarities are 0"), severity=Severity.WARNING)
        for reading in readings
        if reading is not None
        for source, counts in zip(reading.sources, reading.results, strict=True)
        if not counts and not any(problem.source == source.name for problem in reading.problems)
    ]
