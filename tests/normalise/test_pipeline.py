"""The steps together: nothing clean is touched, everything done is known, mapped and undoable."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.losses import loss_warnings
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import STEPS, Clean, normalise, normalise_each, replay, revert
from pdtool.normalise.prefilter import prefilter
from tests.normalise.tables import Case, cases, seed, undamaged

WORDS = [
    "领导",
    "領導",
    "領(lǐng)導(dǎo)",
    "?！凹议T口",
    "党 建",
    "关 键 词：",
    "什么",
    "显著",
    "著",
    "what",
    " is ",
]
BLANKS = ["　　", "  ", "\t", "\n", "\r\n", "\r", "\f", "\u2028", "\u200b"]
MARKERS = ["1、", "2、", "\n3、", "- 3 -", "第3页 共10页", "43", "50名", "ＡＢＣ１２３"]
SITE = ["浏览量:213", "\n点赞:\n", "发布时间：2024-01-12", "由会员分享，可在线阅读", "版权所有"]
SIGNS = [
    "。",
    "，",
    "“",
    "”",
    "(",
    ")",
    "?",
    "\U00020000",
    "\ud800",
    "😀",
    "议事会每季度召开一次，结果送到每户",
]
FRAGMENTS = st.sampled_from([*WORDS, *BLANKS, *MARKERS, *SITE, *SIGNS])
DIRTY = st.lists(FRAGMENTS, max_size=60).map("".join)


def check_offsets(clean: Clean) -> None:
    """Assert that every clean character maps into the raw text, in ascending order."""
    spans = [clean.offsets.to_source(index, index + 1) for index in range(len(clean.text))]
    assert all(0 <= start <= end <= len(clean.raw) for start, end in spans)
    assert all(a <= b for (a, _), (b, _) in pairwise(spans))


@pytest.mark.parametrize("text", undamaged())
def test_undamaged_text_is_left_alone(text: str) -> None:
    """No step but width and script does anything to text that has nothing wrong."""
    clean = normalise(text)
    assert {layer.kind for layer in clean.layers} <= {"width", "script"}
    assert clean.repairs == 0


@settings(max_examples=150, deadline=None)
@given(DIRTY)
def test_replay_and_revert(raw: str) -> None:
    """The recorded edits lead from the raw text to the clean one, and back."""
    clean = normalise(raw)
    assert replay(raw, clean.layers) == clean.text
    assert revert(clean.text, clean.layers) == raw


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(DIRTY, st.booleans()), max_size=6), st.sampled_from(TargetScript))
def test_texts_repaired_together_are_as_each_alone(
    some: list[tuple[str, bool]], script: TargetScript
) -> None:
    """Whatever the others are and whatever is looked at beforehand, the same is done to each."""
    raws, named = [raw for raw, _ in some], [is_named for _, is_named in some]
    options = NormaliseOptions(script=script)
    together = normalise_each(raws, prefilter(raws), named, options=options)
    for (raw, is_named), clean in zip(some, together, strict=True):
        alone = normalise(raw, options=options, is_markdown=is_named)
        assert clean.text == alone.text
        assert _told(clean) == _told(alone)


def _told(clean: Clean) -> list[tuple[object, ...]]:
    """Return what was done to a text, step by step."""
    layers = [(layer.kind, layer.edits) for layer in clean.layers]
    return [(kind, edits.starts.tolist(), edits.before, edits.after, edits.rules) for kind, edits in layers]


@settings(max_examples=150, deadline=None)
@given(DIRTY)
def test_offsets(raw: str) -> None:
    """Every clean span maps into the raw text, in order; untouched characters map to themselves."""
    clean = normalise(raw)
    assert len(clean.offsets) == len(clean.text)
    check_offsets(clean)
    touched = {"width", "script", "ghost", "byte_slip"}
    if not touched & {layer.kind for layer in clean.layers}:
        for index, character in enumerate(clean.text):
            start, end = clean.offsets.to_source(index, index + 1)
            if end - start == 1 and clean.raw[start] not in "\r\v\x1c\x1d\x1e\x85\u2028\u2029\f\n":
                assert clean.raw[start] == character


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_sample_corpus(name: str) -> None:
    """The samples are repaired, mapped and restored, and a second run has nothing left to mend."""
    raw = seed(name)
    clean = normalise(raw)
    check_offsets(clean)
    assert revert(clean.text, clean.layers) == raw
    assert normalise(clean.text).text == clean.text


@pytest.mark.parametrize(
    "case", [case for table in ("page_markers", "furniture", "spacing") for case in cases(table, "wild")]
)
def test_repaired_text_is_stable(case: Case) -> None:
    """Normalising a normalised text changes nothing."""
    once = normalise(case.before).text
    assert normalise(once).text == once


def test_line_ends_are_no_repair() -> None:
    """Another way to end a line, full-width letters and Traditional characters do not count as damage."""
    assert normalise("党建引领\r\n基层治理ＡＢＣ\u2028議事會").repairs == 0


def test_repairs_are_counted() -> None:
    """Every page marker, line of furniture and mended blank counts once."""
    assert normalise("浏览量:213\n共有43\n3、50名村民，加强 领导。").repairs == 3


def test_furniture_alone_leaves_nothing() -> None:
    """A document that is furniture alone becomes empty."""
    assert normalise("浏览量:213\n点赞:\n收藏:").text == ""


@pytest.mark.parametrize(
    "unit", ["(", "?", "\n", " ", "1、\n", "- 3 -\n", "3\n", "党 建", "由会员", "\f", "?！", "。 "]
)
def test_hostile_repetition(unit: str) -> None:
    """Long runs of one sign neither fail nor lose their way back."""
    raw = unit * 4000
    clean = normalise(raw)
    assert revert(clean.text, clean.layers) == raw


@pytest.mark.parametrize("script", TargetScript)
@pytest.mark.parametrize(("stored", "read"), [("gbk", "big5"), ("gbk", "big5hkscs"), ("utf-8", "big5")])
def test_the_script_of_misread_text_stays(stored: str, read: str, script: TargetScript) -> None:
    """What was read in a wrong encoding is shown as it came, in whichever script is asked for."""
    meant = (
        "各县区人民政府应当加强对乡村治理工作的领导，健全网格化服务管理体系。"
        "街道办事处要明确专人负责，按月报送进展情况，及时协调解决群众反映的突出问题。"
    )
    raw = meant.encode(stored).decode(read, "ignore")
    clean = normalise(raw, options=NormaliseOptions(script=script)).text
    assert clean == raw
    assert any("wrong encoding" in warning for warning in loss_warnings(clean))


def test_the_order_of_the_steps() -> None:
    """The order is part of the contract."""
    kinds = [step.kind for step in STEPS]
    assert kinds == [
        "misread",
        "line_end",
        "markdown",
        "markup",
        "byte_slip",
        "ghost",
        "doubling",
        "running_head",
        "page_marker",
        "doubling",
        "furniture",
        "spacing",
        "width",
    ]


def test_offsets_of_a_long_text_are_arrays() -> None:
    """A map of a composed repair is two arrays, not a list of objects."""
    clean = normalise("共有43\n3、50名村民，加强 领导。" * 50)
    assert clean.offsets.starts is not None
    assert clean.offsets.starts.dtype == np.int32
