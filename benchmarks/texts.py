"""The texts of a corpus of JSON Lines, for peers: nothing else is loaded, so nothing else is measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

__all__ = ["texts_of"]


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the ids and texts of a corpus, as they stand in the file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["id"], row["text"]
