"""What workers load before there is work for them, so that all that are forked from one process share it."""

from __future__ import annotations

from collections.abc import Iterator

# Reading needs the first, comparing the second; each takes with it what it needs itself.
import pdtool.reuse.document_table
import pdtool.reuse.verification  # noqa: F401
from pdtool.documents.warm_up import SAMPLES
from pdtool.documents.warm_up import warm_up as warm_up_reading

__all__ = ["warm_up"]


def warm_up() -> Iterator[None]:
    """Make the tables and patterns that the work takes, piece by piece, after those of reading.

    Yields:
        After each piece.
    """
    yield from warm_up_reading()
    from pdtool.reuse.likelihoods import margins
    from pdtool.reuse.names_in_text import names_in

    names_in(SAMPLES[0])
    yield
    margins([SAMPLES[:2]])
