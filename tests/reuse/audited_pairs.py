"""Made pairs for audits: what is quoted and what is copied, who is earlier, what relates nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pdtool.reuse.rows import PassageRow
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

__all__ = [
    "COPIED",
    "QUOTED",
    "MadeApart",
    "MadeDated",
    "MadeQuoting",
    "Planted",
    "Told",
    "apart",
    "dated_copy",
    "quoting",
    "told",
]


@dataclass(frozen=True, slots=True)
class Planted:
    """A passage that both texts of a pair have.

    Args:
        style: How it stands there, one of :data:`QUOTED` or :data:`COPIED`.
        start: Where it begins in the first text.
        end: Where it ends.
    """

    style: str
    start: int
    end: int

    @property
    def is_quoted(self) -> bool:
        """Whether it is a quotation in one of the two texts at least."""
        return self.style in QUOTED


@dataclass(frozen=True, slots=True)
class MadeQuoting:
    """Two texts on different subjects that share passages.

    Args:
        first: One text.
        second: The other.
        planted: What they share, in the order of the first.
    """

    first: str
    second: str
    planted: tuple[Planted, ...]


# What is shared ---------------------------------------------------------------------------------------


def _sentences(rng: Random, subject: str) -> list[str]:
    """Return sentences of a subject without quotation marks, each of 24 characters or more."""
    parts: list[str] = []
    for genre in rng.sample(sorted(genres()), 4):
        text = generate(subject, genre, 2000, rng.randrange(10**6)).text
        parts += "".join(line for line in text.split("\n") if line.endswith("。")).split("。")
    return [
        part for part in parts if 24 <= len(part) <= 120 and not set(part) & set('“”‘’「」『』"《》：？\n')
    ]


def _joined(sentences: Iterable[str]) -> str:
    return "".join(sentence + "。" for sentence in sentences)


Leads = ("会议指出", "总书记强调", "他在调研时指出", "李主任强调", "报告指出", "与会代表说", "通知强调")
_Style = Callable[[Random, Sequence[str]], str]


def _marked(opening: str, closing: str) -> _Style:
    def style(rng: Random, said: Sequence[str]) -> str:
        lead = rng.choice([f"{rng.choice(Leads)}：", f"{rng.choice(Leads)}，", "正如有人说的那样，", ""])
        return f"{lead}{opening}{_joined(said)}{closing}"

    return style


def _nested(opening: str, closing: str, inner: str) -> _Style:
    def style(rng: Random, said: Sequence[str]) -> str:
        at = rng.randrange(4, 12)
        first = f"{said[0][:at]}{inner[0]}{said[0][at : at + 4]}{inner[1]}{said[0][at + 4 :]}"
        return f"{rng.choice(Leads)}：{opening}{_joined([first, *said[1:]])}{closing}"

    return style


def _paragraphs(opening: str, closing: str, again: str) -> _Style:
    """Return a style of two paragraphs, the second of which opens with ``again``."""

    def style(rng: Random, said: Sequence[str]) -> str:
        half = max(1, len(said) // 2)
        parts = [_joined(said[:half]), _joined(said[half:])]
        return f"{rng.choice(Leads)}：{opening}" + f"\n{again}".join(filter(None, parts)) + closing

    return style


def _unmarked(rng: Random, said: Sequence[str]) -> str:
    return f"{rng.choice(Leads[:5])}{rng.choice('，：')}{max(said, key=len)}。"


def _never_opened(rng: Random, said: Sequence[str]) -> str:
    return f"{rng.choice(Leads[:5])}，{_joined(said)}”"


QUOTED: dict[str, _Style] = {
    "curly": _marked("“", "”"),
    "straight": _marked('"', '"'),
    "corner": _marked("「", "」"),
    "white corner": _marked("『", "』"),
    "turned": _marked("”", "“"),
    "opened twice": _marked("“", "“"),
    "curly in curly": _nested("“", "”", "“”"),
    "single in curly": _nested("“", "”", "‘’"),
    "white in corner": _nested("「", "」", "『』"),
    "straight in straight": _nested('"', '"', '""'),
    "curly in straight": _nested('"', '"', "“”"),
    "curly paragraphs": _paragraphs("“", "”", "“"),
    "curly paragraphs once": _paragraphs("“", "”", ""),
    "corner paragraphs": _paragraphs("「", "」", "「"),
    "straight paragraphs": _paragraphs('"', '"', '"'),
    "straight paragraphs once": _paragraphs('"', '"', ""),
    "without marks": _unmarked,
    "never closed": _marked("“", ""),
    "never opened": _never_opened,
}
"""Ways to quote."""
_AFTER_LEAD = frozenset({"turned", "never closed"})
"""Styles that are no quotation unless somebody is named who says it."""


def _with_term(rng: Random, said: Sequence[str]) -> str:
    at = rng.randrange(4, 12)
    return f"{said[0][:at]}“{said[0][at : at + 4]}”{said[0][at + 4 :]}。{_joined(said[1:])}"


def _framed(before: str, behind: str = "") -> _Style:
    def style(_: Random, said: Sequence[str]) -> str:
        return f"{before}{_joined(said)}{behind}"

    return style


def _own_voice(rng: Random, said: Sequence[str]) -> str:
    return f"{rng.choice(['必须指出', '需要强调', '本文指出', '应当强调'])}，{_joined(said)}"


COPIED: dict[str, _Style] = {
    "plain": _framed(""),
    "a term in marks": _with_term,
    "between two terms in marks": _framed("要打通“最后一公里”，", "建好“连心桥”。"),
    "behind a stray mark": _framed("本镇“老码头一带已经修好。"),
    "own voice": _own_voice,
    "requirements": _framed("按照上级要求，"),
    "behind a measure in inches": _framed('每户装一台32"的屏幕，'),
}
"""Ways to say a thing oneself."""


def _planted(rng: Random, style: str, said: Sequence[str]) -> tuple[str, str]:
    """Return how a passage stands in the two texts; one of them may have copied a quotation unmarked."""
    make = (QUOTED | COPIED)[style]
    first = make(rng, said)
    while style in _AFTER_LEAD and not first.startswith(Leads):
        first = make(rng, said)
    if style == "without marks" or style in COPIED or rng.random() < 0.7:
        return first, first if rng.random() < 0.5 else make(Random(rng.random()), said)
    return first, _joined(said)


def quoting(rng: Random) -> MadeQuoting:
    """Return two texts on different subjects that share three quotations and three passages of their own."""
    filler_a, filler_b, shared = rng.sample(sorted(subjects()), 3)
    styles = [*rng.sample(sorted(QUOTED), 3), *rng.sample(sorted(COPIED), 3)]
    rng.shuffle(styles)
    own_a, own_b, stock = (_sentences(rng, subject) for subject in (filler_a, filler_b, shared))
    stock = list(dict.fromkeys(stock))
    rng.shuffle(stock)
    texts = [_joined(rng.sample(own, 2)) + "\n" for own in (own_a, own_b)]
    planted = []
    for style in styles:
        said = [stock.pop() for _ in range(rng.randrange(2, 4))]
        both = _planted(rng, style, said)
        start = len(texts[0])
        planted.append(Planted(style, start, start + len(both[0])))
        for side, own in enumerate((own_a, own_b)):
            texts[side] += f"{both[side]}\n{_joined(rng.sample(own, 2))}\n"
    return MadeQuoting(texts[0], texts[1], tuple(planted))


# What is told of it -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What a table of passages tells of the planted ones.

    Args:
        right: Quotations that are told.
        missed: Those that are not: ``style``, how it stands in the first text.
        wrong: What is called a quotation and is none, likewise.
        unseen: Planted passages that are in no row.
    """

    right: int
    missed: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    unseen: int

    @property
    def precision(self) -> float:
        """Of the passages called quotations, how many are."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Of the quotations, how many are called so."""
        return self.right / max(1, self.right + len(self.missed))

    def __add__(self, other: Told) -> Told:
        return Told(
            self.right + other.right,
            self.missed + other.missed,
            self.wrong + other.wrong,
            self.unseen + other.unseen,
        )


def told(made: MadeQuoting, rows: Sequence[PassageRow]) -> Told:
    """Compare the passages of a pair with those that were planted.

    Args:
        made: The pair; the first text is document a.
        rows: Its passages.
    """
    right, missed, wrong, unseen = 0, [], [], 0
    for one in made.planted:
        shown = one.style, made.first[one.start : one.end]
        kinds = {
            row.kind
            for row in rows
            if min(row.end_a, one.end) - max(row.start_a, one.start) > (row.end_a - row.start_a) / 2
        }
        if not kinds:
            unseen += 1
        elif one.is_quoted and "quoted" in kinds:
            right += 1
        elif one.is_quoted:
            missed.append(shown)
        elif "quoted" in kinds:
            wrong.append(shown)
    return Told(right, tuple(missed), tuple(wrong), unseen)


# Who is earlier ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeDated:
    """A text, and a later one that took most of it.

    Args:
        source: The text.
        source_name: The name of its file, without the ending.
        copy: The later text.
        copy_name: Likewise.
        style: How both are dated.
    """

    source: str
    source_name: str
    copy: str
    copy_name: str
    style: str


@dataclass(frozen=True, slots=True)
class _Dressed:
    """A text to be dated: what stands over it, the title, what stands under it and at the end."""

    name: str
    over: str
    title: str
    under: str
    body: str
    end: str

    @property
    def text(self) -> str:
        return "\n".join(filter(None, (self.over, self.title, self.under, self.body, self.end)))


_DAY = re.compile(r".{0,20}\d{4}年(\d{1,2}月)?(\d{1,2}日)?")
_FIGURES = "〇一二三四五六七八九"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else _FIGURES[tens]) + "十" if tens else ""
    return ten + (_FIGURES[ones] if ones or not tens else "")


def _written(rng: Random, day: date) -> str:
    """Return a day as texts write it."""
    year = "".join(_FIGURES[int(figure)] for figure in str(day.year))
    forms = f"{day.year}年{day.month}月{day.day}日", f"{year}年{_han(day.month)}月{_han(day.day)}日"
    return rng.choice((forms[0], forms[0], forms[1]))


def _signed(rng: Random, text: _Dressed, day: date) -> _Dressed:
    return replace(text, end=f"{text.end}\n{rng.choice(_TOWNS)}人民政府\n{_written(rng, day)}".strip())


def _numbered(rng: Random, text: _Dressed, day: date) -> _Dressed:
    number = f"{rng.choice(('甲政发', '乙政办函', '丙市规'))}〔{day.year}〕{rng.randrange(1, 90)}号"
    return replace(_signed(rng, text, day), over=f"{text.over}\n{number}".strip())


def _labelled(rng: Random, text: _Dressed, day: date) -> _Dressed:
    label = rng.choice(("发布日期：", "发布时间：", "成文日期：", "日期："))
    clock = rng.choice(("", " 10:20", "  来源：本站"))
    return replace(text, under=f"{label}{rng.choice((day.isoformat(), _written(rng, day)))}{clock}")


def _noted(rng: Random, text: _Dressed, day: date) -> _Dressed:
    return replace(text, under=f"（{_written(rng, day)}{rng.choice(('通过', '发布', '印发'))}）")


def _dated_below(rng: Random, text: _Dressed, day: date) -> _Dressed:
    return replace(text, under=_written(rng, day))


def _named_by_day(_: Random, text: _Dressed, day: date) -> _Dressed:
    return replace(text, name=f"{text.name}（{day.year}年{day.month}月{day.day}日）")


_DATED = {
    "signed": _signed,
    "numbered": _numbered,
    "labelled": _labelled,
    "noted": _noted,
    "dated below the title": _dated_below,
    "named by day": _named_by_day,
}
"""Ways to date a text."""
_TOWNS = ("青山镇", "白水县", "云河市", "石桥区")


def _distracted(rng: Random, body: str, day: date) -> str:
    """Put days into a text that are not its own: of what it is about, of what it is to bring."""
    other = day + timedelta(rng.randrange(20, 900))
    said = rng.choice(
        (
            f"本办法自{_written(rng, other)}起施行，有效期五年。",
            f"到{other.year}年，全部完成。",
            f"报名截止日期：{other.isoformat()}，逾期不候。",
            f"根据{day.year - 1}年的统计，情况有所好转。",
        )
    )
    lines = body.split("\n")
    lines.insert(rng.randrange(1, len(lines) + 1), said)
    return "\n".join(lines)


def dated_copy(rng: Random) -> MadeDated:
    """Return a text and a later one that took most of it; both say when they were written.

    One in four copies keeps the signature of its source too, with the day.
    """
    subject, genre = rng.choice(sorted(subjects())), rng.choice(sorted(genres()))
    title, _, body = generate(subject, genre, 1600, rng.randrange(10**6)).text.partition("\n")
    body = "\n".join(line for line in body.split("\n") if not _DAY.fullmatch(line))
    day = date(rng.randrange(2008, 2025), 1, 1) + timedelta(rng.randrange(365))
    later = day + timedelta(rng.choice((1, 3, 20, 90, 400, 1500)) + rng.randrange(3))
    styles = [rng.choice(sorted(_DATED)) for _ in range(2)]
    plain = _Dressed("原文", "", title, "", _distracted(rng, body, day), "")
    source = _DATED[styles[0]](rng, plain, day)
    lines = [line for line in body.split("\n") if rng.random() < 0.85]
    taken = replace(plain, name="新文", body=_distracted(rng, "\n".join(lines), later))
    if styles[1] in {"labelled", "dated below the title", "noted"} and rng.random() < 0.5:
        taken = replace(taken, end=source.end)
    copy = _DATED[styles[1]](rng, taken, later)
    return MadeDated(source.text, source.name, copy.text, copy.name, " / ".join(styles))


# What relates nothing ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeApart:
    """Two texts that share the words of others alone, which are more than half of each.

    Args:
        first: One text.
        second: The other.
        upstream: A superior document; empty if what they share is not taken from one.
        style: What they share.
    """

    first: str
    second: str
    upstream: str
    style: str


def _titles(rng: Random, count: int) -> str:
    names = (
        generate(rng.choice(sorted(subjects())), "notice", 300, rng.randrange(10**6)) for _ in range(count)
    )
    return "、".join(f"《{name.text.partition(chr(10))[0].strip('《》')}》" for name in names)


def apart(rng: Random) -> MadeApart:
    """Return two texts on different subjects that share a quotation, titles, or a superior text."""
    own_a, own_b, shared = (_sentences(rng, one) for one in rng.sample(sorted(subjects()), 3))
    said = list(dict.fromkeys(shared))[:12]
    style = rng.choice(("quotation", "titles", "upstream", "all three"))
    common, upstream = [], ""
    if style in {"quotation", "all three"}:
        quoted = QUOTED[rng.choice(("curly", "straight", "corner", "curly paragraphs", "single in curly"))]
        common.append(quoted(rng, said[:4]))
    if style in {"titles", "all three"}:
        common.append(f"依据{_titles(rng, 8)}，")
    if style in {"upstream", "all three"}:
        common.append(_joined(said[4:9]))
        upstream = _joined(generate(own, "plan", 600, 7).text for own in rng.sample(sorted(subjects()), 1))
        upstream += "\n" + _joined(said[2:12])
    own = max(1, round(sum(map(len, common)) * 0.3 / 50))
    texts = ["\n".join([*common, _joined(rng.sample(mine, min(own, len(mine))))]) for mine in (own_a, own_b)]
    return MadeApart(texts[0], texts[1], upstream, style)
