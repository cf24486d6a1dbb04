"""The keywords of a whole corpus, from what its documents proposed and what was counted of it anyway."""

from __future__ import annotations

from collections.abc import Sequence

from pdtool.keywords.counting import Occurrences, Tally
from pdtool.keywords.proposals import Proposal, best_shares, corpus_rows, corpus_shares, first_of_each
from pdtool.keywords.rows import KeywordRow

__all__ = ["keywords_of_all"]


def keywords_of_all(
    proposals: Sequence[Proposal], phrases: Sequence[str], found: Sequence[Occurrences], top: int
) -> list[KeywordRow]:
    """Return the keywords of all documents together, as ``pdtool keywords --level corpus`` has them.

    Args:
        proposals: What every document proposed, at least :data:`~pdtool.keywords.proposals.OF_EACH` phrases
            where it has so many.
        phrases: All of them, each once.
        found: Which of ``phrases`` occur in each document, in the order of ``proposals``.
        top: How many rows.
    """
    best = first_of_each(proposals)
    ranked = best_shares(corpus_shares(best, top), top, nested=True)
    numbers = {phrase: number for number, phrase in enumerate(phrases)}
    counts = Tally.add_up(len(phrases), found).counts
    return corpus_rows(best, ranked, [int(counts[numbers[phrase]]) for phrase, _ in ranked])
