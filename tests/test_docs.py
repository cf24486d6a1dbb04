"""Documentation cannot drift: what the READMEs show is what the tool does, and every command is described."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pdtool.output.width import display_width
from tests.commandline import ROOT, environment, run
from tests.corpus.office_reports import PROVINCES, YEARS, write_reports

READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))


def commands(page: str) -> list[str]:
    """Return the `pdtool` lines of a page's indented and console blocks, without comments."""
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = re.findall(r"^(?:    |\$ )(pdtool .*?)(?:\s+#.*)?$", text, flags=re.MULTILINE)
    return [line for line in lines if "→" not in line]


@pytest.mark.parametrize("page", (*READMES, "docs/commands.md", "docs/commands.zh.md"))
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
    """Every command of the pages works as written, in a folder with the sample corpus and a dictionary."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "seeds", tmp_path / "FOLDER")
    if " reports " in line:
        write_reports(tmp_path / "reports")
    if "corpus.duckdb" in line and "build" not in line:
        assert run(shlex.split("index build FOLDER -o corpus.duckdb"), cwd=tmp_path).returncode == 0
    (tmp_path / "terms.txt").write_text("基层治理\n党建引领\n", encoding="utf-8")
    (tmp_path / "mine.csv").write_text("theme,term\n治理,基层治理\n党建,党建引领\n", encoding="utf-8")
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


def test_every_page_has_a_chinese_version() -> None:
    """All pages of docs/ are there in both languages."""
    pages = {page for page in PAGES if page.startswith("docs/") and not page.endswith(".zh.md")}
    assert {page for page in pages if page.replace(".md", ".zh.md") not in PAGES} == set()


def test_both_languages_of_the_site_show_the_same_commands() -> None:
    """A page that has a Chinese version (`page.zh.md`) shows the same commands in both."""
    translated = [page for page in PAGES if page.endswith(".zh.md")]
    assert translated
    for page in translated:
        assert commands(page) == commands(page.replace(".zh.md", ".md")), page


def test_the_paper_reads_every_report(tmp_path: Path) -> None:
    """The thirty reports of the tutorial are read with issuer and year, and the panel has a cell for each."""
    write_reports(tmp_path / "reports")
    (tmp_path / "mine.csv").write_text("theme,term\n数字政府,数字政府\n基层治理,党建引领\n", encoding="utf-8")
    asked = "themes reports -d mine.csv --by group --group-by issuer,year --balance -o panel.csv"
    assert run(shlex.split(asked), cwd=tmp_path).returncode == 0
    panel = (tmp_path / "panel.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = [line.split(",")[:3] for line in panel[1:]]
    bodies, themes = (f"{province}人民政府" for province in PROVINCES), ("数字政府", "基层治理")
    assert rows == [[body, str(year), theme] for body in bodies for year in YEARS for theme in themes]
    told = run(shlex.split("inspect reports -o documents.csv"), cwd=tmp_path)
    assert told.stderr.decode().startswith("30 documents")


def test_the_paper_takes_as_many_commands_as_it_says() -> None:
    """Fewer than twenty, each on one line; the number is told in both languages."""
    assert len(commands("docs/paper.md")) == 13
    for page, number in (("docs/paper.md", "Thirteen commands"), ("docs/paper.zh.md", "十三条命令")):
        assert number in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_results_go_to_files_by_name(page: str) -> None:
    """No example redirects with ``>``: PowerShell would write it in another encoding."""
    assert not [line for line in commands(page) if ">" in line]


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """Where MkDocs is installed, all pages and links of both languages are sound."""
    pytest.importorskip("material")
    pytest.importorskip("mkdocs_static_i18n")
    made = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_site.py"), str(tmp_path / "site")],
        capture_output=True,
        check=False,
        env={**environment(), "PYTHONWARNDEFAULTENCODING": "0"},
    )
    assert made.returncode == 0, made.stderr.decode()
    assert b"WARNING" not in made.stderr + made.stdout
    for page in ("index.html", "zh/index.html", "zh/tasks.html", "reference.html", "zh/columns.html"):
        assert (tmp_path / "site" / page).exists()
