"""Made county plans, and copies of them with the names of another county; what was forgotten is known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from pdtool.reuse.name_swaps import NameSwaps
from tests.texts.grammar import subjects
from tests.texts.library import generate

__all__ = ["Adapted", "NameCounts", "adapted_plan"]

_DATA = Path(__file__).parent / "data" / "county_plans.toml"
_SLOT = re.compile(r"\{(\w+)\}")
_KEPT = frozenset(
    {"full", "short", "all", "prefecture", "lw", "lz", "o0", "o1", "o2", "o3", "t0", "t1", "t2"}
)
"""Slots in which a name can be forgotten."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """A made plan and its copy.

    Args:
        source: The plan.
        copy: What another county made of it.
        swapped: Names of the source and what the copy has in their place.
        forgotten: Names of the source that stand in the copy.
        figures: Exact figures of both.
    """

    source: str
    copy: str
    swapped: frozenset[tuple[str, str]]
    forgotten: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class _County:
    """The slots of a county, and the names that its slots are counted as."""

    slots: dict[str, str]
    keys: dict[str, str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@cache
def _places() -> dict[str, tuple[str, str]]:
    """Return the full and short name of every code."""
    text = files("pdtool").joinpath("data", "places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {code: (name, short) for name, codes, short, _ in rows for code in codes.split()}


def _county(rng: Random, near: str | None, is_copy: bool) -> tuple[str, _County]:
    """Draw a county, now and then in the same prefecture; return its code and names."""
    known = _places()
    codes = sorted(
        code
        for code, (name, short) in known.items()
        if not code.endswith("00") and len(short) >= 2 and name[-1] in "区县市" and _prefecture(code)
    )
    if near and rng.random() < 0.25:
        codes = [code for code in codes if code[:4] == near[:4] and code != near] or codes
    code = rng.choice([code for code in codes if known[code][1] != (near and known[near][1])])
    name, short = known[code]
    above, above_short = known[_prefecture(code)]
    slots = {"full": name, "short": short, "all": "全" + name[-1], "prefecture": above}
    slots |= {"lw": name[-1] + "委", "lz": name[-1] + "政府"}
    keys = {"full": short, "short": short, "all": "全" + name[-1], "prefecture": above_short}
    keys |= {"lw": slots["lw"], "lz": slots["lz"]}
    data = _data()
    offices = data["copy_offices"] if is_copy or name[-1] != "区" else data["source_offices"]
    for number in range(4):
        slots[f"o{number}"] = keys[f"o{number}"] = name[-1] + offices[number * 2]
    for number in range(3):
        town = rng.choice(data["town_first"]) + rng.choice(data["town_second"])
        slots[f"t{number}"] = keys[f"t{number}"] = town + rng.choice(data["town_endings"])
    return code, _County(slots, keys)


def _prefecture(code: str) -> str:
    """Return the code of the prefecture, or municipality, a county lies in; empty if none is known."""
    return next((above for above in (code[:4] + "00", code[:2] + "0000") if above in _places()), "")


def adapted_plan(rng: Random) -> Adapted:
    """Make a plan and its copy."""
    data = _data()
    code, source = _county(rng, None, is_copy=False)
    _, copy = _county(rng, code, is_copy=True)
    length = rng.choice((400, 800, 1500))
    body = generate(rng.choice(sorted(subjects())), "plan", length, rng.randrange(10**6)).text
    lines = [*rng.sample(data["local"], 13), *rng.choices(data["local"], k=7), *rng.sample(data["traps"], 6)]
    lines += [sentence + "。" for sentence in re.findall("[^。\n]{8,}(?=。)", body)]
    rng.shuffle(lines)
    lines.insert(0, rng.choice(data["title"]) + "\n")
    figures = {f"f{number}": _figure(rng, number) for number in range(6)}
    forget = rng.choice((0.0, 0.05, 0.1, 0.25))
    return _written(rng, _paragraphs(rng, lines), (source, copy), figures, forget)


def _paragraphs(rng: Random, lines: list[str]) -> str:
    return "".join(line + ("\n" if rng.random() < 0.2 else "") for line in lines)


def _figure(rng: Random, number: int) -> str:
    if number in {0, 1, 2, 3}:
        return f"{rng.randint(10, 99)}.{rng.randint(1, 9)}{rng.randint(1, 9)}"
    return str(rng.randint(11, 99)) if number == 4 else str(rng.randint(1111, 9999))


def _written(
    rng: Random, text: str, sides: tuple[_County, _County], figures: dict[str, str], forget: float
) -> Adapted:
    """Fill the slots of both sides; now and then the copy forgets one that it fills elsewhere."""
    source, copy = sides
    slots = _SLOT.findall(text)
    done: dict[str, int] = {}
    kept: list[bool] = []
    for slot in slots:
        key = source.keys.get(slot, "")
        differs = slot in _KEPT and source.slots[slot] != copy.slots[slot]
        forgotten = differs and done.get(key, 0) >= 2 and rng.random() < forget
        kept.append(forgotten)
        if differs and not forgotten:
            done[key] = done.get(key, 0) + 1
    flags = iter(kept)
    own = {**source.slots, **figures}, {**copy.slots, **figures}
    first = _SLOT.sub(lambda found: own[0][found[1]], text)
    second = _SLOT.sub(lambda found: own[0 if next(flags) else 1][found[1]], text)
    pairs = {
        (source.keys[slot], copy.keys[slot])
        for slot, forgotten in zip(slots, kept, strict=True)
        if slot in source.keys and not forgotten and slot != "all" and source.keys[slot] != copy.keys[slot]
    }
    left = {source.keys[slot] for slot, forgotten in zip(slots, kept, strict=True) if forgotten}
    exact = {figures[slot] for slot in slots if slot in {"f0", "f1", "f2", "f3", "f5"}}
    return Adapted(first, second, frozenset(pairs), frozenset(left), frozenset(exact))


# Counting ---------------------------------------------------------------------------------------------


def bare(name: str) -> str:
    """Return the name of an office without whose it is."""
    return name[1:] if len(name) > 3 else name


def missing(wanted: Iterable[str], found: Iterable[str]) -> int:
    """Count the names that were not found, with or without whose office it is."""
    seen = {form for name in found for form in (name, bare(name))}
    return sum(name not in seen and bare(name) not in seen for name in wanted)


@dataclass(slots=True)
class NameCounts:
    """What was asked of the names of some plans, and what was answered."""

    swaps: int = 0
    swaps_missing: int = 0
    forgotten: int = 0
    forgotten_missing: int = 0
    figures: int = 0
    figures_missing: int = 0
    listed: int = 0
    wrong: int = 0

    def add(self, made: Adapted, told: NameSwaps | None) -> None:
        """Count what was told of a plan."""
        found = told or NameSwaps(())
        pairs = {f"{one}/{other}" for one, other, _ in found.swapped}
        bare_pairs = {f"{bare(one)}/{bare(other)}" for one, other, _ in found.swapped}
        bare_wanted = {f"{bare(one)}/{bare(other)}" for one, other in made.swapped}
        self.swaps += len({f"{one}/{other}" for one, other in made.swapped})
        self.swaps_missing += len(bare_wanted - bare_pairs)
        left = [name for name, _ in found.left_in_b]
        self.forgotten += len(made.forgotten)
        self.forgotten_missing += missing(made.forgotten, left)
        self.figures += len(made.figures)
        self.figures_missing += sum(not any(x.startswith(one) for x in found.figures) for one in made.figures)
        self.listed += len(pairs) + len(left) + len(found.left_in_a)
        self.wrong += len(bare_pairs - bare_wanted) + missing(left, made.forgotten) + len(found.left_in_a)
