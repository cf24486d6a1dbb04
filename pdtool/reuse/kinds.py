"""What related documents are to a reader: copies, versions, the same form, a damaged reading.

From their editions (:mod:`pdtool.reuse.editions`) and from what differs (:mod:`pdtool.reuse.differences`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt

from pdtool.language import N_, _, listed
from pdtool.reuse.differences import Differences, Example
from pdtool.reuse.editions import Edition, differing_dates
from pdtool.reuse.relations import Relation

__all__ = ["COPIED", "Judgement", "ReuseKind", "judge"]

FORM_OTHERS = 0.25
"""Of two texts of one form, what differs besides figures and names is at most this share of what differs in
them."""
DAMAGED_SHARE = 0.0005
"""Of a damaged reading, at least this share of the characters is misread."""
CLEAR = 1.5
"""Of ``n`` differing readings those of one text are likelier by so much (natural logarithm) times the square
root of ``n``: that is more than readings differ by chance."""
EDITED = 8
"""Another version differs in so many characters at least that are neither misread nor figures, and in more
than are misread."""


class ReuseKind(Enum):
    """What the pair is to a reader."""

    COPY = "copy"
    VERSION = "version"
    FORM = "form"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a pair is, and why.

    Args:
        kind: What it is.
        evidence: The reason in words; empty for a copy.
        a_is_better: Whether a is the later version or the better reading; ``None`` where neither is.
        misread_a: Share of the characters of a that are misread, 0 to 1.
        misread_b: Likewise of b.
    """

    kind: ReuseKind
    evidence: str = ""
    a_is_better: bool | None = None
    misread_a: float = 0.0
    misread_b: float = 0.0


COPIED = Judgement(ReuseKind.COPY)
"""A copy, as far as can be told."""


def judge(
    a: Edition,
    b: Edition,
    sizes: tuple[int, int],
    relation: Relation,
    found: Differences | None,
    is_adapted: bool = False,
) -> Judgement:
    """Tell what a pair of related documents is.

    Args:
        a: The edition of one document.
        b: Of the other.
        sizes: Folded characters of both, at least 1.
        relation: How they relate.
        found: What differs; ``None`` if nothing does.
        is_adapted: Whether one has other places throughout: then it is no worse reading of the other.
    """
    if found is None or relation is Relation.IDENTICAL:
        return COPIED
    shares = found.misread_a / sizes[0], found.misread_b / sizes[1]
    judged = _judged(a, b, sizes, found, relation, is_adapted)
    return replace(judged, misread_a=shares[0], misread_b=shares[1])


def _judged(
    a: Edition,
    b: Edition,
    sizes: tuple[int, int],
    found: Differences,
    relation: Relation,
    is_adapted: bool,
) -> Judgement:
    if _is_form(a, b, found, relation):
        return Judgement(ReuseKind.FORM, _form_evidence(a, b, found))
    if _is_version(a, b, found):
        return Judgement(
            ReuseKind.VERSION,
            _("{edition} against {other}", edition=_label(a), other=_label(b)),
            a.is_later_than(b),
        )
    return COPIED if is_adapted else _damaged(sizes, found) or COPIED


def _label(edition: Edition) -> str:
    return edition.label or _("no mark")


def _is_form(a: Edition, b: Edition, found: Differences, relation: Relation) -> bool:
    """Return whether the two differ in what is filled in alone, or are reports of two years."""
    if a.years and b.years and a.years != b.years and a.title and a.title == b.title:
        return True
    filled = found.figures + found.names
    rest = found.others - found.misread_a - found.misread_b
    if relation is Relation.SAME:
        rest += found.only_a + found.only_b
    else:
        rest += min(found.only_a, found.only_b)
    return 0 < filled >= found.misread_a + found.misread_b and rest <= FORM_OTHERS * filled


def _form_evidence(a: Edition, b: Edition, found: Differences) -> str:
    if not (found.figures or found.names):
        return _(
            "the same for other years: {shown}", shown=_shown([("、".join(a.years), "、".join(b.years))])
        )
    figures, names = _shown(found.figure_examples), _shown(found.name_examples)
    if not names:
        only, also = N_("differ only in figures: {figures}"), N_("differ in figures: {figures}")
    elif not figures:
        only, also = N_("differ only in names: {names}"), N_("differ in names: {names}")
    else:
        only = N_("differ only in figures: {figures} and in names: {names}")
        also = N_("differ in figures: {figures} and in names: {names}")
    return _(also if found.others else only, figures=figures, names=names)


def _shown(examples: list[Example] | tuple[Example, ...]) -> str:
    return listed(f"{in_a}/{in_b}" for in_a, in_b in examples)


def _damaged(sizes: tuple[int, int], found: Differences) -> Judgement | None:
    """Return that one of the two is a worse reading of the other, if it is."""
    b_is_worse = found.balance > 0
    share = found.misread_b / sizes[1] if b_is_worse else found.misread_a / sizes[0]
    if share < DAMAGED_SHARE or abs(found.balance) < CLEAR * sqrt(found.readings):
        return None
    examples = found.misread_b_examples if b_is_worse else found.misread_a_examples
    if b_is_worse:
        examples = tuple((wrong, right) for right, wrong in examples)
    said = N_("{share:.1f} % of the characters are misread in a: {examples}")
    if b_is_worse:
        said = N_("{share:.1f} % of the characters are misread in b: {examples}")
    evidence = _(said, share=100 * share, examples=_shown(examples))
    return Judgement(ReuseKind.DAMAGED, evidence, b_is_worse)


def _is_version(a: Edition, b: Edition, found: Differences) -> bool:
    """Return whether the two are editions of one text: one title, and another date or amendment mark."""
    misread = found.misread_a + found.misread_b
    edited = found.others - misread + found.only_a + found.only_b + found.names
    amended = a.rank != b.rank or (differing_dates(a.date, b.date) and edited >= EDITED)
    return amended and edited >= misread and bool(a.title) and a.title == b.title
