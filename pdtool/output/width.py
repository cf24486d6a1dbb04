"""How many columns of a terminal a text takes: Chinese characters take two."""

from __future__ import annotations

from rich.cells import cell_len, get_character_cell_size

__all__ = ["clip_end", "clip_middle", "clip_start", "display_width"]

ELLIPSIS = "…"


def display_width(text: str) -> int:
    """Return the columns ``text`` takes; it must hold no control characters.

    >>> display_width("党建2022")
    8
    """
    return cell_len(text)


def _prefix(text: str, width: int) -> str:
    taken = 0
    for position, character in enumerate(text):
        taken += get_character_cell_size(character)
        if taken > width:
            return text[:position]
    return text


def clip_middle(text: str, width: int) -> str:
    """Return ``text`` cut in its middle to at most ``width`` columns: names differ at both ends.

    >>> clip_middle("000_7f5a83bdbddc04f7.txt", 15)
    '000_7f5…4f7.txt'
    """
    if len(_prefix(text, width)) == len(text):
        return text
    # Marks without a width of their own could make the tail as long as the text: four a column are enough.
    tail = _prefix(text[: -4 * width - 1 : -1], (width - 1) // 2)[::-1]
    return _prefix(text, width - 1 - display_width(tail)) + ELLIPSIS + tail


def clip_end(text: str, width: int) -> str:
    """Return ``text`` cut at its end to at most ``width`` columns.

    >>> clip_end("数字政府建设", 9)
    '数字政府…'
    """
    return text if len(_prefix(text, width)) == len(text) else _prefix(text, width - 1) + ELLIPSIS


def clip_start(text: str, width: int) -> str:
    """Return ``text`` cut at its beginning to at most ``width`` columns.

    >>> clip_start("数字政府建设", 9)
    '…政府建设'
    """
    return clip_end(text[::-1], width)[::-1]
