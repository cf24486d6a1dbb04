"""Reading a report back: its tables, its data, its visible text, with nothing of the project's own code."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["PageReader", "read_csv", "read_page"]


@dataclass
class PageReader(HTMLParser):
    """What a page holds.

    Attributes:
        tables: The rows of each table by the id of its box, header first.
        data: The JSON of each script of data by its id.
        text: Everything that is shown, templates and closed folds included.
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
        self._cell = tag in {"td", "th"} or (self._cell and tag == "a")
        if tag in {"td", "th"}:
            self.tables[self._table][-1].append("")
        if tag in {"script", "style"}:
            self._raw = True
            self._script = name if attributes.get("type") == "application/json" else None

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
        text = json.loads(self.data[f"csv-{key}"])
        assert isinstance(text, str)
        return text

    @property
    def shown(self) -> str:
        """All visible text."""
        return "".join(self.text)


def read_page(page: str) -> PageReader:
    """Parse a page."""
    reader = PageReader()
    reader.feed(page)
    reader.close()
    return reader


def read_csv(text: str) -> list[list[str]]:
    """Parse CSV, with or without a byte order mark."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
