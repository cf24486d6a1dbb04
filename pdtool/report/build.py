"""Analyses → the report: which tables, which pairs are opened, what the charts show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from pdtool.errors import Problem
from pdtool.frequencies.rows import FrequencyRow
from pdtool.inspection.rows import InspectRow
from pdtool.keywords.rows import KeynessRow, KeywordRow
from pdtool.network.rows import EdgeRow
from pdtool.output.shell_words import shell_word
from pdtool.report.analyses import CHARTED, NEAR, Analyses, corpus_top
from pdtool.report.corpus_topics import topics_view
from pdtool.report.coword import TERMS, coword_view
from pdtool.report.model import (
    Bar,
    Cluster,
    Facts,
    PairView,
    Report,
    SimilarityMap,
    Table,
    ThemeCell,
    ThemeMap,
    Words,
)
from pdtool.report.names import document_names
from pdtool.report.network import network
from pdtool.report.pairs import collate_pairs, cut_passages, open_pairs
from pdtool.report.settings import TOP
from pdtool.report.told import synonym_option, userdict_option, word_options
from pdtool.report.trees import chosen, similarity_map
from pdtool.reuse.dedupe import DedupeOptions
from pdtool.reuse.result_rows import rows_below
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow
from pdtool.similarity.rows import SimilarityRow
from pdtool.terms.load import BUILT_IN
from pdtool.themes.rows import ThemeRow
from pdtool.topics.rows import DocumentRow as TopicDocumentRow
from pdtool.topics.rows import GroupRow, SentenceRow, TermRow

__all__ = ["ROWS", "build"]

ROWS = 10_000
"""Rows of a table that a page holds."""
CARDS = 500
"""Documents whose keywords are set out."""
BORDERLINE = 40
"""Pairs near the threshold that a person should look at."""
_LARGEST_MATRIX = 5_000
_WITHOUT = {"frequencies": frozenset({"theme"})}
"""Columns that a command has only with some of its options."""


def build(
    analyses: Analyses, facts: Facts, problems: Sequence[Problem] = (), most_rows: int | None = ROWS
) -> Report:
    """Gather what a report shows.

    Args:
        analyses: What was found.
        facts: What was read and how.
        problems: What is to be said of the inputs.
        most_rows: Rows of a table that are kept; ``None`` keeps all, and the passages of every pair.

    Raises:
        InputError: If a document can no longer be read.
    """
    similar = list(analyses.similarities.rows(analyses.settings.similarity))
    pairs = open_pairs(analyses)
    below = rows_below(analyses.reuse.findings, analyses.settings.reuse.threshold)
    return Report(
        facts,
        docs=tuple(analyses.docs),
        characters=analyses.reuse.characters,
        problems=tuple(problems),
        threshold=analyses.settings.reuse.threshold,
        tables={
            table.key: table
            for table in (
                *_tables(analyses, similar, pairs, below, most_rows, facts.settings),
                *_topic_tables(analyses, most_rows, facts.settings),
            )
        },
        entries=tuple(analyses.entries),
        containments=tuple(map(_smaller(analyses), chain(analyses.reuse.pairs, below))),
        pairs=tuple(pairs),
        network=network(analyses.reuse.pairs, analyses.reuse.documents, pairs),
        clusters=_clusters(analyses.reuse.documents),
        similarity=_similarity(analyses, similar),
        words=tuple(map(_words, analyses.docs, analyses.keywords, analyses.against_rest))[:CARDS],
        themes=_themes(analyses),
        coword=coword_view(analyses.coword, analyses.term_lines),
        frequent=analyses.frequent,
        topics=None if analyses.topics is None else topics_view(analyses.topics, len(analyses.docs)),
        names=document_names(analyses.inspected),
    )


def _words(doc: str, keywords: Sequence[KeywordRow], against_rest: Sequence[KeynessRow]) -> Words:
    return Words(doc, tuple(keywords), tuple(row for row in against_rest if row.score > 0))


# Tables -----------------------------------------------------------------------------------------------


def _tables(
    analyses: Analyses,
    similar: Sequence[SimilarityRow],
    pairs: Sequence[PairView],
    below: Sequence[PairRow],
    most: int | None,
    told: Mapping[str, Any],
) -> Iterable[Table]:
    reuse, settings, rules = analyses.reuse, analyses.settings, _reuse_options(analyses)
    top = "" if settings.top == TOP else f" --top {settings.top}"
    corpus = f"pdtool keywords --level corpus --top {corpus_top(settings.top)}"
    words, alike = word_options(told), synonym_option(told)
    near = _borderline(analyses, below)
    in_order = sorted(pairs, key=lambda pair: pair.number)
    variants = [variant for pair in in_order for variant in pair.variants]
    if most is None:
        variants = collate_pairs(analyses)
    passages = cut_passages(analyses) if most is None else [row for pair in in_order for row in pair.passages]
    are_all = most is None or len(pairs) == len(reuse.pairs)
    found: Sequence[tuple[str, type, Sequence[Any], str]] = (
        ("corpus", InspectRow, analyses.inspected, "pdtool inspect"),
        ("pairs", PairRow, reuse.pairs, f"pdtool dedupe{rules}"),
        ("borderline", PairRow, near, ""),
        ("documents", DocumentRow, reuse.documents, f"pdtool dedupe --by document{rules}"),
        ("passages", PassageRow, passages, f"pdtool dedupe --by passage{rules}"),
        ("variants", VariantRow, variants, f"pdtool dedupe --by variant{rules}" if are_all else ""),
        ("similarity", SimilarityRow, similar, f"pdtool compare{userdict_option(told)}{alike}"),
        ("corpus_keywords", KeywordRow, analyses.corpus_keywords, f"{corpus}{words}"),
        (
            "keywords",
            KeywordRow,
            list(chain.from_iterable(analyses.keywords)),
            f"pdtool keywords{top}{words}",
        ),
        ("apart", KeynessRow, list(chain.from_iterable(analyses.against_rest)), ""),
        ("frequencies", FrequencyRow, analyses.frequencies, f"pdtool freq --trend{words}"),
        ("coword", EdgeRow, list(analyses.coword.edge_rows()), f"pdtool network --top {TERMS}{words}"),
        (
            "themes",
            ThemeRow,
            list(analyses.themes.by_theme()),
            f"pdtool themes{_dictionary(analyses)}{alike}",
        ),
    )
    totals = {"passages": sum(row.passages for row in reuse.pairs)}
    for key, row_type, rows, command in found:
        without = _WITHOUT.get(key, frozenset())
        yield Table(key, row_type, rows[:most], totals.get(key, len(rows)), command, without)


def _topic_tables(analyses: Analyses, most: int | None, told: Mapping[str, Any]) -> Iterable[Table]:
    found, settings = analyses.topics, analyses.settings.topics
    if found is None or settings is None:
        return
    command = f"pdtool topics --topics {settings.fitting.topics}"
    tables: Sequence[tuple[str, type, Sequence[Any], str, tuple[str, ...]]] = (
        ("topic_terms", TermRow, found.terms, "", ()),
        ("topic_years", GroupRow, found.years, " --group-by year", ("year",)),
        ("topic_documents", TopicDocumentRow, found.documents, " --by document", ()),
        ("topic_sentences", SentenceRow, found.sentences, " --by sentence", ()),
    )
    for key, row_type, rows, options, groups in tables:
        yield Table(
            key, row_type, rows[:most], len(rows), f"{command}{options}{word_options(told)}", groups=groups
        )


def _dictionary(analyses: Analyses) -> str:
    name = analyses.settings.dictionary.name
    return "" if name in BUILT_IN else f" --dictionary {shell_word(name)}"


def _reuse_options(analyses: Analyses) -> str:
    options, usual = analyses.settings.reuse, DedupeOptions()
    threshold = "" if options.threshold == usual.threshold else f" --threshold {options.threshold}"
    least = "" if options.min_passage == usual.min_passage else f" --min-passage {options.min_passage}"
    return threshold + least


def _smaller(analyses: Analyses) -> Callable[[PairRow], float]:
    """Return the function that says how much of the smaller document of a pair stands in the larger."""
    findings = analyses.reuse.findings
    numbers = findings.numbers

    def smaller(row: PairRow) -> float:
        verified = findings.between(numbers[row.doc_a], numbers[row.doc_b])
        assert verified is not None, "a pair of the tables was compared"
        return verified.measure.smaller

    return smaller


def _borderline(analyses: Analyses, below: Iterable[PairRow]) -> list[PairRow]:
    """Choose the pairs nearest to the threshold, on either side."""
    threshold, smaller = analyses.settings.reuse.threshold, _smaller(analyses)
    held = [(smaller(row), row) for row in chain(analyses.reuse.pairs, below)]
    near = [(share, row) for share, row in held if abs(share - threshold) <= NEAR]
    near.sort(key=lambda item: (abs(item[0] - threshold), item[1].doc_a, item[1].doc_b))
    chosen_pairs = sorted(near[:BORDERLINE], key=lambda item: (-item[0], item[1].doc_a, item[1].doc_b))
    return [row for _, row in chosen_pairs]


def _clusters(rows: Iterable[DocumentRow]) -> tuple[Cluster, ...]:
    keepers: dict[int, DocumentRow] = {}
    dropped: dict[int, list[DocumentRow]] = {}
    for row in rows:
        if row.cluster is None:
            continue
        if row.role == "keep":
            keepers[row.cluster] = row
        else:
            dropped.setdefault(row.cluster, []).append(row)
    return tuple(Cluster(number, keepers[number], tuple(dropped[number])) for number in sorted(keepers))


# Charts -----------------------------------------------------------------------------------------------


def _similarity(analyses: Analyses, rows: Sequence[SimilarityRow]) -> SimilarityMap | None:
    docs = chosen(analyses.docs, rows, CHARTED)
    if len(docs) < 2 or len(analyses.docs) > _LARGEST_MATRIX:
        return None
    return similarity_map(analyses.similarities.cells(), analyses.docs, docs)


def _themes(analyses: Analyses) -> ThemeMap:
    themes, charted = analyses.settings.dictionary.themes, frozenset(analyses.charted)
    totals = dict.fromkeys(themes, 0)
    cells: dict[str, list[ThemeCell]] = {}
    number = {theme: index for index, theme in enumerate(themes)}
    for row in analyses.themes.by_theme():
        totals[row.theme] += row.count
        if row.doc in charted:
            lines = analyses.lines.get(row.doc, {}).get(number[row.theme], ())
            cells.setdefault(row.doc, []).append(ThemeCell(row.theme, row.count, row.per_1000_chars, lines))
    return ThemeMap(
        themes,
        docs=tuple(cells),
        cells=tuple(map(tuple, cells.values())),
        totals=tuple(Bar(theme, count) for theme, count in totals.items()),
        total=len(analyses.docs),
    )
