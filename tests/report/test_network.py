"""Who copies whom: what is drawn, in which order, and which way the arrows lead."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from pdtool.report.direction import direction
from pdtool.report.html.network_chart import network_chart
from pdtool.report.html.words import Language, words_of
from pdtool.report.network import DRAWN, network, weight
from pdtool.report.network_model import Basis, Network
from pdtool.reuse.rows import DocumentRow, PairRow


def pair(doc_a: str, doc_b: str, **values: Any) -> PairRow:
    """Return a row of the table of pairs."""
    row = PairRow(
        doc_a,
        doc_b,
        relation="same",
        containment_a=0.9,
        containment_b=0.95,
        jaccard=0.9,
        matched_chars=100,
        passages=1,
        longest_passage=100,
        cluster=None,
        keep="",
        reason="",
        kind="copy",
        date_a="",
        date_b="",
        earlier="",
        lag_days=None,
        ratio_total=None,
        ratio_without_quotations=None,
        ratio_without_upstream=None,
        largest_single_source=None,
        swapped_names=(),
        leftover_names=(),
        identical_figures=(),
    )
    return replace(row, **values)


def drawn(rows: list[PairRow]) -> Network:
    """Arrange pairs of which all are opened nowhere."""
    found = network(rows, [DocumentRow("a", None, "keep", "a", "", None, "")], ())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "source", "basis"),
    [
        ({}, "", Basis.NONE),
        ({"date_a": "2021-03-05", "date_b": "2020"}, "b", Basis.DATES),
        ({"date_a": "2021", "date_b": "2021-03"}, "", Basis.NONE),
        ({"earlier": "b"}, "b", Basis.DATES),
        ({"leftover_names": ("b: 浦东 ×2",)}, "a", Basis.NAMES),
        ({"leftover_names": ("a: 浦东 ×2",)}, "b", Basis.NAMES),
        ({"leftover_names": ("a: 京山 ×1", "b: 浦东 ×2")}, "", Basis.NONE),
        ({"date_a": "2019", "date_b": "2020", "leftover_names": ("a: 浦东 ×2",)}, "a", Basis.DATES),
    ],
)
def test_dates_tell_the_source_else_forgotten_names(
    values: dict[str, Any], source: str, basis: Basis
) -> None:
    """The earlier document is the source; without dates the one whose names the other forgot."""
    found = direction(pair("a", "b", **values))
    assert (found.source, found.basis) == (source, basis)


def test_what_matters_comes_first() -> None:
    """Names that were swapped, copies, overlaps, forms, and identical texts last; more shared text first."""
    rows = [
        pair("a", "b", relation="identical"),
        pair("a", "c", kind="form"),
        pair("a", "d", relation="overlap", kind=""),
        pair("a", "e"),
        pair("a", "f", matched_chars=200),
        pair("a", "g", kind="form", swapped_names=("浦东/京山 ×3",), leftover_names=("b: 浦东 ×1",)),
        pair("a", "h", kind="form", swapped_names=("浦东/京山 ×3",)),
    ]
    assert [row.doc_b for row in sorted(rows, key=weight)] == ["g", "f", "e", "d", "c", "h", "b"]


def test_related_documents_stand_together_and_sources_first() -> None:
    """Groups follow one another; in each the earlier document comes first and arcs lead from it."""
    rows = [
        pair("a", "z", date_a="2022", date_b="2020"),
        pair("b", "c"),
        pair("a", "y", date_a="2022", date_b="2021"),
    ]
    found = drawn(rows)
    assert [stop.doc for stop in found.stops] == ["z", "y", "a", "b", "c"]
    assert found.gaps == (3,)
    assert [(arc.source, arc.target, arc.is_directed) for arc in found.arcs] == [
        (0, 2, True),
        (3, 4, False),
        (1, 2, True),
    ]
    assert found.stops[2].role == "keep"


def test_sixty_documents_at_most_those_that_matter_most() -> None:
    """What is left out is the least of the pairs; the order of the rows makes no difference."""
    rows = [pair(f"a{n:03}", f"b{n:03}", matched_chars=1000 - n) for n in range(80)]
    found = drawn(rows)
    assert len(found.stops) == DRAWN and found.total == 160
    assert {stop.doc for stop in found.stops} == {f"{side}{n:03}" for side in "ab" for n in range(DRAWN // 2)}
    shuffled = sorted(rows, key=lambda row: Random(row.doc_a).random())
    assert drawn(shuffled).stops == found.stops


def test_the_drawing_names_everything_and_nothing_overlaps() -> None:
    """Every document has a line of its own, every pair a title; hostile names stay text."""
    rows = [pair("<b>\u202e.txt", "b" * 80), pair("b" * 80, "c", date_a="2020", date_b="2021")]
    called = {"c": "某通知 · <i>某县</i> · 2021"}
    svg = network_chart(drawn(rows), "network", words_of(Language.EN), called)
    heights = [float(y) for y in re.findall(r'<circle [^>]*cy="([\d.]+)"', svg)]
    assert heights == sorted(heights) and len(heights) == 3
    assert min(b - a for a, b in pairwise(heights)) >= 20
    assert svg.count('class="arc ') == 2 and svg.count("<polygon") == 1
    assert "<b>" not in svg and "<i>" not in svg and "\u202e" not in svg
    assert "<title>c</title>" in svg and "某通知" in svg


def test_nothing_is_drawn_of_nothing() -> None:
    """Without related pairs there is no network."""
    assert network([], [], ()) is None
