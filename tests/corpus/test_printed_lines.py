"""Lines of a printed page become paragraphs where their places say so, and stay lines elsewhere."""

from __future__ import annotations

from pdtool.corpus.parsing.printed_lines import PrintedLine, paragraphs


def _page(*lines: tuple[str, float], size: float = 10.0, leading: float = 15.0) -> list[PrintedLine]:
    """Return lines of text at these indents (in characters), set tight, one below another."""
    return [
        PrintedLine(text, indent * size, (indent + _width(text)) * size, 800 - place * leading, size)
        for place, (text, indent) in enumerate(lines)
    ]


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


FULL = "为深入贯彻党的二十大精神推进基层治理现代化"


def test_full_lines_go_on() -> None:
    """A line that reaches the margin continues in the next; a short one ends the paragraph."""
    page = _page((FULL[2:], 2), (FULL, 0), ("通知如下。", 0), (FULL[2:], 2), ("末行。", 0))
    assert paragraphs(page) == f"{FULL[2:]}{FULL}通知如下。\n{FULL[2:]}末行。"


def test_an_indented_line_begins_a_paragraph() -> None:
    """Even behind a full line."""
    page = _page((FULL, 0), (FULL[2:], 2), ("末行。", 0))
    assert paragraphs(page) == f"{FULL}\n{FULL[2:]}末行。"


def test_headings_and_lists_stay_lines() -> None:
    """Another size is another paragraph; so is a numbered item behind a sentence that fills its line."""
    heading = PrintedLine(FULL[:14], 0, 210, 815, 15)
    page = [heading, *_page((FULL, 0), (FULL[:-1] + "。", 0), ("（一）总体要求" + FULL[:14], 0), ("末。", 0))]
    assert paragraphs(page) == f"{FULL[:14]}\n{FULL}{FULL[:-1]}。\n（一）总体要求{FULL[:14]}末。"


def test_rows_of_a_table_stay_lines() -> None:
    """Lines with gaps are rows, though they reach the margin."""
    rows = [PrintedLine(f"指标{number} 完成", 0, 210, 800 - 15 * number, 10) for number in range(4)]
    assert paragraphs(rows).count("\n") == 3


def test_words_are_not_glued() -> None:
    """Latin words on both sides of a break keep a blank; a long word that did not fit explains a gap."""
    first, second = f"{FULL[:14]} the city", "government 等工作全面展开并取得成效"
    page = _page((FULL, 0), (first, 0), (second, 0))
    assert paragraphs(page).endswith("the city government 等工作全面展开并取得成效")


def test_columns_are_not_joined_sideways() -> None:
    """The last line of the left column does not run into the top of the right one."""
    left = _page((FULL, 0), (FULL, 0))
    right = [line._replace(left=line.left + 300, right=line.right + 300) for line in left]
    assert paragraphs([*left, *right]) == f"{FULL}{FULL}\n{FULL}{FULL}"


def _moved(lines: list[PrintedLine], right: float, down: float) -> list[PrintedLine]:
    return [
        one._replace(left=one.left + right, right=one.right + right, bottom=one.bottom - down)
        for one in lines
    ]


def test_two_columns_under_lines_as_wide_as_the_page() -> None:
    """A centred name and an abstract in the size of the text change nothing for either column."""
    paragraph = _page(
        (FULL[2:], 2), (FULL, 0), (FULL, 0), (FULL, 0), ("末行。", 0), (FULL[2:], 2), ("末。", 0)
    )
    whole = f"{FULL[2:]}{FULL * 3}末行。\n{FULL[2:]}末。"
    name = PrintedLine("李青山", 205, 235, 900, 10)
    abstract = [PrintedLine(FULL * 2, 0, 440, 870, 10), PrintedLine("一段。", 0, 30, 855, 10)]
    columns = [*_moved(paragraph, 0, 0), *_moved(paragraph, 230, 0)]
    assert paragraphs([name, *columns]) == f"李青山\n{whole}\n{whole}"
    assert paragraphs([name, *abstract, *columns]) == f"李青山\n{FULL * 2}一段。\n{whole}\n{whole}"


def test_nothing_is_nothing() -> None:
    """An empty page, and lines of no size."""
    assert paragraphs([]) == ""
    assert paragraphs([PrintedLine("甲", 0, 0, 0, 0), PrintedLine("乙", 0, 0, 0, 0)]) == "甲\n乙"
