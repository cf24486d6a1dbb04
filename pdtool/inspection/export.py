"""Documents → clean text files, one per document, in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pdtool.corpus.filenames import output_name, output_names
from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe
from pdtool.documents.fields.yaml_block import yaml_block
from pdtool.errors import OutputError, UsageError
from pdtool.inspection.inspect import edit_rows
from pdtool.inspection.rows import EditRow
from pdtool.language import _
from pdtool.normalise.pipeline import count_repairs
from pdtool.output.escaping import encodable
from pdtool.output.sink import cannot_write, open_file

__all__ = ["Exported", "Exporter", "clean_bytes", "refuse_conflicts"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of a document.

    Args:
        repairs: How many repairs its text needed.
        log: Everything that was changed, if that was asked for.
        splices: How many passages of other texts were left out.
        spliced: How many characters they had.
        text: The clean text as UTF-8, where it was not written to a file.
    """

    repairs: int
    log: list[EditRow]
    splices: int
    spliced: int
    text: bytes = b""


def clean_bytes(document: Document, described: bool = False) -> bytes:
    """Return the clean text as UTF-8; lone surrogates, which it cannot carry, as their escapes.

    Args:
        document: The document.
        described: Whether what is known about it stands above the text.
    """
    head = yaml_block(describe(document)) if described else ""
    return f"{head}{encodable(document.text)}".encode()


@dataclass(frozen=True, slots=True)
class Exporter:
    """Writes one document after another, in any process.

    Args:
        folder: Where to; ``None`` hands the text back.
        renamed: The file names of documents that cannot have the one their id gives them.
        logged: Whether everything that was changed is wanted too.
        described: Whether what is known about a document stands above its text.
    """

    folder: Path | None
    renamed: Mapping[str, str]
    logged: bool = False
    described: bool = False

    @classmethod
    def to(
        cls, folder: Path | None, sources: Sequence[Source], logged: bool = False, described: bool = False
    ) -> Exporter:
        """Make an exporter for all documents of a corpus."""
        ids = [source.id for source in sources]
        names = zip(ids, output_names(ids), strict=True)
        renamed = {doc: name for doc, name in names if name != output_name(doc)}
        return cls(folder, renamed, logged, described)

    def path_of(self, document_id: str) -> Path | None:
        """Return the file a document is written to."""
        if self.folder is None:
            return None
        return self.folder / self.renamed.get(document_id, output_name(document_id))

    def __call__(self, document: Document) -> Exported:
        """Write a document; an existing file is replaced in one step.

        Raises:
            OutputError: If it cannot be written.
        """
        log = edit_rows(document) if self.logged else []
        dropped = [
            passage for layer in document.edits if layer.kind == "splice" for passage in layer.edits.before
        ]
        done = Exported(count_repairs(document.edits), log, len(dropped), sum(map(len, dropped)))
        path = self.path_of(document.id)
        if path is None:
            return replace(done, text=clean_bytes(document, self.described))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(str(path.parent), error) from error
        with open_file(path, durable=False) as out:
            out.write(clean_bytes(document, self.described))
        return done


def refuse_conflicts(exporter: Exporter, sources: Sequence[Source], replace: bool) -> None:
    """Make sure, before the work, that no input and no earlier result is lost by it.

    Args:
        exporter: What will write.
        sources: The documents.
        replace: Whether files of an earlier run may be replaced.

    Raises:
        UsageError: If the folder holds inputs, or files that would be replaced without leave.
        OutputError: If the folder is a file.
    """
    folder = exporter.folder
    if folder is None or not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise OutputError(
            _("{folder}: is not a folder", folder=folder),
            _("name a folder for the clean documents, such as -o clean"),
        )
    inputs = {os.path.realpath(path) for path in {source.path for source in sources}}
    _refuse_inputs_inside(folder, inputs)
    present = list(_present(exporter, sources))
    for path in present:
        if os.path.realpath(path) in inputs:
            raise UsageError(
                _("{path}: leads to one of the documents to be read, and would replace it", path=path),
                _("another folder"),
            )
    if present and not replace:
        others = _(" (and {n:,} more)", n=len(present) - 1) if len(present) > 1 else ""
        raise UsageError(
            _("{present}: exists already{others}", present=present[0], others=others),
            _("another folder after -o, or --force to replace"),
        )


def _refuse_inputs_inside(folder: Path, inputs: set[str]) -> None:
    inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 (a separator at the end)
    for path in sorted(inputs):
        if path.startswith(inside):
            raise UsageError(
                _("{folder}: holds documents to be read ({path})", folder=folder, path=path[len(inside) :]),
                _("another folder after -o, which is not among the inputs"),
            )


def _present(exporter: Exporter, sources: Sequence[Source]) -> Iterator[Path]:
    for source in sources:
        path = exporter.path_of(source.id)
        if path is not None and os.path.lexists(path):
            yield path
