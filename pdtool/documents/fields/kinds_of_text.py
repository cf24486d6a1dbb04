"""What kind of text a document is: 通知, 条例, 讲话, 论文 …."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pdtool.documents.fields.field import field_data
from pdtool.documents.front_matter_forms import line_start

__all__ = ["genre_of_title", "is_law"]

_LAW_CHARS = 2_000
"""Characters within which the first article of a law stands."""
_CLOSING = tuple(")）】〕")
"""What a remark behind a title ends with."""
_WORDS = re.compile("关于|印发|转发|发布|公布")
"""What a title of an official document has."""
_ENDINGS = 1_000
"""Endings of titles of which it is kept in mind what they may name."""


@cache
def _genres() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Return the kinds, the pattern of each, and whether that is nothing but its word at the end."""
    return tuple(
        (genre, re.compile(form), form == f"{genre}$") for genre, form in field_data()["genres"].items()
    )


@lru_cache(maxsize=_ENDINGS)
def _genres_of(end: str) -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Return the kinds that a title may name which ends with two characters: of most, none."""
    more = not {end, end[-1:]}.isdisjoint(field_data()["kinds"]["last"])
    return tuple(one for one in _genres() if (end.endswith(one[0][-2:]) if one[2] else more))


@cache
def _kinds() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str], re.Pattern[str]]:
    data = field_data()["kinds"]
    patterns = (re.compile(data[name]) for name in ("suffix", "law", "strong"))
    suffix, law, strong = patterns
    return suffix, law, frozenset(data["doubtful"]), strong


def is_law(text: str) -> bool:
    """Return whether a text has articles, the first of them near its beginning."""
    for first in _kinds()[1].finditer(text, 0, _LAW_CHARS):
        if not text[line_start(text, first.start()) : first.start()].strip(" \t"):
            return True
    return False


def _named(title: str) -> tuple[str, re.Pattern[str] | None]:
    """Return the kind that a title names at its end, and its pattern."""
    for genre, form, is_plain in _genres_of(title[-2:]):
        if title.endswith(genre) if is_plain else form.search(title):
            return genre, form
    return "", None


def genre_of_title(title: str, *, official: bool) -> tuple[str, int, int]:
    """Return the kind that a title names at its end, and the offsets of that word; empty if it names none.

    Args:
        title: The title in one line.
        official: Whether the text has the layout of an official document or of a law, so that any word for a
            kind counts.

    >>> genre_of_title("某县水源保护办法（试行）", official=True)
    ('办法', 6, 8)
    >>> genre_of_title("居民拿到购房通知", official=False)
    ('', 0, 0)
    """
    suffix, _, doubtful, strong = _kinds()
    bare = title.rstrip("》〉 ")
    while bare.endswith(_CLOSING) and (match := suffix.search(bare)):
        bare = bare[: match.start()].rstrip()
    genre, form = _named(bare)
    if form is None:
        return "", 0, 0
    doubted = genre in doubtful and not official and _WORDS.search(bare) is None
    if doubted and strong.search(bare) is None:
        return "", 0, 0
    at = bare.rfind(genre)
    found = form.search(bare) if at < 0 else None
    return (genre, at, at + len(genre)) if found is None else (genre, *found.span())
