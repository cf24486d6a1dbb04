"""What is wrong with texts, and their repaired text: what commands write and public functions return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from pdtool.interface.result import Paths, Result, choice, open_run
from pdtool.rows import Kind, column, columns

if TYPE_CHECKING:
    from pdtool.corpus.scan import ReadOptions
    from pdtool.documents.document import Document
    from pdtool.inspection.rows import EditRow, FieldRow, InspectRow
    from pdtool.normalise.splices.detection import SpliceRow

__all__ = ["By", "CleanRow", "clean", "inspect", "inspection_table"]


class By(StrEnum):
    """What one row of the table is."""

    DOCUMENT = "document"
    EDIT = "edit"
    FIELD = "field"
    SPLICE = "splice"


@dataclass(frozen=True, slots=True)
class CleanRow:
    """A document, repaired."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    text: str = column(Kind.TEXT, "Its repaired text.")
    repairs: int = column(Kind.COUNT, "How many repairs its text needed.")


def inspection_table(by: By) -> tuple[Callable[[Document], Sequence[Any]], type]:
    """Return what makes the rows of a document, and their class."""
    from pdtool.inspection.inspect import DocumentRows, FieldRows, edit_rows, splice_rows
    from pdtool.inspection.rows import EditRow, FieldRow, InspectRow
    from pdtool.normalise.splices.detection import SpliceRow

    tables: dict[By, tuple[Callable[[Document], Sequence[Any]], type]] = {
        By.DOCUMENT: (DocumentRows(), InspectRow),
        By.EDIT: (edit_rows, EditRow),
        By.FIELD: (FieldRows(), FieldRow),
        By.SPLICE: (splice_rows, SpliceRow),
    }
    return tables[by]


def inspect(
    paths: Paths, *, by: str = "document", read: ReadOptions | None = None, jobs: int = 0
) -> Result[InspectRow | EditRow | FieldRow | SpliceRow]:
    """Show what is wrong with the text of documents, and what is repaired: ``pdtool inspect``.

    Args:
        paths: Files, folders, patterns.
        by: What one row is: a ``"document"``, an ``"edit"``, a ``"field"`` of metadata, or a ``"splice"``:
            a passage of another article.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        InputError: If no document could be read.

    >>> [(row.script, row.ghosts > 0) for row in inspect("seeds").rows][0]
    ('hant', True)
    """
    function, row_type = inspection_table(choice(By, by, "by"))
    with open_run(paths, read, jobs) as (run, corpus):
        reading = run.read(corpus, function)
        rows = chain.from_iterable(reading.results)
        return run.result(rows, columns(row_type), reading.problems, reading)


def clean(
    paths: Paths,
    *,
    script: str = "hans",
    vocabulary: bool = False,
    drop_splices: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[CleanRow]:
    """Repair the text of documents: ``pdtool clean``. Nothing is written.

    Args:
        paths: Files, folders, patterns.
        script: ``"hans"`` for Simplified, ``"hant"`` for Traditional as in Taiwan, ``"keep"`` as found.
        vocabulary: Whether the mainland's words stand for Taiwan's: 資訊 becomes 信息.
        drop_splices: Whether passages of other articles are left out.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        InputError: If no document could be read.

    >>> "基层治理" in clean("seeds").rows[0].text
    True
    """
    from pdtool.normalise.options import NormaliseOptions, TargetScript

    repair = NormaliseOptions(choice(TargetScript, script, "script"), vocabulary, drop_splices)
    with open_run(paths, read, jobs) as (run, corpus):
        reading = run.read(corpus, _cleaned, repair)
        return run.result(reading.results, columns(CleanRow), reading.problems, reading)


def _cleaned(document: Document) -> CleanRow:
    from pdtool.normalise.pipeline import count_repairs

    return CleanRow(document.id, document.text, count_repairs(document.edits))
