"""``pdtool clean``: what is written where, and what is never overwritten."""

from __future__ import annotations

import csv
import json
import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pdtool.documents.load import load_corpus
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import normalise, revert
from pdtool.normalise.script.traditional import convert_to_traditional
from pdtool.normalise.splices.detection import find_splices
from tests.commandline import ROOT, run
from tests.commands.conftest import Call
from tests.damage.splicing import Spliced, spliced_texts

DIRTY = "浏览量:213\n共有43\n3、50名村民，加强 领导。\n議事會每季度召開一次，結果送到每戶"
CLEAN = "共有4350名村民，加强领导。\n议事会每季度召开一次，结果送到每户"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a dirty text and a clean one."""
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(DIRTY, encoding="utf-8")
    (tmp_path / "in" / "sub" / "b.md").write_text("渡口村的老码头。\n", encoding="utf-8")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_one_document_goes_to_standard_output(call: Call, folder: Path) -> None:
    """The clean text and nothing else; the summary on standard error."""
    done = call(["clean", "in/a.txt"], folder)
    assert (done.returncode, done.stdout.decode()) == (0, CLEAN)
    assert done.stderr.endswith(f"1 document, {len(DIRTY)} characters; 3 repairs\n".encode())
    assert b"% of the document was left out" in done.stderr


def test_standard_input(tmp_path: Path) -> None:
    """``-`` reads, nothing is written to disk."""
    done = run(["clean", "-", "-q"], tmp_path, DIRTY.encode("gb18030"))
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, CLEAN, b"")
    assert not list(tmp_path.iterdir())


def test_several_documents_need_a_folder(call: Call, folder: Path) -> None:
    """They are not glued together; the hint says what to do."""
    done = call(["clean", "in"], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"2 documents" in done.stderr and b"\ntry: -o DIR" in done.stderr


def test_each_document_gets_a_file(call: Call, folder: Path) -> None:
    """Under its id, folders made, ``.txt`` appended unless it ends so; inputs untouched."""
    before = files(folder / "in")
    done = call(["clean", "in", "-o", "new/out"], folder)
    assert (done.returncode, done.stdout) == (0, b"")
    assert files(folder / "new" / "out") == {
        "a.txt": CLEAN.encode(),
        "sub/b.md.txt": "渡口村的老码头。\n".encode(),
    }
    assert files(folder / "in") == before


def test_the_text_is_that_of_the_library(call: Call, tmp_path: Path) -> None:
    """For the sample corpus and each script the files hold what ``load_corpus`` yields."""
    for script in TargetScript:
        done = call(["clean", str(ROOT / "seeds"), "-o", script.value, "--script", script.value], tmp_path)
        assert done.returncode == 0
        documents = load_corpus([ROOT / "seeds"], repair=NormaliseOptions(script))
        assert files(tmp_path / script.value) == {found.id: found.text.encode() for found in documents}


def test_what_a_site_puts_around_documents_goes(call: Call, tmp_path: Path) -> None:
    """Blocks that documents share are learned from all of them before any is final."""
    block = "海量文档免费分享平台\n千万用户共同的选择"
    texts = sorted((ROOT / "tests" / "texts" / "data" / "handwritten").glob("*.txt"))[:3]
    (tmp_path / "in").mkdir()
    for text in texts:
        body = text.read_text(encoding="utf-8")
        (tmp_path / "in" / text.name).write_text(f"{block}\n{body}", encoding="utf-8")
    assert call(["clean", "in", "-o", "out", "--edits", "e.jsonl"], tmp_path).returncode == 0
    assert files(tmp_path / "out") == {found.id: found.text.encode() for found in load_corpus(texts)}
    rows = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()]
    removed = [row["before"] for row in rows if row["kind"] == ["shared_block"]]
    assert "".join(removed) == f"{block}\n" * 3


def test_inputs_are_never_overwritten(call: Call, folder: Path) -> None:
    """A folder that holds inputs is refused, with and without ``--force``."""
    before = files(folder)
    for arguments in (
        ["in", "-o", "in"],
        ["in", "-o", "."],
        ["in/a.txt", "-o", "in"],
        ["in/sub/b.md", "-o", "in"],
    ):
        for force in ([], ["--force"]):
            done = call(["clean", *arguments, *force], folder)
            assert done.returncode == 2 and b"holds documents to be read" in done.stderr
    assert files(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_to_an_input_is_not_followed(call: Call, folder: Path) -> None:
    """``--force`` replaces files of an earlier run, not a document that one of them leads to."""
    (folder / "out").mkdir()
    (folder / "out" / "a.txt").symlink_to(folder / "in" / "a.txt")
    done = call(["clean", "in/a.txt", "-o", "out", "--force"], folder)
    assert done.returncode == 2
    assert (folder / "in" / "a.txt").read_text(encoding="utf-8") == DIRTY


def test_existing_files_are_replaced_only_when_asked(call: Call, folder: Path) -> None:
    """Refused before anything is written, then replaced."""
    (folder / "out" / "sub").mkdir(parents=True)
    (folder / "out" / "sub" / "b.md.txt").write_text("mine", encoding="utf-8")
    done = call(["clean", "in", "-o", "out"], folder)
    assert done.returncode == 2 and b"exists already" in done.stderr and b"--force" in done.stderr
    assert files(folder / "out") == {"sub/b.md.txt": b"mine"}
    assert call(["clean", "in", "-o", "out", "--force"], folder).returncode == 0
    assert sorted(files(folder / "out")) == ["a.txt", "sub/b.md.txt"]


def test_hostile_ids_stay_in_the_folder(call: Call, tmp_path: Path) -> None:
    """Rows may be called anything; every one is written, and nothing outside the folder."""
    ids = ["../../x", "/etc/x", "C:\\x", "a\0b", "CON", "Case", "case", "", "x/../../y", "\ud800", "x" * 400]
    lines = [json.dumps({"id": name, "text": f"渡口村第{n}号公告"}) for n, name in enumerate(ids)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = call(["clean", "in/t.jsonl", "-o", "out"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(files(tmp_path / "out")) == len(ids)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_what_utf_8_cannot_carry_is_escaped(call: Call, tmp_path: Path) -> None:
    """A lone surrogate of a JSON string is written as its escape, not as a traceback."""
    (tmp_path / "t.jsonl").write_text('{"id": "1", "text": "渡口\\ud800村"}\n', encoding="utf-8")
    assert call(["clean", "t.jsonl"], tmp_path).stdout.decode() == "渡口\\ud800村"


def test_the_log_replays(call: Call, folder: Path) -> None:
    """Replacing every row of the log in the documents as read gives the files written."""
    call(["clean", "in", "-o", "out", "--edits", "e.csv", "--plain"], folder)
    with (folder / "e.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["doc", "kind", "start", "end", "before", "after", "confidence"]
    pieces, position = [], 0
    for row in rows:
        assert row["doc"] == "a.txt" and DIRTY[int(row["start"]) : int(row["end"])] == row["before"]
        pieces += [DIRTY[position : int(row["start"])], row["after"]]
        position = int(row["end"])
    assert "".join([*pieces, DIRTY[position:]]) == CLEAN


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "out.txt"],
        ["-o", "in/a.txt"],
        ["--edits", "-"],
        ["--edits", "e.pdf"],
        ["--edits", "missing/e.csv"],
        ["--edits", "in/a.txt"],
        ["--script", "x"],
        ["--script", "keep", "--vocabulary"],
        ["--jobs", "-1"],
        ["--manifest", "in/a.txt"],
        ["-q", "-v"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(call: Call, folder: Path, arguments: list[str]) -> None:
    """Each in the same voice, with nothing on standard output and no file made."""
    before = files(folder)
    done = call(["clean", "in/a.txt", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("pdtool: ") and len(lines) <= 2
    assert files(folder) == before


def test_a_lost_input_does_not_stop_the_rest(call: Call, folder: Path) -> None:
    """The others are written; the exit code says that one was lost."""
    done = call(["clean", "in", "missing.txt", "-o", "out"], folder)
    assert done.returncode == 2 and b"missing.txt" in done.stderr
    assert len(files(folder / "out")) == 2


def test_nothing_readable(call: Call, tmp_path: Path) -> None:
    """No file, no folder, exit code 2."""
    assert call(["clean", "missing.txt", "-o", "out"], tmp_path).returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_document_of_furniture_alone(call: Call, tmp_path: Path) -> None:
    """An empty file, a warning, exit code 0."""
    (tmp_path / "a.txt").write_text("浏览量:213\n点赞:\n收藏:", encoding="utf-8")
    done = call(["clean", "a.txt", "-o", "out"], tmp_path)
    assert done.returncode == 0 and b"warning" in done.stderr
    assert files(tmp_path / "out") == {"a.txt": b""}


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may write"
)
def test_a_folder_that_cannot_be_written(call: Call, folder: Path) -> None:
    """One sentence, exit code 2."""
    (folder / "out").mkdir(mode=0o500)
    done = call(["clean", "in", "-o", "out"], folder)
    assert done.returncode == 2 and b"permission denied" in done.stderr


@cache
def mixed() -> Spliced:
    """Return a text with a passage of another one in it that is found."""
    return next(made for made in spliced_texts(823) if find_splices(made.text))


def test_splices_stay_unless_asked(call: Call, tmp_path: Path) -> None:
    """By default nobody's prose is deleted, however foreign it looks, and nothing is said of it."""
    (tmp_path / "a.txt").write_text(mixed().text, encoding="utf-8")
    done = call(["clean", "a.txt"], tmp_path)
    assert done.stdout.decode() == mixed().text
    assert b"splice" not in done.stderr


def test_splices_are_left_out_when_asked(call: Call, tmp_path: Path) -> None:
    """What ``inspect --by splice`` names is gone, counted on standard error and logged; the rest stands."""
    text = mixed().text
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = call(["clean", "a.txt", "--drop-splices", "--edits", "e.jsonl"], tmp_path)
    named = find_splices(text)
    kept = [text[a:b] for a, b in pairwise([0, *(x for s in named for x in (s.start, s.end)), len(text)])]
    assert done.stdout.decode() == "".join(kept[::2])
    left_out = f"{sum(map(len, kept[1::2])):,} characters of {len(named)} span in 1 document"
    assert left_out in done.stderr.decode()
    rows = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["kind"], row["before"], row["after"]) for row in rows] == [(["splice"], kept[1], "")]


@pytest.mark.parametrize("script", TargetScript)
def test_the_script_does_not_hide_splices(script: TargetScript) -> None:
    """Traditional text that stays Traditional loses the same passage, and gets it back."""
    made = mixed()
    options = NormaliseOptions(script, drop_splices=True)
    clean = normalise(convert_to_traditional(made.text), options=options)
    dropped = [passage for layer in clean.layers if layer.kind == "splice" for passage in layer.edits.before]
    assert len(dropped) == len(find_splices(made.text))
    assert revert(clean.text, clean.layers) == convert_to_traditional(made.text)


def test_the_manifest(call: Call, folder: Path) -> None:
    """What decided the text is recorded."""
    call(["clean", "in/a.txt", "--script", "hant", "--manifest", "m.json"], folder)
    recorded = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert recorded["command"] == "clean" and recorded["options"]["script"] == "hant"


def test_the_same_files_whatever_the_jobs(tmp_path: Path) -> None:
    """On a corpus large enough that workers run."""
    (tmp_path / "in").mkdir()
    for number in range(4):
        text = f"{DIRTY}\n" * 20 + f"渡口村{number}号公告。" * 35_000
        (tmp_path / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    for jobs in "12":
        arguments = ["clean", "in", "-o", jobs, "--jobs", jobs, "--edits", f"{jobs}.tsv"]
        assert run(arguments, tmp_path).returncode == 0
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert (tmp_path / "1.tsv").read_bytes() == (tmp_path / "2.tsv").read_bytes()


def test_front_matter_reads_back(call: Call, tmp_path: Path) -> None:
    """What is known stands above the text; pdtool reads the same of the result, and counts the same text."""
    seeds = ROOT / "seeds"
    options = ["clean", str(seeds), "--front-matter", "yaml"]
    assert call([*options, "-o", "clean"], tmp_path).returncode == 0
    assert call(["clean", str(seeds), "-o", "plain"], tmp_path).returncode == 0
    fields = []
    for path in (str(seeds), "clean"):
        printed = call(["inspect", path, "--by", "field", "--plain"], tmp_path).stdout.decode()
        fields.append([row[:3] for row in csv.reader(printed.splitlines())])
    assert fields[0] == fields[1] and len(fields[0]) > 10
    counts = [call(["themes", folder, "--plain"], tmp_path).stdout for folder in ("clean", "plain")]
    assert counts[0] == counts[1]
    for result in (tmp_path / "clean").iterdir():
        written = result.read_text(encoding="utf-8")
        assert written.startswith("---\ndescribed_by: pdtool\n")
        assert written.endswith((tmp_path / "plain" / result.name).read_text(encoding="utf-8"))


def test_front_matter_twice_is_once(call: Call, tmp_path: Path) -> None:
    """A file that was written so, cleaned again, is the same file."""
    head = "某县人民政府关于水源的通知\n某政发〔2021〕4号\n各乡镇：\n"
    text = f"{head}请照办，# 不是标题。\n某县人民政府\n2021年3月5日\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    once = call(["clean", "a.txt", "--front-matter", "yaml"], tmp_path).stdout
    (tmp_path / "b.txt").write_bytes(once)
    assert call(["clean", "b.txt", "--front-matter", "yaml"], tmp_path).stdout == once
    assert once.decode().endswith(text) and b"doc_number" in once
