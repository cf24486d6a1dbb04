"""HTML left in text: what is undone, and which texts keep theirs."""

from __future__ import annotations

import json
import time
from importlib.resources import files
from tomllib import loads

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.markup import MARKUP, find_markup
from pdtool.normalise.pipeline import normalise, replay, revert
from tests.normalise.tables import Case, cases


@pytest.mark.parametrize("case", cases("markup", "wild"))
def test_what_was_left_is_undone(case: Case) -> None:
    """A cell of a scraped table reads as its page did."""
    assert find_markup(case.before).apply(case.before)[0] == case.after, case.why


@pytest.mark.parametrize("case", cases("markup", "negative"))
def test_texts_about_markup_keep_it(case: Case) -> None:
    """Tutorials, code, manuals and comparisons are content."""
    assert not len(find_markup(case.before)), case.why


@pytest.mark.parametrize("case", cases("markup", "known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case: Case) -> None:
    """What is known not to work, until it does."""
    assert find_markup(case.before).apply(case.before)[0] == case.after


def test_references_are_undone_before_other_steps() -> None:
    """The later steps see characters: Traditional ones are converted."""
    raw = "&#22283;&#23478;&#30332;&#23637;&#35336;&#21123;<br/>&ldquo;&#19977;&#36786;&rdquo;"
    clean = normalise(raw)
    assert clean.text == "国家发展计划\n“三农”"
    assert clean.layers[0].kind == MARKUP
    assert replay(raw, clean.layers) == clean.text
    assert revert(clean.text, clean.layers) == raw


@pytest.mark.parametrize(
    "unit",
    ["<style>", "<p ", "&lt;p", "<!--", "&amp;", "&amp;amp;lt;", "&nbsp;", "</p>", "&#", '<a href="', "<p a"],
)
def test_hostile_repetition_is_quick(unit: str) -> None:
    """Twice the text takes about twice the time, whatever is repeated."""
    find_markup(unit)
    # The least of several runs: what else this process has to do only adds to some of them.
    short, long = (min(_seconds(unit * number) for _ in range(4)) for number in (2_000, 8_000))
    assert long < 12 * short + 0.1


def _seconds(text: str) -> float:
    start = time.process_time()
    find_markup(text)
    return time.process_time() - start


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<br/>", "&nbsp;", "&lt;b&gt;", "甲", "\n", " ", "<", "&", ";"]))
)
def test_any_text_is_undone_reversibly(pieces: list[str]) -> None:
    """No text raises, and the edits lead back."""
    text = "".join(pieces)
    edits = find_markup(text)
    assert edits.revert(edits.apply(text)[0]) == text


def test_the_data_names_elements_once() -> None:
    """An element stands for a line end, a tab or nothing: no list contradicts another."""
    data = files("pdtool") / "data"
    own = loads((data / "markup.toml").read_text(encoding="utf-8"))
    table = json.loads((data / "html_elements.json").read_text(encoding="utf-8"))
    roles = [own["inline"], own["blocks"], own["unseen"], set(table["blocks"]) | set(table["cells"])]
    names = [name for role in roles for name in role]
    assert len(names) == len(set(names))
