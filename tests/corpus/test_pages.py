"""Web pages keep their order, their paragraphs and their tables; titles come without the site's name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from pdtool.corpus.parsing.html import parse
from pdtool.corpus.parsing.page_blocks import Block, is_deeper
from pdtool.corpus.parsing.page_title import title_among
from pdtool.errors import InputError

_CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "cases" / "corpus" / "pages.json").read_text(encoding="utf-8")
)
ARTICLES = 400
_ARTICLE = "第{}条 乡镇应当加强基层治理，落实第{}项责任。"


def _page(tmp_path: Path, title: str, body: str) -> str:
    path = tmp_path / "a.html"
    head = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head>"
    path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("case", _CASES["cases"], ids=lambda case: case["id"])
def test_pages_are_read_as_they_are_shown(tmp_path: Path, case: dict[str, Any]) -> None:
    """Each case's lines, in their order, and its title."""
    made = parse(_page(tmp_path, case["title"], case["body"]))
    assert made.text.splitlines() == case["lines"]
    assert made.meta["title"] == case["said"]


@pytest.mark.parametrize("case", _CASES["titles"], ids=lambda case: case["title"])
def test_a_title_is_told_from_the_names_of_column_and_site(case: dict[str, Any]) -> None:
    """The page's lines confirm it; else names of sites and columns at the end go, and nothing more."""
    shown = [Block(line, (line,)) for line in case["lines"]]
    assert title_among((case["title"],), shown) == case["said"]


@pytest.mark.parametrize("tag", ["<font color=red>", "<b>", "<span>", "<div>", "<p><strong>", "<center>"])
def test_unclosed_tags_lose_nothing(tmp_path: Path, tag: str) -> None:
    """However deep the elements nest for it, every article is a line."""
    lines = [_ARTICLE.format(number, number) for number in range(ARTICLES)]
    made = parse(_page(tmp_path, "通知", "<div>" + "\n".join(tag + line for line in lines)))
    assert made.text.splitlines() == lines


def test_a_page_that_nests_deeper_than_its_parser_goes_is_an_error(tmp_path: Path) -> None:
    """It is never cut without a word."""
    with pytest.raises(InputError, match="parser gives up"):
        parse(_page(tmp_path, "通知", "<div>第一条 甲。" * 3000))


@pytest.mark.parametrize("most", [1, 2, 3, 40])
def test_how_deep_a_page_is(most: int) -> None:
    """The page itself is the first of its elements; what stands side by side is not deeper."""
    for depth in (0, most - 1, most, most + 1, most + 40):
        tree = lxml.html.fragment_fromstring("<div>" * depth + "第一条" + "</div>" * depth, create_parent="p")
        beside = lxml.html.fragment_fromstring("<div>第一条</div>" * depth, create_parent="p")
        assert is_deeper(tree, most) == (depth >= most)
        assert is_deeper(beside, most) == (most == 1 and depth > 0)
