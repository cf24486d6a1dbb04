"""Documents whose metadata is known: the layouts of ``cases/documents/described.toml``, filled by chance.

Every sixth document is in Traditional script; others have wide figures, CRLF, square brackets around the year
or indents. The label of a layout says what a reader would write down, whatever was done to the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.script.simplified import convert_script
from pdtool.normalise.script.traditional import convert_to_traditional

__all__ = ["FIELDS", "Labelled", "Score", "described", "document", "scores"]

CASES = Path(__file__).parents[1] / "cases" / "documents" / "described.toml"
FIELDS = ("title", "issuer", "level", "doc_number", "date", "genre", "authors", "source")
"""The fields that are judged."""
_HAN_FIGURES = "〇一二三四五六七八九"
_PROVINCES = ("浙江省", "山东省", "四川省", "吉林省", "江西省")
_BRACKETS = str.maketrans("[](（)）", "〔〕〔〔〕〕")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what a reader would write down.

    Args:
        name: Its layout and number.
        text: The raw text.
        labels: Field → values.
    """

    name: str
    text: str
    labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """How a field was read over a set of documents.

    Args:
        right: Values that are in the labels.
        wrong: Values that are not.
        missed: Labels that were not read.
    """

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(CASES.read_text(encoding="utf-8"))


def described(seeds: Sequence[int]) -> Iterator[Labelled]:
    """Yield a document of each layout for each seed."""
    for number, layout in enumerate(_data()["layouts"]):
        for seed in seeds:
            yield _made(layout, Random(1_000 * number + seed), f"{layout['name']} {seed}")


def document(labelled: Labelled) -> Document:
    """Return a labelled document as it is read from a file whose name says nothing."""
    source = Source("a.txt", "a.txt", "a.txt", "text")
    raw = RawDocument(source, labelled.text, "utf-8")
    return document_of(raw, normalise(labelled.text, None))


def scores(several: Sequence[Labelled]) -> tuple[dict[str, Score], list[str]]:
    """Return how well each field is read, and a line for each fault."""
    counts = {field: [0, 0, 0] for field in FIELDS}
    faults = []
    for one in several:
        known = describe(document(one))
        for field in FIELDS:
            found = {_plain(value) for value in known.values(field)}
            labels = {_plain(value) for value in one.labels[field]}
            parts = found & labels, found - labels, labels - found
            counts[field] = [count + len(part) for count, part in zip(counts[field], parts, strict=True)]
            if found != labels:
                faults.append(f"{one.name}: {field}: {sorted(found)} for {sorted(labels)}")
    return {field: Score(*count) for field, count in counts.items()}, faults


def _plain(value: str) -> str:
    """Return a value as it is compared: blanks, script and the kind of brackets say nothing."""
    return re.sub(r"[\s、]", "", convert_script(value)).translate(_BRACKETS)


def _made(layout: Mapping[str, Any], draw: Random, name: str) -> Labelled:
    fill = _filling(layout, draw)
    number = layout.get("number", "{prefix}〔{year}〕{count}号")
    if draw.random() < 0.2:
        number = number.replace("〔", "[").replace("〕", "]")
    fill["number"] = number.format(**fill)
    fill["title"] = layout["title"].format(**fill)
    text = layout["text"].lstrip("\n").format(**fill)
    labels = {
        "title": _some(layout.get("whole_title", layout["title"]), fill),
        "issuer": tuple(one.format(**fill) for one in layout.get("issuers", ["{issuer}"])),
        "level": _some(layout.get("level", "{level}"), fill),
        "doc_number": _some(layout.get("number_label", fill["number"]), fill),
        "date": _some(
            {"year": fill["year"]}.get(layout.get("date", ""), layout.get("date", "{day_iso}")), fill
        ),
        "genre": _some(layout["genre"], fill | {"kind": fill["kind"].removeprefix("实施")}),
        "authors": tuple(one.format(**fill) for one in layout.get("authors", [])),
        "source": _some(layout.get("source", ""), fill),
    }
    return Labelled(name, _damaged(text, draw, is_hant=layout.get("script") == "hant"), labels)


def _some(value: str, fill: Mapping[str, str]) -> tuple[str, ...]:
    filled = value.format(**fill) if "{" in value else value
    return (filled,) if filled else ()


def _damaged(text: str, draw: Random, *, is_hant: bool) -> str:
    """Return a text as it may be found: in the other script, with wide figures, other line ends, indents."""
    if not is_hant and draw.random() < 1 / 6:
        text = convert_to_traditional(text).replace("批覆", "批復")
    kind = draw.randrange(6)
    if kind == 0:
        return text.replace("\n", "\r\n")
    if kind == 1:
        return text.translate(_WIDE)
    if kind == 2:
        return text.replace("\n", "\n\n")
    if kind == 3:
        return "\n".join("\u3000\u3000" + line if len(line) > 40 else line for line in text.split("\n"))
    return text


def _filling(layout: Mapping[str, Any], draw: Random) -> dict[str, str]:
    data = _data()
    issuers = [one for one in data["issuers"] if layout.get("only", one["level"]) == one["level"]]
    issuer = draw.choice(issuers)
    second = draw.choice(
        [one for one in data["issuers"] if one["level"] == issuer["level"] and one != issuer]
    )
    first, last = layout.get("years", [1999, 2024])
    year = draw.randint(first, last)
    month, day = draw.randint(1, 12), draw.randint(1, 27)
    county = draw.choice(["云岭县", "安吉县", "昆山市"])
    person, other = draw.sample(data["people"], 2)
    days = {
        "": (year, month, day),
        "later": (year, month, day + 1),
        "before": (year - 2, month, day),
        "earlier": (year - 9, month, day),
    }
    fill = {f"{name}_{form}" if name else f"day_{form}": shown for name, form, shown in _shown(days)}
    fill |= {name: "{}年{}月{}日".format(*parts) for name, parts in days.items() if name}
    return fill | {
        "day": f"{year}年{month}月{day}日",
        "issuer": issuer["name"],
        "second": second["name"],
        "level": issuer["level"],
        "prefix": issuer["prefix"],
        "party": f"中共{county}委",
        "state": f"{county}人民政府",
        "province": draw.choice(_PROVINCES),
        "topic": draw.choice(data["topics"]),
        "subject": draw.choice(data["subjects"]),
        "kind": draw.choice(data["kinds"]),
        "to": draw.choice(data["to"]),
        "body": draw.choice(data["bodies"]),
        "person": person,
        "other": other,
        "school": draw.choice(data["schools"]),
        "source": draw.choice(["云山市人民政府办公室", "云山日报", "省政府网站"]),
        "year": str(year),
        "short_year": f"{year % 100:02d}",
        "count": str(draw.randint(1, 180)),
        "small": str(draw.randint(2, 120)),
        "small_han": draw.choice(["三", "十二", "二十一"]),
        "long_count": str(1_100_000_000 + draw.randrange(99_999_999)),
        "index": f"0000{draw.randrange(10_000, 99_999)}/{year}-{draw.randrange(99_999):05d}",
    }


def _shown(days: Mapping[str, tuple[int, int, int]]) -> Iterator[tuple[str, str, str]]:
    for name, (year, month, day) in days.items():
        yield name, "iso", f"{year}-{month:02d}-{day:02d}"
        yield name, "dot", f"{year}.{month:02d}.{day:02d}"
        yield name, "zero", f"{year}年{month:02d}月{day:02d}日"
        figures = "".join(_HAN_FIGURES[int(figure)] for figure in str(year))
        yield name, "han", f"{figures}年{_han(month)}月{_han(day)}日"
        yield name, "letters", f"{figures.replace('〇', 'O')}年{month}月{day}日"
        yield name, "roc", f"中華民國{year - 1911}年{month}月{day}日"


def _han(number: int) -> str:
    """Return a number below a hundred in Han numerals.

    >>> _han(7), _han(10), _han(21)
    ('七', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    shown = _HAN_FIGURES[ones] if ones else ""
    return shown if not tens else ("" if tens == 1 else _HAN_FIGURES[tens]) + "十" + shown
