"""The time that every step takes grows with the text and no faster, whatever the text is."""

from __future__ import annotations

from collections import Counter

import pytest

from pdtool.documents.metadata import metadata_of
from tests.growth.grid import LENGTH, MOST_SECONDS, growths, seconds_of
from tests.growth.steps import STEPS_OF_ALL
from tests.growth.texts import ATOMS, CONTEXTS, pairs, text_of

SHARE = 12
"""Each atom stands in every twelfth context here; ``python -m benchmarks border.growth`` tries all."""


def test_every_atom_and_every_context_is_tried() -> None:
    """The grid is thinned, not cut off."""
    tried = list(pairs(SHARE))
    atoms, contexts = (Counter(pair[place] for pair in tried) for place in (0, 1))
    assert set(atoms) == set(ATOMS)
    assert min(atoms.values()) >= 2
    assert set(contexts) == set(CONTEXTS)
    assert len(tried) * len(STEPS_OF_ALL) > 4000


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_time_of_every_step_grows_with_the_text(context: str) -> None:
    """Four times the text takes about four times as long, and no text takes a step very long."""
    list(growths("sentence", "start"))  # loads what the steps need
    slow = [found for atom, place in pairs(SHARE) if place == context for found in growths(atom, place)]
    assert [found for found in slow if not found.is_linear] == []
    assert [found for found in slow if found.seconds > MOST_SECONDS] == []


@pytest.mark.parametrize("atom", ATOMS)
def test_a_long_repetition_is_read_at_once(atom: str) -> None:
    """Fifty thousand characters of front matter, which would take hours if tried in every division."""
    for place, context in enumerate(CONTEXTS):
        if (len(atom) + place) % 5 == 0:
            assert seconds_of(metadata_of, text_of(atom, context, 8 * LENGTH)) < MOST_SECONDS
