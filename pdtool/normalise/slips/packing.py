"""Tables of whole numbers as files that are read fast.

Ascending numbers are kept as the gaps between them, and every array byte by byte: all lowest bytes first.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Counts", "Numbers", "gaps", "read_tables", "write_tables"]

Numbers = npt.NDArray[np.integer[Any]]
"""Whole numbers, as wide as the largest of them needs."""
Counts = npt.NDArray[np.int64]

_TYPES = (np.uint8, np.uint16, np.uint32, np.uint64)


def gaps(keys: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the gaps between ascending numbers; their running sums are the numbers again."""
    return np.diff(keys, prepend=0)


def write_tables(path: Path, arrays: Mapping[str, npt.NDArray[Any]], *, packed: bool = True) -> None:
    """Write arrays of whole numbers that are not negative; equal arrays make equal files.

    Args:
        path: The file.
        arrays: What it is to hold, by name.
        packed: Whether the file is compressed: it is half as large then, and takes twice as long to read.
    """
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    # numpy's own savez writes the time into the archive, and two equal tables would differ.
    with zipfile.ZipFile(path, "w", method, compresslevel=9) as archive:
        for name, array in arrays.items():
            largest = int(array.max(initial=0))
            kind = next(kind for kind in _TYPES if largest <= np.iinfo(kind).max)
            width = np.dtype(kind).itemsize
            planes = array.astype(kind).view(np.uint8).reshape(len(array), width).T
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(planes))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), method)


def read_tables(path: Path) -> dict[str, Numbers]:
    """Return the arrays of a file by their names."""
    with np.load(path) as table:
        return {name: _whole(table[name]) for name in table.files}


def _whole(planes: npt.NDArray[np.uint8]) -> Numbers:
    """Return the numbers whose bytes lie in planes, lowest first, as wide as they were written."""
    width, count = planes.shape
    numbers: Numbers = np.ascontiguousarray(planes.T).view(f"<u{width}").reshape(count)
    return numbers
