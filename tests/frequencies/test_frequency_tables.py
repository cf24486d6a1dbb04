"""The rows of ``pdtool freq`` against a count that is written out."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.documents.grouping import NONE
from pdtool.frequencies.frequency_tables import FrequencyTables, Selection
from pdtool.frequencies.given_terms import CountedTerms
from pdtool.frequencies.words import CountedWords
from pdtool.significance import adjusted
from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.text.bags import Bag
from tests.frequencies.test_dispersion import naive as naive_dp

WORDS = ("治理", "党组织", "基层治理", "app", "社区")
BAGS = st.dictionaries(st.sampled_from(WORDS), st.integers(1, 4), max_size=4)
DOCUMENTS = st.lists(
    st.tuples(
        st.sampled_from("甲乙"), st.sampled_from(["2020", "2021", "2023", NONE]), BAGS, st.integers(0, 9)
    ),
    min_size=1,
    max_size=6,
)
Drawn = list[tuple[str, str, dict[str, int], int]]


def _tables(documents: Drawn) -> FrequencyTables:
    return FrequencyTables.of_words(
        [
            CountedWords((group,), year, sum(bag.values()) + more, Bag.of(bag))
            for group, year, bag, more in documents
        ]
    )


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.integers(0, 3), st.integers(1, 3))
def test_the_rows_of_groups(documents: Drawn, top: int, least: int) -> None:
    """Counts, rates, documents and dispersion of every group, the commonest first."""
    rows = list(_tables(documents).rows(Selection(top, least)))
    wanted = []
    for group in sorted({one[0] for one in documents}):
        members = [one for one in documents if one[0] == group]
        sizes = [sum(bag.values()) + more for _, _, bag, more in members]
        totals: Counter[str] = sum((Counter(bag) for _, _, bag, _ in members), Counter())
        ordered = sorted((-count, word) for word, count in totals.items() if count >= least)
        for negative, word in ordered[: top or None]:
            each = [bag.get(word, 0) for _, _, bag, _ in members]
            having = sum(map(bool, each))
            spread = naive_dp(each, sizes) if len(members) > 1 else None
            rate = -1000 * negative / sum(sizes)
            wanted.append(((group,), word, -negative, rate, having, having / len(members), spread))
    said = attrgetter("groups", "term", "count", "per_1000_chars", "documents", "share_of_documents")
    assert [said(row) for row in rows] == [row[:6] for row in wanted]
    assert [row.dispersion for row in rows] == pytest.approx([row[6] for row in wanted])


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_the_wide_table_has_the_same_counts(documents: Drawn) -> None:
    """A row a group, a column a term; every cell is the count of the long table, 0 where it has no row."""
    tables = _tables(documents)
    header, rows = tables.wide(("g",), Selection(0), rates=False)
    long = {(row.groups[0], row.term): row.count for row in tables.rows(Selection(0))}
    names = [column.name for column in header[1:]]
    for group, *cells in rows:
        assert dict(zip(names, cells, strict=True)) == {name: long.get((group, name), 0) for name in names}


def test_rates_by_year_and_their_trend() -> None:
    """Each year's rate in order; documents without a year are in none, years without documents are none."""
    documents: Drawn = [
        ("甲", "2023", {"治理": 3}, 7), ("甲", "2020", {"治理": 1}, 9), ("甲", "2021", {"治理": 1}, 4),
        ("甲", "2021", {"社区": 2}, 3), ("甲", NONE, {"治理": 4}, 0), ("甲", "十四五", {"治理": 1}, 0),
    ]  # fmt: skip
    tables = _tables(documents)
    row = next(tables.rows(Selection(1), with_trend=True))
    assert (row.term, row.count) == ("治理", 10)
    assert row.by_year == ("2020 100.0000", "2021 100.0000", "2023 300.0000")
    assert row.kendall_s == 2
    assert row.tau == pytest.approx(0.8165, abs=1e-4)
    assert row.slope == pytest.approx(66.667, abs=1e-3)
    assert row.p == pytest.approx(2 / 3)
    both = list(tables.rows(Selection(2), with_trend=True))
    assert [one.q for one in both] == pytest.approx(adjusted(np.array([one.p for one in both])).tolist())
    assert tables.undated == 2


def test_given_terms_have_rows_of_zeros() -> None:
    """In their own order, with their themes; a selection leaves out and sorts."""
    entries = [Entry(theme, term, 1.0, "", "") for theme, term in zip("甲甲乙", WORDS, strict=False)]
    dictionary = Dictionary.of("x", list(enumerate(entries, 1)))[0]
    nothing = np.array([], dtype=np.int64)
    counted = [
        CountedTerms(("a",), "", 10, np.array([1]), np.array([2])),
        CountedTerms(("b",), "", 0, nothing, nothing),
    ]
    tables = FrequencyTables.of_terms(dictionary, counted)
    rows = list(tables.rows(Selection(0, 0)))
    assert [(row.groups[0], row.theme, row.term, row.count, row.per_1000_chars) for row in rows] == [
        ("a", "甲", "治理", 0, 0.0), ("a", "甲", "党组织", 2, 200.0), ("a", "乙", "基层治理", 0, 0.0),
        ("b", "甲", "治理", 0, None), ("b", "甲", "党组织", 0, None), ("b", "乙", "基层治理", 0, None),
    ]  # fmt: skip
    assert [row.term for row in tables.rows(Selection(1, 1))] == ["党组织"]


def test_a_term_named_as_a_group_column() -> None:
    """Its column has a name of its own, so that no cell is lost in JSON Lines."""
    tables = _tables([("甲", "2020", {"app": 1, "治理": 1}, 0)])
    header, _ = tables.wide(("app",), Selection(0), rates=True)
    assert [column.name for column in header] == ["app", "term:app", "治理"]
