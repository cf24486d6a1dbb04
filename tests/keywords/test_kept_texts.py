"""Texts kept for a second look: they come back as they were, and what is found in them is what was there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pdtool
from pdtool.interface import keyword_tables
from pdtool.keywords import proposals
from pdtool.keywords.kept_texts import keeper, read_kept

SEEDS = Path(__file__).parents[2] / "seeds"


@given(st.lists(st.text(st.characters(exclude_categories=()))))
def test_texts_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """In any order, whatever they hold, and though two keepers write into one file."""
    folder = str(tmp_path_factory.mktemp("kept"))
    half = len(texts) // 2
    kept = []
    for some in (texts[:half], texts[half:]):
        with keeper(folder) as keep:
            kept += [keep(text) for text in some]
    assert list(read_kept(one for one in reversed(kept) if one is not None)) == texts[::-1]


@pytest.mark.parametrize("folder", ["", "no/such/folder"])
def test_nothing_is_kept_without_a_folder(folder: str) -> None:
    """Whoever asked reads the documents again."""
    with keeper(folder) as keep:
        assert keep("党建") is None


@pytest.mark.parametrize("options", [{"level": "corpus"}, {"group_by": "year"}])
def test_reading_again_finds_the_same(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether bodies are kept or documents are read twice shows in no row."""
    kept = pdtool.keywords(SEEDS, jobs=1, **options).rows
    monkeypatch.setattr(keyword_tables, "_MOST_KEPT", 0)
    assert pdtool.keywords(SEEDS, jobs=1, **options).rows == kept


def test_kept_texts_that_are_gone_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tidies temporary files meanwhile changes no row."""
    kept = pdtool.keywords(SEEDS, jobs=1, level="corpus").rows

    def gone(_kept: object) -> Iterator[str]:
        raise FileNotFoundError

    monkeypatch.setattr(proposals, "read_kept", gone)
    assert pdtool.keywords(SEEDS, jobs=1, level="corpus").rows == kept
