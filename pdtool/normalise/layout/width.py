"""Full-width letters, digits and spaces → their ASCII forms, one for one.

Chinese input methods write ``２０２４年`` and ``ＡＩ`` as readily as ``2024年`` and ``AI``; whoever searches
for one form must find the other. Punctuation stays as found: ，。（） are the right forms in Chinese text,
and a full-width ％ or ．says as much as its ASCII form to a reader.
"""

from __future__ import annotations

import re

__all__ = ["WIDE_CHARACTERS", "convert_width"]

_WIDE_LETTERS = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_WIDE_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""No-break, typographic and ideographic spaces. Tabs, line ends and zero-width characters stay."""

WIDE_CHARACTERS = _WIDE_LETTERS + _WIDE_SPACES
"""Every character that changes."""

_WIDE = re.compile(f"[{WIDE_CHARACTERS}]+")
_NARROW = {ord(letter): ord(letter) - 0xFEE0 for letter in _WIDE_LETTERS} | dict.fromkeys(
    map(ord, _WIDE_SPACES), ord(" ")
)


def convert_width(text: str) -> str:
    """Replace full-width letters and digits by ASCII ones, and every kind of space by U+0020.

    Args:
        text: Any text.

    Returns:
        A text of the same length.

    >>> convert_width("　全角ＡＢＣ１２３，５０％")
    ' 全角ABC123，50％'
    """
    return text if text.isascii() else _WIDE.sub(lambda run: run.group().translate(_NARROW), text)
