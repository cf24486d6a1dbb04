"""The drawing of who copies whom, as inline SVG: a line for each document, an arc for each pair."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from pdtool.output.escaping import visible
from pdtool.output.width import clip_middle, display_width
from pdtool.report.html.safe import html
from pdtool.report.html.words import Words
from pdtool.report.network_model import Arc, Network, Stop

__all__ = ["network_chart"]

ROW = 22.0
"""Pixels from a document to the next."""
GAP = 12.0
"""Pixels between groups."""
_COLUMN = 6.7
"""Pixels of a column of a name."""
_LONGEST = 34
"""Columns of a name at most."""
_TOP = 10.0
_WIDEST = 170.0
"""Pixels that the longest arc may reach out."""
_HEAD = 5.0
"""Half the height of an arrow's head."""


def network_chart(drawn: Network, label: str, words: Words, called: Mapping[str, str]) -> str:
    """Draw who copies whom.

    Args:
        drawn: Documents in order, and the pairs of them.
        label: What the picture is, for those who cannot see it.
        words: The language.
        called: What documents are called, by their ids.
    """
    heights = _heights(drawn)
    bends = [_bend(heights[arc.source], heights[arc.target]) for arc in drawn.arcs]
    x = max(bends, default=0.0) + 14
    dates = 78.0 if any(stop.date for stop in drawn.stops) else 0.0
    names = max(display_width(_name(stop, called)) for stop in drawn.stops) * _COLUMN
    width, height = x + 12 + dates + names + 8, heights[-1] + ROW
    arcs = _long_first(drawn, bends)
    body = [
        *(_stop(stop, heights[row], x, dates, called) for row, stop in enumerate(drawn.stops)),
        *(_arc(arc, heights, x - 6, bend, drawn, words) for arc, bend in arcs),
    ]
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {size} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _name(stop: Stop, called: Mapping[str, str]) -> str:
    return clip_middle(visible(called.get(stop.doc, stop.doc)), _LONGEST)


def _heights(drawn: Network) -> list[float]:
    """Return how far down each document stands."""
    return [
        _TOP + ROW * (row + 0.5) + GAP * sum(gap <= row for gap in drawn.gaps)
        for row in range(len(drawn.stops))
    ]


def _bend(first: float, second: float) -> float:
    """Return how far an arc reaches out: half a circle where it is short, less where it is long."""
    return round(_WIDEST * (1 - exp(-abs(second - first) / (2 * _WIDEST))), 1)


def _long_first(drawn: Network, bends: list[float]) -> list[tuple[Arc, float]]:
    """Return the arcs, overlaps first and short ones last, so that what matters lies on top."""
    return sorted(zip(drawn.arcs, bends, strict=True), key=_rank)


def _rank(drawn: tuple[Arc, float]) -> tuple[bool, float, int, int]:
    arc, bend = drawn
    return arc.kind != "overlap", -bend, arc.source, arc.target


def _stop(stop: Stop, y: float, x: float, dates: float, called: Mapping[str, str]) -> str:
    role = f" {stop.role}" if stop.role in {"keep", "drop"} else ""
    date = f'<text x="{x + 12:g}" y="{y + 4:g}" class="soft">{html(stop.date)}</text>' if stop.date else ""
    return (
        f'<g class="stop"><title>{html(stop.doc)}</title>'
        f'<circle class="dot{role}" cx="{x:g}" cy="{y:g}" r="4.5"/>{date}'
        f'<text x="{x + 12 + dates:g}" y="{y + 4:g}" class="mono">{html(_name(stop, called))}</text></g>'
    )


def _arc(arc: Arc, heights: list[float], x: float, bend: float, drawn: Network, words: Words) -> str:
    start, end = heights[arc.source], heights[arc.target]
    sweep, tall = int(end < start), abs(end - start) / 2
    tip = x - _HEAD if arc.is_directed else x
    path = f"M{x:g} {start:g}A{bend:g} {tall:g} 0 0 {sweep} {tip:g} {end:g}"
    first, second = drawn.stops[arc.source].doc, drawn.stops[arc.target].doc
    way = "→" if arc.is_directed else "–"
    title = html(f"{first} {way} {second}: {words[f'pair_{arc.kind}']}, {arc.share:.4f}")
    wide = round(1 + 2.5 * arc.share, 1)
    shape = f'<title>{title}</title><path class="arc {arc.kind}" d="{path}" stroke-width="{wide:g}"/>'
    if arc.is_directed:
        back = x - 2 * _HEAD
        head = f"{x:g},{end:g} {back:g},{end - _HEAD:g} {back:g},{end + _HEAD:g}"
        shape += f'<polygon class="head {arc.kind}" points="{head}"/>'
    return f'<a href="#pair-{arc.pair}" aria-label="{title}">{shape}</a>' if arc.pair else f"<g>{shape}</g>"
