"""Documentation cannot drift: what the READMEs show is what the tool does, and every command is described."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from pdtool.output.width import display_width
from tests.commandline import ROOT, run

READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))


def commands(page: str) -> list[str]:
    """Return the `pdtool` lines of a page's indented and console blocks, without comments."""
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = re.findall(r"^(?:    |\$ )(pdtool .*?)(?:\s+#.*)?$", text, flags=re.MULTILINE)
    return [line for line in lines if "→" not in line]


@pytest.mark.parametrize("page", READMES)
def test_shown_output_is_the_real_output(page: str) -> None:
    """Every console block shows what its command prints today."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ pdtool (.*?)\n(.*?)```", text, flags=re.DOTALL)
    assert blocks
    for arguments, shown in blocks:
        assert run(shlex.split(arguments)).stdout.decode() == shown


def shown() -> dict[str, list[str]]:
    """Return the commands that the pages show, each with the pages that show it."""
    pages: dict[str, list[str]] = {}
    for page in PAGES:
        for line in commands(page):
            pages.setdefault(line, []).append(page)
    return pages


@pytest.mark.parametrize("line", shown())
def test_shown_commands_run(line: str, tmp_path: Path) -> None:
    """Every command of the pages works as written, in a folder that holds the sample corpus."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "seeds", tmp_path / "FOLDER")
    if "corpus.duckdb" in line and "build" not in line:
        assert run(shlex.split("index build FOLDER -o corpus.duckdb"), cwd=tmp_path).returncode == 0
    first, *_ = re.split(r"[|>]", line)
    result = run(shlex.split(first)[1:], cwd=tmp_path)
    assert result.returncode == 0, (line, shown()[line], result.stderr.decode())


def test_both_readmes_show_the_same_commands() -> None:
    """The Chinese README has every command of the English one, in the same order."""
    assert commands("README.md") == commands("README.zh-CN.md")


def test_every_command_and_option_is_documented() -> None:
    """Each subcommand stands in both READMEs."""
    listed = re.findall(r"^  ([a-z]+)  ", run(["--help"]).stdout.decode().split("Commands:")[1], re.MULTILINE)
    assert listed
    for page in READMES:
        text = (ROOT / page).read_text(encoding="utf-8")
        assert all(f"pdtool {command}" in text for command in listed)


def test_links_lead_somewhere() -> None:
    """Relative links of all pages name files that exist."""
    for page in (*PAGES, "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert ((ROOT / page).parent / target).exists(), (page, target)


def prose(page: str) -> list[str]:
    """Return the lines of a page that are neither code, nor a table, nor a heading, nor a picture."""
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return [line for line in text.splitlines() if not line.startswith(("|", "#", "    ", "!["))]


@pytest.mark.parametrize("page", (*PAGES, "CHANGELOG.md", "CONTRIBUTING.md"))
def test_prose_wraps(page: str) -> None:
    """No line of prose is wider than 110 columns, Chinese characters taking two; a long link stays whole."""
    assert [line for line in prose(page) if display_width(line) > 110 and " " in line.strip()] == []
