"""What an index was made with: another version or other settings would give another result."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from pdtool import __version__
from pdtool.corpus.read_options import ReadOptions
from pdtool.errors import InputError, UsageError

__all__ = ["FORMAT", "SUFFIX", "check_made_alike", "is_index", "made_with", "options_of"]

FORMAT = "1"
"""The format of the tables."""
SUFFIX = ".duckdb"
"""How the name of an index ends."""
_LIBRARIES = ("opencc-python-reimplemented", "pypinyin")
"""The libraries whose data decide how texts are repaired and folded."""


def is_index(path: str) -> bool:
    """Return whether a path names an index, whether it is there or not."""
    return path.lower().endswith(SUFFIX)


def made_with(options: ReadOptions) -> dict[str, str]:
    """Return what an index that is made now is made with.

    Args:
        options: How its inputs are read.
    """
    return {
        "format": FORMAT,
        "pdtool": __version__,
        **{library: metadata.version(library) for library in _LIBRARIES},
        "unicode": unicodedata.unidata_version,
        "options": json.dumps(asdict(options), ensure_ascii=True),
    }


def options_of(about: Mapping[str, str]) -> ReadOptions:
    """Return how the inputs of an index are read."""
    said = json.loads(about["options"])
    return ReadOptions(**{**said, "kept_columns": tuple(said.get("kept_columns", ()))})


def check_made_alike(path: Path, about: Mapping[str, str], options: ReadOptions | None = None) -> None:
    """Refuse an index that another version made, or with other settings.

    Args:
        path: Where it is.
        about: What it says of itself.
        options: How inputs are to be read now; ``None`` where nothing is added to it.

    Raises:
        InputError: If another version made it, or it is no index.
        UsageError: If its inputs are read in another way.
    """
    again = f"build it again: pdtool index build PATHS -o {path}"
    if "format" not in about:
        raise InputError(f"{path}: is a DuckDB database, but no index of pdtool", again)
    here = made_with(options or ReadOptions())
    for name in ("format", "pdtool", *_LIBRARIES, "unicode"):
        if about.get(name) != here[name]:
            kind = "an index of format" if name == "format" else f"made with {name}"
            raise InputError(f"{path}: is {kind} {about.get(name)}, and this is {here[name]}", again)
    if options is None or options == ReadOptions():
        return
    there = options_of(about)
    for name, value in asdict(options).items():
        if value != getattr(there, name):
            option = f"--{name.replace('_', '-')}"
            known = getattr(there, name) or "nothing"
            raise UsageError(
                f"{path}: was built with {known} for {option}, not {value or 'nothing'}",
                f"leave out {option}, or {again}",
            )
