"""What a report shows: plain data, made by :mod:`pdtool.report.build`, drawn by :mod:`pdtool.report.html`.

Tables hold the very rows of the commands; everything else points at rows by the documents' ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pdtool.errors import Problem
from pdtool.report.coword_model import CowordView
from pdtool.report.frequency_model import FrequencyView
from pdtool.report.network_model import Direction, Network
from pdtool.report.topics_model import TopicsView
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow
from pdtool.rows import Column, columns

__all__ = [
    "Bar",
    "Cluster",
    "DocumentEntry",
    "Example",
    "Facts",
    "Mark",
    "Merge",
    "PairView",
    "Pane",
    "Piece",
    "Repairs",
    "Report",
    "SimilarityMap",
    "Table",
    "ThemeCell",
    "ThemeLine",
    "ThemeMap",
    "Words",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read and how, for the head of a report.

    Args:
        title: What the report is of.
        version: The program's.
        date: When it was made, as ``YYYY-MM-DD HH:MM UTC``.
        settings: What decided the results, by name.
        manifest: What decided a result, to be repeated and checked; a JSON object.
    """

    title: str
    version: str
    date: str
    settings: Mapping[str, Any]
    manifest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a command.

    Args:
        key: A short name, unique in the report.
        row_type: The class of its rows; it owns the columns.
        rows: Those that are shown, in the order of the table.
        total: How many there are.
        command: The command line whose output the table is, without the paths.
        without: Columns that the command leaves out.
        groups: What its rows are grouped by.
    """

    key: str
    row_type: type
    rows: Sequence[Any]
    total: int
    command: str
    without: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        every = columns(self.row_type, self.groups)
        return tuple(column for column in every if column.name not in self.without)

    @property
    def left_out(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class Example:
    """A repair in its context.

    Args:
        start: First character in the text as it was read.
        left: What stands before it there.
        before: What was found.
        after: What the clean text has instead; empty if it was taken out.
        right: What stands behind it.
        confidence: How sure the step is, 0 to 1.
    """

    start: int
    left: str
    before: str
    after: str
    right: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Repairs:
    """The repairs of one kind in a document.

    Args:
        kinds: The steps that had a part in them.
        total: How many there are.
        examples: Some of them, spread over the text.
    """

    kinds: tuple[str, ...]
    total: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document and its repairs."""

    doc: str
    repairs: tuple[Repairs, ...]


class Mark(Enum):
    """What is to be said of a stretch of an original text beside another one."""

    SAME = "same"
    """Nothing: it is equal, or lies outside every passage."""
    FORM = "form"
    """Equal once normalised: another script, width or case."""
    DIFFERENT = "different"
    """Inside a passage, without an equal in the other text."""
    REMOVED = "removed"
    """Not in the clean text: furniture, a ghost, a page marker."""
    REPAIRED = "repaired"
    """The clean text has something else here."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an original text.

    Args:
        text: As it was read; empty for a gap.
        passage: The number of the passage it belongs to; 0 for none.
        first: Whether the passage begins here.
        mark: What is to be said of it.
        note: The rule that took it out, or what the clean text has instead.
        skipped: Characters that are left out here.
        difference: The number of the difference that it belongs to, the same on both sides; 0 for none.
        others: Passages that begin here and show nowhere, because this one holds them, or nothing is shown.
    """

    text: str
    passage: int = 0
    first: bool = False
    mark: Mark = Mark.SAME
    note: str = ""
    skipped: int = 0
    difference: int = 0
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pane:
    """One side of a pair: the original text in pieces.

    Args:
        doc: The document.
        pieces: In order; together the text, where nothing is skipped.
        chars: Characters of the text.
        skipped: Characters that are not shown.
    """

    doc: str
    pieces: tuple[Piece, ...]
    chars: int
    skipped: int


@dataclass(frozen=True, slots=True)
class PairView:
    """A related pair, opened.

    Args:
        number: Its number in the table of pairs, from 1.
        row: Its row there.
        passages: Its passages.
        a: The text of the first document.
        b: The text of the second.
        variants: What differs inside the passages, the most frequent first.
        direction: Which of the two is the source.
    """

    number: int
    row: PairRow
    passages: tuple[PassageRow, ...]
    a: Pane
    b: Pane
    variants: tuple[VariantRow, ...]
    direction: Direction


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: a name and a number."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents that one of them stands for.

    Args:
        number: The cluster's number in the tables.
        keeper: The row of the document that is kept.
        dropped: Those of the others.
    """

    number: int
    keeper: DocumentRow
    dropped: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A node of a tree: two branches joined.

    Args:
        first: Where the first branch stands among the leaves.
        second: Where the second does.
        first_height: How high the first was joined itself; 0 for a leaf.
        second_height: Likewise the second.
        height: How high they are joined: 1 − the mean similarity between both.
    """

    first: float
    second: float
    first_height: float
    second_height: float
    height: float


@dataclass(frozen=True, slots=True)
class SimilarityMap:
    """Similarities of documents, the most alike beside each other.

    Args:
        docs: Their ids in the order of the leaves of the tree.
        cells: The similarity of each with each, rows and columns in that order.
        merges: The tree, from the leaves up.
        total: How many documents the corpus has.
    """

    docs: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    merges: tuple[Merge, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Words:
    """What a document is about, and which phrases it uses more than the rest of the corpus does."""

    doc: str
    keywords: tuple[Any, ...]
    against_rest: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """An occurrence of a term, in the clean text."""

    left: str
    found: str
    right: str


@dataclass(frozen=True, slots=True)
class ThemeCell:
    """A theme of a document.

    Args:
        theme: The theme.
        count: Occurrences.
        rate: Per 1,000 folded characters; ``None`` where there are none.
        lines: Some of the occurrences, one of each term before the second of any.
    """

    theme: str
    count: int
    rate: float | None
    lines: tuple[ThemeLine, ...]


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """Documents by themes.

    Args:
        themes: In the order of the dictionary.
        docs: The documents that are drawn.
        cells: A row a document, a cell a theme.
        totals: Occurrences of each theme over all documents.
        total: How many documents the corpus has.
    """

    themes: tuple[str, ...]
    docs: tuple[str, ...]
    cells: tuple[tuple[ThemeCell, ...], ...]
    totals: tuple[Bar, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report shows.

    Args:
        facts: What was read and how.
        docs: The ids of all documents that could be read, in the order of the tables.
        characters: Characters read.
        problems: What could not be read, and warnings about what could.
        threshold: From which containment on a pair is related.
        tables: By their keys, in the order of the report.
        entries: The documents whose repairs are shown.
        containments: Of each pair that was aligned, how much of the smaller document stands in the larger.
        pairs: The pairs that are opened, those first that matter most.
        network: Who copies whom; ``None`` where no pair is related.
        clusters: Documents that stand for each other.
        similarity: How alike documents are; ``None`` where there are fewer than two.
        words: Keywords by document.
        themes: Themes by document.
        coword: Which keywords stand together; ``None`` where no two do.
        frequent: The most frequent words, where they stand and how they rise or fall.
        topics: The topics; ``None`` where they were not asked for.
        names: What documents are called, by their ids: title, issuer and date, where these are known.
    """

    facts: Facts
    docs: tuple[str, ...]
    characters: int
    problems: tuple[Problem, ...]
    threshold: float
    tables: Mapping[str, Table]
    entries: tuple[DocumentEntry, ...]
    containments: tuple[float, ...]
    pairs: tuple[PairView, ...]
    network: Network | None
    clusters: tuple[Cluster, ...]
    similarity: SimilarityMap | None
    words: tuple[Words, ...]
    themes: ThemeMap
    coword: CowordView | None
    frequent: FrequencyView
    topics: TopicsView | None
    names: Mapping[str, str]
