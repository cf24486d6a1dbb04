"""What people read: papers with references, essays with numbered lists, manuals with repeated headings."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.texts import phrase_wise
from tests.texts.kinds.office import until
from tests.texts.kinds.pen import Pen, forms

__all__ = ["essay", "manual", "paper"]

_TRADITIONAL = 0.3
"""Share of the papers and manuals that are Traditional."""
_UNTITLED = 0.35
"""Share of the papers and manuals that begin with a paragraph, as chapters and pages under a menu do."""


def _in_script(text: str, rng: Random) -> str:
    return phrase_wise(text, "s2tw") if rng.random() < _TRADITIONAL else text


def _references(pen: Pen, form: dict[str, list[str]]) -> Iterator[str]:
    yield pen.one(form["reference_head"])
    style = pen.rng.choice((form["reference"], form["reference"][:1], form["reference"][-1:]))
    for at in range(1, pen.rng.randint(5, 25)):
        pen.local["i"] = [str(at)]
        yield pen.one(style)


def paper(rng: Random, length: int) -> str:
    """Write a paper of about ``length`` characters, with front matter, references and notes."""
    pen, form = Pen(rng), forms("paper")
    lines = [pen.one(form["title"])]
    if rng.random() < _UNTITLED:
        lines = [pen.paragraph(["paper", "chat"], 3, 7)]
    elif rng.random() < 0.4:
        lines += form["credit"]
    else:
        lines += [pen.one(form["byline"]), *pen.some([pen.one(form["unit"])], 0, 1)]
        lines += [pen.one(form["abstract"]) + pen.paragraph(["paper"]), pen.one(form["keywords"])]
    lines = list(map(pen.write, lines))

    def section(at: int) -> list[str]:
        heading = pen.write(form["heading"][(at - 1) % len(form["heading"])])
        registers = ["paper", "paper", "essay", "tech", "news", "chat"]
        return [heading, *(pen.paragraph(registers, 3, 7) for _ in range(rng.randint(2, 4)))]

    until(length, lines, section)
    lines += [*_references(pen, form), *pen.some(form["foot"], 0, 2)]
    return _in_script("\n".join(lines), rng)


def _numbered(pen: Pen, form: dict[str, list[str]]) -> list[str]:
    """Write a numbered list whose numbers stand before a name or alone on their line."""
    lines = []
    sayings = pen.rng.random() < 0.25
    for at in range(1, pen.rng.randint(3, 13)):
        if sayings:
            lines += [f"{at}、", pen.paragraph(["essay", "chat", "chat"], 1, 3), pen.one(form["saying"])]
        else:
            lines += [f"{at}、{pen.one(form['entry'])}", pen.one(form["about"])]
            lines += [pen.paragraph(["tech", "essay", "chat"], 1, 3)] if pen.rng.random() < 0.3 else []
    return lines


def essay(rng: Random, length: int) -> str:
    """Write an issue of a letter to readers of about ``length`` characters, with several numbered lists."""
    pen, form = Pen(rng), forms("essay")
    series = rng.randrange(len(form["series"]))
    pen.local |= {symbol: [form[symbol][series]] for symbol in ("series", "editor")}
    lines = [pen.one(form["title"]), *pen.some(form["opening"], 1, 4)]
    lines += [pen.paragraph(["essay", "chat", "chat", "tech"], 1, 3) for _ in range(rng.randint(4, 10))]
    _sections(pen, form, length, lines)
    lines += [*pen.some([*form["review"], *form["closing"]], 0, 4), *form["always_closing"]]
    return "\n".join(lines)


def _sections(pen: Pen, form: dict[str, list[str]], length: int, lines: list[str]) -> None:
    def section(at: int) -> list[str]:
        prose = [pen.paragraph(["essay", "chat", "tech"], 1, 3) for _ in range(pen.rng.randint(0, 2))]
        return [pen.write(form["section"][(at - 1) % len(form["section"])]), *prose, *_numbered(pen, form)]

    until(length, lines, section)


def manual(rng: Random, length: int) -> str:
    """Write pages of a manual of about ``length`` characters, the same few headings under every entry."""
    pen, form = Pen(rng), forms("manual")
    headings = pen.some(form["heading"], 3, 7)
    headings += [pen.one(form["rare_heading"])] if rng.random() < 0.1 else []
    lines = [pen.one(form["title"])] if rng.random() > _UNTITLED else []
    lines += [pen.paragraph(["tech"], 1, 3), *pen.some(form["shared"], 0, 2)]

    def entry(_: int) -> Iterator[str]:
        yield pen.one(form["call"])
        for heading in headings:
            yield heading
            yield from (pen.one(form["parameter"]) for _ in range(rng.randint(0, 4)))
            yield pen.paragraph(["tech"], 1, 3)
            yield from pen.some(form["shared"], 0, 1)

    until(length, lines, lambda at: list(entry(at)))
    lines += [pen.one(form["link"]) for _ in range(rng.choice((0, 0, 0, 0, 0, 0, 0, 4)))]
    return _in_script("\n".join(lines), rng)
