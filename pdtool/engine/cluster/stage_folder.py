"""Where a cluster finds the input of a run, and where its stages leave what they make."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pdtool.language import _

__all__ = ["Places", "stage_folder"]

_OF_RUN = "pdtool-stages-"
"""What the name of the folder of a run begins with."""
_FILE = "file://"


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are for the cluster.

    Args:
        name: The input as the user named it.
        input: The input as the cluster finds it.
        stages: The folder of the stages of this run.
    """

    name: str
    input: str
    stages: str


@contextmanager
def stage_folder(name: str, parent: str | None, note: Callable[[str], None]) -> Iterator[Places]:
    """Choose the folder of the stages of a run, and remove it in the end if this machine can.

    Args:
        name: The input as the user named it.
        parent: The folder that it is made in; ``None``: the one that the input lies in.
        note: Told where a folder stays.
    """
    found = _as_found(name)
    inside = _as_found(parent) if parent else found.rstrip("/").rpartition("/")[0] or "."
    stages = f"{inside.rstrip('/')}/{_OF_RUN}{uuid.uuid4().hex[:12]}"
    try:
        yield Places(name, found, stages)
    finally:
        here = Path(stages.removeprefix(_FILE))
        if here.is_dir():
            shutil.rmtree(here, ignore_errors=True)
        elif "://" in stages and not stages.startswith(_FILE):
            note(_("{folder}: what the stages of this run left stays there", folder=stages))


def _as_found(name: str) -> str:
    """Return where something is: of what lies on this machine the whole path, as a server works elsewhere.

    >>> _as_found("hdfs://name/laws.parquet")
    'hdfs://name/laws.parquet'
    """
    return os.path.abspath(name) if "://" not in name and os.path.exists(name) else name  # noqa: PTH100, PTH110 (an address is no path)
