"""Regular expressions that are compiled when they are first asked for.

A pattern with a set of Han characters takes a millisecond to compile, and a command on a few documents needs
half of the patterns there are. One that clean text never comes to is made here instead of when its module is
loaded; asking for it again costs 40 ns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

__all__ = ["late_pattern"]


def late_pattern(expression: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that compiles an expression when it is first called, and then gives that pattern.

    >>> digits = late_pattern("[0-9]+")
    >>> digits().findall("2024年5月"), digits() is digits()
    (['2024', '5'], True)
    """

    @cache
    def pattern() -> re.Pattern[str]:
        return re.compile(expression, flags)

    return pattern
