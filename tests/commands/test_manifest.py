"""The manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pdtool import __version__
from pdtool.commands.manifest import manifest, write_manifest
from pdtool.corpus.source import Source
from pdtool.errors import Problem, Severity


def source(path: Path, row: int | None = None) -> Source:
    """Return the source of a file."""
    return Source(id=path.name, path=str(path), name=path.name, format="text", row=row)


def test_it_names_what_decided_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version, options, inputs with their digests, what was skipped and why, library versions; no time."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = tmp_path / "b.txt"
    path.write_bytes(b"text")
    problems = [Problem("a.txt", "is not text", severity=Severity.ERROR), Problem("", "no input's")]
    described = manifest("dedupe", {"threshold": 0.5}, [source(path)], problems)
    assert described["pdtool"] == __version__
    assert described["options"] == {"threshold": 0.5}
    assert described["inputs"] == [
        {"name": "b.txt", "bytes": 4, "sha256": hashlib.sha256(b"text").hexdigest(), "encoding": None}
    ]
    assert described["problems"] == [{"input": "a.txt", "severity": "error", "message": "is not text"}]
    assert all(described["libraries"].values())
    assert not {"date", "time", "source_date_epoch"} & set(described)


def test_a_date_only_where_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """``SOURCE_DATE_EPOCH`` is written as given; what is not a number is left out."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert manifest("dedupe", {}, [], [])["source_date_epoch"] == 1_700_000_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "now")
    assert "source_date_epoch" not in manifest("dedupe", {}, [], [])


def test_the_rows_of_a_table_are_one_input(tmp_path: Path) -> None:
    """Inputs are files, sorted by name, whatever the order of the documents."""
    one, two = tmp_path / "1.csv", tmp_path / "2.txt"
    one.write_bytes(b"x")
    two.write_bytes(b"y")
    sources = [source(two), source(one, row=2), source(one, row=3)]
    assert [entry["name"] for entry in manifest("dedupe", {}, sources, [])["inputs"]] == ["1.csv", "2.txt"]


def test_a_file_that_is_gone_has_no_digest(tmp_path: Path) -> None:
    """What can no longer be read is still listed."""
    (entry,) = manifest("dedupe", {}, [source(tmp_path / "gone.txt")], [])["inputs"]
    assert entry["sha256"] is None


def test_hostile_names_are_written(tmp_path: Path) -> None:
    """A name that is no text in any encoding stands as its escape, and the file is JSON."""
    path = tmp_path / "m.json"
    write_manifest(path, manifest("dedupe", {}, [source(Path("a\udc80\n.txt"))], []))
    assert json.loads(path.read_text(encoding="utf-8"))["inputs"][0]["name"] == "a\\udc80\n.txt"
