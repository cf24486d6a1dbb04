"""How far codings agree: against naive counts, and against examples that were worked by hand in print."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.errors import InputError
from pdtool.themes.agreement import cohen_kappa, krippendorff_alpha, precision_recall
from pdtool.themes.agreement_rows import EVERY, agreement_rows
from pdtool.themes.codes import load_codes

_PAIRS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=30)
_UNITS = st.lists(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=3, max_size=3), max_size=12)


def test_kappa_of_the_published_example() -> None:
    """Two readers of 50 proposals (20, 5, 10, 15), as textbooks have it: 0.4; Viera and Garrett (2005)."""
    assert cohen_kappa([(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15) == pytest.approx(0.4)
    lectures = [(1, 1)] * 15 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 70
    assert cohen_kappa(lectures) == pytest.approx(0.57, abs=0.005)


def test_alpha_of_the_published_examples() -> None:
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability: examples A (0.095) and C (0.743)."""
    two = zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True)
    assert krippendorff_alpha(list(two)) == pytest.approx(0.095, abs=0.0005)
    four = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    codes = [[None if code == "." else int(code) for code in coder] for coder in four]
    assert krippendorff_alpha(list(zip(*codes, strict=True))) == pytest.approx(0.743, abs=0.0005)


@given(_PAIRS)
def test_kappa_is_what_its_formula_says(pairs: list[tuple[int, int]]) -> None:
    """Observed and expected agreement, counted code by code."""
    found = cohen_kappa(pairs)
    if not pairs:
        assert found is None
        return
    size = len(pairs)
    observed = sum(1 for one, other in pairs if one == other) / size
    shares = [[sum(pair[side] == code for pair in pairs) / size for code in range(3)] for side in (0, 1)]
    expected = sum(one * other for one, other in zip(*shares, strict=True))
    if expected > 1 - 1e-12:
        assert found is None
    else:
        assert found == pytest.approx((observed - expected) / (1 - expected))


def _naive_alpha(units: list[list[int | None]]) -> float | None:
    """Krippendorff's α pair by pair: every pair of codes of a unit, and every pair of all codes."""
    values = [[code for code in unit if code is not None] for unit in units]
    values = [unit for unit in values if len(unit) > 1]
    every = [code for unit in values for code in unit]
    size = len(every)
    disagreed = sum(
        2 * sum(one != other for one, other in combinations(unit, 2)) / (len(unit) - 1) for unit in values
    )
    by_chance = 2 * sum(one != other for one, other in combinations(every, 2))
    if not by_chance:
        return None
    return 1 - (disagreed / size) / (by_chance / (size * (size - 1)))


@given(_UNITS)
def test_alpha_is_what_its_pairs_say(units: list[list[int | None]]) -> None:
    """The matrix of coincidences gives what counting pairs gives, missing codes included."""
    expected, found = _naive_alpha(units), krippendorff_alpha(units)
    assert (found is None) == (expected is None)
    assert found is None or found == pytest.approx(expected)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=20))
def test_precision_and_recall_are_shares(pairs: list[tuple[bool, bool]]) -> None:
    """Counted one by one; ``None`` where nothing is divided."""
    precision, recall, f1 = precision_recall(pairs)
    told, true = [one for one, _ in pairs], [one for _, one in pairs]
    right = sum(one and other for one, other in pairs)
    assert precision == (right / sum(told) if any(told) else None)
    assert recall == (right / sum(true) if any(true) else None)
    if precision and recall:
        assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def _written(tmp_path: Path, text: str, encoding: str = "utf-8") -> str:
    path = tmp_path / "codes.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize(
    "text",
    [
        "doc,theme,code\na,甲,1\na,乙,0\nb,甲,0\nb,乙,1\n",
        "文档,主题,编码\na,甲,是\na,乙,否\nb,甲,无\nb,乙,2\n",
        "doc,甲,乙\na,1,0\nb,0,1\n",
        "theme\tdoc\n甲\ta\n乙\tb\n",
        "doc;theme;code;coder\na;甲;yes;\na;乙;no;\nb;甲;no;\nb;乙;yes;\n",
    ],
)
def test_the_forms_of_hand_codes(tmp_path: Path, text: str) -> None:
    """Long and wide, with and without codes, in any delimiter and in Chinese."""
    hand = load_codes(_written(tmp_path, text, "gb18030" if "文档" in text else "utf-8"), ["甲", "乙"])
    assert {key[1:]: code for key, code in hand.codes.items()} == {
        ("a", "甲"): True, ("a", "乙"): False, ("b", "甲"): False, ("b", "乙"): True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "holds no codes"),
        ("a,b\n1,2\n", "has no columns doc and theme"),
        ("doc,theme,code\na,丙,1\n", "line 2: the dictionary has no theme '丙'"),
        ("doc,theme,code\na,甲,maybe\n", "line 2: 'maybe' is no code"),
        ("doc,theme,code\na,甲,1\na,甲,1\n", "line 3: 'a' and '甲' are coded twice"),
        ("doc,theme,code\n,甲,1\n", "line 2: names no document"),
        ("doc,theme,code\na,甲,\n", "holds no codes"),
        ('doc,theme,code\na,"甲,1\n', "is no table"),
    ],
)
def test_codes_that_cannot_be(tmp_path: Path, text: str, error: str) -> None:
    """Each error names the line."""
    with pytest.raises(InputError, match=error):
        load_codes(_written(tmp_path, text), ["甲", "乙"])


def test_rows_of_several_coders(tmp_path: Path) -> None:
    """One for each theme and coder, one of all coders with α, and all themes together at the end."""
    lines = [
        f"{doc},甲,{code},{coder}"
        for coder, codes in (("x", "1100"), ("y", "1000"))
        for doc, code in zip("abcd", codes, strict=True)
    ]
    hand = load_codes(_written(tmp_path, "\n".join(["doc,theme,code,coder", *lines])), ["甲", "乙"])
    found = {(doc, theme): theme == "甲" and doc in "ac" for doc in "abcde" for theme in ("甲", "乙")}
    rows = list(agreement_rows(found, hand, ["甲", "乙"]))
    assert [(row.theme, row.coder, row.units) for row in rows] == [
        ("甲", "x", 4), ("甲", "y", 4), ("甲", EVERY, 4), (EVERY, "x", 4), (EVERY, "y", 4), (EVERY, EVERY, 4),
    ]  # fmt: skip
    first, second, both, *_ = rows
    assert (first.both, first.dictionary_only, first.coder_only, first.neither) == (1, 1, 1, 1)
    assert (first.kappa, first.precision, first.recall, first.agreement) == (0, 0.5, 0.5, 0.5)
    assert (second.precision, second.recall) == (0.5, 1)
    expected = krippendorff_alpha([(1, 1, 1), (0, 1, 0), (1, 0, 0), (0, 0, 0)])
    assert both.alpha == expected and both.kappa is None
