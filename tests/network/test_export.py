"""Files for other programs: opened by other libraries, or read as the programs' own pages describe them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import igraph
import networkx as nx
import pytest

from pdtool.cooccurrence.totals import add_up
from pdtool.network.coword import CowordNetwork
from pdtool.network.export import Program, files_of, write_network
from pdtool.network.finding import BinFinder
from pdtool.network.units import Unit

TERMS = ["党建引领", "治理", "社区", "数字 政府", "1,2", "a;b", "<&\"'>", "\x1b[31m", "孤立"]
TEXT = (
    "党建引领社区治理。治理与社区。党建引领，治理。数字 政府与a;b，1,2。a;b与1,2。孤立。"
    "写作<&\"'>与\x1b[31m，还有治理。"
)


@pytest.fixture(scope="module")
def made() -> CowordNetwork:
    """Return a network of terms of every kind."""
    return CowordNetwork(add_up(TERMS, [BinFinder("\n".join(TERMS), Unit()).find(TEXT)]))


def shown(term: str) -> str:
    """Return a term as XML can carry it."""
    return term.replace("\x1b", "\\x1b")


def plain(term: str) -> str:
    """Return a term as labels without quotation marks have it."""
    return shown(term).replace('"', "'")


def weights(made: CowordNetwork) -> dict[frozenset[str], int]:
    """Return how often each two terms of a network stand together."""
    return {frozenset((row.term_a, row.term_b)): row.together for row in made.edge_rows()}


def write(made: CowordNetwork, program: Program, folder: Path, plain_text: bool = True) -> Path:
    """Write a network and return the file."""
    file = folder / "n.txt"
    write_network(made, program, file, plain_text)
    return file


def test_gexf_is_read_by_networkx(made: CowordNetwork, tmp_path: Path) -> None:
    """Nodes with their labels and columns, edges with their weights and columns."""
    read = nx.read_gexf(write(made, Program.GEXF, tmp_path))
    labels = nx.get_node_attributes(read, "label")
    assert sorted(labels.values()) == sorted(map(shown, made.found.terms))
    rows = {shown(row.term): row for row in made.node_rows()}
    for node, attributes in read.nodes(data=True):
        row = rows[labels[node]]
        assert (attributes["count"], attributes["degree"]) == (row.count, row.degree)
        assert attributes.get("community") == row.community
    found = {frozenset((labels[a], labels[b])): weight for a, b, weight in read.edges(data="weight")}
    assert found == {frozenset(map(shown, pair)): weight for pair, weight in weights(made).items()}
    assert all("ochiai" in attributes for _, _, attributes in read.edges(data=True))


@pytest.mark.filterwarnings("ignore:'encoding' argument not specified:EncodingWarning")  # igraph's own
@pytest.mark.parametrize("library", ["networkx", "igraph"])
def test_graphml_is_read_by_other_libraries(made: CowordNetwork, tmp_path: Path, library: str) -> None:
    """Both give the terms, the weights, and the columns with their types."""
    file = write(made, Program.GRAPHML, tmp_path)
    if library == "networkx":
        read = nx.read_graphml(file)
    else:
        read = igraph.Graph.Read_GraphML(str(file)).to_networkx()
    names = nx.get_node_attributes(read, "term")
    assert sorted(names.values()) == sorted(map(shown, made.found.terms))
    found = {frozenset((names[a], names[b])): weight for a, b, weight in read.edges(data="weight")}
    assert found == {frozenset(map(shown, pair)): weight for pair, weight in weights(made).items()}
    strengths = nx.get_node_attributes(read, "strength")
    assert {names[node]: value for node, value in strengths.items()} == {
        shown(row.term): row.strength for row in made.node_rows()
    }


@pytest.mark.filterwarnings("ignore:'encoding' argument not specified:EncodingWarning")  # igraph's own
def test_pajek_is_read_by_networkx_and_igraph(made: CowordNetwork, tmp_path: Path) -> None:
    """Labels and weights; with a byte order mark, as Pajek wants it for Chinese, unless --plain."""
    file = write(made, Program.PAJEK, tmp_path)
    read = nx.read_pajek(file)
    expected = {frozenset(map(plain, pair)): weight for pair, weight in weights(made).items()}
    # Its labels go through shlex, which takes an apostrophe inside quotes as it is.
    assert {frozenset((a, b)): weight for a, b, weight in read.edges(data="weight")} == expected
    graph = igraph.Graph.Read_Pajek(str(file))
    names = graph.vs["name"]
    assert {frozenset(names[end] for end in edge.tuple): edge["weight"] for edge in graph.es} == expected
    marked = write(made, Program.PAJEK, tmp_path, plain_text=False).read_bytes()
    assert marked == b"\xef\xbb\xbf" + write(made, Program.PAJEK, tmp_path).read_bytes()


def labels_of(text: str) -> list[str]:
    """Return the labels of a DL file: one a line, in quotes where they hold what divides labels."""
    return next(csv.reader([",".join(text.split("\r\n"))]))


def test_ucinet_is_read_as_its_language_says(made: CowordNetwork, tmp_path: Path) -> None:
    """The number of nodes, a label each, and every edge both ways with its value."""
    text = write(made, Program.UCINET, tmp_path).read_bytes().decode()
    head, _, rest = text.partition("labels:\r\n")
    labels, _, data = rest.partition("\r\ndata:\r\n")
    assert head == f"dl n = {len(made.found.terms)}\r\nformat = edgelist1\r\n"
    names = labels_of(labels)
    assert sorted(names) == sorted(map(plain, made.found.terms))
    found = {}
    for line in data.splitlines():
        first, second, value = map(int, line.split())
        found[names[first - 1], names[second - 1]] = value
    expected = {frozenset(map(plain, pair)): weight for pair, weight in weights(made).items()}
    assert {frozenset(pair): value for pair, value in found.items()} == expected
    assert len(found) == 2 * len(expected)


@pytest.mark.filterwarnings("ignore:'encoding' argument not specified:EncodingWarning")  # igraph's own
def test_ucinet_is_read_by_igraph(tmp_path: Path) -> None:
    """Labels without blanks, which are all it can read, and the weights, each edge twice."""
    small = CowordNetwork(add_up(TERMS[:3], [BinFinder("\n".join(TERMS[:3]), Unit()).find(TEXT)]))
    read = igraph.Graph.Read_DL(str(write(small, Program.UCINET, tmp_path)), directed=True)
    names = read.vs["name"]
    found = {(names[edge.source], names[edge.target]): edge["weight"] for edge in read.es}
    assert found == {
        ends: weight
        for pair, weight in weights(small).items()
        for ends in (tuple(sorted(pair)), tuple(sorted(pair, reverse=True)))
    }


def test_vosviewer_reads_a_map_and_a_network(made: CowordNetwork, tmp_path: Path) -> None:
    """As its manual has them: a map with a header and weights, a network of two items and a strength."""
    file = tmp_path / "w.txt"
    write_network(made, Program.VOSVIEWER, file, plain=False)
    map_file, network_file = files_of(Program.VOSVIEWER, file)
    assert map_file is not None
    assert network_file is not None
    items = list(csv.DictReader(io.StringIO(map_file.read_text(encoding="utf-8")), delimiter="\t"))
    assert list(items[0]) == [
        *("id", "label", "cluster", "weight<Links>", "weight<Total link strength>"),
        *("weight<Occurrences>", "weight<Documents>"),
    ]
    rows = {plain(row.term): row for row in made.node_rows() if row.community is not None}
    assert {item["label"] for item in items} == set(rows)
    assert "孤立" not in {item["label"] for item in items}
    for item in items:
        row = rows[item["label"]]
        assert int(item["cluster"]) == row.community
        assert int(item["weight<Links>"]) == row.degree
        assert int(item["weight<Total link strength>"]) == row.strength
        assert int(item["weight<Occurrences>"]) == row.count
    labels = {item["id"]: item["label"] for item in items}
    lines = [line.split("\t") for line in network_file.read_text(encoding="utf-8").splitlines()]
    found = {frozenset((labels[a], labels[b])): int(strength) for a, b, strength in lines}
    assert found == {frozenset(map(plain, pair)): weight for pair, weight in weights(made).items()}


@pytest.mark.parametrize("program", Program)
def test_an_empty_network_is_an_empty_file_of_its_form(program: Program, tmp_path: Path) -> None:
    """Where no term was found nothing fails, and the XML can be read."""
    empty = CowordNetwork(add_up(["治理"], []))
    write_network(empty, program, tmp_path / "n.txt", plain=True)
    if program is Program.GEXF:
        assert not nx.read_gexf(tmp_path / "n.txt")
    if program is Program.GRAPHML:
        assert not nx.read_graphml(tmp_path / "n.txt")
