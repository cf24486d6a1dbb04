"""The block of fields that site generators put before a Markdown text: between two lines of three dashes."""

from __future__ import annotations

import re

from pdtool.late_patterns import late_pattern

__all__ = ["LONGEST_HEAD", "OWN_FIELD", "is_own_head", "yaml_head"]

_OPENS = re.compile(r"-{3}[ \t]*\r?\n")
_CLOSES = re.compile(r"^(?:-{3}|\.{3})[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_field = late_pattern(r"[A-Za-z_\u4e00-\u9fff][\w \u4e00-\u9fff.-]{0,40}:(?:[ \t]|\r?$)")
_GOES_ON = re.compile(r"[ \t]|-[ \t]|#|\r?$|[\]}]")
LONGEST_HEAD = 20_000
"""Characters of such a block."""
OWN_FIELD = ("described_by", "pdtool")
"""The field by which a block is known that pdtool wrote itself, and what it says."""
_OWN = re.compile(rf"^{OWN_FIELD[0]}: {OWN_FIELD[1]}[ \t]*\r?$", re.MULTILINE)


def yaml_head(text: str) -> tuple[int, int] | None:
    r"""Find the block of fields at the start of a text.

    Every line must be a field or what goes on with one, so that a rule above a paragraph is none.

    Args:
        text: The text, with any line ends.

    Returns:
        The half-open span of its fields, between the dashes; ``None`` if there is no such block. What goes
        with the block are the characters before the span, and the line after it.

    >>> yaml_head("---\ntitle: 通知\n---\n正文。")
    (4, 14)
    >>> yaml_head("---\n正文：一句。\n---\n") is None
    True
    """
    opens = _OPENS.match(text)
    closes = _CLOSES.search(text, opens.end(), LONGEST_HEAD) if opens else None
    if opens is None or closes is None:
        return None
    lines = text[opens.end() : closes.start()].split("\n")
    if not _field().match(lines[0]) or not all(
        _field().match(line) or _GOES_ON.match(line) for line in lines
    ):
        return None
    return opens.end(), closes.start()


def is_own_head(text: str, span: tuple[int, int]) -> bool:
    r"""Return whether pdtool wrote a block of fields: then it says nothing of the text behind it.

    >>> text = "---\ntitle: 通知\ndescribed_by: pdtool\n---\n正文。"
    >>> is_own_head(text, yaml_head(text))
    True
    """
    return _OWN.search(text, *span) is not None
