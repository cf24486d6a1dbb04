"""Invented documents in the shape of real ones: laws of both scripts, news, abstracts, manuals, a weekly.

The plain documents of :mod:`benchmarks.dedupe.corpus` are paragraphs of Simplified prose, which no step of
the normaliser has to look at closely. Real ones have articles, headings, tables, Latin, code, digits and
blanks on every page. These have them as often; the sentences between are the grammar's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import count, takewhile
from pathlib import Path
from random import Random
from typing import Any

from tests.texts.grammar import Writer
from tests.texts.script import phrase_wise

__all__ = ["shaped"]

_NUMERALS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_CHAPTER_ARTICLES = 7
"""Articles of a chapter."""


@cache
def _data() -> dict[str, Any]:
    path = Path(__file__).with_name("shapes.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _numeral(number: int) -> str:
    """Return a number below a thousand as laws write it."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    ten = "" if not tens else "十" if tens == 1 and not head else f"{_NUMERALS[tens]}十"
    zero = "零" if head and ones and not tens else ""
    return f"{head}{ten}{zero}{_NUMERALS[ones] if ones else ''}"


def _piece(rng: Random, name: str) -> str:
    pieces: list[str] = _data()["pieces"][name]
    return rng.choice(pieces)


def _title(author: Writer) -> str:
    return author.write("{actor}{thing}").rstrip("。")


def _law(author: Writer, rng: Random) -> Iterator[str]:
    chapters = iter(_data()["pieces"]["chapters"])
    yield _title(author) + rng.choice(("条例", "办法", "规定"))
    for number in count(1):
        if number % _CHAPTER_ARTICLES == 1 and (chapter := next(chapters, "")):
            yield f"第{_numeral(1 + number // _CHAPTER_ARTICLES)}章　{chapter}"
        yield f"第{_numeral(number)}条 {author.sentence('regulation')}"
        for _ in range(rng.choice((0, 0, 1))):
            yield "  " * rng.randint(0, 1) + author.sentence("regulation")
        for item in range(rng.choice((0, 0, 0, 4))):
            yield f"（{_numeral(item + 1)}）{author.sentence('regulation')[:-1]}；"


def _law_of_taiwan(author: Writer, rng: Random) -> Iterator[str]:
    yield phrase_wise(_title(author) + rng.choice(("法", "辦法", "細則")))
    for number in count(1):
        part = f"-{rng.randint(1, 3)}" if rng.random() < 0.05 else ""
        body = "".join(author.sentence("regulation") for _ in range(rng.choice((1, 1, 2, 3))))
        yield f"第 {number}{part} 條 {phrase_wise(body)}"


def _news(author: Writer, rng: Random) -> Iterator[str]:
    head = f"【{_piece(rng, 'brackets')}】" if rng.random() < 0.4 else ""
    yield f"{head}{_title(author)} {author.write('{action}')}"
    if rng.random() < 0.4:
        yield author.write("{year}年{month}月{day}日 08:30 来源：{actor}")
        yield author.write("责任编辑：{given}")
    while True:
        yield author.sentence("news") + author.write("（{month}月{day}日）") + author.sentence("news")
        yield author.paragraph("news")


def _newspaper(author: Writer, rng: Random) -> Iterator[str]:
    yield _title(author)
    place, date = _piece(rng, "agencies"), author.write("{month}月{day}日讯")
    lead = f"{place}{date}记者{author.write('{given}')}报道：{author.sentence('news')}"
    yield lead.translate(_WIDE)
    while True:
        yield author.paragraph("plan").translate(_WIDE)


def _abstract(author: Writer, rng: Random) -> Iterator[str]:
    yield _title(author)
    parts = (
        f"{label} {author.sentence('paper')}{_piece(rng, 'figures')}。"
        for label in _data()["pieces"]["abstract"]
    )
    yield "".join(parts)
    yield f"关键词：{author.write('{thing}')}；{author.write('{thing}')}；{author.write('{thing}')}"


def _mixed(author: Writer, rng: Random, genre: str) -> str:
    """Return a sentence with Latin words set off by blanks."""
    sentence = author.sentence(genre)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(1, len(sentence))
        sentence = f"{sentence[:at]} {_piece(rng, 'words')} {sentence[at:]}"
    return sentence


def _manual(author: Writer, rng: Random) -> Iterator[str]:
    yield _title(author)
    while True:
        yield f"{_piece(rng, 'words')} {author.write('{action}')}"
        yield _mixed(author, rng, "guide")
        for _ in range(rng.randint(0, 3)):
            yield f"{_mixed(author, rng, 'guide')}例如 {_piece(rng, 'words')}："
        for _ in range(rng.choice((0, 3, 8))):
            yield _piece(rng, "code")
        for _ in range(rng.choice((0, 0, 4))):
            yield f"- {_piece(rng, 'words')}：{author.write('{action}')}"
        yield "---" if rng.random() < 0.2 else author.sentence("guide")


def _weekly(author: Writer, rng: Random) -> Iterator[str]:
    yield author.write("{thing}周刊：第 {number} 期")
    while True:
        yield author.write("{thing}")
        for number in range(1, rng.randint(4, 9)):
            yield f"{number}、{_piece(rng, 'words')} {author.write('{thing}')}{_piece(rng, 'notes')}"
            yield _mixed(author, rng, "news")
            if rng.random() < 0.3:
                yield f"-- {_piece(rng, 'names')}，{author.write('{year} 年 {month} 月')}"


def _report(author: Writer, rng: Random) -> Iterator[str]:
    yield _title(author) + "情况表"
    for number in count(1):
        yield f"{_numeral(number)}、{author.write('{action}')}"
        yield author.paragraph("report")
        yield "\t".join(_data()["pieces"]["rows"])
        for _ in range(rng.randint(3, 9)):
            figures = rng.randint(90, 9999), f"{rng.uniform(1, 99):.1f}%", rng.randint(2, 900)
            yield "\t".join(map(str, (author.write("{place}"), *figures, figures[0] + figures[2])))


_SHAPES: Mapping[str, Callable[[Writer, Random], Iterator[str]]] = {
    "law_of_taiwan": _law_of_taiwan,
    "law": _law,
    "news": _news,
    "newspaper": _newspaper,
    "abstract": _abstract,
    "manual": _manual,
    "weekly": _weekly,
    "report": _report,
}


def shaped(author: Writer, rng: Random, length: int) -> str:
    """Write a document of a shape that is drawn.

    Args:
        author: Who writes the sentences.
        rng: Where the choices come from.
        length: About how many characters documents have on average.
    """
    weights: dict[str, int] = _data()["weights"]
    name = rng.choices(list(weights), list(weights.values()))[0]
    room = int(length * _data()["lengths"][name])
    written = [0]

    def has_room(line: str) -> bool:
        before, written[0] = written[0], written[0] + len(line)
        return before < room

    return "\n".join(takewhile(has_room, _SHAPES[name](author, rng)))
