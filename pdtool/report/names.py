"""What a document is called in a report: its title, who issued it and when, where that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pdtool.inspection.rows import InspectRow

__all__ = ["document_names"]

_APART = " · "
_LONGEST_TITLE = 80
"""Characters of a title in a name."""
_MOST_ISSUERS = 2


def document_names(rows: Iterable[InspectRow]) -> dict[str, str]:
    """Return the name of each document that has a title, by its id.

    Documents that would be called alike, as copies are, have their ids in their names.

    Args:
        rows: What is known about the documents.
    """
    found = {row.doc: _name(row) for row in rows if row.title}
    shared = Counter(found.values())
    return {doc: name if shared[name] == 1 else f"{name}{_APART}{doc}" for doc, name in found.items()}


def _name(row: InspectRow) -> str:
    title = " ".join(row.title.split())
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE]}…"
    issuers = "、".join(row.issuer[:_MOST_ISSUERS]) + ("等" if len(row.issuer) > _MOST_ISSUERS else "")
    # A title that begins with its issuer says it already.
    said = "" if title.replace(" ", "").startswith(issuers.replace("、", "")) else issuers
    return _APART.join(filter(None, (title, said, row.date)))
