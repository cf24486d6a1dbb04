"""Topics on the page: what is shown is in the tables, which are those of the command."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pdtool.report.html.charts import topic_map
from pdtool.report.html.methods import methods, sources
from pdtool.report.html.page import page
from pdtool.report.html.words import Language
from pdtool.report.model import Report
from pdtool.report.topics_model import TopicsView, YearShares
from tests.report.conftest import report_of
from tests.report.fields import FIELDS, write_reports
from tests.report.reading import read_page

CASES = Path(__file__).parents[1] / "cases" / "report"


@pytest.fixture(scope="module")
def with_topics(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return a report with three topics."""
    folder = tmp_path_factory.mktemp("topics")
    write_reports(folder)
    return report_of(folder, topics=3)


@pytest.mark.parametrize("language", list(Language))
def test_the_chapter_reads_as_recorded(with_topics: Report, language: Language) -> None:
    """The text of the chapter in both languages, as people read it; ``PDTOOL_UPDATE_GOLDEN=1`` writes it."""
    made = page(with_topics, language)
    chapter = re.findall(r'<section id="topics".*?</section>', made, flags=re.S)[0]
    before_tables = re.sub("<title>.*?</title>", "", chapter.split('<h3 id="topic_terms">')[0])
    before_tables = before_tables.replace("<li>", "\n").replace("<b>", " ").replace("</text>", " ")
    lines = (re.sub(r"\s+", " ", line).strip() for line in read_page(before_tables).shown.splitlines())
    shown = "\n".join(line for line in lines if line) + "\n"
    recorded = CASES / f"topics-{language.value}.txt"
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        recorded.parent.mkdir(parents=True, exist_ok=True)
        recorded.write_text(shown, encoding="utf-8", newline="")
    assert shown == recorded.read_text(encoding="utf-8")


def test_what_is_shown_is_in_the_tables(with_topics: Report) -> None:
    """Shares of the corpus and of years add up to 1; what is set out are rows; the rest is counted."""
    drawn, tables = with_topics.topics, with_topics.tables
    assert drawn is not None
    assert sum(topic.share for topic in drawn.topics) == pytest.approx(1)
    assert [topic.share for topic in drawn.topics] == sorted(
        (topic.share for topic in drawn.topics), reverse=True
    )
    for year in drawn.years:
        assert sum(year.shares) == pytest.approx(1)
    assert [year.year for year in drawn.years] == ["2019", "2020", "2021"]
    assert [year.documents for year in drawn.years] == [3, 3, 3]
    assert (drawn.undated, drawn.without) == (3, 1)
    for topic in drawn.topics:
        shares = [row for row in tables["topic_documents"].rows if row.topic == topic.number]
        assert topic.share == pytest.approx(sum(row.share for row in shares) / 12)
        assert topic.documents[0].share == max(row.share for row in shares)
        assert {row.sentence for row in topic.sentences} <= {
            row.sentence for row in tables["topic_sentences"].rows
        }


def test_topics_are_shown_only_where_they_were_asked_for(seed_report: Report) -> None:
    """No chapter, no table, no source."""
    text = page(seed_report, Language.EN)
    assert seed_report.topics is None
    assert not any(key.startswith("topic") for key in seed_report.tables)
    assert 'id="topics"' not in text
    assert "#topics" not in text.split("</style>")[1]
    assert "Dirichlet" not in methods(seed_report, Language.EN)[0]["paragraph"] + "".join(
        sources(seed_report)
    )


def test_the_methods_name_the_model(with_topics: Report) -> None:
    """With its number of topics and its sources, in both languages."""
    report = replace(with_topics, facts=replace(with_topics.facts, settings={"topics": 3}))
    english, chinese = (one["paragraph"] for one in methods(report, Language.EN))
    assert "3 topics were found by latent Dirichlet allocation" in english
    assert "共 3 个主题（Blei、Ng 与 Jordan，2003" in chinese
    assert sum("Blei, D. M." in source for source in sources(report)) == 2


def test_documents_without_years_have_no_chart(tmp_path: Path) -> None:
    """The page says that no year is known."""
    for number, text in enumerate(FIELDS):
        (tmp_path / f"{number}.txt").write_text(text * 3, encoding="utf-8")
    text = page(report_of(tmp_path, topics=2), Language.EN)
    assert "no document has a year that is known" in text
    assert 'id="topics-caption"' not in text


def test_many_years_fit(with_topics: Report) -> None:
    """Columns grow narrow before the picture grows too wide; then only some years and no numbers are told."""
    drawn = with_topics.topics
    assert drawn is not None
    for count, numbers in ((3, True), (20, True), (70, False)):
        years = tuple(YearShares(str(1950 + n), 2, (0.5, 0.3, 0.2)) for n in range(count))
        chart = topic_map(TopicsView(drawn.topics, years, 0, 0), "x", "{n} documents")
        assert float(re.findall(r'width="([\d.]+)"', chart)[0]) <= 980
        assert chart.count("<rect") == 3 * count
        assert (">50</text>" in chart) == numbers
        assert "1950: 2 documents" in chart
