"""The tables of topics, against what their columns say."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from pdtool.errors import UsageError
from pdtool.segment.content_words import ContentWords
from pdtool.topics.analysis import Pruning, TopicAnalysis
from pdtool.topics.document_words import DocumentWords, WordReader
from pdtool.topics.models import Fitting, Method
from tests.topics.corpora import SUBJECTS, documents

TEXTS, WHAT = documents(24, seed=7)
DOCS = [f"{place:02}.txt" for place in range(24)]
HOW = Fitting(3, Method.NMF)


def analysis(texts: list[list[str]] = TEXTS, pruning: Pruning | None = None) -> TopicAnalysis:
    """Return the analysis of made documents."""
    bodies = ["".join(words) + "。" for words in texts]
    read = [DocumentWords.of(words, body) for words, body in zip(texts, bodies, strict=True)]
    return TopicAnalysis(DOCS[: len(texts)], read, pruning or Pruning(1, 1.0))


@pytest.mark.parametrize(("least", "most"), [(1, 1.0), (2, 1.0), (1, 0.5), (7, 0.8), (None, None)])
def test_rare_and_common_words_are_left_out(least: int | None, most: float | None) -> None:
    """What is left is what enough, and not too many, documents hold; from 20 on by default 2 and 0.7."""
    texts = [[*words, "到处", f"只此{place}"] for place, words in enumerate(TEXTS)]
    found = analysis(texts, Pruning(least, most)).words
    holders = Counter(word for words in texts for word in {*words})
    limits = (2, 0.7) if least is None else (least, most or 1.0)
    assert list(found) == sorted(
        word for word, count in holders.items() if limits[0] <= count <= limits[1] * len(texts)
    )


def test_a_small_corpus_keeps_all_words() -> None:
    """Below 20 documents, unless it is asked for."""
    assert len(analysis(TEXTS[:3], Pruning()).words) == len({word for words in TEXTS[:3] for word in words})


@pytest.mark.parametrize("values", [(0, None), (None, 0.0), (None, 1.1), (None, float("nan"))])
def test_impossible_limits_are_refused(values: tuple[int | None, float | None]) -> None:
    """A word stands in one document or more, and in all of them at most."""
    with pytest.raises(UsageError):
        Pruning(*values)


def test_the_words_of_topics_are_ranked() -> None:
    """By falling weight, from rank 1, as many as are wanted."""
    found = analysis()
    rows = list(found.term_rows(found.fit(HOW), 4))
    assert [(row.topic, row.rank) for row in rows] == [(t, r) for t in (1, 2, 3) for r in (1, 2, 3, 4)]
    for topic in (1, 2, 3):
        weights = [row.weight for row in rows if row.topic == topic]
        assert weights == sorted(weights, reverse=True)


def test_documents_are_listed_by_their_ids() -> None:
    """Every topic of each, whose shares sum to 1; none for one without words."""
    found = analysis([*TEXTS[:5], [], *TEXTS[5:10]])
    rows = list(found.document_rows(found.fit(HOW)))
    held = [doc for place, doc in enumerate(DOCS[:11]) if place != 5]
    assert [(row.doc, row.topic) for row in rows] == [(doc, topic) for doc in held for topic in (1, 2, 3)]
    for doc in held:
        assert sum(row.share for row in rows if row.doc == doc) == pytest.approx(1)


def test_groups_are_the_means_of_their_documents() -> None:
    """Documents without words take no part; groups are sorted."""
    found = analysis([*TEXTS[:5], [], *TEXTS[5:10]])
    model = found.fit(HOW)
    years = [("2022",) if place % 2 else ("2021",) for place in range(11)]
    rows = list(found.group_rows(model, years))
    shares = {row.doc: [] for row in found.document_rows(model)}  # type: dict[str, list[float]]
    for row in found.document_rows(model):
        shares[row.doc].append(row.share)
    for group in ("2021", "2022"):
        own = [
            shares[doc] for doc, (year,) in zip(DOCS, years, strict=False) if year == group and doc in shares
        ]
        expected = np.mean(own, axis=0).tolist()
        of_group = [row for row in rows if row.groups == (group,)]
        assert [row.share for row in of_group] == pytest.approx(expected)
        assert {row.documents for row in of_group} == {len(own)}
    assert [row.groups for row in rows] == sorted(row.groups for row in rows)


def test_sentences_stand_for_their_topic() -> None:
    """Each is made of words of the subject its topic is about; short ones and repeats are passed over."""
    sentences = ["、".join(own[:7]) for own in SUBJECTS]
    bodies = [f"{sentences[place % 3]}。{sentences[place % 3]}。党员书记。" for place in range(9)]
    reader = WordReader(ContentWords())
    read = [DocumentWords.of(reader.words(body), body) for body in bodies]
    found = TopicAnalysis(DOCS[:9], read, Pruning(1, 1.0))
    model = found.fit(HOW)
    rows = list(found.sentence_rows(model, reader, 1))
    assert [(row.topic, row.rank) for row in rows] == [(1, 1), (2, 1), (3, 1)]
    assert sorted(row.sentence.rstrip("。") for row in rows) == sorted(sentences)
    for row in rows:
        assert row.share > 0.8
        first = {model.words[word] for word in model.top(row.topic - 1, 5)}
        assert {*reader.words(row.sentence)} >= first & {*reader.words(row.sentence)} != set()
    several = list(found.sentence_rows(model, reader, 5))
    assert len({(row.topic, row.sentence) for row in several}) == len(several)
    assert "党员书记。" not in {row.sentence for row in several}


def test_the_right_number_of_topics_is_stable() -> None:
    """Of three subjects three topics are found again in every sample; and the row is the same twice."""
    found = analysis()
    steps: list[int] = []
    rows = [found.model_row(Fitting(topics, Method.NMF), 3, steps.append) for topics in (2, 3, 6)]
    assert rows[1].stability > max(rows[0].stability, rows[2].stability)
    assert len(steps) == 3 * 4
    assert found.model_row(Fitting(3, Method.NMF), 3, steps.append) == rows[1]


def test_samples_must_hold_enough_documents() -> None:
    """Five topics can be found in five documents, but not in four fifths of them."""
    found = analysis(TEXTS[:5])
    found.check(5, in_samples=False)
    with pytest.raises(UsageError, match="here 4"):
        found.check(5, in_samples=True)
