"""Given terms are counted as ``pdtool themes`` counts them, and as anyone who searches would."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.frequencies.given_terms import TermCounter
from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.terms.matcher import Nesting
from pdtool.themes.counting import ThemeCounter

LETTERS = "治理基层党建ai，5"
TERMS = st.lists(
    st.text(LETTERS.replace("，", ""), min_size=1, max_size=4), min_size=1, max_size=6, unique=True
)
TEXTS = st.text(LETTERS, max_size=60)


def _dictionary(terms: list[str], themes: list[str]) -> Dictionary:
    entries = [Entry(theme, term, 1.0, "", "") for term, theme in zip(terms, themes, strict=True)]
    return Dictionary.of("x", list(enumerate(entries, 1)))[0]


@settings(max_examples=150, deadline=None)
@given(TERMS, TEXTS, st.sampled_from(Nesting), st.data())
def test_terms_are_counted_as_themes_count_them(
    terms: list[str], text: str, nesting: Nesting, data: st.DataObject
) -> None:
    """Entry by entry, under every rule of nesting, on random dictionaries and texts."""
    themes = data.draw(st.lists(st.sampled_from("甲乙"), min_size=len(terms), max_size=len(terms)))
    dictionary = _dictionary(terms, themes)
    part = ThemeCounter.of(dictionary, nesting).count(text)[0]
    wanted = dict(zip(part.entries.tolist(), part.counts.tolist(), strict=True))
    assert dict(TermCounter.of(dictionary, nesting).count(text)) == wanted


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("治理基层党建", min_size=1, max_size=4), min_size=1, max_size=6, unique=True), TEXTS)
def test_terms_of_a_list_do_not_hide_one_another(terms: list[str], text: str) -> None:
    """A term without a theme is found wherever it stands, inside longer terms too: as str.count finds it."""
    dictionary = _dictionary(terms, [""] * len(terms))
    counts = TermCounter.of(dictionary).count(text)
    found = {entry.term: counts[number] for number, entry in enumerate(dictionary.entries)}
    assert found == {term: text.count(term) for term in terms}
