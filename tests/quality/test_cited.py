"""How well citations are found, over documents that are labelled by hand, as found and damaged."""

from __future__ import annotations

import pytest

from tests.quality.cited import DAMAGES, cited_documents, damaged, scores

LABELS = 300
"""The least mentions that are labelled."""
FLOOR = 0.97
"""The least precision and recall of mentions, numbers, relations; lowering it needs a word in the commit."""
SURE = 0.98
"""The least precision of which document is meant."""


def test_there_are_enough_labels() -> None:
    """Mentions by hand: of many genres, in both scripts, some of documents that are there as well."""
    labels = [label for document in cited_documents() for label in document.labels]
    assert len(labels) >= LABELS and sum(bool(label.doc) for label in labels) >= 25


@pytest.mark.parametrize("damage", DAMAGES)
def test_citations_are_found_well_enough(damage: str) -> None:
    """The floors hold whatever was done to the documents; offsets cut the titles exactly."""
    found, faults = scores([damaged(document, damage) for document in cited_documents()])
    for name in ("mention", "number", "relation"):
        assert min(found[name].precision, found[name].recall) >= FLOOR, faults
    assert found["cited_doc"].precision >= SURE, faults
