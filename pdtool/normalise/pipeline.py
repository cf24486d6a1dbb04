"""Raw text → clean text: the steps, their fixed order, and the composed way back.

Each step lives in a module of its own and is one of two kinds of pure function: a *repair* proposes
:class:`~pdtool.normalise.edits.Edits`, a *conversion* keeps the length and returns the new text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pdtool.normalise.byte_slips import find_byte_slips
from pdtool.normalise.doubling import doubling
from pdtool.normalise.edits import Edits, OffsetMap, edits_between
from pdtool.normalise.furniture import furniture
from pdtool.normalise.ghosts import find_ghosts
from pdtool.normalise.lines import line_ends
from pdtool.normalise.misread import MISREAD, find_misread
from pdtool.normalise.options import DEFAULTS, NormaliseOptions, TargetScript
from pdtool.normalise.page_markers import page_markers
from pdtool.normalise.running_heads import running_heads
from pdtool.normalise.script import convert_script
from pdtool.normalise.shared_blocks import SharedBlocks, Survey, shared_block_edits, survey_text
from pdtool.normalise.spacing import spacing
from pdtool.normalise.traditional import convert_to_traditional
from pdtool.normalise.vocabulary import vocabulary
from pdtool.normalise.width import convert_width

__all__ = [
    "SCRIPT_STEPS",
    "STEPS",
    "Clean",
    "Layer",
    "count_repairs",
    "normalise",
    "replay",
    "revert",
    "survey",
]

Repair = Callable[[str], Edits]
Conversion = Callable[[str], str]
Step = tuple[str, Repair | Conversion]

STEPS: tuple[Step, ...] = (
    (MISREAD, find_misread),
    ("line_end", line_ends),
    ("byte_slip", find_byte_slips),
    ("ghost", find_ghosts),
    ("running_head", running_heads),
    ("page_marker", page_markers),
    ("doubling", doubling),
    ("furniture", furniture),
    ("spacing", spacing),
    ("width", convert_width),
)
"""The order is fixed: what was misread goes before the line ends, which it may hold. Blocks shared across a
corpus, where they are known, go right after the furniture; the script comes last."""

SCRIPT_STEPS: Mapping[TargetScript, tuple[Step, ...]] = {
    TargetScript.HANS: (("script", convert_script),),
    TargetScript.HANT: (("script", convert_to_traditional),),
    TargetScript.KEEP: (),
}

_AFTER_FURNITURE = frozenset({"shared_block", "spacing", "width", "vocabulary", "script"})
_NO_REPAIR = frozenset({"line_end", "width", "vocabulary", "script"})
"""Another way to write the same text rather than a repair of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What one step did to the text it was given.

    Args:
        kind: The step: ``misread``, ``line_end``, ``byte_slip``, ``ghost``, ``running_head``,
            ``page_marker``, ``doubling``, ``furniture``, ``shared_block``, ``spacing``, ``width``,
            ``vocabulary`` or ``script``.
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

    @property
    def repairs(self) -> int:
        """How many edits mended something; see :func:`count_repairs`."""
        return count_repairs(self.layers)

    def survey(self) -> Survey:
        """Survey the text; see :func:`survey`."""
        return survey(self.text, self.layers)


def count_repairs(layers: Iterable[Layer]) -> int:
    """Return how many edits mended something: all but line ends, width, vocabulary and script."""
    return sum(len(layer.edits) for layer in layers if layer.kind not in _NO_REPAIR)


def survey(text: str, layers: Iterable[Layer]) -> Survey:
    """Survey the edges and the text of a document as they stood when known furniture was gone.

    What :func:`~pdtool.normalise.shared_blocks.learn_blocks` asks of every document of a corpus.

    Args:
        text: The clean text.
        layers: How it came about.
    """
    later = (layer.before for layer in layers if layer.kind in _AFTER_FURNITURE)
    return survey_text(next(later, text))


def _steps(blocks: SharedBlocks | None, options: NormaliseOptions) -> Iterable[Step]:
    for kind, step in STEPS:
        yield kind, step
        if blocks and kind == "furniture":
            yield "shared_block", partial(shared_block_edits, blocks=blocks)
    if options.vocabulary:
        yield "vocabulary", vocabulary
    yield from SCRIPT_STEPS[options.script]


def _apply(text: str, kind: str, step: Repair | Conversion) -> tuple[Layer, OffsetMap] | None:
    result = step(text)
    if isinstance(result, Edits):
        if not len(result):
            return None
        after, offsets = result.apply(text)
        return Layer(kind, text, after, result), offsets
    return None if result == text else (Layer(kind, text, result, None), OffsetMap(len(text)))


def normalise(raw: str, blocks: SharedBlocks | None = None, options: NormaliseOptions = DEFAULTS) -> Clean:
    r"""Repair a text.

    Args:
        raw: The decoded text, line ends as found.
        blocks: Furniture learned from the corpus the text belongs to.
        options: The script of the clean text.

    Returns:
        The clean text with what was done and the map back.

    >>> normalise("点赞:12\r\n共有43\r\n3、50名常住居民，加强 党建。").text
    '共有4350名常住居民，加强党建。'
    """
    text, offsets, layers = raw, OffsetMap(len(raw)), []
    for kind, step in _steps(blocks, options):
        applied = _apply(text, kind, step)
        if applied is not None:
            layer, step_offsets = applied
            layers.append(layer)
            text, offsets = layer.after, step_offsets.after(offsets)
    return Clean(raw, text, tuple(layers), offsets)


def replay(raw: str, layers: Sequence[Layer]) -> str:
    """Apply recorded edits to the raw text again.

    Args:
        raw: The text that was normalised.
        layers: What each step did, in order.

    Returns:
        The clean text.
    """
    text = raw
    for layer in layers:
        text = layer.edits.apply(text)[0]
    return text


def revert(text: str, layers: Sequence[Layer]) -> str:
    """Undo recorded edits.

    Args:
        text: The clean text.
        layers: What each step did, in order.

    Returns:
        The raw text.

    >>> clean = normalise("關 鍵 詞：ＡＢＣ")
    >>> revert(clean.text, clean.layers)
    '關 鍵 詞：ＡＢＣ'
    """
    for layer in reversed(layers):
        text = layer.edits.revert(text)
    return text
