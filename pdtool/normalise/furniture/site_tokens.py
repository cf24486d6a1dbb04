"""Which parts of a line are the language of sites: its words, calls, dates, counts and addresses.

How much of a line they are, and in what form it holds them, is weighed in
:mod:`pdtool.normalise.furniture.site_language`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from pdtool.normalise.furniture.form_table import furniture_data
from pdtool.text.line_table import IndexArray
from pdtool.text.multi_match import any_word_matcher, leftmost_finder

__all__ = [
    "Token",
    "calls_in",
    "covered_by",
    "has_call",
    "has_word",
    "is_told",
    "most_covered",
    "services",
    "tokens_in",
]

_DATE = r"\d{4} ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,2}"
_TOKENS = (
    r"(?P<address>(?:https?://|www\.)[!-~]+|(?<![@\w.])[a-z0-9-]+\.(?:com|cn|net|org|gov|edu|example)\b[!-~]*)",
    rf"(?P<date>{_DATE}|\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?|星期[一二三四五六日天])",
    r"(?P<code>(?<![\d-])\d{6,}(?![.,]?\d))",
    r"(?P<count>\d[\d,.]* ?(?:[次条人页楼篇券]|个(?=回答|评论|回复|赞)|分钟|[金积][币分]|[KMG]B|[万wW]?\+))",
    r"(?P<votes>[赞踩顶] ?\d+)",
)


class Token(NamedTuple):
    """A part of a line that is the language of sites.

    Args:
        kind: Its kind: a name of :data:`_TOKENS`, or ``word``, or ``call``.
        start: Where it begins.
        end: Where it ends.
    """

    kind: str
    start: int
    end: int


def tokens_in(line: str) -> list[Token]:
    """Return the words, dates, counts and addresses in a line, none within another, from left to right."""
    words = [Token("word", start, end) for start, end in _word_spans()(line)]
    others = [Token(str(match.lastgroup), *match.span()) for match in _other_tokens().finditer(line)]
    if not others:
        return words
    tokens = sorted((*words, *others), key=itemgetter(1))
    if all(one.end <= other.start for one, other in pairwise(tokens)):
        return tokens
    return [Token(str(match.lastgroup), *match.span()) for match in _tokens().finditer(line)]


@cache
def _word_spans() -> Callable[[str], list[tuple[int, int]]]:
    return leftmost_finder(furniture_data()["site"]["words"])


@cache
def _other_tokens() -> re.Pattern[str]:
    return re.compile(rf"(?=[a-z\d\-星赞踩顶])(?:{'|'.join(_TOKENS)})")


@cache
def _tokens() -> re.Pattern[str]:
    """Return the pattern of all tokens, which says what counts where they overlap."""
    words = sorted({*furniture_data()["site"]["words"]}, key=len, reverse=True)
    return re.compile(f"{_other_tokens().pattern}|(?P<word>{'|'.join(map(re.escape, words))})")


@cache
def has_word() -> Callable[[str], bool]:
    """Return what says whether a line holds a word of sites."""
    return any_word_matcher(furniture_data()["site"]["words"])


@cache
def _call_spans() -> Callable[[str], list[tuple[int, int]]]:
    return leftmost_finder(furniture_data()["site"]["calls"], longest=False)


def calls_in(line: str) -> list[Token]:
    """Return the calls in a line; most have none."""
    return [Token("call", start, end) for start, end in _call_spans()(line)]


def has_call(line: str) -> bool:
    """Return whether a line calls on the reader of a page."""
    return bool(_call_spans()(line))


@cache
def services() -> frozenset[str]:
    """Return the calls that texts make too."""
    return frozenset(furniture_data()["site"]["services"])


def is_told(line: str, token: Token) -> bool:
    """Return whether a line's words lead into an address, as a sentence's do: ``常见问题见 https://…``."""
    before = line[: token.start].rstrip()
    return token.kind == "address" and "\u4e00" <= before[-1:] <= "\u9fff"


def covered_by(line: str, tokens: Iterable[Token]) -> int:
    """Count the letters of a line that are the language of sites."""
    own = {offset for token in tokens for offset in range(token.start, token.end)}
    return sum(line[offset].isalnum() for offset in own)


def most_covered(lines: Sequence[str]) -> IndexArray:
    """Return how many characters of each of some lines are the language of sites at most.

    All lines are searched as one text. Calls and addresses speak for a site however short they are: a line
    with any counts as covered whole, and so does one whose words and counts overlap.

    Args:
        lines: At least one; none holds a line end.

    Returns:
        An upper bound, shape ``(n_lines,)``.

    >>> most_covered(["基层治理的几点思考", "欢迎下载本文", "见 www.example.cn"]).tolist()
    [0, 2, 16]
    """
    text, lengths = "\n".join(lines), np.array(list(map(len, lines)))
    ends = np.cumsum(lengths + 1)
    others = [*_other_tokens().finditer(text)]
    spans = np.array(sorted([*_word_spans()(text), *(match.span() for match in others)])).reshape(-1, 2)
    whole = [start for start, _ in _call_spans()(text)]
    whole += [match.start() for match in others if match.lastgroup == "address"]
    whole += spans[1:, 0][spans[1:, 0] < spans[:-1, 1]].tolist()
    at = np.searchsorted(ends, spans[:, 0], "right")
    covered = np.bincount(at, spans[:, 1] - spans[:, 0], len(lines)).astype(np.int64)
    full = np.searchsorted(ends, whole, "right")
    covered[full] = lengths[full]
    return covered
