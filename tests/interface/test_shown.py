"""What docs/python.md and the notebook show is what happens; a plain program works too."""

from __future__ import annotations

import doctest
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import ROOT, environment

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def printed(notebook: Any) -> list[str]:
    """Return what each cell of a notebook prints."""
    return [
        "".join(
            "".join(output["text"]) for output in cell.get("outputs", []) if output["output_type"] == "stream"
        )
        for cell in notebook["cells"]
    ]


@pytest.mark.parametrize("page", ["python.md", "python.zh.md"])
def test_the_examples_of_the_page_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ``>>>`` of docs/python.md, and of the Chinese page, gives what stands below it."""
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / page), module_relative=False, encoding="utf-8")
    assert result.attempted > 15 and not result.failed


def test_the_notebook_runs(tmp_path: Path) -> None:
    """Executed afresh, its cells print what it shows; nbclient runs it in a process of its own."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(NOTEBOOK, tmp_path)
    code = (
        "import nbformat, sys; from nbclient import NotebookClient; "
        "book = nbformat.read('notebook.ipynb', as_version=4); "
        "NotebookClient(book, timeout=300, kernel_name='python3').execute(); "
        "nbformat.write(book, 'done.ipynb')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**environment(), "PYTHONWARNDEFAULTENCODING": "0"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    shown, made = (
        json.loads(path.read_text(encoding="utf-8")) for path in (NOTEBOOK, tmp_path / "done.ipynb")
    )
    assert printed(made) == printed(shown)
    assert (tmp_path / "keywords.xlsx").exists()


def test_a_plain_program_reads_a_large_corpus(tmp_path: Path) -> None:
    """Without a guard around its main part, with workers: it runs once, and nothing is said."""
    texts = ("".join(chr(0x4E00 + (n * k) % 5000) for k in range(1500)) for n in range(800))
    rows = [json.dumps({"text": f"第{n}号{text}"}, ensure_ascii=False) for n, text in enumerate(texts)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "plain.py").write_text(
        "print('began', flush=True)\n"
        "import pdtool\n"
        "print(pdtool.inspect('rows.jsonl', jobs=2).documents)\n"
        "print(len(pdtool.kwic('rows.jsonl', '第7号', jobs=2)))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "plain.py"], cwd=tmp_path, env=environment(), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"began\n800\n1\n", b"")
