"""How alike documents are: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pdtool.errors import Problem, Severity, UsageError
from pdtool.interface.result import Paths, Result, choice, named_paths, open_run
from pdtool.interface.run import Reading, Run

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.similarity.compare import Side, Similarities
    from pdtool.similarity.features import FeatureCounter
    from pdtool.similarity.rows import SimilarityRow
    from pdtool.text.bags import Bag

__all__ = ["Compared", "compare", "compare_documents", "note_limit", "refuse_standard_input_twice"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Documents that were compared.

    Args:
        similarities: How alike they are.
        reading: The documents.
        old: Those they were compared with; ``None``: one another.
        problems: What is to be said of them.
    """

    similarities: Similarities
    reading: Reading[Bag]
    old: Reading[Bag] | None
    problems: list[Problem]


def compare_documents(
    run: Run, corpus: Corpus, against: Sequence[str | os.PathLike[str]], counter: FeatureCounter
) -> Compared:
    """Compare the documents of a corpus with one another, or with others.

    Args:
        run: What reads them.
        corpus: What was scanned.
        against: Paths of the others, if any.
        counter: What they are compared by.
    """
    from pdtool.similarity.compare import Similarities

    reading = run.read(corpus, counter)
    old = run.read_reference(against, counter) if against else None
    similarities = Similarities(_side(reading), None if old is None else _side(old))
    problems = [*reading.problems, *(old.problems if old else []), *_without_words(reading, old)]
    return Compared(similarities, reading, old, problems)


def compare(
    paths: Paths,
    *,
    against: Paths = (),
    features: str = "words",
    nearest: int | None = None,
    min_similarity: float = 0.0,
    top_terms: int = 10,
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
        with_references: Whether references, notes and the like are compared too.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Returns:
        The pairs, most alike first.

    Raises:
        UsageError: If an argument is out of its range.
        InputError: If no document could be read.

    >>> first = compare("seeds").rows[0]
    >>> first.doc_a[:3], first.doc_b[:3], round(first.similarity, 1)
    ('000', '004', 0.7)
    """
    from pdtool.rows import columns
    from pdtool.similarity.compare import CompareOptions
    from pdtool.similarity.features import FeatureCounter, Features
    from pdtool.similarity.rows import SimilarityRow
    from pdtool.workers import processors

    reference = named_paths(against)
    refuse_standard_input_twice(named_paths(paths), reference)
    wanted = CompareOptions(nearest, min_similarity, top_terms, jobs or processors())
    counter = FeatureCounter(choice(Features, features, "features"), with_references)
    with open_run(paths, read, jobs) as (run, corpus):
        found = compare_documents(run, corpus, reference, counter)
        if nearest is None:
            note_limit(run, found.similarities.listed_nearest(wanted))
        rows = found.similarities.rows(wanted)
        return run.result(rows, columns(SimilarityRow), found.problems, found.reading)


def refuse_standard_input_twice(
    paths: Sequence[str | os.PathLike[str]], against: Sequence[str | os.PathLike[str]]
) -> None:
    """Refuse to read standard input for both sides.

    Raises:
        UsageError: If both name it.
    """
    if "-" in paths and "-" in against:
        raise UsageError("standard input can be read only once", "name a file for one of the two")


def note_limit(run: Run, listed: int | None) -> None:
    """Say that only the nearest documents are listed, if so."""
    from pdtool.similarity.compare import EVERY_PAIR_UP_TO

    if listed is not None:
        run.note(
            f"of more than {EVERY_PAIR_UP_TO} documents the {listed} nearest of each are listed "
            "(--nearest K for another number)"
        )


def _side(reading: Reading[Bag]) -> Side:
    from pdtool.similarity.compare import Side

    keys = [(os.path.realpath(source.path), source.start) for source in reading.sources]
    return Side([source.id for source in reading.sources], reading.results, keys)


def _without_words(*readings: Reading[Bag] | None) -> list[Problem]:
    """Warn of documents that have text but none of what is compared."""
    return [
        Problem(source.name, "has no words to compare; its similarities are 0", severity=Severity.WARNING)
        for reading in readings
        if reading is not None
        for source, counts in zip(reading.sources, reading.results, strict=True)
        if not counts and not any(problem.source == source.name for problem in reading.problems)
    ]
