"""How much metadata adds to the time of ``pdtool inspect``: ``python -m benchmarks inspection``.

The documents are made by the project itself (``benchmarks.dedupe.corpus``; no text of others): 10,000 as they
are, and 1,000 under the heads of the documents whose metadata is labelled by hand, so that there is much to
read. The same inspection is run in three ways, in turn and in this process:

- ``nothing``: no metadata at all; neither front matter nor fields are looked for;
- ``front_matter``: front matter and parts are found, and the title is theirs, as before there were fields;
- ``fields``: everything that ``inspect`` says.

``added_to_front_matter`` is what the fields add to an inspection that knows the title from the front matter
(what the metadata of this version costs), ``added_to_nothing`` what front matter and fields add together.
Seconds are those of the processor: the least of some rounds of each thousand documents, added up, so that
what else the machine does leaves them alone; the ways change places in each round, since the first to read a
text makes what others find in a cache.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from unittest.mock import patch

from benchmarks.dedupe.corpus import Plan, write_corpus
from benchmarks.machine import describe, record
from pdtool import inspect
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import Description, describe_each
from tests.quality.described import described

DOCUMENTS = 10_000
HEADED = 1_000
SEED = 5
CHUNK = 1_000
"""Documents inspected at a time."""
ROUNDS = 7
"""Counted rounds, after one that is not."""
_NOTHING = Description(())

Way = Callable[[Sequence[Document]], list[Description]]
"""What stands in the place of the metadata step."""


def main() -> None:
    """Print and record the figures."""
    machine = describe("pdtool", "numpy", "ahocorasick-rs")
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "made.jsonl"
        write_corpus(made, Plan(DOCUMENTS, seed=SEED))
        texts = [json.loads(line)["text"] for line in made.read_text(encoding="utf-8").splitlines()]
        headed = (f"{head}\n{text}" for head, text in zip(_heads(), texts, strict=False))
        for corpus, several in (
            ("made documents", texts),
            ("made documents under labelled heads", list(islice(headed, HEADED))),
        ):
            rows += _rows(corpus, several, _seconds(Path(scratch), several))
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


def _heads() -> Iterator[str]:
    """Yield the labelled documents, other ones each time, without end."""
    return (one.text for one in chain.from_iterable(described(range(n, n + 1)) for n in range(3000, 9000)))


def _nothing(documents: Sequence[Document]) -> list[Description]:
    return [_NOTHING] * len(documents)


def _front_matter(documents: Sequence[Document]) -> list[Description]:
    Document.read_fronts(documents)
    for document in documents:
        document.meta.get("title", "")
    return _nothing(documents)


_WAYS: dict[str, Way] = {"nothing": _nothing, "front_matter": _front_matter, "fields": describe_each}


def _seconds(scratch: Path, texts: Sequence[str]) -> dict[str, float]:
    """Return the processor seconds that each way takes."""
    total = dict.fromkeys(_WAYS, 0.0)
    for start in range(0, len(texts), CHUNK):
        path = scratch / "chunk.jsonl"
        _write(path, texts[start : start + CHUNK])
        for way, seconds in _least(path).items():
            total[way] += seconds
    return total


def _write(path: Path, texts: Iterable[str]) -> None:
    lines = (json.dumps({"id": str(place), "text": text}) for place, text in enumerate(texts))
    path.write_text("\n".join(lines), encoding="utf-8")


def _least(path: Path) -> dict[str, float]:
    """Return the least seconds of some rounds of each way."""
    seconds: dict[str, list[float]] = {name: [] for name in _WAYS}
    names = list(_WAYS)
    for counted in range(-1, ROUNDS):
        for name in names[counted % len(names) :] + names[: counted % len(names)]:
            with patch("pdtool.inspection.inspect.describe_each", _WAYS[name]):
                started = time.process_time()
                inspect([path], jobs=1)
                taken = time.process_time() - started
            if counted >= 0:
                seconds[name].append(taken)
    return {name: min(several) for name, several in seconds.items()}


def _rows(corpus: str, texts: Sequence[str], seconds: dict[str, float]) -> Iterator[dict[str, object]]:
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    for way, taken in seconds.items():
        yield {
            "corpus": corpus,
            "documents": len(texts),
            "mb": f"{megabytes:.1f}",
            "metadata": way,
            "processor_seconds": f"{taken:.3f}",
            "added_to_nothing": f"{taken / seconds['nothing'] - 1:.3f}",
            "added_to_front_matter": f"{taken / seconds['front_matter'] - 1:.3f}" if way == "fields" else "",
        }
