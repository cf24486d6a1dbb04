"""Spaces and line breaks that layout left in the text.

Four repairs. Invisible characters and blanks at line ends go. Blanks that stretch a word (``关 键 词``) or
stand between the characters of running text (``加强 党建。``) go, for Chinese is written without them. Line
ends come and go: :mod:`pdtool.normalise.layout.wrapped_lines` joins wrapped lines, and
:mod:`pdtool.normalise.layout.lost_breaks` parts paragraphs that stand in one line.

A blank can also mean something. Columns (three or more blanks, tabs), the blank after ``第一条`` and the
blanks of a line without sentence punctuation, such as a title or a list of names, stay as found, unless
single characters were set apart. Between Han and Latin a blank is a matter of taste and stays too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from pdtool.bounded_cache import BoundedCache
from pdtool.normalise.layout.blank_runs import UNSEEN, Kinds, kinds_of, unseen_runs
from pdtool.normalise.layout.blank_spots import LINE_LIMIT, SENTENCE_MARKS, BlankSpots, Spans
from pdtool.normalise.layout.blanks import (
    is_form,
    is_label,
    is_name,
    is_row,
    is_slogan,
    is_verse_gap,
    may_end_label,
)
from pdtool.normalise.layout.lost_breaks import add_lost_breaks, lost_indents
from pdtool.normalise.layout.wrapped_lines import add_wraps, may_be_wrapped
from pdtool.text.edits import Edits, Proposals
from pdtool.text.line_table import LineTable, Mask
from pdtool.text.lines import Span

__all__ = ["BLANKS", "LAYOUT", "may_hold_layout", "spacing"]

_HAN = "\u3400-\u9fff〇\U00020000-\U000323af"
_VISIBLE = " \t\u3000\u00a0"
BLANKS = f"{UNSEEN}{_VISIBLE}"
"""Blanks and what cannot be seen."""
LAYOUT = f"{BLANKS}\n"
"""What layout is made of: in a text without any of these there is nothing to repair."""
_SENTENCE_MARK = re.compile(f"[{SENTENCE_MARKS}]")
_REMEMBERED = 2_000_000
"""Characters of texts of which is kept what was found: some batches of documents."""

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
        Edits that delete them, or put a space where Latin words meet or a line end where one was lost.

    >>> text = "关 键 词：党建引领 基层治理"
    >>> spacing(text).apply(text)[0]
    '关键词：党建引领 基层治理'
    """
    proposals = Proposals(text)
    known = _found.get(text)
    signs = _Signs(BlankSpots.of(text)) if known is None else known
    add_lost_breaks(text, proposals)  # first: of two proposals for the same blanks the earlier counts
    _add_blanks(text, signs.spots, proposals)
    if signs.may_be_wrapped:
        add_wraps(text, proposals)
    return proposals.edits()


class _Signs(NamedTuple):
    """What was found of a text before it is repaired.

    Args:
        spots: Its blanks.
        may_be_wrapped: Whether its lines may be wrapped.
    """

    spots: BlankSpots
    may_be_wrapped: bool = True


_found = BoundedCache[str, _Signs](_REMEMBERED)
"""What was found of the texts that were prefiltered last and may hold anything to repair."""


def may_hold_layout(texts: Sequence[str], lines: LineTable) -> Mask:
    """Return which of some texts may hold anything for :func:`spacing` to repair (a prefilter).

    What is found is kept for the texts that come here again to be repaired, as most do.

    Args:
        texts: The texts.
        lines: Their lines.
    """
    spots, wrapped = BlankSpots.of_all(lines), may_be_wrapped(lines)
    kinds = (spots.unseen, spots.trailing[0], spots.beside_marks[0], spots.between[0], spots.likely)
    offsets = (*kinds, lost_indents(lines))
    may_hold = wrapped.copy()
    for some in offsets:
        may_hold[lines.texts_at(some.astype(np.int64))] = True
    chosen = np.flatnonzero(may_hold).tolist()
    bounds = np.append(lines.starts[lines.firsts], len(lines.codes)).astype(np.int32)
    for text, own in zip(chosen, spots.divided(bounds, chosen), strict=True):
        if texts[text] not in _found:
            _found.put(texts[text], _Signs(own, bool(wrapped[text])), len(texts[text]))
    return may_hold


# Blanks -----------------------------------------------------------------------------------------------


def _add_blanks(text: str, spots: BlankSpots, proposals: Proposals) -> None:
    if len(spots.unseen):  # in few texts
        proposals.add_all(*unseen_runs(text, kinds_of(text)), "invisible")
    starts, ends = spots.trailing
    proposals.add_all(starts, ends, "trailing")
    _beside_marks(text, spots.beside_marks, proposals)
    starts, ends = spots.between
    proposals.add_all(starts, ends, "between_han")
    _set_apart(text, spots, proposals)


# Beside marks -----------------------------------------------------------------------------------------


def _beside_marks(text: str, spans: Spans, proposals: Proposals) -> None:
    for start, end in spans.T.tolist():
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


def _set_apart(text: str, spots: BlankSpots, proposals: Proposals) -> None:
    """Look at the lines that hold blanks between Han characters, each once or in parts of some length."""
    if not len(spots.likely):
        return
    starts, ends = spots.apart
    found = np.zeros(len(text), dtype=np.uint8)
    every, done = starts.tolist(), 0
    for offset in spots.likely.tolist():
        if offset < done:
            continue
        # The other blanks of the line may stretch the same word.
        line = first, done = _line_around(text, offset)
        of_line = every[bisect_left(every, first) : bisect_left(every, done)]
        stretches = [*_stretches(text, line, of_line)]
        running = any(stretch[0].isspace() for stretch in stretches) and _is_running(text, line)
        for stretch in stretches:
            if not stretch[0].isspace():
                _mark_stretched(text, stretch, found)
            elif running and not (found[stretch.start()] or _is_meant(text, stretch.span())):
                found[stretch.start()] = _BETWEEN_HAN
    for rule, code in (("between_han", _BETWEEN_HAN), ("stretched_word", _STRETCHED)):
        at = np.flatnonzero(found == code).astype(np.int32)
        proposals.add_all(at, ends[np.searchsorted(starts, at)], rule)


def _stretches(text: str, line: Span, blanks: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what :func:`_stretched` finds in a line, by looking only where its blanks are.

    Args:
        text: The text.
        line: Where the line stands.
        blanks: Where those blanks begin that stand behind a Han character.
    """
    done, end = line
    match_at = _stretched().match
    for blank in blanks:
        for start in (blank - 1, blank):  # a word begins with the character before its first blank
            match = match_at(text, start, end) if start >= done else None
            if match is not None:
                yield match
                done = match.end()
                break


def _line_around(text: str, offset: int) -> Span:
    """Return the line around a blank, or as much of it as sentence punctuation is looked for in."""
    start = text.rfind("\n", max(0, offset - LINE_LIMIT), offset) + 1
    end = text.find("\n", offset, offset + LINE_LIMIT)
    return max(start, offset - LINE_LIMIT), end if end >= 0 else min(offset + LINE_LIMIT, len(text))


def _is_meant(text: str, blank: Span) -> bool:
    """Return whether a blank in a line of running text sets off a label, or is a form's or a slogan's."""
    start, end = blank
    labelled = may_end_label(text[start - 1]) and is_label(text, end)
    return labelled or is_form(text, blank) or is_slogan(text, blank)


def _is_running(text: str, line: Span) -> bool:
    """Return whether a line is running text: in titles, lists of names and verse blanks may be meant."""
    return _SENTENCE_MARK.search(text, *line) is not None and not is_row(text, line)


def _mark_stretched(text: str, match: re.Match[str], found: Kinds) -> None:
    """Mark the blanks of a stretched word that are not marked yet."""
    start, end = match.span()
    stretched = match[0]
    if may_end_label(stretched[0]) and is_label(text, start + 2):
        # What the blank behind the label sets off may be stretched itself: 第 8 条 创 新 研发.
        start += len(stretched) - len(stretched[1:].lstrip())
        stretched = text[start:end]
    if len(stretched) < 3 or is_name(stretched):
        return
    if stretched[1::2].isspace():  # one blank between each two characters
        blanks = found[start + 1 : end : 2]
        blanks[blanks == 0] = _STRETCHED
        return
    for blank in _SPACES.finditer(stretched):
        first, last = start + blank.start(), start + blank.end()
        if not (found[first] or is_form(text, (first, last))):
            found[first] = _STRETCHED
