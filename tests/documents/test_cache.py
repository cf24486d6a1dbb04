"""Documents at hand: how long they are kept, and that they are repaired no oftener than that asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pdtool.__main__ import main
from pdtool.corpus.scan import scan
from pdtool.documents import cache
from pdtool.documents.cache import clear_document_cache, document_cache, documents_kept
from pdtool.documents.document import Document
from pdtool.documents.mapping import map_documents
from pdtool.normalise.pipeline import normalise_each

COPIED = "我们要加强基层治理，推进社区服务体系建设，提升居民生活质量。"


@pytest.fixture(autouse=True)
def _own_cache() -> Iterator[None]:
    clear_document_cache()
    yield
    clear_document_cache()


def test_documents_are_kept_until_the_last_block_ends() -> None:
    """One piece of work that ends does not take from another what it still needs."""
    with documents_kept():
        first = document_cache(None)
        with documents_kept():
            clear_document_cache()
        assert document_cache(None) is first
    assert document_cache(None) is not first


def test_a_block_that_fails_keeps_nothing() -> None:
    """After an error documents are forgotten like after success."""
    with pytest.raises(ValueError, match="broken"), documents_kept():
        first = document_cache(None)
        raise ValueError("broken")
    assert document_cache(None) is not first


@pytest.mark.parametrize("command", ["report", "network", "themes --copies once", "freq --copies once"])
def test_each_document_of_a_small_corpus_is_repaired_once(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is read twice, compared, opened side by side or collated: the repaired text is at hand."""
    repaired: list[str] = []

    def counting(raws: Sequence[str], *others: object) -> object:
        repaired.extend(raws)
        return normalise_each(raws, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(cache, "normalise_each", counting)
    for number in range(3):
        text = "".join(f"{COPIED[:-1]}，第{place}次会议。\n" for place in range(9 + number))
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    name, *options = command.split()
    output = tmp_path.with_suffix(".html" if name == "report" else ".csv")
    assert main([name, str(tmp_path), *options, "-q", "-o", str(output)]) == 0
    assert len(repaired) == 3


def test_documents_that_are_kept_hold_no_fold(tmp_path: Path) -> None:
    """What a batch needed of them is gone when it is done; asked for again, the fold is the same."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{COPIED}\n第{number}次会议。", encoding="utf-8")
    with documents_kept(), scan([str(tmp_path)]) as corpus:
        codes = [one.result for one in map_documents(corpus, _folded_codes, jobs=1)]
        kept = document_cache(None).open_all(corpus.sources)
        assert all("folded" not in vars(document) for document in kept)
        assert [_folded_codes(document) for document in kept if isinstance(document, Document)] == codes


def _folded_codes(document: Document) -> bytes:
    return document.folded.codes.tobytes()
