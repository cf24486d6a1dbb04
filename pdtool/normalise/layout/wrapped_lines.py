"""Lines that a printer or an e-mail program wrapped at a fixed width (``推进基层治⏎理现代化``).

They are joined, for a word that is cut in two is found by no search. Whether lines are wrapped is the
document's own evidence: most of them end at about the same width, without punctuation, while sentences end
inside them. Poems, lists and texts with one paragraph per line do not. Where a list of names or many blank
lines stand beside a wrapped text, only its blocks of lines of exactly one width are looked at, and what
speaks for them are also the words and figures that are cut in two.

A line is as wide as what was printed in it: blanks at its end, and those that a PDF's text gained beside
marks and figures, took no room; an indent of two characters did, though one blank may be all that is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from pdtool.late_patterns import late_pattern
from pdtool.normalise.layout.line_widths import (
    EXACT,
    FEWEST,
    FULL_SHARE,
    NARROWEST,
    LineWidths,
    WidthCounts,
    display_widths,
)
from pdtool.normalise.layout.page_chains import MOST_PAIRS, SURELY_CUT, count_pairs_elsewhere, seam_between
from pdtool.text.edits import IntArray, Proposals
from pdtool.text.line_table import LineTable, Mask, members, spaces
from pdtool.text.lines import Span, ends_sentence, is_latin, opens_paragraph

__all__ = ["add_wraps", "may_be_wrapped", "wrap_width"]

_BLANKS = " \t\u3000\u00a0"
_GAP = re.compile("  |\u3000\u3000|[\t|]")
"""Columns, or cells."""
_GAP_SHARE = 0.05
"""Most of the full lines that have a gap: rows of a table of contents beside the text."""
_INDENT = 4
"""Columns of a paragraph's indent."""
_left_of_indent = late_pattern(r"(?:\A|\n)[ \u00a0](?=[“‘「『（《〈〔\u3400-\u9fff])")
"""The one blank that is left of a paragraph's indent."""
_speaker = late_pattern("[\u3400-\u9fff]{1,12}(?: ?[(（][^()（）\\n]{1,12}[)）])?[：:]")
"""Who speaks: a paragraph begins with it."""
_ENDED_SHARE = 0.4
"""Most of the full lines that end a sentence."""
_BROKEN_SHARE = FULL_SHARE * (1 - _ENDED_SHARE)
_SHORTEST_FULL = NARROWEST // 2 - 2
"""Characters of a full line, which may end in a blank or a narrow character."""
_MORE = 1.1
"""By how many times more of the lines must be about full for that to count rather than one width."""
_INSIDE_SHARE = 0.1
"""Least of the full lines inside which a sentence ends."""
_CUT_SHARE = 0.15
"""Least of the full lines that cut a word or a figure in two, where no sentence ends inside them."""
_FEWEST_CUTS = 2
"""Words or figures cut in two that make a habit."""
_LOOKED_AT = 20_000
"""Characters of a text by which it is seen whether its lines break off."""


def wrap_width(text: str, widths: IntArray | None = None) -> tuple[int, int] | None:
    r"""Return the columns that full lines of a wrapped text lie between; ``None`` for an unwrapped text.

    Args:
        text: Line ends are ``\n``.
        widths: The width of every line, with what its indent took, if it is known.

    Returns:
        The narrowest and the widest full line.
    """
    if text.count("\n") < FEWEST:
        return None
    widths = _with_indents(display_widths(text), _indented_by_one(text)) if widths is None else widths
    filled = widths[widths > 0]
    (narrowest,), (many,) = WidthCounts.of(filled).reach_nearly_as_far()
    across = many and _breaks_off(text) and _reads_across(text, widths, narrowest)
    return (int(narrowest), int(filled.max())) if across else None


def _with_indents(widths: IntArray, indented: Sequence[int], left: int = 1) -> IntArray:
    """Return the widths of lines with what the indents of some of them took, of which a blank may be left."""
    widths[indented] += _INDENT - left
    return widths


def _indented_by_one(text: str) -> list[int]:
    """Return the indices of the lines of whose indent one blank is left."""
    indices, index, counted = list[int](), 0, 0
    if not (text.startswith((" ", "\u00a0")) or "\n " in text or "\n\u00a0" in text):
        return indices
    for match in _left_of_indent().finditer(text):
        index, counted = index + text.count("\n", counted, match.end()), match.end()
        indices.append(index)
    return indices


def may_be_wrapped(lines: LineTable) -> Mask:
    """Return which of some texts may be wrapped, as :func:`add_wraps` wants it (a prefilter)."""
    may_be = _may_break_off_in_a_row(lines)
    if may_be.any():
        may_be[may_be] = _may_have_full_lines(lines.only(may_be))
    return may_be


def _may_break_off_in_a_row(lines: LineTable) -> Mask:
    filled = np.flatnonzero(lines.filled())
    broken = ((lines.lengths >= _SHORTEST_FULL) & ~lines.ended())[filled]
    texts = lines.texts[filled]
    in_a_row = broken[1:] & broken[:-1] & (texts[1:] == texts[:-1])
    times = np.bincount(texts[1:][in_a_row], minlength=len(lines.firsts))
    return np.asarray(times >= FEWEST - 1)


def _may_have_full_lines(lines: LineTable) -> Mask:
    """Return which texts may have enough lines of about one width.

    What blanks at the ends of lines and single ones before them take is not looked into.
    """
    unsure = lines.are(lines.ends - 1, spaces()) | lines.are(lines.starts, _indents_left())
    found = lines.any(unsure & (lines.lengths > 0))
    sizes, texts = LineWidths.of_table(lines), lines.texts
    filled, long = sizes.columns > 0, sizes.columns >= NARROWEST
    _, many = WidthCounts.of(sizes.columns[filled], texts[filled], len(found)).reach_nearly_as_far()
    found |= many
    printed = sizes.columns - sizes.spaces
    for widths, slack in ((sizes.columns, EXACT), (sizes.characters, EXACT // 2), (printed, EXACT)):
        every = WidthCounts.of(widths, texts, len(found))
        _, many = WidthCounts.of(widths[long], texts[long], len(found)).have_one_width(slack, every)
        found |= many
    return found


@cache
def _indents_left() -> Mask:
    return members(" \u00a0")


def _breaks_off(text: str) -> bool:
    """Return whether enough of the first lines are long and end in mid-sentence."""
    lines = [line for line in text[:_LOOKED_AT].split("\n") if line and not line.isspace()][:400]
    long = [line for line in lines if len(line) >= _SHORTEST_FULL]
    needed = max(2, _BROKEN_SHARE * len(lines))
    return len(long) - sum(map(ends_sentence, long)) >= needed


def _reads_across(text: str, widths: IntArray, narrowest: int) -> bool:
    """Return whether sentences end inside the full lines and seldom at their ends, as wrapping makes them."""
    lines = text.split("\n")
    full = [lines[index].strip() for index in np.flatnonzero(widths >= narrowest)[:2000].tolist()]
    if _has_columns(full) or sum(map(opens_paragraph, full)) > 0.5 * len(full):
        return False
    ended = sum(ends_sentence(line) for line in full)
    inside = sum(map(_ends_inside, full))
    return ended <= _ENDED_SHARE * len(full) and inside >= _INSIDE_SHARE * len(full)


def _has_columns(full: Sequence[str]) -> bool:
    """Return whether more of the full lines than a table of contents has are set in columns."""
    return sum(_GAP.search(line) is not None for line in full) > _GAP_SHARE * len(full)


def _ends_inside(line: str) -> bool:
    """Return whether a sentence ends inside a line."""
    return any(mark in line[:-1] for mark in "。！？；") or ". " in line


# Blocks of lines of one width -------------------------------------------------------------------------


class _Wrap(NamedTuple):
    """How a text is wrapped.

    Args:
        widths: The width of every line, in columns or in characters, shape ``(n_lines,)``.
        bounds: The narrowest and the widest full line.
        room: By how much less a line may be filled where the next two characters stay together (``素。``).
    """

    widths: IntArray
    bounds: tuple[int, int]
    room: int = 0

    def full_lines(self) -> int:
        """Return how many lines are full."""
        return int(np.count_nonzero((self.widths >= self.bounds[0]) & (self.widths <= self.bounds[1])))


def _wrapping(text: str) -> _Wrap | None:
    """Return how a text is wrapped: most of its lines, or blocks of one width, whichever fits more."""
    lines = list(map(str.rstrip, text.split("\n")))
    if not _break_off_in_a_row(lines):
        return None
    text = "\n".join(lines)
    indented = _indented_by_one(text)
    sizes = LineWidths.of(text)
    printed = _with_indents(sizes.columns - sizes.spaces, indented, left=0)
    columns = _with_indents(sizes.columns, indented)
    bounds = wrap_width(text, columns)
    long = columns >= NARROWEST
    measured = [(columns, EXACT), (sizes.characters, EXACT // 2)]
    if " " in text:
        measured.append((printed, EXACT))
    wraps = [wrap for widths, slack in measured if (wrap := _one_width(widths, long, slack)) is not None]
    usual = None if bounds is None else _Wrap(columns, bounds)
    best = max(wraps, key=_Wrap.full_lines, default=None)
    if best is None or (usual is not None and usual.full_lines() >= _MORE * best.full_lines()):
        return usual
    return best if _cuts_sentences(lines, best) else usual


def _break_off_in_a_row(lines: Sequence[str]) -> bool:
    """Return whether any long lines end in mid-sentence one behind the other, blank ones apart."""
    found, before = 0, False
    for line in filter(None, lines):
        broken = len(line) >= _SHORTEST_FULL and not ends_sentence(line)
        found += broken and before
        if found >= FEWEST - 1:
            return True
        before = broken
    return False


def _one_width(widths: IntArray, long: Mask, slack: int) -> _Wrap | None:
    """Return the wrap of a text most of whose long lines are about equally wide; else ``None``."""
    every = WidthCounts.of(widths)
    (widest,), (many,) = WidthCounts.of(widths[long]).have_one_width(slack, every)
    return _Wrap(widths, (int(widest) - slack, int(widest)), (slack + 1) // 2) if many else None


def _cuts_sentences(lines: Sequence[str], wrap: _Wrap) -> bool:
    """Return whether full lines with a line behind them break off in sentences, words or figures."""
    full = np.flatnonzero(wrap.widths[:-1] >= wrap.bounds[0])[:2000].tolist()
    pairs = [(lines[index].strip(), lines[index + 1].rstrip()) for index in full]
    pairs = [(before, after) for before, after in pairs if before and after]
    if len(pairs) < FEWEST or _has_columns([before for before, _ in pairs]):
        return False
    seams = [seam_between(before, after) for before, after in pairs]
    cut = [seam for seam in seams if not seam.is_whole]
    if len(cut) < max(FEWEST, (1 - _ENDED_SHARE) * len(seams)):
        return False
    if sum(_ends_inside(seam.before) for seam in cut) >= max(1, _INSIDE_SHARE * len(cut)):
        return True
    sure = sum(seam.strength == SURELY_CUT for seam in cut)
    words = count_pairs_elsewhere("\n".join(lines), [seam for seam in cut if seam.strength != SURELY_CUT])
    return sure + words >= max(_FEWEST_CUTS, _CUT_SHARE * min(len(cut), MOST_PAIRS))


# Joining ----------------------------------------------------------------------------------------------


def add_wraps(text: str, proposals: Proposals) -> None:
    r"""Propose to join the lines of a text that were wrapped.

    Args:
        text: Line ends are ``\n``.
        proposals: What is added to.
    """
    wrap = _wrapping(text) if text.count("\n") >= FEWEST else None
    if wrap is None:
        return
    bounds, widths = (wrap.bounds[0] - wrap.room, wrap.bounds[1]), wrap.widths.tolist()
    lines = text.split("\n")
    indented = _marks_paragraphs(lines, widths, bounds)
    offset = 0
    for line, following, width in zip(lines, lines[1:], widths, strict=False):
        offset += len(line) + 1
        if _is_wrapped(line, following, width, bounds, indented):
            start, end = _around(text, offset - 1)
            proposals.add(start, end, _glue(text, start, end), "wrapped_line")


def _marks_paragraphs(lines: Sequence[str], widths: Sequence[int], bounds: tuple[int, int]) -> bool:
    """Return whether most lines behind the end of a paragraph begin with an indent."""
    behind = [
        following
        for line, following, width in zip(lines, lines[1:], widths, strict=False)
        if line and following and 0 < width < bounds[0] and ends_sentence(line.rstrip()) and following.strip()
    ]
    if behind:
        return 2 * sum(line.startswith(("\u3000", " ")) for line in behind) >= len(behind)
    return any(line.startswith(("\u3000", "  ")) for line in lines)


def _is_wrapped(line: str, following: str, width: int, bounds: tuple[int, int], indented: bool) -> bool:
    """Return whether the break after ``line`` is the layout's.

    A full line that ends a sentence ends a paragraph too, as far as can be seen, unless the document
    marks its paragraphs by indentation.
    """
    if not line.strip() or not following.strip() or opens_paragraph(following) or _is_row(line):
        return False
    if _left_of_indent().match(following):
        return False
    word = re.match(r"[!-~]{0,40}", following)
    needed = width + 1 + (len(word[0]) if word else 0)
    is_word = is_latin(line.rstrip()[-1]) or following[0].isdigit()
    if width < bounds[0] and not (is_word and needed > bounds[1]):
        return False
    if not ends_sentence(line):
        return True
    return indented and _speaker().match(following) is None


def _is_row(line: str) -> bool:
    """Return whether a line is a row of a table of contents: its page number stands behind dots."""
    return _GAP.search(line.strip()) is not None and "..." in line


def _around(text: str, newline: int) -> Span:
    """Return the break with the blanks around it."""
    start, end = newline, newline + 1
    while start > 0 and text[start - 1] in _BLANKS:
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
