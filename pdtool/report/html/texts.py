"""The pieces of an original text → marked-up text of a pane."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pdtool.report.html.safe import html, html_lines
from pdtool.report.html.words import Words
from pdtool.report.model import Mark, Pane, Piece

__all__ = ["COLOURS", "pane_html"]

COLOURS = 6
"""Passages take turns in so many colours; their numbers tell them apart."""

_NAMED = ("furniture", "shared_block", "page_marker", "doubling")
"""What was taken out is named in the text itself; of pinyin there is too much."""


def pane_html(pane: Pane, pair: int, side: str, words: Words) -> str:
    """Mark up the text of a pane.

    Args:
        pane: The text in pieces.
        pair: The number of the pair.
        side: ``a`` or ``b``.
        words: The language.
    """
    return "".join(_passages(pane, pair, side, words))


def _passages(pane: Pane, pair: int, side: str, words: Words) -> Iterator[str]:
    for number, group in groupby(pane.pieces, key=lambda piece: 0 if piece.skipped else piece.passage):
        pieces = list(group)
        text = "".join(
            "".join(_number(other, pair, side, words) for other in piece.others) + _piece(piece, words)
            for piece in pieces
        )
        yield _passage(text, number, pieces[0].first, pair, side, words) if number else text


def _passage(text: str, number: int, first: bool, pair: int, side: str, words: Words) -> str:
    colour = f"c{(number - 1) % COLOURS + 1}"
    if not first:
        return f'<mark class="p {colour}" data-p="{number}">{text}</mark>'
    begun = f"{_number(number, pair, side, words, named=False)}{text}"
    return f'<mark class="p begin {colour}" data-p="{number}" id="p{pair}{side}{number}">{begun}</mark>'


def _number(number: int, pair: int, side: str, words: Words, named: bool = True) -> str:
    """Mark up the number of a passage, which leads to the other text; ``named``, links lead to it."""
    other = "b" if side == "a" else "a"
    label = html(f"{words['jump']} {number}")
    name = f'id="p{pair}{side}{number}" ' if named else ""
    return (
        f'<a class="number" {name}href="#p{pair}{other}{number}" data-pair="{pair}" data-passage="{number}" '
        f'title="{label}" aria-label="{label}">{number}</a>'
    )


def _piece(piece: Piece, words: Words) -> str:
    if piece.skipped:
        return f'<span class="gap">{html(words("skipped_chars", n=f"{piece.skipped:,}"))}</span>'
    text = html_lines(piece.text)
    match piece.mark:
        case Mark.FORM:
            return f'<u class="f">{text}</u>'
        case Mark.DIFFERENT:
            number = f' data-d="{piece.difference}"' if piece.difference else ""
            return f'<u class="d"{number}>{text}</u>'
        case Mark.REPAIRED:
            return f'<u class="e" title="{html(words["repaired_to"])} {html(piece.note)}">{text}</u>'
        case Mark.REMOVED:
            return _removed(text, piece.note, words)
        case _:
            return text


def _removed(text: str, note: str, words: Words) -> str:
    kind, _, rule = note.partition(": ")
    called = words.rule(rule)
    name = words("by_rule", kind=words[f"kind_{kind}"], rule=called) if called else words[f"kind_{kind}"]
    label = f'<span class="rule">{html(name)}</span>' if kind in _NAMED and text.strip() else ""
    return f'<s class="r" title="{html(words["taken_out"])}: {html(name)}">{text}</s>{label}'
