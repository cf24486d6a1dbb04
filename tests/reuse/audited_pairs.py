"""Made pairs for audits: what is quoted and what is copied, who is earlier, what relates nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from pdtool.reuse.rows import PassageRow
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

__all__ = ["COPIED", "QUOTED", "MadeQuoting", "Planted", "Told", "quoting", "told"]


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


def _between_quotations(rng: Random, said: Sequence[str]) -> str:
    return f"要打通“最后一公里”，{_joined(said)}建好“连心桥”。"


def _behind_stray_mark(rng: Random, said: Sequence[str]) -> str:
    return f"本镇“老码头一带已经修好。{_joined(said)}"


def _own_voice(rng: Random, said: Sequence[str]) -> str:
    return f"{rng.choice(['必须指出', '需要强调', '本文指出', '应当强调'])}，{_joined(said)}"


def _with_measure(rng: Random, said: Sequence[str]) -> str:
    return f'每户装一台32"的屏幕，{_joined(said)}'


COPIED: dict[str, _Style] = {
    "plain": lambda rng, said: _joined(said),
    "a term in marks": _with_term,
    "between two terms in marks": _between_quotations,
    "behind a stray mark": _behind_stray_mark,
    "own voice": _own_voice,
    "requirements": lambda rng, said: f"按照上级要求，{_joined(said)}",
    "behind a measure in inches": _with_measure,
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
