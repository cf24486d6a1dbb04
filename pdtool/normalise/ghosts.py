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

from pdtool.normalise.edits import Edits
from pdtool.normalise.opencc_data import read_characters
from pdtool.normalise.readings import SPELLED, Reading, is_syllable, parse_reading, readings_of

__all__ = ["find_ghosts"]

_SPACE = " \u00a0\u3000"
_BRACKET = re.compile(rf"[(（][{_SPACE}]{{0,3}}([{SPELLED}]{{1,16}})[{_SPACE}]{{0,3}}[)）]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

_GAP = 300
"""Characters without a bracketed reading that end a stretch. A ghosted text has a ghost every 10 to 20
characters (6 to 9 % of them); a note that stands 300 characters from the next is on its own."""
_FEWEST = 5
"""A stretch with fewer readings proves no habit."""
_NOTES, _ANNOTATED = 0.02, 0.35
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
    host, reading = written[0], parse_reading(written[2:-1].strip(_SPACE))
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


def _candidates(text: str) -> Iterator[_Candidate]:
    for match in _BRACKET.finditer(text, 1):
        start, end = match.span()
        written = text[start - 1 : end]
        ghost = _ghost(written)
        if ghost:
            yield _Candidate(start - 1, end, written, ghost)


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
            return again_and_again and self.coverage >= 0.95
        if self.coverage < _MOSTLY:
            return again_and_again and self.repeated >= 0.5
        return again_and_again or self.density >= _NOTES


class _Stretch:
    """Candidates close to one another, with the counts that judge them."""

    def __init__(self, text: str, candidates: Sequence[_Candidate]) -> None:
        self.candidates = candidates
        self._occurrences = Counter(text[candidates[0].start : candidates[-1].end])
        self.says = {candidate.written: candidate.ghost for candidate in candidates}
        self._ghosts: Counter[_Ghost] = Counter()
        self._hosts: Counter[str] = Counter()
        for written, number in Counter(candidate.written for candidate in candidates).items():
            self._ghosts[self.says[written]] += number
            self._hosts[written[0]] += number
        self.habit = self._habit(text)

    def _share(self, holds: Callable[[_Ghost], bool]) -> float:
        return sum(number for ghost, number in self._ghosts.items() if holds(ghost)) / len(self.candidates)

    def _habit(self, text: str) -> _Habit:
        count = len(self.candidates)
        han = sum(number for character, number in self._occurrences.items() if _HAN.match(character))
        usual: dict[str, int] = {}
        for ghost, number in self._ghosts.items():
            usual[ghost.host] = max(number, usual.get(ghost.host, 0))
        before = Counter(text[candidate.start - 1 : candidate.start] for candidate in self.candidates)
        traditional = read_characters()
        return _Habit(
            count=count,
            density=count / han,
            coverage=count / sum(self._occurrences[host] for host in self._hosts),
            agreement=sum(usual.values()) / count,
            fitting=self._share(_nearly_fits),
            embedded=sum(number for near, number in before.items() if _RUNNING_TEXT.match(near)) / count,
            convertible=self._share(lambda ghost: ghost.host in traditional),
            repeated=1 - len(self._hosts) / count,
        )

    def _rule(self, ghost: _Ghost) -> str:
        if _fits(ghost):
            return "reading"
        number = self._ghosts[ghost]
        habitual = (
            number >= _NEARLY_ALL * self._hosts[ghost.host]
            and number >= _MOSTLY * self._occurrences[ghost.host]
        )
        if ghost.reading.tone:
            proved = habitual and (number > 1 or ghost.host in read_characters())
        else:
            usually_toneless = self._share(lambda other: other.reading.tone == 0) > 0.5
            proved = habitual and _nearly_fits(ghost) and (number > 1 or usually_toneless)
        return "habit" if proved else ""

    def rules(self) -> dict[_Ghost, str]:
        """Return what proves each ghost of this stretch, leaving out what nothing proves."""
        if not self.habit.is_ghosted:
            return {}
        rules = {ghost: self._rule(ghost) for ghost in self._ghosts}
        return {ghost: rule for ghost, rule in rules.items() if rule}


def _proved(text: str, candidates: Sequence[_Candidate]) -> Iterator[tuple[_Candidate, str]]:
    """Yield the ghosts with their rules: the ghosted stretches', and what stands apart in the same manner."""
    stretches = [_Stretch(text, stretch) for stretch in _stretches(candidates)]
    rules = [stretch.rules() for stretch in stretches]
    known = {ghost: "known" for proved in rules for ghost in proved}
    for stretch, proved in zip(stretches, rules, strict=True):
        by_writing = {
            written: proved.get(ghost) or known.get(ghost) for written, ghost in stretch.says.items()
        }
        for candidate in stretch.candidates:
            rule = by_writing[candidate.written]
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
    candidates = list(_candidates(text))
    ghosts = list(_proved(text, candidates)) if len(candidates) >= _FEWEST else []
    return Edits.of(
        text,
        [(candidate.start, candidate.end, candidate.written[0]) for candidate, _ in ghosts],
        [rule for _, rule in ghosts],
    )
