"""The eight kinds of damage that documents of the field are measured by, with what is asked of the repairs.

The figures are character error rates: edits left after cleaning per character of the undamaged text, letters,
digits and Han only (:func:`tests.damage.rates.distance`). The floor is what must hold on texts of others, the
goal what is aimed at (the project's issue on true results on the field's documents, November 2026).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from pdtool.normalise.options import DEFAULTS, NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import normalise
from pdtool.text.fold import fold
from pdtool.text.opencc_data import read_characters
from tests.damage import layout
from tests.damage.content import spliced
from tests.damage.portals import portals
from tests.damage.rates import distance
from tests.damage.readings import random_ghosts
from tests.damage.slides import doubled_across_lines
from tests.damage.slips import byte_losses, site_ghosts_with_slips
from tests.damage.tracked import Tracked, original

__all__ = ["FIELD", "FieldKind", "Made", "errors", "in_gbk", "is_traditional"]

_PARAGRAPH = (40, 600)
"""Characters of a paragraph that is spliced in."""


@dataclass(frozen=True, slots=True)
class Made:
    """A text and what became of it.

    Args:
        clean: What a perfect repair gives back.
        dirty: The damaged text.
    """

    clean: str
    dirty: str


Damage = Callable[[str, str, Random], Made]
"""Makes the damage from a text, another text that stands beside it, and a generator."""


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A kind of damage.

    Args:
        damage: What makes it.
        floor: The greatest error rate that is let pass on texts of others.
        goal: The error rate that is aimed at.
        simplified: Whether it is a damage of Simplified texts alone.
    """

    damage: Damage
    floor: float
    goal: float
    simplified: bool = False


def in_gbk(text: str) -> str:
    """Return a text without the characters that GBK does not hold: what is stored in GBK never had them."""
    return text.encode("gbk", "ignore").decode("gbk")


def is_traditional(text: str) -> bool:
    """Return whether a text is Traditional: a byte or a ghost is lost otherwise in it."""
    characters = read_characters()
    return sum(character in characters for character in text) > len(text) / 20


def errors(kind: FieldKind, made: Made) -> tuple[int, int, int]:
    """Count the edits before and after cleaning, and the characters of the undamaged text.

    Damage that has nothing to do with the script is measured in the text's own.
    """
    options = DEFAULTS if kind.simplified else NormaliseOptions(script=TargetScript.KEEP)
    cleaned = normalise(made.dirty, options=options).text
    return distance(made.clean, made.dirty), distance(made.clean, cleaned), len(fold(made.clean))


def _of_bytes(damage: Callable[[str, Random], str]) -> Damage:
    def make(text: str, _: str, rng: Random) -> Made:
        clean = in_gbk(text)
        return Made(clean, damage(clean, rng))

    return make


def _of_text(damage: Callable[[Tracked, Random], Tracked]) -> Damage:
    return lambda text, _, rng: Made(text, damage(original(text, "host"), rng).text)


def _held_out() -> tuple[dict[str, Any], ...]:
    return (*layout.sites(), *portals("kinds"))


def _furnished(text: Tracked, rng: Random) -> Tracked:
    return layout.furnish(text, rng, rng.choice(_held_out()))


def _foreign(text: str, other: str, rng: Random) -> Made:
    """Splice a paragraph of another text into a sentence: it is named, never dropped unasked."""
    shortest, longest = _PARAGRAPH
    fitting = [line for line in re.split(r"\n+", other) if shortest <= len(line) <= longest]
    paragraph = rng.choice(fitting) if fitting else other[:longest]
    made = spliced(original(text, "host"), [original(paragraph, "foreign")], rng).text
    return Made(made, made)


FIELD: dict[str, FieldKind] = {
    "site ghosts with slips": FieldKind(_of_bytes(site_ghosts_with_slips), 0.001, 0.0003, simplified=True),
    "byte losses": FieldKind(_of_bytes(byte_losses), 0.0025, 0.0015, simplified=True),
    "furniture held out": FieldKind(_of_text(_furnished), 0.005, 0.0015),
    "page markers": FieldKind(_of_text(layout.page_markers), 0.0005, 0.0001),
    "random ghosts": FieldKind(_of_text(random_ghosts), 0.001, 0.0001, simplified=True),
    "doubling across lines": FieldKind(_of_text(doubled_across_lines), 0.002, 0.0005),
    "text as found": FieldKind(_of_text(lambda text, _: text), 0.00002, 0.0),
    "foreign paragraph spliced in": FieldKind(_foreign, 0.0001, 0.0),
}
"""By name, in the order of every report."""
