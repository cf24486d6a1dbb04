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
from pdtool.engine.index_file import build_again, no_index
from pdtool.errors import InputError, UsageError
from pdtool.language import _

__all__ = ["FORMAT", "check_made_alike", "made_with", "options_of"]

FORMAT = "2"
"""The format of the tables."""
_LIBRARIES = ("opencc-python-reimplemented", "pypinyin")
"""The libraries whose data decide how texts are repaired and folded."""


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
    if "format" not in about:
        raise no_index(path)
    here = made_with(options or ReadOptions())
    for name in ("format", "pdtool", *_LIBRARIES, "unicode"):
        if about.get(name) != here[name]:
            raise InputError(
                _(
                    "{path}: was made with {name} {there}, and this is {here}",
                    path=path,
                    name=name,
                    there=about.get(name),
                    here=here[name],
                ),
                build_again(path),
            )
    if options is not None and options != ReadOptions():
        _check_options(path, options_of(about), options)


def _check_options(path: Path, there: ReadOptions, here: ReadOptions) -> None:
    for name, value in asdict(here).items():
        built = getattr(there, name)
        if value == built:
            continue
        option = f"--{name.replace('_', '-')}"
        if built:
            what = _("{path}: was built with {option} {built}", path=path, option=option, built=built)
        else:
            what = _("{path}: was built without {option}", path=path, option=option)
        raise UsageError(what, _("do so here, or build another index"))
