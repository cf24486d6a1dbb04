"""Surveys: what is remembered of a text is its own, whatever is surveyed beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pdtool.normalise.fold import fold
from pdtool.normalise.survey import survey_text, survey_texts


@given(st.lists(st.text("网站首页12\n\u3000。a一、", max_size=60), max_size=6))
def test_surveys_of_many_are_those_of_each(texts: list[str]) -> None:
    """What is remembered of a text does not depend on what is surveyed beside it."""
    together = survey_texts(texts, [fold(text) for text in texts])
    for text, one in zip(texts, together, strict=True):
        alone = survey_text(text)
        assert (one.head, one.foot, one.inner) == (alone.head, alone.foot, alone.inner)
        assert one.sketch.tolist() == alone.sketch.tolist()


@given(st.text("甲乙ab", min_size=1, max_size=8), st.text("甲乙ab", min_size=1, max_size=8))
def test_lines_are_told_apart_by_their_letters(one: str, other: str) -> None:
    """Two lines have one hash if their letters are the same in the same order, whatever digits they hold."""
    survey = survey_text(f"{one}\n1{one}23\n{other}")
    assert survey.head[0] == survey.head[1]
    assert (survey.head[0] == survey.head[2]) == (one == other)
    assert survey.head[0] & 0xFF == len(one)
