"""The concordance says what themes count, and its offsets cut what it shows."""

from __future__ import annotations

import pickle
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import astuple
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.concordance.contexts import Contexts, DocumentContexts, _around, _Places, one_line
from pdtool.concordance.query import Query, make_query
from pdtool.concordance.rows import OccurrenceRow
from pdtool.documents.document import Document
from pdtool.documents.load import load_corpus
from pdtool.errors import UsageError
from pdtool.frequencies.given_terms import TermCounter
from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.terms.matcher import Nesting
from pdtool.terms.rules import RuleError, Within
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms
from pdtool.text.fold import fold
from pdtool.text.sentences import sentence_ends
from pdtool.themes.counting import ThemeCounter
from tests.concordance.dirty import Dirty, random_terms, write_documents

SUBJECTS = ("rivers", "opendata", "party", "eldercare", "grain")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Document], dict[str, Dirty]]:
    """Twenty-five damaged documents, repaired, and the truth about each."""
    folder = tmp_path_factory.mktemp("dirty")
    truth = write_documents(folder, SUBJECTS)
    return list(load_corpus([folder])), truth


def _query(*terms: str, **named: str) -> Query:
    return make_query(terms, [], [], Nesting.THEME, Within(named.get("within", "sentence")), NO_SYNONYMS)


def _document(text: str, tmp_path: Path) -> Document:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    (document,) = load_corpus([tmp_path / "a.txt"])
    return document


def _rows(text: str, query: Query, tmp_path: Path, width: int = 30) -> tuple[OccurrenceRow, ...]:
    return Contexts(query, width)(_document(text, tmp_path)).rows


def _folded(text: str) -> str:
    return "".join(map(chr, fold(text).codes.tolist()))


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10_000), nesting=st.sampled_from(list(Nesting)), within=st.sampled_from(list(Within))
)
def test_counts_are_those_of_themes_and_freq(
    corpus: tuple[list[Document], dict[str, Dirty]], seed: int, nesting: Nesting, within: Within
) -> None:
    """Term by term, on random dictionaries with wildcards and rules, negated and not."""
    documents, truth = corpus
    rng = Random(seed)
    terms = random_terms(rng, [one.clean for one in truth.values()], 40)
    entries = [Entry(f"主题{rng.randrange(4)}", term, 1.0, "", "") for term in terms]
    dictionary = Dictionary.of("test", list(enumerate(entries, 1)))[0]
    synonyms = Synonyms((("治理", "管理"),))
    counter = ThemeCounter.of(dictionary, nesting, within=within, synonyms=synonyms)
    contexts = Contexts(make_query([], dictionary.entries, [], nesting, within, synonyms))
    term_counter = TermCounter.of(dictionary, nesting, within=within, synonyms=synonyms)
    for document in documents:
        counted: Counter[tuple[str, str, bool]] = Counter()
        (part,) = counter(document).parts
        for entry, count, negated in zip(part.entries, part.counts, part.negated, strict=True):
            name = dictionary.entries[entry]
            counted[name.theme, name.term, True] = int(negated)
            counted[name.theme, name.term, False] = int(count - negated)
        shown = Counter((row.theme, row.term, row.negated) for row in contexts(document).rows)
        assert shown == +counted
        in_freq = zip(term_counter(document).entries, term_counter(document).counts, strict=True)
        by_entry = {dictionary.entries[entry]: int(count) for entry, count in in_freq}
        by_name = Counter((row.theme, row.term) for row in contexts(document).rows)
        assert by_name == {(entry.theme, entry.term): count for entry, count in by_entry.items()}


def test_terms_of_a_list_are_those_of_freq(corpus: tuple[list[Document], dict[str, Dirty]]) -> None:
    """Terms of no theme: what ``freq --terms`` counts of a list, ``kwic --terms`` shows."""
    documents, truth = corpus
    terms = random_terms(Random(7), [one.clean for one in truth.values()], 60)
    entries = [Entry("", term, 1.0, "", "") for term in terms]
    dictionary = Dictionary.of("list", list(enumerate(entries, 1)))[0]
    counter = TermCounter.of(dictionary)
    contexts = Contexts(_query(*(entry.term for entry in dictionary.entries)))
    for document in documents:
        counted = counter(document)
        shown = Counter(row.term for row in contexts(document).rows)
        pairs = zip(counted.entries, counted.counts, strict=True)
        assert shown == {dictionary.entries[entry].term: int(count) for entry, count in pairs}


def test_a_thousand_cuts_of_the_raw_text(corpus: tuple[list[Document], dict[str, Dirty]]) -> None:
    """``raw[start:end]``, of which dirt is taken out by whoever put it there, says what ``match`` shows."""
    documents, truth = corpus
    rng = Random(1)
    terms = [
        term for term in random_terms(rng, [one.clean for one in truth.values()], 400) if " " not in term
    ]
    contexts = Contexts(_query(*terms))
    rows = [row for document in documents for row in contexts(document).rows]
    assert len(rows) > 3000
    raw = {document.id: document.raw for document in documents}
    broken = 0
    for row in rng.sample(rows, 1000):
        said = truth[row.doc].says(row.start, row.end)
        assert _folded(said) == _folded(row.match), (row, raw[row.doc][row.start : row.end])
        broken += raw[row.doc][row.start : row.end] != row.match
    assert broken > 150


def test_contexts_over_wraps_ghosts_and_pages(tmp_path: Path) -> None:
    """A line end inside a word, a ghost and a page marker are in the cut and not in what is shown."""
    text = (
        "推进数字政(zhèng)府建設(shè)，各地都要把數據(jù)用起來(lái)，讓群眾(zhòng)少跑路。\n" * 3
        + "這是第二段(duàn)，講的是統(tǒng)計(jì)與審計(jì)。\n"
    )
    row = _rows(text, _query("政府"), tmp_path)[0]
    assert (row.match, text[row.start : row.end]) == ("政府", "政(zhèng)府")
    assert (row.left, row.right[:4]) == ("推进数字", "建设，各")
    assert row.sentence.startswith("推进数字政府建设") and row.sentence.endswith("少跑路。")


def test_what_a_row_says(tmp_path: Path) -> None:
    """Section, sentence, negation and quotation; the context is cut to its width on one line."""
    text = (
        "前言说明情况。\n一、总体要求\n该县没有数据平台。会议要求“建好数据平台”。\n"
        "二、保障\n数据平台要有人管。\n"
    )
    rows = _rows(text, _query("数据平台"), tmp_path, 6)
    assert [(row.section, row.negated, row.quoted) for row in rows] == [
        ("一、总体要求", True, False), ("一、总体要求", False, True), ("二、保障", False, False),
    ]  # fmt: skip
    assert [row.sentence for row in rows] == [
        "该县没有数据平台。", "会议要求“建好数据平台”。", "数据平台要有人管。",
    ]  # fmt: skip
    assert [(row.left, row.right) for row in rows] == [
        ("求 该县没有", "。会议要求“"), ("议要求“建好", "”。 二、保"), ("二、保障 ", "要有人管。"),
    ]  # fmt: skip
    assert all(text[row.start : row.end] == "数据平台" for row in rows)


def test_terms_of_no_theme_count_by_themselves(tmp_path: Path) -> None:
    """One inside another is found too, and neither twice at one place."""
    rows = _rows("基层治理，人人人人人。", _query("基层治理", "治理", "人人"), tmp_path)
    assert [(row.term, row.start) for row in rows] == [
        ("基层治理", 0), ("治理", 2), ("人人", 5), ("人人", 7),
    ]  # fmt: skip


def test_rules_have_a_row_a_unit(tmp_path: Path) -> None:
    """A rule occurs once in each sentence, paragraph or section in which it holds."""
    text = "数字政府。数字经济，政府。\n数字游戏与政府。\n一、标题\n政务公开。数字。\n"
    rule = "数字 AND (政府 OR 政务) NOT 游戏"
    found = {within: _rows(text, _query(rule, within=within), tmp_path) for within in Within}
    assert [row.sentence for row in found[Within.SENTENCE]] == ["数字政府。", "数字经济，政府。"]
    assert [row.start for row in found[Within.PARAGRAPH]] == [0, 28]
    assert [row.match for row in found[Within.SECTION]] == ["政务"]


def test_expressions_are_found_beside_terms(tmp_path: Path) -> None:
    """In the order of the text; their name is what the user wrote."""
    query = make_query(["政府"], [], [r"数字\p{Han}{2}"], Nesting.THEME, Within.SENTENCE, NO_SYNONYMS)
    rows = _rows("推进数字政府与數字經濟。", query, tmp_path)
    assert [(row.term, row.match) for row in rows] == [
        (r"数字\p{Han}{2}", "数字政府"), ("政府", "政府"), (r"数字\p{Han}{2}", "数字经济"),
    ]  # fmt: skip


def test_a_note_mark_inside_a_term(tmp_path: Path) -> None:
    """What a body leaves out between two characters of a term is in the cut."""
    text = (
        "居民的共同[1]利益受到保护。\n参考文献\n"
        "[1] 某某：《某书》，某社，2001年。\n[2] 某某：《另一本书》，某社，2002年。\n"
    )
    rows = _rows(text, _query("共同利益"), tmp_path)
    assert [text[row.start : row.end] for row in rows] == ["共同[1]利益"]


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ([""], "holds nothing to search for"),
        (["*"], "holds nothing to search for"),
        (["数字 AND"], "cannot be read"),
        (["数字 NOT 数字"], "can never hold"),
    ],
)
def test_queries_that_say_nothing(terms: list[str], error: str) -> None:
    """They are refused before a document is read."""
    with pytest.raises((UsageError, RuleError), match=error):
        _query(*terms)


@given(st.text(alphabet="数字。a  \t\n\u3000\xa0\u2028\x1c\x85", max_size=20))
def test_contexts_are_one_line(text: str) -> None:
    """Every run of blanks, of whatever kind, is shown as one blank; text without any stays."""
    assert one_line(text) == re.sub(r"\s+", " ", text)


@given(st.text(alphabet="数字。！”a  \t\n\u3000", min_size=1, max_size=80), st.data())
def test_what_stands_around_a_stretch(text: str, data: st.DataObject) -> None:
    """Left, match and right in one line, and the sentence: as told of each stretch by itself."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    width = data.draw(st.integers(0, 9))
    left, right = (
        one_line(text[max(0, start - 2 * width) : start]).lstrip(),
        one_line(text[end : end + 2 * width]).rstrip(),
    )
    wanted = left[max(0, len(left) - width) :].lstrip(), one_line(text[start:end]), right[:width].rstrip()
    assert _around(text, start, end, width) == wanted
    borders = sentence_ends(text).tolist()
    first, last = bisect_right(borders, start), bisect_right(borders, end - 1)
    sentence = one_line(text[borders[first - 1] if first else 0 : borders[last]]).strip()
    assert _Places(text).sentences([start, 0], [end, 1])[0] == sentence


def test_no_blank_but_the_common_one_can_be_printed() -> None:
    """What is told from texts without blanks at a look holds for all characters of Unicode."""
    assert [chr(code) for code in range(0x110000) if chr(code).isspace() and chr(code).isprintable()] == [" "]


def test_rows_of_a_worker_are_those_it_made() -> None:
    """What was found in a document is the same behind the way from a worker, its group too."""
    row = OccurrenceRow(
        "a", "一、总则", 3, 5, "左", "数字", "右", "左数字右。", "数字", "", True, False, ("2020", "甲")
    )
    found = DocumentContexts(tuple(zip(*map(astuple, (row, row)), strict=True)), "2020-01-02")
    assert found.rows == (row, row)
    assert list(found.cells()) == [(*astuple(row)[:-1], "2020", "甲")] * 2
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (made here)
    assert not DocumentContexts().rows
    assert not list(DocumentContexts().cells())
