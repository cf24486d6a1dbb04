"""The prefilter of furniture: which of many texts may hold any, before their lines are looked at one by one.

In most texts no line at the edges has a known form or reads like the language of sites, no unmistakable form
stands anywhere, and no short line recurs that does. Lines without the words that all this needs are ruled out
together (:mod:`pdtool.normalise.furniture.line_signs`); the few others are looked at. What is no furniture by
itself, such as ``（完）`` below a text, lets a text pass only if the last lines may be a foot together. A
text that passes may be free of furniture all the same; one that does not pass holds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

import numpy as np

from pdtool.normalise.furniture.foot import CLOSING, may_be_foot, may_become_foot, speaks_for_site
from pdtool.normalise.furniture.form_table import known_forms
from pdtool.normalise.furniture.forms import LONGEST, Finding, has_form, read_buttons, recognise
from pdtool.normalise.furniture.head import may_be_index_row, may_begin_index_rows
from pdtool.normalise.furniture.head_zone import may_be_found_alone
from pdtool.normalise.furniture.interjected import LONGEST_INSIDE, may_be_interjected
from pdtool.normalise.furniture.line_signs import LineSigns
from pdtool.normalise.furniture.site_language import NONE, weigh_alone
from pdtool.normalise.furniture.site_tokens import most_covered
from pdtool.normalise.furniture.titles import MOST_TITLE_LINES, SHORTEST_TITLE, Titles, middle_of
from pdtool.text.line_table import IndexArray, LineTable, Mask

__all__ = ["may_hold_furniture"]

_TEXT_BIT = np.uint64(48)
"""The bit of a key where the number of the text begins, above the length of the line."""
_LENGTH_BIT = np.uint64(40)
"""The bit of a key where the length of the line begins, above the sum of its characters."""


def may_hold_furniture(signs: LineSigns) -> Mask:
    """Return which of some texts may hold furniture, shape ``(n_texts,)``.

    Args:
        signs: What their lines hold; of at most 65,536 texts.
    """
    lines = signs.lines
    head, foot, above = _edges(lines, signs)
    edges = head | foot
    may_speak = signs.may_speak(edges)
    rows = edges & may_begin_index_rows(lines)
    may_hold = np.zeros(len(lines.firsts), np.bool_)
    for at, says_so in (
        (np.flatnonzero(signs.needle), _is_unmistakable),
        (np.flatnonzero(head & may_speak), may_be_found_alone),
        (np.flatnonzero(edges & signs.form), _has_form_alone),
        (above[signs.form[above]], _has_form),
        (np.flatnonzero(rows), may_be_index_row),
        (_with_any_language(lines, _recurring(lines)), may_be_interjected),
    ):
        for text, own in _by_text(lines, at):
            may_hold[text] = may_hold[text] or any(map(says_so, own))
    _find_feet(lines, foot, signs.form, may_speak, may_hold)
    _find_around_titles(lines, np.flatnonzero(edges & signs.form), may_hold)
    _find_paragraphs(lines, signs, may_hold)
    return may_hold


def _with_any_language(lines: LineTable, at: IndexArray) -> IndexArray:
    """Return those of some lines that hold any of the language of sites, or nothing but buttons."""
    some = lines.some(at)
    if not some:
        return at
    covered = zip(some, most_covered(some).tolist(), strict=True)
    return at[[few > 0 or read_buttons(line.strip()) for line, few in covered]]


def _find_feet(lines: LineTable, foot: Mask, form: Mask, may_speak: Mask, may_hold: Mask) -> None:
    """Find the texts some of whose lines may be a foot together, though none is furniture by itself.

    Args:
        lines: The lines.
        foot: Those below the running text of each.
        form: Those that may have a known form.
        may_speak: Those that may speak for a site.
        may_hold: Which texts may hold furniture, shape ``(n_texts,)``, which is changed.
    """
    at = np.flatnonzero(foot & (form | may_speak))
    asked = zip(form[at].tolist(), may_speak[at].tolist(), strict=True)
    for text, own in _by_text(lines, at):
        signs = [*islice(asked, len(own))]
        may_hold[text] = may_hold[text] or _may_be_foot(own, signs)


def _may_be_foot(lines: Sequence[str], signs: Sequence[tuple[bool, bool]]) -> bool:
    weights: list[float] = []
    for index, (line, (form, speaks)) in enumerate(zip(lines, signs, strict=True)):
        if not may_become_foot(weights, len(lines) - index):  # most texts, before their last line is asked
            return False
        weights.append(_weight(line.strip(), form, speaks))
    return may_be_foot(weights)


def _by_text(lines: LineTable, at: IndexArray) -> Iterator[tuple[int, list[str]]]:
    """Yield the texts that have any of some lines, each with its own."""
    texts = np.searchsorted(lines.firsts, at, "right") - 1
    pairs = zip(texts.tolist(), lines.some(at), strict=True)
    for text, own in groupby(pairs, key=itemgetter(0)):
        yield text, [line for _, line in own]


def _weight(line: str, may_have_form: bool, may_speak: bool) -> float:
    """Return how much a line without a form of its own speaks for the site, or less where it does not."""
    closing = _closing_form(line) if may_have_form else None
    evidence = weigh_alone(line) if may_speak else NONE
    return speaks_for_site(line, closing, evidence) if closing or evidence.score else 0.0


def _find_paragraphs(lines: LineTable, signs: LineSigns, may_hold: Mask) -> None:
    """Find the texts whose first paragraph a site printed in a line of its own above or below.

    The first running text says then what the next one says, or the last one what the first one says.

    Args:
        lines: The lines.
        signs: What the lines hold.
        may_hold: Which texts may hold furniture, shape ``(n_texts,)``, which is changed.
    """
    first = lines.first_of(signs.prose)
    second = lines.first_of(signs.prose & (np.arange(len(lines.starts)) > first[lines.texts]))
    last = lines.last_of(signs.prose & ~signs.form)
    asked = lines.any(signs.prose) & (first != second) & ~may_hold
    for text in np.flatnonzero(asked).tolist():
        above, below = lines[first[text]], lines[last[text]]
        if middle_of(lines[second[text]]) in above or middle_of(above) in below:
            may_hold[text] = Titles(_text_of(lines, text)).is_said_again()


def _text_of(lines: LineTable, text: int) -> str:
    return lines.text[lines.starts[lines.firsts[text]] : lines.ends[lines.lasts[text]]]


def _find_around_titles(lines: LineTable, at: IndexArray, may_hold: Mask) -> None:
    """Find the texts that say their title again in one of some lines that has a known form around it."""
    for text, own in _by_text(lines, at):
        if may_hold[text]:
            continue
        whole, together = _text_of(lines, text), "\n".join(own)
        head = [title for title in _may_be_titles(whole) if title in together]
        asked = [line for line in own if any(len(title) < len(line) and title in line for title in head)]
        if asked:  # in few texts
            titles = Titles(whole)
            may_hold[text] = any(_has_form(rest) for line in asked for rest in titles.left_out_of(line))


def _may_be_titles(text: str) -> list[str]:
    """Return the first lines of a text, without their outer blanks, that are as long as a title."""
    filled = filter(None, (line[: LONGEST + 1].strip() for line in text.split("\n")))
    return [line for line in islice(filled, MOST_TITLE_LINES) if len(line) >= SHORTEST_TITLE]


def _edges(lines: LineTable, signs: LineSigns) -> tuple[Mask, Mask, IndexArray]:
    """Return which lines stand at the head and at the foot of texts, and the line above the foot of each.

    Head and foot end at running text, which belongs to the edges. At the end that may be the site's where it
    holds words of sites; above the last other running text may stand a label that takes it.

    Returns:
        Shapes ``(n_lines,)``, ``(n_lines,)`` and ``(<= n_texts,)``.
    """
    numbers, texts = np.arange(len(lines.starts)), lines.texts
    first = lines.first_of(signs.prose)
    last = lines.last_of(signs.prose & ~signs.form)
    above = lines.filled_above(last)
    return numbers <= first[texts], numbers >= last[texts], above[above >= 0]


def _closing_form(line: str) -> Finding | None:
    """Return the form of a line that journals print below a text too, if it has one; they number none."""
    if line[:1].isdigit() or not has_form(line):
        return None
    found = recognise(line, "foot", "edge", "any")
    return found if found is not None and found.rule in CLOSING else None


def _has_form_alone(line: str) -> bool:
    """Return whether a line has a known form, and not only one that journals print below a text too."""
    if not _has_form(line):
        return False
    return _closing_form(line.strip()) is None or recognise(line, "head", "edge", "any") is not None


def _has_form(line: str) -> bool:
    """Return whether a line has a known form, numbered or not."""
    if has_form(line):
        return True
    numbered = line.lstrip()[:1].isdigit()
    return numbered and recognise(line, "head", "foot", "edge", "any", numbered=True) is not None


def _is_unmistakable(line: str) -> bool:
    """Return whether a line has a form that cannot be anything but furniture."""
    bare = line.strip()
    forms = [form for form in known_forms().lines_at("any") if form.needle in bare]
    return len(line) <= LONGEST and any(form.pattern.fullmatch(bare) for form in forms)


def _recurring(lines: LineTable) -> IndexArray:
    """Return one of each two or more short lines of a text of one length and one sum of their characters."""
    short = np.flatnonzero((lines.lengths > 0) & (lines.lengths <= LONGEST_INSIDE))
    sums = np.add.reduceat(lines.codes, lines.starts)  # 32 bits: those of longer lines may wrap
    key = (
        lines.texts[short].astype(np.uint64) << _TEXT_BIT
        | lines.lengths[short].astype(np.uint64) << _LENGTH_BIT
        | sums[short]
    )
    order = np.argsort(key, kind="stable")
    again = key[order[1:]] == key[order[:-1]]
    begins = again & ~np.append(False, again[:-1])
    return np.sort(short[order[:-1][begins]])
