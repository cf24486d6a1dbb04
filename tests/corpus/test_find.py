"""Which files paths name: folders, patterns, links, what is left out, and what is said about it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pdtool.corpus.scan import scan
from pdtool.errors import Problem, Severity


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own, so that paths can be named as users do."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"文本 {name}", encoding="utf-8", errors="surrogateescape")


def _ids(*paths: str) -> list[str]:
    return [source.id for source in scan(paths).sources]


def _only(*paths: str) -> Problem:
    (problem,) = scan(paths).problems
    return problem


def test_a_folder_gives_the_files_of_known_types_below_it(folder: Path) -> None:
    """Ids are paths relative to the folder, hidden files and folders are left out."""
    _write("c/a.txt", "c/sub/deep/b.md", "c/A.TXT", "c/.hidden.txt", "c/.git/x.txt")
    assert _ids("c") == ["A.TXT", "a.txt", "sub/deep/b.md"]
    assert _ids(f"{folder}/c/") == ["A.TXT", "a.txt", "sub/deep/b.md"]
    assert scan(["c"]).problems == ()


def test_a_hidden_folder_that_is_named_is_read() -> None:
    """Leaving out hidden things is a rule for what is met, not for what is named."""
    _write(".notes/a.txt")
    assert _ids(".notes") == ["a.txt"]


def test_a_file_named_directly_is_known_by_its_name() -> None:
    """Wherever it is."""
    _write("c/a.txt")
    (source,) = scan(["c/a.txt"]).sources
    assert (source.id, source.name) == ("a.txt", "c/a.txt")


@pytest.mark.parametrize("name", ["README", "1. 总则", "notes.2021", "a.unknown"])
def test_a_file_of_no_known_type_is_tried_as_text_when_named(name: str) -> None:
    """Whoever names such a file means it; met in a folder it is left out."""
    _write(f"c/{name}", "c/a.txt")
    assert _ids(f"c/{name}") == [name]
    assert _ids("c") == ["a.txt"]


def test_unsupported_files_in_a_folder_are_one_note() -> None:
    """However many there are and of whatever types, they are one line, and no error."""
    _write("c/a.txt", "c/b.doc", "c/d.doc", "c/e.rar", "c/LICENSE")
    problem = _only("c")
    assert problem.severity is Severity.NOTE
    assert problem.source == "c"
    assert problem.message.startswith("4 files of types that this version does not read left out")
    assert ".doc 2, .rar 1, no suffix 1" in problem.message.replace(
        "no suffix 1, .rar 1", ".rar 1, no suffix 1"
    )


@pytest.mark.parametrize("name", ["a.doc", "a.WPS", "a.rtf", "a.xls", "a.pptx", "a.json"])
def test_an_unsupported_file_that_is_named_is_an_error(name: str) -> None:
    """It says what to do instead."""
    _write(name)
    problem = _only(name)
    assert problem.severity is Severity.ERROR
    assert "this version does not read" in problem.message
    assert problem.hint


def test_a_missing_file_is_an_error_and_the_rest_goes_on() -> None:
    """One line for what is not there."""
    _write("a.txt")
    corpus = scan(["a.txt", "b.txt", ""])
    assert [source.id for source in corpus.sources] == ["a.txt"]
    assert [(p.source, p.message) for p in corpus.problems] == [
        ("", "no such file or folder"),
        ("b.txt", "no such file or folder"),
    ]


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 5000])
def test_impossible_names_are_problems(name: str) -> None:
    """A name that no file system takes is reported like any other."""
    assert _only(name).severity is Severity.ERROR


def test_an_empty_folder_is_an_error_alone_and_a_warning_beside_others() -> None:
    """Only where nothing at all was named with a text in it, something is lost."""
    Path("empty").mkdir()
    _write("a.txt")
    assert _only("empty").severity is Severity.ERROR
    problem = _only("empty", "a.txt")
    assert (problem.source, problem.severity) == ("empty", Severity.WARNING)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("c/*", ["c.txt", "d/e.txt"]),
        ("c/?.txt", ["c.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "c.txt", "e.txt"]),
        ("c/**/*.txt", ["c.txt", "e.txt"]),
        ("./c/**", ["c.txt", "e.txt"]),
        ("**/d/e.*", ["e.txt"]),
    ],
)
def test_patterns_are_expanded(pattern: str, expected: list[str]) -> None:
    """A pattern the shell left alone means what it would mean there."""
    _write("a.txt", "b.txt", "c/c.txt", "c/d/e.txt", ".hidden/x.txt", "c/.y.txt")
    assert sorted(Path(i).name for i in _ids(pattern)) == sorted(Path(e).name for e in expected)
    assert scan([pattern]).problems == ()


def test_a_file_called_like_a_pattern_is_that_file() -> None:
    """A literal name wins."""
    _write("[ab].txt", "a.txt", "b*.txt", "bb.txt")
    assert _ids("[ab].txt") == ["[ab].txt"]
    assert _ids("b*.txt") == ["b*.txt"]


def test_a_pattern_without_a_match_is_an_error() -> None:
    """It is named as it was typed."""
    problem = _only("*.nothing")
    assert (problem.source, problem.message, problem.severity) == (
        "*.nothing",
        "matches no file",
        Severity.ERROR,
    )


def test_a_file_named_in_several_ways_is_read_once(folder: Path) -> None:
    """By other spellings, through its folder, through links, and twice."""
    _write("c/a.txt")
    Path("link.txt").symlink_to("c/a.txt")
    Path("clink").symlink_to("c")
    for paths in (
        ["c/a.txt", "./c/a.txt", f"{folder}/c/a.txt"],
        ["c", "c/a.txt", "clink", "link.txt"],
        ["c", "c"],
    ):
        assert _ids(*paths) == ["a.txt"]
        assert scan(paths).sources == scan(paths[::-1]).sources


def test_a_folder_inside_a_named_folder_changes_no_id() -> None:
    """The outer folder gives the ids."""
    _write("c/sub/a.txt", "c/b.txt")
    assert _ids("c/sub", "c", "c/sub/a.txt") == ["b.txt", "sub/a.txt"]


def test_links_are_followed_and_loops_left_out() -> None:
    """A link to a folder brings its files in once; one to a folder above itself brings in nothing."""
    _write("c/a.txt", "c/sub/b.txt", "outside/o.txt", "above.txt")
    Path("c/sub/loop").symlink_to("..")
    Path("c/up").symlink_to("../..")
    Path("c/0sub").symlink_to("sub")
    Path("c/0.txt").symlink_to("a.txt")
    Path("c/out").symlink_to("../outside")
    Path("outside/back").symlink_to("../c")
    assert _ids("c") == ["a.txt", "out/o.txt", "sub/b.txt"]
    assert scan(["c"]).problems == ()


def test_a_link_that_leads_nowhere_is_a_problem() -> None:
    """Also one that leads to itself."""
    Path("c").mkdir()
    Path("c/a.txt").symlink_to("gone.txt")
    Path("self.txt").symlink_to("self.txt")
    messages = [problem.message for problem in scan(["c", "self.txt"]).problems]
    assert messages[0] == "is a link that leads nowhere"
    assert "cannot be read" in messages[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_sockets_and_devices_are_never_opened() -> None:
    """Named directly they are a problem (opening the pipe would hang); in a folder they are left out."""
    _write("c/a.txt")
    os.mkfifo("c/pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("c/socket.txt")
        corpus = scan(["c", "c/pipe.txt", "c/socket.txt", os.devnull])
    assert [source.id for source in corpus.sources] == ["a.txt"]
    assert [problem.message.split(",")[0] for problem in corpus.problems] == [
        "is a device",
        "is a named pipe",
        "is a socket",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "名 字.txt",
        "[red]a.txt",
        "a\nb.txt",
        "-q.txt",
        "--.txt",
        "'.txt",
        "a\x1b[31m.txt",
        "a#b.txt",
        "%s.txt",
    ],
)
def test_hostile_names_are_names(name: str) -> None:
    """What a file is called means nothing; its id is its name."""
    _write(f"c/{name}")
    assert _ids("c") == [name]
    assert _ids(f"c/{name}") == [name]


def test_a_name_of_undecodable_bytes_is_read(folder: Path) -> None:
    """Its id is what os.fsdecode makes of it."""
    name = b"\xff\xfe.txt"
    try:
        (folder / os.fsdecode(name)).write_text("文本", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    assert _ids(str(folder)) == [os.fsdecode(name)]
    assert _ids(os.fsdecode(name)) == [os.fsdecode(name)]
