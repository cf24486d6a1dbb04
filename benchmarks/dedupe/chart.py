"""A bar chart as SVG: text stays text, and no font is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

__all__ = ["write_chart"]

WIDTH, LABEL, ROW, HEAD, GAP = 760, 150, 22, 58, 34
COLOURS = ("#1f6f8b", "#b5532a", "#6b8e23", "#7a5aa6", "#888888")


def _bar(top: int, name: str, value: float, most: float, shown: str, colour: str) -> str:
    width = (WIDTH - LABEL - 120) * value / most if most else 0
    return (
        f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LABEL}" y="{top + 3}" width="{max(width, 1):.1f}" height="{ROW - 6}" fill="{colour}"/>'
        f'<text x="{LABEL + max(width, 1) + 6:.1f}" y="{top + 15}">{escape(shown)}</text>'
    )


def write_chart(
    path: Path, title: str, note: str, panels: Sequence[tuple[str, Mapping[str, float], str]]
) -> None:
    """Write a chart of several panels, one bar a tool in each.

    Args:
        path: The SVG file.
        title: What is compared.
        note: A smaller line below it, such as the machine.
        panels: Heading, value by tool, and the format of the values, such as ``"{:,.0f}"``.
    """
    top, parts = HEAD, []
    for heading, values, form in panels:
        parts.append(f'<text x="12" y="{top + 14}" font-weight="bold">{escape(heading)}</text>')
        top += ROW
        for (name, value), colour in zip(values.items(), COLOURS, strict=False):
            parts.append(_bar(top, name, value, max(values.values()), form.format(value), colour))
            top += ROW
        top += GAP - ROW
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" '
        f'font-family="sans-serif" font-size="13" fill="#222">'
        f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>'
        f'<text x="12" y="24" font-size="16" font-weight="bold">{escape(title)}</text>'
        f'<text x="12" y="44" font-size="11" fill="#666">{escape(note)}</text>'
    )
    path.write_text(head + "\n".join(parts) + "</svg>\n", encoding="utf-8")
