"""Case tables and sample texts for the tests of the normaliser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

TABLES = Path(__file__).parents[1] / "cases" / "normalise"
SEEDS = Path(__file__).parents[2] / "seeds"


class Case(NamedTuple):
    """A text before and after a repair, and why."""

    name: str
    before: str
    after: str
    why: str


def table(name: str, kind: str) -> list[Case]:
    """Return the cases of one kind: ``wild``, ``negative`` or ``known_failures``."""
    data = json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))
    return [Case(**entry) for entry in data[kind]]


def cases(name: str, kind: str) -> list[ParameterSet]:
    """Return the cases of one kind as test parameters."""
    return [pytest.param(case, id=case.name) for case in table(name, kind)]


def undamaged() -> list[ParameterSet]:
    """Return the texts in which nothing is to be repaired."""
    data = json.loads((TABLES / "undamaged.json").read_text(encoding="utf-8"))
    return [pytest.param(entry["text"], id=entry["name"]) for entry in data]


def seed(name: str) -> str:
    """Return the raw text of a document of the sample corpus."""
    return next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
