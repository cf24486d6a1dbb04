"""What sets each document of a corpus apart: its keyness against all the others together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdtool.keywords.counting import Occurrences, Tally
from pdtool.keywords.keyness import Reference, document_keyness
from pdtool.keywords.proposals import Proposal
from pdtool.keywords.rows import KeynessRow

__all__ = ["keyness_against_the_others"]


def keyness_against_the_others(
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
    places = {phrase: place for place, phrase in enumerate(phrases)}
    whole = Tally.add_up(len(phrases), found)
    for proposal, own in zip(proposals, found, strict=True):
        counts = whole.counts.copy()
        counts[own.which] -= own.counts
        others = Tally(counts, whole.size - own.size)
        if others.size:
            yield from document_keyness([proposal], Reference(places, others), top)
        else:
            yield []
