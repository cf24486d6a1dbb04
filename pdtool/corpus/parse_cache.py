"""Results of parsers, stored in the run's private folder so that no file is parsed twice."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pdtool.corpus.parsing.parser_process import parse_file
from pdtool.corpus.source import Source
from pdtool.errors import InputError
from pdtool.run_folder import temporary_folder

__all__ = ["cached_path", "parse_once"]


def parse_once(source: Source, kind: str, **more: object) -> dict[str, Any]:
    """Return what a parser makes of a file; it is parsed only if it was not before in this run.

    Args:
        source: The file; if it has no folder to store results in, it is parsed again each time.
        kind: The parser.
        more: Further arguments of the parser.

    Raises:
        InputError: If it could not be parsed, now or before.
        OSError: If it cannot be read.
    """
    if source.spool is None:
        with temporary_folder() as folder:
            return _parsed_into(folder / "document.json", kind, source.path, more)
    return _parsed_into(cached_path(source, ".json"), kind, source.path, more)


def cached_path(source: Source, suffix: str) -> Path:
    """Return the path of a file in the run's folder that belongs to a source alone."""
    assert source.spool is not None, "the scan assigns a folder to each file that takes a parser"
    from hashlib import blake2b

    digest = blake2b(os.fsencode(source.path), digest_size=12).hexdigest()
    return Path(source.spool) / (digest + suffix)


def _parsed_into(result: Path, kind: str, path: str, more: dict[str, object]) -> dict[str, Any]:
    """Return the result that a file holds; without that file, parse first and write it."""
    if not result.exists():
        # Another process may parse the same file: the last one replaces equal content.
        partial = result.with_name(f"{result.name}.{os.getpid()}")
        try:
            parse_file(kind, path, partial, **more)
        except InputError as error:
            partial.write_text(json.dumps({"error": error.message, "hint": error.hint}), encoding="utf-8")
        partial.replace(result)
    made: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if "error" in made:
        raise InputError(made["error"], made["hint"])
    return made
