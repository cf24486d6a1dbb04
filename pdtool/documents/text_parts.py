"""The parts of a text beside its body: references, notes, funding, notes on authors, tables of contents.

They stay in the clean text and are marked there. The word alone never makes a part: under a heading of
references there must stand entries of their form, behind a label something it announces, under 目录 the
headings of the text or the numbers of pages. What follows the last entry is text again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdtool.documents.front_matter_forms import FrontMatter
from pdtool.documents.text_part_forms import part_forms
from pdtool.late_patterns import late_pattern
from pdtool.text.edits import Edits
from pdtool.text.han import NAMES

__all__ = [
    "KINDS",
    "LABELLED",
    "REFERENCES",
    "TextLine",
    "find_parts",
    "has_note_marks",
    "label_kind",
    "lines_of",
    "note_mark_edits",
    "without_note_marks",
]

REFERENCES = ("references", "notes", "funding", "author_note")
"""The kinds of spans that are no part of the body unless it is asked for."""
KINDS = (*REFERENCES, "contents")
"""The kinds of spans that :func:`find_parts` finds."""

LABELLED = ("funding", "author_note")
"""Those that a label announces, or a sentence says, in a line."""

_LONGEST_HEADING = 40
_LONGEST_ENTRY = 600
"""The most characters of an entry in a line of its own."""
_FEWEST_UNHEADED = 3
"""Entries in a row that are a list of references without a heading."""
_GAP = 2
"""Lines that are no entries within a list of entries: an entry that goes on."""
_LONGEST_CONTENTS_LINE = 200
"""The most characters of a line of a table of contents."""
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊")
_BRACKETS = frozenset("[［【〔(（")
_FIRST_NUMBERS = frozenset({"", "1", "01", "001", "0", "①", "*", "＊"})
"""What the first entry of a list may begin with."""
_text_heading = late_pattern(
    r"(?:第 ?[一二三四五六七八九十\d]{1,4} ?[编章节条]|[一二三四五六七八九十]{1,3}、|#{1,6} )"
)
"""How a heading of the text begins, which ends every list of entries."""
_note_mark = late_pattern(
    rf"(?<=[{NAMES}”’》）)%])"
    r"(?:[\[［]\d{1,3}(?:[-–—~～,，、]\d{1,3}){0,30}[\]］]|[①-⑳])++(?![条款项])"
)
"""A mark behind a word that refers to an entry; 第[3]条 is none."""
_NOTE_SIGN = re.compile(r"[\[［①-⑳]")
"""What every such mark begins with."""
_ENTRY_END = re.compile(r"[.。．;；\d\])］）]$")
_SENTENCE_END = re.compile(r"[。！？!?；;]$")
_SHORTEST_VALUE = 4
"""The fewest characters that a label of funding or of authors announces."""


class TextLine(NamedTuple):
    """A line that has text.

    Args:
        start: The offset at which it begins.
        end: The offset of its line end.
        plain: What it says, with one blank in the place of several.
    """

    start: int
    end: int
    plain: str


def lines_of(text: str) -> list[TextLine]:
    """Return the lines that have text."""
    found, start = [], 0
    for line in text.split("\n"):
        plain = " ".join(line.split())
        if plain:
            found.append(TextLine(start, start + len(line), plain))
        start += len(line) + 1
    return found


def find_parts(text: str) -> list[FrontMatter]:
    r"""Find the parts of a text beside its body and its front matter.

    Args:
        text: The clean text.

    Returns:
        ``(kind, start, end)`` in order, none overlapping another; the kinds are :data:`KINDS`. Headings and
        labels are within the spans.

    >>> text = "正文[1]。\n参考文献：\n[1] 李明. 论水[J]. 水利, 2019(3): 1-8.\n作者简介：李明，教授。"
    >>> [(kind, text[start:end][:4]) for kind, start, end in find_parts(text)]
    [('references', '参考文献'), ('author_note', '作者简介')]
    >>> find_parts("参考文献应当著录完整。\n参考文献：\n由各单位自定。")
    []
    """
    return list(_parts(lines_of(text))) if _may_hold_parts(text) else []


def without_note_marks(body: str) -> str:
    """Return a body without the marks that refer to its references or notes.

    >>> without_note_marks("居民的利益[1]，采光[2-3]、噪音①，第[3]条")
    '居民的利益，采光、噪音，第[3]条'
    """
    return _note_mark().sub("", body)


def has_note_marks(text: str) -> bool:
    """Return whether a text holds a mark that may refer to an entry."""
    # The search for a sign skips from one to the next; that for a mark looks back at every place.
    return _NOTE_SIGN.search(text) is not None and _note_mark().search(text) is not None


def note_mark_edits(body: str) -> Edits:
    """Return what :func:`without_note_marks` leaves out, as edits."""
    return Edits.of(body, [(*mark.span(), "") for mark in _note_mark().finditer(body)])


def _may_hold_parts(text: str) -> bool:
    """Return whether a line with a sign may begin a part: then alone all lines are worth looking at."""
    start, size = 0, len(text)
    while start < size:
        sign = part_forms().signs.search(text, start)
        if sign is None:
            return False
        begin, end = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.start())
        start = size if end < 0 else end + 1
        if _may_begin(" ".join(text[begin:start].split())):
            return True
    return False


def _may_begin(plain: str) -> bool:
    """Return whether a part may begin with a line, whatever stands below it."""
    numbered = _number_of(plain) and part_forms().mark.search(plain)
    heads = label_kind(plain) or _heading_kind(plain)
    return bool(heads or numbered or _has_leaders(plain) or _is_glued_list(plain))


def _parts(lines: Sequence[TextLine]) -> Iterator[FrontMatter]:
    repeated = _repeated_headings(lines)
    index = 0
    while index < len(lines):
        if part_forms().signs.search(lines[index].plain) is None:
            index += 1
            continue
        kind, after = _part_at(lines, index, repeated)
        if kind:
            yield kind, lines[index].start, lines[after - 1].end
        index = max(after, index + 1)


def _part_at(lines: Sequence[TextLine], index: int, repeated: frozenset[str]) -> tuple[str, int]:
    """Return the kind of the part that begins with a line, empty if none does, and the index after it."""
    plain = lines[index].plain
    label = label_kind(plain)
    if label:
        return label, _value_end(lines, index)
    heading = _heading_kind(plain)
    if heading:
        found = (
            _contents_end(lines, index + 1, repeated)
            if heading == "contents"
            else _entries_end(lines, index + 1, heading)
        )
        return (heading, found) if found > index + 1 else ("", index + 1)
    if _is_glued_list(plain):
        return "references", max(_entries_end(lines, index + 1, "references"), index + 1)
    if _has_leaders(plain):
        after = _leaders_end(lines, index)
        return ("contents" if after - index >= _FEWEST_UNHEADED else ""), after
    if _number_of(plain) and part_forms().mark.search(plain):
        after = _marked_end(lines, index)
        return ("references" if after - index >= _FEWEST_UNHEADED else ""), after
    return "", index + 1


def _heading_kind(plain: str) -> str:
    """Return what a line is the heading of; empty if it is the heading of no part."""
    if len(plain) > _LONGEST_HEADING:
        return ""
    return next((kind for kind, form in part_forms().headings if form.fullmatch(plain)), "")


def label_kind(plain: str) -> str:
    """Return what the label announces that a line begins with; empty if it begins with none."""
    forms = part_forms()
    for kind, label in forms.labels:
        match = label.match(plain)
        if match is not None and len(plain) - match.end() >= _SHORTEST_VALUE:
            return kind
    if len(plain) > _LONGEST_ENTRY:
        return ""
    return next((kind for kind, form in forms.sentences if form.fullmatch(plain)), "")


def _value_end(lines: Sequence[TextLine], index: int) -> int:
    """Return the index after what a label announces: its line, and the next if a printer broke it."""
    after = index + 1
    broken = not _ENTRY_END.search(lines[index].plain)
    if (
        broken
        and after < len(lines)
        and _touches(lines, after)
        and len(lines[after].plain) < len(lines[index].plain)
    ):
        free = not label_kind(lines[after].plain) and not _heading_kind(lines[after].plain)
        return after + (free and bool(_ENTRY_END.search(lines[after].plain)))
    return after


def _touches(lines: Sequence[TextLine], index: int) -> bool:
    """Return whether no blank line stands above a line."""
    return lines[index].start == lines[index - 1].end + 1


def _number_of(plain: str) -> str:
    """Return the number or sign that an entry begins with, without brackets; empty if it begins with none."""
    match = part_forms().number.match(plain)
    return "" if match is None else match["number"] or match[0]


def _is_entry(plain: str, before: str | None, numbered: bool) -> bool:
    """Return whether a line is an entry.

    Args:
        plain: What it says.
        before: The number of the entry before it; ``None`` if there is none.
        numbered: Whether the entries have numbers: one without is then known by the mark of its kind alone.
    """
    forms = part_forms()
    if len(plain) > _LONGEST_ENTRY:
        return False
    if forms.mark.search(plain):
        return True
    number = _number_of(plain)
    if numbered and not number:
        return False
    counts_on = before is not None and _counts_on(number, before)
    return counts_on or forms.source.search(plain) is not None or (before is not None and number in _CIRCLED)


def _counts_on(number: str, before: str) -> bool:
    return number.isdecimal() and before.isdecimal() and int(number) == int(before) + 1


def _begins_list(lines: Sequence[TextLine], index: int, kind: str) -> bool:
    """Return whether a line is the first entry under a heading, perhaps broken into several lines."""
    plain = lines[index].plain
    number = _number_of(plain)
    if number and not _ENTRY_END.search(plain):
        plain = " ".join(line.plain for line in lines[index : index + 1 + _GAP])
    if kind == "notes" and (number in _CIRCLED or (number == "1" and plain[0] in _BRACKETS)):
        return True
    return number in _FIRST_NUMBERS and _is_entry(plain, None, bool(number))


def _entries_end(lines: Sequence[TextLine], index: int, kind: str) -> int:
    """Return the index after the entries that begin with a line; ``index`` if it is none.

    Lines between two entries belong to the upper one.
    """
    if index == len(lines) or not _begins_list(lines, index, kind):
        return index
    before = _number_of(lines[index].plain)
    numbered, after = bool(before), index + 1
    for offset in range(index + 1, len(lines)):
        plain = lines[offset].plain
        ends = offset - after > _GAP or _text_heading().match(plain) or label_kind(plain)
        if ends or _heading_kind(plain):
            break
        if _is_entry(plain, before, numbered):
            before, after = _number_of(plain), offset + 1
    return _with_last_line(lines, after)


def _marked_end(lines: Sequence[TextLine], index: int) -> int:
    """Return the index after the lines that are numbered and bear the mark of an entry's kind."""
    mark = part_forms().mark
    while index < len(lines) and _number_of(lines[index].plain) and mark.search(lines[index].plain):
        index += 1
    return index


def _with_last_line(lines: Sequence[TextLine], after: int) -> int:
    """Return the index after the line that the last entry was broken into."""
    if not 0 < after < len(lines) or _ENTRY_END.search(lines[after - 1].plain):
        return after
    plain = lines[after].plain
    ends = _ENTRY_END.search(plain) and not plain.endswith(("。", "；"))
    return after + bool(ends and _touches(lines, after) and not label_kind(plain))


def _is_glued_list(plain: str) -> bool:
    """Return whether a line holds a label of references and all entries behind it."""
    for kind, form in part_forms().headings:
        match = form.match(plain) if kind == "references" else None
        if match is not None:
            rest = plain[match.end() :]
            return bool(_number_of(rest)) and part_forms().mark.search(rest) is not None
    return False


def _has_leaders(plain: str) -> bool:
    """Return whether a line ends with leaders and the number of a page."""
    ends = plain[-1:].isdecimal() or plain[-1:] in part_forms().page_ends
    return ends and len(plain) <= _LONGEST_CONTENTS_LINE and part_forms().leaders.search(plain) is not None


def _leaders_end(lines: Sequence[TextLine], index: int) -> int:
    """Return the index after the lines that end with leaders and the number of a page."""
    while index < len(lines) and _has_leaders(lines[index].plain):
        index += 1
    return index


def _repeated_headings(lines: Sequence[TextLine]) -> frozenset[str]:
    """Return what stands in a line of its own twice or more, as a table of contents and the text have it."""
    short = (line.plain for line in lines if len(line.plain) <= _LONGEST_HEADING)
    if not any(_heading_kind(plain) == "contents" for plain in short if part_forms().signs.search(plain)):
        return frozenset()
    counts = Counter(
        _key(line.plain)
        for line in lines
        if len(line.plain) <= _LONGEST_CONTENTS_LINE and not _SENTENCE_END.search(line.plain)
    )
    return frozenset(key for key, count in counts.items() if count > 1 and key)


def _contents_end(lines: Sequence[TextLine], index: int, repeated: frozenset[str]) -> int:
    """Return the index after a table of contents, from the line under its heading; ``index`` if none follows.

    Its lines end with leaders and the number of a page, or stand again below as headings. It ends before the
    first of them stands again; another may stand in it twice (第一节 一般规定), then a line of it follows.
    """
    first, seen, entries, after = "", set[str](), 0, index
    for offset in range(index, len(lines)):
        plain = lines[offset].plain
        key = _key(plain)
        again = key in seen and not _has_leaders(plain)
        ends = again and (key == first or not _in_contents(lines, offset + 1, repeated))
        if ends or offset - after > _GAP:
            break
        if _in_contents(lines, offset, repeated):
            first, entries, after = first or key, entries + 1, offset + 1
            seen.add(key)
    return after if entries > 1 else index


def _in_contents(lines: Sequence[TextLine], index: int, repeated: frozenset[str]) -> bool:
    """Return whether a line may be one of a table of contents."""
    if index >= len(lines):
        return False
    return _has_leaders(lines[index].plain) or _key(lines[index].plain) in repeated


def _key(plain: str) -> str:
    """Return a heading as it is compared with the same in the text: without blanks, leaders and page."""
    return re.sub(r"\s+|[.．·•…‥⋯┈・_—-]{2,}.*$|…+\d*$|\d{1,4}$", "", part_forms().leaders.sub("", plain))
