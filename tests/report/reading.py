"""Reading a report back: its tables, its data, its visible text, with nothing of the project's own code."""

from __future__ import annotations

import base64
import csv
import gzip
import io
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["PageReader", "read_csv", "read_page"]

_DATA = ("application/json", "application/gzip")


@dataclass
class PageReader(HTMLParser):
    """What a page holds.

    Attributes:
        tables: The rows of each table by the id of its box, header first.
        data: The text of each script of data by its id: JSON, or gzip in base 64.
        text: Everything that is shown, rows that wait and closed folds included.
        tags: All elements in their order, with their attributes.
    """

    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._table = ""
        self._cell = False
        self._script: str | None = None
        self._raw = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        name = attributes.get("id") or ""
        if name.startswith("table-") and tag == "div":
            self._table = name.removeprefix("table-")
        if tag == "table":
            self.tables.setdefault(self._table, [])
        if tag == "tr":
            self.tables[self._table].append([])
        self._cell = tag in {"td", "th"} or (self._cell and tag in {"a", "wbr"})
        if tag in {"td", "th"}:
            self.tables[self._table][-1].append("")
        if tag in {"script", "style"}:
            self._raw = True
            self._script = name if attributes.get("type") in _DATA else None

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag in {"table", "thead", "tbody"}:
            self._cell = False
        if tag in {"script", "style"}:
            self._raw, self._script = False, None

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._raw:
            if self._script is not None:
                self.data[self._script] = self.data.get(self._script, "") + data
            return
        self.text.append(data)
        if self._cell:
            self.tables[self._table][-1][-1] += data

    def csv(self, key: str) -> str:
        """Return the CSV that a table is saved as."""
        return _unpacked(self.data[f"csv-{key}"])

    def add_waiting_rows(self) -> None:
        """Read the rows that wait until they are asked for, as the page's script does."""
        for name in [name for name in self.data if name.startswith("rest-")]:
            key = name.removeprefix("rest-")
            waiting = PageReader()
            waiting.feed(f'<div id="table-{key}"><table>{_unpacked(self.data[name])}</table></div>')
            self.tables[key] += waiting.tables[key]
            self.text += waiting.text
            self.tags += waiting.tags[2:]

    @property
    def shown(self) -> str:
        """All visible text."""
        return "".join(self.text)


def _unpacked(data: str) -> str:
    return gzip.decompress(base64.b64decode(data)).decode()


def read_page(page: str) -> PageReader:
    """Parse a page, and the rows that wait."""
    reader = PageReader()
    reader.feed(page)
    reader.close()
    reader.add_waiting_rows()
    return reader


def read_csv(text: str) -> list[list[str]]:
    """Parse CSV, with or without a byte order mark."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
