"""The fold: laws of the table and of the positions."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.text import fold as fold_module
from pdtool.text.fold import fold, fold_each, fold_table, folded_length

TEXT = st.text(st.characters() | st.sampled_from("黨党Ａa１1，。Ωﬁ㈠著着臺台①é\u0301.-−%‰ 2"), max_size=60)


def _folded(text: str) -> str:
    return "".join(map(chr, fold(text).codes.tolist()))


@settings(max_examples=80, deadline=None)
@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is compared has nothing left to fold."""
    assert _folded(_folded(text)) == _folded(text)


def test_the_table_is_its_own_fixed_point() -> None:
    """Every code point a character folds to folds to itself."""
    table = fold_table()
    assert np.array_equal(table[table], table)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("黨建引領", "党建引领"),
        ("ＡＢＣ１２３", "abc123"),
        ("臺灣裡", "台湾里"),
        ("隨著", "随着"),
        ("豈", "岂"),
        ("ｶ", "カ"),
        ("É", "é"),
        ("Ⅳ", "i"),
    ],
)
def test_variants_fold_alike(one: str, other: str) -> None:
    """Scripts, widths, cases and compatibility forms of a character meet."""
    assert _folded(one) == _folded(other)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(categories=["P", "S", "Z", "Cc", "Cf", "M"]), max_size=40))
def test_only_letters_and_digits_stay(text: str) -> None:
    """Without a digit, punctuation, signs, spaces, controls and marks are dropped, but for signs Unicode
    counts as numbers.
    """
    kept = [character for character in text if _folded(character)]
    assert all(character.isalnum() for character in kept)


@settings(max_examples=80, deadline=None)
@given(TEXT)
def test_positions_say_where_each_code_stood(text: str) -> None:
    """Positions ascend, lie in the text, and each code is the fold of the character there."""
    folded = fold(text)
    assert len(folded) == len(folded.codes) == len(folded.positions) == folded_length(text)
    assert bool(np.all(np.diff(folded.positions) > 0))
    table = fold_table()
    for code, position in zip(folded.codes.tolist(), folded.positions.tolist(), strict=True):
        assert table[ord(text[position])] == code


EDGES = st.text("12.-%‰党建，\n ", max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(EDGES, TEXT), max_size=8), st.sampled_from([1 << 17, 12]))
def test_texts_folded_together_are_folded_as_alone(texts: list[str], stretch: int) -> None:
    """Neither folds nor shingles depend on the texts beside one, wherever marks of figures stand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_module, "_STRETCH", stretch)
        together = fold_each(texts)
    for text, folded in zip(texts, together, strict=True):
        alone = fold(text)
        assert np.array_equal(folded.codes, alone.codes)
        assert np.array_equal(folded.positions, alone.positions)
        assert np.array_equal(folded.shingles, alone.shingles)


def test_the_table_of_the_first_plane_is_part_of_the_whole() -> None:
    """Which table is looked up in never matters, though a few characters fold to one beyond the plane."""
    assert np.array_equal(fold_table(0x10000), fold_table()[:0x10000])
    assert _folded("豈黨Ａ") == _folded("豈黨Ａ\U00020000")[:-1]


def test_the_table_equals_its_definition() -> None:
    """Asked one by one, letters and digits fold to their compatible lower case, and signs to nothing."""
    table = fold_table()
    for code in [*range(0x3400), *range(0xA000, 0xA800), *range(0xFB00, 0x10000), *range(0x1D400, 0x1F200)]:
        character = chr(code)
        if character in ".．﹒-－﹣−–%％﹪‰":
            assert table[code] in {ord("."), 0x2212, ord("%"), 0x2030}, hex(code)
        elif not character.isalnum():
            assert table[code] == 0, hex(code)
        else:
            merged = unicodedata.normalize("NFKC", character).lower()[0]
            assert chr(table[code]) == (merged if merged.isalnum() else character), hex(code)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("比上年增长6.1%", "比上年增长6.1%"),
        ("比上年增长-6.1%", "比上年增长−6.1%"),
        ("增长－６．１％", "增长−6.1%"),
        ("6.1 %，7.2(‰)", "6.1%7.2‰"),
        ("512.0亿元", "512.0亿元"),
        ("6.1 -3.2", "6.1−3.2"),
        ("第1.2.3条", "第1.2.3条"),
    ],
)
def test_the_marks_of_a_figure_stay(text: str, folded: str) -> None:
    """Point, sign, percent and per mille make a figure another figure, whatever their width."""
    assert _folded(text) == folded


@pytest.mark.parametrize(
    "text",
    [
        "2.总则",
        "3.",
        "2019-2020",
        "5月-6月",
        "5%-6",
        "a-1",
        "A.1",
        "-第",
        "1,200",
        "增长%",
        "%5",
        ".5",
        "- 5",
    ],
)
def test_marks_elsewhere_go(text: str) -> None:
    """Numbers of headings, ranges, codes and thousands fold as if the mark were not there."""
    bare = "".join(character for character in text if character.isalnum())
    assert _folded(text).replace("5%", "5") == bare.lower()


@settings(max_examples=60, deadline=None)
@given(st.text("1 2.-%‰增", min_size=1, max_size=40), st.integers(0, 3))
def test_where_a_long_text_is_divided_never_matters(text: str, shift: int) -> None:
    """Marks at the border of two stretches stay or go as they do anywhere else."""
    around = fold_module._STRETCH - len(text) // 2 - shift
    whole = _folded("增" * around + text + "增" * 10)
    assert whole[around:] == _folded("增" * 4 + text + "增" * 10)[4:]
    assert folded_length("增" * around + text + "增" * 10) == len(whole)
