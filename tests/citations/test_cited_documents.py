"""Which document of a corpus is meant, short forms, what is added up, and the files of graphs."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from pdtool.citations.citation_graph import CitationGraph, GraphEdge, GraphNode, citation_graph
from pdtool.citations.cite import Citation, citations_of, cite_rows, mention_rows
from pdtool.citations.edges import Between, edge_rows
from pdtool.citations.graph_files import gexf, graphml
from pdtool.citations.known_documents import KnownDocuments
from pdtool.citations.mention import CitingDocument, Mention, Profile
from pdtool.citations.mentions import mentions_in
from pdtool.citations.reading import citing_document
from pdtool.documents.load import load_corpus

CITING = Profile("a.txt", "某通知", "", "2018-05-01", ("云岭县人民政府",), "县", "通知")
PLAIN = Mention("", "", "", "", "", "", "引用", 0, 1, "")


def found(mention: Mention, *known: Profile, citing: Profile = CITING) -> str:
    """Return the id of the document that a mention means, empty if none."""
    one = KnownDocuments([*known, citing]).find(mention, citing)
    return one.doc if one is not None else ""


def law(doc: str, date: str, title: str = "中华人民共和国水法") -> Profile:
    """Return a law of a day."""
    return Profile(doc, title, "", date, ("全国人民代表大会常务委员会",), "国家", "法")


@pytest.mark.parametrize(
    ("date", "given", "meant"),
    [
        ("2018-05-01", "", "2016"),
        ("2010-05-01", "", "2002"),
        ("1990-01-01", "", ""),
        ("", "", ""),
        ("2018-05-01", "2002", "2002"),
        ("2018-05-01", "2002-08-29", "2002"),
        ("2018-05-01", "1988", ""),
    ],
)
def test_the_date_decides_between_versions(date: str, given: str, meant: str) -> None:
    """The version of the day that is given, else the last before the citing document; none in doubt."""
    mention = replace(PLAIN, title="水法", date=given)
    versions = law("2002", "2002-08-29"), law("2016", "2016-07-02"), law("2023", "2023-01-01")
    assert found(mention, *versions, citing=replace(CITING, date=date)) == meant


def test_a_number_finds_and_a_wrong_one_does_not() -> None:
    """A number goes before the title; a document with another number is not meant."""
    opinion = Profile(
        "o.txt", "国务院关于某事的意见", "国发〔2013〕4号", "2013-02-05", ("国务院",), "国家", "意见"
    )
    assert found(replace(PLAIN, number="国发〔2013〕4号"), opinion) == "o.txt"
    assert found(replace(PLAIN, title="国务院关于某事的意见", number="国发〔2013〕4号"), opinion) == "o.txt"
    assert found(replace(PLAIN, title="国务院关于某事的意见", number="国发〔2013〕40号"), opinion) == ""
    assert found(replace(PLAIN, title="国务院关于别事的意见", number="国发〔2013〕4号"), opinion) == ""


def test_who_issued_it_must_be_said_somewhere() -> None:
    """A title that any body may give finds a document only if the body is named, or is the citing one."""
    opinion = Profile("o.txt", "国务院关于某事的意见", "", "2013-02-05", ("国务院",), "国家", "意见")
    other = Profile("p.txt", "关于加强防汛的通知", "", "2013-02-05", ("青石县人民政府",), "县", "通知")
    assert found(replace(PLAIN, title="关于某事的意见", issuer="国务院"), opinion) == "o.txt"
    assert found(replace(PLAIN, title="关于某事的意见"), opinion) == ""
    assert found(replace(PLAIN, title="关于某事的意见", issuer="云岭省人民政府"), opinion) == ""
    assert found(replace(PLAIN, title="关于加强防汛的通知"), other) == ""
    own = replace(CITING, issuers=("青石县人民政府",))
    assert found(replace(PLAIN, title="关于加强防汛的通知"), other, citing=own) == "p.txt"
    reports = [replace(other, doc=doc, title="政府工作报告", issuers=(doc,)) for doc in ("甲县", "乙县")]
    assert found(replace(PLAIN, title="政府工作报告"), *reports) == ""


def test_a_draft_is_not_the_text() -> None:
    """A draft, a text on trial and the text itself are told apart where the mention tells them apart."""
    trial = law("t.txt", "2015-01-01", "云岭省水费管理办法（试行）")
    draft = law("d.txt", "2015-01-01", "云岭省水费管理办法（征求意见稿）")
    whole = law("w.txt", "2015-01-01", "云岭省水费管理办法")
    assert found(replace(PLAIN, title="云岭省水费管理办法（试行）"), whole) == ""
    assert found(replace(PLAIN, title="云岭省水费管理办法", edition="试行"), trial) == "t.txt"
    assert found(replace(PLAIN, title="云岭省水费管理办法"), trial) == "t.txt"
    assert found(replace(PLAIN, title="云岭省水费管理办法"), draft) == ""


def test_a_document_does_not_repeal_itself() -> None:
    """What is repealed under its own title is an earlier version, also where a copy of it is there."""
    title = "云岭省水费管理办法"
    old, new = law("old.txt", "2008-01-01", title), law("new.txt", "2019-01-01", title)
    copy = replace(new, doc="copy.txt")
    repealed = replace(PLAIN, title=title, relation="废止")
    assert found(repealed, old, copy, citing=new) == "old.txt"
    assert found(repealed, copy, citing=new) == ""
    assert found(replace(PLAIN, title=title), citing=new) == "new.txt"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《甲意见》（以下简称《意见》）。《意见》", ["甲意见", "甲意见"]),
        ("《意见》发布：《甲意见》（以下简称《意见》）", ["甲意见", "甲意见"]),
        (
            "《甲条例》、《乙办法》（以下分别简称《条例》、《办法》）。《办法》和《条例》",
            ["甲条例", "乙办法"] * 2,
        ),
        ("《甲条例》（依据《乙法》制定，以下简称《条例》）。《条例》", ["甲条例", "乙法", "甲条例"]),
        ("《甲规划（2020—2035年）》发布。《规划》提出", ["甲规划（2020—2035年）"] * 2),
        ("《甲办法》。\n《乙办法》。\n《办法》", ["甲办法", "乙办法", "办法"]),
        ("《甲办法》。\n《乙办法》，《办法》", ["甲办法", "乙办法", "乙办法"]),
        ("《办法》", ["办法"]),
        ("关于《甲规划》的批复（以下简称《批复》）。《批复》", ["甲规划", "批复"]),
        ("《关于甲的意见》（以下简称《实施意见》）。《实施意见》", ["关于甲的意见"] * 2),
    ],
)
def test_short_forms(text: str, titles: list[str]) -> None:
    """A short form stands for the whole title; where two are possible it stands for itself."""
    assert sorted(one.title for one in mentions_in(text)) == sorted(titles)


def folder_of_three(folder: Path) -> list[CitingDocument]:
    """Return what is read in three documents, two of which name the third."""
    texts = {
        "law.txt": "云岭省水源保护条例\n（2012年6月28日云岭省人民代表大会常务委员会通过）\n"
        "第一条 为了保护水源，制定本条例。\n",
        "b.txt": "财政部 水利部关于水源补助的通知\n财农〔2015〕3号\n各省财政厅：\n"
        "根据《云岭省水源保护条例》和《云岭省水源保护条例》第三条，依据国务院《某某条例》，通知如下。\n"
        "财政部 水利部\n2015年3月4日\n",
        "c.txt": "青石县人民政府关于水源的通知\n青政发〔2016〕5号\n各乡镇：\n贯彻《云岭省水源保护条例》。\n"
        "青石县人民政府\n2016年3月4日\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [citing_document(document) for document in load_corpus([folder])]


def test_rows_and_edges_equal_a_hand_count(tmp_path: Path) -> None:
    """One row for each document named, one for each mention; edges add up the same mentions."""
    citations = list(citations_of(folder_of_three(tmp_path)))
    rows = [
        (row.doc, row.cited_title, row.relation, row.cited_doc, row.count) for row in cite_rows(citations)
    ]
    assert rows == [
        ("b.txt", "云岭省水源保护条例", "依据", "law.txt", 2),
        ("b.txt", "某某条例", "依据", "", 1),
        ("c.txt", "云岭省水源保护条例", "贯彻", "law.txt", 1),
    ]
    assert [row.count for row in mention_rows(citations)] == [1, 1, 1, 1]
    levels = [(row.citing, row.cited, row.year, row.count) for row in edge_rows(citations, Between.LEVEL)]
    assert levels == [("县", "省", "2016", 1), ("国家", "国家", "2015", 1), ("国家", "省", "2015", 2)]
    issuers = Counter[tuple[str, str]]()
    for row in edge_rows(citations, Between.ISSUER):
        issuers[row.citing, row.cited] += row.count
    congress = "云岭省人民代表大会常务委员会"
    assert issuers == {
        ("财政部", congress): 2,
        ("水利部", congress): 2,
        ("财政部", "国务院"): 1,
        ("水利部", "国务院"): 1,
        ("青石县人民政府", congress): 1,
    }
    documents = [(row.citing, row.cited, row.documents) for row in edge_rows(citations, Between.DOCUMENT)]
    assert documents == [("b.txt", "law.txt", 1), ("b.txt", "《某某条例》", 1), ("c.txt", "law.txt", 1)]


def test_the_order_of_documents_changes_nothing(tmp_path: Path) -> None:
    """Which document is meant, and all edges, are the same in any order of reading."""
    documents = folder_of_three(tmp_path)
    forwards, backwards = list(citations_of(documents)), list(citations_of(documents[::-1]))
    assert sorted(cite_rows(forwards), key=repr) == sorted(cite_rows(backwards), key=repr)
    assert list(edge_rows(forwards, Between.ISSUER)) == list(edge_rows(backwards, Between.ISSUER))


def graphs(citations: list[Citation], between: Between) -> tuple[CitationGraph, list[nx.DiGraph]]:
    """Return the graph of citations, and what networkx reads of its two files."""
    graph = citation_graph(citations, between)
    files = ["".join(write(graph)).encode() for write in (gexf, graphml)]
    return graph, [nx.read_gexf(io.BytesIO(files[0])), nx.read_graphml(io.BytesIO(files[1]))]


@pytest.mark.parametrize("between", Between)
def test_another_library_reads_the_graphs(tmp_path: Path, between: Between) -> None:
    """Both files hold the nodes, edges and weights of the graph, directed."""
    graph, read = graphs(list(citations_of(folder_of_three(tmp_path))), between)
    for one in read:
        assert one.is_directed() and not one.is_multigraph()
        assert set(one.nodes) == {node.id for node in graph.nodes}
        weights = {(source, target): data["weight"] for source, target, data in one.edges(data=True)}
        assert weights == {(edge.source, edge.target): edge.weight for edge in graph.edges}
        assert {data["label"] for _, data in one.nodes(data=True)} == {node.label for node in graph.nodes}


def test_nodes_of_documents_say_what_is_known(tmp_path: Path) -> None:
    """A document of the corpus has title, level and date; one that is only named says so."""
    _, (one, _) = graphs(list(citations_of(folder_of_three(tmp_path))), Between.DOCUMENT)
    named = one.nodes["《某某条例》"]
    assert (named["level"], named["genre"], named["in_corpus"]) == ("国家", "条例", False)
    known = one.nodes["law.txt"]
    assert (known["label"], known["date"], known["in_corpus"]) == ("云岭省水源保护条例", "2012-06-28", True)


def test_hostile_names_are_text_in_xml() -> None:
    """Markup, quotation marks, control characters and surrogates end no file."""
    names = ["<b>&\"'", "\x1b[31m\x00", "\ud800", "]]>", "a\nb"]
    nodes = tuple(GraphNode(name, name) for name in names)
    edges = tuple(GraphEdge(name, names[0], 1, name, name) for name in names)
    graph = CitationGraph(nodes, edges)
    for write, reader in ((gexf, nx.read_gexf), (graphml, nx.read_graphml)):
        read = reader(io.BytesIO("".join(write(graph)).encode()))
        assert len(read.nodes) == len(names) and names[0] in read.nodes


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("根据《甲办法》（2021年2月30日公布）", "", ""),
        ("根据《甲办法》（国发〔2013〕4号、国办发〔2013〕5号）", "国发〔2013〕4号", ""),
        ("根据《关于制定2035年远景目标的建议》", "", ""),
        ("根据《甲规划（2021—2035年）》", "", ""),
        ("根据2021年13月5日公布的《甲办法》", "", "2021"),
        ("根据《甲办法》（国发〔2013〕999999号）", "", ""),
        ("根据《甲办法》（2019年3月2日修订，2020年1月1日起施行）", "", "2019-03-02"),
    ],
)
def test_what_cannot_be_is_not_taken(text: str, number: str, date: str) -> None:
    """Days that never were, years of a plan and numbers out of range say nothing; of two the first."""
    [mention] = mentions_in(text)
    assert (mention.number, mention.date) == (number, date)


def test_what_is_issued_anew_is_not_what_it_repeals() -> None:
    """Two versions of one title in one notice are two documents; short forms stand with the first."""
    text = "现印发《甲县水费管理办法》，原《甲县水费管理办法》（甲政发〔2015〕1号）同时废止。"
    citing = CitingDocument(CITING, tuple(mentions_in(text)))
    assert [(row.relation, row.cited_number, row.count) for row in cite_rows(citations_of([citing]))] == [
        ("印发", "", 1),
        ("废止", "甲政发〔2015〕1号", 1),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("国务院国发〔1986〕12号文件规定", ["国发〔1986〕12号"]),
        ("贯彻国务院国发〔2011〕26号文件精神", ["国发〔2011〕26号"]),
        ("根据国办发〔2019〕41号、国发〔2018〕32号等文件要求", ["国办发〔2019〕41号", "国发〔2018〕32号"]),
        ("（甲政发〔2015〕1号）", []),
        ("甲政发〔2015〕1号", []),
        ("电话：12345号", []),
    ],
)
def test_numbers_that_stand_for_documents(text: str, numbers: list[str]) -> None:
    """A number names a document where words lead to it or say so; a number by itself is a document's own."""
    assert [one.number for one in mentions_in(text)] == numbers


def test_a_review_is_not_the_book() -> None:
    """A document whose title is a book's in marks is about it; a law with marks around its title is it."""
    review = Profile("r.txt", "《乡土中国》", "", "2018-01-01")
    rules = law("l.txt", "2018-01-01", "《云岭省水费管理办法》")
    assert found(replace(PLAIN, title="乡土中国"), review) == ""
    assert found(replace(PLAIN, title="云岭省水费管理办法"), rules) == "l.txt"
