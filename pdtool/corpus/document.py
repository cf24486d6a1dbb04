"""The one thing that flows: a document, raw and clean, with the way back from clean to raw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pdtool.normalise.edits import OffsetMap
from pdtool.normalise.fold import Folded, fold
from pdtool.normalise.front_matter import FrontMatter
from pdtool.normalise.metadata import Metadata, metadata_of
from pdtool.normalise.pipeline import Layer, offsets_of, surveyed_text
from pdtool.normalise.survey import Survey, survey_text

__all__ = ["Columns", "Document", "RawDocument", "Source", "Span"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells of a table's rows are read; one object is shared by all rows of a table.

    Args:
        text: The column that holds the documents: its position from 0, or its key in JSON Lines.
        title: Likewise the one with their titles, if there is one.
        delimiter: What separates the cells of a row.
    """

    text: str | int
    title: str | int | None = None
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Source:
    """Where one document's bytes are: small, picklable, read again whenever its text is needed.

    Args:
        id: The document's id in every table.
        path: The file to open.
        name: The file as the user knows it, for messages and ``--kept`` (``stdin`` for standard input).
        format: The reader that understands it, such as ``"text"``, ``"csv"`` or ``"jsonl"``.
        encoding: The encoding the user named or, for a table, that its scan found; ``None``: judge on
            reading.
        start: First byte of the document (of its record, in a table).
        stop: First byte after it; ``None`` for the end of the file.
        row: For a row of a table: the line it begins on in the file, from 1.
        columns: For a row of a table: which of its cells are read.
        spool: For a format that takes a parser: the run's private folder, where what it extracts is kept.
    """

    id: str
    path: str
    name: str
    format: str
    encoding: str | None = None
    start: int = 0
    stop: int | None = None
    row: int | None = None
    columns: Columns | None = None
    spool: str | None = None

    def __hash__(self) -> int:
        """Return what tells most sources apart: hashing all fields takes as long as reading a line."""
        return hash((self.path, self.start))


@dataclass(frozen=True, slots=True)
class RawDocument:
    r"""A document as read: decoded, nothing repaired.

    Args:
        source: Where it came from.
        raw: The decoded text with its line ends, without a byte order mark. It may hold lone surrogates
            (``"\ud800"`` in JSON): encode it with ``errors="surrogatepass"`` or ``"replace"``.
        encoding: The encoding it was decoded with.
        meta: What the container says of it (``title`` of a table row, …).
        warnings: Reservations about the reading, as sentences.
    """

    source: Source
    raw: str
    encoding: str
    meta: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the clean text with a name, such as the title or the abstract.

    Args:
        kind: The field's term.
        start: First character in ``Document.text``.
        end: First character after it.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Document:
    """A document, repaired. What can be told of it is worked out when it is asked for, and once.

    Args:
        id: Its id in every table.
        source: Where it came from.
        raw: The decoded text; all offsets in output tables are into this.
        text: The clean text: everything but furniture.
        edits: What each step of the normaliser did, in order.
        container: What its table or file says of it (``title``, …).
        warnings: Reservations about reading or repairing it, as sentences.
        encoding: The encoding it was decoded with.
    """

    id: str
    source: Source
    raw: str
    text: str
    edits: tuple[Layer, ...]
    container: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    encoding: str = ""

    @cached_property
    def offsets(self) -> OffsetMap:
        """The way from ``text`` to ``raw``."""
        return offsets_of(self.raw, self.edits)

    @cached_property
    def _described(self) -> Metadata:
        furniture = (layer.edits for layer in self.edits if layer.kind == "furniture")
        return metadata_of(self.text, [piece for edits in furniture for piece in edits.before])

    @property
    def front(self) -> tuple[FrontMatter, ...]:
        """The front matter of ``text``; see :mod:`pdtool.normalise.front_matter`."""
        return self._described.front

    @property
    def spans(self) -> tuple[Span, ...]:
        """Named stretches of ``text``: the front matter, its kinds told more finely."""
        return tuple(Span(*span) for span in self._described.spans)

    @property
    def meta(self) -> Mapping[str, str]:
        """What is known about the document: what its container says, then what its front matter does."""
        return {**self._described.values, **self.container}

    @cached_property
    def folded(self) -> Folded:
        """The clean text as it is compared."""
        return fold(self.text)

    @property
    def surveyed(self) -> tuple[str, Folded]:
        """The text of which the site furniture of its corpus is learned, and its fold."""
        before = surveyed_text(self.text, self.edits)
        if before is self.text:
            return before, self.folded
        folded = fold(before)
        # Most of what is done behind the furniture changes blanks and widths, which no fold has.
        return before, folded.with_shingles_of(self.folded)

    def survey(self) -> Survey:
        """Return what is remembered of it to learn the site furniture of its corpus."""
        return survey_text(*self.surveyed)
