"""How words rise and fall over the years, as inline SVG: a line for each word, its course beside it."""

from __future__ import annotations

from collections.abc import Sequence

from pdtool.output.escaping import visible
from pdtool.output.width import clip_middle, display_width
from pdtool.report.frequency_model import TrendView
from pdtool.report.html.safe import html

__all__ = ["trend_chart"]

_ROW = 30.0
"""Pixels from a word to the next."""
_TALL = 20.0
"""Pixels of the course of a word."""
_WIDE = 380.0
_COLUMN = 6.9
"""Pixels of a column of a name."""
_LONGEST = 24
_TOP = 26.0
_CHANCE = 0.05
"""From this q on a trend is drawn as one that chance explains as well."""
_BEHIND = 210.0
"""Pixels for what is said behind the course."""


def trend_chart(trends: Sequence[TrendView], years: Sequence[str], label: str, per_1000: str) -> str:
    """Draw the courses of words; each has its own scale, from 0 to its highest.

    Args:
        trends: The words.
        years: What their rates are of, ascending; they stand as far apart as they are.
        label: What the picture is, for those who cannot see it.
        per_1000: What a rate is, in words.
    """
    names = [clip_middle(visible(trend.term), _LONGEST) for trend in trends]
    left = max(map(display_width, names)) * _COLUMN + 10
    first, last = int(years[0]), int(years[-1])
    across = [round(left + _WIDE * (int(year) - first) / (last - first), 1) for year in years]
    body = [
        f'<text class="soft" x="{left:g}" y="12">{html(years[0])}</text>',
        f'<text class="soft end" x="{left + _WIDE:g}" y="12">{html(years[-1])}</text>',
    ]
    for row, (name, trend) in enumerate(zip(names, trends, strict=True)):
        body.append(_course(name, trend, years, across, _TOP + _ROW * row + _TALL, per_1000))
    width, height = left + _WIDE + _BEHIND, _TOP + _ROW * len(trends) + 4
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {size} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _course(
    name: str, trend: TrendView, years: Sequence[str], across: Sequence[float], base: float, per_1000: str
) -> str:
    most = max(trend.rates)
    downs = [round(base - _TALL * rate / most, 1) for rate in trend.rates]
    points = " ".join(f"{x:g},{y:g}" for x, y in zip(across, downs, strict=True))
    way = "chance" if trend.q >= _CHANCE else "up" if trend.tau > 0 else "down"
    told = ", ".join(f"{year} {rate:.4f}" for year, rate in zip(years, trend.rates, strict=True))
    behind = f"{'↗' if trend.tau > 0 else '↘'} τ {trend.tau:+.2f}  q {_small(trend.q)}".replace("-", "−")
    return (
        f'<g class="stop"><title>{html(f"{name} ({per_1000}): {told}")}</title>'
        f'<text class="end" x="{across[0] - 10:g}" y="{base - 4:g}">{html(name)}</text>'
        f'<path class="axis" d="M{across[0]:g} {base:g}H{across[-1]:g}"/>'
        f'<polyline class="course {way}" points="{points}"/>'
        f'<text class="soft" x="{across[-1] + 12:g}" y="{base - 4:g}">{html(behind)}</text></g>'
    )


def _small(value: float) -> str:
    """Return a probability: what four decimals cannot show as a power of ten.

    >>> _small(0.0312), _small(0.00000042)
    ('0.0312', '4e-7')
    """
    if not value or value >= 0.0001:
        return f"{value:.4f}"
    digits, _, power = f"{value:.0e}".partition("e")
    return f"{digits}e{int(power)}"
