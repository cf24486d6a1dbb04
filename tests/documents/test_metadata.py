"""What a document says of itself: named spans and values."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.documents.metadata import metadata_of
from tests.normalise.tables import TABLES

CASES: dict[str, list[dict[str, Any]]] = json.loads((TABLES / "metadata.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [*CASES["wild"], *CASES["negative"]], ids=lambda case: case["name"])
def test_values(case: dict[str, Any]) -> None:
    """Each part of the front matter is taken under its name, and nothing where there is none."""
    assert dict(metadata_of(case["text"], case["removed"]).values) == case["values"]


@pytest.mark.parametrize("case", CASES["wild"], ids=lambda case: case["name"])
def test_spans_hold_the_values(case: dict[str, Any]) -> None:
    """What is marked in the text is what the values are taken from."""
    found = metadata_of(case["text"], case["removed"])
    kinds = {kind for kind, _, _ in found.spans}
    assert set(found.values) <= kinds | {"date"}
    titles = [case["text"][start:end] for kind, start, end in found.spans if kind == "title"]
    assert "".join(titles) == found.values.get("title", "")


PIECES = st.sampled_from(
    [
        "摘要：",
        "[关键词]",
        "中图分类号:D63",
        "DOI:10.1/x",
        "(7770字)",
        "(万字)",
        "收稿日期",
        "2024年",
        "13月",
        "\n",
        "。",
        "；",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=20).map("".join), st.lists(PIECES, max_size=3))
def test_any_text(text: str, removed: list[str]) -> None:
    """Spans lie in the text, one after another; values are never empty."""
    found = metadata_of(text, removed)
    assert all(0 <= start <= end <= len(text) for _, start, end in found.spans)
    assert all(a[2] <= b[1] for a, b in pairwise(found.spans))
    assert all(found.values.values())


@pytest.mark.parametrize("claim", ["0..0字", "1.2.3万字", f"{'9' * 400}字", ".字"])
def test_what_is_no_number_claims_no_length(claim: str) -> None:
    """A length that is not one number is none, and no error."""
    assert (
        "length_claim"
        not in metadata_of(
            f"{claim}\n正文说明情况。",
        ).values
    )
