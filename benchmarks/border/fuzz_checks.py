"""What the fuzzers try: everything that reads a text, a dictionary or a corpus of few documents.

:func:`try_bytes` is fed by atheris (``fuzz_target.py``), :func:`try_text` and :func:`try_corpus` by
hypothesis (``fuzz_properties.py``). Anything but a :class:`~pdtool.errors.PdtoolError`, and a law that does
not hold, is a find.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from pdtool.corpus.scan import scan
from pdtool.documents.mapping import body_of
from pdtool.documents.metadata import metadata_of
from pdtool.errors import PdtoolError
from pdtool.keywords.tasks import RankerSettings
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import normalise, replay, revert
from pdtool.report.analyses import analyse
from pdtool.report.build import build
from pdtool.report.html.page import page
from pdtool.report.html.words import Language
from pdtool.report.model import Facts
from pdtool.report.settings import Settings
from pdtool.segment.stop_words import stop_words
from pdtool.segment.userdict import parse_user_dictionary
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.load import load_dictionary
from pdtool.terms.table_form import read_table
from pdtool.terms.yaml_form import read_yaml
from pdtool.themes.counting import ThemeCounter
from tests.growth.grid import bounded
from tests.growth.steps import STEPS_OF_ALL, document_of
from tests.growth.texts import ATOMS, CONTEXTS

__all__ = ["FRAGMENTS", "checks", "try_bytes", "try_corpus", "try_text"]

FRAGMENTS = [
    *ATOMS.values(),
    *(piece for context in CONTEXTS.values() for piece in context.split("{}") if piece),
    *"\n\t （）()[]【】《》“”'\":：;；,，.。、-—|#*&<>/?！0123456789一二三abcABC党建引领基层治理號",
    *(
        "themes:\n",
        "  - ",
        "name: ",
        "terms: [",
        "]",
        "theme,term\n",
        '"',
        "\ud800",
        "\U0001f600",
        "\U00020000",
    ),
]
"""What one byte stands for."""
_MOST_SECONDS = 20.0
"""Seconds of the processor after which an input counts as endless; under atheris all is ten times as slow."""


def _text(data: bytes) -> str:
    """Read bytes as a text."""
    if not data or data[0] % 2:
        return data[1:].decode("utf-8", "replace")
    return "".join(FRAGMENTS[byte % len(FRAGMENTS)] for byte in data[1:200])


def _check_normaliser(text: str) -> None:
    for script in TargetScript:
        clean = normalise(text, options=NormaliseOptions(script=script))
        if replay(text, clean.layers) != clean.text or revert(clean.text, clean.layers) != text:
            raise ValueError("edits do not lead from the raw text to the clean one and back")
        if clean.offsets.source_length != len(text):
            raise ValueError("offsets do not lead to the raw text")


def _check_metadata(text: str) -> None:
    described = metadata_of(text)
    end = 0
    for kind, start, stop in described.spans:
        if not end <= start < stop <= len(text):
            raise ValueError(f"a span of the kind {kind} is none")
        end = stop
    body_of(document_of(text))


def _check_dictionary(text: str) -> None:
    for read in (read_yaml, lambda text, name: read_table(text, name)[0]):
        with suppress(PdtoolError):
            dictionary, _ = Dictionary.of("a", read(text, "a"))
            ThemeCounter.of(dictionary, by_section=True).count(text)


def _check_words(text: str) -> None:
    for entry in parse_user_dictionary(text):
        if not entry.term.strip():
            raise ValueError("a term is empty")


_STEPS = (
    "records",
    "splices",
    "quotations",
    "edition",
    "keywords",
    "themes",
    "concordance",
    "negations",
    "suggested terms",
    "frequencies",
    "citations",
    "tables",
    "alignment, differences, report",
)
"""Steps of the grid of growth that no other check runs."""


@cache
def checks() -> tuple[Callable[[str], object], ...]:
    """Return what is tried on a text."""
    steps = (STEPS_OF_ALL[name] for name in _STEPS)
    return (_check_normaliser, _check_metadata, _check_dictionary, _check_words, *steps)


def try_text(check: Callable[[str], object], text: str) -> None:
    """Try one of the checks on a text."""
    with bounded(_MOST_SECONDS), suppress(PdtoolError):
        check(text)


def try_bytes(data: bytes) -> None:
    """Try what the first byte chooses on the text of the others."""
    check = checks()[data[0] % len(checks())] if data else _check_normaliser
    try_text(check, _text(data[1:]))


# Corpora of few documents -----------------------------------------------------------------------------


@cache
def _settings() -> Settings:
    ranker = RankerSettings.of("phrase", "rjieba", (), stop_words())
    return Settings(load_dictionary()[0], ranker, jobs=1)


def try_corpus(folder: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Load files of these names and bytes, analyse them and draw the report in both languages."""
    for name, data in files:
        (folder / name).write_bytes(data)
    facts = Facts("a", "0", "2026-01-02 03:04 UTC", {}, {})
    with bounded(_MOST_SECONDS), suppress(PdtoolError), scan([folder]) as corpus:
        analyses = analyse(corpus, _settings())
        made = build(analyses, facts, analyses.problems)
        for language in Language:
            if "<script" not in page(made, language):
                raise ValueError("the page of the report is cut off")
