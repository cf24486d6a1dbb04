"""One function over a corpus in workers: what a document that kills them costs, and progress."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pdtool.corpus.scan import scan
from pdtool.documents.document import Document
from pdtool.documents.mapping import map_documents_in
from pdtool.errors import Severity
from pdtool.workers import Workers

DOCUMENTS = 40


def length_or_end(document: Document) -> int:
    """Return the length of a text; one that says so ends the process."""
    if "致命" in document.raw:
        os._exit(9)
    return len(document.raw)


def length_or_end_once(document: Document) -> int:
    """Return the length of a text; the first process that reads one that says so ends."""
    mark = Path(document.source.path).with_suffix(".died")
    if "致命" in document.raw and not mark.exists():
        mark.touch()
        os._exit(9)
    return len(document.raw)


def slowly(document: Document) -> int:
    """Return the length of a text, after a while."""
    time.sleep(0.02)
    return len(document.raw)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of documents, of which one is fatal."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(DOCUMENTS):
        word = "致命" if number == 17 else "基层"
        (folder / f"{number:02}.txt").write_text(
            f"第{number}号{word}" + "治理现代化。" * 3000, encoding="utf-8"
        )
    return folder


def test_a_document_that_kills_its_workers_is_named_and_the_rest_goes_on(folder: Path) -> None:
    """All others have a result; it alone is an error."""
    with scan([folder]) as corpus, Workers(2) as workers:
        outcomes = map_documents_in(workers, corpus.sources, length_or_end).outcomes
    lost = [one for one in outcomes if one.result is None]
    assert [one.source.id for one in lost] == ["17.txt"]
    (problem,) = lost[0].problems
    assert problem.source.endswith("17.txt") and "ended its worker process twice" in problem.message
    assert len(outcomes) == DOCUMENTS


def test_a_worker_that_was_killed_once_costs_nothing_but_a_retry(folder: Path) -> None:
    """The batch is done again, and nobody is blamed."""
    with scan([folder]) as corpus, Workers(2) as workers:
        outcomes = map_documents_in(workers, corpus.sources, length_or_end_once).outcomes
    assert (folder / "17.died").exists()
    assert all(one.result for one in outcomes)
    assert all(problem.severity is Severity.WARNING for one in outcomes for problem in one.problems)


class Heard:
    """Keeps what progress says."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int]] = []
        self.steps: list[int] = []

    def stage(self, name: str, total: int) -> None:
        """Keep the stage."""
        self.stages.append((name, total))

    def advance(self, n: int = 1) -> None:
        """Keep the steps."""
        self.steps.append(n)

    def done(self) -> None:
        """Nothing follows."""


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_counts_documents_and_not_batches(folder: Path, jobs: int) -> None:
    """Every document is counted once, in several steps even where all are one batch."""
    heard = Heard()
    with scan([folder]) as corpus, Workers(jobs) as workers:
        map_documents_in(workers, corpus.sources, slowly, heard)
    assert heard.stages[0] == ("reading", DOCUMENTS)
    assert sum(heard.steps) == DOCUMENTS
    assert len(heard.steps) > 4
