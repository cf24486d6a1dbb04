"""Keyness of each document of a corpus against the rest: all the other documents together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdtool.keywords.counting import Occurrences, Tally
from pdtool.keywords.keyness import Reference, document_keyness
from pdtool.keywords.proposals import Proposal
from pdtool.keywords.rows import KeynessRow

__all__ = ["keyness_against_rest"]


def keyness_against_rest(
    proposals: Sequence[Proposal], phrases: Sequence[str], found: Sequence[Occurrences], top: int = 10
) -> Iterator[list[KeynessRow]]:
    """Yield, for each document, the phrases that mark it off from all the other documents together.

    Args:
        proposals: The phrases of each document that are tested.
        phrases: All of them, each once.
        found: Which of ``phrases`` occur in each document, in the order of ``proposals``.
        top: How many rows of each document.

    Yields:
        Rows as :func:`~pdtool.keywords.keyness.document_keyness` gives them; none where the other documents
        have no text.
    """
    numbers = {phrase: number for number, phrase in enumerate(phrases)}
    whole = Tally.add_up(len(phrases), found)
    for proposal, own in zip(proposals, found, strict=True):
        counts = whole.counts.copy()
        counts[own.which] -= own.counts
        rest = Tally(counts, whole.size - own.size)
        if rest.size:
            yield from document_keyness([proposal], Reference(numbers, rest), top)
        else:
            yield []
