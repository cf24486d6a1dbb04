"""The manifest: what decided a result, so that it can be repeated and checked."""

from __future__ import annotations

import json
import os
import platform
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from pdtool import __version__
from pdtool.corpus.source import Source
from pdtool.errors import Problem
from pdtool.output.escaping import encodable
from pdtool.output.sink import open_file

__all__ = ["manifest", "write_manifest"]

_LIBRARIES = (
    *("numpy", "opencc-python-reimplemented", "pypinyin", "rapidfuzz", "XlsxWriter"),
    *("ahocorasick_rs", "jieba", "rjieba", "scipy", "igraph", "scikit-learn"),
)
"""The libraries whose version can change a result."""


def _digest(path: str) -> tuple[int, str] | None:
    """Return the size and SHA-256 of a file; ``None`` if it cannot be read."""
    import hashlib

    try:
        with Path(path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
            return stream.tell(), digest.hexdigest()
    except OSError:
        return None


def _inputs(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return one entry per file, by name; the rows of a table are one file."""
    files = sorted({(source.name, source.path, source.encoding or "") for source in sources})
    entries = []
    for name, path, encoding in files:
        size, digest = _digest(path) or (None, None)
        entries.append(
            {"name": encodable(name), "bytes": size, "sha256": digest, "encoding": encoding or None}
        )
    return entries


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def manifest(
    command: str, options: Mapping[str, Any], sources: Iterable[Source], problems: Iterable[Problem]
) -> dict[str, Any]:
    """Describe what decided a result.

    Args:
        command: The subcommand.
        options: The options that decided, with the values they had in the end.
        sources: The documents.
        problems: What was said about inputs.

    Returns:
        A JSON object. It is the same for the same inputs; it has a date only where ``SOURCE_DATE_EPOCH``
        gives one.
    """
    skipped = sorted(
        {(encodable(p.source), p.severity.value, encodable(p.message)) for p in problems if p.source}
    )
    described: dict[str, Any] = {
        "pdtool": __version__,
        "command": command,
        "options": dict(options),
        "inputs": _inputs(sources),
        "problems": [{"input": s, "severity": kind, "message": message} for s, kind, message in skipped],
        "python": platform.python_version(),
        "unicode": unicodedata.unidata_version,
        "libraries": {library: _version(library) for library in _LIBRARIES},
    }
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (
        {**described, "source_date_epoch": int(epoch)} if epoch.isascii() and epoch.isdigit() else described
    )


def write_manifest(path: Path, described: Mapping[str, Any]) -> None:
    """Write a manifest as JSON.

    Raises:
        OutputError: If the file cannot be written.
    """
    text = json.dumps(described, ensure_ascii=False, indent=2)
    with open_file(path) as out:
        out.write(encodable(text).encode() + b"\n")
