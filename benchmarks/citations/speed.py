"""How fast citations are read in clean text, and how long ``pdtool cite`` takes on 10,000 documents.

The texts are those that are labelled by hand, over and over: they name a document every 60 characters, more
than laws and news do. Beside it, in the same run: ``pdtool inspect`` of the same documents. Seconds are those
of the processor, of all processes together, so that what else the machine does leaves them alone.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.machine import describe, medians, record
from benchmarks.runs import measured
from pdtool.citations.mentions import mentions_in
from tests.quality.cited import cited_documents

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("pdtool")
DOCUMENTS = 10_000
_FILLING = (
    "近年来，各地区各部门坚持问题导向，健全工作机制，细化任务分工，各项工作取得积极进展，群众满意度稳步提升。"
)
"""A sentence that names nothing: documents are mostly that."""


def main() -> None:
    """Print and record the figures."""
    texts = [document.text for document in cited_documents()]
    mixed = [f"{text}{(_FILLING * 20 + chr(10)) * 2}" for text in texts]
    rows = []
    for what, several in (("nothing but citations", texts), ("citations in running text", mixed)):
        size = sum(len(text.encode()) for text in several) / 1e6
        seconds = medians({"": partial(_read, several)}, clock=time.process_time)[""]
        rows.append(_row(f"mentions_in, {what}", seconds, size))
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "documents.csv"
        size = _write_table(table, mixed) / 1e6
        for command in ("inspect", "cite"):
            run = measured([str(COMMAND), command, str(table), "-o", f"{scratch}/out.csv"], ROOT)
            rows.append(_row(f"{command}, {DOCUMENTS:,} documents", run.processor, size))
    machine = describe("pdtool", "numpy")
    record(Path(__file__).with_suffix(".csv"), [{**row, "machine": machine} for row in rows])


def _read(texts: list[str]) -> None:
    for text in texts:
        mentions_in(text)


def _write_table(path: Path, texts: list[str]) -> int:
    """Write 10,000 documents as a table, and return how many bytes they have."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        for number in range(DOCUMENTS):
            writer.writerow([number, f"{texts[number % len(texts)]}第{number}号记录。"])
    return path.stat().st_size


def _row(what: str, seconds: float, size: float) -> dict[str, object]:
    return {
        "what": what,
        "processor_seconds": f"{seconds:.3f}",
        "mb": f"{size:.2f}",
        "mb_per_second": f"{size / seconds:.1f}",
    }
