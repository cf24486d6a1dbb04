"""Contrast, computed from the style sheet itself (WCAG 2.2, 1.4.3): 4.5 : 1 and more, light and dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = files("pdtool").joinpath("data/report/style.css").read_text(encoding="utf-8")

PAIRS = [
    *((text, ground) for text in ("ink", "soft", "accent", "seal", "good") for ground in ("paper", "sheet")),
    *((text, "sunk") for text in ("ink", "soft", "accent", "seal")),
    *((text, f"p{number}") for text in ("ink", "soft") for number in range(1, 7)),
    *(("sheet", f"e{number}") for number in range(1, 7)),
    *((f"t{level}", f"h{level}") for level in range(8)),
]
"""What is written in which colour on what."""


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of each theme by name."""
    colour = "#[0-9a-f]{6}"
    both = re.findall(rf"--(\w+): var\(--light, ({colour})\) var\(--dark, ({colour})\);", STYLE)
    assert len(both) == len({name for name, *_ in both})
    return {
        "light": {name: light for name, light, _ in both},
        "dark": {name: dark for name, _, dark in both},
    }


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes())
def test_text_stands_out(theme: str) -> None:
    """Every text colour on every ground it is used on."""
    colours = themes()[theme]
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in PAIRS
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }
    assert weak == {}


def test_both_ways_to_be_dark_are_the_same() -> None:
    """The system's choice and the reader's turn the same switches, and no colour stands beside them."""
    turned = "--light: ; --dark: initial; color-scheme: dark;"
    dark = re.findall(r":root(\[data-theme=\"dark\"\]|:not\(\[data-theme=\"light\"\]\)) \{ ([^}]*) \}", STYLE)
    assert dark == [('[data-theme="dark"]', turned), (':not([data-theme="light"])', turned)]
    assert len(re.findall(r"--\w+: #[0-9a-f]{6}", STYLE)) == 0


def test_contrast_is_computed_as_the_standard_says() -> None:
    """Black on white is 21, a colour on itself 1, and a grey that the standard's tools know is 4.48."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
