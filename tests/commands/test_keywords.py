"""``pdtool keywords``: its options, exit codes and what is said where. The rankers are tested elsewhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pdtool.documents.load import load_corpus
from pdtool.documents.mapping import body_of
from tests.commandline import ROOT
from tests.commands.conftest import Call
from tests.texts import character_by_character, generate

PROPERTY = (
    "红色物业:小区治理的组织再造\n红色物业把业委会和物业企业编在一起。红色物业提供信任,业主自治因此可行。"
    "小区治理离不开业主自治。红色物业也离不开街道。"
)
RIVER = "河长制的运行\n河长制保护河流,河长巡河。河长制写入法律,河长制因此长久。各地河流的水质好了。"
SUBJECTS = ("rivers", "eldercare", "opendata", "renewal")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two texts."""
    (tmp_path / "a.txt").write_text(PROPERTY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(RIVER, encoding="utf-8")
    return tmp_path


def rows(call: Call, folder: Path, *arguments: str) -> list[dict[str, str]]:
    """Run the command and return its table."""
    done = call(["keywords", *arguments, "--plain"], folder)
    assert done.returncode == 0, done.stderr.decode()
    return list(csv.DictReader(done.stdout.decode().splitlines()))


@pytest.mark.parametrize(("number", "within"), [("000", 3), ("004", 4)])
def test_the_papers_own_keywords_lead(call: Call, number: str, within: int) -> None:
    """A paper's declared keywords lead, as in its damaged copy; the line that lists them is no text."""
    path = next((ROOT / "seeds").glob(f"{number}_*"))
    found = rows(call, ROOT, str(path), "--top", str(within))
    declared = {row["keyword"] for row in found if row["declared"] == "yes"}
    assert declared == {"党建引领", "基层治理", "疫情防控"}
    body = body_of(next(iter(load_corpus([path]))))
    assert all(int(row["count"]) == body.count(row["keyword"]) for row in found)


def test_a_remark_on_the_length_is_no_text(call: Call, tmp_path: Path) -> None:
    """A line such as (7770字) above the text is neither title nor body."""
    (tmp_path / "a.txt").write_text(f"(7770字)\n{PROPERTY}", encoding="utf-8")
    found = rows(call, tmp_path, "a.txt", "--top", "1000")
    assert not [row for row in found if "7770" in row["keyword"]]
    assert next(row for row in found if row["keyword"] == "红色物业")["in_title"] == "yes"


@pytest.mark.parametrize("method", ["phrase", "tfidf", "textrank"])
def test_counts_are_those_of_a_search(call: Call, tmp_path: Path, method: str) -> None:
    """On generated papers, some in Traditional script, every count is what a search in the body finds."""
    for number, subject in enumerate(SUBJECTS):
        text = generate(subject, "paper", 900, number).text
        (tmp_path / f"{number}.txt").write_text(
            character_by_character(text) if number % 2 else text, encoding="utf-8"
        )
    bodies = {document.id: body_of(document) for document in load_corpus([tmp_path])}
    found = rows(call, tmp_path, ".", "--method", method, "--top", "60")
    assert len(found) > 150
    assert all(int(row["count"]) == bodies[row["doc"]].count(row["keyword"]) for row in found)


def test_the_order_of_paths_and_the_jobs_change_nothing(call: Call, folder: Path) -> None:
    """The same bytes, for each level and method."""
    for options in (
        [],
        ["--level", "corpus"],
        ["--method", "textrank"],
        ["--method", "keyness", "--against", "b.txt"],
    ):
        first = call(["keywords", "a.txt", "b.txt", *options], folder).stdout
        assert first
        assert call(["keywords", "b.txt", "a.txt", "--jobs", "1", *options], folder).stdout == first


def test_workers_give_what_one_process_gives(call: Call, tmp_path: Path) -> None:
    """On a corpus large enough that workers run, with a dictionary and stop words to be sent to them."""
    for number, subject in enumerate(SUBJECTS):
        text = generate(subject, "plan", 3000, 1).text
        (tmp_path / f"{number}.txt").write_text(text * (850_000 // len(text.encode())), "utf-8")
    (tmp_path / "terms.dic").write_text("联席会议制度 20\n", encoding="utf-8")
    (tmp_path / "stop.list").write_text("街道\n", encoding="utf-8")
    words = ["--userdict", "terms.dic", "--stopwords", "stop.list", "--top", "5"]
    inputs = [f"{number}.txt" for number in range(len(SUBJECTS))]
    one = call(["keywords", *inputs, *words, "--jobs", "1"], tmp_path)
    two = call(["keywords", *inputs, *words, "--jobs", "2"], tmp_path)
    assert one.stdout == two.stdout and one.stdout.count(b"\n") == 5 * len(inputs) + 1


def test_each_method_and_level_has_rows(call: Call, folder: Path) -> None:
    """All combinations work, and the common columns come first in each."""
    common = ["doc", "rank", "keyword", "score", "count", "in_title", "declared"]
    for method in ("phrase", "tfidf", "textrank", "keyness"):
        against = ["--against", "b.txt"] if method == "keyness" else []
        for level in ("document", "corpus"):
            found = rows(call, folder, "a.txt", "--method", method, "--level", level, *against)
            assert list(found[0])[:7] == common
            assert {row["doc"] for row in found} == {"" if level == "corpus" else "a.txt"}


def test_keyness_says_what_marks_a_corpus_off(call: Call, folder: Path) -> None:
    """The counts of both sides are those of a search, and the more frequent phrase leads."""
    found = rows(call, folder, "b.txt", "--method", "keyness", "--against", "a.txt", "--top", "100")
    assert found[0]["keyword"] in {"河长", "河长制"}
    here, there = (text.partition("\n")[2] for text in (RIVER, PROPERTY))
    for row in found:
        assert int(row["count"]) == here.count(row["keyword"])
        assert int(row["count_reference"]) == there.count(row["keyword"])


def test_a_document_on_both_sides_of_keyness_is_told(call: Call, folder: Path) -> None:
    """It is counted on both, and a note says so."""
    done = call(["keywords", "a.txt", "--method", "keyness", "--against", "."], folder)
    assert done.returncode == 0 and b"pdtool: note: 1 document " in done.stderr


def test_no_nested(call: Call, folder: Path) -> None:
    """No keyword is part of another of the same document."""
    found = [row["keyword"] for row in rows(call, folder, "a.txt", "--no-nested", "--top", "30")]
    assert not any(one != other and one in other for one in found for other in found)


def test_a_title_column_counts_as_the_title(call: Call, tmp_path: Path) -> None:
    """The title of a table's row is evidence, in whatever script it is written."""
    body = PROPERTY.partition("\n")[2]
    record = {"id": "x", "title": "紅色物業:小區治理的組織再造", "text": body}
    (tmp_path / "t.jsonl").write_text(json.dumps(record), encoding="utf-8")
    found = rows(call, tmp_path, "t.jsonl")
    assert found[0]["doc"] == "t.jsonl#x"
    assert next(row for row in found if row["keyword"] == "红色物业")["in_title"] == "yes"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [("業委會\n", "utf-8"), ("业委会 10 n\r\n", "utf-8-sig"), ("# 我们的词\n\n业委会 10\n", "gb18030")],
)
def test_a_user_dictionary_in_every_shape(call: Call, tmp_path: Path, data: str, encoding: str) -> None:
    """Traditional terms, byte order marks, CRLF, GBK, comments and missing frequencies all work."""
    (tmp_path / "terms.txt").write_bytes(data.encode(encoding))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("业委会很忙。业委会开会。业委会换届。", encoding="utf-8")
    found = rows(call, tmp_path, "docs", "--userdict", "terms.txt", "--method", "tfidf")
    assert found[0]["keyword"] == "业委会"


def test_terms_with_spaces_and_letters_are_kept_whole(call: Call, tmp_path: Path) -> None:
    """What a segmenter cannot know is matched in the text first."""
    (tmp_path / "terms.txt").write_text("machine learning\nO2O-平台\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    text = "machine learning改变服务。machine learning也要监管。O2O-平台很多,O2O-平台很杂。"
    (tmp_path / "docs" / "a.txt").write_text(text, encoding="utf-8")
    found = {row["keyword"] for row in rows(call, tmp_path, "docs", "--userdict", "terms.txt")}
    assert {"machine learning", "O2O-平台"} <= found


def test_stop_words_of_ones_own(call: Call, folder: Path) -> None:
    """No keyword contains one; --no-stopwords lets the built-in ones in."""
    (folder / "stop.list").write_text("\ufeff物業\r\n", encoding="utf-8")
    usual = {row["keyword"] for row in rows(call, folder, "a.txt", "--top", "100")}
    fewer = {
        row["keyword"] for row in rows(call, folder, "a.txt", "--top", "100", "--stopwords", "stop.list")
    }
    more = {row["keyword"] for row in rows(call, folder, "a.txt", "--top", "100", "--no-stopwords")}
    assert "红色物业" in usual and not any("物业" in keyword for keyword in fewer)
    assert more - usual


def test_both_segmenters_give_the_same_table(call: Call) -> None:
    """The reference implementation changes nothing but the time."""
    arguments = ["keywords", "seeds", "--plain"]
    assert call([*arguments, "--segmenter", "jieba"], ROOT).stdout == call(arguments, ROOT).stdout


@pytest.mark.parametrize("body", ["Hello world, hello again.", "12345 67890", "。。。，，", "的的的"])
def test_documents_without_han_or_words(call: Call, folder: Path, body: str) -> None:
    """Each is rows or a warning, and the others are not touched."""
    (folder / "x.txt").write_text(body, encoding="utf-8")
    done = call(["keywords", ".", "--plain"], folder)
    assert done.returncode == 0
    told = b"x.txt" in done.stderr
    listed = any(line.startswith(b"x.txt,") for line in done.stdout.splitlines())
    assert listed is not told
    assert b"a.txt,1," in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--top", "0"],
        ["--top", "-3"],
        ["--top", "x"],
        ["--method", "yake"],
        ["--method", "keyness"],
        ["--against", "b.txt"],
        ["--method", "keyness", "--against", "missing.txt"],
        ["--method", "keyness", "--against", "empty"],
        ["--level", "sentence"],
        ["--segmenter", "pkuseg"],
        ["--userdict", "missing.txt"],
        ["--userdict", "empty"],
        ["--userdict", "long.dic"],
        ["--userdict", "binary.dic"],
        ["--stopwords", "missing.txt"],
        ["--stopwords", "binary.dic"],
        ["--jobs", "-1"],
        ["-q", "-v"],
        ["-o", "a.txt"],
        ["-o", "b.txt", "--format", "csv"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(call: Call, folder: Path, arguments: list[str]) -> None:
    """Each in the same voice, with nothing on standard output and no file made or changed."""
    (folder / "empty").mkdir()
    (folder / "long.dic").write_text("治理\n" + "长" * 101 + "\n", encoding="utf-8")
    (folder / "binary.dic").write_bytes(bytes(range(256)) * 8)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    done = call(["keywords", "a.txt", "b.txt", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("pdtool: ") and not any("Traceback" in line for line in lines)
    assert all(line.startswith(("try: ", "pdtool: ")) for line in lines)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_bad_line_of_a_dictionary_is_named(call: Call, folder: Path) -> None:
    """The message has the file and the number of the line."""
    (folder / "terms.txt").write_text("治理\r\n\r\n" + "长" * 101, encoding="utf-8")
    done = call(["keywords", "a.txt", "--userdict", "terms.txt"], folder)
    assert done.stderr.startswith(b"pdtool: terms.txt: line 3 is not a dictionary entry")


def test_a_dictionary_without_words_is_told(call: Call, folder: Path) -> None:
    """A file of comments only is a warning: most likely it is the wrong file."""
    (folder / "terms.dic").write_text("# nothing yet\n", encoding="utf-8")
    done = call(["keywords", "a.txt", "--userdict", "terms.dic"], folder)
    assert done.returncode == 0 and b"warning: terms.dic: holds no words" in done.stderr


def test_a_lost_input_does_not_stop_the_rest(call: Call, folder: Path) -> None:
    """The others' keywords are listed; the exit code remembers."""
    done = call(["keywords", ".", "missing.txt", "--plain"], folder)
    assert done.returncode == 2 and b"a.txt,1," in done.stdout
    assert done.stderr.startswith(b"pdtool: missing.txt: ")


def test_the_manifest_describes_the_run(call: Call, folder: Path) -> None:
    """Options, documents of both corpora and the user's word lists, each with its digest."""
    (folder / "terms.dic").write_text("红色物业\n", encoding="utf-8")
    arguments = ["a.txt", "--method", "keyness", "--against", "b.txt", "--userdict", "terms.dic"]
    assert call(["keywords", *arguments, "--manifest", "m.json"], folder).returncode == 0
    described = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert described["options"]["method"] == "keyness" and "jobs" not in described["options"]
    assert [entry["name"] for entry in described["inputs"]] == ["a.txt", "b.txt", "terms.dic"]
    assert all(entry["sha256"] for entry in described["inputs"])


def test_the_configuration_sets_options(call: Call, folder: Path) -> None:
    """What is typed wins over it."""
    (folder / "pdtool.toml").write_text('[keywords]\ntop = 2\nmethod = "tfidf"\n', encoding="utf-8")
    arguments = ["a.txt", "--config", "pdtool.toml"]
    assert len(rows(call, folder, *arguments)) == 2
    assert len(rows(call, folder, *arguments, "--top", "3")) == 3


@pytest.mark.parametrize(
    "how",
    [
        (),
        ("--method", "tfidf"),
        ("--level", "corpus"),
        ("--method", "keyness", "--against", "b.txt"),
        ("--method", "keyness", "--level", "corpus", "--against", "b.txt"),
    ],
)
def test_references_count_if_they_are_asked_for(call: Call, folder: Path, how: tuple[str, ...]) -> None:
    """What is said in the references counts with ``--with-references`` alone; the manifest names it."""
    cited = "\n\n参考文献：\n[1] 李明. 论红色物业[J]. 治理研究, 2019(3): 1-8.\n"
    (folder / "a.txt").write_text(PROPERTY + cited, encoding="utf-8")
    counts = []
    for more in ([], ["--with-references"]):
        found = rows(call, folder, "a.txt", "--top", "20", *how, *more, "--manifest", "m.json")
        counts.append(
            {row["keyword"]: int(row["count"]) for row in found}[
                "物业" if how[-1:] == ("tfidf",) else "红色物业"
            ]
        )
        manifest = json.loads((folder / "m.json").read_text(encoding="utf-8"))
        assert manifest["options"]["with_references"] is bool(more)
    assert counts[1] == counts[0] + 1


def test_keywords_of_groups_are_those_of_a_corpus(call: Call, tmp_path: Path) -> None:
    """A group is ranked as a corpus of its documents alone; the group columns stand for the document."""
    for subject in SUBJECTS[:2]:
        (tmp_path / subject).mkdir()
        for name, text in (("a", PROPERTY), ("b", RIVER)) if subject == "rivers" else (("c", PROPERTY),):
            (tmp_path / subject / f"{name}.txt").write_text(text, encoding="utf-8")
    grouped = rows(call, tmp_path, ".", "--group-by", "folder", "--top", "5")
    assert list(grouped[0]) == ["folder", "rank", "keyword", "score", "count", "in_title", "declared"]
    for subject in SUBJECTS[:2]:
        whole = rows(call, tmp_path, subject, "--level", "corpus", "--top", "5")
        here = [row for row in grouped if row["folder"] == subject]
        assert [list(row.values())[1:] for row in here] == [list(row.values())[1:] for row in whole]


def test_keyness_of_groups(call: Call, tmp_path: Path) -> None:
    """Each group against the reference, as its documents alone would be."""
    for name, text in (("new/x/a", PROPERTY), ("new/y/b", RIVER), ("old/c", RIVER)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    keyness = ["--method", "keyness", "--against", "old", "--top", "3"]
    grouped = rows(call, tmp_path, "new", *keyness, "--group-by", "folder")
    alone = rows(call, tmp_path, "new/x", *keyness, "--level", "corpus")
    here = [row for row in grouped if row["folder"] == "x"]
    assert [list(row.values())[1:] for row in here] == [list(row.values())[1:] for row in alone]


def test_groups_of_a_corpus_are_refused(call: Call, folder: Path) -> None:
    """All documents together, or groups of them; and no field that is not there."""
    for arguments in (["--level", "corpus", "--group-by", "year"], ["--group-by", "省份"]):
        assert call(["keywords", ".", *arguments], folder).returncode == 2


def test_synonyms_count_as_one(call: Call, tmp_path: Path) -> None:
    """A keyword has the occurrences of all words of its group, at each level; another word is in no row."""
    text = (
        "基层治理要靠智慧社区。智慧社区建设提速，居民得实惠。\n"
        "智能社区惠及老人，街道给予支持。\n智能社区便利群众，物业管理要规范。\n"
    )
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "s.txt").write_text("智慧社区 = 智能社区\n", encoding="utf-8")
    for level in ("document", "corpus"):
        arguments = ["keywords", "a.txt", "b.txt", "--level", level, "--synonyms", "s.txt", "--plain"]
        rows = list(csv.DictReader(call(arguments, tmp_path).stdout.decode().splitlines()))
        counts = {row["keyword"]: int(row["count"]) for row in rows}
        assert counts["智慧社区"] == (4 if level == "document" else 8)
        assert not any("智能" in keyword for keyword in counts)
