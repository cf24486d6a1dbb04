"""Documents in, ranked keywords out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pdtool.errors import UsageError
from pdtool.keywords.counting import OccurrenceCounter
from pdtool.keywords.lexicon import Lexicon
from pdtool.keywords.phrase import phrase_scores
from pdtool.keywords.rows import KeywordRow
from pdtool.keywords.selection import Scored, best, diversify, without_nested
from pdtool.keywords.spans import Batch, Candidates, FloatArray, find_candidates
from pdtool.keywords.word_methods import textrank_scores, tfidf_scores
from pdtool.language import _, listed
from pdtool.segment.segmenter import Segmenter, WordPlaces

__all__ = ["METHODS", "KeywordRanker", "KeywordText", "Method", "declared_forms"]

Method = Literal["phrase", "tfidf", "textrank"]
METHODS: tuple[Method, ...] = ("phrase", "tfidf", "textrank")
"""The rankers that need one document alone; keyness compares with a reference corpus."""

_Scorer = Callable[[Batch, Candidates, WordPlaces, Lexicon], FloatArray]
_SCORERS: dict[str, _Scorer] = {
    "phrase": lambda _batch, candidates, _words, _lexicon: phrase_scores(candidates),
    "tfidf": lambda _batch, candidates, _words, _lexicon: tfidf_scores(candidates),
    "textrank": textrank_scores,
}

_SPARE = 60
"""Candidates looked at beyond those wanted, to choose from when parts of phrases are lowered or left out."""
_BATCH = 200_000
"""Characters worked on together: enough for the arrays to pay off, few enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class KeywordText:
    """What a document gives to the rankers.

    Args:
        doc: Its id.
        body: The clean text without front matter but with the abstract.
        title: Its title; empty if it has none.
        topic: What of the title says what the document is about; by default all of it.
        declared: The keywords the paper itself declares, in its order.
    """

    doc: str
    body: str
    title: str = ""
    declared: tuple[str, ...] = ()
    topic: str | None = None

    @property
    def heading(self) -> str:
        """What is looked at for keywords beside the body."""
        return self.title if self.topic is None else self.topic

    @property
    def is_official(self) -> bool:
        """Whether the title is that of an official document, which names its topic."""
        return self.topic is not None and self.topic != self.title


def _check(method: str, top: int | None) -> None:
    if method not in _SCORERS:
        raise UsageError(
            _("no keyword method is called {method!r}", method=method),
            _("choose one of {names}", names=listed(METHODS)),
        )
    if top is not None and top < 1:
        raise UsageError(_("cannot show {top} keywords", top=top), _("ask for at least 1"))


class KeywordRanker:
    """Ranks the keywords of one document after another.

    Args:
        segmenter: Cuts the words.
        stop_words: Words that no keyword contains, in lower case.
        method: ``"phrase"`` (one to four words, the default), ``"tfidf"`` or ``"textrank"`` (single words).
        top: How many to return of each document; ``None`` for every candidate.
        nested: Whether a phrase and a part of it may both be returned.

    Raises:
        UsageError: If there is no such method, or ``top`` is less than 1.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        stop_words: frozenset[str],
        method: str = "phrase",
        top: int | None = 10,
        nested: bool = True,
    ) -> None:
        _check(method, top)
        self._segmenter = segmenter
        self._lexicon = Lexicon(stop_words, segmenter.terms)
        self._method = method
        self._top = top
        self._nested = nested

    def rank(self, texts: Iterable[KeywordText]) -> Iterator[list[KeywordRow]]:
        """Yield the keywords of each document as rows, rank 1 first, in the order of the documents."""
        for text, ranked in self.scored(texts, self._top):
            counts = OccurrenceCounter([phrase for phrase, _ in ranked]).count(text.body).tolist()
            declared = declared_forms(text.declared)
            yield [
                KeywordRow(
                    (),
                    text.doc,
                    rank,
                    phrase,
                    score,
                    count,
                    phrase in text.title,
                    phrase.lower() in declared,
                )
                for rank, ((phrase, score), count) in enumerate(zip(ranked, counts, strict=True), start=1)
            ]

    def scored(
        self, texts: Iterable[KeywordText], top: int | None
    ) -> Iterator[tuple[KeywordText, list[Scored]]]:
        """Yield each document with its ``top`` keywords and their scores, high to low."""
        for together in _batches(texts):
            self._lexicon.forget()
            parts = [(text.heading, text.body) for text in together]
            batch = Batch.of(parts, [text.is_official for text in together])
            words = self._segmenter.places(batch.text)
            candidates = find_candidates(batch, words, self._lexicon)
            scores = _SCORERS[self._method](batch, candidates, words, self._lexicon)
            bounds = np.searchsorted(candidates.documents, np.arange(len(together) + 1)).tolist()
            for text, start, end in zip(together, bounds, bounds[1:], strict=False):
                own = slice(start, end)
                yield (
                    text,
                    self._select(batch.text, candidates, scores, own, top),
                )

    def _select(
        self, text: str, candidates: Candidates, scores: FloatArray, own: slice, top: int | None
    ) -> list[Scored]:
        """Choose among the candidates of one document."""
        starts, ends, keys = candidates.starts[own], candidates.ends[own], candidates.keys[own]
        scores = scores[own]
        wanted = len(scores) if top is None else top
        spare = (wanted if self._nested else 10 * wanted) + _SPARE
        chosen = best(scores, starts, keys, min(spare, int(np.count_nonzero(scores))))
        spans = zip(starts[chosen].tolist(), ends[chosen].tolist(), scores[chosen].tolist(), strict=True)
        ranked = [(text[start:end], score) for start, end, score in spans]
        if not self._nested:
            return without_nested(ranked, wanted)
        return diversify(ranked, wanted) if self._method == "phrase" else ranked[:wanted]


def _batches(texts: Iterable[KeywordText]) -> Iterator[list[KeywordText]]:
    """Group documents until they are worth an array operation; a large one goes alone."""
    batch: list[KeywordText] = []
    room = _BATCH
    for text in texts:
        length = len(text.heading) + len(text.body) + 2
        if batch and length > room:
            yield batch
            batch, room = [], _BATCH
        batch.append(text)
        room -= length
    if batch:
        yield batch


def declared_forms(keywords: Iterable[str]) -> frozenset[str]:
    """Return declared keywords in the form they are compared in."""
    return frozenset(keyword.lower() for keyword in keywords)
