"""Furniture of two more kinds: sites whose lines the catalogue lists, and invented sites it has not seen.

Both are printed around and into a text with :func:`tests.damage.layout.furnish`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["known_site", "portals"]

_DATA = Path(__file__).parent / "data"
_FILES = ("portals.toml", "pages.toml")
_BAR_SEPARATORS = (" | ", "  ", " ", "｜", "　")
_HEAD_LINES = (1, 4)
_FOOT_LINES = (1, 6)
_BAR_PIECES = (2, 4)


@cache
def portals(role: str) -> tuple[dict[str, Any], ...]:
    """Return the invented sites of one role.

    Args:
        role: ``tuning``, ``kinds`` or ``sealed``.
    """
    read = (tomllib.loads((_DATA / name).read_text(encoding="utf-8"))["site"] for name in _FILES)
    return tuple(site for sites in read for site in sites if site["role"] == role)


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads(files("pdtool").joinpath("data/furniture.toml").read_text(encoding="utf-8"))


def _lines(rng: Random, places: set[str]) -> str:
    """Draw an example of a whole-line form; a label that takes the next line gets one."""
    entry = rng.choice([line for line in _catalogue()["line"] if line["where"] in places])
    example = str(rng.choice(entry["examples"]))
    return example if not entry.get("takes") else f"{example}\n仅供整体效果示例展示"


def _bar(rng: Random) -> str:
    """Draw pieces that together are a bar: one that suffices by itself, and others."""
    pieces = [piece for piece in _catalogue()["piece"] if not piece.get("keep")]
    strong = rng.choice([piece for piece in pieces if piece["weight"] >= 2])
    chosen = [strong, *rng.sample(pieces, rng.randint(*_BAR_PIECES) - 1)]
    rng.shuffle(chosen)
    return rng.choice(_BAR_SEPARATORS).join(rng.choice(piece["examples"]) for piece in chosen)


def _block(rng: Random, places: set[str], bounds: tuple[int, int]) -> list[str]:
    return [_bar(rng) if rng.random() < 0.3 else _lines(rng, places) for _ in range(rng.randint(*bounds))]


def known_site(rng: Random) -> dict[str, Any]:
    """Make a site whose every line is an example of the catalogue's forms.

    Returns:
        ``name``, ``head``, ``foot`` and ``inside``, as :func:`tests.damage.layout.furnish` takes them.
    """
    return {
        "name": "known",
        "head": _block(rng, {"head", "edge", "any"}, _HEAD_LINES),
        "foot": _block(rng, {"foot", "edge", "any"}, _FOOT_LINES),
        "inside": [_lines(rng, {"any"})],
    }
