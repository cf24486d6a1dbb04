"""What workers load for reading before there is work for them, so that all that are forked share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pdtool.documents.mapping  # noqa: F401 (workers need it, and nothing of it is called here)
from pdtool.documents.metadata import metadata_of
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.prefilter import prefilter
from pdtool.text.fold import fold

__all__ = ["SAMPLES", "warm_up", "warm_up_with"]

SAMPLES = ("首页 > 下载\n来源：上海 浏览：1次\n准 備。", "准備(bèi)", "准?！?")
"""A few characters that furniture, blanks, ghosts, slips and the scripts are looked for in."""


def warm_up() -> Iterator[None]:
    """Make the tables and patterns that reading takes, piece by piece.

    First come those that every document needs, then those that only some do: how many pieces there is time
    for changes nothing but the time.

    Yields:
        After each piece.
    """
    fold(normalise(SAMPLES[0], features=prefilter(SAMPLES[:1])[0]).text)
    yield
    for sample in SAMPLES:
        normalise(sample)
        yield


def warm_up_with(work: Callable[[str], object]) -> Iterator[None]:
    """Make what reading takes, and then what is done with what was read, piece by piece.

    Args:
        work: Does it with a text; what it returns is not looked at.

    Yields:
        After each piece.
    """
    yield from warm_up()
    for sample in SAMPLES:
        metadata_of(sample)
        work(sample)
        yield
