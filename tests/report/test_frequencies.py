"""Frequencies on the page: the words of the command, lines in which they stand, clouds and courses."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.report.analyses import Analyses
from pdtool.report.frequency_model import TrendView, WordView
from pdtool.report.html.methods import methods, sources
from pdtool.report.html.packed import packed, unpacked
from pdtool.report.html.page import page
from pdtool.report.html.trend_chart import trend_chart
from pdtool.report.html.word_cloud import word_cloud
from pdtool.report.html.words import Language
from pdtool.report.model import Report
from tests.commandline import ROOT, run
from tests.report.conftest import report_of
from tests.report.reading import read_csv, read_page


def test_lines_are_found_by_the_concordance(seed_analyses: Analyses) -> None:
    """Every line of a word is one of ``pdtool kwic`` of that word, and no document gives more than two."""
    for word in seed_analyses.frequent.words[:3]:
        out = run(["kwic", "seeds", "--term", word.term, "--width", "24", "--format", "csv"], ROOT).stdout
        header, *rows = read_csv(out.decode())
        doc, right = header.index("doc"), header.index("right")
        found = {(row[doc], row[right][:8]) for row in rows}
        assert word.lines
        for line in word.lines:
            assert line.found.replace("\n", "") == word.term
            assert any(doc == line.doc and line.right.startswith(cut[:2]) for doc, cut in found)
        assert max(sum(line.doc == other.doc for other in word.lines) for line in word.lines) <= 2


def test_years_make_trends(tmp_path: Path) -> None:
    """A word that rises every year has τ = 1 and stands first, one that falls last; the undated are told."""
    for year in range(2010, 2018):
        rising, falling = "数字政府" * 3 * (year - 2009), "乡镇企业" * 3 * (2018 - year)
        filler = "城市道路桥梁管理条例规定" * 40
        text = f"{year}年工作报告\n{filler}。" + "。".join([rising, falling]) + "。"
        (tmp_path / f"{year}年工作报告.txt").write_text(text, encoding="utf-8")
    (tmp_path / "无年份.txt").write_text("城市道路桥梁管理条例规定。" * 20, encoding="utf-8")
    report = report_of(tmp_path)
    assert report.frequent.years == tuple(map(str, range(2010, 2018)))
    assert report.frequent.undated == 1
    trends = report.frequent.trends
    assert trends[0].tau == 1
    assert trends[-1].tau == -1
    assert "数字" in trends[0].term or "政府" in trends[0].term
    shown = read_page(page(report, Language.ZH)).shown
    assert "另有 1 篇年份不详" in shown
    assert "Mann–Kendall" in shown


def test_two_years_make_none(seed_report: Report) -> None:
    """Without three years nothing is drawn, and the page says why; the methods name no test."""
    assert seed_report.frequent.trends == ()
    text = page(seed_report, Language.EN)
    assert "it takes documents of three years or more" in text
    assert "Kendall" not in methods(seed_report, Language.EN)[0]["paragraph"]


@settings(deadline=None)
@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=60), st.data())
def test_words_of_a_cloud_do_not_touch(counts: list[int], data: st.DataObject) -> None:
    """Whatever the counts: every word is there once, inside the picture, and no two overlap."""
    texts = st.text("治理基层党建社区ABCab", min_size=1, max_size=12)
    terms = data.draw(st.lists(texts, min_size=len(counts), max_size=len(counts), unique=True))
    words = [
        WordView(term, count, 1, ()) for term, count in zip(terms, sorted(counts, reverse=True), strict=True)
    ]
    svg = word_cloud(words, "x")
    assert svg == word_cloud(words, "x")
    left, top, width, height = map(float, re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    boxes = []
    for x, y, size, term in re.findall(r'x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)">([^<]+)', svg):
        wide = float(size) * sum(1 if character > "\u2e80" else 0.5 for character in term)
        bottom = float(y) + 0.14 * float(size)
        boxes.append((float(x) - wide / 2, bottom - float(size), float(x) + wide / 2, bottom))
    assert len(boxes) == len(words)
    for box in boxes:
        assert left <= box[0] + 0.2
        assert box[2] <= left + width + 0.2
        assert top <= box[1] + 0.2
        assert box[3] <= top + height + 0.2
    for one, other in combinations(boxes, 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart


def test_hostile_words_stay_text() -> None:
    """A word of markup is shown as it is, in the cloud and beside its course."""
    word = "<b>&\u202e"
    assert "<b>" not in word_cloud([WordView(word, 3, 1, ())], "x")
    chart = trend_chart([TrendView(word, (0.1, 0.2, 0.3), 1.0, 0.04)], ["2001", "2002", "2003"], "x", "y")
    assert "<b>" not in chart
    assert "\u202e" not in chart


def test_a_course_stands_where_its_years_are() -> None:
    """Years are as far apart as they are; the highest rate reaches the top; chance is dashed."""
    sure = TrendView("甲", (1.0, 2.0, 4.0), 1.0, 0.01)
    chart = trend_chart([sure, replace(sure, q=0.3)], ["2000", "2001", "2010"], "x", "每千字")
    (points, way), (_, other) = [
        (found[1], found[0]) for found in re.findall(r'class="course (\w+)" points="([^"]+)"', chart)
    ]
    assert (way, other) == ("up", "chance")
    x, y = zip(*[map(float, point.split(",")) for point in points.split()], strict=True)
    assert x[1] - x[0] == pytest.approx((x[2] - x[0]) / 10, abs=0.1)
    assert y[0] - y[2] == pytest.approx(15.0)


def test_methods_say_what_was_done_in_both_languages(seed_report: Report) -> None:
    """Both paragraphs are on either page, its own language first, with its figures; sources are named."""
    told = {"min_passage": 30, "top": 10, "dictionary": "党建引领基层治理"}
    report = replace(seed_report, facts=replace(seed_report.facts, settings=told))
    for language in Language:
        shown = methods(report, language)
        assert [one["lang"] for one in shown] == (
            ["en", "zh-Hans"] if language is Language.EN else ["zh-Hans", "en"]
        )
        for one in shown:
            assert "{" not in one["paragraph"]
            for figure in ("35,439", "50 %", "党建引领基层治理"):
                assert figure in one["paragraph"]
    paragraph = methods(report, Language.EN)[0]["paragraph"]
    years = set(re.findall(r"[A-Z]\w+(?: et al\.| and \w+)? (\d{4})", paragraph))
    named = "\n".join(sources(seed_report))
    assert years
    assert all(f"({year})" in named for year in years)
    assert len(sources(seed_report)) == len(set(sources(seed_report)))


@given(st.text())
def test_what_is_packed_comes_back(text: str) -> None:
    """Any text that can be encoded comes back whole, and is nothing but letters and digits until then."""
    text = text.encode("utf-8", "replace").decode()
    assert unpacked(packed(text)) == text
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", packed(text))
    assert packed(text) == packed(text)
