"""Documents compared on a cluster: the tables are those of this machine, what goes wrong a sentence."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Thread

import grpc
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.scan import scan
from pdtool.engine.cluster import connection
from pdtool.engine.cluster.comparison import By, compare_on_cluster
from pdtool.engine.cluster.connection import connected
from pdtool.engine.cluster.stage_folder import Places
from pdtool.errors import Problem, Severity
from pdtool.reuse.dedupe import DedupeResult, dedupe
from pdtool.reuse.options import DedupeOptions, Keep
from tests.commandline import ROOT, environment
from tests.commands.conftest import Call
from tests.engine.archives import body
from tests.engine.cluster_texts import COPIES, Rows, documents, write_parts
from tests.engine.servers import apache_spark, free_port, sail

NAME = "laws.jsonl"
OPTIONS = DedupeOptions(jobs=1)
FINE = DedupeOptions(jobs=1, threshold=0.1, min_passage=60, keep=Keep.FIRST, all_pairs=True)
"""Single passages are looked for, and common wording is left out."""


@pytest.fixture(scope="module")
def remote() -> Iterator[str]:
    """Return the address of a server of Sail."""
    with sail() as address:
        yield address


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Return the documents."""
    return documents()


def here(rows: Rows, folder: Path, options: DedupeOptions) -> DedupeResult:
    """Compare documents on this machine."""
    write_parts(rows, folder / "here" / NAME, 1)
    with scan([folder / "here" / NAME]) as corpus:
        return dedupe(corpus, options, "passage")


def told(problems: Iterable[Problem]) -> list[tuple[str, str, Severity]]:
    """Return what is said of documents."""
    return [(one.message, one.hint, one.severity) for one in problems]


def all_of(found: DedupeResult) -> tuple[object, ...]:
    """Return all that is found on this machine, as :func:`all_there` does."""
    kept = [source.id for source in found.kept]
    figures = found.characters, len(found.pairs)
    return found.passages, found.pairs, found.documents, kept, figures, told(found.problems)


def all_there(remote: str, path: Path, options: DedupeOptions, parts: int) -> tuple[object, ...]:
    """Compare documents on a cluster; return every table, what is kept, figures and problems."""
    places = Places(str(path), str(path), str(path.parent / "stages"))
    with connected(remote) as spark:
        spark.conf.set("spark.sql.shuffle.partitions", str(parts))
        found = compare_on_cluster(spark, places, ReadOptions(), options, "passage")
        wanted: tuple[By, ...] = ("passage", "pair", "document")
        tables = [list(replace(found, by=by).rows()) for by in wanted]
        figures = found.characters, found.pairs
        return *tables, list(found.ids_to_keep()), figures, told(found.problems)


def test_tables_are_those_of_this_machine(remote: str, rows: Rows, tmp_path: Path) -> None:
    """Pairs, passages, documents of all kinds of damage, whatever the number of parts and the order."""
    wanted = here(rows, tmp_path, OPTIONS)
    assert len(wanted.pairs) > COPIES and len(wanted.documents) == len(rows)
    assert wanted.blocks, "furniture is taught"
    for parts in (1, 2, 16):
        path = tmp_path / str(parts) / NAME
        write_parts(rows, path, parts)
        assert all_there(remote, path, OPTIONS, parts) == all_of(wanted)


def test_single_passages_are_those_of_this_machine(remote: str, rows: Rows, tmp_path: Path) -> None:
    """Below a threshold of a half common wording is told from reuse by how many documents hold it."""
    wanted = here(rows, tmp_path, FINE)
    path = tmp_path / "there" / NAME
    write_parts(rows, path, 3)
    assert all_there(remote, path, FINE, 3) == all_of(wanted)


def test_apache_spark_gives_the_same(rows: Rows, tmp_path: Path) -> None:
    """The same code has the same result on Apache Spark, where that is installed."""
    few = rows[::3] + rows[-COPIES:]
    few = list({row["id"]: row for row in few}.values())
    with apache_spark(tmp_path) as remote:
        wanted = here(few, tmp_path, OPTIONS)
        path = tmp_path / "there" / NAME
        write_parts(few, path, 2)
        assert all_there(remote, path, OPTIONS, 2) == all_of(wanted)


NO_PDTOOL = """#!/bin/sh
PYTHONPATH={folder} exec {python} "$@"
"""


def test_apache_spark_without_pdtool_is_refused(call: Call, tmp_path: Path) -> None:
    """Its executors are asked before anything is read."""
    (tmp_path / "pdtool.py").write_text("raise ImportError('none', name='pdtool')\n", encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(NO_PDTOOL.format(folder=tmp_path, python=sys.executable), encoding="utf-8")
    python.chmod(0o700)
    write_parts(few_rows(), tmp_path / NAME, 1)
    with apache_spark(tmp_path, python=str(python)) as remote:
        told = said(call, tmp_path, NAME, "--engine", "spark", "--remote", remote)
    assert "the cluster's Python has no pdtool" in told
    assert "PYSPARK_PYTHON" in told


def few_rows() -> Rows:
    """Return a few documents, two of which are copies."""
    made = [{"id": f"r{number}", "text": body(number, 2), "title": ""} for number in range(5)]
    return [*made, {"id": "copy", "text": body(3, 2) + body(70, 1)[:30], "title": "甲"}]


def test_the_command_writes_the_same_bytes(remote: str, call: Call, tmp_path: Path) -> None:
    """From Parquet and from CSV, with --kept too; nothing of the stages stays."""
    pq.write_table(pa.Table.from_pylist(few_rows()), tmp_path / "laws.parquet")
    for arguments in (["--by", "pair"], ["--kept"]):
        command = ["dedupe", "laws.parquet", "--plain", *arguments]
        wanted = call([*command, "--jobs", "1"], tmp_path)
        found = call([*command, "--engine", "spark", "--remote", remote], tmp_path)
        assert (found.returncode, found.stdout, found.stderr) == (0, wanted.stdout, wanted.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["laws.parquet"]
    done = call(
        ["dedupe", "laws.parquet", "--engine", "spark", "--remote", remote, "--fail-on-match"], tmp_path
    )
    assert done.returncode == 1


def test_cells_of_csv_are_read_as_they_stand(remote: str, call: Call, tmp_path: Path) -> None:
    """Line breaks, quotation marks and zeros of cells stay."""
    text = body(1, 1)
    lines = ["编号,正文", f'007,"{text}\r\n""{text}"""', f"8,{text}"]
    (tmp_path / "laws.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    command = ["dedupe", "laws.csv", "--plain", "--by", "passage", "--id-column", "编号"]
    wanted = call([*command, "--jobs", "1"], tmp_path)
    found = call([*command, "--engine", "spark", "--remote", remote], tmp_path)
    assert found.stdout == wanted.stdout and b"laws.csv#007" in found.stdout


def test_documents_without_ids_are_called_by_their_texts(remote: str, call: Call, tmp_path: Path) -> None:
    """Their ids do not depend on where they stand; equal ones are numbered."""
    texts = [body(1, 1), body(2, 1), body(1, 1)]
    answers = []
    for seed in (1, 2):
        Random(seed).shuffle(texts)
        lines = [json.dumps({"text": text}) for text in texts]
        (tmp_path / "laws.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = ["dedupe", "laws.jsonl", "--plain", "--by", "document", "--engine", "spark"]
        answers.append(call([*command, "--remote", remote], tmp_path).stdout)
    assert answers[0] == answers[1]
    assert answers[0].count(b"-2,1,drop") == 1


def said(call: Call, folder: Path, *arguments: str) -> str:
    """Run a command that fails, and return what it says."""
    done = call(["dedupe", *arguments], folder)
    assert done.returncode == 2
    assert not done.stdout
    return done.stderr.decode()


def test_what_cannot_be_used_is_said(remote: str, call: Call, tmp_path: Path) -> None:
    """Each is one sentence and what to try: nothing there, no table, no texts, one id twice."""
    spark = ("--engine", "spark", "--remote", remote)
    assert "nowhere.parquet: the cluster finds no rows there" in said(
        call, tmp_path, "nowhere.parquet", *spark
    )
    assert "laws.docx: is no table that a cluster reads" in said(call, tmp_path, "laws.docx", *spark)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    assert "broken.parquet: the cluster gave up (" in said(call, tmp_path, "broken.parquet", *spark)
    (tmp_path / "a.jsonl").write_text('{"x": "1", "y": "2"}\n', encoding="utf-8")
    assert "a.jsonl: has no column whose name says" in said(call, tmp_path, "a.jsonl", *spark)
    (tmp_path / "b.jsonl").write_text('{"id": 1, "text": "甲"}\n{"id": 1, "text": "乙"}\n', encoding="utf-8")
    told = said(call, tmp_path, "b.jsonl", *spark)
    assert "b.jsonl: 1 id stands in more than one row, such as '1'" in told and "--id-column" in told


def test_rows_that_cannot_be_used_leave_the_others(remote: str, call: Call, tmp_path: Path) -> None:
    """A text that is too long, and a line that is no JSON, are told; the rest is compared."""
    rows = [*few_rows(), {"id": "long", "text": "法" * 10_000_001, "title": ""}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "laws.parquet")
    command = ["--plain", "--engine", "spark", "--remote", remote]
    done = call(["dedupe", "laws.parquet", *command], tmp_path)
    assert done.returncode == 2
    assert done.stdout.count(b"laws.parquet#copy") == 2
    assert b"laws.parquet: 1 row holds more than 10,000,000 characters" in done.stderr
    lines = [json.dumps(row) for row in few_rows()]
    (tmp_path / "laws.jsonl").write_text("\n".join([*lines, "{", "{"]) + "\n", encoding="utf-8")
    done = call(["dedupe", "laws.jsonl", *command], tmp_path)
    assert done.returncode == 2
    assert done.stdout.count(b"laws.jsonl#copy") == 2
    assert b"laws.jsonl: 2 rows, each of which is not JSON" in done.stderr


NARROW = """
mkdir full closed && mount -t tmpfs -o size=64k tmpfs full && mount -t tmpfs -o ro tmpfs closed || exit 77
exec "$0" -c "$1"
"""
"""What is done where one disk is nearly full, and another takes no files."""
ON_NARROW_DISKS = """
import subprocess
from tests.commandline import COMMAND
from tests.engine.servers import sail
with sail() as remote:
    for stages in ("full", "closed"):
        command = ["dedupe", "laws.jsonl", "--engine", "spark", "--remote", remote, "--stages", stages]
        done = subprocess.run([str(COMMAND), *command, "-o", "pairs.csv"])
        print("code", done.returncode, flush=True)
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to have a small disk")
def test_a_disk_that_takes_no_stages_is_said(tmp_path: Path) -> None:
    """A full one, and one that may only be read: a sentence each, and nothing of the stages stays."""
    rows = [{"id": f"r{number}", "text": body(number, 20)} for number in range(60)]
    write_parts(rows, tmp_path / NAME, 1)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", NARROW, sys.executable, ON_NARROW_DISKS],  # noqa: S607 (wherever it is)
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        check=False,
        timeout=300,
    )
    if done.returncode in (1, 77):
        pytest.skip("no small disk can be made here")
    assert done.stdout == b"code 2\ncode 2\n", done.stderr.decode()
    said = [line for line in done.stderr.decode().splitlines() if line.startswith("pdtool: ")]
    assert said == [
        "pdtool: laws.jsonl: no space is left on a disk of the cluster",
        "pdtool: laws.jsonl: the cluster may not write to the folder of its stages",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["closed", "full", NAME]


def test_options_without_a_meaning_there_are_refused(call: Call, tmp_path: Path) -> None:
    """Nothing is passed over in silence."""
    spark = ("--engine", "spark", "--remote", "sc://127.0.0.1:1")
    for option in ("--from-dates", "--by variant", "--against x", "--encoding gbk", "--within none"):
        told = said(call, tmp_path, "a.jsonl", *spark, *option.split())
        assert f"{option if 'by' in option else option.split()[0]} is not done on a cluster" in told
    assert "--remote belongs to --engine spark" in said(call, tmp_path, "a.jsonl", *spark[2:])
    assert "takes the address of a cluster" in said(call, tmp_path, "a.jsonl", *spark[:2])
    assert "is no address of Spark Connect" in said(
        call, tmp_path, "a.jsonl", *spark[:2], "--remote", "host:15002"
    )
    assert "reads one table, not 2" in said(call, tmp_path, "a.jsonl", "b.jsonl", *spark)


def test_a_cluster_that_does_not_answer_is_given_up(
    monkeypatch: pytest.MonkeyPatch, call: Call, tmp_path: Path
) -> None:
    """After ten seconds, which are one here; the client itself would try for ten minutes."""
    assert connection.WAIT == 10
    monkeypatch.setattr(connection, "WAIT", 1.0)
    address = f"sc://127.0.0.1:{free_port()}"
    begun = time.monotonic()
    told = said(call, tmp_path, "a.jsonl", "--engine", "spark", "--remote", address)
    assert f"{address}: does not answer (waited 1 seconds)" in told
    assert time.monotonic() - begun < 8


def test_what_answers_and_is_no_cluster_is_said(call: Call, tmp_path: Path) -> None:
    """A server of something else."""
    (tmp_path / "a.jsonl").write_text('{"text": "甲"}\n', encoding="utf-8")
    other = grpc.server(ThreadPoolExecutor(1))
    address = f"sc://127.0.0.1:{other.add_insecure_port('127.0.0.1:0')}"
    other.start()
    try:
        told = said(call, tmp_path, "a.jsonl", "--engine", "spark", "--remote", address)
    finally:
        other.stop(None)
    assert f"{address}: what answers there is no Spark Connect server" in told


def test_a_cluster_that_dies_is_said(monkeypatch: pytest.MonkeyPatch, call: Call, tmp_path: Path) -> None:
    """In the middle of a run: the client tries again a little, and what the stages left is removed."""
    monkeypatch.setattr(connection, "_RETRIES", 1)
    write_parts(few_rows(), tmp_path / NAME, 1)
    pids: list[int] = []

    def kill() -> None:
        until = time.monotonic() + 60
        while not list(tmp_path.glob("pdtool-stages-*/rows")) and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(pids[0], signal.SIGKILL)

    with sail(pids=pids) as remote:
        killer = Thread(target=kill)
        killer.start()
        told = said(call, tmp_path, NAME, "--engine", "spark", "--remote", remote)
        killer.join()
    assert f"{NAME}: the cluster no longer answers" in told
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_without_the_extra_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, call: Call, tmp_path: Path
) -> None:
    """Where the client is not installed, the sentence names it."""
    monkeypatch.setattr(connection, "find_spec", lambda _name: None)
    told = said(call, tmp_path, "a.jsonl", "--engine", "spark", "--remote", "sc://127.0.0.1:1")
    assert "which is not installed" in told and "pyspark-client" in told


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("sys.modules['pdtool'] = None", "the cluster's Python has no pdtool"),
        ("import pdtool; pdtool.__version__ = '0.0.1'", "the cluster's Python has pdtool 0.0.1"),
    ],
)
def test_a_cluster_with_another_pdtool_is_refused(
    before: str, sentence: str, call: Call, tmp_path: Path
) -> None:
    """Executors without pdtool, or with another one, would give another table: it is said at once."""
    with sail(before) as address:
        told = said(call, tmp_path, "a.jsonl", "--engine", "spark", "--remote", address)
    assert sentence in told
