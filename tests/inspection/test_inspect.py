"""Rows about a document: what it is, what was wrong with it, what was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdtool.documents.document import Document
from pdtool.documents.load import load_corpus
from pdtool.inspection.inspect import edit_rows, inspect_document
from pdtool.inspection.rows import InspectRow
from tests.commandline import ROOT

GHOSTED = "推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾"


def document(folder: Path, text: str) -> Document:
    """Return a document with this text."""
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return next(load_corpus([path]))


def row(folder: Path, text: str) -> InspectRow:
    """Inspect a document with this text."""
    return inspect_document(document(folder, text))


def test_clean_text_has_nothing_to_report(tmp_path: Path) -> None:
    """Zeros, and what it was read as."""
    assert row(tmp_path, "近年来，渡口村把老码头改成了议事的地方。") == InspectRow(
        "a.txt",
        "text",
        "utf-8",
        20,
        "hans",
        0,
        0,
        0,
        0,
        0,
        "",
        (),
        (),
        "",
        "",
        "",
        (),
        "",
        "",
        (),
        (),
        "",
        "",
    )


def test_ghosts_and_their_characters_are_counted(tmp_path: Path) -> None:
    """The bracket and the reading count, the character they stand behind does not."""
    found = row(tmp_path, GHOSTED)
    assert found.ghosts == 6 and found.script == "hant"
    assert found.repaired_chars == len("(dòng)(lǐng)(dǎo)(qū)(fā)(wù)")


def test_furniture_is_counted_apart(tmp_path: Path) -> None:
    """What the site added is no repair of the text, and its script is not the document's."""
    found = row(tmp_path, "浏览量:213\n議事會每季度召開一次，結果送到每戶\n")
    assert (found.furniture_chars, found.repaired_chars, found.script) == (8, 0, "hant")


def test_page_markers(tmp_path: Path) -> None:
    """Each marker once, with the characters it took."""
    found = row(tmp_path, "共有43\n3、50名村民，加强 领导。")
    assert (found.page_markers, found.repaired_chars) == (1, 4)


def test_another_way_to_write_is_no_repair(tmp_path: Path) -> None:
    """Line ends, width and script."""
    assert row(tmp_path, "國家治理ＡＢＣ\r\n第二段").repaired_chars == 0


def test_the_title_of_a_table_wins(tmp_path: Path) -> None:
    """A column says it more surely than the first line."""
    path = tmp_path / "t.csv"
    path.write_text('text,title\n"论渡口的变迁\n渡口是路。",渡口考\n', encoding="utf-8")
    assert inspect_document(next(load_corpus([path]))).title == "渡口考"


def test_warnings(tmp_path: Path) -> None:
    """A document of furniture alone is told."""
    (warning,) = row(tmp_path, "浏览量:213\n点赞:\n收藏:").warnings
    assert "nothing but furniture" in warning


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_rows_of_a_document_replay(name: str) -> None:
    """Replacing every row in the raw text gives the clean text."""
    (found,) = load_corpus([next((ROOT / "seeds").glob(f"{name}_*"))])
    pieces, position = [], 0
    for edit in edit_rows(found):
        assert found.raw[edit.start : edit.end] == edit.before
        pieces += [found.raw[position : edit.start], edit.after]
        position = edit.end
    assert "".join([*pieces, found.raw[position:]]) == found.text
