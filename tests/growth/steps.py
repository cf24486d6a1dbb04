"""Every step that reads texts, from the bytes of a file to a pane of the report."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, lru_cache, partial

from pdtool.citations.cite import citations_of, cite_rows
from pdtool.citations.reading import citing_document
from pdtool.concordance.contexts import Contexts
from pdtool.concordance.query import make_query
from pdtool.corpus.damage import decode_document
from pdtool.corpus.parsing.raised import raised
from pdtool.corpus.records import is_records, records_of
from pdtool.corpus.source import Source
from pdtool.documents.dates import dates_in
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe, raw_span
from pdtool.documents.fields.yaml_block import yaml_block
from pdtool.documents.mapping import body_of
from pdtool.documents.metadata import metadata_of
from pdtool.documents.quotations import foreign_words
from pdtool.documents.sections import sections
from pdtool.frequencies.new_words import ContextCounter, ProposalCounter, counted_strings
from pdtool.frequencies.words import PhraseKeys, WordCounter, WordSettings
from pdtool.inspection.export import clean_bytes
from pdtool.inspection.inspect import edit_rows, inspect_document
from pdtool.inspection.rows import EditRow
from pdtool.keywords.tasks import RankDocument, RankerSettings
from pdtool.network.finding import BinFinder
from pdtool.network.units import parse_unit
from pdtool.normalise.changes import apply_changes, changes_of
from pdtool.normalise.furniture.edge_lines import edge_lines_of
from pdtool.normalise.layout.markdown import markdown
from pdtool.normalise.losses import is_misread, loss_warnings
from pdtool.normalise.pipeline import SCRIPT_STEPS, STEPS, normalise
from pdtool.normalise.prefilter import prefilter
from pdtool.normalise.script.vocabulary import vocabulary
from pdtool.normalise.splices.detection import find_splices
from pdtool.output.delimited import csv_dialect, write_delimited
from pdtool.output.markdown import write_markdown
from pdtool.report.html.texts import pane_html
from pdtool.report.html.words import Language, words_of
from pdtool.report.panes import Side, panes
from pdtool.report.repairs import RepairExamples
from pdtool.report.theme_lines import ThemeLines
from pdtool.reuse.alignment import align
from pdtool.reuse.anchors import Index
from pdtool.reuse.collation import variants
from pdtool.reuse.differences import differences
from pdtool.reuse.differing_spans import differing_spans
from pdtool.reuse.editions import Opening, edition_of
from pdtool.reuse.fingerprint import fingerprint
from pdtool.reuse.name_swaps import name_swaps
from pdtool.rows import columns
from pdtool.segment.content_words import ContentWords
from pdtool.segment.segmenter import Segmenter
from pdtool.similarity.features import FeatureCounter, Features
from pdtool.terms.load import load_dictionary
from pdtool.terms.matcher import Nesting
from pdtool.terms.negation import Negations
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS
from pdtool.text.arrays import distinct
from pdtool.text.code_points import decode
from pdtool.text.paragraphs import script_of
from pdtool.text.sentences import paragraph_ends, sentence_ends
from pdtool.text.shingles import shingle_hashes
from pdtool.themes.counting import ThemeCounter
from pdtool.themes.suggestions import Suggester
from pdtool.topics.document_words import WordReader
from tests.growth.file_steps import FILE_STEPS

__all__ = ["STEPS_OF_ALL", "changed", "document_of"]


@lru_cache(maxsize=8)
def document_of(text: str) -> Document:
    """Return a text as a document; kept, so that what comes behind the normaliser is timed by itself."""
    clean = normalise(text)
    return Document("a", Source("a", "a", "a", "text"), clean.raw, clean.text, clean.layers)


def _bytes(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        decode_document(text.encode(encoding))


def _records(text: str) -> None:
    is_records(text)
    records_of(text)


def _losses(text: str) -> None:
    is_misread(text)
    loss_warnings(text)


def changed(text: str) -> str:
    """Return a text that differs from this one in a few places."""
    return f"{text[: len(text) // 3]}另有一句{text[len(text) // 3 :]}。"


@cache
def _ranker() -> RankDocument:
    return RankDocument(RankerSettings())


@cache
def _counter() -> ThemeCounter:
    return ThemeCounter.of(load_dictionary()[0], by_section=True)


def _keywords(text: str) -> None:
    _ranker()(document_of(text))


def _themes(text: str) -> None:
    document = document_of(text)
    _counter().count(body_of(document))


@cache
def _contexts() -> ContextCounter:
    strings = counted_strings(["治理 工作", "的 的 的", "一 一"])
    return ContextCounter("\n".join(strings), 3)


@cache
def _concordance() -> Contexts:
    terms = ("党", "治理*工作", "党建 AND (基层 OR 一) NOT 年", "1", "a")
    query = make_query(terms, [], [r"\p{Han}+?的", "(1,?)+"], Nesting.ALL, Within.PARAGRAPH, NO_SYNONYMS)
    return Contexts(query)


def _occurrences(text: str) -> None:
    _concordance()(document_of(text))


def _negations(text: str) -> None:
    negations = Negations(text)
    for place in range(len(text)):
        negations.hold(place, place + 1)


def _suggestions(text: str) -> None:
    Suggester(_counter()).of_text(body_of(document_of(text)))


def _frequencies(text: str) -> None:
    document = document_of(text)
    body = body_of(document)
    WordCounter(WordSettings()).count(body)
    PhraseKeys(WordSettings(lowest=1, highest=9))(document)
    ProposalCounter().proposals(body)
    _contexts().count(body)


def _citations(text: str) -> None:
    citing = citing_document(document_of(text))
    list(cite_rows(citations_of([citing])))


def _fields(text: str) -> None:
    """Tell what is known of a document, and write it above its text."""
    document = document_of(text)
    described = describe(document)
    for field in described.fields:
        raw_span(document, field)
    yaml_block(described)
    clean_bytes(document, described=True)


def _divisions(text: str) -> None:
    sections(text)
    sentence_ends(text)
    paragraph_ends(text)
    list(dates_in(text))
    script_of(text)


@cache
def _segmenter(name: str) -> Segmenter:
    return Segmenter(name)


def _segmented(name: str, text: str) -> None:
    _segmenter(name).cut(text)


def _compared(text: str) -> None:
    """Take what similarity, topics and networks compare."""
    body = body_of(document_of(text))
    for features in Features:
        FeatureCounter(features).count(body)
    WordReader(ContentWords()).words(body)
    for unit in ("sentence", "paragraph", "50"):
        BinFinder("党建\n基层\n一\n1", parse_unit(unit)).find(body)


def _examples(text: str) -> None:
    """Choose what the report shows of a document."""
    document = document_of(text)
    RepairExamples(6)(document)
    ThemeLines(_counter(), 6)(document)


def _fingerprints(text: str) -> None:
    fold = document_of(text).folded
    fingerprint(distinct(shingle_hashes(fold.codes)), 4)
    document_of(text).edge_lines()


def _tables(text: str) -> None:
    document = document_of(text)
    inspect_document(document)
    apply_changes(document.raw, changes_of(document.raw, document.edits))
    rows = edit_rows(document)
    write_delimited(rows, columns(EditRow), io.BytesIO(), csv_dialect(False))
    write_markdown(rows, columns(EditRow), io.BytesIO())


def _edition(text: str) -> None:
    edition_of(text, Opening(head=text, tail=text))


def _pair(text: str) -> None:
    """Align, compare and show a text beside one that differs in a few places."""
    a, b = document_of(text), document_of(changed(text))
    one, other = Index.of(a.folded.codes), Index.of(b.folded.codes)
    passages = align(one, other).passages
    spans = list(differing_spans(passages, len(one.codes), len(other.codes)))
    folds = decode(one.codes), decode(other.codes)
    differences(*folds, spans)
    name_swaps(*folds, passages, spans)
    sides = Side(a), Side(b)
    variants(a, b, passages)
    for pane, name in zip(panes(*sides, passages), "ab", strict=True):
        pane_html(pane, 1, name, words_of(Language.EN))


STEPS_OF_ALL: dict[str, Callable[[str], object]] = {
    "decoding": _bytes,
    "records": _records,
    **FILE_STEPS,
    "raised characters": raised,
    "prefilter": lambda text: prefilter([text]),
    **{step.kind: step.work for step in STEPS},
    "Markdown by name": lambda text: markdown(text, is_named=True),
    **{f"script: {target}": step.work for target, steps in SCRIPT_STEPS.items() for step in steps},
    "vocabulary": vocabulary,
    "losses": _losses,
    "normalise": normalise,
    "edge lines": edge_lines_of,
    "metadata": metadata_of,
    "splices": find_splices,
    "fields": _fields,
    "divisions": _divisions,
    "segmentation by rjieba": partial(_segmented, "rjieba"),
    "segmentation by jieba": partial(_segmented, "jieba"),
    "fingerprints": _fingerprints,
    "quotations": foreign_words,
    "edition": _edition,
    "keywords": _keywords,
    "themes": _themes,
    "concordance": _occurrences,
    "negations": _negations,
    "suggested terms": _suggestions,
    "frequencies": _frequencies,
    "citations": _citations,
    "tables": _tables,
    "similarity, topics, networks": _compared,
    "examples of the report": _examples,
    "alignment, differences, report": _pair,
}
"""Every step that reads texts."""
