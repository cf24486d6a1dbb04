"""What a tool reported, set against the labels of a corpus."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from benchmarks.dedupe.corpus import truth_path

__all__ = ["Label", "Score", "listed", "read_labels", "reported", "score"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """What is known about a pair.

    Args:
        kind: What was done to the copy.
        expected: ``yes``, ``no`` or ``either``: whether it must be listed.
    """

    kind: str
    expected: str

    @property
    def is_viral(self) -> bool:
        """Return whether the pair is a copy of a viral text and the text."""
        return self.kind.startswith("viral ")


@dataclass(frozen=True, slots=True)
class Score:
    """How well the labelled pairs were found.

    Args:
        related: Pairs that must be found, by kind.
        found: How many of them were.
        false: Pairs reported that are not related.
    """

    related: Counter[str]
    found: Counter[str]
    false: int

    @property
    def recall(self) -> float:
        """Share of the related pairs that were found, over all kinds."""
        return self.found.total() / max(1, self.related.total())


def read_labels(corpus: Path) -> dict[Pair, Label]:
    """Read the labels of a corpus."""
    with truth_path(corpus).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["doc_a"], row["doc_b"]): Label(row["kind"], row["expected"]) for row in rows}


def listed(table: Path) -> set[Pair]:
    """Read the pairs of a table of ``pdtool dedupe``; the ids are those of the rows."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        pairs = ((row["doc_a"].rpartition("#")[2], row["doc_b"].rpartition("#")[2]) for row in rows)
        return {(min(pair), max(pair)) for pair in pairs}


def reported(out: Path) -> set[Pair]:
    """Read the pairs that a peer wrote, an id and an id a line."""
    lines = out.read_text(encoding="utf-8").splitlines()
    return {(min(a, b), max(a, b)) for a, _, b in (line.partition("\t") for line in lines)}


def score(labels: dict[Pair, Label], pairs: Collection[Pair]) -> Score:
    """Count what was found and what should not have been.

    Of a viral text every copy is related to every other one, and only some of these pairs are listed: they
    are not counted, and never false.
    """
    viral = {one: label.kind for pair, label in labels.items() if label.is_viral for one in pair}
    related = {pair: one.kind for pair, one in labels.items() if one.expected == "yes" and not one.is_viral}
    right = {pair for pair, label in labels.items() if label.expected != "no"}
    return Score(
        Counter(related.values()),
        Counter(kind for pair, kind in related.items() if pair in pairs),
        sum(
            pair not in right and (pair[0] not in viral or viral[pair[0]] != viral.get(pair[1]))
            for pair in pairs
        ),
    )
