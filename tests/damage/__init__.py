"""Labelled damage: copies of texts whose true containments are known by construction."""

from tests.damage.kinds import KINDS, Kind, Workshop
from tests.damage.negatives import NEGATIVES
from tests.damage.tracked import Tracked, original
from tests.damage.truth import Expected, Truth, compare, trace

__all__ = [
    "KINDS",
    "NEGATIVES",
    "Expected",
    "Kind",
    "Tracked",
    "Truth",
    "Workshop",
    "compare",
    "original",
    "trace",
]
