"""The same text, saved in every way people save it, is found to be the same, and offsets cut it exactly."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from pdtool.documents.load import load_corpus
from tests.commandline import run
from tests.corpus.makers import docx, mht, page, paragraph, parquet, printed, sheet
from tests.texts import generate, handwritten

FIXTURES = Path(__file__).parents[1] / "cases" / "corpus"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-be")


def _save(folder: Path, text: str) -> int:
    """Save a text in every way that needs no other program; the number of documents."""
    for encoding in ENCODINGS:
        (folder / f"{encoding}.txt").write_text(text, encoding=encoding)
    (folder / "a.docx").write_bytes(docx("".join(map(paragraph, text.splitlines()))))
    (folder / "a.html").write_bytes(page(text, "gb18030"))
    (folder / "a.mht").write_bytes(mht(text))
    sheet(folder / "a.xlsx", [("id", "正文"), (1, text)])
    parquet(folder / "a.parquet", {"id": [1], "text": [text]})
    return len(ENCODINGS) + 5


def _rows(folder: Path, *arguments: str) -> list[dict[str, str]]:
    result = run(["dedupe", str(folder), "--format", "csv", "--plain", *arguments])
    assert result.returncode == 0, result.stderr.decode()
    return list(csv.DictReader(io.StringIO(result.stdout.decode(), newline="")))


def _check(folder: Path, documents: int) -> None:
    pairs = _rows(folder)
    assert len(pairs) == documents * (documents - 1) // 2
    for pair in pairs:
        assert pair["relation"] in {"identical", "same"}, pair
        assert min(float(pair["containment_a"]), float(pair["containment_b"])) >= 0.98
    raw = {document.id: document.raw for document in load_corpus([folder])}
    for passage in _rows(folder, "--by", "passage"):
        for side in "ab":
            start, end = int(passage[f"start_{side}"]), int(passage[f"end_{side}"])
            assert raw[passage[f"doc_{side}"]][start:end] == passage[f"text_{side}"]


@pytest.mark.parametrize("text", [handwritten()[3].text, generate("eldercare", "paper", 3000, 5).text])
def test_a_text_in_every_format_is_the_same(tmp_path: Path, text: str) -> None:
    """Five encodings, Word, two kinds of web page, a spreadsheet's cell and a Parquet table."""
    _check(tmp_path, _save(tmp_path, text))


def test_the_pdf_of_a_text_is_the_same(tmp_path: Path) -> None:
    """The fixture was printed by LibreOffice with a head and page numbers from the text beside it."""
    documents = _save(tmp_path, (FIXTURES / "pages.txt").read_text(encoding="utf-8"))
    shutil.copy(FIXTURES / "pages.pdf", tmp_path)
    _check(tmp_path, documents + 1)


def _print(document: Path, folder: Path, profile: Path) -> bool:
    """Have LibreOffice print a document to a PDF of the same name; return whether it did."""
    installation = f"-env:UserInstallation={profile.as_uri()}"
    command = [str(OFFICE), installation, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    done = subprocess.run([*command, str(document)], check=False, capture_output=True, timeout=300)
    return done.returncode == 0 and (folder / document.with_suffix(".pdf").name).exists()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed; the fixture is tested all the same")
def test_a_printed_text_is_the_same(tmp_path: Path) -> None:
    """A longer text with a head and page numbers, printed now."""
    text = generate("fishery", "report", 4000, 7).text
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.docx").write_bytes(printed(text, "东江市政策研究　2023年第4期"))
    folder = tmp_path / "folder"
    folder.mkdir()
    if not _print(tmp_path / "source" / "a.docx", folder, tmp_path / "profile"):
        plain = tmp_path / "source" / "b.txt"
        plain.write_text(text, encoding="utf-8")
        if not _print(plain, tmp_path / "plain", tmp_path / "profile"):
            pytest.skip("LibreOffice prints no text at all: its Writer is not installed")
        pytest.fail("LibreOffice prints plain text, but not the Word document of this test")
    _check(folder, _save(folder, text) + 1)
