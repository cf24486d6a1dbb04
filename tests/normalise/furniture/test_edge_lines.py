"""Edge lines: what is remembered of a text is its own, whatever is read beside it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.furniture import edge_lines
from pdtool.normalise.furniture.edge_lines import (
    NO_EDGE_LINES,
    edge_lines_of,
    edge_lines_of_each,
    line_hashes,
)
from pdtool.normalise.prefilter import prefilter
from pdtool.text.fold import fold
from pdtool.text.lines import first_lines
from tests.damage.layout import furnish, sites
from tests.damage.tracked import original
from tests.texts import library

LINES = [
    *(
        "网站首页",
        "首页 > 新聞 > 正文",
        "来源：某某网 浏览：12次",
        "關注我們的公眾號",
        "上一篇 下一篇",
        "版权所有",
        "12",
    ),
    *("一、总体要求", "村民議事會每季度召开一次。", "某县人民政府办公室", "2024年1月12日", "", "　　张三"),
    "点击下载客户端，随时随地阅读",
]


@settings(deadline=None)
@given(st.lists(st.text("网站首页12\n\u3000。a一、", max_size=60), max_size=6))
def test_edge_lines_of_many_are_those_of_each(texts: list[str]) -> None:
    """What is remembered of a text does not depend on what is read beside it."""
    together = edge_lines_of_each(texts, lambda index: fold(texts[index]))
    for index, text in enumerate(texts):
        one = together.get(index, NO_EDGE_LINES)
        alone = edge_lines_of(text)
        assert (one.head, one.foot, one.inner) == (alone.head, alone.foot, alone.inner)
        assert one.sketch.tolist() == alone.sketch.tolist()


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join), max_size=6))
def test_edges_found_while_texts_were_prefiltered_are_theirs(texts: list[str]) -> None:
    """What was kept of a text that was looked at before it was repaired is what is found of it alone."""
    prefilter(texts)
    found = [edge_lines_of(text) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edge_lines, "known_zones", lambda _: None)
        alone = [edge_lines_of(text) for text in texts]
    for one, other in zip(found, alone, strict=True):
        assert (one.head, one.foot, one.inner) == (other.head, other.foot, other.inner)
        assert one.sketch.tolist() == other.sketch.tolist()


@given(st.text("甲乙ab", min_size=1, max_size=8), st.text("甲乙ab", min_size=1, max_size=8))
def test_lines_are_told_apart_by_their_letters(one: str, other: str) -> None:
    """Two lines have one hash if their letters are the same in the same order, whatever digits they hold."""
    text = f"{one}\n1{one}23\n{other}"
    first, again, third = line_hashes(fold(text), list(first_lines(text)))
    assert first == again
    assert (first == third) == (one == other)
    assert first & 0xFF == len(one)


@pytest.mark.parametrize("site", sites(), ids=lambda site: str(site["name"]))
def test_a_long_text_is_looked_at_a_stretch_at_a_time(
    site: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered of a text does not depend on how much of it is laid out at a time."""
    rng = Random(str(site["name"]))
    texts = [furnish(original(text.text, "host"), rng, site).text for text in library(41)[:6]]
    whole = [edge_lines_of(text) for text in texts]
    assert any(one.head or one.foot or one.inner for one in whole)
    monkeypatch.setattr(edge_lines, "_STRETCH", 300)
    for text, expected in zip(texts, whole, strict=True):
        found = edge_lines_of(text)
        assert (found.head, found.foot, found.inner) == (expected.head, expected.foot, expected.inner)
