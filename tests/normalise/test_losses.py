"""Characters lost before a text came here are told with their number; what is meant is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.normalise.losses import loss_warnings
from pdtool.normalise.pipeline import normalise
from tests.normalise.tables import TABLES, undamaged

CASES: dict[str, Any] = json.loads((TABLES / "losses.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["wild"], ids=lambda case: case["name"])
def test_what_is_lost_is_told(case: dict[str, Any]) -> None:
    """Every sign of a loss is counted."""
    assert loss_warnings(case["text"]) == case["lost"]


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["name"])
def test_what_is_meant_is_no_loss(case: dict[str, Any]) -> None:
    """Questions, words and rare characters are content."""
    assert loss_warnings(case["text"]) == []


@pytest.mark.parametrize("text", undamaged())
def test_undamaged_texts_lost_nothing(text: str) -> None:
    """Sound texts get no warning."""
    assert loss_warnings(text) == []


def test_what_the_reader_told_is_not_told_again() -> None:
    """Bytes that the file itself holds damaged are its reader's to name."""
    raw = "通知已\ufffd发"
    source = Source("a.txt", "a.txt", "a.txt", "text")
    told = ("is damaged at byte 9, shown as U+FFFD",)
    assert document_of(RawDocument(source, raw, "utf-8", warnings=told), normalise(raw)).warnings == told
    (warning,) = document_of(RawDocument(source, raw, "utf-8"), normalise(raw)).warnings
    assert warning.startswith("1 character was lost")
