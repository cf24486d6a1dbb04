"""What is left of furniture, page numbers and doubling on texts and with seeds the rules were not set on."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from pdtool.normalise.furniture.shared_blocks import learn_blocks
from pdtool.normalise.pipeline import normalise
from tests.damage import Tracked, layout
from tests.damage.portals import known_site, portals
from tests.damage.rates import Damage, error_rate, pairs
from tests.damage.slides import doubled
from tests.texts import library
from tests.texts.script import character_by_character, phrase_wise

SEEDS = (811,)


def known(text: Tracked, rng: Random) -> Tracked:
    """Print lines of known forms around a text."""
    return layout.furnish(text, rng, known_site(rng))


def held_out(text: Tracked, rng: Random) -> Tracked:
    """Print the lines of a site that no rule was set on."""
    return layout.furnish(text, rng, rng.choice(portals("sealed")))


def of_kinds(text: Tracked, rng: Random) -> Tracked:
    """Print the lines of a site of a real kind; the rules were set on these too."""
    return layout.furnish(text, rng, rng.choice(portals("kinds")))


@pytest.mark.parametrize(
    ("damage", "floor"),
    [
        pytest.param(known, 0.002, id="known furniture"),
        pytest.param(of_kinds, 0.012, id="furniture of many kinds of sites"),
        pytest.param(held_out, 0.03, id="furniture of unknown sites"),
        pytest.param(layout.page_markers, 0.0005, id="page markers"),
        pytest.param(doubled, 0.002, id="doubled slides"),
    ],
)
def test_floors(damage: Damage, floor: float) -> None:
    """Each kind of damage leaves no more errors than its floor, on more than 25 texts."""
    made = list(pairs(damage, SEEDS))
    assert len(made) >= 25
    assert error_rate(made, lambda raw: normalise(raw).text) <= floor


def test_what_a_site_shares_is_learned() -> None:
    """Documents of one unknown site teach what it prints: far less is left than of each alone."""
    site = portals("sealed")[0]
    made = list(pairs(lambda text, rng: layout.furnish(text, rng, site), SEEDS))[:25]
    blocks = learn_blocks(normalise(pair.dirty).edge_lines() for pair in made)
    alone = error_rate(made, lambda raw: normalise(raw).text)
    learned = error_rate(made, lambda raw: normalise(raw, blocks).text)
    assert learned <= alone
    assert learned <= 0.02


def test_undamaged_texts_keep_every_character() -> None:
    """Where nothing was printed nothing goes."""
    made = list(pairs(lambda text, _: text, SEEDS))
    assert all(normalise(pair.clean).text == pair.clean for pair in made)


@pytest.mark.parametrize("convert", [character_by_character, phrase_wise], ids=["by character", "Taiwan"])
def test_clean_traditional_texts_change_script_and_width_only(convert: Callable[[str], str]) -> None:
    """Nothing else is done to undamaged Traditional texts, whatever labels, names and numbers they hold."""
    cleaned = [normalise(convert(text.text)) for text in library(41)]
    assert {layer.kind for clean in cleaned for layer in clean.layers} <= {"script", "width"}
