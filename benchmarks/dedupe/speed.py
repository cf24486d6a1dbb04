"""``pdtool dedupe`` beside its peers and the limit of the work: whole processes, in turn, medians.

``python -m benchmarks dedupe.speed`` makes 10,000 plain and 10,000 shaped documents with labelled copies
(``PDTOOL_BENCH_CORPUS`` and ``PDTOOL_BENCH_SHAPED`` name files made before; ``PDTOOL_BENCH_PUBLIC`` one of
public documents, if there is one), runs every tool on them three times (``PDTOOL_BENCH_ROUNDS``) in turn, and
writes ``speed.csv``, ``recall.csv`` (of the plain corpus) and a chart for the docs. text-dedup needs sixty
packages, some of them in other versions: it runs where ``PDTOOL_BENCH_TEXT_DEDUP`` names the Python of an
environment that has it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.dedupe.chart import write_chart
from benchmarks.dedupe.corpus import Plan, truth_path, write_corpus
from benchmarks.dedupe.labels import Label, Score, listed, read_labels, reported, score
from benchmarks.dedupe.peers import GRAM, PEERS, PERMUTATIONS, THRESHOLD
from benchmarks.machine import describe, record
from benchmarks.runs import Run, measured

__all__ = ["main"]

HERE = Path(__file__).parent
CHART = HERE.parents[1] / "docs" / "dedupe-speed.svg"
DOCUMENTS = 10_000
ROUNDS = 3
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool in the race.

    Args:
        name: What it is called.
        command: Its whole command.
        pairs: Returns what it reported, once it has run.
    """

    name: str
    command: Sequence[str]
    pairs: Callable[[], set[Pair]]


def _pdtool(corpus: Path, folder: Path) -> Tool:
    out = folder / "pdtool.csv"
    command = [sys.executable, "-m", "pdtool", "dedupe", str(corpus), "--plain", "-q", "-o", str(out)]
    return Tool("pdtool", command, lambda: listed(out))


def _peer(name: str, corpus: Path, folder: Path) -> Tool:
    out = folder / f"{name}.tsv"
    command = [sys.executable, "-m", "benchmarks.dedupe.peers", name, str(corpus), str(out)]
    return Tool(name, command, lambda: reported(out))


_KEPT = "import json, sys, datasets; print(json.dumps(list(datasets.load_from_disk(sys.argv[1])['id'])))"


def _text_dedup(python: str, corpus: Path, folder: Path, labels: Mapping[Pair, Label]) -> Tool:
    """text-dedup drops documents and names no pairs: one is found if it dropped either document."""
    out = folder / "text-dedup"
    options = {
        "--path": "json",
        "--data_files": str(corpus),
        "--split": "train",
        "--cache_dir": str(folder / "cache"),
        "--output": str(out),
        "--column": "text",
        "--ngram": str(GRAM),
        "--num_perm": str(PERMUTATIONS),
        "--threshold": str(THRESHOLD),
    }
    command = [python, "-m", "text_dedup.minhash", *(word for both in options.items() for word in both)]

    def pairs() -> set[Pair]:
        done = subprocess.run([python, "-c", _KEPT, str(out)], capture_output=True, text=True, check=True)
        kept = set(json.loads(done.stdout))
        with corpus.open(encoding="utf-8") as file:
            dropped = {json.loads(line)["id"] for line in file} - kept
        hit = {pair for pair in labels if not dropped.isdisjoint(pair)}
        return hit | {(one, "") for one in dropped - {one for pair in hit for one in pair}}

    return Tool("text-dedup", command, pairs)


def _tools(corpus: Path, folder: Path, labels: Mapping[Pair, Label]) -> list[Tool]:
    tools = [_pdtool(corpus, folder), *(_peer(name, corpus, folder) for name in PEERS)]
    python = os.environ.get("PDTOOL_BENCH_TEXT_DEDUP")
    return [*tools, _text_dedup(python, corpus, folder, labels)] if python else tools


def _row(
    corpus: str, tool: Tool, runs: Sequence[Run], documents: int, megabytes: float, found: Score | None
) -> dict[str, object]:
    seconds = statistics.median(run.seconds for run in runs)
    return {
        "corpus": corpus,
        "tool": tool.name,
        "documents": documents,
        "seconds": f"{seconds:.2f}",
        "processor_seconds": f"{statistics.median(run.processor for run in runs):.2f}",
        "documents_per_s": f"{documents / seconds:.0f}",
        "mb_per_s": f"{megabytes / seconds:.1f}",
        "peak_mb": f"{max(run.megabytes for run in runs):.0f}",
        "recall": f"{found.recall:.4f}" if found else "",
        "false_pairs": found.false if found else "",
        "runs": len(runs),
    }


def _by_kind(scores: Mapping[str, Score]) -> list[dict[str, object]]:
    related = next(iter(scores.values())).related
    return [
        {"kind": kind, "pairs": count}
        | {name: f"{found.found[kind] / count:.3f}" for name, found in scores.items()}
        for kind, count in sorted(related.items())
    ]


def _draw(rows: Sequence[Mapping[str, object]], machine: str) -> None:
    def column(name: str, corpus: str = "plain") -> dict[str, float]:
        some = [row for row in rows if row["corpus"] == corpus and row[name] != ""]
        return {str(row["tool"]): float(str(row[name])) for row in some}

    speeds = [
        (
            f"documents a second, {corpus} corpus (more is better)",
            column("documents_per_s", corpus),
            "{:,.0f}",
        )
        for corpus in dict.fromkeys(str(row["corpus"]) for row in rows)
    ]
    write_chart(
        CHART,
        f"Finding copies in {int(str(rows[0]['documents'])):,} documents: the whole process",
        machine,
        [
            *speeds,
            ("recall over all kinds of copies (more is better)", column("recall"), "{:.3f}"),
            ("peak memory of all processes, MB (less is better)", column("peak_mb"), "{:,.0f}"),
        ],
    )


def _race(name: str, corpus: Path, rounds: int) -> tuple[list[dict[str, object]], dict[str, Score]]:
    """Race the tools on a corpus; return the figures, and the scores where its copies are labelled."""
    labels = read_labels(corpus) if truth_path(corpus).exists() else {}
    with corpus.open("rb") as file:
        documents = sum(1 for _ in file)
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as folder:
        tools = _tools(corpus, Path(folder), labels)
        runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
        for _ in range(rounds):
            for tool in tools:
                runs[tool.name].append(measured(tool.command))
                print(f"{name}, {tool.name}: {runs[tool.name][-1].seconds:.2f} s", flush=True)
        judged = [tool for tool in tools if labels and tool.name != "limit"]
        scores = {tool.name: score(labels, tool.pairs()) for tool in judged}
    size = corpus.stat().st_size / 1e6
    rows = [_row(name, tool, runs[tool.name], documents, size, scores.get(tool.name)) for tool in tools]
    return rows, scores


def main() -> None:
    """Race the tools and record the figures."""
    rounds = int(os.environ.get("PDTOOL_BENCH_ROUNDS", ROUNDS))
    given = {
        "plain": os.environ.get("PDTOOL_BENCH_CORPUS"),
        "shaped": os.environ.get("PDTOOL_BENCH_SHAPED"),
        "public": os.environ.get("PDTOOL_BENCH_PUBLIC"),
    }
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="pdtool-bench-") as folder:
        for name, made in given.items():
            corpus = Path(made) if made else Path(folder) / f"{name}.jsonl"
            if not made and name == "public":
                continue
            if not made:
                write_corpus(corpus, Plan(DOCUMENTS, shaped=name == "shaped"))
            found, scores = _race(name, corpus, rounds)
            rows += found
            if name == "plain":
                record(HERE / "recall.csv", _by_kind(scores))
    machine = describe("pdtool", "numpy", "rapidfuzz", "datasketch", "rensa")
    record(HERE / "speed.csv", [row | {"machine": machine} for row in rows])
    _draw(rows, machine)


if __name__ == "__main__":
    main()
