"""Nothing that a clean document says is taken out of it, whatever lies beside it and however much."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quality.content import Lost, clean_texts, losses, pile, written
from tests.texts.kinds import KINDS, documents, furnished

SEED = 1
SIZES = (1, 3, 30, 300)
LENGTHS = {1: 0.3, 3: 0.3, 30: 0.5, 300: 0.3}
"""What the lengths of documents are multiplied by: as many long ones would take a minute."""
KNOWN_FILE = Path(__file__).parents[1] / "cases" / "normalise" / "content_lost.json"
KNOWN = json.loads(KNOWN_FILE.read_text(encoding="utf-8"))
"""What is known to be lost, in characters per million by kind and size: whoever mends it takes it out."""


def _cases() -> Iterator[object]:
    for kind in KINDS:
        for size in SIZES:
            figure = KNOWN["lost"].get(kind, {}).get(str(size))
            reason = f"{figure} characters of content per million are removed"
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if figure else []
            yield pytest.param(kind, size, marks=marks, id=f"{kind}-{size}")


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Lost]]:
    """Clean corpora of every size and count what goes."""
    folder = tmp_path_factory.mktemp("content")
    return {size: losses(pile(size, SEED, LENGTHS[size]), folder / str(size)) for size in SIZES}


@pytest.mark.parametrize(("kind", "size"), list(_cases()))
def test_no_content_is_removed(lost: dict[int, dict[str, Lost]], kind: str, size: int) -> None:
    """Of a million characters of content none is removed, in corpora of 1, 3, 30 and 300 documents."""
    found = lost[size][kind]
    assert found.characters > 500
    assert found.per_million == 0, f"{found.per_million:.1f} per million: {found.removed} {found.examples}"


def _neighbour_cases() -> Iterator[object]:
    kinds = list(KINDS)
    for at, kind in enumerate(kinds):
        stranger = kinds[(at + 4) % len(kinds)]
        known = kind in KNOWN["changed by another document"]
        reason = "clean texts depend on the documents beside them"
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if known else []
        yield pytest.param(kind, stranger, marks=marks, id=kind)


@pytest.mark.parametrize(("kind", "stranger"), list(_neighbour_cases()))
def test_an_unrelated_document_changes_no_other(kind: str, stranger: str, tmp_path: Path) -> None:
    """Ten documents of a kind are cleaned alike each alone and beside the others, a stranger and a page."""
    strangers = (document for document in documents(99, SEED + 1, 0.3)[90:] if document.kind == stranger)
    many = [document for document in documents(90, SEED + 1, 0.3) if document.kind == kind]
    corpus = [*many, *strangers, *furnished(1, SEED, 0.3)]
    together = clean_texts(written(corpus, tmp_path / "together"))
    alone: dict[str, str] = {}
    for document in many:
        alone |= clean_texts(written([document], tmp_path / f"alone {document.id}"))
    assert {name: together[name] for name in alone} == alone
