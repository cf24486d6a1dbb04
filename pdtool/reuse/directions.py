"""Who was there first: the direction of reuse, as far as the dates that documents state tell it.

A document may state several dates: when it was written, when it was published, when a site took it over. It
is later than another one for certain only if none of its dates comes before any of the other's. Where that
cannot be said, the direction is not known, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["Directions", "days_between", "is_earlier"]


@dataclass(frozen=True, slots=True)
class Directions:
    """Which of two documents is the earlier one.

    Args:
        stated: The dates that each document states, by its number.
    """

    stated: Mapping[int, Sequence[str]]

    def earlier(self, i: int, j: int) -> int | None:
        """Return the document that is earlier for certain; ``None`` where it cannot be told."""
        dates_i, dates_j = self.stated.get(i, ()), self.stated.get(j, ())
        if is_earlier(dates_i, dates_j):
            return i
        return j if is_earlier(dates_j, dates_i) else None


def is_earlier(dates: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether a document that states some dates is earlier for certain than one that states others.

    Args:
        dates: Dates as ``2021``, ``2021-03`` or ``2021-03-05``.
        others: Likewise.

    >>> is_earlier(["2019-03-05"], ["2019-03-05", "2021-01-01"])  # taken over with the date it had
    True
    >>> is_earlier(["2021"], ["2021-03-05"]), is_earlier(["2019-03", "2021-06"], ["2020"])
    (False, False)
    """
    if not dates or not others:
        return False
    first, last = _range(dates)
    first_other, last_other = _range(others)
    return last <= first_other and (first, last) != (first_other, last_other)


def _range(dates: Sequence[str]) -> tuple[str, str]:
    """Return the first and the last day that dates may mean."""
    return min(dates) + "-01-01"[len(min(dates)) - 4 :], max(_last_day(one) for one in dates)


def _last_day(day: str) -> str:
    return day + "-12-31"[len(day) - 4 :]


def days_between(one: str, other: str) -> int | None:
    """Return how many days lie between two dates; ``None`` unless both are exact to the day.

    >>> days_between("2021-03-05", "2020-03-05"), days_between("2021-03", "2020-03-05")
    (365, None)
    """
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return None
