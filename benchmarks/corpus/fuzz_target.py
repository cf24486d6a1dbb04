"""What atheris feeds: the parts of the loader that run in pdtool's own process, and the parsers in Python.

``python -m benchmarks.corpus.fuzz_target -max_total_time=60`` runs it for a minute; it needs atheris. The
first byte chooses the format. Anything but an :class:`~pdtool.errors.InputError` is a find.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["pdtool"]):
    from pdtool.corpus.parsing import archive, docx
    from pdtool.corpus.read_options import ReadOptions
    from pdtool.corpus.readers import READERS
    from pdtool.corpus.source import Source
    from pdtool.errors import InputError
    from pdtool.normalise.pipeline import normalise

KINDS = ("text", "csv", "tsv", "jsonl", "docx", "zip")
WANTED = frozenset({".txt", ".docx", ".pdf"})


def try_bytes(data: bytes) -> None:
    """Load bytes as the format that the first of them chooses."""
    kind = KINDS[data[0] % len(KINDS)] if data else KINDS[0]
    path = FOLDER / "input"
    path.write_bytes(data[1:])
    with suppress(InputError):
        if kind == "docx":
            docx.parse(str(path))
        elif kind == "zip":
            inside = FOLDER / "inside"
            inside.mkdir(exist_ok=True)
            archive.unpack(str(path), str(inside), WANTED)
        else:
            reader = READERS[kind]
            file = Source("a", str(path), "a", kind)
            for source in reader.scan(file, ReadOptions()).sources[:3]:
                raw = reader.read(source).raw
                if normalise(raw).offsets.source_length != len(raw):
                    raise ValueError("offsets do not lead to the raw text")


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        FOLDER = Path(name)
        atheris.Setup(sys.argv, try_bytes)
        atheris.Fuzz()
