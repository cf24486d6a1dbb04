"""``pdtool dedupe``: its options, exit codes and what is said where. The library is tested elsewhere."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.commandline import ROOT, environment, run
from tests.commands.conftest import Call, Done

TEXT = (
    "基层治理是国家治理的基石，统筹推进乡镇街道和城乡社区治理，是实现国家治理体系和治理能力现代化的基础工程。"
    "各地要把加强基层治理作为长期任务，建立健全常态化管理和应急管理动态衔接的工作机制。"
)
OTHER = (
    "海洋渔业资源的养护需要科学评估捕捞能力，合理确定休渔期，并对近岸养殖尾水实行分区管控与监测。"
    "渔船靠港以后先过磅再卸货，每一筐都要登记船号和海区，账目每月在码头的公示栏里贴出来让大家看。"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a text, its copy and another text."""
    for name, text in {"a.txt": TEXT, "b.txt": TEXT, "c.txt": OTHER}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def distinct(tmp_path: Path) -> Path:
    """Return a folder with two texts that have nothing in common."""
    for name, text in {"a.txt": TEXT, "c.txt": OTHER}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_exit_codes(call: Call, folder: Path) -> None:
    """0 done, 1 when asked and found, 2 for a lost input, and 2 wins over 1."""
    assert call(["dedupe", "."], folder).returncode == 0
    assert call(["dedupe", ".", "--fail-on-match"], folder).returncode == 1
    assert call(["dedupe", "a.txt", "c.txt", "--fail-on-match"], folder).returncode == 0
    assert call(["dedupe", ".", "missing.txt"], folder).returncode == 2
    assert call(["dedupe", ".", "missing.txt", "--fail-on-match"], folder).returncode == 2
    assert call(["dedupe", ".", "--no-such-option"], folder).returncode == 2


def test_a_lost_input_does_not_stop_the_rest(call: Call, folder: Path) -> None:
    """The table of the others is written; the lost one is a line and what to try."""
    done = call(["dedupe", ".", "missing.txt", "--plain"], folder)
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr.startswith(b"pdtool: missing.txt: ") and b"\ntry: " in done.stderr


def test_nothing_readable_is_no_table(call: Call, tmp_path: Path) -> None:
    """An empty folder and a missing file: an error, not a header."""
    for arguments in (["."], ["missing.txt"]):
        done = call(["dedupe", *arguments], tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"pdtool: ")


def test_nothing_related_is_a_header(call: Call, distinct: Path) -> None:
    """A table of nothing is a header and no rows."""
    done = call(["dedupe", ".", "--plain"], distinct)
    assert done.stdout.startswith(b"doc_a,doc_b,") and done.stdout.count(b"\n") == 1
    assert done.stderr == b"2 documents, 189 characters; 0 related pairs; keep 2\n".replace(
        b"189", str(len(TEXT) + len(OTHER)).encode()
    )


@pytest.mark.parametrize(("by", "first"), [("pair", b"doc_a"), ("passage", b"doc_a"), ("document", b"doc,")])
def test_each_by_has_its_table(call: Call, folder: Path, by: str, first: bytes) -> None:
    """The three tables, with the copy in each."""
    done = call(["dedupe", ".", "--by", by, "--plain"], folder)
    assert done.stdout.startswith(first)
    assert b"b.txt" in done.stdout


def test_kept_prints_paths_not_a_table(call: Call, folder: Path) -> None:
    """One path a line, as the user knows it; ``--print0`` ends each with NUL."""
    assert call(["dedupe", ".", "--kept"], folder).stdout.split() == [b"a.txt", b"c.txt"] or run(
        ["dedupe", ".", "--kept"], folder
    ).stdout.split() == [b"./a.txt", b"./c.txt"]
    done = call(["dedupe", "a.txt", "b.txt", "c.txt", "--kept", "--print0"], folder)
    assert done.stdout == b"a.txt\0c.txt\0"


def test_against_lists_the_pairs_of_a_new_and_a_known_document(call: Call, tmp_path: Path) -> None:
    """They are the rows of the whole join with one end on each side, byte for byte."""
    for side, texts in (
        ("new", {"n1": TEXT, "n2": OTHER}),
        ("old", {"o1": TEXT + OTHER, "o2": "别的文件。" * 3}),
    ):
        (tmp_path / side).mkdir()
        for name, text in texts.items():
            (tmp_path / side / f"{name}.txt").write_text(text, encoding="utf-8")
    whole = call(["dedupe", "new", "old", "--plain", "-q"], tmp_path).stdout
    done = call(["dedupe", "new", "--against", "old", "--plain", "-q"], tmp_path)
    assert done.stdout == whole and done.stdout.count(b"\n") == 3
    kept = call(["dedupe", "new", "--against", "old", "--kept", "-q"], tmp_path)
    assert kept.stdout == b""
    table = call(["dedupe", "new", "--against", "old", "--by", "document", "--plain", "-q"], tmp_path)
    assert [line.partition(b",")[0] for line in table.stdout.splitlines()[1:]] == [b"n1.txt", b"n2.txt"]


def test_a_document_that_both_sides_name_is_new(call: Call) -> None:
    """A document is compared with the collection it already stands in."""
    copy = "seeds/004_c6d8ae7e647a061d.txt"
    done = call(["dedupe", copy, "--against", "seeds", "--plain", "-q", "--format", "csv"], ROOT)
    assert [line.split(b",")[:2] for line in done.stdout.splitlines()[1:]] == [
        [b"000_7f5a83bdbddc04f7.txt", b"004_c6d8ae7e647a061d.txt"]
    ]


def test_against_nothing_is_an_error(call: Call, folder: Path) -> None:
    """A folder without documents is nothing to compare with."""
    (folder / "none").mkdir()
    done = call(["dedupe", "a.txt", "--against", "none"], folder)
    assert done.returncode == 2 and b"nothing to compare with" in done.stderr


def test_kept_rows_print_their_ids(call: Call, tmp_path: Path) -> None:
    """A row of a table has no path of its own."""
    lines = [
        json.dumps({"id": name, "text": text}) for name, text in (("x", TEXT), ("y", TEXT), ("z", OTHER))
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert call(["dedupe", "t.jsonl", "--kept"], tmp_path).stdout == b"t.jsonl#x\nt.jsonl#z\n"


@pytest.mark.skipif(os.name == "nt", reason="names Windows does not allow")
@pytest.mark.parametrize(
    "name", [b"\xff\xfe.txt", b"new\nline.txt", b"[red].txt", b"\x1b[31m.txt", b"--x.txt"]
)
def test_kept_prints_the_very_bytes_of_a_name(call: Call, tmp_path: Path, name: bytes) -> None:
    """Other programs must find the file; messages about it stay one line and harmless."""
    folder = os.fsencode(tmp_path)
    try:
        with open(os.path.join(folder, name), "wb") as stream:  # noqa: PTH118, PTH123 (a name in bytes)
            stream.write(TEXT.encode())
    except OSError:
        pytest.skip("the file system does not allow this name")
    done = call(["dedupe", "--kept", "--print0", "--", name], tmp_path)
    assert (done.returncode, done.stdout) == (0, name + b"\0")
    assert b"\x1b" not in done.stderr
    lines = call(["dedupe", "--kept", "--", name], tmp_path)
    assert (b"--print0" in lines.stderr) == (b"\n" in name)
    table = call(["dedupe", "--by", "document", "--", name], tmp_path)
    assert table.returncode == 0 and table.stdout.decode("utf-8-sig")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--threshold", "1.5"],
        ["--threshold", "nan"],
        ["--threshold", "x"],
        ["--min-passage", "4"],
        ["--min-passage", "x"],
        ["--jobs", "-1"],
        ["--by", "x"],
        ["--format", "pdf"],
        ["-o", "x.pdf"],
        ["-o", "."],
        ["-o", "missing/x.csv"],
        ["--print0"],
        ["--kept", "--format", "csv"],
        ["-q", "-v"],
        ["--encoding", "no-such-encoding"],
        ["--config", "missing.toml"],
        ["--manifest", "."],
        ["-o", "x.csv", "--manifest", "x.csv"],
        ["--thresh"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(call: Call, folder: Path, arguments: list[str]) -> None:
    """Each in the same voice, with nothing on standard output and no file made."""
    before = sorted(folder.iterdir())
    done = call(["dedupe", ".", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("pdtool: ") and not any("Traceback" in line for line in lines)
    assert len(lines) <= 2 and all(line.startswith("try: ") for line in lines[1:])
    assert sorted(folder.iterdir()) == before


def test_the_result_never_replaces_a_document(call: Call, folder: Path) -> None:
    """``-o`` and ``--manifest`` may not name an input, however it is spelt."""
    for option in ("-o", "--manifest"):
        done = call(["dedupe", ".", "--format", "csv", option, "./a.txt"], folder)
        assert done.returncode == 2
        assert (folder / "a.txt").read_text(encoding="utf-8") == TEXT


def test_output_to_a_file_leaves_standard_output_empty(call: Call, folder: Path) -> None:
    """The table goes to one place."""
    done = call(["dedupe", "a.txt", "b.txt", "-o", "x.csv"], folder)
    assert done.stdout == b""
    assert (folder / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_a,")


def test_a_workbook_goes_through_a_pipe(call: Call, folder: Path) -> None:
    """Only a terminal is refused."""
    book = openpyxl.load_workbook(io.BytesIO(call(["dedupe", ".", "--format", "xlsx"], folder).stdout))
    assert [cell.value for cell in book.active[2]][:3] == ["a.txt", "b.txt", "identical"]


def test_documents_without_text_are_rows_and_warnings(call: Call, tmp_path: Path) -> None:
    """An empty file is a document: nothing is related, it is told, and the exit code is 0."""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = call(["dedupe", ".", "--plain"], tmp_path)
    assert (done.returncode, done.stdout.count(b"\n")) == (0, 1)
    assert done.stderr.startswith(b"pdtool: warning: ") and b"empty.txt" in done.stderr
    rows = call(["dedupe", ".", "--plain", "--by", "document", "-q"], tmp_path)
    assert rows.stdout.splitlines()[1].startswith(b"empty.txt,,unique,") and not rows.stderr


def test_quiet_leaves_errors_only(call: Call, folder: Path) -> None:
    """``-q`` takes the summary away, not what was lost."""
    assert call(["dedupe", ".", "-q"], folder).stderr == b""
    assert b"missing.txt" in call(["dedupe", ".", "missing.txt", "-q"], folder).stderr


def test_verbose_tells_settings(call: Call, folder: Path) -> None:
    """``-v`` adds what decided the result, and how long it took."""
    assert b"threshold 0.5" in call(["dedupe", ".", "-v"], folder).stderr


def test_the_command_line_wins_over_the_configuration(call: Call, folder: Path) -> None:
    """A configured format is used until another one is typed."""
    (folder / "pdtool.toml").write_text('[dedupe]\nformat = "tsv"\nquiet = true\n', encoding="utf-8")
    arguments = ["dedupe", "a.txt", "b.txt", "--config", "pdtool.toml"]
    done = call(arguments, folder)
    assert done.stdout.startswith(b"doc_a\tdoc_b") and done.stderr == b""
    assert call([*arguments, "--format", "jsonl"], folder).stdout.startswith(b"{")


def test_the_configuration_is_checked_like_the_command_line(call: Call, folder: Path) -> None:
    """A wrong value in the file is refused as it would be when typed."""
    (folder / "pdtool.toml").write_text("[dedupe]\nthreshold = 2\n", encoding="utf-8")
    done = call(["dedupe", ".", "--config", "pdtool.toml"], folder)
    assert done.returncode == 2 and b"threshold" in done.stderr


def test_the_manifest_describes_the_run(call: Call, folder: Path) -> None:
    """Options as they were in the end, every input, every problem; the same twice."""
    arguments = ["dedupe", ".", "missing.txt", "--threshold", "0.7", "-q", "--manifest"]
    written = []
    for jobs in ("1", "2"):
        call([*arguments, "m.json", "--jobs", jobs], folder)
        written.append((folder / "m.json").read_bytes())
        (folder / "m.json").unlink()
    first = written[0]
    assert written[1] == first
    described = json.loads(first)
    assert described["options"]["threshold"] == 0.7 and "jobs" not in described["options"]
    assert len(described["inputs"]) == 3
    assert [problem["input"] for problem in described["problems"]] == ["missing.txt"]


def test_plain_by_environment(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``PDTOOL_CSV=plain`` is ``--plain``."""
    monkeypatch.setenv("PDTOOL_CSV", "plain")
    done = call(["dedupe", "."], folder)
    assert done.stdout == call(["dedupe", ".", "--plain"], folder).stdout
    assert not done.stdout.startswith(b"\xef\xbb\xbf")


def test_the_locale_changes_nothing(folder: Path) -> None:
    """UTF-8 whatever the locale says: consoles that redirect as another encoding get the same bytes."""
    shutil.copy(folder / "b.txt", folder / "党建.txt")
    usual = run(["dedupe", "."], folder)
    other = run(["dedupe", "."], folder, env={"PYTHONIOENCODING": "gbk", "LC_ALL": "C", "PYTHONUTF8": "1"})
    assert usual.stdout == other.stdout and "党建".encode() in usual.stdout


def test_it_runs_as_a_module(folder: Path) -> None:
    """``python -m pdtool`` is ``pdtool``."""
    done = subprocess.run(
        [sys.executable, "-m", "pdtool", "dedupe", "."],
        cwd=folder,
        env=environment(PYTHONPATH=os.fspath(ROOT)),
        capture_output=True,
        check=True,
    )
    assert done.stdout == run(["dedupe", "."], folder).stdout


def test_what_documents_say_of_themselves_is_not_read(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Front matter and parts make no difference to what was copied: their time is not spent."""

    def refused(text: str, removed: object = ()) -> None:
        raise AssertionError(f"the metadata of {text[:20]!r} was read ({removed})")

    monkeypatch.setattr("pdtool.documents.document.metadata_of", refused)
    done = call(["dedupe", ".", "--jobs", "1", "--plain"], folder)
    assert (done.returncode, done.stderr.count(b"metadata")) == (0, 0)
    assert len(done.stdout.splitlines()) == 2


def test_against_prints_the_very_lines_of_the_whole_table(call: Call, tmp_path: Path) -> None:
    """Where no text is a copy of one on its own side, the lines that cross are the same, byte for byte."""
    for name, text in {"new/a": TEXT, "new/b": TEXT[:60] + OTHER, "old/c": TEXT, "old/d": OTHER}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    whole = call(["dedupe", "new", "old", "--plain", "-q"], tmp_path).stdout.splitlines()
    found = call(["dedupe", "new", "--against", "old", "--plain", "-q"], tmp_path).stdout.splitlines()
    crossing = [line for line in whole[1:] if line[:1] in b"ab" and line.split(b",")[1][:1] in b"cd"]
    assert len(crossing) == 3
    assert found == [whole[0], *crossing]


def test_what_is_no_part_of_a_document_is_refused(call: Call, folder: Path) -> None:
    """A part that does not exist is named, with those that do."""
    done = call(["dedupe", ".", "--exclude", "quotations,footers"], folder)
    assert done.returncode == 2
    assert b"--exclude footers" in done.stderr and b"signatures" in done.stderr


def test_upstream_in_the_same_folder_is_no_row(call: Call, folder: Path) -> None:
    """A document that is named as superior is never a row, even where its folder is named too."""
    done = call(["dedupe", ".", "--upstream", "a.txt", "--by", "document", "--plain", "-q"], folder)
    assert [line.split(b",")[0] for line in done.stdout.splitlines()] == [b"doc", b"b.txt", b"c.txt"]
    assert call(["dedupe", ".", "--upstream", "missing"], folder).returncode == 2


_LONG = "；".join(f"第{number}处网格由党支部带头，街坊共同治理第{number * 7}段河道" for number in range(40))
_OTHER = "；".join(f"第{number}条线路由驾驶员检查，每{number * 3}公里换一次机油" for number in range(40))


def _issued(folder: Path) -> None:
    """Write a table of documents: a text of two provinces, twice in one of them, and others."""
    texts = [("江苏", _LONG), ("江苏", f"{_LONG}。"), ("浙江", f"{_LONG}！完")]
    texts += [("浙江", _OTHER), ("", "春耕在即。")]
    lines = "\n".join(f"{number},{province},{text}" for number, (province, text) in enumerate(texts))
    (folder / "t.csv").write_text(f"id,省份,正文\n{lines}\n", encoding="utf-8")


def _table(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_groups_by_a_field(call: Call, tmp_path: Path) -> None:
    """--within takes the groups of --group-by: only pairs of one province, or of two."""
    _issued(tmp_path)
    pairs = {
        within: [
            (row["doc_a"], row["doc_b"])
            for row in _table(call(["dedupe", "t.csv", "--within", within, "--group-by", "省份"], tmp_path))
        ]
        for within in ("group", "none")
    }
    assert pairs == {
        "group": [("t.csv#0", "t.csv#1")],
        "none": [("t.csv#0", "t.csv#2"), ("t.csv#1", "t.csv#2")],
    }


def test_the_summary_by_group(call: Call, tmp_path: Path) -> None:
    """How many documents of each province are copies, and of whom; what has no province is (none)."""
    _issued(tmp_path)
    done = call(["dedupe", "t.csv", "--by", "group", "--group-by", "省份"], tmp_path)
    assert [list(row.values()) for row in _table(done)] == [
        ["(none)", "1", "1", "0", "0", "0.0000", "0", "0", "0"],
        ["江苏", "2", "0", "1", "1", "0.5000", "0", "1", "2"],
        ["浙江", "2", "1", "0", "1", "0.5000", "1", "0", "2"],
    ]
    assert "1 of 5 documents has no 省份" in done.stderr.decode()
    refused = call(["dedupe", "t.csv", "--group-by", "省份"], tmp_path)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "--group-by says which groups --within and --by group mean" in refused.stderr.decode()
