"""What is written where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pdtool.errors import OutputError, UsageError
from pdtool.output.table import write_table
from pdtool.output.target import SUFFIXES, Format, Target, choose_target
from tests.output.sample import Sample, samples


class Terminal:
    """A standard output that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture(autouse=True)
def plain_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what the environment of the tests says."""
    monkeypatch.delenv("PDTOOL_CSV", raising=False)


@pytest.mark.parametrize(("suffix", "known"), SUFFIXES.items())
def test_a_name_says_the_format(tmp_path: Path, suffix: str, known: Format) -> None:
    """Each documented suffix, in any case."""
    for name in (f"x{suffix}", f"x{suffix.upper()}"):
        assert choose_target(Format.AUTO, tmp_path / name, False) == Target(known, tmp_path / name)


@pytest.mark.parametrize("name", ["x", "x.doc", ".csv", "x.csv.gz"])
def test_an_unknown_name_is_an_error_that_lists_the_known(tmp_path: Path, name: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError) as caught:
        choose_target(Format.AUTO, tmp_path / name, False)
    assert all(suffix in caught.value.message for suffix in SUFFIXES)


def test_a_given_format_wins_over_the_name(tmp_path: Path) -> None:
    """``--format`` is what was asked for."""
    assert choose_target(Format.TSV, tmp_path / "x.doc", False).format is Format.TSV


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """``-o FOLDER`` says that it is a folder, not that its suffix is unknown."""
    with pytest.raises(OutputError, match="is a folder"):
        choose_target(Format.AUTO, tmp_path, False)


def test_a_terminal_gets_a_table_and_a_pipe_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """``auto``; ``-o -`` is standard output too; a workbook is refused on a terminal, allowed in a pipe."""
    for output in (None, Path("-")):
        assert choose_target(Format.AUTO, output, False) == Target(Format.CSV)
    assert choose_target(Format.XLSX, None, False).format is Format.XLSX
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "99")
    assert choose_target(Format.AUTO, None, False) == Target(Format.TABLE, room=99)
    with pytest.raises(UsageError, match="terminal") as caught:
        choose_target(Format.XLSX, None, False)
    assert "-o" in caught.value.hint


def test_plain_by_option_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """``PDTOOL_CSV=plain`` does what ``--plain`` does."""
    assert choose_target(Format.CSV, None, True).plain
    assert not choose_target(Format.CSV, None, False).plain
    monkeypatch.setenv("PDTOOL_CSV", "plain")
    assert choose_target(Format.CSV, None, False).plain
    monkeypatch.setenv("PDTOOL_CSV", "Plain")
    with pytest.raises(UsageError, match="'Plain'"):
        choose_target(Format.CSV, None, False)


@pytest.mark.skipif(os.name == "nt", reason="needs a device")
def test_a_device_takes_csv_like_a_pipe() -> None:
    """``-o /dev/null`` needs no suffix."""
    device = Path(os.devnull)
    assert choose_target(Format.AUTO, device, False).format is Format.CSV
    write_table(samples(), Sample, Target(Format.CSV, device))
    assert not device.is_file()


@pytest.mark.parametrize("chosen", [f for f in Format if f is not Format.AUTO])
def test_every_format_writes_hostile_rows_and_no_rows(tmp_path: Path, chosen: Format) -> None:
    """No text stops a writer, and a table of nothing is still a file."""
    path = tmp_path / "x"
    write_table(samples(), Sample, Target(chosen, path))
    full = path.stat().st_size
    write_table([], Sample, Target(chosen, path))
    assert full > path.stat().st_size
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("chosen", [f for f in Format if f is not Format.AUTO])
def test_a_failing_row_leaves_the_old_file(tmp_path: Path, chosen: Format) -> None:
    """An error in the middle of a table leaves what stood there, in every format."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    broken = [samples()[0], object()]
    with pytest.raises(AttributeError):
        write_table(broken, Sample, Target(chosen, path))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
