"""What an author sets out in rows and items: tables, articles, lists that a sentence introduces.

Dates, codes and words of sites in a row of a table or in an item of a list are what it is about. So a table
is running text, where head and foot of a page end; so is an article of a statute, however short; and the
items below ``网站首页应当设置下列栏目：`` are no menu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pdtool.text.lines import Span, lines_of

__all__ = ["cells_of", "count_listed", "is_article", "table_lines"]

_FEWEST_ROWS = 3
"""Rows of a table."""
_FEWEST_BARS = 2
"""Bars of a row that has none at its ends; one that has needs one more."""
_LONGEST_ITEM = 16
"""Characters of the longest item that a word of sites alone could take for a link."""
_ARTICLE = re.compile(r"\s*第 ?[一二三四五六七八九十百千零〇\d]{1,7} ?条(?![/／\w])")
_INTRODUCTION = re.compile(r".*(?:下列|以下|如下).*[:：]\s*")


def cells_of(line: str) -> list[str]:
    """Return the cells of a row, without their outer blanks.

    >>> cells_of("| 索 引 号： | 0143/2021 |")
    ['索 引 号：', '0143/2021']
    """
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def table_lines(text: str) -> frozenset[Span]:
    r"""Return the spans of the rows of all tables: neighbouring lines with the same number of cells.

    Args:
        text: A text of any length; one without bars costs one search.

    >>> sorted(table_lines("| 水库 | 结论 |\n| 甲 | 合格 |\n| 乙 | 合格 |\n首页 | 公告 | 新闻"))
    [(0, 11), (12, 22), (23, 33)]
    """
    if "|" not in text:
        return frozenset()
    rows = (list(run) for shape, run in groupby(_rows(text), key=lambda row: row[0]) if shape)
    return frozenset(span for run in rows if len(run) >= _FEWEST_ROWS for _, span in run)


def _rows(text: str) -> Iterator[tuple[int, Span]]:
    """Yield every line with the number of its bars: negative with bars at both ends, 0 if it is not a row."""
    start = 0
    for line in lines_of(text):
        end = start + len(line)
        yield _shape(line) if "|" in line else 0, (start, end)
        start = end + 1


def _shape(line: str) -> int:
    bars, bare = line.count("|"), line.strip()
    if bare.startswith("|") and bare.endswith("|"):
        return -bars if bars > _FEWEST_BARS else 0
    return bars if bars >= _FEWEST_BARS else 0


def is_article(line: str) -> bool:
    """Return whether a line is an article of a statute.

    >>> is_article("第四条　本办法自印发之日起施行。"), is_article("第4条/共12条")
    (True, False)
    """
    return _ARTICLE.match(line) is not None


def count_listed(lines: Sequence[str], index: int) -> int:
    """Return how many lines below a line are items of a list that it introduces.

    Args:
        lines: Lines of a text, without their outer blanks.
        index: The line.

    >>> count_listed(["网站应当标明下列内容：", "主办单位", "版权所有", "网站由县里维护，每季检查。"], 0)
    2
    """
    if not _INTRODUCTION.fullmatch(lines[index]):
        return 0
    following = lines[index + 1 :]
    return next((at for at, line in enumerate(following) if not _is_item(line)), len(following))


def _is_item(line: str) -> bool:
    return len(line) <= _LONGEST_ITEM and not any(map(str.isdigit, line)) and line[-1:] not in "。！？"
