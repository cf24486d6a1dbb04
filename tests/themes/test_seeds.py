"""The built-in dictionary on the sample corpus, whose own headings say what each document is about."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pdtool.documents.load import load_corpus
from pdtool.documents.mapping import body_of
from pdtool.terms.dictionary import remarks
from pdtool.terms.load import load_dictionary
from pdtool.terms.matcher import Matcher
from pdtool.text.fold import fold

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HEADINGS = json.loads((SEEDS.parent / "tests/cases/themes/headings.json").read_text(encoding="utf-8"))
Counts = dict[str, dict[str, int]]


@cache
def _counts() -> Counts:
    """Return the counts: theme → the first three characters of the document's id → count."""
    dictionary, _ = load_dictionary()
    matcher = Matcher(dictionary.patterns, dictionary.theme_of)
    counts: Counts = {theme: {} for theme in dictionary.themes}
    for document in load_corpus([SEEDS]):
        for theme in dictionary.themes:
            counts[theme][document.id[:3]] = 0
        for _, entry in matcher.matches(body_of(document)):
            counts[dictionary.entries[entry].theme][document.id[:3]] += 1
    return counts


def _leader(theme: str) -> str:
    counts = _counts()[theme]
    return max(counts, key=counts.__getitem__)


def test_the_built_in_dictionary_is_sound() -> None:
    """Every theme has a note, a source and several terms; no term stands in two themes or twice in one."""
    dictionary, problems = load_dictionary()
    assert not problems
    assert all(entry.note and entry.source for entry in dictionary.entries)
    assert all(dictionary.theme_of.count(number) >= 5 for number in range(len(dictionary.themes)))
    assert not [remark for remark in remarks(dictionary) if "two themes" in remark.message]


def test_document_000_leads_in_what_its_headings_name() -> None:
    """以思想引领…, 以组织优化…, 以机制构建…, 以周到服务…: four of its ways, and the pandemic."""
    for theme in ("思想引领", "组织引领", "机制引领", "服务引领", "疫情防控"):
        assert _leader(theme) == "000"


def test_document_002_leads_in_what_its_headings_name() -> None:
    """治理法治化 and 治理专业化; 社会化 and 智能化 are there in plenty."""
    assert _leader("法治化") == _leader("专业化") == "002"
    assert min(_counts()[theme]["002"] for theme in ("社会化", "智能化")) >= 10


def test_document_003_has_what_its_headings_name() -> None:
    """精细化, 社会化, 法治化, 智能化 are its ways; it alone is about renewal, old age and towers."""
    assert (
        min(_counts()[theme]["003"] for theme in ("精细化", "社会化", "法治化", "智能化", "协商民主")) >= 10
    )
    for theme in ("精细化", "智能化", "协商民主", "四治融合", "城市更新", "养老服务", "红色物业与楼宇党建"):
        assert _leader(theme) == "003"


def test_document_001_has_what_its_paragraphs_name() -> None:
    """领导落实, 组织体系, 工作力量, 信息化智能化, 共建共治共享, and the grid."""
    themes = ("党的领导", "组织引领", "队伍建设", "智能化", "共建共治共享", "网格化")
    assert min(_counts()[theme]["001"] for theme in themes) >= 5


def test_what_documents_are_not_about() -> None:
    """Neither the pandemic in 002 nor old age in 000 and 001."""
    assert _counts()["疫情防控"]["002"] == 0
    assert _counts()["养老服务"]["000"] == _counts()["养老服务"]["001"] == 0


def test_traditional_documents_are_counted_like_their_simplified_copies() -> None:
    """000 is Traditional with pinyin ghosts; its OCR copy 004 shares its beginning and so its themes."""
    counts = _counts()
    assert counts["疫情防控"]["004"] > 0
    assert counts["疫情防控"]["000"] > counts["疫情防控"]["004"]


def _passages(body: str, group: dict[str, Any]) -> list[str]:
    """Cut out the passages of a group: up to the next of them, or paragraphs where no heading follows."""
    starts = [body.index(opening) for opening in group["passages"]]
    if group["paragraphs"]:
        return [body[start:].partition("\n")[0] for start in starts]
    end = len(body) if group["until"] is None else body.index(group["until"])
    return [body[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]


@cache
def _bodies() -> dict[str, str]:
    return {document.id[:3]: body_of(document) for document in load_corpus([SEEDS])}


@pytest.mark.parametrize("group", HEADINGS["groups"], ids=lambda group: next(iter(group["passages"])))
def test_a_passage_is_about_what_its_heading_names(group: dict[str, Any]) -> None:
    """The theme of a heading is denser in its passage than in any that stands beside it.

    The expectations were written from the headings before anything was counted by passage.
    """
    dictionary, _ = load_dictionary()
    matcher = Matcher(dictionary.patterns, dictionary.theme_of)
    densities: list[dict[str, float]] = []
    for passage in _passages(_bodies()[group["document"]], group):
        found = [dictionary.entries[entry].theme for _, entry in matcher.matches(passage)]
        densities.append({theme: found.count(theme) / len(fold(passage)) for theme in dictionary.themes})
    for number, (opening, themes) in enumerate(group["passages"].items()):
        for theme in themes:
            others = [density[theme] for place, density in enumerate(densities) if place != number]
            assert densities[number][theme] > max(others), f"{theme} in {opening}"
