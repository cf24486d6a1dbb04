"""Keyness: what a document, or a corpus, says more often than a reference corpus does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pdtool.errors import InputError
from pdtool.keywords.counting import Tally
from pdtool.keywords.proposals import Proposal, Subject, corpus_shares, subject_of
from pdtool.keywords.rows import KeynessRow
from pdtool.keywords.selection import without_nested
from pdtool.keywords.statistics import diff_percent, log_ratio, signed_g2
from pdtool.language import _
from pdtool.significance import adjusted, p_values

__all__ = ["TESTED", "Reference", "corpus_keyness", "corpus_phrases", "document_keyness"]

TESTED = 100
"""Phrases of each document that are tested: its best by the phrase ranker, which finds where phrases end."""
_TESTED_IN_CORPUS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a reference corpus says of all phrases that will be asked for.

    Args:
        numbers: The number of each phrase.
        tally: Their occurrences, and the size of the corpus.
    """

    numbers: dict[str, int]
    tally: Tally

    @classmethod
    def of(cls, phrases: Iterable[str], tally: Tally) -> Reference:
        """Take a tally of these phrases in a reference corpus.

        Raises:
            InputError: If the corpus has not one letter.
        """
        if not tally.size:
            raise InputError(
                _("the reference corpus has no text"), _("name a folder of texts to compare with")
            )
        return cls({phrase: number for number, phrase in enumerate(phrases)}, tally)

    def select(self, phrases: Sequence[str]) -> Tally:
        """Return the tally of these phrases, in their order."""
        which = np.array([self.numbers[phrase] for phrase in phrases], dtype=np.int64)
        return Tally(self.tally.counts[which], self.tally.size)


def _rows(subject: Subject, phrases: Sequence[str], here: Tally, there: Tally) -> list[KeynessRow]:
    """Return a row for each phrase, the keyest first; of equal ones, the first of ``phrases``.

    None where there is no text: a record may have a title and nothing else, and then has no rates.
    """
    if not (phrases and here.size):
        return []
    a, b = here.counts.astype(np.float64), there.counts.astype(np.float64)
    g2 = signed_g2(a, b, here.size, there.size)
    p = p_values(g2)
    q, ratio = adjusted(p), log_ratio(a, b, here.size, there.size)
    order = sorted(range(len(phrases)), key=lambda index: -float(g2[index]))
    return [
        KeynessRow(
            groups=(),
            doc=subject.doc,
            rank=rank,
            keyword=phrases[index],
            score=float(g2[index]),
            count=int(here.counts[index]),
            in_title=phrases[index] in subject.title,
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
    proposals: Iterable[Proposal], reference: Reference, top: int | None = 10, nested: bool = True
) -> Iterator[list[KeynessRow]]:
    """Yield, for each document, the phrases that mark it off from a reference corpus.

    Args:
        proposals: The phrases of each document that are tested.
        reference: Knows all of them.
        top: How many rows of each document; ``None`` for all that were tested.
        nested: Whether a phrase and a part of it may both be returned.

    Yields:
        Rows by falling signed G². ``q`` corrects for all phrases tested in the document, shown or not.
    """
    for proposal in proposals:
        phrases = proposal.phrases
        rows = _rows(proposal.subject, phrases, proposal.tally, reference.select(phrases))
        yield _shown(rows, top, nested)


def corpus_phrases(proposals: Iterable[Proposal]) -> list[str]:
    """Return the phrases of a whole corpus that are tested: its 1,000 best."""
    return [phrase for phrase, _ in corpus_shares(proposals, _TESTED_IN_CORPUS)]


def corpus_keyness(
    proposals: Collection[Proposal],
    phrases: Sequence[str],
    here: Tally,
    reference: Reference,
    top: int | None = 10,
    nested: bool = True,
) -> list[KeynessRow]:
    """Return the phrases that mark a whole corpus off from a reference corpus.

    Args:
        proposals: What every document proposed.
        phrases: What is tested, as :func:`corpus_phrases` gives it.
        here: Their occurrences in the corpus.
        reference: Knows all of them.
        top: How many rows; ``None`` for all that were tested.
        nested: Whether a phrase and a part of it may both be returned.
    """
    there = reference.select(phrases)
    rows = _rows(subject_of(proposals), phrases, here, there)
    return _shown(rows, top, nested)
