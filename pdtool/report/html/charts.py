"""Charts as inline SVG: text is text, colours are classes that the page's style sheet knows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pdtool.output.cells import as_percent
from pdtool.output.width import clip_middle, display_width
from pdtool.report.html.safe import html
from pdtool.report.model import Bar, SimilarityMap, ThemeMap
from pdtool.report.topics_model import TopicsView

__all__ = ["bars", "histogram", "measure", "measure_style", "similarity_map", "theme_map", "topic_map"]

LEVELS = 8
"""Shades of a heat map."""
_LABEL = 30
"""Columns of a document's name beside a chart."""
_UNIT = 6.7
"""Width of a column of such a name, in pixels."""


def _svg(width: float, height: float, body: Sequence[str], label: str) -> str:
    box = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg {box} role="group" aria-label="{html(label)}">{"".join(body)}</svg>'


def _text(x: float | str, y: float, text: str, style: str = "") -> str:
    shown = f' class="{style}"' if style else ""
    place = x if isinstance(x, str) else f"{x:g}"
    return f'<text x="{place}" y="{y:g}"{shown}>{html(text)}</text>'


def _label_width(names: Sequence[str]) -> float:
    return _UNIT * max((display_width(_short(name)) for name in names), default=0)


def _short(name: str) -> str:
    from pdtool.output.escaping import visible

    return clip_middle(visible(name), _LABEL)


def _level(share: float) -> int:
    """Return the shade of a share of the largest value, 0 to 1."""
    return min(LEVELS - 1, max(0, round(share * (LEVELS - 1))))


# Histogram --------------------------------------------------------------------------------------------

_BINS = 20


def bins(values: Sequence[float]) -> list[int]:
    """Count shares in twenty equal intervals; 1 belongs to the last.

    >>> bins([0.0, 0.049, 0.05, 1.0])[:2], bins([1.0])[-1]
    ([2, 1], 1)
    """
    counts = [0] * _BINS
    for value in values:
        # Rounded as it is shown, so that 0.05 counts where it is read.
        counts[min(_BINS - 1, int(round(value, 4) * _BINS + 1e-9))] += 1
    return counts


def histogram(values: Sequence[float], threshold: float, limit_name: str, x_name: str, y_name: str) -> str:
    """Draw how many pairs have which containment, with the threshold; as wide as there is room.

    Args:
        values: Containments, 0 to 1.
        threshold: From where on a pair is related.
        limit_name: What stands at the threshold.
        x_name: What the horizontal axis says.
        y_name: What the vertical one says.
    """
    top, height = 40, 180
    counts, base = bins(values), top + height
    body = [f'<line class="axis" x1="{_across(0)}" x2="{_across(1)}" y1="{base}" y2="{base}"/>']
    for place, count in enumerate(counts):
        if count:
            tall = max(2.0, height * count / max(counts))
            x, wide = _across((place + 0.1) / _BINS), f"{_ACROSS * 0.8 / _BINS:g}%"
            body.append(f'<rect class="fill" x="{x}" y="{base - tall:g}" width="{wide}" height="{tall:g}"/>')
            body.append(_text(_across((place + 0.5) / _BINS), base - tall - 4, f"{count:,}", "middle"))
    body += [_text(_across(tick / 5), base + 16, f"{tick / 5:.1f}", "middle soft") for tick in range(6)]
    x = _across(threshold)
    body.append(f'<line class="limit" x1="{x}" x2="{x}" y1="{top - 18}" y2="{base}"/>')
    side = "end" if threshold > 0.5 else "start"
    body.append(_text(x, top - 24, limit_name, f"limit-name {side}"))
    body += [_text(_across(0.5), base + 36, x_name, "middle soft"), _text("0", 12, y_name, "soft")]
    size = f'class="fluid" width="100%" height="{base + 44}"'
    return f'<svg {size} role="group" aria-label="{html(x_name)}">{"".join(body)}</svg>'


_ACROSS = 92
"""Per cent of the picture's width that its axis takes."""


def _across(share: float) -> str:
    """Return where a share stands on the horizontal axis, in per cent of the picture's width."""
    return f"{(100 - _ACROSS) / 2 + _ACROSS * share:g}%"


# Heat maps --------------------------------------------------------------------------------------------

_TREE = 130.0
_YEAR = 34.0
"""Pixels that a year takes with some room beside it."""
_WIDEST = 980.0
"""Pixels of the page's text at a window of 1,280: a picture fits there, with its tree."""


def similarity_map(drawn: SimilarityMap, label: str, names: Mapping[str, str]) -> str:
    """Draw the similarities of documents with each other, their tree to the right.

    Args:
        drawn: Documents, similarities and tree.
        label: What the picture is, for those who cannot see it.
        names: What documents are called, by their ids.
    """
    size = len(drawn.docs)
    cell = 46.0 if size <= 12 else 26.0 if size <= 30 else 17.0
    left, top = _label_width(_called(drawn.docs, names)) + 38, 24.0
    wide = min(cell, math.floor((_WIDEST - _TREE - left) / size))
    right = left + wide * size
    body = [*_tree(drawn, cell, top, right + 4), *_names(drawn.docs, names, left - 8, top, cell)]
    # The numbers of narrow columns would run into one another.
    for number in range(1, size + 1) if wide > 20 else (1, *range(5, size + 1, 5)):
        body.append(_text(left + wide * (number - 0.5), top - 8, str(number), "middle soft"))
    for row, values in enumerate(drawn.cells):
        for column, value in enumerate(values):
            x, y = left + wide * column, top + cell * row
            title = f"{row + 1} · {column + 1}: {value:.4f}"
            body.append(_cell(x, y, wide - 1, cell - 1, _level(value), title))
            if wide > 40:
                body.append(_text(x + wide / 2, y + cell / 2 + 4, f"{value:.2f}", f"middle t{_level(value)}"))
    return _svg(right + _TREE, top + cell * size + 8, body, label)


def _cell(x: float, y: float, width: float, height: float, level: int, title: str) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect class="h{level}" {place}><title>{html(title)}</title></rect>'


def _called(docs: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(doc, doc) for doc in docs]


def _names(
    docs: Sequence[str], names: Mapping[str, str], right: float, top: float, cell: float
) -> Iterator[str]:
    for row, doc in enumerate(docs):
        y = top + cell * (row + 0.5) + 4
        yield _document(right, y, doc, names, f"  {row + 1}")


def _document(x: float, y: float, doc: str, names: Mapping[str, str], behind: str = "") -> str:
    """Return the name of a document to the left of a place; its id is told where the pointer rests on it."""
    shown = _text(x, y, f"{_short(names.get(doc, doc))}{behind}", "end mono")
    return f"<g><title>{html(doc)}</title>{shown}</g>" if doc in names else shown


def _tree(drawn: SimilarityMap, cell: float, top: float, left: float) -> Iterator[str]:
    """Yield the joints of the tree: a leaf at each row, the root to the right."""
    tallest = max((merge.height for merge in drawn.merges), default=0.0) or 1.0

    def x(height: float) -> float:
        return round(left + (_TREE - 16) * height / tallest, 2)

    for merge in drawn.merges:
        first, second = (top + cell * (place + 0.5) for place in (merge.first, merge.second))
        joint = x(merge.height)
        path = f"M{x(merge.first_height):g} {first:g}H{joint:g}V{second:g}H{x(merge.second_height):g}"
        yield f'<path class="tree" d="{path}"><title>{merge.height:.4f}</title></path>'


def theme_map(drawn: ThemeMap, label: str, most: float, names: Mapping[str, str]) -> str:
    """Draw documents by themes; each cell that is not empty leads to its lines.

    Args:
        drawn: Documents, themes and counts.
        label: What the picture is.
        most: The largest rate.
        names: What documents are called, by their ids.
    """
    wide, tall = 36.0, 28.0
    left = _label_width(_called(drawn.docs, names)) + 16
    # Names stand upright, a character on the other: a column of the terminal is half a character.
    top = 13.0 * max((math.ceil(display_width(_short(theme)) / 2) for theme in drawn.themes), default=0) + 14
    body = [
        _text(left + wide * (place + 0.5), top - 8, _short(theme), "vertical end")
        for place, theme in enumerate(drawn.themes)
    ]
    for row, (doc, cells) in enumerate(zip(drawn.docs, drawn.cells, strict=True)):
        y = top + tall * row
        body.append(_document(left - 8, y + tall / 2 + 4, doc, names))
        for column, cell in enumerate(cells):
            rate = cell.rate or 0.0
            level = _level(math.sqrt(rate / most)) if most else 0
            level = max(1, level) if cell.count else 0
            x = left + wide * column
            title = f"{_short(doc)} · {_short(cell.theme)}: {rate:.4f} ({cell.count:,})"
            shown = _cell(x, y, wide - 1, tall - 1, level, title)
            shown += _text(
                x + wide / 2, y + tall / 2 + 4, f"{rate:.1f}" if cell.count else "·", f"middle t{level}"
            )
            body.append(
                f'<a href="#cell-{row}-{column}" aria-label="{html(title)}">{shown}</a>'
                if cell.count
                else shown
            )
    return _svg(left + wide * len(drawn.themes) + 8, top + tall * len(drawn.docs) + 8, body, label)


def topic_map(drawn: TopicsView, label: str, documents: str) -> str:
    """Draw topics by years, in per cent of the year; each topic leads to its words and sentences.

    Args:
        drawn: Topics, and their shares of each year; there is a year.
        label: What the picture is.
        documents: What says of how many documents a year is, ``{n}`` of them.
    """
    left, top, tall = _label_width([topic.name for topic in drawn.topics]) + 16, 24.0, 28.0
    wide = max(4.0, min(44.0, math.floor((_WIDEST - left - 8) / len(drawn.years))))
    # Years and numbers of narrow columns would run into one another.
    apart = math.ceil(_YEAR / wide)
    most = max(share for year in drawn.years for share in year.shares) or 1.0
    body = []
    for column, year in enumerate(drawn.years):
        if column % apart == 0:
            shown = _text(left + wide * (column + 0.5), top - 8, year.year, "middle soft")
            said = documents.format(n=f"{year.documents:,}")
            body.append(f"<g><title>{html(f'{year.year}: {said}')}</title>{shown}</g>")
    for row, topic in enumerate(drawn.topics):
        y = top + tall * row
        name = _text(left - 8, y + tall / 2 + 4, _short(topic.name), "end")
        body.append(f'<a href="#topic-{topic.number}">{name}</a>')
        for column, year in enumerate(drawn.years):
            share, x = year.shares[row], left + wide * column
            level, title = _level(share / most), f"{_short(topic.name)} · {year.year}: {as_percent(share)}"
            body.append(_cell(x, y, wide - 1, tall - 1, level, title))
            if apart == 1:
                shown = f"{100 * share:.0f}"
                body.append(_text(x + wide / 2, y + tall / 2 + 4, shown, f"middle t{level}"))
    return _svg(left + wide * len(drawn.years) + 8, top + tall * len(drawn.topics) + 8, body, label)


# Bars -------------------------------------------------------------------------------------------------


def bars(values: Sequence[Bar], label: str) -> str:
    """Draw a bar for every number, its name and the number to the left.

    Args:
        values: Names and numbers.
        label: What the picture is.
    """
    names, width, tall = _label_width([bar.name for bar in values]) * 1.05 + 8, 380.0, 22.0
    left = names + 56
    most = max((bar.value for bar in values), default=0) or 1
    body = []
    for row, bar in enumerate(values):
        y, long = tall * row, width * bar.value / most
        body.append(_text(names, y + tall / 2 + 4, _short(bar.name), "end"))
        body.append(_text(left - 8, y + tall / 2 + 4, f"{bar.value:,}", "end soft"))
        body.append(f'<rect class="fill" x="{left:g}" y="{y + 4:g}" width="{long:g}" height="{tall - 8:g}"/>')
    return _svg(left + width + 4, tall * len(values) + 4, body, label)


def measure(value: float, most: float) -> str:
    """Draw a thin bar that compares a number with the largest of its list, to a fortieth of the width."""
    share = max(0.0, value) / most if most > 0 else 0.0
    return f'<i class="m m{round(share * _STEPS)}"></i>'


def measure_style() -> str:
    """Return the style of the thin bars: a class for every length, as no element has a style of its own."""
    return "".join(f".m{step} {{ width: {100 * step / _STEPS:g}%; }}\n" for step in range(_STEPS + 1))


_STEPS = 40
