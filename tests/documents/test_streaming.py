"""Documents given as soon as they are certain: all of them, as they are in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from pdtool.corpus.scan import scan
from pdtool.documents import streaming
from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of, map_documents
from pdtool.documents.streaming import stream_documents
from pdtool.errors import Severity
from pdtool.workers import Workers

HEAD = "海量文档免费分享平台\n千万用户共同的选择\n"
WORDS = "议事会村民代表干部道路水利学校土地树林春耕秋收账目公开监督协商调解和睦邻里老人儿童医疗教育"


def _text(document: Document) -> str:
    return body_of(document)


def _site_words(document: Document) -> tuple[str, ...]:
    """Return words that only furniture has here, or nothing."""
    return tuple(word for word in ("海量文档", "千万用户") if word in document.text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make thirty documents, every third with the head of one site, and one that cannot be read."""
    for number in range(30):
        head = HEAD if number % 3 == 0 else ""
        chance = Random(number)
        text = "\n".join("".join(chance.choices(WORDS, k=120)) + "。" for _ in range(6))
        (tmp_path / f"{number:02}.txt").write_text(f"{head}{text}", encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    return tmp_path


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let few documents be streamed as many are."""
    monkeypatch.setattr(streaming, "FEW_DOCUMENTS", 2)
    monkeypatch.setattr(streaming, "_FIRST_BYTES", 3_000)
    yield


def _streamed(folder: Path, early: Workers | None = None) -> dict[str, str]:
    with scan([folder]) as corpus:
        outcomes = list(stream_documents(corpus, _text, early=early))
    names = [one.source.id for one in outcomes]
    assert len(names) == len(set(names)) == 31
    assert [one.source.id for one in outcomes if one.problems and one.problems[0].severity is Severity.ERROR]
    return {one.source.id: one.result for one in outcomes if one.result is not None}


def _mapped(folder: Path) -> dict[str, str]:
    with scan([folder]) as corpus:
        return {one.source.id: one.result for one in map_documents(corpus, _text) if one.result is not None}


def test_few_documents_come_in_the_order_of_their_ids(folder: Path) -> None:
    """And each as it is when all were read."""
    found = _streamed(folder)
    assert list(found) == sorted(found)
    assert found == _mapped(folder)
    assert not any("海量" in text for text in found.values())


@pytest.mark.usefixtures("eager")
def test_of_many_documents_those_that_are_certain_come_first(folder: Path) -> None:
    """Those whose head may be the site's come behind the others, as they are when it is gone."""
    found = _streamed(folder)
    assert found == _mapped(folder)
    late = [number for number, name in enumerate(found) if int(name[:2]) % 3 == 0]
    assert late == list(range(20, 30))


@pytest.mark.usefixtures("eager")
def test_what_nothing_is_shown_of_waits_for_nothing(folder: Path) -> None:
    """A result that is false is given at once, and no document is lost by it."""
    with scan([folder]) as corpus:
        outcomes = list(stream_documents(corpus, _site_words))
        mapped = {one.source.id: one.result for one in map_documents(corpus, _site_words)}
    last = {one.source.id: one.result for one in outcomes}
    assert last == mapped
    assert not any(mapped.values()) and len(outcomes) == 31


@pytest.mark.usefixtures("eager")
def test_workers_that_are_there_already_give_the_same(folder: Path) -> None:
    """In the same order; they have ended then, and asking them once more is an error."""
    with Workers(2) as early:
        early.start("pdtool.documents.warm_up", "warm_up")
        found = _streamed(folder, early)
        with pytest.raises(RuntimeError, match="ended"):
            list(early.map(len, ["a", "b"]))
    assert list(found.items()) == list(_streamed(folder).items())
