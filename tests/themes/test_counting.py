"""Counts of documents and the tables made of them."""

from __future__ import annotations

import pickle
from collections import Counter
from math import log1p

from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.terms.dictionary import Dictionary
from pdtool.terms.matcher import Nesting
from pdtool.text.fold import fold
from pdtool.themes.counting import DocumentCounts, Part, ThemeCounter
from pdtool.themes.tables import ThemeTables
from tests.terms.reference import dictionary, expected

THEMES = {"甲": ["治理", "基层治理", "党建"], "乙": ["法治", "德治"], "丙": ["无"]}
_TEXTS = st.text("治理基层党建法德，\n一、(二)1.", max_size=80)


def _counts(made: Dictionary, parts: tuple[Part, ...]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        for entry, count in zip(part.entries.tolist(), part.counts.tolist(), strict=True):
            total[made.entries[entry].term] += count
    return total


@settings(max_examples=60, deadline=None)
@given(_TEXTS)
def test_sections_add_up_to_the_document(text: str) -> None:
    """Counts and characters of the sections are those of the whole, which are a naive count's."""
    made = dictionary(THEMES)
    whole = ThemeCounter.of(made).count(text)
    parts = ThemeCounter.of(made, by_section=True).count(text)
    naive = {term: count for (_, term), count in expected(text, THEMES, "theme").items()}
    assert _counts(made, whole) == _counts(made, parts) == naive
    assert whole[0].chars == sum(part.chars for part in parts) == len(fold(text))


def test_a_counter_travels_to_workers() -> None:
    """Pickled, it counts the same."""
    counter = ThemeCounter.of(dictionary(THEMES), Nesting.ALL)
    there = pickle.loads(pickle.dumps(counter))  # noqa: S301 (our own bytes)
    assert there == counter
    assert there.count("基层治理")[0].counts.tolist() == [1, 1]


def _tables(*texts: str) -> ThemeTables:
    made = dictionary(THEMES)
    counter = ThemeCounter.of(made)
    counts = [
        DocumentCounts((group,), counter.count(text)) for group, text in zip("babc", texts, strict=False)
    ]
    return ThemeTables(made, [f"d{number}" for number in range(len(texts))], counts, top_terms=2)


def test_the_table_by_theme() -> None:
    """Zero rows, rates over folded characters, the most frequent terms, the share of documents."""
    rows = list(_tables("基层治理,党建,党建,治理,治理。", "法治", "").by_theme())
    assert [(row.doc, row.theme, row.count) for row in rows[:4]] == [
        ("d0", "甲", 5), ("d0", "乙", 0), ("d0", "丙", 0), ("d1", "甲", 0),
    ]  # fmt: skip
    first = rows[0]
    assert first.per_1000_chars == 1000 * 5 / 12
    assert (first.distinct_terms, first.top_terms) == (3, ("治理 2", "党建 2"))
    assert (first.weighted, first.share_of_documents) == (5.0, 1 / 3)
    assert rows[-1].per_1000_chars is None


def test_the_table_by_term_and_the_unused_terms() -> None:
    """Only terms that occur, frequent ones first; the others are known."""
    tables = _tables("治理,党建党建", "治理")
    assert [(row.doc, row.term, row.count, row.share_of_documents) for row in tables.by_term()] == [
        ("d0", "党建", 2, 0.5), ("d0", "治理", 1, 1.0), ("d1", "治理", 1, 1.0),
    ]  # fmt: skip
    assert [entry.term for entry in tables.unused()] == ["基层治理", "法治", "德治", "无"]


def test_the_table_by_group() -> None:
    """Counts are added up, documents with the theme counted, groups sorted."""
    rows = list(_tables("治理", "治理,法治", "党建").by_group())
    assert [(*row.groups, row.theme, row.count, row.documents_with, row.documents) for row in rows] == [
        ("a", "甲", 1, 1, 1), ("a", "乙", 1, 1, 1), ("a", "丙", 0, 0, 1),
        ("b", "甲", 2, 2, 2), ("b", "乙", 0, 0, 2), ("b", "丙", 0, 0, 2),
    ]  # fmt: skip
    assert rows[3].top_terms == ("治理 1", "党建 1")
    assert (rows[3].chars, rows[3].ln_count, rows[4].ln_count) == (4, log1p(2), 0.0)


def test_the_balanced_table_by_group() -> None:
    """Groups that no document is in have rows of zeros."""
    tables = _tables("治理", "法治")
    places = [("a", "x"), ("b", "y")]
    counts = [DocumentCounts(group, one.parts) for group, one in zip(places, tables.counts, strict=True)]
    crossed = ThemeTables(tables.dictionary, tables.docs, counts)
    rows = [row for row in crossed.by_group(balanced=True) if row.groups == ("a", "y")]
    assert [(row.count, row.per_1000_chars, row.documents, row.share_of_documents) for row in rows] == [
        (0, 0.0, 0, 0.0)
    ] * 3
    assert len(list(crossed.by_group(balanced=True))) == 2 * 2 * 3
