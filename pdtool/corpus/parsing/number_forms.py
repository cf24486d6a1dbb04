"""Numbers in the forms of lists: 1, 一, 壹, 甲, ①, a, iv.

Source: ECMA-376, part 1, 17.18.59 (ST_NumberFormat); which form is written how stands in
``data/number_forms.json``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pdtool.data_files import data_json

__all__ = ["written"]

_TEN = 10
"""十, the first sign that a figure stands before."""
_HUNDRED = 100
"""百"""
_THOUSAND = 1000
"""千"""
_WAN = 10_000
"""万, from which on the signs begin anew."""


def written(number: int, form: str) -> str:
    """Return a number in a form of ECMA-376.

    Args:
        number: The number; what the form has no sign for is written in digits.
        form: The name of the form, such as ``chineseCounting``; one that is not known is written in digits.

    >>> [written(number, "chineseCounting") for number in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百零五']
    >>> written(3, "ideographTraditional"), written(14, "lowerRoman"), written(28, "upperLetter")
    ('丙', 'xiv', 'BB')
    """
    forms = _forms()
    if form in forms["counting"]:
        return _counted(number, forms["counting"][form])
    if form in forms["signs"]:
        signs: str = forms["signs"][form]
        return signs[number - 1] if 0 < number <= len(signs) else str(number)
    if form in forms["letters"] and number > 0:
        letters: str = forms["letters"][form]
        return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    if form in forms["roman"] and number > 0:
        return _roman(number, forms["roman"][form])
    if form in forms["digits"]:
        return "".join(forms["digits"][form][int(digit)] for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _counted(number: int, signs: str) -> str:
    """Return a number as it is said; ``signs`` are the digits from 0, then ten, hundred and thousand."""
    if not 0 < number < _WAN:
        return str(number)
    said, gap = "", False
    for size, unit in ((_THOUSAND, signs[12]), (_HUNDRED, signs[11]), (_TEN, signs[10]), (1, "")):
        digit = number // size % _TEN
        if digit:
            said += (signs[0] if gap and said else "") + signs[digit] + unit
        gap = not digit
    return said[1:] if number // _TEN == 1 else said


def _roman(number: int, signs: list[list[Any]]) -> str:
    text = ""
    for value, sign in signs:
        text += str(sign) * (number // value)
        number %= value
    return text


@cache
def _forms() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = data_json("number_forms.json")
    return table
