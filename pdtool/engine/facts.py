"""What an index holds and was made with. A module of its own: saying so must not load the library."""

from __future__ import annotations

from pathlib import Path

from pdtool.engine.index_file import no_index, opened_index
from pdtool.engine.rows import IndexFactRow

__all__ = ["facts_about"]


def facts_about(path: Path, folder: Path) -> list[IndexFactRow]:
    """Return what is known about an index, whichever version made it.

    Args:
        path: The index.
        folder: A private folder for temporary files.

    Raises:
        InputError: If it is no index.
    """
    with opened_index(path, folder) as index:
        about = index.about()
        if "format" not in about:
            raise no_index(path)
        sums = index.select(
            "SELECT count(*) AS documents, coalesce(sum(characters), 0) AS characters, "
            "coalesce(sum(size), 0) AS folded_characters FROM documents"
        )
        counts = {name: int(cells[0]) for name, cells in sums.items()}
        for name, table in (
            ("files", "files"),
            ("postings", "postings"),
            ("furniture_blocks", "furniture"),
            ("furniture_documents", "touched"),
        ):
            found = index.select(f"SELECT count(*) AS number FROM {table}")  # noqa: S608
            counts[name] = int(found["number"][0])
    size = path.stat().st_size
    counts |= {"bytes": size, "bytes_per_document": round(size / max(1, counts["documents"]))}
    rows = [IndexFactRow(name, str(value)) for name, value in counts.items()]
    return [*rows, *(IndexFactRow(name, value) for name, value in about.items())]
