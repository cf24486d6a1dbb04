"""Raw text → clean text: the steps, their fixed order, and the composed way back.

Each step lives in a module of its own and is one of two kinds of pure function: a *repair* proposes
:class:`~pdtool.text.edits.Edits`, a *conversion* returns the new text, and its edits are derived when
they are asked for. A step that needs a feature which the text does not have (see
:mod:`pdtool.normalise.prefilter`) is passed over: it would find nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from pdtool.normalise.furniture.edge_lines import EdgeLines, edge_lines_of
from pdtool.normalise.furniture.removal import furniture
from pdtool.normalise.furniture.shared_blocks import SharedBlocks, shared_block_edits
from pdtool.normalise.ghosts import find_ghosts
from pdtool.normalise.layout.doubling import doubling, doubling_throughout
from pdtool.normalise.layout.markdown import MARKDOWN, markdown
from pdtool.normalise.layout.page_markers import page_markers
from pdtool.normalise.layout.running_heads import running_heads
from pdtool.normalise.layout.spacing import spacing
from pdtool.normalise.layout.width import convert_width
from pdtool.normalise.losses import is_misread
from pdtool.normalise.markup import MARKUP, find_markup
from pdtool.normalise.mojibake import MISREAD, find_mojibake
from pdtool.normalise.options import DEFAULTS, NormaliseOptions, TargetScript
from pdtool.normalise.prefilter import Feature, features_of
from pdtool.normalise.script.simplified import convert_ahead, convert_script
from pdtool.normalise.script.traditional import convert_to_traditional
from pdtool.normalise.script.vocabulary import vocabulary
from pdtool.normalise.slips.byte_slips import find_byte_slips
from pdtool.text.edits import Edits, OffsetMap, edits_between
from pdtool.text.lines import line_end_edits, line_ends

__all__ = [
    "SCRIPT_STEPS",
    "STEPS",
    "Clean",
    "Layer",
    "Step",
    "count_repairs",
    "normalise",
    "normalise_each",
    "offsets_of",
    "replay",
    "revert",
    "text_for_edge_lines",
]

Work = Callable[[str], Edits | str]
Derivation = Callable[[str, str], Edits]


class Step(NamedTuple):
    """A step of the normaliser.

    Args:
        kind: Its name in every table.
        work: What it does.
        needs: The bits of :class:`~pdtool.normalise.prefilter.Feature` without which it does nothing.
        derive: Works out the edits of a conversion from the texts before and after it.
    """

    kind: str
    work: Work
    needs: int = 0
    derive: Derivation = edits_between


STEPS: tuple[Step, ...] = (
    Step(MISREAD, find_mojibake, Feature.MISREAD.value),
    Step("line_end", line_ends, Feature.OTHER_BREAK.value, line_end_edits),
    Step(MARKDOWN, markdown),
    Step(MARKUP, find_markup),
    Step("byte_slip", find_byte_slips, Feature.LOSS.value),
    Step("ghost", find_ghosts, Feature.BRACKET | Feature.SPELLING),
    Step("doubling", doubling_throughout, Feature.DOUBLED.value),
    Step("running_head", running_heads, Feature.PAGE.value),
    Step("page_marker", page_markers, Feature.PAGE.value),
    Step("doubling", doubling, Feature.DOUBLED.value),
    Step("furniture", furniture, Feature.SITE.value),
    Step("spacing", spacing, Feature.LAYOUT.value),
    Step("width", convert_width, Feature.WIDE.value),
)
"""The order is fixed: what was misread goes before the line ends, which it may hold. Blocks shared across a
corpus, where they are known, go right after the furniture; the script comes last."""


def _convert_unless_misread(convert: Callable[[str], str], text: str) -> str:
    """Convert the script of a text, but leave one alone that was read in a wrong encoding.

    Its characters are none that anybody wrote. As they stand, the file can still be read anew; converted, two
    of them may have become one. Only what a conversion changes is judged, so that other text costs nothing.
    """
    converted = convert(text)
    return text if converted != text and is_misread(text) else converted


SCRIPT_STEPS: Mapping[TargetScript, tuple[Step, ...]] = {
    TargetScript.HANS: (
        Step("script", partial(_convert_unless_misread, convert_script), Feature.TRADITIONAL.value),
    ),
    TargetScript.HANT: (
        Step("script", partial(_convert_unless_misread, convert_to_traditional), Feature.SIMPLIFIED.value),
    ),
    TargetScript.KEEP: (),
}

_AFTER_FURNITURE = frozenset({"shared_block", "spacing", "width", "vocabulary", "splice", "script"})
_NO_REPAIR = frozenset({"line_end", "width", "vocabulary", "splice", "script"})
"""Another way to write the same text, or less of it, rather than a repair of it."""


@dataclass(frozen=True, eq=False)
class Layer:
    """What one step did to the text it was given.

    Args:
        kind: The step: ``misread``, ``line_end``, ``markdown``, ``markup``, ``byte_slip``, ``ghost``,
            ``running_head``, ``page_marker``, ``doubling``, ``furniture``, ``shared_block``, ``spacing``,
            ``width``, ``vocabulary``, ``splice`` or ``script``.
        before: The text the step was given.
        after: The text it left.
        repair: The edits of a repair; ``None`` for a conversion.
        derive: Works out the edits of a conversion.
    """

    kind: str
    before: str
    after: str
    repair: Edits | None
    derive: Derivation = edits_between

    @cached_property
    def edits(self) -> Edits:
        """The edits over ``before``."""
        return self.derive(self.before, self.after) if self.repair is None else self.repair

    @property
    def is_one_to_one(self) -> bool:
        """Whether each character stands for the one at the same offset."""
        return self.repair is None and len(self.before) == len(self.after)


@dataclass(frozen=True, eq=False)
class Clean:
    """A normalised text.

    Args:
        raw: The text as decoded.
        text: The clean text.
        layers: What each step that changed anything did, in order.
    """

    raw: str
    text: str
    layers: tuple[Layer, ...]

    @cached_property
    def offsets(self) -> OffsetMap:
        """The way from ``text`` to ``raw``."""
        return offsets_of(self.raw, self.layers)

    @property
    def repairs(self) -> int:
        """How many edits mended something; see :func:`count_repairs`."""
        return count_repairs(self.layers)

    def edge_lines(self) -> EdgeLines:
        """Return what is remembered of the text to learn the furniture of its corpus."""
        return edge_lines_of(text_for_edge_lines(self.text, self.layers))


def offsets_of(raw: str, layers: Iterable[Layer]) -> OffsetMap:
    """Return the way from a clean text to the raw one. Few texts are ever asked for it.

    Args:
        raw: The text that was normalised.
        layers: What each step did, in order.
    """
    offsets = OffsetMap(len(raw))
    for layer in layers:
        if not layer.is_one_to_one:
            offsets = layer.edits.way_back(len(layer.before)).after(offsets)
    return offsets


def count_repairs(layers: Iterable[Layer]) -> int:
    """Return how many edits mended something: all but line ends, width, vocabulary, splices and script."""
    return sum(len(layer.edits) for layer in layers if layer.kind not in _NO_REPAIR)


def text_for_edge_lines(text: str, layers: Iterable[Layer]) -> str:
    """Return a text as it stood when known furniture was gone and later steps had not changed its lines.

    Its edge lines are taken of this text (:mod:`pdtool.normalise.furniture.edge_lines`), and furniture that
    the corpus shows is removed from it.

    Args:
        text: The clean text.
        layers: How it came about.
    """
    return next((layer.before for layer in layers if layer.kind in _AFTER_FURNITURE), text)


def _repairs(blocks: SharedBlocks | None, options: NormaliseOptions, is_markdown: bool) -> Iterator[Step]:
    """Yield all steps but those of the script."""
    for step in STEPS:
        named = is_markdown and step.kind == MARKDOWN
        yield step._replace(work=partial(markdown, is_named=True)) if named else step
        if blocks and step.kind == "furniture":
            yield Step("shared_block", partial(shared_block_edits, blocks=blocks))
    if options.vocabulary:
        yield Step("vocabulary", vocabulary, Feature.TRADITIONAL.value)
    if options.drop_splices:
        yield Step("splice", _splices)


def _splices(text: str) -> Edits:
    """Leave out passages of other texts; the segmenter they are recognised with is loaded only here."""
    from pdtool.normalise.splices.detection import splice_edits

    return splice_edits(text)


@dataclass(slots=True)
class _Work:
    """A text on its way through the steps.

    Args:
        raw: The text as decoded.
        features: Its features; ``None`` where they have to be asked for.
        text: What the steps made of it so far.
        layers: What they did.
    """

    raw: str
    features: int | None
    text: str = ""
    layers: list[Layer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.raw

    def has(self, needed: int) -> bool:
        """Return whether the text has some features."""
        if self.features is None:  # not before another step asks for them
            self.features = features_of(self.text)
        return needed & ~self.features == 0

    def through(self, steps: Iterable[Step]) -> _Work:
        """Take the text through some steps, and return this."""
        for step in steps:
            if not self.has(step.needs):
                continue
            layer = _apply(step, self.text)
            if layer is not None:
                self.layers.append(layer)
                self.text, self.features = layer.after, None
        return self

    def clean(self) -> Clean:
        """Return the text as it is now, with what was done."""
        return Clean(self.raw, self.text, tuple(self.layers))


def _apply(step: Step, text: str) -> Layer | None:
    result = step.work(text)
    if isinstance(result, Edits):
        return Layer(step.kind, text, result.applied_to(text), result) if len(result) else None
    return None if result == text else Layer(step.kind, text, result, None, step.derive)


def normalise(
    raw: str,
    blocks: SharedBlocks | None = None,
    options: NormaliseOptions = DEFAULTS,
    features: int | None = None,
    *,
    is_markdown: bool = False,
) -> Clean:
    r"""Repair a text.

    Args:
        raw: The decoded text, line ends as found.
        blocks: Furniture learned from the corpus the text belongs to.
        options: The script of the clean text, and what is left out of it.
        features: What :func:`~pdtool.normalise.prefilter.prefilter` found in the raw text; ``None`` to judge
            it by its characters alone. Changes nothing but the time.
        is_markdown: Whether the name of its file says that it is Markdown.

    Returns:
        The clean text with what was done and the way back.

    >>> normalise("点赞:12\r\n共有43\r\n3、50名常住居民，加强 党建。").text
    '共有4350名常住居民，加强党建。'
    """
    steps = [*_repairs(blocks, options, is_markdown), *SCRIPT_STEPS[options.script]]
    return _Work(raw, features).through(steps).clean()


def normalise_each(
    raws: Sequence[str],
    features: Sequence[int | None],
    are_markdown: Sequence[bool],
    blocks: SharedBlocks | None = None,
    options: NormaliseOptions = DEFAULTS,
) -> Iterator[Clean]:
    """Repair several texts as :func:`normalise` does each; their script is converted together.

    Args:
        raws: The decoded texts.
        features: What :func:`~pdtool.normalise.prefilter.prefilter` found in each; ``None`` where it was not
            asked.
        are_markdown: Whether the name of the file of each says that it is Markdown.
        blocks: Furniture learned from the corpus the texts belong to.
        options: The script of the clean texts, and what is left out of them.

    Yields:
        What :func:`normalise` returns of each.
    """
    repairs = {named: [*_repairs(blocks, options, named)] for named in {*are_markdown}}
    each = [
        _Work(raw, found).through(repairs[named])
        for raw, found, named in zip(raws, features, are_markdown, strict=True)
    ]
    if options.script == TargetScript.HANS:
        convert_ahead(work.text for work in each if work.has(Feature.TRADITIONAL))
    for work in each:
        yield work.through(SCRIPT_STEPS[options.script]).clean()


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
        text = layer.edits.applied_to(text)
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
