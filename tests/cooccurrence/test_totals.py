"""Bins of documents added up, against counting unit by unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.cooccurrence import totals
from pdtool.cooccurrence.bins import TermBins
from pdtool.cooccurrence.totals import add_up
from pdtool.errors import UsageError
from tests.network import naive

NAMES = ["治理", "党建", "社区", "ＡＩ", "丁"]
UNITS = st.lists(st.frozensets(st.sampled_from(NAMES)), max_size=6)


def packed(units: list[frozenset[str]]) -> TermBins:
    """Pack the units of a document."""
    held = [sorted(map(NAMES.index, unit)) for unit in units if unit]
    arrays = ([term for unit in held for term in unit], list(map(len, held)), [1] * len(held))
    return TermBins(len(units), *(np.array(values, np.int32).tobytes() for values in arrays))


@settings(deadline=None)
@given(st.lists(UNITS, max_size=5))
def test_counts_are_those_of_all_units(documents: list[list[frozenset[str]]]) -> None:
    """Terms, pairs and documents are counted as one would by hand, in whatever order documents come."""
    found = add_up(NAMES, map(packed, documents))
    single, both = naive.pair_counts(unit for document in documents for unit in document)
    assert dict(zip(found.terms, found.counts.tolist(), strict=True)) == single
    assert list(found.terms) == sorted(single)
    assert found.units == sum(map(len, documents))
    holders = [sum(any(term in unit for unit in units) for units in documents) for term in found.terms]
    assert found.documents.tolist() == holders
    edges = found.edges
    pairs = {
        (found.terms[a], found.terms[b]): count
        for a, b, count in zip(
            edges.first.tolist(), edges.second.tolist(), edges.together.tolist(), strict=True
        )
    }
    assert pairs == both
    again = add_up(NAMES, map(packed, documents[::-1]))
    assert (again.terms, again.edges.together.tolist()) == (found.terms, edges.together.tolist())


@settings(deadline=None)
@given(st.lists(UNITS, max_size=5), st.integers(1, 3))
def test_only_the_most_frequent_terms_are_kept(documents: list[list[frozenset[str]]], top: int) -> None:
    """The network of the top terms is that of units that hold these alone; of equals the first by name."""
    single, _ = naive.pair_counts(unit for document in documents for unit in document)
    chosen = frozenset(sorted(single, key=lambda term: (-single[term], term))[:top])
    found = add_up(NAMES, map(packed, documents), top)
    alone = add_up(NAMES, [packed([unit & chosen for unit in units]) for units in documents])
    assert (found.terms, found.units) == (alone.terms, alone.units)
    assert found.edges.together.tolist() == alone.edges.together.tolist()
    assert found.documents.tolist() == alone.documents.tolist()


def test_the_product_is_made_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pairs are looked at a time, the edges are the same."""
    monkeypatch.setattr(totals, "_FEW_STEPS", -1)
    documents = [packed([frozenset(NAMES), frozenset(NAMES[:3])]), packed([frozenset(NAMES[2:])])]
    whole = add_up(NAMES, documents).edges
    for steps in (1, 7, 13):
        monkeypatch.setattr(totals, "_STEPS_AT_A_TIME", steps)
        parts = add_up(NAMES, documents).edges
        for name in ("first", "second", "together"):
            assert getattr(parts, name).tolist() == getattr(whole, name).tolist()


@pytest.mark.parametrize(
    ("limit", "message"), [("_MOST_STEPS", "pairs would have"), ("_MOST_EDGES", "more than 3")]
)
def test_too_many_pairs_are_refused(monkeypatch: pytest.MonkeyPatch, limit: str, message: str) -> None:
    """With a sentence that says what to take less of."""
    monkeypatch.setattr(totals, limit, 3)
    with pytest.raises(UsageError, match=message):
        add_up(NAMES, [packed([frozenset(NAMES)])])


@settings(deadline=None, max_examples=40)
@given(st.lists(UNITS, max_size=5))
def test_few_pairs_are_counted_as_many_are(documents: list[list[frozenset[str]]]) -> None:
    """Writing down every pair gives the edges that the product of matrices gives, with the same types."""
    few = add_up(NAMES, map(packed, documents)).edges
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(totals, "_FEW_STEPS", -1)
        many = add_up(NAMES, map(packed, documents)).edges
    for name in ("first", "second", "together"):
        assert getattr(few, name).tolist() == getattr(many, name).tolist()
        assert getattr(few, name).dtype == getattr(many, name).dtype
