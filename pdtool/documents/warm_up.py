"""What workers load for reading before there is work for them, so that all that are forked share it."""

from __future__ import annotations

from collections.abc import Iterator

import pdtool.documents.mapping  # noqa: F401 (workers need it, and nothing of it is called here)
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.prefilter import prefilter
from pdtool.text.fold import fold

__all__ = ["SAMPLES", "warm_up"]

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
