"""Keyness: what a document, or a corpus, says more often than a reference corpus does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pdtool.errors import InputError
from pdtool.keywords.counting import OccurrenceCounter
from pdtool.keywords.ranking import KeywordRanker, KeywordText, corpus_shares, declared_forms
from pdtool.keywords.rows import KeynessRow
from pdtool.keywords.selection import without_nested
from pdtool.keywords.spans import IntArray
from pdtool.keywords.statistics import adjusted, diff_percent, log_ratio, p_values, signed_g2
from pdtool.normalise.fold import fold

__all__ = ["Reference", "corpus_keyness", "document_keyness"]

_TESTED = 100
"""Phrases of each document that are tested: its best by the phrase ranker, which finds where phrases end."""
_TESTED_IN_CORPUS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class _Tally:
    """Occurrences of the tested phrases in a body of text, and its size in folded characters."""

    counts: IntArray
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a reference corpus says, counted once for all phrases that will be asked for.

    Args:
        places: The number of each phrase.
        tally: Their occurrences, and the size of the corpus.
    """

    places: dict[str, int]
    tally: _Tally

    @classmethod
    def of(cls, bodies: Iterable[str], phrases: Collection[str]) -> Reference:
        """Count ``phrases`` in the bodies of a reference corpus.

        Raises:
            InputError: If the corpus has not one letter.
        """
        tally = _tally(bodies, tuple(phrases))
        if not tally.size:
            raise InputError("the reference corpus has no text", "name a folder of texts to compare with")
        return cls({phrase: place for place, phrase in enumerate(phrases)}, tally)

    def select(self, phrases: Sequence[str]) -> _Tally:
        """Return the tally of these phrases, in their order."""
        places = np.array([self.places[phrase] for phrase in phrases], dtype=np.int64)
        return _Tally(self.tally.counts[places], self.tally.size)


def _tally(bodies: Iterable[str], phrases: Sequence[str]) -> _Tally:
    counter = OccurrenceCounter(phrases)
    counts, size = np.zeros(len(phrases), dtype=np.int64), 0
    for body in bodies:
        counts += counter.count(body)
        size += len(fold(body))
    return _Tally(counts, size)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose keyness it is: a document, or all of them."""

    doc: str
    titles: str
    declared: frozenset[str]


def _rows(subject: _Subject, phrases: Sequence[str], here: _Tally, there: _Tally) -> list[KeynessRow]:
    """Return a row for each phrase, the keyest first; of equal ones, the first of ``phrases``."""
    a, b = here.counts.astype(np.float64), there.counts.astype(np.float64)
    g2 = signed_g2(a, b, here.size, there.size)
    p = p_values(g2)
    q, ratio = adjusted(p), log_ratio(a, b, here.size, there.size)
    order = sorted(range(len(phrases)), key=lambda index: -float(g2[index]))
    return [
        KeynessRow(
            doc=subject.doc,
            rank=rank,
            keyword=phrases[index],
            score=float(g2[index]),
            count=int(here.counts[index]),
            in_title=phrases[index] in subject.titles,
            declared=phrases[index].lower() in subject.declared,
            count_reference=int(there.counts[index]),
            per_1000_chars=float(a[index]) * 1000 / here.size,
            per_1000_chars_reference=float(b[index]) * 1000 / there.size,
            p=float(p[index]),
            q=float(q[index]),
            log_ratio=float(ratio[index]),
            diff_percent=diff_percent(int(a[index]), int(b[index]), here.size, there.size),
        )
        for rank, index in enumerate(order, start=1)
    ]


def _shown(rows: list[KeynessRow], top: int | None, nested: bool) -> list[KeynessRow]:
    wanted = len(rows) if top is None else top
    if nested:
        return rows[:wanted]
    kept = {phrase for phrase, _ in without_nested(((row.keyword, row.score) for row in rows), wanted)}
    left = (row for row in rows if row.keyword in kept)
    return [replace(row, rank=rank) for rank, row in enumerate(left, start=1)]


def document_keyness(
    ranker: KeywordRanker,
    texts: Collection[KeywordText],
    reference: Iterable[str],
    top: int | None = 10,
    nested: bool = True,
) -> Iterator[list[KeynessRow]]:
    """Yield, for each document, the phrases that mark it off from a reference corpus.

    Args:
        ranker: A phrase ranker; it proposes the phrases of each document that are tested, its 100 best.
        texts: The documents, read twice.
        reference: The bodies of the reference corpus, read once.
        top: How many rows of each document; ``None`` for all that were tested.
        nested: Whether a phrase and a part of it may both be returned.

    Yields:
        Rows by falling signed G². ``q`` corrects for all phrases tested in the document, shown or not.

    Raises:
        InputError: If the reference corpus has no text.
    """
    proposed = {phrase for _, ranked in ranker.scored(texts, _TESTED) for phrase, _ in ranked}
    known = Reference.of(reference, sorted(proposed))
    for text, ranked in ranker.scored(texts, _TESTED):
        phrases = [phrase for phrase, _ in ranked]
        subject = _Subject(text.doc, text.title, declared_forms(text.declared))
        rows = _rows(subject, phrases, _tally([text.body], phrases), known.select(phrases)) if phrases else []
        yield _shown(rows, top, nested)


def corpus_keyness(
    ranker: KeywordRanker,
    texts: Collection[KeywordText],
    reference: Iterable[str],
    top: int | None = 10,
    nested: bool = True,
) -> list[KeynessRow]:
    """Return the phrases that mark a whole corpus off from a reference corpus.

    Args and errors are those of :func:`document_keyness`; the corpus's 1,000 best phrases are tested, and
    ``doc`` is empty.
    """
    phrases = [phrase for phrase, _ in corpus_shares(ranker, texts, _TESTED)[:_TESTED_IN_CORPUS]]
    known = Reference.of(reference, phrases)
    here = _tally((text.body for text in texts), phrases)
    titles = "\n".join(text.title for text in texts)
    declared = declared_forms(keyword for text in texts for keyword in text.declared)
    rows = _rows(_Subject("", titles, declared), phrases, here, known.tally) if phrases else []
    return _shown(rows, top, nested)
