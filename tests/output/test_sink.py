"""Files are whole or not there; standard output fails with a sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pdtool.errors import OutputError
from pdtool.output.sink import check_writable, open_file, open_output

posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX file system")


def test_a_file_is_replaced_when_the_block_ends(tmp_path: Path) -> None:
    """Until the end the old file is what everybody sees; afterwards the new one, and nothing else is left."""
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    with open_file(path) as out:
        out.write(b"new")
        out.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    """Whatever ends the block early, the old file stays and no scratch file does."""
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    with pytest.raises(error), open_file(path) as out:
        out.write(b"half")
        raise error
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_output_error(tmp_path: Path) -> None:
    """The system's error becomes a sentence with a hint, and nothing is left behind."""
    path = tmp_path / "x.csv"
    with pytest.raises(OutputError, match="no space is left") as caught, open_file(path):
        raise OSError(28, "No space left on device")
    assert "-o" in caught.value.hint
    assert not list(tmp_path.iterdir())


@posix
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """Colleagues can read the result as far as the umask lets them."""
    before = os.umask(0o027)
    try:
        with open_file(tmp_path / "x.csv") as out:
            out.write(b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x.csv").stat().st_mode) == 0o640


@posix
def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    """What a link names is replaced, not the link."""
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "x.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with open_file(link) as out:
        out.write(b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"


@posix
def test_a_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    """A named pipe stays a pipe, and its reader gets the bytes."""
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with open_file(fifo) as out:
            out.write(b"bytes")
        assert os.read(reader, 10) == b"bytes"
        assert stat.S_ISFIFO(fifo.stat().st_mode)
    finally:
        os.close(reader)


def test_what_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    """A folder, and a file in a folder that does not exist, are refused at once with what to try."""
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(tmp_path)
    with pytest.raises(OutputError, match="there is no folder") as caught:
        check_writable(tmp_path / "no" / "x.csv")
    assert caught.value.hint.startswith("mkdir")
    check_writable(tmp_path / "x.csv")


def test_a_read_only_folder_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission is checked where the file will be made (the system is asked; root may write anywhere)."""
    asked = []

    def access(path: Path, mode: int) -> bool:
        asked.append(path)
        return not mode & os.W_OK

    monkeypatch.setattr("os.access", access)
    with pytest.raises(OutputError, match="permission denied"):
        check_writable(tmp_path / "x.csv")
    assert [path.resolve() for path in asked] == [tmp_path.resolve()]


def test_closed_standard_output_is_an_output_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started without standard output, pdtool says so."""
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(OutputError, match="standard output is closed"), open_output(None):
        pass
