"""Counts and hand codes → the rows of the table of agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pdtool.themes.agreement import cohen_kappa, krippendorff_alpha, precision_recall
from pdtool.themes.codes import HandCodes
from pdtool.themes.rows import AgreementRow

__all__ = ["EVERY", "agreement_rows"]

EVERY = "(all)"
"""Stands for all themes, and for all coders."""

Unit = tuple[str, str]
"""A document and a theme."""


def agreement_rows(
    found: Mapping[Unit, bool], hand: HandCodes, themes: Sequence[str]
) -> Iterator[AgreementRow]:
    """Yield a row for each theme and coder, and for all themes together.

    Where there are several coders, a row for all of them has α, of the dictionary and all coders.

    Args:
        found: Whether the dictionary finds a theme in a document.
        hand: What coders said; of documents that ``found`` lacks nothing is asked.
        themes: The themes, in order.
    """
    coded = {theme for _, _, theme in hand.codes}
    for theme in (*(theme for theme in themes if theme in coded), EVERY):
        units = [unit for unit in found if theme in (EVERY, unit[1])]
        for coder in hand.coders:
            yield _row(theme, coder, [(found[unit], hand.codes.get((coder, *unit))) for unit in units])
        if len(hand.coders) > 1:
            told = [
                (found[unit], *codes)
                for unit in units
                for codes in [[hand.codes.get((coder, *unit)) for coder in hand.coders]]
                if any(code is not None for code in codes)
            ]
            yield _of_all(theme, len(told), krippendorff_alpha(told))


def _of_all(theme: str, units: int, alpha: float | None) -> AgreementRow:
    """Return the row of all coders: nothing but α can be said of more than two."""
    return AgreementRow(theme, EVERY, units, None, None, None, None, None, None, alpha, None, None, None)


def _row(theme: str, coder: str, codes: Sequence[tuple[bool, bool | None]]) -> AgreementRow:
    pairs = [(told, code) for told, code in codes if code is not None]
    counts = Counter(pairs)
    alike = counts[True, True] + counts[False, False]
    precision, recall, f1 = precision_recall(pairs)
    return AgreementRow(
        theme,
        coder,
        len(pairs),
        both=counts[True, True],
        dictionary_only=counts[True, False],
        coder_only=counts[False, True],
        neither=counts[False, False],
        agreement=alike / len(pairs) if pairs else None,
        kappa=cohen_kappa(pairs),
        alpha=krippendorff_alpha(pairs),
        precision=precision,
        recall=recall,
        f1=f1,
    )
