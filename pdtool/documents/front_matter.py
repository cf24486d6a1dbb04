"""Front matter: the title, authors, abstract, declared keywords and numbers that precede a paper's body.

It stays in the clean text and is marked there. Use this on clean text only: ghosts and page markers inside a
label hide it. A body that merely mentions 关键词 keeps its sentences: a label stands at the start of a line
or behind the end of a sentence, and a list must follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from pdtool.documents.front_matter_forms import FrontMatter, Label, label_pattern, line_end
from pdtool.documents.keyword_lists import (
    LONGEST_ENGLISH_KEYWORD,
    LONGEST_KEYWORD,
    is_keyword,
    list_end,
    list_pieces,
)
from pdtool.documents.labels import find_labels
from pdtool.documents.official_head import issuer_of_title, official_foot
from pdtool.documents.title_block import has_han, is_author, title_block

__all__ = [
    "FrontMatter",
    "body_text",
    "declared_keywords",
    "find_front_matter",
    "find_front_matter_of_each",
    "given_keywords",
    "title_of",
]

_LONGEST_ABSTRACT = 3_000
"""The most characters of an abstract of several lines."""
_LINE_BREAK = re.compile(r"[^\S\n]*+\n\s*+")
_ENGLISH_LINES = 6
"""The most lines of the English title, authors and affiliations above the English abstract."""


def find_front_matter(text: str) -> list[FrontMatter]:
    r"""Find the front matter of a document.

    Args:
        text: The clean text.

    Returns:
        ``(kind, start, end)`` in order, none overlapping another; see :data:`FrontMatter` for the kinds. The
        spans of keywords and numbers include their label, that of the abstract does not.

    >>> text = "论网格化管理\n李明\n摘要:网格很好。\n关键词:网格;社区\n近年来,各地推行网格。"
    >>> front = find_front_matter(text)
    >>> [kind for kind, _, _ in front], [text[start:end] for _, start, end in front[-2:]]
    (['title', 'author', 'label', 'abstract', 'keywords'], ['网格很好。', '关键词:网格;社区'])
    """
    return find_front_matter_of_each([text])[0]


def find_front_matter_of_each(texts: Sequence[str]) -> list[list[FrontMatter]]:
    """Find the front matter of many documents, as :func:`find_front_matter` does of one."""
    labels = [find_labels(text) for text in texts]
    heads = [
        title_block(text, several[0].start if several else len(text))
        for text, several in zip(texts, labels, strict=True)
    ]
    return [_together(*one) for one in zip(texts, labels, heads, strict=True)]


def _together(text: str, labels: Sequence[Label], head: Sequence[FrontMatter]) -> list[FrontMatter]:
    """Return what the labels announce and what stands above and below, in order."""
    above = max((end for _, _, end in head), default=0)
    labelled = [span for span in _labelled(text, labels) if span[1] >= above]
    foot = _beside(_foot(text, head), [*head, *labelled])
    return sorted([*head, *labelled, *foot], key=itemgetter(1))


def _foot(text: str, head: Sequence[FrontMatter]) -> list[FrontMatter]:
    """Return the signatures and the imprint, if the head is that of an official document."""
    kinds = {kind for kind, _, _ in head}
    if not kinds & {"letterhead", "doc_number", "addressees"}:
        return []
    letterhead = "".join(text[start:end].strip() for kind, start, end in head if kind == "letterhead")
    return official_foot(text, issuer_of_title(title_of(text, head)) or letterhead.removesuffix("文件"))


def _beside(spans: Sequence[FrontMatter], others: Sequence[FrontMatter]) -> list[FrontMatter]:
    """Return the spans that overlap none of the others."""
    return [one for one in spans if all(one[2] <= start or end <= one[1] for _, start, end in others)]


def declared_keywords(text: str, front: Sequence[FrontMatter]) -> tuple[str, ...]:
    r"""Return the keywords the paper declares, in its order and without repetition.

    Args:
        text: The clean text.
        front: What :func:`find_front_matter` found in it.

    >>> text = "【关 键 词】党建引领；基层治理、疫情防控\n正文。"
    >>> declared_keywords(text, find_front_matter(text))
    ('党建引领', '基层治理、疫情防控')
    """
    values = {kind: text[start:end] for kind, start, end in front if kind.endswith("keywords")}
    kind = "keywords" if "keywords" in values else "english_keywords"
    match = label_pattern().match(values.get(kind, ""))
    if match is None:
        return ()
    longest = LONGEST_KEYWORD if kind == "keywords" else LONGEST_ENGLISH_KEYWORD
    return _keywords(values[kind][match.end() :], longest)


def given_keywords(value: str) -> tuple[str, ...]:
    """Return the keywords that a table or a file gives beside the text, in any of the forms papers use.

    >>> given_keywords("基层治理；网格化管理"), given_keywords("")
    (('基层治理', '网格化管理'), ())
    """
    return _keywords(value, LONGEST_ENGLISH_KEYWORD)


def _keywords(value: str, longest: int) -> tuple[str, ...]:
    broken = value.strip().strip("*_ ")
    pieces = ("".join(_LINE_BREAK.split(piece)).strip(" 。.;；,，、/") for piece, _ in list_pieces(broken))
    return tuple(dict.fromkeys(piece for piece in pieces if is_keyword(piece, longest)))


def title_of(text: str, front: Sequence[FrontMatter]) -> str:
    """Return the title that :func:`find_front_matter` found, with its subtitle; empty if there is none."""
    return "".join(text[start:end].strip() for kind, start, end in front if kind == "title")


def body_text(text: str, front: Sequence[FrontMatter]) -> str:
    r"""Return the text without its front matter but with the abstract; a line end stands for each gap.

    Args:
        text: The clean text.
        front: Its front matter and whatever else is no part of its body, in any order.

    >>> text = "论网格化管理\n摘要:网格很好。\n关键词:网格;社区\n近年来。"
    >>> body_text(text, find_front_matter(text)).split()
    ['网格很好。', '近年来。']
    """
    pieces, offset = [], 0
    for kind, start, end in sorted(front, key=itemgetter(1)):
        if kind != "abstract":
            pieces.append(text[offset:start])
            offset = max(offset, end)
    return "\n".join([*pieces, text[offset:]])


def _labelled(text: str, labels: Sequence[Label]) -> Iterator[FrontMatter]:
    """Yield what the labels announce, with what stands between them."""
    ends = [label.start for label in labels[1:]] + [len(text)]
    done = labels[0].start if labels else 0
    for label, following in zip(labels, ends, strict=False):
        if label.kind == "english_abstract" and _is_english_head(text[done : label.start]):
            yield "note", done + len(text[done:]) - len(text[done:].lstrip()), label.start
        end = label.end + len(text[label.end : _value_end(text, label, following)].rstrip())
        if label.kind == "abstract":
            yield from _authors_between(text, done, label.start)
            yield "label", label.start, label.end
            yield "abstract", label.end, end
        else:
            yield label.kind, label.start, end
        done = end


def _value_end(text: str, label: Label, following: int) -> int:
    """Return the offset at which what a label announces ends.

    Args:
        text: The clean text.
        label: The label.
        following: The offset at which the next label begins, or the end of the text.
    """
    if label.kind == "number":
        return label.end
    if label.kind == "keywords":
        return min(list_end(text, label), following)
    several_lines = (
        label.kind in {"abstract", "english_abstract"} and following - label.end <= _LONGEST_ABSTRACT
    )
    return following if several_lines and following < len(text) else min(line_end(text, label.end), following)


def _authors_between(text: str, start: int, end: int) -> Iterator[FrontMatter]:
    """Yield the lines of names between the keywords that a site puts first and the abstract."""
    for match in re.finditer(r"[^\n]+", text[start:end]):
        if match[0].strip() and is_author(match[0]):
            yield "author", start + match.start(), start + match.end()


def _is_english_head(between: str) -> bool:
    """Return whether what stands above an English abstract is its title and authors."""
    lines = between.split()
    return bool(lines) and not has_han(between) and between.strip().count("\n") < _ENGLISH_LINES
