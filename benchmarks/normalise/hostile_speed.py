"""Time and memory of texts that a careless repair would stumble over, beside clean text of the same size.

``python -m benchmarks normalise.hostile_speed`` normalises 30 MB of each in a process of its own, and works
out what a document is asked for afterwards: its fold, its shingles, its edge lines, its front matter. Writes
``hostile_speed.csv`` beside this file: seconds of the processor and the greatest memory of the process, the
text itself and Python with its modules (some 70 MB) included.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.machine import describe, record
from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.normalise.pipeline import normalise
from tests.texts import library

BYTES = 30_000_000
UNITS = {
    "brackets": "()",
    "opening brackets": "(",
    "question marks": "?",
    "question marks and full stops": "?！",
    "one ghosted character": "領(lǐng)",
    "digits": "7",
    "page numbers": "3\n",
    "page numbers between dashes": "- 3 -\n",
    "page numbers in words": "第3页 共10页\n",
    "running numbers": "3、\n",
    "one phrase": "坚持党建引领基层治理，",
    "one phrase, a mark of doubt in each": "党?建引领基层治理，",
    "spaces": " ",
    "line ends": "\n",
    "line ends of Windows": "\r\n",
    "line ends of old Macs": "\r",
    "form feeds": "\f",
    "a page of one character": "党\f",
    "one character a line": "党\n",
    "characters set apart": "党 建 引 领 ",
    "invisible characters": "\u200b",
    "middle dots": "·",
    "a label of furniture": "来源：",
}
"""What each text repeats."""


def _clean() -> str:
    return "\n".join(text.text for seed in range(40, 48) for text in library(seed))


def _text(name: str) -> str:
    unit = UNITS.get(name) or _clean()
    if name == "one line":
        unit = unit.replace("\n", "")
    return unit * (BYTES // len(unit.encode()) + 1)


def _measure(name: str) -> dict[str, float]:
    """Do the work in this process."""
    text = _text(name)
    normalise(_clean()[:3000])
    started = time.process_time()
    clean = normalise(text)
    normalised = time.process_time()
    document = Document(name, Source(name, name, name, "text"), clean.raw, clean.text, clean.layers)
    _ask_everything(document)
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "characters": len(text),
        "normalise": normalised - started,
        "rest": done - normalised,
        "peak": peak,
    }


def _ask_everything(document: Document) -> tuple[object, ...]:
    return document.edge_lines(), document.meta, document.folded.shingles


def _apart(name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.normalise.hostile_speed", name]
    done = subprocess.run(
        command, capture_output=True, check=True, cwd=Path(__file__).parents[2], encoding="utf-8"
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Record seconds and memory."""
    rows = []
    for name in ("clean text", "one line", *UNITS):
        found = _apart(name)
        rows.append(
            {
                "text": name,
                "characters": f"{found['characters']:.0f}",
                "normalise_s": f"{found['normalise']:.2f}",
                "fold_edge_lines_front_matter_s": f"{found['rest']:.2f}",
                "peak_mb": f"{found['peak']:.0f}",
                "conditions": describe("numpy"),
            }
        )
    record(Path(__file__).with_suffix(".csv"), rows)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_measure(sys.argv[1])))
    else:
        main()
