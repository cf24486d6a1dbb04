"""Characters that were lost before a text came here: what stands for them is counted, never guessed.

``U+FFFD`` is what decoders write for damage, a row of question marks what they write where a character set
lacks a character, ``锟斤拷`` is U+FFFD saved and opened in a wrong encoding, rows of ``烫`` and ``屯`` are
memory that no program had written to yet. A text of Han that hardly any text has was read in a wrong
encoding.
"""

from __future__ import annotations

import re

from pdtool.language import _, ngettext
from pdtool.late_patterns import late_pattern
from pdtool.text.character_costs import character_costs
from pdtool.text.code_points import code_points
from pdtool.text.han import han_mask

__all__ = ["counted", "is_misread", "loss_warnings"]

_TWICE = re.compile("(?:锟斤拷)+")
"""Two replacement characters are six bytes, which are these three characters."""
_marks = late_pattern(r"(?m)(?:^|(?<=[，。、；：“‘（《〈【]))[?？]{2,}(?=[^\s?？”’）》.,!])|^[?？]{3,}$")
"""Question marks where no question can have ended: at the beginning of a line or right behind punctuation."""
_FEWEST_MARKS = 4
"""Fewer such marks than this may be a writer's amazement."""
_UNWRITTEN = re.compile("烫{4,}|屯{4,}")
"""CC and CD, with which Microsoft's debugger fills memory."""
_FEWEST_HAN = 20
"""Han characters without which nothing is said of a wrong encoding."""
_UNLIKELY = 11.0
"""What Han cost on average (in nats) in text read wrongly: 11.3 and more. Those of 2,600 laws, articles and
pages cost 8.7 at most."""
_LOOKED_AT = 200
"""Characters, evenly spread over a text, that the first look takes in."""
_UNLIKELY_WITH_SIGNS = 7.5
"""The same of all characters, a cheap first look."""


def counted(number: int) -> str:
    """Return a number of characters in words.

    >>> counted(1), counted(1200)
    ('1 character', '1,200 characters')
    """
    return ngettext("{n:,} character", "{n:,} characters", number)


def loss_warnings(text: str, replaced: bool = True) -> list[str]:
    """Return warnings of what is lost in a clean text.

    Args:
        text: The clean text.
        replaced: Whether to count U+FFFD too; not where the reader wrote it and said so.

    >>> loss_warnings("会议于五月三日召开，��各单位派员参加。")
    ['2 characters were lost before (U+FFFD stands for them)']
    """
    said = []
    if replaced and (lost := text.count("\ufffd") if "\ufffd" in text else 0):
        said.append(
            ngettext(
                "{n:,} character was lost before (U+FFFD stands for them)",
                "{n:,} characters were lost before (U+FFFD stands for them)",
                lost,
            )
        )
    if _holds(text, "锟斤拷"):
        lost = sum(len(match[0]) // 3 * 2 for match in _TWICE.finditer(text))
        said.append(_("about {counted} were lost before (锟斤拷 stands for them)", counted=counted(lost)))
    lost = sum(map(len, _marks().findall(text))) if _holds(text, "??") or _holds(text, "？？") else 0
    if lost >= _FEWEST_MARKS:
        said.append(_("about {counted} were lost before (? stands for them)", counted=counted(lost)))
    unwritten = _holds(text, "烫烫烫烫") or _holds(text, "屯屯屯屯")
    lost = sum(map(len, _UNWRITTEN.findall(text))) if unwritten else 0
    if lost:
        said.append(
            ngettext(
                "{n:,} character was never text (烫 or 屯 in a row is unwritten memory)",
                "{n:,} characters were never text (烫 or 屯 in a row is unwritten memory)",
                lost,
            )
        )
    if is_misread(text):
        said.append(_("the text was read in a wrong encoding before (hardly any text has such characters)"))
    return said


def _holds(text: str, word: str) -> bool:
    """Return whether a text holds a word: most lack its first character, which is seen ten times faster."""
    return word[0] in text and word in text


def is_misread(text: str) -> bool:
    """Return whether a text was read in a wrong encoding: its Han are such as no text has on average.

    >>> is_misread("桵謹嬴羲珨撳" * 4), is_misread("隨著改革，成效顯著。" * 4)
    (True, False)
    """
    if text.isascii():
        return False
    some = character_costs(text[:: max(1, len(text) // _LOOKED_AT)])
    if some.sum() < _UNLIKELY_WITH_SIGNS * len(some):
        return False
    han = character_costs(text)[han_mask(code_points(text))]
    return len(han) >= _FEWEST_HAN and 2 * len(han) > len(text) and bool(han.mean() > _UNLIKELY)
