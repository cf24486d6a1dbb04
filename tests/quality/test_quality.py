"""Dedupe on labelled damage: every related pair, no other, and true containments."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.damage import KINDS, NEGATIVES
from tests.quality.corpora import Made, corpus
from tests.quality.evaluate import Judged, by_kind, figures, peer_figures, run
from tests.quality.floors import digest, read_floors

FLOORS = read_floors()


@pytest.fixture(scope="module")
def corpora() -> list[tuple[Made, ...]]:
    """Make the fixed corpora."""
    return [corpus(seed) for seed in FLOORS.seeds]


@pytest.fixture(scope="module")
def judged(corpora: list[tuple[Made, ...]]) -> list[Judged]:
    """Judge every pair of the fixed corpora."""
    return [pair for made in corpora for pair in run(made)]


def _listed(pairs: Sequence[Judged]) -> str:
    return "\n".join(map(str, pairs))


def test_floors_belong_to_this_data() -> None:
    """The floors were measured on these texts and this simulator."""
    assert FLOORS.digest == digest(), "measure again (benchmarks/quality), then pin floors and digest"


def test_corpora_hold_every_kind(corpora: list[tuple[Made, ...]]) -> None:
    """Every kind of damage and of negative is in the fixed corpora, of 40 to 80 documents each."""
    assert {made.kind for one in corpora for made in one} >= {*KINDS, *NEGATIVES}
    assert all(40 <= len(one) <= 80 for one in corpora)


def test_corpora_are_reproducible(corpora: list[tuple[Made, ...]]) -> None:
    """A seed makes the same files every time."""
    again = corpus(FLOORS.seeds[0])
    assert [(made.id, made.content) for made in again] == [(made.id, made.content) for made in corpora[0]]


def test_every_related_pair_is_listed(judged: list[Judged]) -> None:
    """Recall at the default threshold is at its floor."""
    assert figures(judged).recall >= FLOORS.recall, _listed([pair for pair in judged if pair.missed])


def test_no_other_pair_is_listed(judged: list[Judged]) -> None:
    """Precision at the default threshold is at its floor."""
    assert figures(judged).precision >= FLOORS.precision, _listed([pair for pair in judged if pair.false])


def test_relations_are_right(judged: list[Judged]) -> None:
    """A listed pair has the relation that follows from its true containments, the margins allowed."""
    assert figures(judged).misnamed <= FLOORS.misnamed, _listed([pair for pair in judged if pair.misnamed])


def test_containments_are_right(judged: list[Judged]) -> None:
    """The mean containment error is small, over all pairs and for every kind of damage."""
    assert figures(judged).error <= FLOORS.error
    errors = {kind: figures(pairs).error for kind, pairs in by_kind(judged).items()}
    assert max(errors.values()) <= FLOORS.error_of_a_kind, errors


def test_better_than_plain_containment(corpora: list[tuple[Made, ...]], judged: list[Judged]) -> None:
    """Dedupe beats plain 5-gram containment of the cleaned text, which is given its best threshold."""
    peer, threshold = peer_figures(corpora)
    assert figures(judged).f1 >= peer + FLOORS.over_peer, (peer, threshold)
