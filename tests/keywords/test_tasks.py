"""What is done with documents, one by one or together."""

from __future__ import annotations

from pathlib import Path

from pdtool.documents.load import load_corpus
from pdtool.keywords.tasks import CountPhrases, RankDocument, RankerSettings, keyword_texts

SEEDS = Path(__file__).parents[2] / "seeds"


def test_documents_are_read_alike_together_and_one_by_one() -> None:
    """Titles are repaired and front matter is found for many documents at a time; nothing changes by it."""
    documents = list(load_corpus([SEEDS]))
    alone = [next(keyword_texts([document])) for document in documents]
    assert list(keyword_texts(documents)) == alone
    assert any(text.title for text in alone)


def test_work_is_the_same_together_and_one_by_one() -> None:
    """Ranking and counting give each document what they give it alone."""
    documents = list(load_corpus([SEEDS]))
    rank, count = RankDocument(RankerSettings()), CountPhrases("治理\n疫情防控\n没有这个词")
    assert list(rank.each(documents)) == [rank(document) for document in documents]
    for together, alone in zip(count.each(documents), map(count, documents), strict=True):
        assert together.which.tolist() == alone.which.tolist()
        assert together.counts.tolist() == alone.counts.tolist()
        assert together.size == alone.size > 0
