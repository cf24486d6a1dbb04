"""Spaces and line breaks that layout left in the text.

Three repairs. Invisible characters and blanks at line ends go. Blanks that stretch a word (``关 键 词``) or
stand between the characters of running text (``加强 党建。``) go, for Chinese is written without them. Lines
that a printer or an e-mail program wrapped at a fixed width (``推进基层治⏎理现代化``) are joined, for a word
that is cut in two is found by no search.

A blank can also mean something. Columns (three or more blanks, tabs), the blank after ``第一条`` and the
blanks of a line without sentence punctuation, such as a title or a list of names, stay as found, unless
single characters were set apart. Between Han and Latin a blank is a matter of taste and stays too.

Whether lines are wrapped is the document's own evidence: most of them end at about the same display width,
without punctuation, while sentences end inside them. Poems, lists and texts with one paragraph per line do
not.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from pdtool.normalise.layout.blank_runs import UNSEEN, BlankRuns, Kind, Kinds, kinds_of, unseen_runs
from pdtool.normalise.layout.blanks import is_form, is_label, is_name, is_row, is_slogan, is_verse_gap, may_end_label
from pdtool.text.code_points import code_points
from pdtool.text.edits import Edits, IntArray, Proposals
from pdtool.text.line_table import LineTable, Mask, members
from pdtool.text.lines import Span, ends_sentence, is_latin, opens_paragraph

__all__ = ["BLANKS", "LAYOUT", "display_widths", "may_be_wrapped", "spacing", "wrap_width"]

_HAN = "\u3400-\u9fff〇\U00020000-\U000323af"
_VISIBLE = " \t\u3000\u00a0"
BLANKS = f"{UNSEEN}{_VISIBLE}"
"""Blanks and what cannot be seen."""
LAYOUT = f"{BLANKS}\n"
"""What layout is made of: in a text without any of these there is nothing to repair."""
_SENTENCE_MARK = re.compile("[，。；！？]")
_LINE_LIMIT = 2000
"""How far around a blank sentence punctuation is looked for."""

# Set on texts wrapped at 30 to 100 columns and on the poems, lists and tables of tests/cases/normalise
# (November 2026).
_NARROWEST = 28
"""Columns: narrower lines may be verses or cells."""
_WIDEST = 200
_GAP = re.compile("  |\u3000\u3000|[\t|]")
"""Columns, or cells."""
_FULL_SHARE = 0.4
"""Share of the lines that are full in wrapped text: paragraphs of two lines give a half."""
_ENDED_SHARE = 0.4
"""Most of the full lines that end a sentence."""
_BROKEN_SHARE = _FULL_SHARE * (1 - _ENDED_SHARE)
_FEWEST = 3
"""Full lines that make a habit."""
_SHORTEST_FULL = _NARROWEST // 2 - 2
"""Characters of a full line, which may end in a blank or a narrow character."""
_LOOKED_AT = 20_000
"""Characters of a text by which it is seen whether its lines break off."""
_BETWEEN_HAN = 1
"""Marks a blank between two characters."""
_STRETCHED = 2
"""Marks a blank of a stretched word."""
_SPACES = re.compile(r"\s+")


def spacing(text: str) -> Edits:
    r"""Find blanks and line breaks that are the layout's.

    Args:
        text: Line ends are ``\n``.

    Returns:
        Edits that delete them, or put a space where Latin words meet.

    >>> text = "关 键 词：党建引领 基层治理"
    >>> spacing(text).apply(text)[0]
    '关键词：党建引领 基层治理'
    """
    proposals = Proposals(text)
    _blanks(text, proposals)
    _wraps(text, proposals)
    return proposals.edits()


# Blanks -----------------------------------------------------------------------------------------------


def _blanks(text: str, proposals: Proposals) -> None:
    if text.isascii() and not any(blank in text for blank in _VISIBLE):
        return
    kinds = kinds_of(text)
    proposals.add_all(*unseen_runs(text, kinds), "invisible")
    runs = BlankRuns.of(kinds)
    if not len(runs.starts):
        return
    trailing, beside = (runs.after & Kind.BREAK) != 0, runs.beside_marks()
    proposals.add_all(*runs.only(trailing), "trailing")
    _beside_marks(text, *runs.only(beside), proposals)
    _set_apart(text, *runs.only(runs.may_be_set_apart() & ~(trailing | beside)), proposals)


# Beside marks -----------------------------------------------------------------------------------------


def _beside_marks(text: str, starts: IntArray, ends: IntArray, proposals: Proposals) -> None:
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        labelled = may_end_label(text[start - 1]) and is_label(text, end)
        if not (labelled or is_verse_gap(text, (start, end))):
            proposals.add(start, end, "", "beside_mark")


# Set apart --------------------------------------------------------------------------------------------


@cache
def _stretched() -> re.Pattern[str]:
    """Match characters that were set apart, or the blanks between two characters."""
    return re.compile(
        rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000\u00a0]{{1,2}}[{_HAN}](?![{_HAN}])){{1,40}}|"
        rf"(?<=[{_HAN}])[ \u3000\u00a0]{{1,2}}(?=[{_HAN}])"
    )


def _set_apart(text: str, starts: IntArray, ends: IntArray, proposals: Proposals) -> None:
    """Look at the lines that hold blanks between Han characters, each once or in parts of some length."""
    if not len(starts):
        return
    found = np.zeros(len(text), dtype=np.uint8)
    following, done = 0, 0
    while following < len(starts):
        # The other blanks of the line may stretch the same word.
        first, done = _line_around(text, int(starts[following]))
        running = _SENTENCE_MARK.search(text, first, done) is not None and not is_row(text, (first, done))
        for stretch in _stretched().finditer(text, first, done):
            _mark_between_han(text, stretch, running, found)
        following = int(np.searchsorted(starts, np.int32(done)))
    for rule, code in (("between_han", _BETWEEN_HAN), ("stretched_word", _STRETCHED)):
        at = np.flatnonzero(found == code).astype(np.int32)
        proposals.add_all(at, ends[np.searchsorted(starts, at)], rule)


def _line_around(text: str, offset: int) -> Span:
    """Return the line around a blank, or as much of it as sentence punctuation is looked for in."""
    start = text.rfind("\n", max(0, offset - _LINE_LIMIT), offset) + 1
    end = text.find("\n", offset, offset + _LINE_LIMIT)
    return max(start, offset - _LINE_LIMIT), end if end >= 0 else min(offset + _LINE_LIMIT, len(text))


def _mark_between_han(text: str, match: re.Match[str], running: bool, found: Kinds) -> None:
    """Mark the blanks of a stretched word, or the blank in a line of running text, that are not marked yet.

    A line without sentence punctuation is a title, a list of names or a verse; its blanks may be meant.
    """
    start, end = match.span()
    stretched = match[0]
    if end - start <= 2 and stretched.isspace():
        labelled = may_end_label(text[start - 1]) and is_label(text, end)
        kept = found[start] or labelled or is_form(text, (start, end)) or is_slogan(text, (start, end))
        if running and not kept:
            found[start] = _BETWEEN_HAN
        return
    if (may_end_label(stretched[0]) and is_label(text, start + 2)) or is_name(stretched):
        return
    if stretched[1::2].isspace():  # one blank between each two characters
        blanks = found[start + 1 : end : 2]
        blanks[blanks == 0] = _STRETCHED
        return
    for blank in _SPACES.finditer(stretched):
        first, last = start + blank.start(), start + blank.end()
        if not (found[first] or is_form(text, (first, last))):
            found[first] = _STRETCHED


# Wrapped lines ----------------------------------------------------------------------------------------


def display_widths(text: str) -> IntArray:
    r"""Return the width of every line in columns of a terminal, shape ``(n_lines,)``.

    Han, full-width forms and Chinese punctuation take two columns, other characters one.

    >>> display_widths("党建 work\n“”").tolist()
    [9, 4]
    """
    codes = code_points(text)
    columns = 1 + (codes >= 0x2010).astype(np.uint8)
    breaks = np.flatnonzero(codes == 0x0A).astype(np.int32)
    columns[breaks] = 0
    totals = np.zeros(len(codes) + 1, dtype=np.int32)
    np.cumsum(columns, out=totals[1:], dtype=np.int32)
    return np.diff(totals[np.concatenate(([0], breaks, [len(codes)]))])


def wrap_width(text: str) -> tuple[int, int] | None:
    r"""Return the columns that full lines of a wrapped text lie between; ``None`` for an unwrapped text.

    Args:
        text: Line ends are ``\n``.

    Returns:
        The narrowest and the widest full line.
    """
    if text.count("\n") < _FEWEST or not _breaks_off(text):
        return None
    widths = display_widths(text)
    filled = np.sort(widths[widths > 0])
    if len(filled) < _FEWEST + 1:
        return None
    widest = int(filled[int(0.98 * (len(filled) - 1))])
    slack = max(4, widest // 10)
    full = int((filled >= widest - slack).sum())
    if not _NARROWEST <= widest <= _WIDEST or full < max(_FEWEST, _FULL_SHARE * len(filled)):
        return None
    return (widest - slack, int(filled[-1])) if _reads_across(text, widths, widest - slack) else None


def may_be_wrapped(lines: LineTable) -> Mask:
    """Return which of some texts may break off line by line, as :func:`wrap_width` wants it (a prefilter)."""
    filled = (lines.lengths > 0) & ~lines.are(lines.starts, _spaces())
    broken = lines.count((lines.lengths >= _SHORTEST_FULL) & ~lines.ended())
    beyond = np.diff(lines.starts[lines.firsts], append=len(lines.codes)) > _LOOKED_AT
    return np.asarray(beyond | (broken >= np.maximum(2, _BROKEN_SHARE * lines.count(filled))))


@cache
def _spaces() -> Mask:
    return members("".join(filter(str.isspace, map(chr, range(0x10000)))))


def _breaks_off(text: str) -> bool:
    """Return whether enough of the first lines are long and end in mid-sentence; cheap, so it comes first."""
    lines = [line for line in text[:_LOOKED_AT].split("\n") if line and not line.isspace()][:400]
    long = [line for line in lines if len(line) >= _SHORTEST_FULL]
    needed = max(2, _BROKEN_SHARE * len(lines))
    return len(long) - sum(map(ends_sentence, long)) >= needed


def _reads_across(text: str, widths: IntArray, narrowest: int) -> bool:
    """Return whether sentences end inside the full lines and seldom at their ends, as wrapping makes them."""
    lines = text.split("\n")
    full = [lines[index].strip() for index in np.flatnonzero(widths >= narrowest)[:2000].tolist()]
    if any(_GAP.search(line) for line in full[:50]) or sum(map(opens_paragraph, full)) > 0.5 * len(full):
        return False
    ended = sum(ends_sentence(line) for line in full)
    inside = sum(any(mark in line[:-1] for mark in "。！？；") or ". " in line for line in full)
    return ended <= _ENDED_SHARE * len(full) and inside >= 0.1 * len(full)


def _wraps(text: str, proposals: Proposals) -> None:
    bounds = wrap_width(text)
    if bounds is None:
        return
    lines = text.split("\n")
    widths = display_widths(text).tolist()
    indented = any(line.startswith(("\u3000", "  ")) for line in lines)
    offset = 0
    for line, following, width in zip(lines, lines[1:], widths, strict=False):
        offset += len(line) + 1
        if _is_wrapped(line, following, width, bounds, indented):
            start, end = _around(text, offset - 1)
            proposals.add(start, end, _glue(text, start, end), "wrapped_line")


def _is_wrapped(line: str, following: str, width: int, bounds: tuple[int, int], indented: bool) -> bool:
    """Return whether the break after ``line`` is the layout's.

    A full line that ends a sentence ends a paragraph too, as far as can be seen, unless the document
    marks its paragraphs by indentation.
    """
    if not line.strip() or not following.strip() or opens_paragraph(following):
        return False
    word = re.match(r"[!-~]{0,40}", following)
    needed = width + 1 + (len(word[0]) if word else 0)
    if width < bounds[0] and not (is_latin(line.rstrip()[-1]) and needed > bounds[1]):
        return False
    return indented or not ends_sentence(line)


def _around(text: str, newline: int) -> Span:
    """Return the break with the blanks around it."""
    start, end = newline, newline + 1
    while start > 0 and text[start - 1] in _VISIBLE:
        start -= 1
    while end < len(text) and text[end] in " \u00a0":
        end += 1
    return start, end


def _glue(text: str, start: int, end: int) -> str:
    """Return what stands between joined lines: a space between Latin words, nothing elsewhere.

    A hyphen at the line's end is kept and the halves meet at it: whether it belongs to the word
    (``well-known``) or to the wrap, the text does not show.
    """
    left, right = text[start - 1], text[end : end + 1]
    latin_left = is_latin(left) or (left.isascii() and left in ",.;:!?)")
    return " " if latin_left and right.isascii() and (right.isalnum() or right == "(") else ""
