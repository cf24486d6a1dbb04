"""Pinyin ghosts: ``領(lǐng)導(dǎo)`` → ``領導``.

Mirror sites replace every occurrence of some seventy to ninety Traditional characters by the character and
one fixed reading in brackets, often the wrong one for the place (``長(zhǎng)沙``). A ghost is therefore not
judged by the sentence but by the text's habit: many characters, each with the same reading every time, in
running text. Readings that an author wrote (``碳(tàn)`` in a dictionary, a textbook with pinyin behind every
character) lack the habit and stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pdtool.normalise.edits import Edits, code_points
from pdtool.normalise.opencc_data import read_characters
from pdtool.normalise.readings import SPELLED, Reading, is_syllable, parse_reading, readings_of

__all__ = ["OPENING", "find_ghosts"]

_SPACES = 12
"""White space that may part a ghost: a hard-wrapped page breaks and indents lines inside brackets too."""
_SPELT = re.compile(f"[{SPELLED}]{{1,16}}")
OPENING = "(（"
"""What a ghost's reading stands behind."""
_BRACKET = re.compile(
    rf"[{OPENING}]\s{{0,{_SPACES}}}{_SPELT.pattern}(?:\s{{1,{_SPACES}}}{_SPELT.pattern})?\s{{0,{_SPACES}}}[)）]"
)
_HAN_SPANS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_HAN = re.compile("[" + "".join(f"{chr(span.start)}-{chr(span.stop - 1)}" for span in _HAN_SPANS) + "]")
_LAST_COUNTED = _HAN_SPANS[-1].stop

_GAP = 300
"""Characters without a bracketed reading that end a stretch. A ghosted text has a ghost every 10 to 20
characters (6 to 9 % of them); a note that stands 300 characters from the next is on its own."""
_FEWEST = 5
"""A stretch with fewer readings proves no habit."""
_NOTES, _ANNOTATED = 0.02, 0.5
"""Ghosts per Han character. Below the first, readings are notes unless they come again and again; above the
second, the text is annotated throughout, as schoolbooks are."""
_NEARLY_ALL, _MOSTLY = 0.9, 0.8

_RUNNING_TEXT = re.compile(rf"{_HAN.pattern}|[)）]")


class _Ghost(NamedTuple):
    """A character and the reading behind it."""

    host: str
    reading: Reading


class _Candidate(NamedTuple):
    """A place where a Han character has a bracketed reading behind it.

    Args:
        start: Offset of the character.
        end: Offset after the bracket.
        written: The text between, by which equal candidates are counted.
        ghost: What it says.
    """

    start: int
    end: int
    written: str
    ghost: _Ghost


@lru_cache(maxsize=1 << 14)
def _ghost(written: str) -> _Ghost | None:
    """Return what a text such as ``領(lǐng)`` says; ``None`` if it is no character with a reading."""
    host, reading = written[0], parse_reading("".join(_SPELT.findall(written, 1)))
    if reading is None or not _HAN.match(host):
        return None
    return _Ghost(host, reading) if reading in readings_of(host) or is_syllable(reading) else None


def _fits(ghost: _Ghost) -> bool:
    """Whether the host has this reading, tone included."""
    return ghost.reading in readings_of(ghost.host)


def _nearly_fits(ghost: _Ghost) -> bool:
    """Whether the host has this reading, but for a tone that isn't written."""
    syllables = {known.syllable for known in readings_of(ghost.host)}
    return _fits(ghost) or (ghost.reading.tone == 0 and ghost.reading.syllable in syllables)


def _host(text: str, bracket: int) -> int:
    """Return the offset of the character before a bracket and the white space before that."""
    start = max(0, bracket - _SPACES)
    return start + max(0, len(text[start:bracket].rstrip()) - 1)


def _candidates(text: str) -> Iterator[_Candidate]:
    for match in _BRACKET.finditer(text, 1):
        bracket, end = match.span()
        start = _host(text, bracket) if text[bracket - 1].isspace() else bracket - 1
        written = text[start:end]
        ghost = _ghost(written)
        if ghost:
            yield _Candidate(start, end, written, ghost)


def _stretches(candidates: Iterable[_Candidate]) -> Iterator[list[_Candidate]]:
    """Split where a long piece of text has no candidate: a ghosted quotation stands in clean text."""
    stretch: list[_Candidate] = []
    for candidate in candidates:
        if stretch and candidate.start - stretch[-1].end > _GAP:
            yield stretch
            stretch = []
        stretch.append(candidate)
    if stretch:
        yield stretch


@dataclass(frozen=True, slots=True)
class _Habit:
    """How a stretch uses bracketed readings.

    Args:
        count: Its candidates.
        density: Candidates per Han character.
        coverage: The hosts' occurrences that carry a reading ÷ all of them.
        agreement: Candidates with their host's usual reading ÷ all.
        fitting: Candidates whose reading the host has ÷ all.
        embedded: Candidates with running text right before them ÷ all.
        convertible: Candidates on Traditional characters ÷ all.
        repeated: Candidates on a host seen before ÷ all.
    """

    count: int
    density: float
    coverage: float
    agreement: float
    fitting: float
    embedded: float
    convertible: float
    repeated: float

    @property
    def is_ghosted(self) -> bool:
        """Whether a machine put the readings in, rather than an author."""
        if self.count < _FEWEST or self.density > _ANNOTATED or self.agreement < _NEARLY_ALL:
            return False
        if self.fitting < 0.5 or self.embedded < 0.5:
            return False
        again_and_again = self.repeated >= 1 / 3 and self.count * self.repeated >= _FEWEST
        if self.convertible < _NEARLY_ALL:
            # An author annotates characters of any script: only a habit without exception tells a machine.
            return again_and_again and self.coverage >= 0.95
        if self.coverage < _MOSTLY:
            # Clean Traditional text may share the lines; an author annotates a character once or twice.
            return again_and_again and self.repeated >= 0.5
        return again_and_again or self.density >= _NOTES


def _lines(text: str, candidates: Sequence[_Candidate]) -> Iterator[str]:
    """Yield the lines that hold candidates, from the first candidate to the last.

    Other lines say nothing of the habit: clean paragraphs may stand between the ghosted ones.
    """
    position, stop = candidates[0].start, candidates[-1].end
    for candidate in candidates:
        if candidate.end > position:
            start = max(position, text.rfind("\n", position, candidate.start) + 1)
            line_end = text.find("\n", candidate.end, stop)
            position = stop if line_end < 0 else line_end
            yield text[start:position]


class _Stretch:
    """Candidates close to one another, with the counts that judge them."""

    def __init__(self, text: str, candidates: Sequence[_Candidate]) -> None:
        self._count = len(candidates)
        # Counting the characters of a text in an array takes a tenth of the time that a Counter takes.
        codes = code_points("".join(_lines(text, candidates)))
        self._occurrences = np.bincount(np.minimum(codes, _LAST_COUNTED))
        self._says = {candidate.written: candidate.ghost for candidate in candidates}
        self._ghosts: Counter[_Ghost] = Counter()
        self._hosts: Counter[str] = Counter()
        for written, number in Counter(candidate.written for candidate in candidates).items():
            self._ghosts[self._says[written]] += number
            self._hosts[written[0]] += number
        self._toneless = self._share(lambda ghost: ghost.reading.tone == 0)
        self.habit = self._habit(
            Counter(text[candidate.start - 1 : candidate.start] for candidate in candidates)
        )

    def _share(self, holds: Callable[[_Ghost], bool]) -> float:
        """Return the share of the candidates that ``holds`` is true of."""
        return sum(number for ghost, number in self._ghosts.items() if holds(ghost)) / self._count

    def _habit(self, before: Counter[str]) -> _Habit:
        count = self._count
        han = sum(int(self._occurrences[span.start : span.stop].sum()) for span in _HAN_SPANS)
        usual: dict[str, int] = {}
        for ghost, number in self._ghosts.items():
            usual[ghost.host] = max(number, usual.get(ghost.host, 0))
        traditional = read_characters()
        return _Habit(
            count=count,
            density=count / han,
            coverage=count / sum(int(self._occurrences[ord(host)]) for host in self._hosts),
            agreement=sum(usual.values()) / count,
            fitting=self._share(_nearly_fits),
            embedded=sum(number for near, number in before.items() if _RUNNING_TEXT.match(near)) / count,
            convertible=self._share(lambda ghost: ghost.host in traditional),
            repeated=1 - len(self._hosts) / count,
        )

    def _rule(self, ghost: _Ghost) -> str:
        """Return what proves this ghost in a ghosted stretch; empty if nothing does."""
        if _fits(ghost):
            return "reading"
        number = self._ghosts[ghost]
        habitual = (
            number >= _NEARLY_ALL * self._hosts[ghost.host]
            and number >= _MOSTLY * self._occurrences[ord(ghost.host)]
        )
        if ghost.reading.tone:
            likely = ghost.host in read_characters()
        else:
            likely = _nearly_fits(ghost) and self._toneless > 0.5
        return "habit" if habitual and (number > 1 or likely) else ""

    def rules(self) -> dict[str, str]:
        """Return what proves each ghost of this stretch, as written; what nothing proves is left out."""
        if not self.habit.is_ghosted:
            return {}
        rules = {written: self._rule(ghost) for written, ghost in self._says.items()}
        return {written: rule for written, rule in rules.items() if rule}


def _proved(text: str, candidates: Iterable[_Candidate]) -> Iterator[tuple[_Candidate, str]]:
    """Yield the ghosts with their rules: the ghosted stretches', and what stands apart in the same manner."""
    stretches = list(_stretches(candidates))
    proved = [_Stretch(text, some).rules() if len(some) >= _FEWEST else {} for some in stretches]
    known = {_ghost(written) for rules in proved for written in rules}
    if not known:
        return
    for stretch, rules in zip(stretches, proved, strict=True):
        for candidate in stretch:
            rule = rules.get(candidate.written) or ("known" if candidate.ghost in known else "")
            if rule:
                yield candidate, rule


def find_ghosts(text: str) -> Edits:
    """Find the readings that a site glued behind characters.

    Do not use it on a text whose ghosts are gone in part, such as by an earlier repair by hand: the habit
    that proves the rest may be gone with them.

    Args:
        text: Any text.

    Returns:
        Edits that replace ``X(pīn)`` by ``X``. Their rules: ``reading`` (the character has this reading),
        ``habit`` (it has not, but carries it at every occurrence) or ``known`` (outside the ghosted
        stretch, as proved inside).

    >>> edits = find_ghosts("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")
    >>> edits.apply("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")[0]
    '推動基層黨組織領導社區發展,服務群眾'
    """
    ghosts = list(_proved(text, _candidates(text)))
    return Edits.of(
        text,
        [(candidate.start, candidate.end, candidate.written[0]) for candidate, _ in ghosts],
        [rule for _, rule in ghosts],
    )
