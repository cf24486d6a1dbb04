"""Where pdtool's data files are, and how they are read.

``importlib.resources`` would do the same for a package in an archive, which pdtool is not; its import takes
8 ms, as long as all the data files that a command reads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["data_file", "data_json", "data_text", "data_toml"]

_DATA = Path(__file__).parent / "data"


def data_file(name: str) -> Path:
    """Return where a data file is.

    Args:
        name: Its path in the folder of data, with ``/``.
    """
    return _DATA / name


def data_text(name: str) -> str:
    """Return the text of a data file."""
    return data_file(name).read_text(encoding="utf-8")


def data_toml(name: str) -> dict[str, Any]:
    """Return what a TOML file of the data says.

    >>> data_toml("look_alikes.toml")["robe"]["usual"]
    '市'
    """
    from tomllib import loads

    return loads(data_text(name))


def data_json(name: str) -> Any:
    """Return what a JSON file of the data says."""
    from json import loads

    return loads(data_text(name))
