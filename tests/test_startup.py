"""What starting costs: no heavy module is loaded before it is needed (module names, not times)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pdtool.__main__ import HELP_PAGES, main
from pdtool.cli import PROGRAM, command_line
from pdtool.language import Language, speaking
from tests.commandline import environment

HEAVY = {
    *("pandas", "numpy", "sklearn", "scipy", "jieba", "rjieba", "opencc", "pypinyin", "rapidfuzz"),
    *("duckdb", "pyarrow", "rich", "xlsxwriter", "openpyxl", "multiprocessing", "concurrent", "babel"),
}

SEEDS = Path(__file__).parents[1] / "seeds"

PROBE = """
import sys
from pdtool.__main__ import main
code = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\n".join(sorted(sys.modules)))
sys.exit(code)
"""


def loaded(*arguments: str, cwd: Path | None = None) -> set[str]:
    """Run the command line and return the modules that were loaded."""
    process = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=cwd,
        check=False,
        timeout=120,
    )
    assert process.returncode == 0, process.stderr.decode()
    return set(process.stderr.decode().splitlines())


@pytest.mark.parametrize("arguments", [("--help",), ("--help", "--lang", "zh"), ("--version",)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """``pdtool --help`` needs the command line's own library at most."""
    assert not loaded(*arguments) & HEAVY


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_ready_help_page_is_the_one_typer_makes(
    option: str, language: Language, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page that is kept ready equals the page made afresh; ``PDTOOL_UPDATE_GOLDEN=1`` rewrites it."""
    monkeypatch.setenv("COLUMNS", "80")
    page = Path(HELP_PAGES[language])
    with speaking(language):
        command_line().main(args=[option], prog_name=PROGRAM, standalone_mode=False)
    made = capsys.readouterr().out
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        page.write_text(made, encoding="utf-8", newline="")
    assert page.read_text(encoding="utf-8") == made
    assert main([option, "--lang", language]) == 0
    assert capsys.readouterr().out == made


def test_a_narrow_terminal_has_the_help_laid_out_for_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than sixty columns where there are sixty."""
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["--help"]) == 0
    options = capsys.readouterr().out.partition("Options:")[2]
    assert max(map(len, options.splitlines())) < 60


def test_the_help_of_a_command_loads_no_library_of_its_work() -> None:
    """Reading what a command does costs none of what doing it costs."""
    assert not loaded("dedupe", "-h") & (HEAVY - {"concurrent", "multiprocessing"})


NEEDLESS = {
    *("pandas", "sklearn", "jieba", "xlsxwriter", "openpyxl", "duckdb", "scipy", "igraph", "jinja2"),
    *("numpy.ma", "numpy.random", "numpy.testing", "importlib.resources", "importlib.metadata"),
    *("concurrent.futures", "html.entities", "email", "statistics", "fractions", "decimal"),
}
"""Modules that take time to import and that no usual table of a few documents needs."""


COMMANDS = ("dedupe", "keywords", "compare", "themes", "inspect", "freq", "cite", "network")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_small_corpus_pays_for_nothing_it_does_not_need(command: str, tmp_path: Path) -> None:
    """Each command, on the sample corpus with all its dirt, loads what its work takes and no more."""
    modules = loaded(command, os.fspath(SEEDS), "-q", "-o", os.fspath(tmp_path / "x.csv"))
    assert not modules & NEEDLESS


@pytest.mark.parametrize("command", ["compare", "themes"])
def test_who_issued_a_document_is_read_where_it_is_asked_for(command: str, tmp_path: Path) -> None:
    """Without groups nothing of what describes a document is loaded."""
    modules = loaded(command, os.fspath(SEEDS), "-q", "-o", os.fspath(tmp_path / "x.csv"))
    assert "pdtool.documents.fields.describe" not in modules


@pytest.mark.parametrize("asked", ["", "3"])
def test_numpy_starts_no_threads_unless_they_are_asked_for(asked: str) -> None:
    """BLAS gets one thread, or as many as the user's environment says."""
    code = "import os; from pdtool.__main__ import main; main(); print(os.environ['OPENBLAS_NUM_THREADS'])"
    variables = {**environment(), **({"OPENBLAS_NUM_THREADS": asked} if asked else {})}
    if not asked:
        variables.pop("OPENBLAS_NUM_THREADS", None)
    process = subprocess.run(
        [sys.executable, "-c", code, "--version"], capture_output=True, env=variables, check=True, timeout=120
    )
    assert process.stdout.split()[-1] == (asked or "1").encode()


def test_a_report_needs_no_pandas_and_no_scipy(tmp_path: Path) -> None:
    """Similarities, trees and the co-word network of a few documents are neither data frames nor SciPy's."""
    modules = loaded("report", os.fspath(SEEDS), "-q", "-o", os.fspath(tmp_path / "x.html"))
    assert not modules & {"pandas", "pyarrow", "sklearn", "scipy"}


def test_the_nearest_of_many_need_no_library_that_a_plain_install_lacks(tmp_path: Path) -> None:
    """Beyond 200 documents ``compare`` multiplies by numpy and SciPy alone."""
    for number in range(201):
        (tmp_path / f"{number}.txt").write_text(f"基层治理现代化，{number}", encoding="utf-8")
    modules = loaded("compare", os.fspath(tmp_path), "-q", "-o", os.fspath(tmp_path / "x.csv"))
    assert "scipy.sparse" in modules
    assert not modules & {"threadpoolctl", "sklearn", "sparse_dot_topn", "psutil"}


def test_long_tables_need_no_pandas(tmp_path: Path) -> None:
    """The whole of ``dedupe`` runs without pandas, scikit-learn and the segmenters."""
    (tmp_path / "a.txt").write_text("基层治理现代化。" * 20, encoding="utf-8")
    modules = loaded("dedupe", os.fspath(tmp_path), "-q", "-o", os.fspath(tmp_path / "x.csv"))
    assert not modules & {"pandas", "sklearn", "scipy", "jieba", "rjieba", "xlsxwriter", "openpyxl", "duckdb"}
