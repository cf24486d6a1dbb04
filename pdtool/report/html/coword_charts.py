"""Drawings of which terms stand together, as inline SVG: the network, and the strategic diagram."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import median

from pdtool.output.escaping import visible
from pdtool.output.width import clip_middle, display_width
from pdtool.report.coword_model import CommunityView, CowordView, TermArc
from pdtool.report.html.arcs import ROW, arc_path, bend, heights
from pdtool.report.html.safe import html
from pdtool.report.html.words import Words

__all__ = ["strategic_diagram", "term_chart"]

_COLUMN = 6.7
"""Pixels of a column of a name."""
_LONGEST = 34
"""Columns of a name at most."""
_COLOURS = 5
"""Colours of communities; they come again where there are more."""
_WIDE, _HIGH = 620.0, 380.0
"""Pixels of the diagram inside its axes."""
_LEFT, _TOP = 56.0, 24.0
_LINE = 16.0
"""Pixels from a line of names in the diagram to the next."""


def _name(term: str) -> str:
    return clip_middle(visible(term), _LONGEST)


def _colour(community: int) -> str:
    """Return the class of a community's colour; none for no community."""
    return f" g{(community - 1) % _COLOURS + 1}" if community else ""


def term_chart(drawn: CowordView, label: str, words: Words) -> str:
    """Draw which terms stand together: a line for each term, an arc for each of the closest pairs.

    Args:
        drawn: The terms and their pairs.
        label: What the picture is, for those who cannot see it.
        words: The language.
    """
    downs = heights(len(drawn.stops), drawn.gaps)
    bends = [bend(downs[arc.first], downs[arc.second]) for arc in drawn.arcs]
    x = max(bends, default=0.0) + 14
    names = max(display_width(f"{_name(stop.term)}  {stop.count:,}") for stop in drawn.stops) * _COLUMN * 1.1
    body = []
    for arc, reach in zip(drawn.arcs, bends, strict=True):
        body.append(_arc(arc, downs, x - 6, reach, drawn, words))
    for number, (stop, down) in enumerate(zip(drawn.stops, downs, strict=True)):
        body.append(
            f'<a href="#term-{number}"><g class="stop">'
            f'<circle class="dot{_colour(stop.community)}" cx="{x:g}" cy="{down:g}" r="4.5"/>'
            f'<text x="{x + 12:g}" y="{down + 4:g}">{html(_name(stop.term))}'
            f'<tspan class="soft" dx="8">{stop.count:,}</tspan></text></g></a>'
        )
    width, height = x + 12 + names + 8, downs[-1] + ROW
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {size} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _arc(
    arc: TermArc, downs: Sequence[float], x: float, reach: float, drawn: CowordView, words: Words
) -> str:
    path = arc_path(x, downs[arc.first], downs[arc.second], reach, x)
    title = words(
        "coword_pair",
        a=_name(drawn.stops[arc.first].term),
        b=_name(drawn.stops[arc.second].term),
        n=f"{arc.together:,}",
        ochiai=f"{arc.ochiai:.4f}",
    )
    wide = round(0.75 + 4 * arc.ochiai, 2)
    kind = _colour(arc.community)
    return f'<g><title>{html(title)}</title><path class="arc{kind}" d="{path}" stroke-width="{wide:g}"/></g>'


def strategic_diagram(communities: Sequence[CommunityView], label: str, x_name: str, y_name: str) -> str:
    """Draw communities by centrality and density, with both medians.

    Args:
        communities: At least one.
        label: What the picture is, for those who cannot see it.
        x_name: What the horizontal axis says.
        y_name: What the vertical one says.
    """
    across = [community.centrality for community in communities]
    upwards = [community.density for community in communities]
    right, bottom = _LEFT + _WIDE, _TOP + _HIGH

    def x(value: float) -> float:
        return round(_LEFT + _WIDE * (0.05 + 0.6 * _share(value, across)), 1)

    def y(value: float) -> float:
        return round(bottom - _HIGH * (0.08 + 0.84 * _share(value, upwards)), 1)

    middle = x(median(across)), y(median(upwards))
    body = [
        f'<path class="axis" d="M{_LEFT:g} {_TOP:g}V{bottom:g}H{right:g}"/>',
        f'<path class="limit" d="M{middle[0]:g} {_TOP:g}V{bottom:g}M{_LEFT:g} {middle[1]:g}H{right:g}"/>',
        f'<text x="{right:g}" y="{bottom + 20:g}" class="end soft">{html(x_name)} →</text>',
        f'<text x="{_LEFT:g}" y="{_TOP - 8:g}" class="soft">↑ {html(y_name)}</text>',
    ]
    rows = _parted([y(community.density) for community in communities])
    for community, row in zip(communities, rows, strict=True):
        place = x(community.centrality), y(community.density)
        body.append(_bubble(community, place, row))
    size = f'width="{right + 90:g}" height="{bottom + 30:g}" viewBox="0 0 {right + 90:g} {bottom + 30:g}"'
    return f'<svg {size} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _share(value: float, values: Sequence[float]) -> float:
    """Return where a value lies between the least and the greatest, 0 to 1; the middle if all are equal."""
    low, high = min(values), max(values)
    return (value - low) / (high - low) if high > low else 0.5


def _parted(places: Sequence[float]) -> list[float]:
    """Return places of names moved down as far as it takes that none overlap."""
    found = list(places)
    last = -_LINE
    for number in sorted(range(len(places)), key=places.__getitem__):
        found[number] = last = max(places[number], last + _LINE)
    return found


def _bubble(community: CommunityView, place: tuple[float, float], row: float) -> str:
    x, y = place
    radius = round(4 + 2 * sqrt(community.size), 1)
    names = "、".join(map(_name, community.terms))
    title = f"{community.number}: {names} ({community.centrality:.4f}, {community.density:.4f})"
    return (
        f'<g class="stop"><title>{html(title)}</title>'
        f'<circle class="dot{_colour(community.number)}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'
        f'<text x="{x + radius + 5:g}" y="{row + 4:g}">{html(clip_middle(names, _LONGEST))}</text></g>'
    )
