"""The relation to each of the documents that a text names: those in one row or one list have the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pdtool.citations.citing_sentence import Sentences
from pdtool.citations.named_place import NamedPlace
from pdtool.citations.relation import plain_relation, relation_of
from pdtool.citations.wording import citation_data

__all__ = ["relations"]

_ROW_CHARS = 16
"""Characters between two titles of one row at most."""
_IN_ROW = re.compile(r"\s*(?:[、和及与或以]|并|暨|\Z)")
_ENDS_ROW = re.compile(r"[，,。；;：:\n]")
_ITEM = re.compile(r"[ \t\u3000]*(?:[（(]?[\d一二三四五六七八九十]{1,4}[)）.．、]|[-*•●·○◆■□])?\s*\Z")
_LINE_CHARS = 400
"""Characters of a line before a title that are looked at."""
_ITEM_CHARS = 60
"""Characters of a line before a title that is an item of a list."""


def relations(text: str, sentences: Sentences, places: Sequence[NamedPlace]) -> dict[int, str]:
    """Return the relation of each name, by where it begins; names in one row have one relation.

    What introduces a list holds for each item of it.
    """
    found: dict[int, str] = {}
    listed, list_end = "", -1
    for row in _rows(text, places):
        first, last = row[0], row[-1]
        line = _line_start(text, first.outer)
        is_item = first.outer - line <= _ITEM_CHARS and _ITEM.match(text, line, first.outer) is not None
        sentence, _ = sentences.around(first.outer, first.outer)
        relation = relation_of(text, sentence, first.outer, last.after)
        if is_item and not relation:
            before = _line_start(text, max(0, line - 1))
            if list_end < before:
                listed = _introduced(text, before, line - 1)
            relation = listed
            list_end = last.after
        for one in row:
            found[one.start] = relation or plain_relation()
    return found


def _line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins, or a place in it that is far before."""
    least = max(0, offset - _LINE_CHARS)
    return max(text.rfind("\n", least, offset) + 1, least)


def _introduced(text: str, start: int, end: int) -> str:
    """Return the relation that the line above a list says of its items; empty if it introduces none."""
    line = text[start:end].rstrip()
    if not line.endswith(("：", ":")):
        return ""
    names = (
        (line.rfind(word), relation["name"])
        for relation in citation_data()["relations"]
        for word in relation["before"]
        if "(" not in word
    )
    at, name = max(names, default=(-1, ""))
    return name if at >= 0 else ""


def _rows(text: str, places: Sequence[NamedPlace]) -> Iterator[list[NamedPlace]]:
    """Yield the names that stand in one row: 《甲》、《乙》和省政府《丙》."""
    row: list[NamedPlace] = []
    for one in places:
        if row and not _goes_on(text, row[-1].after, one.outer):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _goes_on(text: str, after: int, outer: int) -> bool:
    if not 0 <= outer - after <= _ROW_CHARS:
        return outer < after
    between = text[after:outer]
    return _IN_ROW.match(between) is not None and _ENDS_ROW.search(between) is None
