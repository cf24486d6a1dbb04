"""Made pairs of which it is known what they are: versions, forms, damaged copies, plain copies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pdtool.text.fold import fold
from tests.damage.content import first_half
from tests.damage.glyphs import full_width, ocr, traditional
from tests.damage.layout import hard_wraps
from tests.damage.tracked import original
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

__all__ = ["KINDS", "Made"]

_DATA = Path(__file__).parent / "data" / "kinds.toml"
_LENGTHS = (400, 700, 1200, 2000)


@dataclass(frozen=True, slots=True)
class Made:
    """A made pair.

    Args:
        kind: What it is.
        first: One text.
        second: The other.
        keep: Which of them is to be kept: 0, 1, or ``None`` for both; -1 where it does not matter.
    """

    kind: str
    first: str
    second: str
    keep: int | None

    def turned(self) -> Made:
        """Return the same pair the other way round."""
        keep = self.keep if self.keep in {None, -1} else 1 - (self.keep or 0)
        return Made(self.kind, self.second, self.first, keep)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def _text(rng: Random) -> tuple[str, str]:
    """Return the title and the paragraphs of a text."""
    subject, genre = rng.choice(sorted(subjects())), rng.choice(sorted(genres()))
    title, _, text = generate(subject, genre, rng.choice(_LENGTHS), rng.randrange(10**6)).text.partition("\n")
    return title, text


def _date(rng: Random, year: int) -> str:
    return f"{year}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


def _edited(rng: Random, text: str) -> str:
    """Amend a text: some of its sentences are replaced, one goes, one comes."""
    sentences = re.findall("[^。]*。\n*", text) or [text]
    others = re.findall("[^。\n]*。", _text(rng)[1])
    for _ in range(max(1, len(sentences) // 20)):
        sentences[rng.randrange(len(sentences))] = rng.choice(others)
    del sentences[rng.randrange(len(sentences))]
    sentences.insert(rng.randrange(len(sentences) + 1), rng.choice(others))
    return "".join(sentences)


def _version(rng: Random) -> Made:
    title, text = _text(rng)
    year = rng.randint(1999, 2015)
    later = rng.randint(year + 1, 2024)
    said = {
        "title": title,
        "year_one": year,
        "year_other": later,
        "date_one": _date(rng, year),
        "date_other": _date(rng, later),
        "body": rng.choice(_data()["words"]["bodies"]),
        "small": rng.randint(2, 30),
    }
    layout = rng.choice(_data()["editions"])
    first = "\n".join(layout["one"]).format(text=text, **said)
    second = "\n".join(layout["other"]).format(text=_edited(rng, text), **said)
    return Made("version", first, second, 1)


def _filled(rng: Random, lines: list[str], fixed: dict[str, object]) -> str:
    words = _data()["words"]
    year = rng.randint(2015, 2024)
    slots: dict[str, Callable[[], object]] = {
        "year": lambda: year,
        "number": lambda: rng.randint(100, 9999),
        "decimal": lambda: f"{rng.uniform(10, 900):.1f}",
        "percent": lambda: f"{rng.uniform(-9, 30):.1f}",
        "small": lambda: rng.randint(2, 9),
        "month": lambda: rng.randint(1, 12),
        "phone": lambda: rng.randint(6_000_000, 8_999_999),
        "date": lambda: _date(rng, year),
        "ordinal": lambda: rng.choice(words["ordinals"]),
        "surname": lambda: rng.choice(words["surnames"]),
    }
    return re.sub(
        r"\{(\w+)\}",
        lambda slot: str(fixed[slot[1]] if slot[1] in fixed else slots[slot[1]]()),
        "\n".join(lines),
    )


def _form(rng: Random) -> Made:
    words = _data()["words"]
    lines = rng.choice(_data()["forms"])["lines"]
    places = rng.sample(words["places"], 2) if rng.random() < 0.5 else [rng.choice(words["places"])] * 2
    thing = rng.choice(words["things"])
    first, second = (_filled(rng, lines, {"place": place, "thing": thing}) for place in places)
    return Made("form", first, second, None)


def _damaged(rng: Random) -> Made:
    whole = "\n".join(_text(rng))
    copy = whole
    while fold(copy).codes.tolist() == fold(whole).codes.tolist():  # more than signs is misread
        copy = ocr(original(whole, "text"), rng, rng.choice((0.006, 0.01, 0.02, 0.04))).text
    if rng.random() < 0.5:  # a little longer than the original, or a little shorter
        copy = copy + "\n" + _text(rng)[0] if rng.random() < 0.5 else copy[: -len(copy) // 60 - 1]
    return Made("damaged", whole, copy, 0)


def _copy(rng: Random) -> Made:
    whole = original("\n".join(_text(rng)), "text")
    way = rng.randrange(6)
    if way == 0:
        return Made("copy", whole.text, first_half(whole).text, 0)
    if way == 1:
        return Made("copy", whole.text, traditional(whole, "s2tw").text, -1)
    if way == 2:
        return Made("copy", whole.text, full_width(whole).text, -1)
    if way == 3:
        return Made("copy", whole.text, hard_wraps(whole, 32).text, -1)
    if way == 4:
        return Made("copy", whole.text, whole.text + "\n" + "".join(_text(rng)[1])[:40], 1)
    return Made("copy", whole.text, re.sub("[，。；]", " ", whole.text), -1)


KINDS: dict[str, Callable[[Random], Made]] = {
    "version": _version,
    "form": _form,
    "damaged": _damaged,
    "copy": _copy,
}
"""What makes a pair of each kind."""
