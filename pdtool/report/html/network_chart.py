"""The drawing of who copies whom, as inline SVG: a line for each document, an arc for each pair."""

from __future__ import annotations

from collections.abc import Mapping

from pdtool.output.cells import as_percent
from pdtool.output.escaping import visible
from pdtool.output.width import clip_middle, display_width
from pdtool.report.html.arcs import ROW, arc_path, bend, heights
from pdtool.report.html.safe import html
from pdtool.report.html.words import Words
from pdtool.report.network_model import Arc, Network, Stop

__all__ = ["network_chart"]

_COLUMN = 6.7
"""Pixels of a column of a name."""
_LONGEST = 34
"""Columns of a name at most."""
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
    downs = heights(len(drawn.stops), drawn.gaps)
    bends = [bend(downs[arc.source], downs[arc.target]) for arc in drawn.arcs]
    x = max(bends, default=0.0) + 14
    dates = 78.0 if any(stop.date for stop in drawn.stops) else 0.0
    names = max(display_width(_name(stop, called)) for stop in drawn.stops) * _COLUMN
    width, height = x + 12 + dates + names + 8, downs[-1] + ROW
    arcs = _long_first(drawn, bends)
    body = [
        *(_stop(stop, downs[row], x, dates, called) for row, stop in enumerate(drawn.stops)),
        *(_arc(arc, downs, x - 6, reach, drawn, words) for arc, reach in arcs),
    ]
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {size} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _name(stop: Stop, called: Mapping[str, str]) -> str:
    return clip_middle(visible(called.get(stop.doc, stop.doc)), _LONGEST)


def _long_first(drawn: Network, bends: list[float]) -> list[tuple[Arc, float]]:
    """Return the arcs, overlaps first and short ones last, so that what matters lies on top."""
    return sorted(zip(drawn.arcs, bends, strict=True), key=_rank)


def _rank(drawn: tuple[Arc, float]) -> tuple[bool, float, int, int]:
    arc, reach = drawn
    return arc.kind != "overlap", -reach, arc.source, arc.target


def _stop(stop: Stop, y: float, x: float, dates: float, called: Mapping[str, str]) -> str:
    role = f" {stop.role}" if stop.role in {"keep", "drop"} else ""
    date = f'<text x="{x + 12:g}" y="{y + 4:g}" class="soft">{html(stop.date)}</text>' if stop.date else ""
    return (
        f'<g class="stop"><title>{html(stop.doc)}</title>'
        f'<circle class="dot{role}" cx="{x:g}" cy="{y:g}" r="4.5"/>{date}'
        f'<text x="{x + 12 + dates:g}" y="{y + 4:g}" class="mono">{html(_name(stop, called))}</text></g>'
    )


def _arc(arc: Arc, downs: list[float], x: float, reach: float, drawn: Network, words: Words) -> str:
    start, end = downs[arc.source], downs[arc.target]
    tip = x - _HEAD if arc.is_directed else x
    path = arc_path(x, start, end, reach, tip)
    first, second = drawn.stops[arc.source].doc, drawn.stops[arc.target].doc
    way = "→" if arc.is_directed else "–"
    title = html(f"{first} {way} {second}: {words[f'pair_{arc.kind}']}, {as_percent(arc.share)}")
    wide = round(1 + 2.5 * arc.share, 1)
    shape = f'<title>{title}</title><path class="arc {arc.kind}" d="{path}" stroke-width="{wide:g}"/>'
    if arc.is_directed:
        back = x - 2 * _HEAD
        head = f"{x:g},{end:g} {back:g},{end - _HEAD:g} {back:g},{end + _HEAD:g}"
        shape += f'<polygon class="head {arc.kind}" points="{head}"/>'
    return f'<a href="#pair-{arc.pair}" aria-label="{title}">{shape}</a>' if arc.pair else f"<g>{shape}</g>"
