"""Front matter: the title, authors, abstract, declared keywords and numbers that precede a paper's body.

It stays in the clean text and is marked there. Use this on clean text only: ghosts and page markers inside a
label hide it. A body that merely mentions 关键词 keeps its sentences: a label stands at the start of a line
or behind the end of a sentence, and a list must follow it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["FrontMatter", "body_text", "declared_keywords", "find_front_matter", "title_of"]

FrontMatter = tuple[str, int, int]
"""``(kind, start, end)``, half-open. Kinds: ``title``, ``author``, ``label`` (the word 摘要 itself),
``abstract``, ``keywords``, ``english_abstract``, ``english_keywords``, ``number``, ``note``."""

_HEAD = 8_000
"""Characters within which front matter is looked for."""
_LONGEST_ABSTRACT = 3_000
_LONGEST_LIST = 200
_LONGEST_KEYWORD = 20
_LONGEST_ENGLISH_KEYWORD = 60
_LONGEST_TITLE = 60
_SHORTEST_TITLE = 4
_HEAD_LINES = 6
"""Lines that may precede the first label or the body."""

_OPENING, _CLOSING = r"[\[【〔［(（<〈《]", r"[\]】〕］)）>〉》]"
_BLANKS = " \t"
"""Blanks of clean text, in which every kind of space is U+0020."""
_SPACE = rf"[{_BLANKS}]*"
_SENTENCE_END = re.compile(r"[。！？!?]")
_STRONG_SEPARATOR = re.compile(r"\s*[;；]\s*")
_SEPARATOR = re.compile(r"\s*[;；,，、|｜·•／]\s*|\s+/\s+")
_BLANK = re.compile(r"[ \t\u3000]+")
_BREAK_BEFORE = frozenset("。！？!?.;；:：])）】］〕》”’\"' \t\u3000\n")
_NO_ABSTRACT_BEGINS = frozenset("的是等了和与中、，,。;；)）")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|第.{1,3}[章节条]|\d+[、.．\s])"
)
_SUBTITLE = re.compile(r"\s*[—–-]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH_TITLE = re.compile(r"(?=.{10,200}$)[A-Z][\w’'-]*(?: [\w’'(“\"-][^.!?]*)+")
_ENGLISH_LINES = 6
"""Lines of the English title, authors and affiliations above the English abstract."""
_NOTE_SIGN = "*＊†‡①②③ "
"""What refers from a title or an author to a footnote."""
_ALONE = frozenset({"keywords", "english_abstract", "english_keywords"})
"""Labels that may stand in a line of their own above what they announce; an abstract does so in any case."""
_LEADING_HAN = re.compile(r"[\u4e00-\u9fff]{2,12}")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label, or a whole number with its label, where it stands.

    Args:
        kind: What it announces.
        start: Where it begins.
        end: Where what it announces begins.
        strong: Whether brackets or a colon set it off.
        leads: Whether a line begins with it.
    """

    kind: str
    start: int
    end: int
    strong: bool
    leads: bool


@cache
def _data() -> dict[str, Any]:
    text = files("pdtool").joinpath("data", "front_matter.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _spaced(label: str) -> str:
    return _SPACE.join(re.escape(character) for character in label.replace(" ", ""))


@cache
def _label_pattern() -> re.Pattern[str]:
    kinds = (
        f"(?P<{kind}>{'|'.join(map(_spaced, sorted(labels, key=len, reverse=True)))})"
        for kind, labels in _data()["labels"].items()
    )
    return re.compile(
        rf"(?P<open>{_OPENING})?{_SPACE}(?:{'|'.join(kinds)}){_SPACE}(?P<close>{_CLOSING})?{_SPACE}(?P<colon>[:：])?{_SPACE}",
        re.IGNORECASE,
    )


@cache
def _label_starts() -> re.Pattern[str]:
    """Return what finds where a label may begin: much faster than to try all of it at every character."""
    labels = [label for labels in _data()["labels"].values() for label in labels]
    letters = {form for label in labels if label.isascii() for form in (label[0].lower(), label[0].upper())}
    han = (_spaced(label) for label in labels if not label.isascii())
    # One literal or class first in each branch: the search then skips all other characters.
    return re.compile("|".join([*han, *sorted(letters)]))


@cache
def _number_pattern() -> re.Pattern[str]:
    forms = (
        rf"{_spaced(label)}{_SPACE}{_CLOSING}?{_SPACE}[:：]?{_SPACE}(?:{value})"
        for label, value in _data()["numbers"].items()
    )
    return re.compile("|".join(forms))


def _opening(text: str, position: int) -> int:
    """Return where the blanks and the opening bracket before a label begin."""
    start = len(text[:position].rstrip(_BLANKS))
    return start - 1 if re.match(_OPENING, text[max(0, start - 1) : start]) else start


def _label_matches(head: str) -> Iterator[re.Match[str]]:
    end = 0
    for begin in _label_starts().finditer(head):
        match = _label_pattern().match(head, _opening(head, begin.start())) if begin.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _mark(text: str, match: re.Match[str]) -> _Mark:
    kind = next(kind for kind in _data()["labels"] if match[kind])
    leads = not text[_line_start(text, match.start()) : match.start()].strip()
    strong = bool(match["colon"] or (match["open"] and match["close"]))
    end = match.end()
    if leads and kind in _ALONE and end == _line_end(text, end):
        end += len(text[end:]) - len(text[end:].lstrip())
        strong = strong or kind == "english_abstract" or _is_list_line(text, end)
    # A bracket that the label does not close belongs to what precedes it, or to a longer name.
    start = match.start() if match["close"] else match.start(kind)
    return _Mark(kind, start, end, strong, leads)


def _is_list_line(text: str, start: int) -> bool:
    """Whether the line under a label that stands alone is a list from end to end."""
    line = text[start : _line_end(text, start)].strip()
    pieces = [piece.strip("。. ") for piece, _ in _pieces(line)]
    several = len(pieces) > 1 and not _HEADING.match(line)
    return several and all(_is_keyword(piece, _LONGEST_ENGLISH_KEYWORD) for piece in pieces)


def _is_plausible(text: str, mark: _Mark) -> bool:
    """Whether a label stands where labels stand; the abstract and the keywords may follow a sentence."""
    separate = mark.leads or text[mark.start - 1] in _BREAK_BEFORE
    if mark.kind == "abstract":
        # Glued to the title: what stands before it in its line is no longer than a title.
        return (separate and mark.strong) or _follows_title(text, mark)
    if mark.kind == "keywords":
        return separate and _list_end(text, mark, _LONGEST_LIST) > mark.end
    return mark.leads and mark.strong if mark.kind == "note" else separate and mark.strong


def _follows_title(text: str, mark: _Mark) -> bool:
    before = text[_line_start(text, mark.start) : mark.start]
    begins = text[mark.end : mark.end + 1]
    early = mark.start <= 5 * _LONGEST_TITLE and len(before) <= _LONGEST_TITLE
    return early and begins not in _NO_ABSTRACT_BEGINS and not _SENTENCE_END.search(before)


def _marks(text: str) -> list[_Mark]:
    """Return the accepted labels and numbers of the head, in order, none twice but numbers and notes."""
    head = text[:_HEAD]
    numbers = [
        _Mark("number", _opening(head, match.start()), match.end(), True, True)
        for match in _number_pattern().finditer(head)
    ]
    labels = [_mark(text, match) for match in _label_matches(head)]
    accepted: list[_Mark] = []
    seen: set[str] = set()
    for mark in sorted(numbers + labels, key=lambda mark: mark.start):
        free = not accepted or mark.start >= accepted[-1].end
        if free and mark.kind not in seen and (mark.kind == "number" or _is_plausible(text, mark)):
            accepted.append(mark)
            seen |= {mark.kind} - {"number", "note"}
            if mark.kind == "abstract" and _is_glued_list(head, accepted):
                seen.discard("keywords")
    return _without_lone_abstract(accepted)


def _is_glued_list(text: str, marks: Sequence[_Mark]) -> bool:
    """Whether the keywords above the abstract are what a site makes of them, one run without separators.

    Then those that the paper itself declares follow under the abstract.
    """
    values = (text[mark.end : _line_end(text, mark.end)] for mark in marks if mark.kind == "keywords")
    return any(len(list(_pieces(value.strip()))) == 1 for value in values)


def _without_lone_abstract(marks: list[_Mark]) -> list[_Mark]:
    """Drop an abstract within a line, or that nothing sets off, if no label follows: 摘要 is a word too."""
    following = {mark.kind for mark in marks}
    lone = not following & {"keywords", "english_abstract", "number"}
    return [mark for mark in marks if mark.kind != "abstract" or not lone or (mark.strong and mark.leads)]


def _pieces(value: str) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a list with their ends, by the strongest separator it uses."""
    separator = _STRONG_SEPARATOR if _STRONG_SEPARATOR.search(value, 0, 60) else _SEPARATOR
    if not separator.search(value):
        separator = _BLANK
    start = 0
    for match in separator.finditer(value):
        yield value[start : match.start()], match.start()
        start = match.end()
    yield value[start:], len(value)


def _is_keyword(piece: str, longest: int) -> bool:
    return 0 < len(piece) <= longest and not re.search(r"[。！？，：:!?]", piece)


def _list_end(text: str, mark: _Mark, longest: int) -> int:
    """Return where the list of keywords behind a label ends; ``mark.end`` if none follows.

    The body may follow the last keyword in the same line: then a keyword ends where the text repeats it
    elsewhere, or where Han characters give way to digits.
    """
    limit = _next_label(text, mark.end, min(_line_end(text, mark.end), mark.end + 2 * longest))
    value = text[mark.end : limit]
    pieces = list(_pieces(value))
    good = [_is_keyword(piece.strip("。. "), _LONGEST_KEYWORD) for piece, _ in pieces]
    complete = [*good, False].index(False)
    if complete < (1 if mark.strong else 2) or not _is_list(mark, value):
        return mark.end
    if complete == len(pieces):
        return mark.end + len(value.rstrip())
    end = mark.end + pieces[complete - 1][1]
    tail_start = mark.end + pieces[complete][1] - len(pieces[complete][0])
    glued = _glued_keyword(text, tail_start)
    return tail_start + glued if glued else end


def _next_label(text: str, start: int, limit: int) -> int:
    """Return where the next label of the same line begins; ``limit`` if there is none."""
    value = text[start:limit]
    numbers = (match.start() for match in _number_pattern().finditer(value))
    labels = (match.start() for match in _label_matches(value) if match["colon"] or match["close"])
    return start + min((at for at in (*numbers, *labels) if at), default=limit - start)


def _is_list(mark: _Mark, value: str) -> bool:
    """Whether an unmarked label is followed by what only a list has."""
    return mark.strong or bool(_STRONG_SEPARATOR.search(value, 0, 60)) or (mark.leads and " " in value[:60])


def _glued_keyword(text: str, start: int) -> int:
    """Return the length of the keyword that the body runs on from, 0 if it cannot be told."""
    match = _LEADING_HAN.match(text, start)
    if match is None:
        return 0
    run = match[0]
    for length in range(len(run), 1, -1):
        if text.count(run[:length]) > 2:
            return length
    following = text[match.end() : match.end() + 1]
    return len(run) if following.isascii() and following.isalnum() else 0


def _value_end(text: str, mark: _Mark, following: int) -> int:
    """Return where what a label announces ends; ``following`` is where the next label begins."""
    if mark.kind == "number":
        return mark.end
    if mark.kind == "keywords":
        return min(_list_end(text, mark, _LONGEST_LIST), following)
    several_lines = (
        mark.kind in {"abstract", "english_abstract"} and following - mark.end <= _LONGEST_ABSTRACT
    )
    return following if several_lines and following < len(text) else min(_line_end(text, mark.end), following)


def _labelled(text: str, marks: Sequence[_Mark]) -> Iterator[FrontMatter]:
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    done = marks[0].start if marks else 0
    for mark, following in zip(marks, ends, strict=False):
        if mark.kind == "english_abstract" and _is_english_head(text[done : mark.start]):
            yield "note", done + len(text[done:]) - len(text[done:].lstrip()), mark.start
        end = mark.end + len(text[mark.end : _value_end(text, mark, following)].rstrip())
        if mark.kind == "abstract":
            yield from _authors_between(text, done, mark.start)
            yield "label", mark.start, mark.end
            yield "abstract", mark.end, end
        else:
            yield mark.kind, mark.start, end
        done = end


def _authors_between(text: str, start: int, end: int) -> Iterator[FrontMatter]:
    """Yield the lines of names between the keywords that a site puts first and the abstract."""
    for match in re.finditer(r"[^\n]+", text[start:end]):
        if match[0].strip() and _is_author(match[0]):
            yield "author", start + match.start(), start + match.end()


def _is_english_head(between: str) -> bool:
    """Tell whether what stands above an English abstract is its title and authors."""
    lines = between.split()
    return bool(lines) and not _HAN.search(between) and between.strip().count("\n") < _ENGLISH_LINES


@cache
def _name_pattern() -> re.Pattern[str]:
    people = _data()["people"]
    compound = "|".join(people["compound_surnames"])
    given = r"[\u4e00-\u9fff]{1,2}"
    name = rf"(?:(?:{compound}){given}|[{people['surnames']}]{_SPACE}{given})"
    mark = r"[\d*＊①-⑨¹²³,，]*"
    role = rf"(?:{'|'.join(people['roles'])})?\s*"
    return re.compile(rf"\s*{role}{name}{mark}(?:[\s、,，;；·]*{role}{name}{mark})*(?:等|著|文)?\s*")


def _is_author(line: str) -> bool:
    """Whether a line names the people or the body that wrote the text.

    >>> [_is_author(line) for line in ("李 明1,欧阳晓华2", "中共某市委组织部", "(某大学 北京 100091)")]
    [True, True, True]
    >>> _is_author("论网格化管理")
    False
    """
    plain = line.strip()
    if _name_pattern().fullmatch(plain):
        return True
    bodies = tuple(_data()["people"]["bodies"])
    bracketed = re.fullmatch(rf"{_OPENING}.*{_CLOSING}[;；。]?", plain) is not None
    return len(plain) <= 2 * _LONGEST_TITLE and (
        plain.endswith(bodies) or (bracketed and (any(body in plain for body in bodies)))
    )


@cache
def _remark_pattern(kind: str) -> re.Pattern[str]:
    forms = "|".join(_data()["remarks"][kind])
    return re.compile(rf"\s*{_OPENING}?\s*(?:{forms})\s*{_CLOSING}?\s*")


def _is_title(line: str) -> bool:
    plain = line.strip()
    return (
        _SHORTEST_TITLE <= len(plain) <= _LONGEST_TITLE
        and _HAN.search(plain) is not None
        and not plain.endswith((":", "：", ",", "，", ";", "；", "、", "。"))
        and "。" not in plain
        and not _HEADING.match(plain)
        and re.fullmatch(rf"{_OPENING}[^)）\]】]*{_CLOSING}", plain) is None
    )


def _head_lines(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Yield the first lines that have text, up to ``limit``."""
    start = 0
    for _ in range(3 * _HEAD_LINES):
        end = min(_line_end(text, start), limit)
        if text[start:end].strip():
            yield start, end
        start = end + 1
        if start >= limit:
            return


def _above(text: str, limit: int) -> Iterator[FrontMatter]:
    """Yield the title and authors among the lines above ``limit``."""
    titled = False
    for number, (start, end) in enumerate(_head_lines(text, limit)):
        line = text[start:end]
        if number == _HEAD_LINES:
            return
        if _remark_pattern("lines").fullmatch(line):
            yield "note", start, end
        elif not titled and not _HAN.search(text[:limit]) and _ENGLISH_TITLE.fullmatch(line.strip()):
            titled = True
            yield "title", start, end
        elif titled and _remark_pattern("under_title").fullmatch(line):
            yield "note", start, end
        elif _is_author(line):
            yield "author", start, end
        elif not titled and _is_title(line) and text[end:].strip():
            titled = True
            yield "title", start, start + len(line.rstrip(_NOTE_SIGN))
        elif titled and _SUBTITLE.match(line) and _is_title(line):
            yield "title", start, end
        else:
            return


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
    marks = _marks(text)
    limit = marks[0].start if marks else len(text)
    return [*_above(text, limit), *_labelled(text, marks)]


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
    match = _label_pattern().match(values.get(kind, ""))
    if match is None:
        return ()
    longest = _LONGEST_KEYWORD if kind == "keywords" else _LONGEST_ENGLISH_KEYWORD
    pieces = (piece.strip(" 。.;；") for piece, _ in _pieces(values[kind][match.end() :].strip()))
    return tuple(dict.fromkeys(piece for piece in pieces if _is_keyword(piece, longest)))


def title_of(text: str, front: Sequence[FrontMatter]) -> str:
    """Return the title that :func:`find_front_matter` found, with its subtitle; empty if there is none."""
    return "".join(text[start:end].strip() for kind, start, end in front if kind == "title")


def body_text(text: str, front: Sequence[FrontMatter]) -> str:
    r"""Return the text without its front matter but with the abstract; a line end stands for each gap.

    >>> text = "论网格化管理\n摘要:网格很好。\n关键词:网格;社区\n近年来。"
    >>> body_text(text, find_front_matter(text)).split()
    ['网格很好。', '近年来。']
    """
    pieces, position = [], 0
    for kind, start, end in front:
        if kind != "abstract":
            pieces.append(text[position:start])
            position = end
    return "\n".join([*pieces, text[position:]])
