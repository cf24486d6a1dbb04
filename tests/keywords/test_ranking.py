"""Ranked keywords: the papers' own on top, the same rows however the work is cut up, no surprises."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pdtool.documents.front_matter import body_text, declared_keywords, find_front_matter, title_of
from pdtool.errors import UsageError
from pdtool.keywords.counting import OccurrenceCounter
from pdtool.keywords.proposals import (
    OF_EACH,
    Proposal,
    Subject,
    best_shares,
    corpus_rows,
    corpus_shares,
    propose,
)
from pdtool.keywords.ranking import METHODS, KeywordRanker, KeywordText
from pdtool.keywords.rows import KeynessRow, KeywordRow
from pdtool.normalise.pipeline import normalise
from pdtool.rows import columns
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
DECLARED = ("党建引领", "基层治理", "疫情防控")

SHORT = KeywordText(
    "a",
    "红色物业把业委会和物业企业编在一起。红色物业提供信任,业主自治因此可行。小区治理离不开业主自治。",
    "红色物业:小区治理的组织再造",
    ("红色物业", "业主自治"),
)


def seed(number: str) -> KeywordText:
    """Return one of the sample documents as the rankers get it."""
    path = next(path for path in SEEDS if path.name.startswith(number))
    text = normalise(path.read_bytes().decode("utf-8")).text
    front = find_front_matter(text)
    return KeywordText(number, body_text(text, front), title_of(text, front), declared_keywords(text, front))


def ranker(method: str = "phrase", top: int | None = 10, nested: bool = True) -> KeywordRanker:
    """Return a ranker with the usual words."""
    return KeywordRanker(Segmenter(), stop_words(), method, top, nested)


def rows(
    texts: Iterable[KeywordText], method: str = "phrase", top: int | None = 10
) -> list[list[KeywordRow]]:
    """Return the rows of each document."""
    return list(ranker(method, top).rank(texts))


def corpus_ranking(
    texts: Sequence[KeywordText], top: int | None = 10, nested: bool = True
) -> list[KeywordRow]:
    """Return the rows of a whole corpus, put together as the command does."""
    proposals = list(propose(ranker(), texts, OF_EACH))
    ranked = best_shares(corpus_shares(proposals), top, nested)
    counter = OccurrenceCounter([phrase for phrase, _ in ranked])
    counts = sum((counter.count(text.body) for text in texts), np.zeros(len(ranked), dtype=np.int64))
    return corpus_rows(proposals, ranked, counts.tolist())


@pytest.mark.parametrize(("number", "within"), [("000", 3), ("004", 4)])
def test_the_papers_own_keywords_lead(number: str, within: int) -> None:
    """The three declared keywords of a paper and of its damaged copy lead, their own line not counted."""
    text = seed(number)
    assert text.declared == DECLARED
    assert "党建引领;基层治理;疫情防控" not in text.body
    best = rows([text])[0][:within]
    assert set(DECLARED) <= {row.keyword for row in best}
    assert all(row.declared for row in best if row.keyword in DECLARED)


@pytest.mark.parametrize("method", METHODS)
def test_counts_are_those_of_the_body(method: str) -> None:
    """Every count is what a search in the body finds, for every method."""
    texts = [seed("000"), seed("002"), SHORT]
    for text, ranked in zip(texts, rows(texts, method, top=200), strict=True):
        assert [row.count for row in ranked] == [text.body.count(row.keyword) for row in ranked]
        assert [row.in_title for row in ranked] == [row.keyword in text.title for row in ranked]


@pytest.mark.parametrize("method", METHODS)
def test_a_document_is_ranked_alike_alone_and_among_others(method: str) -> None:
    """Scores do not depend on what else is in the run, to the last bit."""
    texts = [SHORT, seed("000"), seed("001"), KeywordText("empty", ""), seed("003")]
    together = rows(texts, method)
    assert together == [rows([text], method)[0] for text in texts]


@pytest.mark.parametrize("method", METHODS)
def test_ranks_and_scores_fall(method: str) -> None:
    """Ranks run from 1, scores never rise, no keyword comes twice, and all are positive."""
    ranked = rows([seed("002")], method, top=50)[0]
    assert [row.rank for row in ranked] == list(range(1, 51))
    assert all(row.score > 0 for row in ranked)
    assert all(left.score >= right.score for left, right in pairwise(ranked))
    assert len({row.keyword for row in ranked}) == 50


def test_a_shorter_list_is_the_head_of_a_longer_one() -> None:
    """Asking for more keywords does not change those already shown."""
    text = seed("001")
    long = [row.keyword for row in rows([text], top=40)[0]]
    assert [row.keyword for row in rows([text], top=7)[0]] == long[:7]


@pytest.mark.parametrize("most", [0, 1, 7, 10_000])
def test_the_first_shares_are_those_of_all(most: int) -> None:
    """Asking for the first few spares sorting all, and changes nothing of them, equal shares included."""
    subject = Subject("", "", frozenset())
    proposals = [
        Proposal(subject, tuple((f"词{(place * step) % 31}", 10.0 - place) for place in range(8)), (), 0)
        for step in range(1, 40)
    ]
    shares = corpus_shares(proposals)
    assert len({share for _, share in shares}) < len(shares)
    assert corpus_shares(proposals, most) == shares[:most]


def test_phrases_are_counted_where_it_is_asked_for() -> None:
    """A corpus is ranked by scores alone: nothing is counted for it, and nothing else changes."""
    counted, plain = (next(propose(ranker(), [SHORT], OF_EACH, counted=flag)) for flag in (True, False))
    assert counted.counts == tuple(SHORT.body.count(phrase) for phrase in counted.phrases)
    assert plain == dataclasses.replace(counted, counts=(), size=0)


def test_all_candidates() -> None:
    """Without a limit every candidate is returned once."""
    ranked = rows([SHORT], top=None)[0]
    assert len(ranked) == len({row.keyword for row in ranked}) > 20


def test_without_nested_keywords() -> None:
    """No keyword is part of another."""
    keywords = [row.keyword for row in next(iter(ranker(nested=False).rank([seed("000")])))]
    assert len(keywords) == 10
    assert not any(one != other and one in other for one in keywords for other in keywords)


def test_phrases_outrank_their_pieces() -> None:
    """A small paper gives its phrases, with the flags of title and declaration."""
    ranked = {row.keyword: row for row in rows([SHORT], top=4)[0]}
    assert {"红色物业", "业主自治", "小区治理"} <= set(ranked)
    assert (ranked["红色物业"].in_title, ranked["红色物业"].declared) == (True, True)
    assert (ranked["小区治理"].in_title, ranked["小区治理"].declared) == (True, False)


def test_a_keyword_of_the_title_alone() -> None:
    """The title is evidence but no body: what stands there alone is shown with a count of 0."""
    row = next(row for row in rows([SHORT], top=None)[0] if row.keyword == "组织再造")
    assert (row.count, row.in_title) == (0, True)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "body", ["", "\n", "。，！", "的", "a", "12345", "\ud800", "Hello world, hello world.", "(" * 5000]
)
def test_texts_without_keywords_or_han(method: str, body: str) -> None:
    """Whatever a document holds, it gives rows or none, and no error."""
    for row in rows([KeywordText("x", body)], method)[0]:
        assert row.keyword in body


def test_latin_words_can_be_keywords() -> None:
    """A document in English has keywords too."""
    text = KeywordText("x", "Governance matters. Local governance is governance of neighbourhoods.")
    assert rows([text])[0][0].keyword.lower() == "governance"


@pytest.mark.parametrize("top", [0, -1])
def test_no_fewer_than_one_keyword_can_be_asked_for(top: int) -> None:
    """Zero keywords are a slip, not a wish."""
    with pytest.raises(UsageError, match="cannot show"):
        ranker(top=top)


def test_an_unknown_method_is_refused() -> None:
    """The message names it."""
    with pytest.raises(UsageError, match="yake"):
        ranker("yake")


def test_corpus_ranking_does_not_depend_on_the_order() -> None:
    """The same rows, to the last bit, whatever the order of the documents."""
    texts = [seed(number) for number in ("000", "001", "002", "003", "004")]
    ranked = corpus_ranking(texts, top=30)
    assert ranked == corpus_ranking(texts[::-1], top=30)
    assert ranked[0].keyword == "基层治理"
    assert [row.count for row in ranked] == [
        sum(text.body.count(row.keyword) for text in texts) for row in ranked
    ]
    assert {row.doc for row in ranked} == {""}


def test_corpus_without_documents_or_text() -> None:
    """Nothing gives no rows."""
    assert corpus_ranking([]) == []
    assert corpus_ranking([KeywordText("x", "")]) == []


def test_corpus_without_nested_keywords() -> None:
    """The switch holds for the whole corpus as well."""
    ranked = corpus_ranking([seed("000"), seed("003")], top=15, nested=False)
    keywords = [row.keyword for row in ranked]
    assert len(keywords) == 15
    assert not any(one != other and one in other for one in keywords for other in keywords)


PHRASE = (("2021",), "a", 1, "党建", 2.5, 3, True, False)


@pytest.mark.parametrize(
    "row",
    [KeywordRow(*PHRASE), KeynessRow(*PHRASE, 1, 0.1, 0.2, 0.3, 0.4, 1.5, None)],
    ids=["plain", "keyness"],
)
def test_rows_come_back_from_workers_as_they_were(row: KeywordRow) -> None:
    """Whatever is done to send them quickly."""
    sent = pickle.loads(pickle.dumps(row))  # noqa: S301 (made here)
    assert type(sent) is type(row)
    assert sent == row


def test_columns_are_those_of_the_contract() -> None:
    """The header is the documented one."""
    names = [column.name for column in columns(KeywordRow)]
    assert names == ["doc", "rank", "keyword", "score", "count", "in_title", "declared"]
    assert ["groups", *names] == [field.name for field in dataclasses.fields(KeywordRow)]
