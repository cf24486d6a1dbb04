"""Where a slipped stretch may end, and what is known of each of its characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdtool.normalise.slips.gbk import characters
from pdtool.normalise.slips.line import Line
from pdtool.normalise.slips.marks import GHOST, HOLE, LOSSES, TAG, TORN_GHOST, YEAR
from pdtool.text.readings import Reading, is_syllable, parse_reading, readings_of

__all__ = ["Host", "Place", "Stretch", "host_at", "stretches"]

_SURE, _POSSIBLE = 8.0, -4.0
"""How much likelier a text must be in step to end a stretch, and to try whether it ends."""
_CUT = 6.0
"""What the end of a stretch costs where no mark shows it."""
_LETTER_READ = 10.0
"""How much likelier (natural logarithm) a letter that carries a reading is half a character than itself."""
_MOST = 4
"""Ends of a stretch that are tried."""
_PUNCTUATION = frozenset("，。、；：！？”’》）…,;:!?)")
"""Behind one of these a decoder came back into step without an ASCII byte."""


_EURO, _BYTE_80 = "€", 0x80
"""What decoders write for the byte 80 where no byte waits for it; some leave it out."""


class Host(NamedTuple):
    """A character of which only its reading and perhaps one byte is known."""

    written: str
    reading: Reading


class Place(NamedTuple):
    """What is known of a character, or of several.

    Args:
        lead: The first byte; 0 if it is lost.
        trail: The last byte; 0 if it is lost.
        hidden: How many undefined pairs stand between the two, each of which ends one character more.
        host: What is written behind it, if it carries a reading.
        behind: What is to be seen behind it.
    """

    lead: int
    trail: int
    hidden: int = 0
    host: Host | None = None
    behind: str = ""


class Stretch(NamedTuple):
    """A slipped stretch.

    Args:
        start: Offset of the mark.
        end: Offset at which the text is in step again.
        places: What is known of its characters.
        cost: What its form costs.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    cost: float


def host_at(text: str, place: int) -> tuple[Host, int] | None:
    """Return the host whose torn reading stands at a place, and where that ends."""
    torn = TORN_GHOST.match(text, place)
    reading = parse_reading(torn[1]) if torn else None
    return (Host(torn[1], reading), torn.end()) if torn and reading else None


def _host_before(text: str, place: int) -> Host | None:
    """Return the host whose whole reading stands at a place."""
    ghost = GHOST.match(text, place)
    reading = parse_reading(ghost[1]) if ghost else None
    return Host(ghost[1], reading) if ghost and reading and is_syllable(reading) else None


def _hole(text: str, place: int) -> str:
    """Return what a decoder took with half a character: an ASCII byte, told by a year or a tag alone."""
    if year := YEAR.match(text, place):
        return "2" if year[0][0] == "0" else "1"
    if TAG.match(text, place):
        return "<"
    following = text[place : place + 1]
    return "" if not following or following in _PUNCTUATION or following.isspace() else HOLE


class _Walk:
    """Walks over a line out of step, and notes where it may end."""

    def __init__(self, text: str, line: Line, start: int, places: list[Place], lead: int, place: int) -> None:
        self._text, self._line, self._start = text, line, start
        self._places = places
        self._lead, self._place = lead, place
        self._hidden = 0
        self._found: list[tuple[float, Stretch]] = []

    def _ended(self, last: Place, end: int, cost: float = 0.0, advantage: float = _SURE) -> None:
        self._found.append((advantage, Stretch(self._start, end, (*self._places, last), cost)))

    def found(self) -> list[Stretch]:
        """Return the likeliest ends; the last one, where the walk had to stop, is among them."""
        if not self._found:
            return []
        *others, last = self._found
        others.sort(key=lambda end: -end[0])
        return [stretch for _, stretch in (*others[: _MOST - 1], last)]

    def _may_end(self, last: Place, end: int, advantage: float, cost: float = 0.0) -> bool:
        """Note an end, and tell whether it is sure."""
        sure = advantage > _SURE
        if advantage > _POSSIBLE:
            self._ended(last, end, cost, advantage)
        return sure

    def _unfinished(self, hidden: int, behind: str = "") -> Place:
        return Place(self._lead, 0, hidden, None, behind)

    def run(self) -> None:
        """Walk until the stretch must end."""
        while self._place < self._line.end:
            character = self._text[self._place]
            over = self._over_mark() if character in LOSSES else self._over(character)
            if over:
                return
        if self._line.ends:
            self._cut()

    def _cut(self) -> None:
        """End the stretch where it stands."""
        if self._hidden:
            self._ended(self._unfinished(self._hidden - 1), self._place)
        else:
            self._ended(self._unfinished(0), self._place, -_CUT)

    def _over_mark(self) -> bool:
        torn = host_at(self._text, self._place)
        if torn:
            self._ended(Place(self._lead, 0, self._hidden, torn[0]), torn[1])
            return True
        behind = self._place + 1
        last = self._unfinished(self._hidden, _hole(self._text, behind))
        if TAG.match(self._text, behind):
            self._ended(last, behind)
            return True
        if self._text[behind : behind + 1] not in LOSSES and self._may_end(
            last, behind, self._line.in_step(behind)
        ):
            return True
        self._hidden += 1
        self._place += 1
        return False

    def _over(self, character: str) -> bool:
        index = self._place - self._line.start
        lead, code = self._line.leads[index], ord(character)
        if character == _EURO and self._ends_at_euro():
            return True
        if self._ends_before_a_dropped_byte(lead, self._line.trails[index]):
            return True
        # A character right before a whole reading is in step, for the bracket is.
        ghost = self._place + (code > 0x7F and character != "（")
        if not lead or GHOST.match(self._text, ghost):
            self._cut()
            return True
        if 0x20 < code < 0x7F and self._ends_at_ascii(code):
            return True
        waiting = self._line.trails[index]
        if waiting < 0x80:
            # The decoder paired half a character with a letter, which is in step again.
            self._ended(Place(self._lead, lead, self._hidden, None, chr(waiting)), self._place + 1)
            return True
        self._places.append(Place(self._lead, lead, self._hidden))
        self._lead, self._hidden = waiting, 0
        self._place += 1
        return False

    def _ends_at_euro(self) -> bool:
        """End the stretch where the byte 80 completes a character, which is no lead byte."""
        if not self._lead or not characters()[self._lead << 8 | _BYTE_80]:
            return False
        behind = self._place + 1
        last = Place(self._lead, _BYTE_80, self._hidden, _host_before(self._text, behind))
        self._ended(last, behind, advantage=_SURE)
        return True

    def _ends_before_a_dropped_byte(self, lead: int, waiting: int) -> bool:
        """End the stretch where a reading fits the waiting byte with the byte 80, which left no mark."""
        behind = self._place + 1
        host = _host_before(self._text, behind) if lead and waiting >= _BYTE_80 else None
        if host is None:
            return False
        table = characters()
        here, completed = table[lead << 8 | waiting], table[waiting << 8 | _BYTE_80]
        if not completed or host.reading not in readings_of(completed) or host.reading in readings_of(here):
            return False
        self._places.append(Place(self._lead, lead, self._hidden))
        self._ended(Place(waiting, _BYTE_80, 0, host), behind, advantage=_SURE)
        return True

    def _ends_at_ascii(self, code: int) -> bool:
        behind = self._place + 1
        if code < 0x40:
            if self._hidden:
                return False
            advantage = self._line.in_step(self._place) - _CUT
            return self._may_end(self._unfinished(0), self._place, advantage, -_CUT)
        last = Place(self._lead, code, self._hidden, _host_before(self._text, behind))
        if last.host:
            self._ended(last, behind, _LETTER_READ)
            sure = True
        else:
            sure = self._may_end(last, behind, self._line.in_step(behind))
        # Two halves that make no character belong to two, if pairs vanish in this text.
        return sure and bool(self._hidden or not self._lead or characters()[self._lead << 8 | code])


def stretches(text: str, line: Line, start: int, waiting: Sequence[int] = (0,)) -> list[Stretch]:
    """Return the stretches that may start at a mark.

    Args:
        text: The output.
        line: The line, from before the mark.
        start: Offset of the mark.
        waiting: The bytes that may wait behind a torn ghost at the start; 0 if a byte was lost there.
    """
    torn = host_at(text, start)
    found: list[Stretch] = []
    if TAG.match(text, start + 1):
        return found
    for lead in waiting:
        walk = _Walk(text, line, start, [], lead, torn[1] if torn else start + (text[start] in LOSSES))
        walk.run()
        found += walk.found()
    return found
