"""Raw text → clean text: the steps, their fixed order, and the composed way back.

Each step lives in a module of its own and is one of two kinds of pure function: a *repair* proposes
:class:`~pdtool.normalise.edits.Edits`, a *conversion* keeps the length and returns the new text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pdtool.normalise.edits import Edits, OffsetMap, edits_between

__all__ = ["Clean", "Layer", "normalise"]

Repair = Callable[[str], Edits]
Conversion = Callable[[str], str]

STEPS: tuple[tuple[str, Repair | Conversion], ...] = ()
"""The order is fixed: byte slips and ghosts, page markers, furniture, spacing, width, script."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What one step did to the text it was given.

    Args:
        kind: The step: ``ghost``, ``page_marker``, ``furniture``, ``spacing``, ``width`` or ``script``.
        before: The text the step was given.
        after: The text it left.
        repair: Its edits, for a step that changes length; ``None`` for a length-preserving one.
    """

    kind: str
    before: str
    after: str
    repair: Edits | None

    @property
    def edits(self) -> Edits:
        """The edits over ``before``; derived by comparing where the step kept the length."""
        return edits_between(self.before, self.after) if self.repair is None else self.repair


@dataclass(frozen=True, slots=True, eq=False)
class Clean:
    """A normalised text.

    Args:
        raw: The text as decoded.
        text: The clean text.
        layers: What each step that changed anything did, in order.
        offsets: From ``text`` to ``raw``.
    """

    raw: str
    text: str
    layers: tuple[Layer, ...]
    offsets: OffsetMap


def _apply(text: str, kind: str, step: Repair | Conversion) -> tuple[Layer, OffsetMap] | None:
    result = step(text)
    if isinstance(result, Edits):
        if not len(result):
            return None
        after, offsets = result.apply(text)
        return Layer(kind, text, after, result), offsets
    return None if result == text else (Layer(kind, text, result, None), OffsetMap(len(text)))


def normalise(raw: str) -> Clean:
    """Repair a text.

    Args:
        raw: The decoded text, line ends as found.

    Returns:
        The clean text with what was done and the map back.
    """
    text, offsets, layers = raw, OffsetMap(len(raw)), []
    for kind, step in STEPS:
        applied = _apply(text, kind, step)
        if applied is not None:
            layer, step_offsets = applied
            layers.append(layer)
            text, offsets = layer.after, step_offsets.after(offsets)
    return Clean(raw, text, tuple(layers), offsets)
