"""Whatever goes wrong with an index is said in a sentence, and what was committed last stays."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import duckdb
import pytest

from pdtool.engine import index_file
from pdtool.install_hint import install_hint
from tests.commandline import COMMAND, environment
from tests.commands.conftest import Call, Done
from tests.engine.archives import BOTH, body, write_archives
from tests.engine.kills import KILLED, kills

OLD, NEW = BOTH
KILLS = 17
"""Runs of each kind that are killed."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the documents, and an index of the first half."""
    write_archives(tmp_path)
    return tmp_path


def run(call: Call, folder: Path, *arguments: str) -> Done:
    """Run a command in one process."""
    return call([*arguments, "--jobs", "1"], folder)


def built(call: Call, folder: Path, *paths: str, name: str = "c.duckdb") -> Path:
    """Build an index."""
    done = run(call, folder, "index", "build", *paths, "-o", name)
    assert done.returncode == 0, done.stderr.decode()
    return folder / name


def assert_told(done: Done, *words: str) -> None:
    """Assert that a run failed with one sentence and what to try, which hold some words."""
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert said.startswith("pdtool: ")
    assert "try: " in said
    assert "Traceback" not in said
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no index"),
        (b"not a database at all\n" * 1000, "no index"),
        (b"\0" * 100_000, "no index"),
    ],
)
def test_what_is_no_index_is_said(call: Call, folder: Path, content: bytes, word: str) -> None:
    """Any file may be named so."""
    (folder / "c.duckdb").write_bytes(content)
    for arguments in (
        ("index", "info", "c.duckdb"),
        ("index", "verify", "c.duckdb"),
        ("index", "add", "c.duckdb", NEW),
        ("dedupe", NEW, "--against", "c.duckdb"),
        ("compare", NEW, "--against", "c.duckdb"),
    ):
        assert_told(run(call, folder, *arguments), word, "pdtool index build")
    assert (folder / "c.duckdb").read_bytes() == content


def test_another_database_is_no_index(call: Call, folder: Path) -> None:
    """One of DuckDB that holds something else; its tables stay."""
    with duckdb.connect(str(folder / "c.duckdb")) as other:
        other.execute("CREATE TABLE about (name VARCHAR, value VARCHAR)")
        other.execute("CREATE TABLE mine (x INTEGER)")
    assert_told(run(call, folder, "index", "info", "c.duckdb"), "no index of pdtool")
    assert_told(run(call, folder, "index", "add", "c.duckdb", NEW), "no index of pdtool")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_cut_file_is_damaged(call: Call, folder: Path, share: float) -> None:
    """What is missing is missed, by ``verify`` at the latest."""
    path = built(call, folder, OLD, NEW)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert_told(run(call, folder, "index", "verify", "c.duckdb"), "c.duckdb")


def test_a_changed_byte_of_the_texts_is_seen(call: Call, folder: Path) -> None:
    """DuckDB keeps checksums of its blocks; wherever a byte is another, no other text comes out."""
    path = built(call, folder, OLD)
    whole = path.read_bytes()
    chance = Random(5)
    damaged = 0
    for _ in range(6):
        place = chance.randrange(12_288, len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        done = run(call, folder, "index", "verify", "c.duckdb")
        damaged += done.returncode == 2
        assert b"Traceback" not in done.stderr
    assert damaged


def _say(path: Path, name: str, value: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE about SET value = ? WHERE name = ?", [value, name])


@pytest.mark.parametrize("name", ["pdtool", "format", "pypinyin", "unicode"])
def test_another_version_is_refused_with_the_way_out(call: Call, folder: Path, name: str) -> None:
    """Texts repaired in another way would give another table; ``info`` still says what it is."""
    path = built(call, folder, OLD)
    _say(path, name, "0.0.1")
    for arguments in (
        ("index", "add", "c.duckdb", NEW),
        ("index", "remove", "c.duckdb", "1.txt"),
        ("index", "verify", "c.duckdb"),
        ("dedupe", NEW, "--against", "c.duckdb"),
    ):
        assert_told(run(call, folder, *arguments), "0.0.1", "build it again: pdtool index build PATHS -o")
    assert run(call, folder, "index", "info", "c.duckdb").returncode == 0


def test_other_settings_are_refused_with_the_way_out(call: Call, folder: Path) -> None:
    """A table whose texts stand in another column would not be what was built."""
    done = run(call, folder, "index", "build", NEW, "--id-column", "id", "-o", "c.duckdb")
    assert done.returncode == 0
    more = ("index", "add", "c.duckdb", OLD)
    assert_told(run(call, folder, *more, "--text-column", "正文"), "without --text-column", "build another")
    assert run(call, folder, *more).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("build", OLD), "-o"),
        (("build", OLD, "-o", "x.db"), ".duckdb"),
        (("build", OLD, "-o", "gone/x.duckdb"), "gone"),
        (("build", "-", "-o", "x.duckdb"), "standard input"),
        (("build", "nothing", "-o", "x.duckdb"), "nothing"),
        (("build", OLD, "-o", "x.duckdb", "--format", "csv"), "--format"),
        (("build", "x.duckdb", "-o", "y.duckdb"), "x.duckdb"),
        (("add", OLD, NEW), ".duckdb"),
        (("add", "x.duckdb"), "nothing is named"),
        (("add", "x.duckdb", NEW, "-o", "y.duckdb"), "-o"),
        (("add", "x.duckdb", NEW), "no such index"),
        (("remove", "x.duckdb", "1.txt", "--text-column", "a"), "options of inputs"),
        (("info", "x.duckdb", "y.duckdb"), "one index"),
    ],
)
def test_wrong_usage_is_told(call: Call, folder: Path, arguments: Sequence[str], word: str) -> None:
    """Nothing is made, and what to try is said."""
    done = run(call, folder, "index", *arguments)
    assert done.returncode == 2
    assert word in done.stderr.decode()
    assert not [name for name in os.listdir(folder) if name not in BOTH]  # noqa: PTH208 (names are enough)


def test_an_index_is_not_built_over_another(call: Call, folder: Path) -> None:
    """Nor is it replaced by a table about it."""
    before = built(call, folder, OLD).read_bytes()
    assert_told(run(call, folder, "index", "build", NEW, "-o", "c.duckdb"), "there already", "index add")
    assert_told(run(call, folder, "dedupe", "c.duckdb", "-o", "c.duckdb", "-f", "csv"), "inputs")
    assert (folder / "c.duckdb").read_bytes() == before


def test_without_duckdb_it_is_said_what_to_install(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named."""
    (folder / "c.duckdb").write_bytes(b"x")
    monkeypatch.setattr(index_file, "find_spec", lambda _: None)
    for arguments in (("index", "info", "c.duckdb"), ("dedupe", NEW, "--against", "c.duckdb")):
        assert_told(run(call, folder, *arguments), "DuckDB", install_hint("duckdb"))


def test_a_second_writer_is_told_who_holds_it(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the number of its process; a reader is told too, and the index stays as it was."""
    built(call, folder, OLD)
    monkeypatch.setattr(index_file, "WAIT", 0.1)
    held = "import duckdb, sys; c = duckdb.connect('c.duckdb'); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", held], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == b"held\n"
        done = [
            run(call, folder, "index", "add", "c.duckdb", NEW),
            run(call, folder, "dedupe", NEW, "--against", "c.duckdb"),
        ]
        other.stdin.close()
    for one in done:
        assert_told(one, f"process {other.pid} has it open")
    assert run(call, folder, "index", "add", "c.duckdb", NEW).returncode == 0


def test_a_second_writer_waits_a_little(call: Call, folder: Path) -> None:
    """Where the other one ends soon, nobody notices."""
    built(call, folder, OLD)
    held = "import duckdb, time; c = duckdb.connect('c.duckdb'); print('held', flush=True); time.sleep(1)"
    with subprocess.Popen([sys.executable, "-c", held], cwd=folder, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert run(call, folder, "index", "add", "c.duckdb", NEW).returncode == 0


def test_a_file_that_cannot_be_written_stays(call: Call, folder: Path) -> None:
    """One without the right to write is read, and not added to."""
    path = built(call, folder, OLD)
    before = path.read_bytes()
    path.chmod(stat.S_IRUSR)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write everything")
    assert_told(run(call, folder, "index", "add", "c.duckdb", NEW), "permission denied")
    assert run(call, folder, "dedupe", NEW, "--against", "c.duckdb").returncode == 0
    assert path.read_bytes() == before


FULL = """
mkdir disk && mount -t tmpfs -o size=3m tmpfs disk && cp c.duckdb disk || exit 77
"$0" index add disk/c.duckdb big --jobs 1; echo "code $?"
"$0" index build big -o disk/big.duckdb --jobs 1; echo "code $?"
head -c 4m /dev/zero >disk/fill 2>/dev/null
"$0" index remove disk/c.duckdb old/1.txt --jobs 1; echo "code $?"
rm disk/fill
ls -A disk | grep -v '^c.duckdb'
exec "$0" dedupe disk/c.duckdb --plain --by document -q
"""
"""What is done on a disk of three megabytes, which nobody else sees."""
CLOSED = """
mkdir disk && mount -t tmpfs tmpfs disk && cp c.duckdb disk && mount -o remount,ro disk || exit 77
"$0" index add disk/c.duckdb new --jobs 1; echo "code $?"
"$0" index build new -o disk/new.duckdb --jobs 1; echo "code $?"
"$0" index remove disk/c.duckdb old/1.txt --jobs 1; echo "code $?"
ls -A disk | grep -v '^c.duckdb$'
exec "$0" dedupe disk/c.duckdb --plain --by document -q
"""
"""What is done on a disk that may only be read."""


def on_a_disk(folder: Path, script: str) -> tuple[bytes, list[str]]:
    """Run a script that mounts a disk of its own; return what it prints, and what is said of failures."""
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, str(COMMAND)],  # noqa: S607 (wherever it is)
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=300,
    )
    if done.returncode in (1, 77):
        pytest.skip("no disk can be mounted here")
    said = done.stderr.decode().splitlines()
    return done.stdout, [line for line in said if line.startswith("pdtool: ")]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to have a small disk")
def test_a_full_disk_is_said_and_the_old_state_stays(call: Call, folder: Path) -> None:
    """Adding, building and removing fail with a sentence; what was there still gives its table."""
    built(call, folder, OLD)
    table = run(call, folder, "dedupe", "c.duckdb", "--plain", "--by", "document").stdout
    (folder / "big").mkdir()
    for number in range(120):
        (folder / "big" / f"b{number}.txt").write_text(body(100 + number, 60), encoding="utf-8")
    stdout, said = on_a_disk(folder, FULL)
    assert stdout == b"code 2\n" * 3 + table
    assert said == [
        f"pdtool: disk/{name}.duckdb: no space is left for it; it stays as it was"
        for name in ("c", "big", "c")
    ]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to have a disk of its own")
def test_a_folder_that_may_only_be_read_is_said(call: Call, folder: Path) -> None:
    """Nothing is written there, and the index that lies there can be read."""
    built(call, folder, OLD)
    table = run(call, folder, "dedupe", "c.duckdb", "--plain", "--by", "document").stdout
    stdout, said = on_a_disk(folder, CLOSED)
    assert stdout == b"code 2\n" * 3 + table
    assert len(said) == 3
    for line, name in zip(said, ("c", "new", "c"), strict=True):
        assert line.startswith(f"pdtool: disk/{name}.duckdb: cannot be written (")


def test_an_index_reads_no_other_file(call: Call, folder: Path) -> None:
    """A table of it that is a view of a file on this machine gives nothing away."""
    path = built(call, folder, OLD)
    (folder / "secret.csv").write_text("number\n1\n", encoding="utf-8")
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE touched")
        view = f"CREATE VIEW touched AS SELECT * FROM read_csv('{folder}/secret.csv')"  # noqa: S608
        connection.execute(view)
    done = run(call, folder, "index", "info", "c.duckdb")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL, and processes that are forked")
def test_kills_at_random_moments_leave_the_last_state(call: Call, folder: Path) -> None:
    """Fifty runs that build, add and remove, killed and begun again: the table of an undisturbed run."""
    found = list(kills(folder, OLD, NEW, KILLS, Random(11)))
    assert len(found) == 3 * KILLS
    assert [one for one in found if not one.is_whole] == []
    assert b"the index is whole" in run(call, folder, "index", "verify", KILLED).stderr
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".pdtool")]
