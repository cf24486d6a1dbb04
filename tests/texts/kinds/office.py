"""What offices write: notices, news, reports with tables and coordinates, minutes, questions and answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.texts.kinds.pen import Pen, forms

__all__ = ["minutes", "notice", "questions", "report", "until"]

_TO_FULL_WIDTH = {0x30 + digit: 0xFF10 + digit for digit in range(10)} | {ord("."): "．", ord("%"): "％"}
_NEWS = ("news", "news", "news", "report")


def until(length: int, lines: list[str], more: Callable[[int], Sequence[str]]) -> None:
    """Add what ``more`` writes for 1, 2, 3 … until the lines have about ``length`` characters."""
    at = 0
    while sum(map(len, lines)) < length:
        at += 1
        lines.extend(more(at))


def _letter(pen: Pen, form: dict[str, list[str]], length: int) -> list[str]:
    """Write a notice of an office: number, date, addressee, headings, closing, signature, date."""
    lines = [pen.one(form["title"]), *pen.some([pen.one(form["number"]), pen.one(form["date"])], 0, 2)]
    lines += [pen.one(form["addressee"]), pen.one(form["opening"])]

    def section(at: int) -> list[str]:
        subs = [pen.one(form["sub"]) + pen.paragraph(["report", "law", "news"], 1, 3) for _ in range(2)]
        return [form["heading"][(at - 1) % len(form["heading"])], *subs, pen.write(pen.pick("shared"))]

    until(length, lines, section)
    lines += [*pen.some(form["closing"], 1, 3), pen.one(form["signature"]), pen.one(form["date"])]
    return lines


def _round(pen: Pen, form: dict[str, list[str]], length: int) -> list[str]:
    """Write short news, some under headlines of their own."""
    lines = [pen.one([*form["title"], *form["newsround"]])]
    headlines = pen.rng.random() < 0.4

    def item(_: int) -> list[str]:
        return [*([pen.one(form["newsround"])] if headlines else []), pen.paragraph(_NEWS, 2, 4)]

    until(length, lines, item)
    return lines


def notice(rng: Random, length: int) -> str:
    """Write a notice or a piece of news of about ``length`` characters; old papers print wide digits."""
    pen = Pen(rng)
    write = _letter if rng.random() < 0.5 else _round
    text = "\n".join(write(pen, forms("notice"), length))
    return text.translate(_TO_FULL_WIDTH) if rng.random() < 0.2 else text


def _cell(pen: Pen, name: str, row: int, grades: Sequence[str]) -> str:
    written = {
        "序号": str(row),
        "名称": pen.write("{placename}第{number}号{thing}"),
        "数量": pen.write("{number}.{digit}"),
        "日期": pen.write("{year}-{month2}-{day2}"),
        "类别": pen.rng.choice(grades),
        "所在地": pen.write("{placename}{thing}"),
        "合计": pen.write("{number}{number}"),
        "联系人": pen.write("{person} 1{number}{number}{number}"),
    }
    return written.get(name, pen.rng.choice(grades))


def _table(pen: Pen, form: dict[str, list[str]]) -> list[str]:
    """Write a table with its caption: piped, with tabs, or with wide blanks."""
    columns = ["序号", *pen.some(form["column"][1:], 2, 5)]
    between = pen.rng.choice(("pipe", "\t", "  "))
    rows = [columns]
    rows += [
        [_cell(pen, name, row, form["grade"]) for name in columns] for row in range(1, pen.rng.randint(4, 45))
    ]
    shown = [f"| {' | '.join(row)} |" if between == "pipe" else between.join(row) for row in rows]
    return [*pen.some(form["caption"], 1, 2), *shown, *pen.some(form["note"], 0, 1)]


def _coordinates(pen: Pen) -> list[str]:
    """List the corners of a boundary, in degrees or metres."""
    count, degrees = pen.rng.randint(4, 24), pen.rng.random() < 0.5
    rng = pen.rng

    def corner(at: int) -> str:
        if degrees:
            angles = (f"{rng.randint(20, 130)}°{rng.randint(0, 59)}′{rng.uniform(0, 60):.1f}″" for _ in "xy")
            return f"{at}．东经{next(angles)}，北纬{next(angles)}；"
        return f"J{at} {rng.uniform(2e6, 4e6):.3f} {rng.uniform(3e5, 9e5):.3f}"

    return [pen.write("{thing}保护区拐点坐标如下："), *map(corner, range(1, count))]


def report(rng: Random, length: int) -> str:
    """Write a report of about ``length`` characters with tables, lists and coordinates."""
    pen, form = Pen(rng), forms("report")
    lines = [pen.one(form["title"]), *pen.some([pen.one(form["caption"])], 0, 1)]

    def section(at: int) -> list[str]:
        chance = rng.random()
        body = [pen.paragraph(["report", "news"]) for _ in range(rng.randint(1, 3))]
        if chance < 0.2:
            body += _table(pen, form)
        elif chance < 0.3:
            body += _coordinates(pen)
        elif chance < 0.6:
            body += [f"{item}．{pen.paragraph(['report'], 1, 2)}" for item in range(1, rng.randint(4, 12))]
        return [pen.write(form["heading"][(at - 1) % len(form["heading"])]), *body]

    until(length, lines, section)
    return "\n".join(lines)


def minutes(rng: Random, length: int) -> str:
    """Write minutes of about ``length`` characters."""
    pen, form = Pen(rng), forms("minutes")
    lines = [pen.one(form["title"]), *pen.some(form["head"], 0, 6), pen.one(form["opening"])]

    def item(at: int) -> list[str]:
        heading = pen.write(form["heading"][(at - 1) % len(form["heading"])])
        return [heading, *(pen.paragraph(["minutes", "minutes", "report"]) for _ in range(rng.randint(1, 2)))]

    until(length, lines, item)
    return "\n".join([*lines, *pen.some(form["closing"], 1, 2)])


def questions(rng: Random, length: int) -> str:
    """Write questions and answers of about ``length`` characters under one kind of label."""
    pen, form = Pen(rng), forms("questions")
    question, answer = rng.choice(form["label"]).split("|")
    pen.local["person"] = [pen.person()]
    lines = [pen.one(form["title"]), pen.one(form["opening"])]

    def pair(at: int) -> list[str]:
        asked = pen.one(form["question"])
        pen.local["i"] = [str(at)]
        asks, answers = pen.write(question), pen.write(answer)
        said = pen.paragraph(["tech", "report", "news", "law", "chat"], 1, 4)
        glued = answers.endswith(("：", "】"))
        return [asks + asked, *([answers + said] if glued else [answers, said])]

    until(length, lines, pair)
    lines.append(pen.one(form["closing"]))
    return "\n".join(lines)
