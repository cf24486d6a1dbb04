"""HTML left in text: ``通知如下&#65306;<br/>&ldquo;早谋划&rdquo;`` → ``通知如下：⏎“早谋划”``.

Whoever collects pages into a table often keeps their source: references to characters, tags, both escaped
once more. They are undone only where they are plainly left over: at least two of them, the tags those of HTML
and most of them closed. A text *about* markup, program code, a comparison (``a<b``), a placeholder
(``<name>``) keep theirs: they speak of markup, hold code, name other elements or leave tags open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pdtool.data_files import data_json, data_toml
from pdtool.late_patterns import late_pattern
from pdtool.text.edits import Edits

__all__ = ["MARKUP", "find_markup"]

MARKUP = "markup"
"""The name of this step."""

_FEWEST = 2
"""References and tags without which nothing is undone: a single one may be meant as it stands, unless it is
that of a character that no keyboard has, in the middle of Chinese text."""
_MOST_SPOKEN_OF = 0.2
"""The share of references and tags that may look as if the text spoke of them."""
_MOST_UNKNOWN = 0.1
"""The share of tags that may be of no element of HTML."""
_MOST_OPEN = 0.25
"""The share of tags that may lack a partner which they must have: a cell may be cut off."""
_LONGEST_TAG = 600
"""Characters of a tag; Word's style attributes are long."""

_ESCAPES = "(?:amp;){0,3}"
_unit_pattern = late_pattern(
    r"(?P<hidden><!--[^<>]{0,2000}-->|<!doctype[^<>]{0,200}>|<\?xml:[^<>]{0,200}>)"
    rf"|(?P<tag></?[a-z][^<>]{{0,{_LONGEST_TAG}}}>)"
    rf"|&{_ESCAPES}lt;(?P<escaped>/?[a-z](?:(?!&{_ESCAPES}lt;)[^<>\n]){{0,{_LONGEST_TAG}}}?)&{_ESCAPES}gt;"
    rf"|&{_ESCAPES}(?P<reference>#[0-9]{{2,7}};?|#x[0-9a-f]{{2,6}};|[a-z][a-z0-9]{{1,31}}(?:;|(?![a-z0-9=;])))",
    re.IGNORECASE,
)
_tag_pattern = late_pattern(
    r"<(?P<closing>/?)(?P<name>[a-z][a-z0-9:]*)(?P<attributes>[\s/][^<>]*)?>", re.IGNORECASE
)
_attribute = late_pattern(
    r"""\s*(?P<name>(?!v-)[a-z_][\w:.-]*)(?P<value>\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>={}]+))?(?=[\s/]|$)""",
    re.IGNORECASE,
)
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_REST_OF_LINE = re.compile(r"[^\S\n]*(?:\n|\Z)")


class _Unit(NamedTuple):
    """A tag, a reference, or another piece of HTML.

    Args:
        start: Offset of its first character.
        end: Offset after its last one.
        shows: What a reader of the page sees in its place.
        name: The element of a tag; empty if it is none, or of no element of HTML.
        closing: Whether it is a closing tag.
        plain: Whether it is HTML for certain, when a text holds enough of it.
    """

    start: int
    end: int
    shows: str
    name: str = ""
    closing: bool = False
    plain: bool = True


@cache
def _words(key: str) -> frozenset[str]:
    """Return a list of ``data/markup.toml``."""
    return frozenset(data_toml("markup.toml")[key])


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return the regular expressions of a list of ``data/markup.toml`` as one."""
    return re.compile("|".join(sorted(_words(key))))


@cache
def _elements() -> dict[str, str]:
    """Return what stands for the tag of each element: a line end, a tab, or nothing."""
    table = data_json("html_elements.json")
    shown = dict.fromkeys(_words("inline") | _words("unseen"), "")
    shown |= dict.fromkeys((*table["blocks"], *_words("blocks")), "\n")
    return shown | dict.fromkeys(table["cells"], "\t")


def _character(reference: str) -> str:
    """Return the character that a reference (without ``&``) stands for; empty if it stands for none."""
    if reference.startswith("#"):
        from html import unescape

        shown = unescape(f"&{reference.rstrip(';')};")
        return "" if shown.startswith("&") or shown == "\ufffd" else _CARRIAGE_RETURN.sub("\n", shown)
    if not reference.endswith(";") and reference not in _words("unclosed"):
        return ""
    from html.entities import html5

    return html5.get(reference, html5.get(f"{reference};", ""))


def _is_plain(attributes: str) -> bool:
    """Return whether the rest of a tag is attributes as pages have them."""
    offset, end = 0, len(attributes.rstrip().removesuffix("/").rstrip())
    while offset < end:
        found = _attribute().match(attributes, offset, end)
        if not found or not (found["value"] or found["name"].lower() in _words("bare")):
            return False
        offset = found.end()
    return True


def _tag(written: str, start: int, end: int) -> _Unit:
    """Return the tag that ``written`` is, which stands in the text as it is or escaped."""
    match = _tag_pattern().fullmatch(written)
    name = match["name"].lower() if match else ""
    if match is None or name not in _elements() or not _is_plain(match["attributes"] or ""):
        return _Unit(start, end, "", plain=False)
    closing = match["closing"] != ""
    shows = "" if _elements()[name] == "\t" and not closing else _elements()[name]
    return _Unit(start, end, shows, name, closing, plain=name != "img" or match["attributes"] is not None)


def _units(text: str) -> Iterator[_Unit]:
    """Yield what looks like HTML in a text, in its order."""
    position, unseen = 0, set(_words("unseen"))
    while match := _unit_pattern().search(text, position):
        unit = _unit(match)
        position = match.end()
        if unit and unit.name in unseen and not unit.closing:
            closing = re.compile(rf"</{unit.name}\s*>", re.IGNORECASE).search(text, position)
            if closing:
                position = closing.end()
                unit = _Unit(unit.start, position, "")
            else:
                unseen.remove(unit.name)
        if unit:
            yield unit


def _unit(match: re.Match[str]) -> _Unit | None:
    """Return what a match of :data:`_unit_pattern()` is; ``None`` for a reference to no character."""
    start, end = match.span()
    if match["tag"]:
        return _tag(match["tag"], start, end)
    if match["escaped"]:
        from html import unescape

        return _tag(f"<{unescape(unescape(match['escaped']))}>", start, end)
    shown = _character(match["reference"]) if match["reference"] else ""
    return None if match["reference"] and not shown else _Unit(start, end, shown)


def _is_spoken_of(text: str, unit: _Unit) -> bool:
    """Return whether a text speaks of a tag or reference, rather than being made of it."""
    if text[unit.start - 1 : unit.start] + text[unit.end : unit.end + 1] in _words("quotes"):
        return True
    if unit.name == "" or unit.closing:
        return False
    return any(_pattern(key).match(text, unit.end) for key in ("spoken_of", "never_first"))


def _is_between_han(text: str, unit: _Unit) -> bool:
    """Return whether Chinese text stands around a character that no keyboard has: then one is enough."""
    around = text[unit.start - 1 : unit.start] + text[unit.end : unit.end + 1]
    no_ascii = not any(map(str.isascii, around + unit.shows)) and len(around) > 1
    return no_ascii and not _pattern("spoken_of").match(text, unit.end)


def _are_closed(tags: Sequence[_Unit]) -> bool:
    """Return whether most tags have their partners, and something but open tags is there."""
    unpaired = _words("void") | _words("optional")
    must = [tag for tag in tags if tag.name not in unpaired]
    balance = Counter[str]()
    for tag in must:
        balance[tag.name] += -1 if tag.closing else 1
    if sum(map(abs, balance.values())) > _MOST_OPEN * len(tags):
        return False
    return not tags or any(tag.closing or tag.name in _words("void") for tag in tags)


def _are_left(text: str, units: Sequence[_Unit]) -> bool:
    """Return whether HTML was left in a text, rather than written into it."""
    plain = [unit for unit in units if unit.plain]
    tags = [unit for unit in plain if unit.name]
    few = len(plain) < _FEWEST and not (plain and _is_between_han(text, plain[0]))
    if few or len(units) - len(plain) > _MOST_UNKNOWN * len(units) or not _are_closed(tags):
        return False
    if sum(_is_spoken_of(text, unit) for unit in plain) > _MOST_SPOKEN_OF * len(plain):
        return False
    ends = [0, *(unit.end for unit in units)]
    starts = [*(unit.start for unit in units), len(text)]
    rest = " ".join(text[start:end] for start, end in zip(ends, starts, strict=True))
    return not _pattern("subjects").search(rest) and not _pattern("code").search(rest)


def _undone(text: str, units: Sequence[_Unit]) -> Iterator[tuple[int, int, str]]:
    """Yield each piece of HTML with what a reader sees instead; a tag adds no empty lines."""
    position, at_start = 0, True
    for unit in units:
        between = text[position : unit.start]
        at_start = not between[between.rfind("\n") + 1 :].strip() and (at_start or "\n" in between)
        shows = unit.shows
        if unit.name and shows and (at_start or _REST_OF_LINE.match(text, unit.end)):
            shows = ""
        at_start = shows == "\n" or (at_start and not shows.strip())
        position = unit.end
        yield unit.start, unit.end, shows


def find_markup(text: str) -> Edits:
    r"""Find the HTML that was left in a text.

    Do not use it on a text that shall keep its source: what a tag says beyond line ends is lost.

    Args:
        text: Any text, with plain line ends.

    Returns:
        Edits that replace references by their characters, tags of blocks by line ends, of cells by tabs, and
        take other tags out. Their rules: ``reference``, ``tag``.

    >>> text = "各单位：&nbsp;&ldquo;早谋划&rdquo;<br/>抓落实。"
    >>> find_markup(text).apply(text)[0]
    '各单位：\xa0“早谋划”\n抓落实。'
    """
    if "&" not in text and "<" not in text:
        return Edits.of(text, [])
    units = list(_units(text))
    if not units or not _are_left(text, units):
        return Edits.of(text, [])
    plain = [unit for unit in units if unit.plain]
    rules = ["tag" if unit.name or text[unit.start] == "<" else "reference" for unit in plain]
    return Edits.of(text, list(_undone(text, plain)), rules)
