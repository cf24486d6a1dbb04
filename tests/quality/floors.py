"""The pinned floors of quality, and the digest of what they were measured on.

A floor that is lowered needs a word in the changelog. When the texts or the simulator change, the digest
no longer fits: measure again, look at the figures, and pin both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

__all__ = ["Floors", "digest", "read_floors"]

_TESTS = Path(__file__).parents[1]
_EVALUATION_DATA = (
    "texts/*.py",
    "texts/data/*.toml",
    "texts/data/handwritten/*.txt",
    "damage/tracked.py",
    "damage/truth.py",
    "damage/glyphs.py",
    "damage/layout.py",
    "damage/content.py",
    "damage/kinds.py",
    "damage/negatives.py",
    "damage/data/confusions.txt",
    "damage/data/furniture.toml",
    "damage/data/passages.toml",
    "damage/data/templates.toml",
    "quality/corpora.py",
)
"""What the labelled corpora are made of; other simulators may stand beside these."""


@dataclass(frozen=True, slots=True)
class Floors:
    """What the fixed corpora must reach.

    Args:
        digest: Of the evaluation data, see :func:`digest`.
        seeds: The fixed corpora.
        recall: Least share of the related pairs that is listed.
        precision: Least share of the listed pairs that is related.
        misnamed: Most pairs listed under a wrong relation.
        error: Greatest mean containment error.
        error_of_a_kind: Greatest mean containment error of any kind of damage.
        over_peer: How much the F1 exceeds that of plain 5-gram containment at its best threshold, at least.
    """

    digest: str
    seeds: tuple[int, ...]
    recall: float
    precision: float
    misnamed: int
    error: float
    error_of_a_kind: float
    over_peer: float


def read_floors() -> Floors:
    """Return the pinned floors."""
    pinned = json.loads((_TESTS / "quality" / "floors.json").read_text(encoding="utf-8"))
    return Floors(**pinned | {"seeds": tuple(pinned["seeds"])})


def _evaluation_files() -> list[Path]:
    found = {path for pattern in _EVALUATION_DATA for path in _TESTS.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not path.name.startswith("test_"))


def digest() -> str:
    """Return the SHA-256 of texts, simulator and corpora, whatever the line ends of the checkout."""
    total = sha256()
    for path in _evaluation_files():
        total.update(path.relative_to(_TESTS).as_posix().encode())
        total.update(path.read_text(encoding="utf-8").encode())
    return total.hexdigest()
