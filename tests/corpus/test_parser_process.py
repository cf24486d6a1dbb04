"""The parser process: what it costs when it dies."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pdtool.corpus.parsing import parser_process
from pdtool.corpus.parsing.parser_process import close_parser, parse_file
from pdtool.errors import InputError
from tests.corpus.makers import docx, paragraph


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Make a document that takes a parser."""
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph("基层治理")))
    return path


def test_a_parser_that_was_killed_costs_the_document_nothing(document: Path) -> None:
    """Whoever killed it, the next document is read, by another parser and at once."""
    out = document.with_suffix(".json")
    parse_file("docx", str(document), out)
    first = parser_process._parsers[0].process
    first.kill()
    first.wait()
    out.unlink()
    begun = time.monotonic()
    parse_file("docx", str(document), out)
    assert "基层治理" in out.read_text(encoding="utf-8").encode().decode("unicode_escape")
    assert parser_process._parsers[0].process.pid != first.pid
    assert time.monotonic() - begun < 5
    close_parser()


def test_a_document_that_kills_two_parsers_is_an_error(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how they died, and what to try."""
    close_parser()
    monkeypatch.setattr(parser_process, "_START", "import os; os._exit(3)")
    with pytest.raises(InputError, match=r"made its parser fail \(exit code 3\)") as caught:
        parse_file("docx", str(document), document.with_suffix(".json"))
    assert "leave it out" in caught.value.hint
    close_parser()
