"""Which matches count: the automaton against the rules as anyone would write them down."""

from __future__ import annotations

import re
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.terms import plain_term
from pdtool.terms.matcher import Matcher, Nesting
from pdtool.terms.patterns import compile_terms, plain_terms, searchable, without_uncounted_blanks
from tests.terms.reference import counted, dictionary, expected

_ALPHABET = "治理基层党，\nai5"
_TEXTS = st.text(_ALPHABET, max_size=60)
_LITERALS = st.lists(st.text("治理基层党ai5", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)
_HOLED = st.text("治理党?", min_size=1, max_size=4).filter(lambda term: bool(term.strip("?")))


def _themes(terms: list[str]) -> dict[str, list[str]]:
    """Deal terms out to up to three themes."""
    dealt = {f"主题{number}": terms[number::3] for number in range(3)}
    return {theme: some for theme, some in dealt.items() if some}


def _found(themes: dict[str, list[str]], text: str, nesting: str) -> Counter[tuple[str, str]]:
    made = dictionary(themes)
    return counted(made, list(Matcher(made.patterns, made.theme_of, Nesting(nesting)).matches(text)))


@pytest.mark.parametrize("nesting", ["theme", "dictionary", "all"])
@settings(max_examples=60, deadline=None)
@given(terms=_LITERALS, text=_TEXTS)
def test_counts_are_those_of_a_naive_count(nesting: str, terms: list[str], text: str) -> None:
    """For each rule of nesting, overlapping terms and Latin ones included."""
    themes = _themes(terms)
    assert _found(themes, text, nesting) == expected(text, themes, nesting)


@pytest.mark.parametrize("nesting", ["theme", "dictionary", "all"])
@settings(max_examples=40, deadline=None)
@given(terms=st.lists(_HOLED, min_size=1, max_size=1), text=_TEXTS)
def test_a_question_mark_is_one_character_of_the_clause(nesting: str, terms: list[str], text: str) -> None:
    """It matches what a regular expression does, never across a comma or a line end."""
    themes = _themes(terms)
    naive = expected(text, themes, "theme" if nesting == "all" else nesting)
    assert _found(themes, text, nesting) == naive


@settings(max_examples=60, deadline=None)
@given(
    blocks=st.lists(st.text("治理党", min_size=1, max_size=2), min_size=2, max_size=3),
    text=st.text("治理党，", max_size=40),
)
def test_a_star_is_as_few_characters_of_the_clause_as_possible(blocks: list[str], text: str) -> None:
    """It matches what a lazy regular expression does."""
    themes = {"主题": ["*".join(blocks)]}
    assert _found(themes, text, "theme") == expected(text, themes, "theme")


@settings(max_examples=20, deadline=None)
@given(terms=_LITERALS, text=_TEXTS, pad=st.integers(16_350, 16_390))
def test_a_long_text_is_searched_in_windows_without_a_seam(terms: list[str], text: str, pad: int) -> None:
    """Terms that lie across the border of two windows count as they do elsewhere."""
    themes = _themes(terms)
    shifted = _found(themes, "。" * pad + text, "theme")
    assert shifted == _found(themes, "。" + text, "theme")


@pytest.mark.parametrize(
    ("terms", "text", "count"),
    [
        (["AI"], "MAIN与AIDS,AI 5G和ai", 2),
        (["AI*"], "MAIN与AIDS,AI 5G和ai", 3),
        (["*AI*"], "MAIN与AIDS,AI 5G和ai", 4),
        (["5G"], "15G,5G网络", 1),
        (["O2O"], "推行Ｏ2o", 0),
        (["１＋３６"], "“1+36+1323”", 0),
        (["1+36"], "“1+36+1323”", 1),
        (["人人"], "人人人人人", 2),
        (["加强*建设"], "加强党的建设,加强领导。队伍建设", 1),
        (["治*理"], "治理,治、理,治,理", 2),
        (["黨建引領"], "党建引领、黨建引領", 2),
        (["乾坤"], "乾坤", 1),
        (["瞭望"], "瞭望", 1),
        (["治理*"], "治理体系", 1),
    ],
)
def test_special_terms(terms: list[str], text: str, count: int) -> None:
    """Latin edges, wildcards at the ends, Traditional terms in whichever script the text has."""
    assert sum(_found({"主题": terms}, text, "theme").values()) == count


def test_what_the_rule_of_nesting_decides() -> None:
    """A word inside a longer one of its theme, inside one of another theme, and at every place."""
    themes = {"甲": ["治理", "基层治理"], "乙": ["层治"]}
    text = "基层治理,治理"
    by_rule = {rule: _found(themes, text, rule) for rule in ("theme", "dictionary", "all")}
    assert by_rule["theme"] == {("甲", "基层治理"): 1, ("甲", "治理"): 1, ("乙", "层治"): 1}
    assert by_rule["dictionary"] == {("甲", "基层治理"): 1, ("甲", "治理"): 1}
    assert by_rule["all"] == {("甲", "基层治理"): 1, ("甲", "治理"): 2, ("乙", "层治"): 1}


def test_a_term_of_two_themes_counts_in_both() -> None:
    """Under every rule."""
    themes = {"甲": ["治理"], "乙": ["治理"]}
    for rule in Nesting:
        assert _found(themes, "治理", rule) == {("甲", "治理"): 1, ("乙", "治理"): 1}


def test_searching_keeps_every_offset() -> None:
    """No character becomes longer or shorter by being made comparable."""
    for code in range(sys.maxunicode + 1):
        assert len(searchable(f"a{chr(code)}b")) == 3


def test_terms_take_the_form_of_clean_text() -> None:
    """Width, spaces inside Han words and script: what the normaliser does to a text, it does to a term."""
    forms = compile_terms(["ＡＰＰ", "關 鍵 詞", "隨著", "顯著", "什么", "machine learning"])
    assert [pattern[0].literal for pattern in forms] == [
        "app", "关键词", "随着", "显著", "什么", "machine learning",
    ]  # fmt: skip


def test_a_line_of_nested_terms_is_no_trap() -> None:
    """Terms of one repeated character, each inside the next, in a long line of it."""
    themes = {"主题": ["治" * length for length in range(1, 40)]}
    found = _found(themes, "治" * 100_000, "theme")
    assert sum(found.values()) == -(-100_000 // 39)


@pytest.mark.parametrize("term", ["5G基站", "AI技术", "1+3+N", "2025年", "第3条", "5G 基站"])
@pytest.mark.parametrize(
    "text",
    ["建设 5G 基站和AI 技术，按 1 + 3 + N 办法，2025 年见第 3 条", "5G基站、AI技术、1+3+N、2025年、第3条"],
)
def test_blanks_between_han_and_latin_do_not_count(term: str, text: str) -> None:
    """A term is found whether or not an editor set blanks, at the offset where it begins in the text."""
    matcher = Matcher(compile_terms([term]), [0])
    ((start, _),) = matcher.matches(text)
    assert text[start:].replace(" ", "").startswith(term.replace(" ", ""))


def test_blanks_between_latin_words_count() -> None:
    """``AI law`` is two words."""
    assert not list(Matcher(compile_terms(["AIlaw"]), [0]).matches("AI law"))


@given(st.text("党治a5+% \u00a0，", max_size=40))
def test_blanks_that_do_not_count_are_those_between_such_characters(text: str) -> None:
    """One or two of them, whatever the order in which the search looks at the characters."""
    han, letter = "[党治]", "[a5]"
    sides = ((han, "[a5+]"), ("[a5%+]", han), (letter, r"\+"), (r"\+", letter))
    spaced = "|".join(f"(?<={before})[ \u00a0]{{1,2}}(?={behind})" for before, behind in sides)
    assert without_uncounted_blanks(text)[0] == re.sub(spaced, "", text)


@given(st.lists(st.text("党黨二○〇 ａＡ１1．.，\n\u3000", max_size=6), max_size=8))
def test_many_terms_are_made_plain_as_each_is(terms: list[str]) -> None:
    """Whatever stands beside it in the list: width, blanks, figures."""
    assert plain_terms(terms) == [plain_term(term) for term in terms]
