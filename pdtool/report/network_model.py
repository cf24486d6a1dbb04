"""Who copies whom, as plain data: documents in order, the pairs of them, and which way each leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Arc", "Basis", "Direction", "Network", "Stop"]


class Basis(Enum):
    """What tells which document of a pair is the source."""

    NONE = "none"
    DATES = "dates"
    NAMES = "names"
    """The copier forgot names of the source."""


@dataclass(frozen=True, slots=True)
class Direction:
    """Which document of a pair is the source.

    Args:
        source: ``a`` or ``b``; empty where it cannot be told.
        basis: What tells it.
    """

    source: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Stop:
    """A document in the drawing of who copies whom.

    Args:
        doc: The document.
        date: Its date; empty if it is not known.
        role: What becomes of it: ``keep``, ``drop`` or ``unique``.
    """

    doc: str
    date: str
    role: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A pair in the drawing of who copies whom.

    Args:
        source: The place of its first document, of the source where that is known.
        target: The place of the other one.
        is_directed: Whether the source is known.
        kind: What the pair is; its relation where it has no kind.
        share: The greater of both containments, 0 to 1.
        pair: The number of the pair, if it is opened; else 0.
    """

    source: int
    target: int
    is_directed: bool
    kind: str
    share: float
    pair: int


@dataclass(frozen=True, slots=True)
class Network:
    """Who copies whom.

    Args:
        stops: Documents in the order they are drawn in.
        arcs: Related pairs of them.
        gaps: The places at which another group begins.
        total: How many documents have a related pair.
    """

    stops: tuple[Stop, ...]
    arcs: tuple[Arc, ...]
    gaps: tuple[int, ...]
    total: int
