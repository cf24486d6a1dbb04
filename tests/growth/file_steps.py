"""Steps that read files: tables, pages and Word documents, dictionaries and lists of the user, names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pdtool.concordance.query import make_query
from pdtool.corpus.filenames import output_names
from pdtool.corpus.parsing import docx as word
from pdtool.corpus.parsing import html
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.readers import READERS
from pdtool.corpus.source import Source
from pdtool.documents.fields.container import container_fields, name_fields, path_fields
from pdtool.errors import PdtoolError
from pdtool.segment.userdict import parse_user_dictionary
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.matcher import Nesting
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS, load_synonyms
from pdtool.terms.table_form import read_table
from pdtool.terms.yaml_form import read_yaml
from pdtool.themes.counting import ThemeCounter
from tests.corpus.makers import docx, paragraph

__all__ = ["FILE_STEPS"]

_COUNTED = "坚持党建引领基层治理。"


def _table(kind: str, text: str) -> None:
    """Find the rows of a table of such bytes, and read the first of them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kind}"
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        reader = READERS[kind]
        for source in reader.scan(Source("a", str(path), "a", kind), ReadOptions()).sources[:3]:
            with suppress(PdtoolError):
                reader.read(source)


def _tables(text: str) -> None:
    """Read a text as a table, and as a cell of one."""
    for kind in ("csv", "tsv", "jsonl"):
        with suppress(PdtoolError):
            _table(kind, text)
    cells = io.StringIO()
    csv.writer(cells).writerows([["id", "text", "date"], ["1", text, text[:40]], [text[:200], "", ""]])
    _table("csv", cells.getvalue())
    _table("jsonl", json.dumps({"id": text[:200], "text": text}))


def _parsed(name: str, data: bytes, parse: Callable[[str], object]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        parse(str(path))


def _page(text: str) -> None:
    _parsed("a.html", text.encode("utf-8", "replace"), html.parse)


def _word_document(text: str) -> None:
    readable = "".join(character for character in text if character.isprintable() or character in "\n\t")
    _parsed("a.docx", docx("".join(map(paragraph, readable.split("\n")))), word.parse)


def _theme_dictionary(text: str) -> None:
    """Read a text as a dictionary of either form and as a term of one, and count with it."""
    term = f"themes:\n  - name: a\n    terms:\n      - {json.dumps(text[:2000], ensure_ascii=False)}\n"
    row = f'theme,term\na,"{text[:2000].replace(chr(34), "")}"\n'
    for read, written in (
        (read_yaml, text),
        (read_yaml, term),
        (lambda written, name: read_table(written, name)[0], text),
        (lambda written, name: read_table(written, name)[0], row),
    ):
        with suppress(PdtoolError):
            dictionary, _ = Dictionary.of("a", read(written, "a"))
            ThemeCounter.of(dictionary, by_section=True).count(_COUNTED)


def _user_words(text: str) -> None:
    with suppress(PdtoolError):
        parse_user_dictionary(text)
    _parsed("a.txt", text.encode("utf-8", "replace"), load_synonyms)


def _search_terms(text: str) -> None:
    """Search for a text: as a term or rule, and as a regular expression."""
    for terms, expressions in (([text], []), ([], [text])):
        with suppress(PdtoolError):
            make_query(terms, [], expressions, Nesting.ALL, Within.PARAGRAPH, NO_SYNONYMS)


def _names(text: str) -> None:
    """Read a text as the name of a file and as the cells of a row."""
    output_names([text, text.upper()])
    source = Source(text, text, text, "text")
    list(name_fields(source))
    said = dict.fromkeys(("title", "date", "issuer", "keywords", "year"), text)
    list(container_fields(said, source))
    list(path_fields(said))


FILE_STEPS: dict[str, Callable[[str], object]] = {
    "table files": _tables,
    "web page": _page,
    "Word document": _word_document,
    "theme dictionary": _theme_dictionary,
    "words of the user": _user_words,
    "search terms": _search_terms,
    "names and cells": _names,
}
"""Every step that reads a file which is no plain text."""
