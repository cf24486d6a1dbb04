"""Ids become names of files that stay in their folder, on every system, each its own."""

from __future__ import annotations

import os
import re
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.filenames import output_name, output_names

PIECES = st.sampled_from(
    [
        *(
            "..",
            ".",
            "/",
            "\\",
            "C:",
            "a",
            "A",
            "é",
            "e\u0301",
            "con",
            "NUL",
            "com1",
            ".txt",
            ".TXT",
            "党",
            " ",
        ),
        *("%2F", "%", "\0", "\n", "\x1b", "\ud800", "#", "~", "x" * 120, "党" * 90, ":", "?", "*", "ß", "ss"),
    ]
)
IDS = st.lists(st.lists(PIECES, min_size=1, max_size=5).map("".join), min_size=1, max_size=8, unique=True)


@pytest.mark.parametrize(
    ("document_id", "name"),
    [
        ("a.txt", "a.txt"),
        ("a.TXT", "a.TXT"),
        ("a.md", "a.md.txt"),
        ("2024/一号 文件.txt", "2024/一号 文件.txt"),
        ("news.csv#7", "news.csv#7.txt"),
        ("stdin", "stdin.txt"),
        ("=1+1.txt", "=1+1.txt"),
        ("../../x", ".%2E/.%2E/x.txt"),
        ("/etc/passwd", "%2F/etc/passwd.txt"),
        ("C:/x", "C%3A/x.txt"),
        ("C:\\x", "C%3A%5Cx.txt"),
        ("a\0b", "a%00b.txt"),
        ("AUX", "%41UX.txt"),
        ("aux.log/lpt1.txt", "%61ux.log/%6Cpt1.txt"),
        ("console.txt", "console.txt"),
        ("a./b ", "a%2E/b%20.txt"),
        ("50%.txt", "50%.txt"),
        ("50%20.txt", "50%2520.txt"),
    ],
)
def test_names(document_id: str, name: str) -> None:
    """The id itself wherever that is safe; what is not is written as its bytes."""
    assert output_name(document_id) == name


@settings(max_examples=200, deadline=None)
@given(IDS)
def test_names_are_safe_and_distinct(ids: list[str]) -> None:
    """Whatever the ids: inside the folder, storable, told apart without regard to case, deterministic."""
    names = output_names(ids)
    assert names == output_names(ids)
    assert len({name.casefold() for name in names}) == len(ids)
    for name in names:
        assert not os.path.isabs(name) and not PureWindowsPath(name).drive  # noqa: PTH117 (a string)
        parts = name.split("/")
        assert all(parts) and not {".", ".."} & set(parts)
        assert all(len(part.encode()) <= 255 for part in parts)
        assert not any(re.search(r'[\x00-\x1f<>:"\\|?*]|[. ]$', part) for part in parts)
        assert name.lower().endswith(".txt")


@settings(max_examples=60, deadline=None)
@given(IDS)
def test_names_can_be_written(ids: list[str]) -> None:
    """No name is at once a file and a folder of another."""
    names = output_names(ids)
    folders = {str(parent) for name in names for parent in Path(name).parents}
    assert not folders & set(names)


def test_case_and_composition_collide() -> None:
    """Names that a file system may take for one are told apart; the first keeps its own."""
    names = output_names(["A.txt", "a.txt", "é.txt", "e\u0301.txt"])
    assert names[0] == "A.txt" and names[2] == "é.txt"
    assert re.fullmatch(r"a~[0-9a-f]{8}\.txt", names[1])
    assert len(set(names)) == 4


def test_a_file_gives_way_to_a_folder() -> None:
    """``x.txt`` and ``x.txt/y`` cannot both be there."""
    first, second = output_names(["x.txt", "x.txt/y"])
    assert re.fullmatch(r"x~[0-9a-f]{8}\.txt", first) and second == "x.txt/y.txt"


def test_long_names_are_cut() -> None:
    """A title as id keeps its beginning and stays its own."""
    long = "关于加强基层治理体系和治理能力现代化建设的意见" * 10
    a, b = output_names([f"t.csv#{long}甲", f"t.csv#{long}乙"])
    assert a != b and len(a.encode()) <= 210 and a.startswith("t.csv#关于加强")
