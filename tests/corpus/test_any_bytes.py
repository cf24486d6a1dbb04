"""Any bytes under any suffix: the loader answers with documents and problems, never with an exception."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdtool.corpus.readers import SUFFIXES
from pdtool.documents.load import load_corpus
from pdtool.errors import Problem
from tests.corpus.makers import damaged_samples

SAMPLES = damaged_samples(Random(0), 0)


def _load(path: Path, data: bytes) -> tuple[int, list[Problem]]:
    """Load a file of these bytes; how many documents it gave, and what was said."""
    path.write_bytes(data)
    problems: list[Problem] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        documents = list(load_corpus([path], on_problem=problems.append))
    for document in documents:
        assert document.offsets.source_length == len(document.raw)
    return len(documents), problems


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SUFFIXES)), st.binary(max_size=600))
def test_any_bytes_under_any_suffix(tmp_path: Path, suffix: str, data: bytes) -> None:
    """Something comes of every file: a document, or a sentence with its name."""
    path = tmp_path / f"a{suffix}"
    documents, problems = _load(path, data)
    assert documents or problems
    assert all(problem.message and str(path) in problem.source for problem in problems)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give all examples one folder."""
    yield tmp_path_factory.mktemp("damaged")


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_damaged_files_of_every_format(folder: Path, suffix: str) -> None:
    """Sound files with some bytes changed, cut out or doubled."""
    for seed in range(8):
        data = damaged_samples(Random(f"{suffix} {seed}"), 1 + seed)[suffix]
        documents, problems = _load(folder / f"a{suffix}", data)
        assert documents or problems


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_the_samples_are_sound(folder: Path, suffix: str) -> None:
    """Undamaged, each gives a document and nothing to say, so that the damage is what is tested."""
    documents, problems = _load(folder / f"b{suffix}", SAMPLES[suffix])
    assert (documents, problems) == (1, [])
