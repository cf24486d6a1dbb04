"""What each document proposes, and what the whole corpus makes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np

from pdtool.keywords.counting import OccurrenceCounter, Occurrences, Tally
from pdtool.keywords.kept_texts import KeptText, read_kept
from pdtool.keywords.ranking import KeywordRanker, KeywordText, declared_forms
from pdtool.keywords.rows import KeywordRow
from pdtool.keywords.selection import Scored, without_nested
from pdtool.text.fold import folded_length

__all__ = [
    "OF_EACH",
    "Proposal",
    "Subject",
    "best_shares",
    "corpus_rows",
    "corpus_shares",
    "counted_in_kept",
    "first_of_each",
    "propose",
    "subject_of",
]

OF_EACH = 50
"""Phrases of each document that are taken into a ranking of the whole corpus."""
_SHARE_UNITS = 10**12


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose keywords they are: a document's, or those of all documents.

    Args:
        doc: The document's id; empty for all.
        title: Its title, or all titles, one a line.
        declared: The keywords that it declares, or that any declares, in lower case.
    """

    doc: str
    title: str
    declared: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The best phrases of a document: small enough to be sent from a worker and kept.

    Args:
        subject: The document.
        ranked: Its best phrases with their scores, high to low.
        counts: The occurrences of each in the body; nothing if they were not counted.
        size: Folded characters of the body, 0 if likewise.
        kept: Where the body is kept, if it is.
    """

    subject: Subject
    ranked: tuple[Scored, ...]
    counts: tuple[int, ...]
    size: int
    kept: KeptText | None = None

    def __len__(self) -> int:
        return len(self.ranked)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases alone."""
        return tuple(phrase for phrase, _ in self.ranked)

    @property
    def tally(self) -> Tally:
        """The occurrences of the phrases, and the size of the body."""
        return Tally.of(self.counts, self.size)


def _forget(_body: str) -> None:
    """Keep nothing."""


def propose(
    ranker: KeywordRanker,
    texts: Iterable[KeywordText],
    of_each: int,
    keep: Callable[[str], KeptText | None] = _forget,
    counted: bool = True,
) -> Iterator[Proposal]:
    """Yield the best phrases of each document.

    Args:
        ranker: Ranks them.
        texts: The documents.
        of_each: How many phrases of each.
        keep: Keeps a body for a second look, and tells where.
        counted: Whether occurrences are counted and bodies measured.
    """
    for text, ranked in ranker.scored(texts, of_each):
        subject = Subject(text.doc, text.title, declared_forms(text.declared))
        counts, size = _measured(text.body, [phrase for phrase, _ in ranked]) if counted else ((), 0)
        yield Proposal(subject, tuple(ranked), counts, size, keep(text.body))


def _measured(body: str, phrases: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """Return the occurrences of phrases in a body, and its folded characters."""
    return tuple(OccurrenceCounter(phrases).count(body).tolist()), folded_length(body)


def counted_in_kept(proposals: Sequence[Proposal], phrases: Sequence[str]) -> list[Occurrences] | None:
    """Count phrases in the bodies that were kept; ``None`` if one of them was not, or is gone.

    Args:
        proposals: What was proposed.
        phrases: What is counted.
    """
    kept = [proposal.kept for proposal in proposals if proposal.kept is not None]
    if len(kept) < len(proposals):
        return None
    try:
        found = list(map(OccurrenceCounter(phrases).found, read_kept(kept)))
    except OSError:  # whoever tidies temporary files took them: the documents are read again
        return None
    return [Occurrences(*one, proposal.size) for one, proposal in zip(found, proposals, strict=True)]


def first_of_each(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return of what every document proposed, however much, what goes into a ranking of the whole corpus."""
    return [replace(one, ranked=one.ranked[:OF_EACH], counts=one.counts[:OF_EACH]) for one in proposals]


def subject_of(proposals: Collection[Proposal]) -> Subject:
    """Return all documents as one subject."""
    titles = "\n".join(proposal.subject.title for proposal in proposals)
    return Subject("", titles, frozenset().union(*(proposal.subject.declared for proposal in proposals)))


def corpus_shares(proposals: Iterable[Proposal], most: int | None = None) -> list[Scored]:
    """Add up, for each phrase, its share of the scores of every document's proposals, high to low.

    Shares make a long document weigh as much as a short one. They are added as whole numbers, so that the
    order of the documents cannot show.

    Args:
        proposals: What every document proposed.
        most: How many phrases are asked for; ``None``: all.
    """
    totals: dict[str, int] = {}
    for proposal in proposals:
        whole = sum(score for _, score in proposal.ranked)
        for phrase, score in proposal.ranked:
            totals[phrase] = totals.get(phrase, 0) + round(score / whole * _SHARE_UNITS)
    return [(phrase, totals[phrase] / _SHARE_UNITS) for phrase in _highest(totals, most)]


def _highest(totals: Mapping[str, int], most: int | None) -> list[str]:
    """Return the phrases of the highest totals, high to low, equal ones in the order of their characters."""
    phrases: Iterable[str] = totals
    if most is not None and 0 < most < len(totals):
        values = np.fromiter(totals.values(), dtype=np.int64, count=len(totals))
        border = np.partition(values, len(values) - most)[len(values) - most]
        phrases = compress(totals, (values >= border).tolist())
    # Twice: to sort by one thing at a time takes no pairs, and what is equal stays in the order it had.
    return sorted(sorted(phrases), key=totals.__getitem__, reverse=True)[:most]


def best_shares(shares: Sequence[Scored], top: int | None, nested: bool) -> list[Scored]:
    """Return the first ``top`` phrases of a corpus.

    Args:
        shares: What :func:`corpus_shares` gives: all phrases, or of nested ones at least the first ``top``.
        top: How many; ``None`` for all.
        nested: Whether a phrase and a part of it may both be among them.
    """
    wanted = len(shares) if top is None else top
    return list(shares[:wanted]) if nested else without_nested(shares, wanted)


def corpus_rows(
    proposals: Collection[Proposal], ranked: Sequence[Scored], counts: Sequence[int]
) -> list[KeywordRow]:
    """Return the keywords of a whole corpus.

    Args:
        proposals: What every document proposed.
        ranked: The chosen phrases with their shares.
        counts: The occurrences of each in all bodies.

    Returns:
        Rows with an empty ``doc``; ``score`` is the mean share of the phrase among the scores of what each
        document proposed.
    """
    subject = subject_of(proposals)
    return [
        KeywordRow(
            (),
            subject.doc,
            rank,
            phrase,
            share / len(proposals),
            count,
            phrase in subject.title,
            phrase.lower() in subject.declared,
        )
        for rank, ((phrase, share), count) in enumerate(zip(ranked, counts, strict=True), start=1)
    ]
