"""What a document says about itself: its front matter as named spans and as ``meta``.

:mod:`pdtool.documents.front_matter` finds where front matter is; this names its parts more finely and takes
the values out. Only the head of a text is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from pdtool.data_files import data_toml
from pdtool.documents.front_matter import (
    FrontMatter,
    declared_keywords,
    find_front_matter_of_each,
    title_of,
)
from pdtool.documents.text_parts import KINDS, LABELLED, find_parts, label_kind
from pdtool.text.han import NAMES

__all__ = ["Metadata", "metadata_of", "metadata_of_each", "span_value"]

_LONGEST_NUMBER = 12
"""Digits of the greatest length that a text claims."""

_JOINED = "; "
_BRACKETED = re.compile(r"[\[(（【〔](.*)[\])）】〕][;；。]?")
_REFERENCES = re.compile(rf"(?<=[{NAMES}])\s*+[\d*＊†‡①-⑨¹²³]++(?:[,，][\d*＊†‡①-⑨¹²³]++)*+")
"""Signs behind the name of an author: of an affiliation, of a footnote."""
_WITHOUT_VALUE = frozenset(
    {
        *("title", "label", "keywords", "english_keywords", "note"),
        *("letterhead", "addressees", "signature", "imprint"),
        *KINDS,
    }
)
"""Kinds of spans that are no value by themselves."""
_CLOSING = "\\]\\)）】］〕》"
"""Brackets that may close a label."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself.

    Args:
        spans: ``(kind, start, end)`` in order, none overlapping another. Kinds: ``title``, ``author``,
            ``affiliation``, ``label``, ``abstract``, ``keywords``, ``english_abstract``,
            ``english_keywords``, ``classification``, ``article_number``, ``document_code``, ``doi``,
            ``date``, ``length_claim`` and ``note``; of official documents ``letterhead``, ``doc_number``,
            ``addressees``, ``signature`` and ``imprint``; and, wherever they stand, ``references``,
            ``notes``, ``funding``, ``author_note`` and ``contents`` (:mod:`pdtool.documents.text_parts`).
        front: The front matter in the coarser kinds of :mod:`pdtool.documents.front_matter`.
        values: Kind → value, without labels; several values are joined by ``"; "``. Dates are written
            ``2024-01-12``, ``2024-01`` or ``2024``; a ``length_claim`` is a number of characters.
    """

    spans: tuple[FrontMatter, ...]
    front: tuple[FrontMatter, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns of ``data/metadata.toml``, compiled."""

    numbers: tuple[tuple[str, re.Pattern[str]], ...]
    affiliation: re.Pattern[str]
    date: re.Pattern[str]
    published: re.Pattern[str]
    length: re.Pattern[str]
    people: re.Pattern[str]
    roles: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = data_toml("metadata.toml")
    labels = "|".join(data["published"])
    date = data["date"]
    return _Forms(
        tuple((kind, re.compile(label, re.IGNORECASE)) for kind, label in data["numbers"].items()),
        re.compile("|".join(data["affiliation"])),
        re.compile(date),
        re.compile(rf"(?:{labels})\s*+(?:[:：]\s*+)?+(?:{date})"),
        re.compile(data["length"]),
        re.compile(data["people"]),
        re.compile("|".join(data["roles"])),
    )


def _number_kind(value: str) -> str:
    plain = "".join(value.split())  # blanks may stand between any two characters of a label
    return next((kind for kind, label in _forms().numbers if label.search(plain)), "note")


def _is_affiliation(line: str) -> bool:
    return _forms().affiliation.search(line) is not None


def _kind(text: str, span: FrontMatter) -> str:
    """Return the finer kind of a span."""
    kind, start, end = span
    value = text[start:end]
    if kind == "number":
        return _number_kind(value)
    if kind == "author" and _is_affiliation(value):
        return "affiliation"
    if kind == "note":
        labelled = _forms().people.match(value)
        if labelled is not None:
            return "affiliation" if labelled["unit"] else "author"
        if _length(value):
            return "length_claim"
        return "date" if _forms().date.search(value) else label_kind(" ".join(value.split())) or "note"
    return kind


def _date(match: re.Match[str]) -> str:
    """Return a date as year, month and day, as far as they are told.

    >>> _date(_forms().date.search("2024年1月12日"))
    '2024-01-12'
    """
    year, *rest = (part for part in match.groups() if part is not None)
    return "-".join([year, *(f"{int(part):02d}" for part in rest)])


def _length(text: str) -> str:
    """Return the length in characters that a text claims, ``1.2万字`` is 12,000; empty if it claims none."""
    match = next((match for match in _forms().length.finditer(text) if match["unit"]), None)
    if match is None:
        return ""
    number = match["number"].replace(",", "").replace("，", "").rstrip(".")
    if number.count(".") > 1 or len(number) > _LONGEST_NUMBER:
        return ""  # 1.2.3 is a section, and no text has that many characters
    return str(round(float(number) * (10_000 if match["wan"] else 1)))


def span_value(kind: str, text: str) -> str:
    """Return what a span says, without its label."""
    forms = _forms()
    if kind == "date":
        match = forms.date.search(text)
        return _date(match) if match else ""
    if kind == "length_claim":
        return _length(text)
    plain = " ".join(text.split())
    for name, label in forms.numbers:
        if kind == name:
            # The value is what the label leaves, without the bracket that closed it.
            return label.sub("", plain, count=1).strip(f" \t\u3000:：[【［〔(（{_CLOSING}")
    if kind in {"author", "affiliation"}:
        plain = forms.people.sub("", plain, count=1)
    if kind == "author":
        plain = _names(forms.roles.sub("", plain))
    bracketed = _BRACKETED.fullmatch(plain) if kind == "affiliation" else None
    return bracketed[1] if bracketed else plain


def _names(authors: str) -> str:
    """Return the names of authors without the signs that refer to their affiliations.

    >>> _names("张建国1，李木清2，王芳1,2*")
    '张建国，李木清，王芳'
    """
    return _REFERENCES.sub("", authors).strip(" ,，、;；")


def _values(text: str, front: Sequence[FrontMatter], spans: Sequence[FrontMatter]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for kind, start, end in spans:
        if kind in _WITHOUT_VALUE:
            continue
        value = span_value(kind, text[start:end])
        if value:
            found.setdefault(kind, []).append(value)
    values = {kind: _JOINED.join(dict.fromkeys(several)) for kind, several in found.items()}
    wholes = {"title": title_of(text, front), "keywords": _JOINED.join(declared_keywords(text, front))}
    return {**{kind: whole for kind, whole in wholes.items() if whole}, **values}


def _published(removed: Iterable[str]) -> Iterator[str]:
    """Yield the dates in site furniture: ``发布时间:2024-01-12`` is removed, but the date is known."""
    for piece in removed:
        match = _forms().published.search(piece)
        if match:
            yield _date(match)


def _apart(
    front: Sequence[FrontMatter], parts: Sequence[FrontMatter]
) -> tuple[tuple[FrontMatter, ...], tuple[FrontMatter, ...]]:
    """Return front matter and parts so that none overlaps another.

    A number within the references is that of another paper; a label that is front matter is no part besides.
    """
    own = tuple(
        span for span in front if not any(_overlap(span, part) for part in parts if part[0] not in LABELLED)
    )
    return own, tuple(part for part in parts if not any(_overlap(span, part) for span in own))


def _overlap(one: FrontMatter, other: FrontMatter) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def metadata_of(text: str, removed: Iterable[str] = ()) -> Metadata:
    r"""Read what a document says about itself.

    Args:
        text: The clean text.
        removed: Site furniture taken out of it, which may tell when it was published.

    >>> text = "论网格化管理\n[摘要]网格很好。\n[中图分类号]D63\n近年来。"
    >>> found = metadata_of(text, ["发布时间:2024-1-2"])
    >>> dict(found.values)
    {'title': '论网格化管理', 'abstract': '网格很好。', 'classification': 'D63', 'date': '2024-01-02'}
    """
    return metadata_of_each([text], [removed])[0]


def metadata_of_each(texts: Sequence[str], removed: Sequence[Iterable[str]]) -> list[Metadata]:
    """Read what many documents say about themselves, as :func:`metadata_of` does of one.

    Each step is taken for all of them before the next: faster than all steps for one after the other.
    """
    fronts = find_front_matter_of_each(texts)
    parts = [find_parts(text) for text in texts]
    return [_together(*one) for one in zip(texts, fronts, parts, removed, strict=True)]


def _together(
    text: str, found: Sequence[FrontMatter], others: Sequence[FrontMatter], removed: Iterable[str]
) -> Metadata:
    front, parts = _apart(found, others)
    named = [(_kind(text, span), span[1], span[2]) for span in front]
    spans = tuple(sorted([*named, *parts], key=itemgetter(1)))
    values = _values(text, front, named)
    dates = [values["date"]] if "date" in values else []
    dates += list(_published(removed))
    if dates:
        values["date"] = _JOINED.join(dict.fromkeys(dates))
    return Metadata(spans, front, values)
