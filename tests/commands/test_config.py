"""Options from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pdtool.cli import command_line
from pdtool.commands import COMMANDS
from pdtool.commands.config import read_config
from pdtool.errors import InputError, PdtoolError, UsageError


def command(name: str = "dedupe") -> Any:
    """Return a command as the command line has it."""
    return command_line().get_command(None, name)  # type: ignore[arg-type]


def config(folder: Path, text: str, name: str = "pdtool.toml") -> dict[str, Any]:
    """Write a configuration and read it for ``dedupe``."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_config(path, command())


def test_a_table_a_command_and_a_key_an_option(tmp_path: Path) -> None:
    """Keys are long option names, with dashes or underscores; other commands' tables do not concern it."""
    text = (
        '[dedupe]\nthreshold = 1\nmin-passage = 40\nall_pairs = true\ntext-column = "正文"\nformat = "tsv"\n'
    )
    assert config(tmp_path, text) == {
        "threshold": 1,
        "min_passage": 40,
        "all_pairs": True,
        "text_column": "正文",
        "table_format": "tsv",
    }


def test_pyproject_has_a_table_of_its_own(tmp_path: Path) -> None:
    """In a ``pyproject.toml`` only ``[tool.pdtool]`` is read, and it must be there."""
    text = '[project]\nname = "x"\n[tool.pdtool.dedupe]\njobs = 1\n'
    assert config(tmp_path, text, "pyproject.toml") == {"jobs": 1}
    with pytest.raises(UsageError, match=r"\[tool\.pdtool\]"):
        config(tmp_path, "", "pyproject.toml")


def test_a_byte_order_mark_is_no_hindrance(tmp_path: Path) -> None:
    """Some editors write one."""
    assert config(tmp_path, "\ufeff[dedupe]\njobs = 1\n") == {"jobs": 1}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[dedupe]\ntreshold = 0.5\n", "treshold: there is no such option", "threshold"),
        ("[dedupe]\nzzz = 0.5\n", "zzz: there is no such option", "one of against, all-pairs, "),
        ('[dedupe]\nconfig = "x"\n', "config: there is no such option", ""),
        ("[dedup]\nthreshold = 0.5\n", "[dedup]: there is no such command", "dedupe"),
        ("threshold = 0.5\n", "[threshold]: there is no such command", "dedupe"),
        ("dedupe = 1\n", "dedupe must be a table", "[dedupe]"),
        ('[dedupe]\nthreshold = "0.5"\n', "threshold: must be a number, not '0.5'", ""),
        ("[dedupe]\nthreshold = true\n", "threshold: must be a number, not True", ""),
        ("[dedupe]\nmin-passage = 30.5\n", "must be a whole number", ""),
        ("[dedupe]\nall-pairs = 1\n", "must be true or false", ""),
        ("[dedupe]\ntext-column = 3\n", "must be text in quotes", ""),
        ('[dedupe]\ntext-column = ["a"]\n', "must be text in quotes", ""),
    ],
)
def test_what_is_not_known_is_named(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """A slip is an error that names the key and the nearest known one, never silently ignored."""
    with pytest.raises(UsageError) as caught:
        config(tmp_path, text)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("data", [b"[dedupe\n", b"\xff\xfe", b"x = " + b"[" * 20_000])
def test_what_is_not_toml_is_an_input_error(tmp_path: Path, data: bytes) -> None:
    """Broken files are reported, not raised through."""
    path = tmp_path / "pdtool.toml"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_config(path, command())


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """The file is named."""
    with pytest.raises(PdtoolError, match=r"no\.toml"):
        read_config(tmp_path / "no.toml", command())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_but_config_and_help_can_be_configured(tmp_path: Path, name: str) -> None:
    """The keys are exactly the long options of the command."""
    path = tmp_path / "pdtool.toml"
    path.write_text(f"[{name}]\nxxxxxxxxxxx = 1\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_config(path, command(name))
    listed = set(caught.value.hint.removeprefix("one of ").split(", "))
    options = {opt[2:] for p in command(name).params for opt in p.opts if opt.startswith("--")}
    assert listed == options - {"config"}
