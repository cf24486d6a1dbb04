"""Ids: unique, relative to what the user named, the same in whatever order the paths come."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.read import problem_of, read
from pdtool.corpus.scan import ReadOptions, scan
from pdtool.errors import InputError, Severity, UsageError


def _write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"文本 {name}", encoding="utf-8")


def test_colliding_ids_become_relative_to_the_common_parent(tmp_path: Path) -> None:
    """All of them do, also those that did not collide."""
    _write(tmp_path, "x/2020/a.txt", "x/2021/a.txt", "x/2021/b.txt")
    corpus = scan([str(tmp_path / "x" / "2020"), str(tmp_path / "x" / "2021")])
    assert [source.id for source in corpus.sources] == ["2020/a.txt", "2021/a.txt", "2021/b.txt"]


def test_two_files_of_one_name_in_folders_of_each_other(tmp_path: Path) -> None:
    """A file beside the folder of its namesake keeps its bare name."""
    _write(tmp_path, "a.txt", "sub/a.txt")
    corpus = scan([str(tmp_path / "a.txt"), str(tmp_path / "sub")])
    assert [source.id for source in corpus.sources] == ["a.txt", "sub/a.txt"]


def test_a_row_and_a_file_that_come_to_one_id(tmp_path: Path) -> None:
    """Ids are unique whatever files are called: the second is an error."""
    (tmp_path / "a.csv").write_text("id,text\n1.txt,一\n", encoding="utf-8")
    _write(tmp_path, "a.csv#1.txt")
    corpus = scan([str(tmp_path)])
    assert [source.id for source in corpus.sources] == ["a.csv#1.txt"]
    assert [problem.severity for problem in corpus.problems] == [Severity.ERROR]
    assert "has the id of one in" in corpus.problems[0].message


def test_sources_are_sorted_code_point_by_code_point(tmp_path: Path) -> None:
    """Not by any locale."""
    names = ["Z.txt", "a.txt", "b/a.txt", "b.txt", "é.txt", "中.txt", "\U00020000.txt"]
    _write(tmp_path, *names)
    assert [source.id for source in scan([str(tmp_path)]).sources] == sorted(names)


TREE = ["a.txt", "b.txt", "x/a.txt", "x/b.txt", "x/y/a.txt", "x/y/t.csv", "z/t.csv"]
PATHS = ["", "x", "x/y", "z", *TREE, "*.txt", "x/*", "lx", "la.txt", "gone.txt"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PATHS), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_paths_changes_nothing(paths: list[str], chance: random.Random) -> None:
    """Ids, their order and the problems are the same for every order of the same paths; ids are unique."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        _write(root, *TREE)
        for table in ("x/y/t.csv", "z/t.csv"):
            (root / table).write_text("id,text\n1,一\n", encoding="utf-8")
        (root / "lx").symlink_to("x")
        (root / "la.txt").symlink_to("a.txt")
        named = [f"{name}/{path}" for path in paths]
        corpus = scan(named)
        chance.shuffle(named)
        other = scan([*named, named[0]])
    assert corpus.sources == other.sources
    assert corpus.reading_order == other.reading_order
    assert corpus.problems == other.problems
    assert len({source.id for source in corpus.sources}) == len(corpus.sources)


def test_no_paths_and_unknown_encodings_are_usage_errors(tmp_path: Path) -> None:
    """They make the whole run meaningless."""
    with pytest.raises(UsageError, match="no input"):
        scan([])
    with pytest.raises(UsageError, match="unknown encoding 'klingon'"):
        scan([str(tmp_path)], ReadOptions(encoding="klingon"))


def test_sources_are_small_and_read_the_same_after_pickling(tmp_path: Path) -> None:
    """A worker gets a source and comes to the same document, any number of times."""
    (tmp_path / "t.jsonl").write_text('{"text": "一"}\n{"text": "二", "title": "题"}\n', encoding="utf-8")
    _write(tmp_path, "a.txt")
    for source in scan([tmp_path]).sources:
        sent = pickle.dumps(source)
        assert len(sent) < 1000
        assert read(pickle.loads(sent)) == read(source) == read(source)  # noqa: S301 - our own bytes


def test_the_named_encoding_is_used_for_every_file(tmp_path: Path) -> None:
    """Texts and tables alike."""
    (tmp_path / "a.txt").write_bytes("日本語".encode("shift_jis"))
    (tmp_path / "t.csv").write_bytes("text\n日本語\n".encode("shift_jis"))
    corpus = scan([tmp_path], ReadOptions(encoding="shift_jis"))
    assert [read(source).raw for source in corpus.sources] == ["日本語", "日本語"]


def test_a_file_that_vanishes_after_the_scan_is_an_error_on_reading(tmp_path: Path) -> None:
    """It is said that it was there."""
    _write(tmp_path, "a.txt")
    (source,) = scan([tmp_path]).sources
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match="is gone") as caught:
        read(source)
    assert problem_of(source.name, caught.value).source == str(tmp_path / "a.txt")
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match="is a folder now"):
        read(source)


UNREADABLE = """
import os, sys
from pathlib import Path
from pdtool.corpus.scan import scan
from pdtool.corpus.read import read
from pdtool.corpus.encodings import decode
from pdtool.errors import InputError
decode(b"whatever is loaded on first use must be loaded while it may be read")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
corpus = scan(sys.argv[1:])
for problem in corpus.problems:
    print(Path(problem.source).name, problem.message)
for source in corpus.sources:
    try:
        print(source.id, read(source).raw)
    except InputError as error:
        print(source.id, error.message)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="no user to become who may not read")
def test_what_may_not_be_read_is_a_problem_and_the_rest_goes_on() -> None:
    """A text, a table and a folder without the right to read them, as a user who is not root."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        _write(root, "c/locked.txt", "c/locked.csv", "c/closed/x.txt", "c/open.txt")
        for path in ("c/locked.txt", "c/locked.csv", "c/closed"):
            (root / path).chmod(0)
        command = [sys.executable, "-c", UNREADABLE, str(root / "c")]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        (root / "c/closed").chmod(0o700)
    assert result.stderr == ""
    assert sorted(result.stdout.splitlines()) == [
        "closed cannot be read (permission denied)",
        "locked.csv cannot be read (permission denied)",
        "locked.txt cannot be read (permission denied)",
        "open.txt 文本 c/open.txt",
    ]
