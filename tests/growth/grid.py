"""How long each step takes when a text of the grid grows."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import process_time

from pdtool.errors import PdtoolError
from tests.growth.steps import STEPS_OF_ALL, changed, document_of
from tests.growth.texts import text_of

__all__ = [
    "LENGTH",
    "MOST_SECONDS",
    "Growth",
    "TooLongError",
    "bounded",
    "growths",
    "seconds_of",
]

LENGTH = 6_000
"""Characters of the texts that every step is tried on."""
LIMIT = 0.03
"""Seconds of the processor that a linear step takes for them at most, and a quadratic one for a twelfth of
them: what takes no longer is not looked at more closely."""
TIMES_MORE = 4
"""How many times the shorter text the longer one is."""
MOST_GROWTH = 8.0
"""The most that the time may grow while the text grows fourfold; a quadratic step takes 16 times."""
MOST_SECONDS = 3.0
"""Seconds that a step takes for these texts at most, which is a hundred times what clean text takes."""
ENDLESS = 20.0
"""Seconds of the processor after which a step is given up."""
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Growth:
    """How the time of a step grows with a text.

    Args:
        step: The step.
        atom: What the text repeats.
        context: Where it stands.
        seconds: What the longer text takes.
        ratio: How many times the time of a text of a quarter of its length that is.
    """

    step: str
    atom: str
    context: str
    seconds: float
    ratio: float

    @property
    def is_linear(self) -> bool:
        """Whether it is nearer to four times than to sixteen."""
        return self.ratio < MOST_GROWTH


class TooLongError(Exception):
    """A step does not come to its end."""


@contextmanager
def bounded(seconds: float = ENDLESS) -> Iterator[None]:
    """Give up after some seconds of the processor, where the system can tell.

    Raises:
        TooLongError: If it takes longer.
    """
    if os.name != "posix":
        yield
        return

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds_of(work: Callable[[str], object], *texts: str) -> float:
    """Return the processor time of a step: other programs do not add to it."""
    begun = process_time()
    for text in texts:
        with bounded(), suppress(PdtoolError):  # a text may be refused
            work(text)
    return process_time() - begun


def growths(atom: str, context: str, length: int = LENGTH) -> Iterator[Growth]:
    """Measure how the time of every step grows with a text; yield those steps that are not quick.

    A step that is quick is not measured again. A slow one is tried on both lengths in turn, and the least
    time of each counts: it is what nothing disturbed.
    """
    long, short = text_of(atom, context, length), text_of(atom, context, length // TIMES_MORE)
    for step, work in STEPS_OF_ALL.items():
        if step == "keywords":  # from here on it is documents that are read
            for text in (long, short):
                document_of(text), document_of(changed(text))
        try:
            found = _growth(work, long, short)
        except TooLongError:
            found = ENDLESS, float("inf")
        if found:
            yield Growth(step, atom, context, *found)


def _growth(work: Callable[[str], object], long: str, short: str) -> tuple[float, float] | None:
    """Return the seconds for the long text, and how many times that for the short one that is."""
    of_long, of_short = [seconds_of(work, long)], list[float]()
    if of_long[0] < LIMIT:
        return None
    for _ in range(_TRIES):
        # As many short texts as make up the long one: clocks are coarse.
        of_short.append(seconds_of(work, *[short] * TIMES_MORE) / TIMES_MORE)
        ratio = min(of_long) / max(min(of_short), LIMIT / 10)
        if ratio < MOST_GROWTH:
            break
        of_long.append(seconds_of(work, long))
    return min(of_long), ratio
