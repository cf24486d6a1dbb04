"""What an author sets out in rows and items: tables, articles, lists that a sentence introduces.

Dates, codes and words of sites in a row of a table or in an item of a list are what it is about. So a table
is running text, where head and foot of a page end; so is an article of a statute, however short; and the
items below ``网站首页应当设置下列栏目：`` are no menu.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pdtool.text.lines import Span, lines_of

__all__ = ["cells_of", "count_listed", "is_article", "table_lines"]

_FEWEST_ROWS = 3
"""Rows of a table."""
_FEWEST_BARS = 2
"""Bars of a row that has none at its ends; one that has needs one more."""
_FEWEST_CELLS = 3
"""Cells of a row without bars, which blanks or tabs part."""
_FEWEST_WORDS = 4
"""Cells of such a row whose cells are parted by single blanks, as words are."""
_LONGEST_ITEM = 16
"""Characters of the longest item that a word of sites alone could take for a link."""
_GAP = re.compile(r"\t+|[ \u3000]{2,}|\u3000")
_FIGURES = re.compile(r"[-–—/~～+±<>≤≥\d.,，:%％‰]+")
"""A number, a date, a range, or the dash of an empty cell."""
_FIGURE_APART = re.compile(r"[ \t\u3000]\d|\d[ \t\u3000]")
"""What every row without bars holds."""
_Shape = tuple[str, int]
"""What the rows of a table have in common."""
_NUMBERED_ROW = 1
"""Shape of a row without bars whose first cell is a number, whatever follows in however many cells."""
_ROW_OF_FIGURES = 2
"""Shape of a row without bars that names something and gives its figures."""
_ARTICLE = re.compile(r"\s*第 ?[一二三四五六七八九十百千零〇\d]{1,7} ?条(?![/／\w])")
_INTRODUCTION = re.compile(r"(?>.*?(?:下列|以下|如下)).*[:：]\s*+")


def cells_of(line: str) -> list[str]:
    """Return the cells of a row, without their outer blanks.

    >>> cells_of("| 索 引 号： | 0143/2021 |")
    ['索 引 号：', '0143/2021']
    """
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def table_lines(text: str) -> frozenset[Span]:
    r"""Return the spans of the rows of all tables: neighbouring lines of one shape, blank lines left out.

    With bars it is their number that rows share. Without bars, where an empty cell leaves no trace, every row
    begins with its number or has only figures after its first cell, as no menu and no row of labels does.

    Args:
        text: A text of any length.

    >>> sorted(table_lines("| 水库 | 结论 |\n| 甲 | 合格 |\n| 乙 | 合格 |\n首页 | 公告 | 新闻"))
    [(0, 11), (12, 22), (23, 33)]
    >>> sorted(table_lines("序号  日期  水库\n1  2023-04-05  甲\n2  2023-04-06  乙\n3  2023-04-07  丙"))
    [(11, 27), (28, 44), (45, 61)]
    """
    if "|" not in text and _FIGURE_APART.search(text) is None:  # most texts
        return frozenset()
    return frozenset(span for run in _runs(_shaped(text)) if len(run) >= _FEWEST_ROWS for span in run)


def _shaped(text: str) -> Iterator[tuple[_Shape | None, Span]]:
    """Yield the lines that are not blank: their shape, and where they stand."""
    start = 0
    for line in lines_of(text):
        end = start + len(line)
        if line and not line.isspace():
            yield _shape(line), (start, end)
        start = end + 1


def _runs(shaped: Iterable[tuple[_Shape | None, Span]]) -> Iterator[list[Span]]:
    """Yield the runs of rows of one shape; a single line between two rows, as sites print, breaks no run."""
    run: list[Span] = []
    last: _Shape | None = None
    foreign = 0
    for shape, span in shaped:
        if shape is not None and shape == last:
            run.append(span)
            foreign = 0
        elif shape is None and last is not None and not foreign:
            foreign = 1
        else:
            yield run
            run, last, foreign = ([span] if shape else []), shape, 0
    yield run


def _shape(line: str) -> _Shape | None:
    r"""Return what the rows of one table have in common; nothing for a line that is not a row.

    >>> _shape("| 甲 | 乙 |"), _shape("1\t甲\t乙"), _shape("甲 3.5 27%"), _shape("首页  公告  新闻")
    (('|', 3), ('', 1), ('', 2), None)
    """
    if "|" in line:
        return _shape_with_bars(line)
    cells = line.split()
    if len(cells) < _FEWEST_CELLS:
        return None
    if cells[0].isdigit() and (len(cells) >= _FEWEST_WORDS or len(_GAP.split(line.strip())) >= _FEWEST_CELLS):
        return "", _NUMBERED_ROW
    return ("", _ROW_OF_FIGURES) if all(map(_FIGURES.fullmatch, cells[1:])) else None


def _shape_with_bars(line: str) -> _Shape | None:
    bars, bare = line.count("|"), line.strip()
    if bare.startswith("|") and bare.endswith("|"):
        return ("|", bars) if bars > _FEWEST_BARS else None
    return ("", -bars) if bars >= _FEWEST_BARS else None


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
