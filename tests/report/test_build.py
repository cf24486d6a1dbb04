"""What a report gathers: which documents, pairs, lines and cells, and how many are left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pdtool.corpus.scan import scan
from pdtool.report.analyses import CHARTED, Analyses, analyse
from pdtool.report.build import build
from pdtool.report.model import Report, SimilarityMap
from pdtool.report.trees import chosen, similarity_map
from pdtool.similarity.rows import SimilarityRow
from pdtool.terms.load import load_dictionary
from tests.report.conftest import FACTS, report_of, settings
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate


def test_a_report_of_one_document_says_what_cannot_be_compared(tmp_path: Path) -> None:
    """One document has keywords and themes; nothing is compared with it."""
    (tmp_path / "a.txt").write_text("基层治理现代化，党建引领社区治理。" * 5, encoding="utf-8")
    report = report_of(tmp_path)
    assert report.similarity is None
    assert report.words[0].keywords
    assert report.words[0].against_rest == ()
    assert report.tables["pairs"].rows == []
    assert len(report.tables["themes"].rows) == len(report.themes.themes)


def test_a_document_without_text_is_a_row_and_no_obstacle(tmp_path: Path) -> None:
    """Empty and furniture-only documents stand in every table that lists documents."""
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "b.txt").write_text("点赞:12\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("基层治理现代化，党建引领社区治理。" * 5, encoding="utf-8")
    report = report_of(tmp_path)
    assert [row.doc for row in report.tables["corpus"].rows] == ["a.txt", "b.txt", "c.txt"]
    assert report.similarity is not None
    assert len(report.problems) == 2


def test_lines_behind_a_cell_hold_terms_of_its_theme(seed_report: Report) -> None:
    """Every line shows a term of the theme as it stands in the text; only empty cells have none."""
    terms: dict[str, list[str]] = {}
    for entry in load_dictionary()[0].entries:
        terms.setdefault(entry.theme, []).append(entry.term)
    shown = 0
    for cells in seed_report.themes.cells:
        for cell in cells:
            assert len(cell.lines) <= cell.count
            assert bool(cell.lines) == bool(cell.count)
            for line in cell.lines:
                shown += 1
                assert "\n" not in line.left + line.right
                if not any("*" in term or "?" in term for term in terms[cell.theme]):
                    assert line.found in terms[cell.theme]
    assert shown > 200


def test_totals_of_themes_are_the_sums_of_their_cells(seed_report: Report) -> None:
    """The bars add up the very cells of the map."""
    for place, total in enumerate(seed_report.themes.totals):
        assert total.value == sum(cells[place].count for cells in seed_report.themes.cells)


def test_repairs_are_counted_as_the_log_lists_them(seed_report: Report) -> None:
    """The groups of a document add up to its changes; its examples lie in the text where they say."""
    entry = seed_report.entries[0]
    raw = (Path("seeds") / entry.doc).read_text(encoding="utf-8")
    for group in entry.repairs:
        assert 0 < len(group.examples) <= group.total
        for example in group.examples:
            if "…" not in example.before:
                assert raw[example.start : example.start + len(example.before)] == example.before
            assert raw[: example.start].endswith(example.left)
    assert entry.repairs[-1].kinds == ("script",)


@pytest.fixture(scope="module")
def near_pairs(tmp_path_factory: pytest.TempPathFactory) -> Analyses:
    """Return the analyses of pairs on both sides of the threshold, and of copies that form a cluster."""
    folder = tmp_path_factory.mktemp("near")
    subject, other_subject, genre = *sorted(subjects())[:2], sorted(genres())[0]
    base = generate(subject, genre, 1500, 1).text
    for name, share in (("b", 0.55), ("c", 0.45), ("d", 0.3)):
        other = generate(other_subject, genre, 1500, ord(name)).text
        cut = round(1000 * share)
        (folder / f"{name}.txt").write_text(base[:cut] + "\n" + other[: 1000 - cut], encoding="utf-8")
    (folder / "a.txt").write_text(base, encoding="utf-8")
    (folder / "a2.txt").write_text(base + "。", encoding="utf-8")
    with scan([folder]) as corpus:
        return analyse(corpus, settings())


def test_pairs_near_the_threshold_are_borderline_on_either_side(near_pairs: Analyses) -> None:
    """A pair below the threshold has no relation; both sides are listed, the far one is not."""
    report = build(near_pairs, FACTS)
    rows = report.tables["borderline"].rows
    found = {(row.doc_a, row.doc_b): row.relation for row in rows}
    assert found["a.txt", "b.txt"] == "overlap"
    assert found["a.txt", "c.txt"] == ""
    assert ("a.txt", "d.txt") not in found
    related = sum(share >= report.threshold for share in report.containments)
    assert related == report.tables["pairs"].total < len(report.containments)


def test_clusters_name_the_keeper_and_the_others(near_pairs: Analyses) -> None:
    """The copies stand in one cluster, and both tables agree on who is kept."""
    (cluster,) = build(near_pairs, FACTS).clusters
    assert cluster.keeper.role == "keep"
    assert [row.keep for row in cluster.dropped] == [cluster.keeper.doc]


def test_a_table_that_is_too_long_says_what_is_left_out(near_pairs: Analyses) -> None:
    """Rows beyond the limit are counted; without a limit every row and every passage is there."""
    short, full = build(near_pairs, FACTS, most_rows=3), build(near_pairs, FACTS, most_rows=None)
    for key, table in full.tables.items():
        assert table.left_out == 0
        assert len(short.tables[key].rows) == min(3, table.total)
        assert short.tables[key].total == table.total
    assert full.tables["passages"].total == sum(row.passages for row in full.tables["pairs"].rows)


def test_many_documents_are_chosen_by_their_most_similar_pairs() -> None:
    """All of a few are drawn; of many those of the first pairs, in the order of their ids."""
    docs = [f"{place:03}" for place in range(100)]
    rows = [SimilarityRow("050", "090", 0.9, ()), SimilarityRow("003", "050", 0.8, ())]
    assert chosen(docs, rows, 100) == docs
    assert chosen(docs, rows, 2) == ["050", "090"]
    assert CHARTED == 60


def test_the_tree_is_the_average_linkage_of_the_similarities(seed_report: Report) -> None:
    """Joints stand at 1 − the mean similarity of all pairs between both branches (naive reference)."""
    drawn = seed_report.similarity
    assert isinstance(drawn, SimilarityMap)
    clusters: list[tuple[int, ...]] = [(place,) for place in range(len(drawn.docs))]
    heights = []

    def mean(first: tuple[int, ...], second: tuple[int, ...]) -> float:
        return sum(1 - drawn.cells[i][j] for i in first for j in second) / (len(first) * len(second))

    while len(clusters) > 1:
        pairs = [(mean(a, b), a, b) for n, a in enumerate(clusters) for b in clusters[n + 1 :]]
        height, a, b = min(pairs)
        heights.append(height)
        clusters = [c for c in clusters if c not in (a, b)] + [(*a, *b)]
    assert [merge.height for merge in drawn.merges] == pytest.approx(heights)
    assert drawn.docs[:2] == ("000_7f5a83bdbddc04f7.txt", "004_c6d8ae7e647a061d.txt")


def test_the_tree_of_equal_documents_is_drawn(seed_analyses: Analyses) -> None:
    """Documents with distance nought are joined at height nought."""
    docs = seed_analyses.docs
    drawn = similarity_map(np.ones((len(docs), len(docs))), docs, docs)
    assert all(merge.height == 0 for merge in drawn.merges)
