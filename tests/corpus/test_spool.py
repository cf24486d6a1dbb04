"""Standard input: read once, kept privately, removed at the end."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest

from pdtool.corpus.read import read
from pdtool.corpus.scan import ReadOptions, scan
from pdtool.errors import Severity, UsageError


@pytest.fixture
def spools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the process a temporary folder of its own, so that what is left in it can be seen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def _pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_standard_input_is_a_document_called_stdin(spools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes are judged like a file's, in a file only its owner can read, which closing removes."""
    _pipe(monkeypatch, "党建引领基层治理\r\n".encode("gbk"))
    with scan(["-"]) as corpus:
        (source,) = corpus.sources
        assert (source.id, source.name) == ("stdin", "stdin")
        assert read(source).raw == read(source).raw == "党建引领基层治理\r\n"
        (folder,) = spools.iterdir()
        spool = Path(source.path)
        assert spool.parent == folder
        assert stat.S_IMODE(folder.stat().st_mode) in (0o700, 0o777)  # Windows knows no owners here
        assert stat.S_IMODE(spool.stat().st_mode) in (0o600, 0o666)
    assert list(spools.iterdir()) == []


def test_standard_input_twice_is_once_and_beside_files(
    spools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one input among others; a file of its name keeps its id."""
    (tmp_path / "stdin").write_text("文件", encoding="utf-8")
    _pipe(monkeypatch, "输入".encode())
    with scan(["-", str(tmp_path / "stdin"), "-"]) as corpus:
        assert {source.id: read(source).raw for source in corpus.sources} == {
            "<stdin>": "输入",
            "stdin": "文件",
        }
    assert list(spools.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id,body\na,one\nb,two\n", {"stdin#a": "one", "stdin#b": "two"}),
        (b'\xef\xbb\xbf\n{"id": "a", "body": "one"}\n', {"stdin#a": "one"}),
    ],
)
def test_a_table_comes_in_when_its_text_column_is_named(
    spools: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, expected: dict[str, str]
) -> None:
    """Whoever names a column pipes a table: JSON Lines if it begins with an object, else CSV."""
    _pipe(monkeypatch, data)
    with scan(["-"], ReadOptions(text_column="body")) as corpus:
        assert {source.id: read(source).raw for source in corpus.sources} == expected
    assert list(spools.iterdir()) == []


def test_nothing_on_standard_input_is_an_error(spools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty pipe and a closed standard input are told apart, and leave nothing behind."""
    _pipe(monkeypatch, b"")
    (problem,) = scan(["-"]).problems
    assert (problem.source, problem.message, problem.severity) == ("stdin", "is empty", Severity.ERROR)
    monkeypatch.setattr(sys, "stdin", None)
    (problem,) = scan(["-"]).problems
    assert problem.message == "is closed"
    assert list(spools.iterdir()) == []


def test_a_run_that_fails_leaves_no_copy(spools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops the scan removes the copy first."""
    _pipe(monkeypatch, b"text\na\n")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pdtool.corpus.readers.text.TextReader.scan", stop)
    with pytest.raises(KeyboardInterrupt):
        scan(["-"])
    with pytest.raises(UsageError):
        scan(["-"], ReadOptions(encoding="no-such"))
    assert list(spools.iterdir()) == []
