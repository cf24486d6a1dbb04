"""Where a slipped span may end, and which bytes are known of each of its characters.

A decoder that lost step pairs the second byte of one character with the first byte of the next. In
``?！凹议T口”`` every pair of neighbours therefore gives one character of the original: the second byte of
``议`` (D2E9) and the ``T`` (54) make ``門`` (E954). Nothing in the output says where the decoder came back
into step. The search for the end goes from character to character and notes every offset at which it may have
happened: at an ASCII byte, a torn or a whole ghost, a tag, the end of the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdtool.normalise.slips.gbk import characters_of_pairs
from pdtool.normalise.slips.line import Line
from pdtool.normalise.slips.marks import GHOST, HOLE, LOSSES, TAG, TORN_GHOST, YEAR
from pdtool.text.readings import Reading, is_syllable, parse_reading, readings_of

__all__ = ["Ghost", "PartialCharacter", "SlippedSpan", "slipped_spans", "torn_ghost_at"]

_SURE = 8.0
"""How much likelier (natural logarithm) a text must be in step from an offset on to end the span there."""
_POSSIBLE = -4.0
"""How much likelier it must be for the end to be tried beside others."""
_CUT = 6.0
"""What the end of a span costs where no mark shows it."""
_LETTER_READ = 10.0
"""How much likelier (natural logarithm) a letter that carries a ghost is half a character than itself."""
_MOST_ENDS = 4
"""Ends of a span that are tried."""
_PUNCTUATION = frozenset("，。、；：！？”’》）…,;:!?)")
"""Behind one of these a decoder came back into step without an ASCII byte."""
_EURO = "€"
"""What decoders write for the byte 80 where no byte waits for it; some leave it out."""
_BYTE_80 = 0x80
"""The byte itself."""


class Ghost(NamedTuple):
    """A pinyin ghost behind a character that is not known yet.

    Args:
        written: The reading as the text spells it.
        reading: The reading.
    """

    written: str
    reading: Reading


class PartialCharacter(NamedTuple):
    """What is known of a character, or of several in a row.

    Args:
        lead: The first byte of the first one; 0 if it is lost.
        trail: The last byte of the last one; 0 if it is lost.
        hidden: How many undefined pairs lie between the two bytes. Each of them ends one character and begins
            another, so that there are ``hidden + 1`` characters.
        ghost: The ghost behind it, if it carries one.
        behind: What is shown behind it: an ASCII character that the decoder took along, or a hole for one.
    """

    lead: int
    trail: int
    hidden: int = 0
    ghost: Ghost | None = None
    behind: str = ""


class SlippedSpan(NamedTuple):
    """A span of the output that is out of step.

    Args:
        start: Offset of the mark of a loss.
        end: Offset at which the text is in step again.
        characters: What is known of its characters.
        cost: What it costs (natural logarithm) that it ends there.
    """

    start: int
    end: int
    characters: tuple[PartialCharacter, ...]
    cost: float


def torn_ghost_at(text: str, offset: int) -> tuple[Ghost, int] | None:
    """Return the torn ghost at an offset, such as ``?duàn)``, and the offset behind it."""
    torn = TORN_GHOST.match(text, offset)
    reading = parse_reading(torn[1]) if torn else None
    return (Ghost(torn[1], reading), torn.end()) if torn and reading else None


def _whole_ghost_at(text: str, offset: int) -> Ghost | None:
    """Return the ghost at an offset whose two brackets are there, such as ``(duàn)``."""
    ghost = GHOST.match(text, offset)
    reading = parse_reading(ghost[1]) if ghost else None
    return Ghost(ghost[1], reading) if ghost and reading and is_syllable(reading) else None


def _ascii_in_mark(text: str, offset: int) -> str:
    """Return the ASCII byte that the mark before an offset took along with half a character.

    Only a year or a tag tells which one it was: ``?020年`` lost a ``2``, ``?p>`` lost a ``<``. Otherwise a
    hole stands for it, or nothing where punctuation or a blank follows.
    """
    if year := YEAR.match(text, offset):
        return "2" if year[0][0] == "0" else "1"
    if TAG.match(text, offset):
        return "<"
    following = text[offset : offset + 1]
    return "" if not following or following in _PUNCTUATION or following.isspace() else HOLE


class _EndSearch:
    """Goes along a line out of step, and notes where the slipped span may end.

    Args:
        text: The output.
        line: The line.
        start: Offset of the mark of a loss.
        lead: The byte that waits for its second half; 0 if it is lost.
        offset: Offset of the first character to look at.
    """

    def __init__(self, text: str, line: Line, start: int, lead: int, offset: int) -> None:
        self._text, self._line, self._start = text, line, start
        self._characters: list[PartialCharacter] = []
        self._lead, self._offset = lead, offset
        self._hidden = 0
        self._found: list[tuple[float, SlippedSpan]] = []

    def _note_end(
        self, last: PartialCharacter, end: int, cost: float = 0.0, advantage: float = _SURE
    ) -> None:
        self._found.append((advantage, SlippedSpan(self._start, end, (*self._characters, last), cost)))

    def found(self) -> list[SlippedSpan]:
        """Return the likeliest spans; the last one, where the search had to stop, is among them."""
        if not self._found:
            return []
        *others, last = self._found
        others.sort(key=lambda end: -end[0])
        return [span for _, span in (*others[: _MOST_ENDS - 1], last)]

    def _may_end(self, last: PartialCharacter, end: int, advantage: float, cost: float = 0.0) -> bool:
        """Note an end if it is possible, and return whether it is sure."""
        sure = advantage > _SURE
        if advantage > _POSSIBLE:
            self._note_end(last, end, cost, advantage)
        return sure

    def _unfinished(self, hidden: int, behind: str = "") -> PartialCharacter:
        """Return the character whose last byte is lost."""
        return PartialCharacter(self._lead, 0, hidden, None, behind)

    def run(self) -> None:
        """Search until the span must end."""
        while self._offset < self._line.end:
            character = self._text[self._offset]
            over = self._pass_mark() if character in LOSSES else self._pass(character)
            if over:
                return
        if self._line.ends:
            self._cut()

    def _cut(self) -> None:
        """End the span at the current offset."""
        if self._hidden:
            self._note_end(self._unfinished(self._hidden - 1), self._offset)
        else:
            self._note_end(self._unfinished(0), self._offset, -_CUT)

    def _pass_mark(self) -> bool:
        """Go past a mark of a loss, and return whether the span must end there."""
        torn = torn_ghost_at(self._text, self._offset)
        if torn:
            self._note_end(PartialCharacter(self._lead, 0, self._hidden, torn[0]), torn[1])
            return True
        behind = self._offset + 1
        self._note_byte_80(behind)
        last = self._unfinished(self._hidden, _ascii_in_mark(self._text, behind))
        if TAG.match(self._text, behind):
            self._note_end(last, behind)
            return True
        if self._text[behind : behind + 1] not in LOSSES and self._may_end(
            last, behind, self._line.in_step(behind)
        ):
            return True
        self._hidden += 1
        self._offset += 1
        return False

    def _note_byte_80(self, behind: int) -> None:
        """Note that the span may end at a mark for the byte 80, which completes a character."""
        if self._hidden or not self._lead or not characters_of_pairs()[self._lead << 8 | _BYTE_80]:
            return
        ghost = _whole_ghost_at(self._text, behind)
        last = PartialCharacter(self._lead, _BYTE_80, 0, ghost)
        self._may_end(last, behind, _SURE if ghost else self._line.in_step(behind))

    def _pass(self, character: str) -> bool:
        """Go past a character, and return whether the span must end there."""
        index = self._offset - self._line.start
        lead, code = self._line.leads[index], ord(character)
        if character == _EURO and self._ends_at_euro():
            return True
        if self._ends_before_a_dropped_byte(lead, self._line.trails[index]):
            return True
        # A character right before a whole ghost is in step, for the bracket is.
        ghost = self._offset + (code > 0x7F and character != "（")
        if not lead or GHOST.match(self._text, ghost):
            self._cut()
            return True
        if 0x20 < code < 0x7F and self._ends_at_ascii(code):
            return True
        waiting = self._line.trails[index]
        if waiting < 0x80:
            # The decoder paired half a character with a letter, which is in step again.
            last = PartialCharacter(self._lead, lead, self._hidden, None, chr(waiting))
            self._note_end(last, self._offset + 1)
            return True
        self._characters.append(PartialCharacter(self._lead, lead, self._hidden))
        self._lead, self._hidden = waiting, 0
        self._offset += 1
        return False

    def _ends_at_euro(self) -> bool:
        """End the span where the byte 80, which is no lead byte, completes a character."""
        if not self._lead or not characters_of_pairs()[self._lead << 8 | _BYTE_80]:
            return False
        behind = self._offset + 1
        last = PartialCharacter(self._lead, _BYTE_80, self._hidden, _whole_ghost_at(self._text, behind))
        self._note_end(last, behind, advantage=_SURE)
        return True

    def _ends_before_a_dropped_byte(self, lead: int, waiting: int) -> bool:
        """End the span where a ghost fits the waiting byte with the byte 80, which left no mark."""
        behind = self._offset + 1
        ghost = _whole_ghost_at(self._text, behind) if lead and waiting >= _BYTE_80 else None
        if ghost is None:
            return False
        table = characters_of_pairs()
        here, completed = table[lead << 8 | waiting], table[waiting << 8 | _BYTE_80]
        if not completed or ghost.reading not in readings_of(completed) or ghost.reading in readings_of(here):
            return False
        self._characters.append(PartialCharacter(self._lead, lead, self._hidden))
        self._note_end(PartialCharacter(waiting, _BYTE_80, 0, ghost), behind, advantage=_SURE)
        return True

    def _ends_at_ascii(self, code: int) -> bool:
        """Note that the span may end at a letter, digit or sign, and return whether it must."""
        behind = self._offset + 1
        if code < 0x40:
            if self._hidden:
                return False
            advantage = self._line.in_step(self._offset) - _CUT
            return self._may_end(self._unfinished(0), self._offset, advantage, -_CUT)
        last = PartialCharacter(self._lead, code, self._hidden, _whole_ghost_at(self._text, behind))
        if last.ghost:
            self._note_end(last, behind, _LETTER_READ)
            sure = True
        else:
            sure = self._may_end(last, behind, self._line.in_step(behind))
        # Two halves that make no character belong to two, if pairs vanish in this text.
        return sure and bool(self._hidden or not self._lead or characters_of_pairs()[self._lead << 8 | code])


def slipped_spans(text: str, line: Line, start: int, waiting: Sequence[int] = (0,)) -> list[SlippedSpan]:
    """Return the slipped spans that may start at a mark of a loss.

    Args:
        text: The output.
        line: The line, from before the mark.
        start: Offset of the mark.
        waiting: The bytes that may wait for their second half behind a torn ghost at the start; 0 if a byte
            was lost there.
    """
    torn = torn_ghost_at(text, start)
    found: list[SlippedSpan] = []
    if TAG.match(text, start + 1):
        return found
    first = torn[1] if torn else start + (text[start] in LOSSES)
    for lead in waiting:
        search = _EndSearch(text, line, start, lead, first)
        search.run()
        found += search.found()
    return found
