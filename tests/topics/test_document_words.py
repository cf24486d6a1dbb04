"""Words of documents as numbers, against counting them one by one."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.segment.content_words import ContentWords
from pdtool.topics.document_words import CorpusWords, DocumentWords

TEXTS = st.lists(st.lists(st.sampled_from(["治理", "党建", "社区", "ai", "数据"]), max_size=12), max_size=6)


@settings(deadline=None)
@given(TEXTS)
def test_words_keep_their_order_and_their_counts(texts: list[list[str]]) -> None:
    """Every document is what it was, its counts are those of its words, and words are sorted."""
    corpus = CorpusWords.of([DocumentWords.of(text) for text in texts])
    assert list(corpus.words) == sorted({word for text in texts for word in text})
    start = 0
    for text, end in zip(texts, corpus.ends.tolist(), strict=True):
        assert [corpus.words[number] for number in corpus.sequence[start:end].tolist()] == text
        start = end
    for row, text in zip(corpus.counts.toarray().tolist(), texts, strict=True):
        assert {word: count for word, count in zip(corpus.words, row, strict=True) if count} == Counter(text)


@settings(deadline=None)
@given(TEXTS)
def test_numbers_do_not_depend_on_the_order_of_documents(texts: list[list[str]]) -> None:
    """The matrix of documents named backwards is the same matrix upside down."""
    one = CorpusWords.of([DocumentWords.of(text) for text in texts])
    other = CorpusWords.of([DocumentWords.of(text) for text in texts[::-1]])
    assert one.words == other.words
    assert one.counts.toarray().tolist() == other.counts.toarray().tolist()[::-1]


def test_words_are_content_words() -> None:
    """Stop words, single characters and numbers are none; a user's term stays whole."""
    from pdtool.segment.userdict import UserTerm

    plain = ContentWords.of([], ["推进"])
    own = ContentWords.of([UserTerm("红色物业")], ["推进"])
    text = "推进红色物业建设，2021年AI占50%。"
    assert plain.find(text) == ["红色", "物业", "建设", "ai"]
    assert own.find(text) == ["红色物业", "建设", "ai"]
