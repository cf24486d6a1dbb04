"""What kind of text a document is: 通知, 条例, 讲话, 论文 …."""

from __future__ import annotations

import re
from functools import cache

from pdtool.documents.fields.field import field_data
from pdtool.documents.front_matter_forms import line_start

__all__ = ["genre_of_title", "is_law", "may_name_genre"]

_LAW_CHARS = 2_000
"""Characters within which the first article of a law stands."""
_CLOSING = tuple(")）】〕")
"""What a remark behind a title ends with."""
_WORDS = "关于|印发|转发|发布|公布"


@cache
def _genres() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Return the kinds, the pattern of each, and whether that is nothing but its word at the end."""
    return tuple(
        (genre, re.compile(form), form == f"{genre}$") for genre, form in field_data()["genres"].items()
    )


@cache
def _last_words() -> frozenset[str]:
    """Return the one or two characters that titles end with which name a kind: many end with others."""
    plain = (genre[-2:] for genre, _, is_plain in _genres() if is_plain)
    return frozenset([*plain, *field_data()["kinds"]["last"]])


def may_name_genre(title: str) -> bool:
    """Return whether a title ends as one does that names a kind of text."""
    return title[-2:] in _last_words() or title[-1:] in _last_words()


@cache
def _kinds() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    data = field_data()["kinds"]
    return re.compile(data["suffix"]), re.compile(data["law"]), frozenset(data["doubtful"])


def is_law(text: str) -> bool:
    """Return whether a text has articles, the first of them near its beginning."""
    for first in _kinds()[1].finditer(text, 0, _LAW_CHARS):
        if not text[line_start(text, first.start()) : first.start()].strip(" \t"):
            return True
    return False


def _named(title: str) -> tuple[str, re.Pattern[str] | None]:
    """Return the kind that a title names at its end, and its pattern."""
    for genre, form, is_plain in _genres():
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
    suffix, _, doubtful = _kinds()
    bare = title.rstrip("》〉 ")
    while bare.endswith(_CLOSING) and (match := suffix.search(bare)):
        bare = bare[: match.start()].rstrip()
    genre, form = _named(bare) if may_name_genre(bare) else ("", None)
    if form is None:
        return "", 0, 0
    doubted = genre in doubtful and not official and re.search(_WORDS, bare) is None
    if doubted and not re.search(field_data()["kinds"]["strong"], bare):
        return "", 0, 0
    at = bare.rfind(genre)
    found = form.search(bare) if at < 0 else None
    return (genre, at, at + len(genre)) if found is None else (genre, *found.span())
