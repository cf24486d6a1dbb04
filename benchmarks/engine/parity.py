"""Whether every engine gives the same bytes: this machine, an index, Sail and Apache Spark.

``python -m benchmarks engine.parity`` writes ``parity.csv``: for each engine, each number of parts and each
``--by`` the rows and the hash of the table, and whether it is that of this machine. The corpus has 5,000
documents: boilerplate is 30 % of every text, 8 % are damaged copies of fifty kinds, and one text was copied
300 times. It is compared in its order (0 parts), and shuffled in several. ``SPARK_HOME`` names an Apache
Spark 4, which is passed over where there is none; ``PDTOOL_BENCH_DOCUMENTS`` says how many documents are made
beside the copies.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from benchmarks.dedupe.corpus import Plan, truth_path, write_corpus
from benchmarks.machine import describe, record
from benchmarks.runs import measured
from pdtool.corpus.read_options import ReadOptions
from pdtool.engine.cluster.comparison import By, compare_on_cluster
from pdtool.engine.cluster.connection import connected
from pdtool.engine.cluster.stage_folder import Places
from pdtool.output.table import write_table
from pdtool.output.target import Format, Target
from pdtool.reuse.options import DedupeOptions
from tests.engine.servers import apache_spark, sail

DOCUMENTS = int(os.environ.get("PDTOOL_BENCH_DOCUMENTS", "4700"))
COPIES = 300
BOILERPLATE = 0.3
PARTS = (1, 2, 16)
NAME = "laws.jsonl"
INDEX = "laws.duckdb"
TABLE = "table.csv"
HERE = "this machine"
FILES = (1, 16)
"""Parts in which this machine and an index get the corpus; an index grows by one after another."""
WAYS: tuple[By, ...] = ("pair", "passage", "document")
Row = dict[str, object]
Server = Callable[[int], AbstractContextManager[str]]


def _folder_of(parts: int) -> str:
    return f"parts-{parts}"


def _write(folder: Path) -> int:
    """Write the corpus as one file, and shuffled in several; return how many kinds of damage it has."""
    corpus = folder / "made" / NAME
    corpus.parent.mkdir()
    write_corpus(corpus, Plan(DOCUMENTS, BOILERPLATE, (COPIES,), seed=21))
    lines = corpus.read_bytes().splitlines(keepends=True)
    for parts in PARTS:
        Random(parts).shuffle(lines)
        table = folder / _folder_of(parts) / NAME
        table.parent.mkdir()
        if parts == 1:
            table.write_bytes(b"".join(lines))
            continue
        table.mkdir()
        for part in range(parts):
            (table / f"{part:02}.jsonl").write_bytes(b"".join(lines[part::parts]))
    with truth_path(corpus).open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file, delimiter="\t")}
    return sum(not kind.startswith("viral") for kind in kinds)


def _pdtool(*arguments: str, folder: Path) -> float:
    return measured([sys.executable, "-m", "pdtool", *arguments, "-q"], folder).seconds


def _row(engine: str, parts: int, by: str, table: Path, seconds: float) -> Row:
    """Return what a table is, which is removed."""
    data = table.read_bytes()
    table.unlink()
    return {
        "engine": engine,
        "parts": parts,
        "by": by,
        "rows": data.count(b"\n") - 1,
        "sha256": hashlib.sha256(data).hexdigest(),
        "seconds": round(seconds, 1),
    }


def _tables(engine: str, parts: int, path: str, folder: Path) -> Iterator[Row]:
    """Compare documents by the command, once for each kind of table."""
    for by in WAYS:
        seconds = _pdtool("dedupe", path, "--by", by, "-o", TABLE, folder=folder)
        yield _row(engine, parts, by, folder / TABLE, seconds)


def _here(folder: Path) -> Iterator[Row]:
    """Compare on this machine."""
    yield from _tables(HERE, 0, f"made/{NAME}", folder)
    for parts in FILES:
        yield from _tables(HERE, parts, NAME, folder / _folder_of(parts))


def _index(folder: Path) -> Iterator[Row]:
    """Compare in indexes: one built at once, others that grew by one file after another."""
    _pdtool("index", "build", f"made/{NAME}", "-o", INDEX, folder=folder)
    yield from _tables("index", 0, INDEX, folder)
    for parts in FILES:
        inside = folder / _folder_of(parts)
        first, *rest = [NAME] if parts == 1 else [f"{NAME}/{part:02}.jsonl" for part in range(parts)]
        _pdtool("index", "build", first, "-o", INDEX, folder=inside)
        for name in rest:
            _pdtool("index", "add", INDEX, name, folder=inside)
        yield from _tables("index", parts, INDEX, inside)


def _cluster(engine: str, server: Server, folder: Path) -> Iterator[Row]:
    """Compare on a cluster, which divides what it moves as the input is divided: once for all tables.

    The whole run is that of ``--by passage``, and its seconds are those of all three.
    """
    for parts in PARTS:
        inside = folder / _folder_of(parts)
        places = Places(NAME, str(inside / NAME), str(inside / engine))
        begun = time.perf_counter()
        with server(parts) as remote, connected(remote) as spark:
            found = compare_on_cluster(spark, places, ReadOptions(), DedupeOptions(), "passage")
            for by in WAYS:
                one = replace(found, by=by)
                write_table(one.rows(), one.row_type, Target(Format.CSV, inside / TABLE))
                yield _row(engine, parts, by, inside / TABLE, time.perf_counter() - begun)


def _with_verdict(rows: Sequence[Row]) -> list[Row]:
    """Say of each table whether it is the one of this machine, of the corpus in its order.

    Several files give their documents other ids, on this machine and in an index, whose tables are compared
    with one another; a cluster reads a folder as one table.
    """
    here = {(row["parts"], row["by"]): row["sha256"] for row in rows if row["engine"] == HERE}

    def wanted(row: Row) -> object:
        as_one = row["parts"] == 1 or row["engine"] not in (HERE, "index")
        return here[(0 if as_one else row["parts"], row["by"])]

    return [row | {"same": row["sha256"] == wanted(row)} for row in rows]


def main() -> None:
    """Compare the corpus by every engine, and record the tables as they come."""
    machine = describe("duckdb", "pyspark-client", "pysail", "numpy")
    rows: list[Row] = []
    with TemporaryDirectory(prefix="pdtool-bench-") as name, contextlib.chdir(name):
        folder = Path(name)
        about = {"documents": DOCUMENTS + COPIES, "kinds": _write(folder), "machine": machine}
        engines = [
            _here(folder),
            _index(folder),
            _cluster("Sail", partial(sail, ""), folder),
            _cluster("Apache Spark", partial(apache_spark, folder), folder),
        ]
        for engine in engines:
            try:
                rows += engine
            except pytest.skip.Exception as reason:
                print(f"passed over: {reason}", flush=True)
            told = [row | about for row in _with_verdict(rows)]
            record(Path(__file__).with_suffix(".csv"), told)
    if not all(row["same"] for row in told):
        raise SystemExit("tables differ")
