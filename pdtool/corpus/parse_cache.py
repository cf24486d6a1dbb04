"""What a parser made of a file, kept in the run's private folder: no file is parsed twice."""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pdtool.corpus.parsing.parser_process import ask
from pdtool.corpus.source import Source
from pdtool.errors import InputError

__all__ = ["cached_path", "parsed"]


def parsed(source: Source, kind: str, **more: object) -> dict[str, Any]:
    """Return what a parser made of a file, now or before in this run.

    Args:
        source: The file; without a folder to keep it in, it is parsed again each time.
        kind: The parser.
        more: What else the parser needs to know.

    Raises:
        InputError: If it could not be parsed, now or before.
        OSError: If it cannot be read.
    """
    if source.spool is None:
        with TemporaryDirectory(prefix="pdtool-") as folder:
            return _made(kind, source.path, Path(folder) / "document.json", more)
    return _made(kind, source.path, cached_path(source, ".json"), more)


def cached_path(source: Source, suffix: str) -> Path:
    """Return the file in the run's folder that is kept for a source."""
    assert source.spool is not None, "a scan gives files that are parsed a folder"
    digest = blake2b(os.fsencode(source.path), digest_size=12).hexdigest()
    return Path(source.spool) / (digest + suffix)


def _made(kind: str, path: str, place: Path, more: dict[str, object]) -> dict[str, Any]:
    if not place.exists():
        # Another process may be at the same file: whoever is last replaces equal content.
        partial = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            ask(kind, path, partial, **more)
        except InputError as error:
            partial.write_text(json.dumps({"error": error.message, "hint": error.hint}), encoding="utf-8")
        partial.replace(place)
    made: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    if "error" in made:
        raise InputError(made["error"], made["hint"])
    return made
