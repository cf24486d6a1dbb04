"""What the truth about two texts is, in the words of the relation table."""

from __future__ import annotations

from random import Random

import pytest

from tests.damage import NEGATIVES, Expected, compare, trace
from tests.damage.tracked import dirt, invented, join, original
from tests.damage.truth import Truth
from tests.texts import generate

TEXT = original(generate("soil", "report", 1500, 1).text, "soil")


def _truth(small: float, large: float) -> Truth:
    return Truth(small, large, small, large, small, large, small, large, identical=False, a_is_smaller=True)


@pytest.mark.parametrize(
    ("small", "large", "words"),
    [
        (1.0, 0.95, {"same"}),
        (1.0, 0.3, {"contained"}),
        (0.65, 0.3, {"overlap"}),
        (0.3, 0.3, {""}),
        (0.78, 0.3, {"contained", "overlap"}),
        (0.52, 0.52, {"", "overlap"}),
        (0.97, 0.82, {"same", "contained"}),
    ],
)
def test_relation_words_follow_the_containments(small: float, large: float, words: set[str]) -> None:
    """Away from the boundaries one word is right, near them either."""
    assert _truth(small, large).relations == words


@pytest.mark.parametrize(
    ("small", "expected"), [(0.56, Expected.YES), (0.5, Expected.EITHER), (0.44, Expected.NO)]
)
def test_pairs_near_the_threshold_are_not_judged(small: float, expected: Expected) -> None:
    """A pair must be listed, must not be, or may be."""
    assert _truth(small, small).expected is expected


def test_equal_texts_are_identical() -> None:
    """Equal folds are identical, however short, whatever the origins."""
    truth = compare(trace(original("见附件。", "甲")), trace(original("见附件", "乙")))
    assert truth.identical
    assert truth.relations == {"identical"}
    assert (truth.containment_a, truth.containment_b) == (1.0, 1.0)


def test_short_stretches_are_no_passages() -> None:
    """Twenty characters in common are no passage; they count as loose only."""
    shared = TEXT[40:60]
    truth = compare(trace(join([invented("甲" * 90), shared])), trace(join([shared, invented("乙" * 90)])))
    assert truth.containment_a == 0
    assert 0.1 < truth.loose_a < 0.2


def test_dirt_does_not_count() -> None:
    """Furniture makes no text longer, but a tool that leaves it standing is not blamed."""
    truth = compare(trace(TEXT), trace(join([dirt("网站" * 400), TEXT])))
    assert truth.containment_b == 1
    assert truth.dirty_b < 0.7
    assert truth.relations == {"same", "contained", "identical"}


def test_two_parts_relate_by_what_they_share() -> None:
    """Copies of one text are related through its characters, without the original."""
    half = len(TEXT) // 2
    truth = compare(trace(TEXT[: half + half // 2]), trace(TEXT[half:]))
    assert truth.containment_a == pytest.approx(1 / 3, abs=0.03)
    assert truth.containment_b == pytest.approx(1 / 2, abs=0.03)


@pytest.mark.parametrize("name", NEGATIVES)
@pytest.mark.parametrize("seed", range(3))
def test_look_alikes_are_no_copies(name: str, seed: int) -> None:
    """No pair of a negative group must be listed, but for equal notes, which must."""
    traced = [trace(tracked) for tracked in NEGATIVES[name](Random(seed))]
    said = {compare(a, b).expected for place, a in enumerate(traced) for b in traced[:place]}
    if name == "short_equal":
        assert said == {Expected.YES}
    else:
        assert Expected.NO in said
        assert said <= {Expected.NO, Expected.EITHER if name == "short" else Expected.NO}


@pytest.mark.parametrize("seed", range(6))
def test_forms_share_a_fifth_to_nine_twentieths(seed: int) -> None:
    """Filled-in forms have 20 to 45 % of their folded characters in common."""
    first, second = (trace(tracked) for tracked in NEGATIVES["same_template"](Random(seed))[:2])
    truth = compare(first, second)
    assert min(truth.containment_a, truth.containment_b) > 0.18
    assert max(truth.containment_a, truth.containment_b) < 0.45
