"""What workers load before there is work for them, so that all that are forked from one process share it."""

from __future__ import annotations

from collections.abc import Iterator

# Reading needs the first, comparing the second; each takes with it what it needs itself.
import pdtool.reuse.document_table
import pdtool.reuse.verification  # noqa: F401
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.prefilter import prefilter
from pdtool.text.fold import fold

__all__ = ["warm_up"]

_SAMPLES = ("首页 > 下载\n来源：上海 浏览：1次\n准 備。", "准備(bèi)", "准?！?")
"""A few characters that furniture, blanks, ghosts, slips and the scripts are looked for in."""


def warm_up() -> Iterator[None]:
    """Make the tables and patterns that the work takes, piece by piece.

    First come those that every document needs, then those that only some do: how many pieces there is time
    for changes nothing but the time.

    Yields:
        After each piece.
    """
    fold(normalise(_SAMPLES[0], features=prefilter(_SAMPLES[:1])[0]).text)
    yield
    for sample in _SAMPLES:
        normalise(sample)
        yield
    from pdtool.reuse.likelihoods import margins
    from pdtool.reuse.names_in_text import names_in

    names_in(_SAMPLES[0])
    yield
    margins([_SAMPLES[:2]])
