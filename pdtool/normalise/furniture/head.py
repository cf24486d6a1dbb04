"""What stands above a text: menus, index tables, and the title, which is never furniture by weak evidence.

A government portal prints a table of labels (索引号, 发布机构, 成文日期) above a document, one row or one
cell per line; any one of the labels is an author's word as well, three together are the portal's. A menu is
five short items or more in a row that are neither people nor public bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pdtool.normalise.furniture.form_table import furniture_data
from pdtool.normalise.furniture.listed import cells_of
from pdtool.text.line_table import LineTable, Mask, members
from pdtool.text.lines import is_protected

__all__ = [
    "index_table",
    "is_index_row",
    "is_menu",
    "is_piped_index",
    "is_plain_text",
    "is_promulgation",
    "is_property",
    "looks_like_title",
    "may_be_index_row",
    "may_begin_index_rows",
    "menu_words",
    "value_of_text",
]

_FEWEST_ITEMS = 5
"""Items of a menu."""
_LONGEST_ITEM = 8
"""Characters of the longest item of a menu."""
_FEWEST_KNOWN = 2
"""Items of a menu that menus are known to have."""
_FEWEST_LABELS = 3
"""Different labels of an index table."""
_LONGEST_ROW = 160
"""Characters of the longest row of an index table."""
_LONGEST_VALUE = 40
"""Characters of the longest value on a line of its own."""
_BARS = "|｜/"
_BAR = re.compile(rf"\s*[{_BARS}]\s*|\t+|\s{{2,}}")
_BLANKS = re.compile(r"\s+")
_BULLETS = "•·●▪ \u3000"
_NUMBER = re.compile(r"[〔［\[]\d{4}[〕］\]]\s?\d{1,4}\s?号$")
"""The number of an official document, which stays as front matter."""
_PROMULGATION = re.compile(
    r"[（(]?\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日.*(?:号|发布|公布|通过|施行|批准|印发|修订|修正|生效|令|[)）])"
    r"|.*(?:令|公告|决定|通知)?第 ?\d+ ?号(?:令|公告)?(?:发布|公布|通过|施行)?|.*(?:公布|发布)日(?:施行|生效)"
)
"""Date, body and number of a law: its data, however many laws of a corpus carry one."""
_STRUCTURE = re.compile(r"[|｜_»→]|[>＞]{1,2} |https?:|www\.|\d[:：]\d\d|[:：]\s*\d")


@cache
def _head() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in furniture_data()["head"].items() if name != "source"}


@cache
def _title() -> re.Pattern[str]:
    title = furniture_data()["title"]
    endings = "|".join(sorted(title["endings"], key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(title['starts'])}).*|.*(?:{endings})(?:[（(].{{1,12}}[)）])?")


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(furniture_data()['title']['bodies'])})$")


def looks_like_title(line: str) -> bool:
    """Return whether a line has the form of a document's title or of the body that issued it.

    >>> looks_like_title("金山县人民政府办公室关于印发供水方案的通知"), looks_like_title("首页 | 公告 | 通知")
    (True, False)
    """
    if not 4 <= len(line) <= 100 or _STRUCTURE.search(line):
        return False
    return _names_document(line) or _bodies().search(line) is not None


def _names_document(line: str) -> bool:
    return _title().fullmatch(line) is not None


def is_promulgation(line: str) -> bool:
    """Return whether a line says when, by whom or under which number a law was passed, or came into force.

    >>> is_promulgation("2022年9月19日 审判委员会第1875次会议通过"), is_promulgation("2022年9月19日")
    (True, False)
    """
    return ("日" in line or "号" in line) and _PROMULGATION.fullmatch(line) is not None


def is_plain_text(line: str) -> bool:
    """Return whether a line has none of the marks of links, addresses and times."""
    return _STRUCTURE.search(line) is None


def is_property(line: str) -> bool:
    """Return whether a line is a label of a page's or a file's properties with its value.

    >>> is_property("属性：Doc-0AB，doc格式"), is_property("海棠湾：工地塔吊及时停摆")
    (True, False)
    """
    label, colon, _ = line.lstrip(_BULLETS).replace(":", "：").partition("：")
    return bool(colon) and label in _head()["properties"]


def is_menu(line: str) -> bool:
    """Return whether a line is a row of links: many short items, neither people nor public bodies.

    >>> is_menu("新闻 体育 汽车 房产 旅游 教育"), is_menu("张三 李四 王五 赵六 钱七")
    (True, False)
    """
    if len(line.split()) + sum(map(line.count, _BARS)) < _FEWEST_ITEMS - 1:  # most lines
        return False
    for separator, fewest in ((_BAR, _FEWEST_ITEMS - 1), (_BLANKS, _FEWEST_ITEMS)):
        items = [item for item in separator.split(line) if item]
        if len(items) >= fewest and max(map(len, items)) <= _LONGEST_ITEM:
            return _are_links(items)
    return False


def menu_words() -> frozenset[str]:
    """Return the words of which a menu holds some."""
    return _head()["menu"]


def _are_links(items: Sequence[str]) -> bool:
    if any(_bodies().search(item) or any(map(str.isdigit, item)) for item in items):
        return False
    menu = _head()["menu"]
    return sum(item in menu or item[2:] in menu for item in items) >= _FEWEST_KNOWN


def index_table(lines: Sequence[str], known: Sequence[bool]) -> list[int]:
    """Return the indices of the lines that are a portal's index table, without a line of the text between.

    The row with the title stays, as does the number of the document: the text below may have none of its own.

    Args:
        lines: The first lines of a text, without their outer blanks.
        known: Whether each is furniture of a known form.
    """
    found: list[int] = []
    labels: set[str] = set()
    index = 0
    while index < len(lines):
        row = _labels_of(lines[index])
        bare = bool(row) and lines[index].endswith((":", "：", "】"))
        if row and row.isdisjoint(_head()["title"]):
            found.append(index)
            if bare and _is_value(lines[index + 1 : index + 2]) and _goes_on(lines[index + 1 : index + 3]):
                index += 1
                found.append(index)
            elif bare and _NUMBER.search("".join(lines[index + 1 : index + 2])):
                index += 1
        elif bare:
            index += 1
        elif found and not row and not known[index]:
            break
        labels |= row
        index += 1
    strong = labels & _head()["strong"]
    return found if strong and len(labels) >= _FEWEST_LABELS else []


def is_piped_index(rows: Sequence[str]) -> bool:
    """Return whether the rows of a table with bars are a portal's index table: each begins with a label.

    >>> is_piped_index(["| 索 引 号： | 0143/2021 |", "| 发文机关： | 某县 |", "| 主 题 词： |  |"])
    True
    """
    cells = [[_BLANKS.sub("", cell) for cell in cells_of(row)] for row in rows]
    labels = {cell.rstrip(":：") for row in cells for cell in row} & _known_labels()
    begun = all(row[0].endswith((":", "：")) or row[0] in labels or not any(row) for row in cells)
    return begun and len(labels) >= _FEWEST_LABELS and not labels.isdisjoint(_head()["strong"])


def value_of_text(row: str) -> str:
    """Return what a row of an index table with bars says that the text may say too: its title or its number.

    >>> value_of_text("| 标　　题： | 关于供水的通知 |  |"), value_of_text("| 主 题 词： | 供水 |")
    ('关于供水的通知', '')
    """
    cells = cells_of(row)
    for label, value in pairwise(cells):
        if _BLANKS.sub("", label).rstrip(":：") in _head()["title"] or _NUMBER.search(value):
            return value
    return ""


@cache
def _known_labels() -> frozenset[str]:
    return _head()["strong"] | _head()["labels"] | _head()["title"]


def is_index_row(line: str) -> bool:
    """Return whether a line is a row of a portal's index table, however long.

    >>> is_index_row("索 引 号 20240106-17 分 类 其他；规划；"), is_index_row("来源：某网")
    (True, False)
    """
    return not _labels_of(line).isdisjoint(_head()["strong"])


@cache
def _label() -> re.Pattern[str]:
    known = sorted(_known_labels(), key=len, reverse=True)
    spaced = "|".join("[ \u3000]*".join(map(re.escape, word)) for word in known)
    return re.compile(rf"(?:^|[\s【\[])({spaced})(?:\s*[:：\t】\]]|[ \u3000]|\s*$)")


def may_begin_index_rows(lines: LineTable) -> Mask:
    """Return which lines begin, bullets and bars apart, as a row of an index table does (a prefilter)."""
    return lines.are(lines.indented(_bullets()), _row_starts())


@cache
def _bullets() -> Mask:
    return members(f"{_BULLETS}|")


@cache
def _row_starts() -> Mask:
    """Return what a row begins with behind a few bullets and bars, of which there may be more."""
    return members("".join(_firsts()) + f"{_BULLETS}|")


def may_be_index_row(line: str) -> bool:
    """Return whether a line, with or without bars, may be a row of a portal's index table.

    Most tables have none of its labels.
    """
    if not line.lstrip().startswith("|"):
        return is_index_row(line) or is_index_row(line.strip())
    cells = {_BLANKS.sub("", cell).rstrip(":：") for cell in cells_of(line)}
    return not cells.isdisjoint(_head()["strong"])


@cache
def _firsts() -> frozenset[str]:
    """Return what a row can begin with: most lines are ruled out by this."""
    return frozenset({word[0] for word in _known_labels()} | set("【["))


def _labels_of(line: str) -> set[str]:
    """Return the labels of a row, which begins with one."""
    line = line.lstrip(_BULLETS)
    if len(line) > _LONGEST_ROW or line[:1] not in _firsts() or "《" in line or not _label().match(line):
        return set()
    return {_BLANKS.sub("", label) for label in _label().findall(line)}


def _goes_on(following: Sequence[str]) -> bool:
    """Return whether a value has figures or a label below it: the line below a table may be the title."""
    return any(map(str.isdigit, following[0])) or any(map(_labels_of, following[1:]))


def _is_value(following: Sequence[str]) -> bool:
    return any(
        len(line) <= _LONGEST_VALUE and not (_labels_of(line) or _names_document(line) or is_protected(line))
        for line in following
    )
