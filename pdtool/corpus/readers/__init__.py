"""The file formats pdtool reads: one reader each, found by the suffix of the file's name.

A new format is a class with the two methods of :class:`~pdtool.corpus.readers.base.Reader`, its name in
``READERS`` and its suffixes in ``SUFFIXES``.
"""

from __future__ import annotations

from collections.abc import Mapping

from pdtool.corpus.readers.base import Reader
from pdtool.corpus.readers.delimited import DelimitedReader
from pdtool.corpus.readers.jsonl import JsonLinesReader
from pdtool.corpus.readers.text import TextReader

__all__ = ["READERS", "SUFFIXES"]

READERS: Mapping[str, Reader] = {
    "text": TextReader(),
    "csv": DelimitedReader(",;\t|"),
    "tsv": DelimitedReader("\t"),
    "jsonl": JsonLinesReader(),
}
"""The reader of each ``Source.format``."""

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "text",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""The format of each suffix (in lower case)."""
