"""Characters that stand for others that look like them, one for one.

PDFs and readers of scanned pages write radicals (``⼈民``, U+2F08) and compatibility ideographs for
characters; official texts write ``巿`` (U+5DFF) for 市, ``二○二一年`` for 二〇二一年 and ``︰`` for ：.
Whoever searches for the one must find the other.

What the characters around do not decide stays: a circle is a bullet or a blank to be filled in unless it
stands among Chinese numerals, and 巿 is a word of its own in ``赤巿``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from pdtool.data_files import data_toml
from pdtool.text.opencc_data import read_rows

__all__ = ["look_alike_characters", "usual_forms", "with_usual_zeros"]

_COMPATIBLE = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
"""Code points of radicals and compatibility ideographs."""
_HAN = "\u3400-\u9fff〇\U00020000-\U000323af"


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    return data_toml("look_alikes.toml")


@cache
def usual_forms() -> dict[str, str]:
    """Return the characters that are replaced wherever they stand, with what replaces each.

    >>> usual_forms()["⼈"], usual_forms()["⺠"]
    ('人', '民')
    """
    found = [chr(code) for codes in _COMPATIBLE for code in codes]
    compatible = {character: unicodedata.normalize("NFKC", character) for character in found}
    single = {key: form for key, form in compatible.items() if len(form) == 1 and key != form}
    colon = _data()["colon"]
    return single | {colon["character"]: colon["usual"]} | dict(read_rows("radicals.tsv"))


@cache
def look_alike_characters() -> str:
    """Return every character that may be replaced."""
    return "".join([*usual_forms(), _data()["robe"]["character"], *_data()["zero"]["characters"]])


def with_usual_zeros(text: str) -> str:
    """Replace what stands for 〇 in Chinese numbers, and for 市, by the characters around it.

    Args:
        text: Any text; its full-width figures as found.

    Returns:
        A text of the same length.

    >>> with_usual_zeros("台北巿，二○二一年，○○县")
    '台北市，二〇二一年，○○县'
    """
    robe, zero = _data()["robe"], _data()["zero"]
    if robe["character"] in text:
        text = _robe().sub(robe["usual"], text)
    if any(character in text for character in zero["characters"]) and _begun_number().search(text):
        text = _number().sub(lambda match: _zeros(match[0], text[match.end() : match.end() + 1]), text)
    return text


@cache
def _robe() -> re.Pattern[str]:
    """Match a 巿 beside another character, unless it stands in one of its own words."""
    robe = _data()["robe"]
    character = robe["character"]
    return re.compile(f"(?<![{robe['behind']}])(?:(?<=[{_HAN}]){character}|{character}(?=[{_HAN}]))")


@cache
def _begun_number() -> re.Pattern[str]:
    """Find a Chinese numeral with something like a zero behind it, ten times as fast as the whole number."""
    zero = _data()["zero"]
    return re.compile(f"[{zero['numerals']}][{zero['characters']}]")


@cache
def _number() -> re.Pattern[str]:
    """Match a run of Chinese numerals that holds something like a zero and does not begin with one."""
    zero = _data()["zero"]
    alike, numerals = zero["characters"], zero["numerals"]
    return re.compile(
        f"(?<![{alike}{numerals}])[{numerals}]++[{alike}][{alike}{numerals}]*+(?![0-9１-９A-Za-z])"
    )


def _zeros(number: str, following: str) -> str:
    """Return a number with its zeros, if it is one: long enough, or before what is counted."""
    zero = _data()["zero"]
    inner = number[1:].rstrip(zero["characters"])
    if not inner and following not in zero["counted"]:
        return number
    return re.sub(f"[{zero['characters']}]", zero["usual"], number)
