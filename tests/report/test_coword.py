"""Which keywords stand together on the page: what is drawn is what the table says, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pdtool.cooccurrence.totals import add_up
from pdtool.network.coword import CowordNetwork
from pdtool.network.finding import BinFinder
from pdtool.network.units import Unit
from pdtool.report import coword
from pdtool.report.analyses import Analyses
from pdtool.report.coword import coword_view
from pdtool.report.coword_model import CommunityView, CowordView
from pdtool.report.html.coword_charts import strategic_diagram, term_chart
from pdtool.report.html.page import page
from pdtool.report.html.words import Language, words_of
from pdtool.report.model import Report
from tests.report.conftest import report_of
from tests.report.reading import read_page

WORDS = words_of(Language.EN)


def view_of(terms: list[str], text: str) -> CowordView | None:
    """Return the view of the network of some terms in a text."""
    return coword_view(CowordNetwork(add_up(terms, [BinFinder("\n".join(terms), Unit()).find(text)])))


def test_the_drawing_says_what_the_table_says(seed_report: Report, seed_analyses: Analyses) -> None:
    """Every arc is a row with its numbers, those with the greatest coefficients; counts are those of rows."""
    drawn = seed_report.coword
    assert drawn is not None
    rows = {(row.term_a, row.term_b): row for row in seed_report.tables["coword"].rows}
    assert drawn.edges == len(rows)
    counts = {
        term: count
        for row in rows.values()
        for term, count in ((row.term_a, row.count_a), (row.term_b, row.count_b))
    }
    assert {stop.term: stop.count for stop in drawn.stops} == counts
    coefficients = []
    for arc in drawn.arcs:
        a, b = sorted((drawn.stops[arc.first].term, drawn.stops[arc.second].term))
        assert arc.together == rows[a, b].together
        assert arc.ochiai == pytest.approx(rows[a, b].ochiai, abs=5e-5)
        coefficients.append(arc.ochiai)
    assert coefficients == sorted(coefficients)
    assert coefficients[0] >= sorted(round(row.ochiai, 4) for row in rows.values())[-len(coefficients)]
    nodes = {row.term: row for row in seed_analyses.coword.node_rows()}
    assert all(stop.community == nodes[stop.term].community for stop in drawn.stops)


def test_terms_stand_by_community_the_frequent_first(seed_report: Report) -> None:
    """A gap begins every community; the strategic diagram has each, with its first terms."""
    drawn = seed_report.coword
    assert drawn is not None
    numbers = [stop.community for stop in drawn.stops]
    assert numbers == sorted(numbers)
    assert [row for row in range(1, len(numbers)) if numbers[row] != numbers[row - 1]] == list(drawn.gaps)
    assert [community.number for community in drawn.communities] == sorted({*numbers})
    for community in drawn.communities:
        own = [stop for stop in drawn.stops if stop.community == community.number]
        assert [stop.count for stop in own] == sorted((stop.count for stop in own), reverse=True)
        assert community.terms == tuple(stop.term for stop in own[:3])
        assert community.size == len(own)


def test_the_tree_is_that_of_the_coefficients(seed_report: Report) -> None:
    """The heat map has every drawn keyword once, and its cells are the coefficients of the table."""
    drawn = seed_report.coword
    assert drawn is not None
    docs = drawn.similarity.docs
    assert sorted(docs) == sorted(stop.term for stop in drawn.stops)
    rows = {(row.term_a, row.term_b): row.ochiai for row in seed_report.tables["coword"].rows}
    cells = np.array(drawn.similarity.cells)
    assert np.diag(cells).tolist() == [1.0] * len(docs)
    for row, one in enumerate(docs):
        for column, other in enumerate(docs):
            if one < other:
                assert cells[row, column] == pytest.approx(rows.get((one, other), 0.0), abs=5e-5)


def test_without_igraph_there_are_no_communities(
    seed_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network is drawn in one colour, the page says why, and there is no strategic diagram."""
    monkeypatch.setattr(coword, "find_spec", lambda _: None)
    drawn = view_of(["党建", "治理", "社区"], "党建与治理。治理与社区。")
    assert drawn is not None
    assert [stop.term for stop in drawn.stops] == ["治理", "党建", "社区"]
    assert (drawn.communities, drawn.gaps) == ((), ())
    shown = page(replace(seed_report, coword=drawn), Language.EN)
    assert "which is not installed" in shown
    assert "strategic-caption" not in shown
    assert "strategic-caption" in page(seed_report, Language.EN)


def test_nothing_is_drawn_of_nothing(tmp_path: Path) -> None:
    """Where no two keywords stand in a sentence the page says so."""
    assert view_of(["党建"], "党建。党建。") is None
    assert view_of([], "党建。") is None
    (tmp_path / "a.txt").write_text("苹果。", encoding="utf-8")
    made = report_of(tmp_path)
    assert made.coword is None
    assert "No two keywords stand in one sentence." in page(made, Language.EN)


def test_names_do_nothing_and_do_not_overlap() -> None:
    """Hostile terms are text; lines of the network are apart, and so are names of the diagram."""
    bad = "<script>\x1b[1m\"&'"
    drawn = view_of([bad, "治理", "社区"], f"{bad}与治理。治理与社区。")
    assert drawn is not None
    svg = term_chart(drawn, "terms", WORDS)
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert "&lt;script&gt;" in svg
    heights = [float(y) for y in re.findall(r'<circle class="dot[^"]*" cx="[\d.]+" cy="([\d.]+)"', svg)]
    assert all(later - earlier >= 22 for earlier, later in pairwise(heights))
    same = [CommunityView(number, (bad, "治理"), 2, 1.0, 5.0) for number in range(1, 8)]
    diagram = strategic_diagram(same, "diagram", "x", "y")
    assert "<script" not in diagram
    lines = sorted(float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)">', diagram))
    assert len(lines) == 7
    assert all(later - earlier >= 16 for earlier, later in pairwise(lines))


def test_lines_stand_behind_keywords_and_words(seed_report: Report) -> None:
    """Every keyword has lines that hold it, two of a document at most; the tables lead to them."""
    drawn = seed_report.coword
    assert drawn is not None
    for stop in drawn.stops:
        assert stop.lines
        for line in stop.lines:
            assert re.sub(r"\s", "", line.found).lower() == stop.term.lower()
        assert max(sum(line.doc == other.doc for other in stop.lines) for line in stop.lines) <= 2
    text = page(seed_report, Language.EN)
    for number in range(len(drawn.stops)):
        assert f'<a href="#term-{number}"><g class="stop">' in text
        assert f'id="term-{number}"' in text
    numbers = {stop.term: number for number, stop in enumerate(drawn.stops)}
    linked = [row.keyword for row in seed_report.tables["corpus_keywords"].rows if row.keyword in numbers]
    assert len(linked) >= 20
    assert all(f"<a href=#term-{numbers[term]}>{term}</a>" in text for term in linked)
    for number, word in enumerate(seed_report.frequent.words):
        assert f"<a href=#word-{number}>{word.term}</a>" in text
        assert f'id="word-{number}"' in text
    first = seed_report.tables["coword"].rows[0]
    assert f"pdtool kwic --term '{first.term_a} AND {first.term_b}'" in read_page(text).shown
