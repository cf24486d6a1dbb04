"""How far codings agree: Cohen's κ, Krippendorff's α, precision and recall."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import permutations

__all__ = ["cohen_kappa", "krippendorff_alpha", "precision_recall"]

Code = Hashable
"""A value a coder gave a unit; ``None`` where a coder gave none."""


def cohen_kappa(pairs: Sequence[tuple[Code, Code]]) -> float | None:
    """Return Cohen's κ of two coders: their agreement beyond chance (Cohen 1960).

    ``(p_o − p_e) ÷ (1 − p_e)``, where ``p_o`` is the share of units with one code and ``p_e`` the share
    to which two coders would give one code who each give codes as often as these do.

    Args:
        pairs: The codes of each unit, by the one and the other coder.

    Returns:
        κ, at most 1; ``None`` where both give all units one and the same code, or there are no units.

    >>> round(cohen_kappa([(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15), 6)
    0.4
    """
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    first, second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    expected = sum(first[code] * second[code] for code in first) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Iterable[Sequence[Code]]) -> float | None:
    """Return Krippendorff's α for nominal codes by any number of coders, some of which may be missing.

    ``1 − D_o ÷ D_e``: disagreements observed in units ÷ those expected if codes were dealt out to units by
    chance, both from the matrix of coincidences (Krippendorff 2004, Content Analysis, 2nd ed., ch. 11).

    Args:
        units: The codes of each unit, one for each coder; ``None`` for a missing one.

    Returns:
        α, at most 1; ``None`` where no unit has two codes, or all codes are one and the same.

    >>> jon_and_han = zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    >>> round(krippendorff_alpha(jon_and_han), 3)
    0.095
    """
    coincidences: defaultdict[tuple[Code, Code], float] = defaultdict(float)
    for unit in units:
        codes = [code for code in unit if code is not None]
        for pair in permutations(codes, 2):
            coincidences[pair] += 1 / (len(codes) - 1)
    totals: defaultdict[Code, float] = defaultdict(float)
    for (code, _), weight in coincidences.items():
        totals[code] += weight
    whole = sum(totals.values())
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    expected = sum(totals[one] * totals[other] for one, other in permutations(totals, 2))
    return None if not expected else 1 - (whole - 1) * observed / expected


def precision_recall(pairs: Iterable[tuple[bool, bool]]) -> tuple[float | None, float | None, float | None]:
    """Return precision, recall and F1 of a coding held against another one.

    Args:
        pairs: Of each unit whether the one that is judged says yes, and whether the other does.

    Returns:
        The share of its yes that is right, the share of the other's yes that it has, and their harmonic
        mean; ``None`` where there is nothing to divide by.
    """
    counts = Counter(pairs)
    right, wrong, missed = counts[True, True], counts[True, False], counts[False, True]
    precision = right / (right + wrong) if right + wrong else None
    recall = right / (right + missed) if right + missed else None
    f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else None
    return precision, recall, f1
