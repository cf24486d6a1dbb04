"""What every document of a kind says in its frame is no keyword of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.keywords.tasks import RankDocument, RankerSettings
from pdtool.segment.stop_words import stop_words

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "keywords" / "frames.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_frame_is_no_keyword(case: dict[str, Any]) -> None:
    """Ordinals, issuers, addressees, numbers and torn pieces are not among ten keywords; the subject is."""
    text = case["text"]
    document = Document("one", Source("one", "one.txt", "one.txt", "text"), text, text, ())
    settings = RankerSettings.of("phrase", "rjieba", [], stop_words())
    found = [row.keyword for row in RankDocument(settings)(document)]
    assert set(found).isdisjoint(case["never"])
    assert set(case["among"]) <= set(found)
    assert found[0] == case.get("first", found[0])
