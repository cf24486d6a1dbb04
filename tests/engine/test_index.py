"""An index on disk: the table of its documents is that of the files, however they came into it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Call
from tests.engine.archives import BOTH, HEAD, TABLE_ROWS, body, write_archives

OLD, NEW = BOTH
WAYS = (
    (),
    ("--by", "passage"),
    ("--by", "variant"),
    ("--by", "document"),
    ("--from-dates",),
    ("--exclude", "titles"),
    ("--threshold", "0.1", "--min-passage", "60"),
    ("--within", "none"),
    ("--keep", "newest", "--by", "document"),
)
"""Ways to compare."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the documents."""
    write_archives(tmp_path)
    return tmp_path


def table(call: Call, folder: Path, *arguments: str) -> bytes:
    """Run a command that succeeds, and return what it prints."""
    done = call([*arguments, "--plain", "--jobs", "1"], folder)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def index(call: Call, folder: Path, *arguments: str) -> str:
    """Do something with an index, and return what is said of it."""
    done = call(["index", *arguments, "--jobs", "1"], folder)
    assert done.returncode == 0, done.stderr.decode()
    return done.stderr.decode()


def facts(call: Call, folder: Path, name: str) -> dict[str, str]:
    """Return what ``info`` says."""
    lines = table(call, folder, "index", "info", name).decode().splitlines()[1:]
    return dict(line.split(",", 1) for line in lines)


def test_a_table_of_an_index_is_that_of_its_files(call: Call, folder: Path) -> None:
    """Built at once, or in two steps of which the second teaches new furniture: the same bytes."""
    index(call, folder, "build", OLD, NEW, "-o", "at-once.duckdb")
    index(call, folder, "build", OLD, "-o", "steps.duckdb")
    before = facts(call, folder, "steps.duckdb")
    said = index(call, folder, "add", "steps.duckdb", NEW)
    assert "2 repaired again" in said  # those of the first folder that have the head
    after = facts(call, folder, "steps.duckdb")
    assert int(after["furniture_blocks"]) > int(before["furniture_blocks"]) > 0
    for way in WAYS:
        wanted = table(call, folder, "dedupe", OLD, NEW, *way)
        assert table(call, folder, "dedupe", "at-once.duckdb", *way) == wanted, way
        assert table(call, folder, "dedupe", "steps.duckdb", *way) == wanted, way
    assert wanted.count(b"\n") == 17 + TABLE_ROWS + 1  # one row a document


def test_new_documents_against_an_index_are_as_against_files(call: Call, folder: Path) -> None:
    """What is written for new documents does not depend on where the known ones are kept."""
    index(call, folder, "build", OLD, "-o", "old.duckdb")
    for way in WAYS:
        wanted = table(call, folder, "dedupe", NEW, "--against", OLD, *way)
        assert wanted.count(b"\n") > 4 or "variant" in way
        assert table(call, folder, "dedupe", NEW, "--against", "old.duckdb", *way) == wanted, way


def test_an_index_and_files_are_one_corpus(call: Call, folder: Path) -> None:
    """Named side by side, or one of them as what is superior, they are compared as if all were files."""
    index(call, folder, "build", OLD, "-o", "old.duckdb")
    assert table(call, folder, "dedupe", "old.duckdb", NEW) == table(call, folder, "dedupe", OLD, NEW)
    for way in ("--upstream", "--against"):
        wanted = table(call, folder, "dedupe", NEW, way, OLD, "--by", "passage")
        assert table(call, folder, "dedupe", NEW, way, "old.duckdb", "--by", "passage") == wanted


def test_two_indexes_are_one_corpus(call: Call, folder: Path) -> None:
    """Documents of several indexes are compared too."""
    index(call, folder, "build", OLD, "-o", "old.duckdb")
    index(call, folder, "build", NEW, "-o", "new.duckdb")
    wanted = table(call, folder, "dedupe", NEW, "--against", OLD)
    assert table(call, folder, "dedupe", "new.duckdb", "--against", "old.duckdb") == wanted


@pytest.mark.parametrize("command", ["compare", "keywords", "themes"])
def test_other_commands_read_an_index_as_they_read_files(
    call: Call,
    folder: Path,
    command: str,
) -> None:
    """Its documents are in their tables as they are when the files are read, though these are gone."""
    more = ("--method", "keyness") if command == "keywords" else ()
    ways = [(NEW,)] if command == "themes" else [(NEW,), (NEW, "--against", OLD, *more)]
    wanted = [table(call, folder, command, *way) for way in ways]
    for name in BOTH:
        index(call, folder, "build", name, "-o", f"{name}.duckdb")
    for name in BOTH:
        shutil.rmtree(folder / name)
    for way, expected in zip(ways, wanted, strict=True):
        indexed = [f"{one}.duckdb" if one in BOTH else one for one in way]
        assert table(call, folder, command, *indexed) == expected


def test_what_is_removed_was_never_there(call: Call, folder: Path) -> None:
    """Documents by their id, by their file and by their folder; what only they taught is forgotten."""
    index(call, folder, "build", OLD, NEW, "-o", "all.duckdb")
    shutil.rmtree(folder / NEW)
    said = index(call, folder, "remove", "all.duckdb", NEW, "9.txt", f"{OLD}/8.txt")
    assert f"{7 + TABLE_ROWS + 2} removed" in said
    assert "2 repaired again" in said
    for name in ("8.txt", "9.txt"):
        (folder / OLD / name).unlink()
    for way in WAYS:
        assert table(call, folder, "dedupe", "all.duckdb", *way) == table(call, folder, "dedupe", OLD, *way)
    assert index(call, folder, "verify", "all.duckdb").count("the index is whole") == 1


def test_rows_are_removed_one_by_one(call: Call, folder: Path) -> None:
    """A row has an id too; one that is not there is an error, and the others are removed."""
    index(call, folder, "build", NEW, "-o", "new.duckdb")
    done = call(["index", "remove", "new.duckdb", "rows.jsonl#r0", "rows.jsonl#none"], folder)
    assert done.returncode == 2
    assert b"rows.jsonl#none: is no document of the index" in done.stderr
    assert facts(call, folder, "new.duckdb")["documents"] == str(7 + TABLE_ROWS - 1)


def test_equal_ids_become_those_of_all_files_at_once(call: Call, folder: Path) -> None:
    """Where both folders have a file of one name, all ids name the folder, those in the index too."""
    (folder / NEW / "3.txt").write_text(body(3) + body(40), encoding="utf-8")
    index(call, folder, "build", OLD, "-o", "old.duckdb")
    wanted = table(call, folder, "dedupe", NEW, "--against", OLD)
    assert b"old/3.txt" in wanted
    assert table(call, folder, "dedupe", NEW, "--against", "old.duckdb") == wanted
    index(call, folder, "add", "old.duckdb", NEW)
    assert table(call, folder, "dedupe", "old.duckdb") == table(call, folder, "dedupe", OLD, NEW)


def test_what_changed_is_seen_and_replaced(call: Call, folder: Path) -> None:
    """``verify`` tells by hashes what changed and vanished; ``add`` reads that alone again."""
    index(call, folder, "build", OLD, NEW, "-o", "all.duckdb")
    (folder / OLD / "2.txt").write_text(HEAD + body(50), encoding="utf-8")
    (folder / OLD / "9.txt").unlink()
    seen = table(call, folder, "index", "verify", "all.duckdb").decode().splitlines()[1:]
    told = {line.split(",")[0]: line.split(",")[1] for line in seen}
    assert (told.pop("2.txt"), told.pop("9.txt"), set(told.values())) == (
        "changed",
        "vanished",
        {"unchanged"},
    )
    assert "1 document added; 1 removed" in index(call, folder, "add", "all.duckdb", OLD, NEW)
    index(call, folder, "remove", "all.duckdb", f"{OLD}/9.txt")
    assert table(call, folder, "dedupe", "all.duckdb") == table(call, folder, "dedupe", OLD, NEW)


def test_a_folder_around_another_names_its_files(call: Call, folder: Path) -> None:
    """A folder that was indexed is added again by the one that it lies in: ids are those of the outer one."""
    index(call, folder, "build", f"{OLD}", "-o", "old.duckdb")
    (folder / "all").mkdir()
    for name in BOTH:
        (folder / name).rename(folder / "all" / name)
    index(call, folder, "build", "all/old", "-o", "inner.duckdb")
    index(call, folder, "add", "inner.duckdb", "all")
    assert table(call, folder, "dedupe", "inner.duckdb") == table(call, folder, "dedupe", "all")


def test_a_known_document_that_is_looked_at_is_new(call: Call, folder: Path) -> None:
    """A file that is in the index and is named too is compared with the others, not with itself."""
    index(call, folder, "build", OLD, NEW, "-o", "all.duckdb")
    wanted = table(call, folder, "dedupe", NEW, "--against", OLD)
    assert table(call, folder, "dedupe", NEW, "--against", "all.duckdb") == wanted


def test_paths_to_keep_are_those_of_the_files(call: Call, folder: Path) -> None:
    """``--kept`` prints the files as they were named when they were indexed."""
    index(call, folder, "build", OLD, NEW, "-o", "all.duckdb")
    done = [call(["dedupe", *way, "--kept", "-q"], folder).stdout for way in ((OLD, NEW), ("all.duckdb",))]
    assert done[0] == done[1]
    assert b"old/0.txt" in done[0]


def test_archives_and_tables_of_zip_files_are_indexed(call: Call, folder: Path) -> None:
    """A file in an archive is known by the archive's hash."""
    shutil.make_archive(str(folder / "packed"), "zip", folder / OLD)
    index(call, folder, "build", "packed.zip", "-o", "zip.duckdb")
    assert table(call, folder, "dedupe", "zip.duckdb") == table(call, folder, "dedupe", "packed.zip")
    (folder / "packed.zip").unlink()
    shown = table(call, folder, "index", "verify", "zip.duckdb")
    assert shown.count(b"vanished") == 10


def test_workers_change_nothing(call: Call, folder: Path) -> None:
    """An index that several processes made gives the table of one that one made."""
    for jobs in ("1", "2"):
        assert (
            call(["index", "build", OLD, NEW, "-o", f"{jobs}.duckdb", "--jobs", jobs], folder).returncode == 0
        )
    assert table(call, folder, "dedupe", "1.duckdb") == table(call, folder, "dedupe", "2.duckdb")
