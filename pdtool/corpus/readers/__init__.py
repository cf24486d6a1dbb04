"""The file formats pdtool reads: one reader each, found by the suffix of the file's name.

A new format is a class with the two methods of :class:`~pdtool.corpus.readers.base.Reader`, its name in
``READERS`` and its suffixes in ``SUFFIXES``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec

from pdtool.corpus.readers.base import Reader
from pdtool.corpus.readers.delimited import DelimitedReader
from pdtool.corpus.readers.jsonl import JsonLinesReader
from pdtool.corpus.readers.parsed import ParsedReader, ParsedTableReader
from pdtool.corpus.readers.records import RecordsReader
from pdtool.corpus.readers.text import TextReader

__all__ = ["PARSED", "READERS", "SUFFIXES", "is_installed", "packages_of"]

READERS: Mapping[str, Reader] = {
    "text": TextReader(),
    "csv": DelimitedReader(",;\t|"),
    "tsv": DelimitedReader("\t"),
    "jsonl": JsonLinesReader(),
    "docx": ParsedReader("docx"),
    "pdf": ParsedReader("pdf"),
    "html": ParsedReader("html"),
    "mht": ParsedReader("mht"),
    "xlsx": ParsedTableReader("xlsx"),
    "ods": ParsedTableReader("xlsx"),
    "parquet": ParsedTableReader("parquet"),
    "records": RecordsReader(),
}
"""The reader of each ``Source.format``."""

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "text",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".xlsx": "xlsx",
    ".ods": "ods",
    ".parquet": "parquet",
    ".net": "records",
    ".enw": "records",
    ".ris": "records",
    ".bib": "records",
    ".zip": "zip",
}
"""The format of each suffix (in lower case)."""

_PACKAGES: Mapping[str, str] = {
    "pdf": "pypdfium2",
    "html": "trafilatura",
    "mht": "trafilatura",
    "xlsx": "python_calamine",
    "ods": "python_calamine",
    "parquet": "pyarrow",
}
PARSED = frozenset({*_PACKAGES, "docx", "records", "zip"})
"""The formats that take a folder for what is extracted from them."""


def packages_of(suffixes: Iterable[str]) -> list[str]:
    """Return the names, on the package index, of what files with some suffixes need."""
    modules = {_PACKAGES[SUFFIXES[suffix]] for suffix in suffixes}
    return sorted(module.replace("_", "-") for module in modules)


@cache
def is_installed(kind: str) -> bool:
    """Return whether what a format needs is installed."""
    try:
        return kind not in _PACKAGES or find_spec(_PACKAGES[kind]) is not None
    except ImportError:  # an importer that refuses it
        return False
