"""Page numbers go, with the break where they cut a sentence; numbered content stays."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pdtool.normalise.layout.page_chains import may_be_cut, seam_at
from pdtool.normalise.layout.page_markers import page_markers
from pdtool.normalise.layout.page_styles import PageStyle, page_styles
from tests.normalise.tables import Case, cases, seed


def repaired(text: str) -> str:
    """Return the text without its page markers."""
    return page_markers(text).apply(text)[0]


@pytest.mark.parametrize("case", cases("page_markers", "wild"))
def test_wild(case: Case) -> None:
    """Page markers as they are found are removed, and a second run finds nothing more."""
    assert repaired(case.before) == case.after
    assert repaired(case.after) == case.after


@pytest.mark.parametrize("case", cases("page_markers", "negative"))
def test_negative(case: Case) -> None:
    """Lists, statutes, tables, verses and scores are left alone."""
    assert repaired(case.before) == case.before


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("page_markers", "known_failures"))
def test_known_failures(case: Case) -> None:
    """Damage that cannot be distinguished from content yet."""
    assert repaired(case.before) == case.after


@pytest.mark.parametrize("style", page_styles(), ids=lambda style: style.name)
def test_every_form_matches_its_examples(style: PageStyle) -> None:
    """The data file's examples are of the form they stand under."""
    pattern = re.compile(style.pattern.replace("<n>", "[0-9０-９]{1,4}"))
    assert style.source
    assert all(pattern.fullmatch(example) for example in style.examples)


def test_sample_corpus() -> None:
    """All of 1、 to 8、 of the OCR copy are page markers; the other samples have none."""
    text = seed("004")
    assert page_markers(text).before == ("1、", *(f"\n{number}、" for number in range(2, 9)))
    assert "共有4350名常住居民" in repaired(text)
    assert not any(len(page_markers(seed(name))) for name in ("000", "001", "002", "003"))


SENTENCE = st.text("党的基层治理为人民服务做实事求是发展", min_size=12, max_size=60).map(
    lambda text: text + "。"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, min_size=3, max_size=12))
def test_finished_items_are_a_list(items: list[str]) -> None:
    """A list whose items all end in a full stop is never touched, whatever they say."""
    text = "\n".join(f"{number}、{item}" for number, item in enumerate(items, start=1))
    assert repaired(text) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, min_size=30, max_size=50), st.integers(80, 300))
def test_even_pages_are_joined(sentences: list[str], size: int) -> None:
    """A text cut at a fixed length is put together again, whatever it says."""
    text = "".join(sentences)
    pages = [text[start : start + size] for start in range(0, len(text), size)]
    ends = set(accumulate(map(len, pages)))
    assume(sum(text[end - 1] == "。" for end in ends) <= len(pages) // 4)
    cut = "\n".join(f"{number}、{page}" for number, page in enumerate(pages, start=1))
    assert repaired(cut).replace("\n", "") == text


@settings(max_examples=100, deadline=None)
@given(st.text("12３、.-— 第页共P/\n\f党，。a", max_size=200))
def test_any_text_survives(text: str) -> None:
    """Whatever comes in, the edits are valid and can be undone."""
    edits = page_markers(text)
    assert edits.revert(edits.apply(text)[0]) == text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.sampled_from("、.．,，"),
            st.text("推进基层治理，。", min_size=20, max_size=90),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_any_numbers_in_any_order_are_judged(lines: list[tuple[int, str, str]]) -> None:
    """Running numbers from nought on, missing, repeated or out of order, never break the step."""
    text = "\n".join(f"{number}{sign}{rest}" for number, sign, rest in lines)
    after, _ = page_markers(text).apply(text)
    assert sum(map(str.isdigit, after)) <= sum(map(str.isdigit, text))


def test_a_chain_from_nought_to_one_holds_no_pages() -> None:
    """Two lines numbered 0 and 1 that break off are left as they are."""
    page = "推进基层治理体系和治理能力现代化建设必须坚持党的全面领导" * 12
    text = f"0、{page}\n1、{page}\n5、{page}"
    assert page_markers(text).apply(text)[0].count("、") >= 2


def test_first_page_line_goes_with_its_line_end() -> None:
    """A number in dashes that opens the text leaves no blank line above the title."""
    pages = [f"{name}镇在汛期以前检查堤坝、涵闸和排水沟渠，对查出的问题登记造册，" * 5 for name in "东西南北"]
    text = "\n".join(f"- {number} -\n{page}" for number, page in enumerate(pages, 1))
    assert page_markers(text).apply(text)[0] == "".join(pages)


@settings(max_examples=300, deadline=None)
@given(
    st.text("党建，。）\n 4", max_size=40), st.sampled_from(["1、", "|"]), st.text("人，。\n 5（", max_size=6)
)
def test_no_cut_is_ruled_out_beforehand(before: str, marker: str, after: str) -> None:
    """Where the characters next to a marker say that nothing is cut, its seam says so too."""
    text, start, end = before + marker + after, len(before), len(before + marker)
    assert may_be_cut(text, start, end) or not seam_at(text, start, end).is_cut
