"""What hypothesis feeds: texts of fragments and repetitions, and corpora of a few files; and damaged files.

``python -m benchmarks.border.fuzz_properties 60 7`` tries for a minute of the processor, from seed 7 on, and
prints how many examples that were. The first find ends it, made as small as hypothesis can make it.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from benchmarks.border.fuzz_checks import FRAGMENTS, checks, try_corpus, try_text
from pdtool.documents.load import load_corpus
from pdtool.errors import Problem
from tests.corpus.makers import damaged_samples
from tests.growth.texts import ATOMS, CONTEXTS

_SETTINGS = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
_PIECES = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.text(max_size=8),
    st.builds(lambda atom, times: atom * times, st.sampled_from(list(ATOMS.values())), st.integers(2, 60)),
)
_INSIDE = st.lists(_PIECES, max_size=40).map("".join)
_TEXTS = st.one_of(
    _INSIDE,
    st.builds(lambda form, text: form.replace("{}", text), st.sampled_from(list(CONTEXTS.values())), _INSIDE),
)
_NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=20
).filter(lambda name: name not in (".", ".."))
_SUFFIXES = st.sampled_from([".txt", ".txt", ".txt", ".md", ".html", ".csv", ".jsonl", ".enw", ".ris"])
_BYTES = st.one_of(
    _TEXTS.map(lambda text: text.encode("utf-8", "replace")),
    _TEXTS.map(lambda text: text.encode("gb18030", "replace")),
    st.binary(max_size=200),
)
_FILES = st.lists(st.tuples(_NAMES, _SUFFIXES, _BYTES), min_size=1, max_size=5)

_counted = count()


def _texts(start: int, examples: int) -> None:
    @seed(start)
    @settings(_SETTINGS, max_examples=examples)
    @given(st.sampled_from(checks()), _TEXTS)
    def holds(check, text):  # type: ignore[no-untyped-def]
        next(_counted)
        try_text(check, text)

    holds()


def _corpora(start: int, examples: int) -> None:
    @seed(start)
    @settings(_SETTINGS, max_examples=examples)
    @given(_FILES)
    def holds(files):  # type: ignore[no-untyped-def]
        next(_counted)
        with TemporaryDirectory() as folder:
            try_corpus(Path(folder), [(name + suffix, data) for name, suffix, data in files])

    holds()


def _damaged_files(start: int) -> None:
    """Load sound files of every format that were damaged in some places."""
    rng = Random(start)
    with TemporaryDirectory() as folder:
        for suffix, data in damaged_samples(rng, 1 + rng.randrange(12)).items():
            (Path(folder) / f"a{suffix}").write_bytes(data)
            next(_counted)
        problems: list[Problem] = []
        documents = list(load_corpus([folder], on_problem=problems.append))
        if not documents and not problems:
            raise ValueError(f"seed {start}: nothing is said of damaged files")


def try_for(seconds: float, start: int) -> None:
    """Try new examples until that many seconds of the processor are used."""
    while process_time() < seconds:
        _texts(start, 200)
        _corpora(start, 10)
        _damaged_files(start)
        start += 1
    print(f"examples: {next(_counted)}")


if __name__ == "__main__":
    try_for(float(sys.argv[1]), int(sys.argv[2]))
