"""``pdtool network``: its options, exit codes and what is said where, and a study done again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from tests.commandline import ROOT
from tests.commands.conftest import Call, Done

TEXTS = {
    "a.txt": "党建引领社区治理。社区治理靠居民。\n党建引领基层治理,居民满意。",
    "b.txt": "黨建引領基層治理,社區居民參與。網格員走訪居民。",
    "c.txt": "果园里的苹果熟了,果农忙着采摘。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a text, a Traditional one, another, and a list of terms."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "mine.txt").write_text(
        "\ufeff# ours\n党建引领\n治理\n居民\n\n苹果\n網格\n不存在的词\n", encoding="utf-8"
    )
    return tmp_path


MINE = ("--terms", "terms/mine.txt", "--plain")


def _rows(done: Done) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_the_table_of_edges(call: Call, folder: Path) -> None:
    """The columns of the contract, the closest first, terms as the list has them, of both scripts."""
    done = call(["network", "a.txt", "b.txt", "c.txt", *MINE], folder)
    rows = _rows(done)
    assert done.returncode == 0
    assert list(rows[0]) == [
        *("term_a", "term_b", "together", "count_a", "count_b"),
        *("ochiai", "jaccard", "association", "npmi", "g2", "q"),
    ]
    assert [(row["term_a"], row["term_b"], row["together"]) for row in rows] == [
        ("党建引领", "治理", "3"), ("居民", "治理", "3"), ("党建引领", "居民", "2"), ("居民", "網格", "1"),
    ]  # fmt: skip
    assert "1 of 6 terms occur in no document: 不存在的词" in done.stderr.decode()
    assert "6 sentences, 5 terms, 4 edges" in done.stderr.decode()


def test_the_table_of_nodes(call: Call, folder: Path) -> None:
    """A row for each term that occurs, its counts those of the table of edges; 苹果 stands alone."""
    done = call(["network", "a.txt", "b.txt", "c.txt", *MINE, "--by", "node"], folder)
    rows = {row["term"]: row for row in _rows(done)}
    assert list(rows["治理"]) == [
        *("term", "count", "documents", "degree", "strength", "betweenness"),
        *("community", "centrality", "density"),
    ]
    assert [rows["治理"][name] for name in ("count", "documents", "degree", "strength")] == [
        "4",
        "2",
        "2",
        "6",
    ]
    assert [rows["苹果"][name] for name in ("count", "degree", "community", "density")] == ["1", "0", "", ""]


def test_keywords_are_taken_where_no_list_is_given(call: Call) -> None:
    """The keywords of the corpus, as many as --top says, without a word about those hidden in longer ones."""
    done = call(["network", "seeds", "--top", "20", "--by", "node"], ROOT)
    terms = {row["term"] for row in _rows(done)}
    listed = call(["keywords", "seeds", "--level", "corpus", "--top", "20"], ROOT)
    keywords = {row["keyword"] for row in _rows(listed)}
    assert 15 < len(terms) <= 20
    assert terms <= keywords
    assert "occur in no document" not in done.stderr.decode()


def test_a_theme_dictionary_gives_its_terms(call: Call, folder: Path) -> None:
    """Whatever their themes; a term of two themes is one node."""
    (folder / "d.yaml").write_text("甲:\n- 治理\n- 居民\n乙:\n- 治理\n- 党建*\n", encoding="utf-8")
    rows = _rows(call(["network", "a.txt", "b.txt", "--terms", "d.yaml", "--by", "node"], folder))
    assert sorted(row["term"] for row in rows) == ["党建*", "居民", "治理"]


def test_pandas_reads_the_matrix(call: Call, folder: Path) -> None:
    """Terms by terms: symmetric, 0 on the diagonal of distances, and the very coefficients of the edges."""
    import pandas as pd

    arguments = ["network", "a.txt", "b.txt", "c.txt", *MINE]
    table = pd.read_csv(io.BytesIO(call([*arguments, "--matrix", "1-ochiai"], folder).stdout), index_col=0)
    assert list(table.index) == list(table.columns)
    assert (table.to_numpy() == table.to_numpy().T).all()
    assert [table.loc[term, term] for term in table.index] == [0.0] * len(table)
    for row in _rows(call(arguments, folder)):
        assert table.loc[row["term_a"], row["term_b"]] == pytest.approx(1 - float(row["ochiai"]), abs=1e-4)


def test_synonyms_are_one_node(call: Call, folder: Path) -> None:
    """The first of a group stands for all, in lists and keywords alike."""
    (folder / "s.txt").write_text("居民 = 網格員 = 网格\n", encoding="utf-8")
    arguments = ["network", "a.txt", "b.txt", *MINE, "--synonyms", "s.txt", "--by", "node"]
    rows = {row["term"]: row for row in _rows(call(arguments, folder))}
    assert set(rows) == {"党建引领", "治理", "居民"}
    assert (rows["居民"]["count"], rows["居民"]["strength"]) == ("4", "5")
    (folder / "g.txt").write_text("社区 = 基层治理\n", encoding="utf-8")
    seeds = ["network", str(ROOT / "seeds"), "--by", "node", "--plain", "--top", "30"]
    terms = {row["term"] for row in _rows(call([*seeds, "--synonyms", "g.txt"], folder))}
    assert "社区" in terms
    assert "基层治理" not in terms


def test_a_coding_rule_is_a_term(call: Call, folder: Path) -> None:
    """It stands in the sentences in which it holds; one that cannot be read is refused, with its line."""
    (folder / "r.txt").write_text("治理\n居民 NOT 网格\n", encoding="utf-8")
    rows = _rows(call(["network", "a.txt", "b.txt", "--terms", "r.txt", "--by", "node"], folder))
    assert {row["term"]: row["count"] for row in rows} == {"治理": "4", "居民 NOT 网格": "3"}
    (folder / "r.txt").write_text("治理\n居民 AND (\n", encoding="utf-8")
    done = call(["network", "a.txt", "--terms", "r.txt"], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "r.txt: line 2" in done.stderr.decode()


def test_copies_count_once_if_asked_for(call: Call, folder: Path) -> None:
    """Of a text that is there twice the terms stand together once."""
    text = "党建引领基层治理，居民议事有规矩，网格员走访，社工办好助餐点，老人吃得热乎，大家都说方便。"
    for name in ("x.txt", "y.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    arguments = ["network", "x.txt", "y.txt", *MINE]
    assert {row["together"] for row in _rows(call(arguments, folder))} == {"2"}
    assert {row["together"] for row in _rows(call([*arguments, "--copies", "once"], folder))} == {"1"}


def test_units(call: Call, folder: Path) -> None:
    """A larger unit holds more pairs; of windows G² is not given."""

    def pairs(unit: str) -> list[dict[str, str]]:
        return _rows(call(["network", "a.txt", "b.txt", *MINE, "--unit", unit], folder))

    assert pairs("sentence")[0]["together"] == "3"
    assert {row["together"] for row in pairs("document")} == {"1", "2"}
    assert len(pairs("document")) > len(pairs("sentence"))
    windows = pairs("window:8")
    assert int(windows[0]["together"]) > 3
    assert {(row["g2"], row["q"]) for row in windows} == {("", "")}


@pytest.mark.parametrize(
    "more", [["--by", "node"], ["--unit", "window:30"], ["--export", "gexf"], ["--matrix", "ochiai"], []]
)
def test_the_bytes_are_the_same_whatever_the_jobs(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    """In this process or in two workers, and the documents named backwards."""
    monkeypatch.setattr("pdtool.documents.mapping.ALONE_BYTES", 0)
    for number in range(12):
        kind = "引领" if number % 3 else "工作"
        text = "".join(f"党建{kind}推动第{line}个社区治理。\n" for line in range(40))
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    names = [f"{number:02}.txt" for number in range(12)]
    one = call(["network", *names, "--top", "9", *more, "--jobs", "1"], tmp_path)
    two = call(["network", *names[::-1], "--top", "9", *more, "--jobs", "2"], tmp_path)
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout
    assert len(one.stdout) > 100


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("n.gexf", b"<?xml"),
        ("n.GRAPHML", b"<?xml"),
        ("n.net", b"\xef\xbb\xbf*Vertices"),
        ("n.dl", b"\xef\xbb\xbfdl n = 5\r\n"),
        ("n.xlsx", b"PK"),
        ("n.csv", b"\xef\xbb\xbfterm_a"),
    ],
)
def test_the_name_of_the_file_says_its_form(call: Call, folder: Path, name: str, begins: bytes) -> None:
    """Networks for other programs and tables alike."""
    done = call(["network", "a.txt", "b.txt", "c.txt", "--terms", "terms/mine.txt", "-o", name], folder)
    assert (done.returncode, done.stdout) == (0, b"")
    assert (folder / name).read_bytes().startswith(begins)


def test_vosviewer_gets_two_files(call: Call, folder: Path) -> None:
    """And none under the name itself."""
    arguments = ["network", "a.txt", "b.txt", "c.txt", *MINE, "--export", "vosviewer"]
    done = call([*arguments, "-o", "w.txt"], folder)
    assert done.returncode == 0
    assert "1 term without an edge not in the map" in done.stderr.decode()
    assert sorted(path.name for path in folder.glob("w*")) == ["w_map.txt", "w_network.txt"]


@pytest.mark.parametrize("texts", [[], [""], ["。\n"], ["果园。"], ["治理"]])
def test_little_is_a_header_and_no_rows(call: Call, folder: Path, texts: list[str]) -> None:
    """Empty texts, none of the terms, or one alone: that is no error."""
    for number, text in enumerate(texts):
        (folder / f"x{number}.txt").write_text(text, encoding="utf-8")
    paths = [f"x{number}.txt" for number in range(len(texts))] or ["c.txt"]
    for more in (
        [],
        ["--by", "node"],
        ["--matrix", "together"],
        ["--export", "graphml"],
        ["--unit", "window:9"],
    ):
        done = call(["network", *paths, "--terms", "terms/mine.txt", "--plain", *more], folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout
    # Without a list the keywords of such a text are searched for, if it has any.
    assert call(["network", *paths, "--plain"], folder).returncode == 0


def test_a_long_list_of_terms(call: Call, folder: Path) -> None:
    """It is read and searched for like any other; of those that occur the most frequent are taken."""
    terms = [f"第{number}号文件" for number in range(20_000)]
    (folder / "many.txt").write_text("\n".join([*terms, "治理", "居民"]), encoding="utf-8")
    done = call(["network", "a.txt", "b.txt", "--terms", "many.txt", "--top", "2", "--plain"], folder)
    assert [(row["term_a"], row["term_b"]) for row in _rows(done)] == [("居民", "治理")]
    assert "20,000 of 20,002 terms occur in no document" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "missing.txt: no such file or folder"),
        (["a.txt", "--terms", "missing.txt"], "missing.txt"),
        (["a.txt", "--terms", "empty.txt"], "holds no terms"),
        (["a.txt", "--terms", "stars.txt"], "line 2: the term '*' holds nothing to search for"),
        (["a.txt", "--terms", "a.docx"], "is no theme dictionary by its name"),
        (["a.txt", "--unit", "page"], "no unit is called 'page'"),
        (["a.txt", "--unit", "window:1"], "a window of 1 characters"),
        (["a.txt", "--top", "0"], "cannot take 0 terms"),
        (["a.txt", "--min-together", "0"], "at least once"),
        (["a.txt", "--resolution", "0"], "a number above 0"),
        (["a.txt", "--resolution", "nan"], "a number above 0"),
        (["a.txt", "--matrix", "ochiai", "--by", "node"], "leave out one of them"),
        (["a.txt", "--export", "gexf", "--by", "node"], "holds the whole network"),
        (["a.txt", "-o", "n.net", "--matrix", "ochiai"], "holds the whole network"),
        (["a.txt", "--export", "gexf", "--format", "csv"], "contradict each other"),
        (["a.txt", "--export", "vosviewer"], "VOSviewer takes two files"),
        (["a.txt", "-o", "n.pdf"], "the name does not say which format"),
        (["a.txt", "-o", "none/n.gexf"], "there is no folder"),
        (["a.txt", "-o", "a.txt", "--format", "csv"], "is one of the inputs"),
        (["a.txt", "w_map.txt", "--export", "vosviewer", "-o", "w.txt"], "is one of the inputs"),
        (["a.txt", "-o", "m.gexf", "--manifest", "m.gexf"], "named by both"),
    ],
)
def test_what_cannot_be_done(call: Call, folder: Path, arguments: list[str], message: str) -> None:
    """Each ends with code 2, a sentence and no table."""
    (folder / "w_map.txt").write_text("治理", encoding="utf-8")
    (folder / "empty.txt").write_text("# nothing\n", encoding="utf-8")
    (folder / "stars.txt").write_text("治理\n*\n", encoding="utf-8")
    done = call(["network", *arguments], folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_the_manifest(call: Call, folder: Path) -> None:
    """It says what decided, and names the list beside the documents."""
    call(["network", "a.txt", *MINE, "--manifest", "m.json"], folder)
    described = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert described["command"] == "network"
    assert [entry["name"] for entry in described["inputs"]] == ["a.txt", "terms/mine.txt"]
    assert described["options"]["unit"] == "sentence"


def test_references_count_if_they_are_asked_for(call: Call, tmp_path: Path) -> None:
    """What a paper cites stands together with ``--with-references`` alone."""
    text = "居民参与治理。\n\n参考文献：\n[1] 李明. 论党建引领治理[J]. 治理研究, 2019(3): 1-8.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "t.txt").write_text("党建\n治理\n居民\n", encoding="utf-8")
    arguments = ["network", "a.md", "--terms", "t.txt", "--by", "node"]
    assert "党建" not in call(arguments, tmp_path).stdout.decode()
    assert "党建" in call([*arguments, "--with-references"], tmp_path).stdout.decode()


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """Return a folder with the table of Davis, Gardner and Gardner (1941): 14 events and who came to each."""
    met = nx.davis_southern_women_graph()
    women = met.graph["top"]
    with (tmp_path / "events.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "text"])
        for event in met.graph["bottom"]:
            names = "、".join(woman for woman in women if woman in met[event])
            table.writerow([event, f"出席这次活动的有：{names}。"])
    (tmp_path / "women.txt").write_text("\n".join(women), encoding="utf-8")
    return tmp_path


STUDY = ["network", "events.csv", "--terms", "women.txt", "--unit", "document", "--plain"]


def test_a_published_matrix_is_made_again_by_one_command(call: Call, events: Path) -> None:
    """The matrix of who met whom (Breiger 1974): the events of each on the diagonal, here in its order."""
    done = call([*STUDY, "--matrix", "together"], events)
    rows = {row["term"]: row for row in csv.DictReader(io.StringIO(done.stdout.decode()))}
    women = (events / "women.txt").read_text(encoding="utf-8").split("\n")
    diagonal = [int(rows[woman][woman]) for woman in women]
    assert diagonal == [8, 7, 8, 7, 4, 4, 4, 3, 4, 4, 4, 6, 7, 8, 5, 2, 2, 2]
    evelyn = [int(rows[women[0]][woman]) for woman in women]
    assert evelyn == [8, 6, 7, 6, 3, 4, 3, 3, 3, 2, 2, 2, 2, 2, 1, 2, 1, 1]
    met = nx.bipartite.weighted_projected_graph(nx.davis_southern_women_graph(), women)
    assert all(int(rows[a][b]) == int(rows[b][a]) == met[a][b]["weight"] for a, b in met.edges)


def test_published_groups_are_found_again_by_one_command(call: Call, events: Path) -> None:
    """The core and primary members of both groups that the ethnographers saw (p. 150) are two communities."""
    done = call([*STUDY, "--by", "node"], events)
    found = {row["term"]: row["community"] for row in csv.DictReader(io.StringIO(done.stdout.decode()))}
    women = (events / "women.txt").read_text(encoding="utf-8").split("\n")
    first, second = (
        {found[women[number - 1]] for number in numbers}
        for numbers in ((1, 2, 3, 4, 5, 6, 7), (11, 12, 13, 14, 15))
    )
    assert len(first) == len(second) == 1
    assert first != second
    assert set(found.values()) == first | second
