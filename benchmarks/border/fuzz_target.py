"""What atheris feeds: everything that reads a text or a dictionary once it is decoded.

``python -m benchmarks.border.fuzz_target -max_total_time=60`` runs it for a minute; it needs atheris. The
first byte chooses what is tried, the second how the others are read: as UTF-8, or each as a fragment that
means something to one of the steps. Anything but a :class:`~pdtool.errors.PdtoolError`, and a law that does
not hold, is a find.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache

import atheris

with atheris.instrument_imports(include=["pdtool"]):
    from pdtool.documents.mapping import body_of
    from pdtool.documents.metadata import metadata_of
    from pdtool.errors import PdtoolError
    from pdtool.normalise.options import NormaliseOptions, TargetScript
    from pdtool.normalise.pipeline import normalise, replay, revert
    from pdtool.segment.userdict import parse_user_dictionary
    from pdtool.terms.dictionary import Dictionary
    from pdtool.terms.table_form import read_table
    from pdtool.terms.yaml_form import read_yaml
    from pdtool.themes.counting import ThemeCounter
    from tests.growth.grid import ATOMS, CONTEXTS, STEPS_OF_ALL, document_of

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


@cache
def _checks() -> tuple[object, ...]:
    names = (
        "keywords",
        "themes",
        "tables",
        "alignment, differences, report",
        "splices",
        "edition",
        "records",
    )
    others = [STEPS_OF_ALL[name] for name in names]
    return (_check_normaliser, _check_metadata, _check_dictionary, _check_words, *others)


def try_bytes(data: bytes) -> None:
    """Try what the first byte chooses on the text of the others."""
    check = _checks()[data[0] % len(_checks())] if data else _check_normaliser
    with suppress(PdtoolError):
        check(_text(data[1:]))  # type: ignore[operator]


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_bytes)
    atheris.Fuzz()
