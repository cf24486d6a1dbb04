"""User dictionaries in jieba's format: one term per line, optionally with its frequency and its tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pdtool.errors import InputError
from pdtool.language import _
from pdtool.late_patterns import late_pattern
from pdtool.text.han import is_segmented

__all__ = ["UserTerm", "parse_user_dictionary", "split_terms"]

_line = late_pattern(
    r"(?P<term>\S.*?)"
    r"(?:\s++(?P<frequency>\d++))?"
    # Without a frequency before it, only a tag of jieba's is a tag: "machine learning" is one term.
    r"(?:(?:(?<=\d)\s++(?P<tag>[a-zA-Z]++))|(?:\s++(?P<known>n[rstzg]?|nrt|nrfg|v[ndgqi]?|a[dgn]?|[bcdefhijklmopqrstuxyz]|zg|eng)))?"
    r"\s*+"
)
_LONGEST_TERM = 100
"""The most characters of a term."""
_LONGEST_LINE = 1000
"""The most characters of a line, blanks among them."""


@dataclass(frozen=True, slots=True)
class UserTerm:
    """One entry of a user dictionary.

    Args:
        term: The word as it stands in texts; spaces and hyphens are part of it.
        frequency: Its weight in the segmentation; ``None`` for one just large enough to keep it whole.
    """

    term: str
    frequency: int | None = None


def _parse_line(line: str, number: int, source: str) -> UserTerm:
    match = _line().fullmatch(line) if len(line) <= _LONGEST_LINE else None
    term = match["term"] if match else ""
    if match is None or len(term) > _LONGEST_TERM:
        raise InputError(
            _(
                "{source}: line {number} is not a dictionary entry ({line!r})",
                source=source,
                number=number,
                line=line[:40],
            ),
            _("write one term per line, optionally followed by its frequency: 党建引领 10"),
        )
    frequency = match["frequency"]
    return UserTerm(term, int(frequency[:9]) if frequency else None)


def parse_user_dictionary(text: str, source: str = _("user dictionary")) -> tuple[UserTerm, ...]:
    r"""Read a user dictionary.

    Args:
        text: The decoded file. A byte order mark, any line ends, blank lines and lines that begin with
            ``#`` are skipped; the tag is accepted and ignored.
        source: The file as the user knows it, for messages.

    Returns:
        The entries in their order, a repeated term once (its last entry holds).

    Raises:
        InputError: If a line is not an entry; the message names the line.

    >>> entries = parse_user_dictionary("红色物业 10 n\r\nmachine learning\n")
    >>> [(entry.term, entry.frequency) for entry in entries]
    [('红色物业', 10), ('machine learning', None)]
    """
    lines = text.removeprefix("\ufeff").splitlines()
    entries: dict[str, UserTerm] = {}
    for number, line in enumerate((line.strip() for line in lines), start=1):
        if line and not line.startswith("#"):
            entry = _parse_line(line, number, source)
            entries[entry.term] = entry
    return tuple(entries.values())


def split_terms(terms: Iterable[UserTerm]) -> tuple[tuple[UserTerm, ...], tuple[str, ...]]:
    """Separate the terms that a segmenter can know from those to be matched in the text beforehand.

    Returns:
        The terms of Han characters alone; the rest (Latin letters, digits, spaces, hyphens).
    """
    all_terms = tuple(terms)
    han = tuple(entry for entry in all_terms if is_segmented(entry.term))
    rest = tuple(entry.term for entry in all_terms if not is_segmented(entry.term))
    return han, rest
