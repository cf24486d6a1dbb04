"""Laws as official collections print them: mainland ones, an article a paragraph, and Taiwan ones.

Laws of one issuer share their promulgation lines, their last articles, whole administrative articles and the
headings of their chapters; the articles of Taiwan carry their lists on the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.texts.kinds.pen import Pen, chinese_number, forms

__all__ = ["mainland_law", "taiwan_law"]

_CHAPTER_BLANKS = (" ", "  ", "　", "\u3000\u3000")
_SPACED = {"总则": ("总 则", "总  则", "总则"), "附则": ("附 则", "附  则", "附则")}


def _promulgation(pen: Pen) -> Iterator[str]:
    """Yield the dates under the title, some of them those of many other laws, some badly bracketed."""
    lines = [pen.pick("shared_promulgation")] if pen.rng.random() < 0.35 else []
    lines += pen.some(forms("law_mainland")["promulgation"], 0 if lines else 1, 3)
    for line in lines:
        style = pen.rng.random()
        yield f"（{line}）" if style < 0.15 else line + "）" if style < 0.25 else line


def _items(pen: Pen) -> list[str]:
    wide = pen.rng.random() < 0.8
    count = pen.rng.randint(3, 8)
    texts = [pen.write(pen.pick("item")) for _ in range(count - 1)] + [pen.write(pen.pick("last_item"))]
    label = "（{}）" if wide else "({})"
    return [label.format(chinese_number(at)) + text for at, text in enumerate(texts, start=1)]


def _article(pen: Pen) -> list[str]:
    """Write what stands in one article: paragraphs, or a list under its head."""
    if pen.rng.random() < 0.25:
        return [pen.write(pen.pick("list_head")), *_items(pen)]
    return [pen.paragraph(["law"], 1, 3) for _ in range(pen.rng.choice((1, 1, 1, 2)))]


def _chapter(pen: Pen, at: int, name: str, blank: str) -> str:
    shown = pen.rng.choice(_SPACED.get(name, (name,)))
    return f"第{chinese_number(at)}章{blank}{shown}"


def mainland_law(rng: Random, length: int) -> str:
    """Write a law of about ``length`` characters, an article or an item a line, Simplified."""
    form = forms("law_mainland")
    pen = Pen(rng, {**form})
    pen.local |= {"subject": [pen.write(pen.pick("subject"))], "form": [pen.pick("form")]}
    blank, chapters = rng.choice(_CHAPTER_BLANKS), rng.random() < 0.6 and length > 1500
    lines = [pen.write(pen.pick("title")), *_promulgation(pen)]
    names = ["总则", *pen.some(form["chapters"][1:-1], 2, 5), "附则"] if chapters else [""]
    article = 0
    for at, name in enumerate(names, start=1):
        lines += [_chapter(pen, at, name, blank)] if name else []
        goal = len("".join(lines)) + length // len(names)
        bodies = [[pen.write(pen.pick("first"))]] if at == 1 else []
        while bodies or len("".join(lines)) < goal - 60 or not article:
            article += 1
            first, *rest = bodies.pop() if bodies else _article(pen)
            lines += [f"第{chinese_number(article)}条 {first}", *rest]
    for closing in pen.some(form["closing"], 1, 2):
        article += 1
        lines.append(f"第{chinese_number(article)}条 {closing}")
    return "\n".join(lines)


def _taiwan_body(pen: Pen) -> str:
    chance = pen.rng.random()
    if chance < 0.15:
        return pen.write(pen.pick("t_shared"))
    if chance < 0.45:
        items = [pen.write(pen.pick("t_item")) for _ in range(pen.rng.randint(3, 11))]
        items.append(pen.write(pen.pick("t_last_item")))
        listed = (f"{chinese_number(at)}、{item}" for at, item in enumerate(items, start=1))
        return pen.write(pen.pick("t_list_head")) + "".join(listed)
    return "".join(pen.write(pen.pick("t_sentence")) for _ in range(pen.rng.randint(2, 6)))


def _posts(pen: Pen) -> str:
    """Draw a table of posts with box characters, glued to the article as the collections print it."""
    rows = [
        ("職稱", "官等", "員額"),
        *((pen.pick("t_post"), "薦任", pen.pick("t_ordinal")) for _ in range(4)),
    ]
    rule = "─────"
    body = f"├{rule}┼{rule}┼{rule}┤".join(
        "│" + "│".join(f"{cell:　<5}" for cell in row) + "│" for row in rows
    )
    return f"編制表┌{rule}┬{rule}┬{rule}┐{body}└{rule}┴{rule}┴{rule}┘"


def taiwan_law(rng: Random, length: int) -> str:
    """Write a law of Taiwan of about ``length`` characters, an article a line, Traditional."""
    form = forms("law_taiwan")
    pen = Pen(rng, {**form})
    pen.local |= {"t_subject": [pen.pick("t_subject")], "t_form": [pen.pick("t_form")]}
    lines = [pen.write(pen.pick("t_title"))]
    pen.local["t_subject"] = form["t_subject"]
    names = pen.some(form["t_chapters"], 3, 6) if length > 1800 and rng.random() < 0.7 else [""]
    article = 0
    for at, name in enumerate(names, start=1):
        lines += [f"第 {chinese_number(at)} 章 {name}"] if name else []
        goal = len("".join(lines)) + length // len(names)
        while len("".join(lines)) < goal - 60 or not article:
            article += 1
            body = _taiwan_body(pen) if article > 1 else pen.write(pen.pick("t_first"))
            lines.append(f"第 {article} 條 {body}")
    last = [pen.one(form["t_last_but_one"])] if rng.random() < 0.4 else []
    for closing in (*last, pen.write(pen.pick("t_closing"))):
        article += 1
        lines.append(f"第 {article} 條 {closing}")
    if rng.random() < 0.05:
        lines[-1] += _posts(pen)
    return "\n".join(lines)
