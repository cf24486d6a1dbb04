"""Everything that was done to a text as disjoint changes of the raw text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.changes import apply_changes, changes_of, confidence_of, revert_changes
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import STEPS, Layer, normalise
from pdtool.text.edits import Edits
from tests.normalise.tables import seed
from tests.normalise.test_pipeline import DIRTY

OPTIONS = [
    NormaliseOptions(),
    NormaliseOptions(vocabulary=True),
    NormaliseOptions(TargetScript.HANT),
    NormaliseOptions(TargetScript.KEEP),
    NormaliseOptions(drop_splices=True),
]


def check(raw: str, text: str, layers: tuple[Layer, ...]) -> None:
    """Assert that changes are disjoint, cut what they say, and lead from one text to the other and back."""
    changes = changes_of(raw, layers)
    assert all(change.before == raw[change.start : change.end] != change.after for change in changes)
    assert all(a.end <= b.start for a, b in pairwise(changes))
    assert all(change.kinds and 0 <= change.confidence <= 1 for change in changes)
    assert apply_changes(raw, changes) == text
    assert revert_changes(text, changes) == raw


@settings(max_examples=150, deadline=None)
@given(DIRTY, st.sampled_from(OPTIONS))
def test_changes_lead_there_and_back(raw: str, options: NormaliseOptions) -> None:
    """Replacing each change gives the clean text, and replacing them back the raw one, whatever the text."""
    clean = normalise(raw, options=options)
    check(raw, clean.text, clean.layers)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_sample_corpus(name: str) -> None:
    """The law holds for whole documents."""
    clean = normalise(seed(name))
    check(clean.raw, clean.text, clean.layers)


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[Layer]]:
    """Draw a text and arbitrary steps over it: insertions, deletions, replacements, equal lengths."""
    raw = text = draw(st.text("abc", max_size=8))
    layers = []
    for number in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            after = "".join(draw(st.sampled_from((character, "x"))) for character in text)
            layers.append(Layer(f"step{number}", text, after, None))
        else:
            cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
            spans = [(start, end, draw(st.text("yz", max_size=2))) for start, end in pairwise(cuts)]
            edits = Edits.of(text, spans[::2])
            after = edits.apply(text)[0]
            layers.append(Layer(f"step{number}", text, after, edits))
        text = after
    return raw, layers


@settings(max_examples=300, deadline=None)
@given(steps())
def test_any_steps_compose(drawn: tuple[str, list[Layer]]) -> None:
    """Not only the steps there are: any edits over edits become disjoint changes of the first text."""
    raw, layers = drawn
    check(raw, layers[-1].after if layers else raw, tuple(layers))


def test_overlapping_edits_become_one_change() -> None:
    """A ghost and the script of its host are one change; neighbours stay apart."""
    clean = normalise("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")
    found = {change.before: (change.after, change.kinds) for change in changes_of(clean.raw, clean.layers)}
    assert found["領(lǐng)"] == ("领", ("ghost", "script"))
    assert found["導(dǎo)"] == ("导", ("ghost", "script"))
    assert found["層黨組織"] == ("层党组织", ("script",))


def test_what_is_taken_back_is_no_change() -> None:
    """A later step that restores the text leaves nothing to report."""
    layers = [Layer("there", "ab", "xb", None), Layer("back", "xb", "ab", None)]
    assert changes_of("ab", layers) == []


def test_the_least_sure_step_decides() -> None:
    """A change of several steps is as sure as the least sure of them."""
    clean = normalise("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")
    ghost = next(change for change in changes_of(clean.raw, clean.layers) if "ghost" in change.kinds)
    assert ghost.confidence == min(confidence_of("ghost", "reading"), confidence_of("script"))


def test_every_step_has_a_grade() -> None:
    """No step's confidence is made up on the way."""
    kinds = [step.kind for step in STEPS] + ["shared_block", "vocabulary", "script", "byte_slip"]
    assert all(confidence_of(kind) != confidence_of("no such step") for kind in kinds)
