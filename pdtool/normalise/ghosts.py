"""Pinyin ghosts: ``領(lǐng)導(dǎo)`` → ``領導``.

Mirror sites that show a text in Traditional characters put a reading in brackets behind every occurrence of
some seventy to ninety of them. The reading is one fixed string for each character, whether it is right in the
sentence or not: ``長(zhǎng)沙`` is pronounced chángshā. Whether a bracket is a ghost is therefore judged by
how the text uses such brackets: many characters carry one, each the same one nearly every time, in running
text. Readings that an author wrote, such as ``碳(tàn)`` in a dictionary or pinyin behind every character of a
schoolbook, are used otherwise and stay.

Pages whose ruby was flattened have no such habit: any character may carry its reading, at some of its
occurrences. They are told by what no author does: to annotate a common character that stood in the text
before without a reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, pairwise
from string import ascii_letters
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.late_patterns import late_pattern
from pdtool.normalise.ghost_usage import FEWEST, MOST, NEARLY_ALL, Usage
from pdtool.text.arrays import is_member
from pdtool.text.character_costs import character_costs
from pdtool.text.code_points import basic_plane, code_points
from pdtool.text.edits import Edits, IntArray
from pdtool.text.line_table import IndexArray, LineTable, Mask, members, spaces
from pdtool.text.opencc_data import read_characters
from pdtool.text.readings import SPELLED, Reading, is_syllable, parse_reading, readings_of

__all__ = ["OPENING", "find_ghosts", "may_hold_ghosts"]

_SPACES = 12
"""White space that may part a ghost: a hard-wrapped page breaks and indents lines inside brackets too."""
_SPELT = re.compile(f"[{SPELLED}]{{1,16}}")
OPENING = "(（"
"""What a ghost's reading stands behind."""
_BRACKET = re.compile(
    rf"[{OPENING}]\s{{0,{_SPACES}}}{_SPELT.pattern}(?:\s{{1,{_SPACES}}}{_SPELT.pattern})?\s{{0,{_SPACES}}}[)）]"
)
_HAN_SPANS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_LAST_COUNTED = _HAN_SPANS[-1].stop

_letter = late_pattern(rf"[㐀-鿿][A-Za-z](?={_BRACKET.pattern}[A-Za-z0-9])")
"""The first letter of several with a reading, behind a Han character. A letter alone may be half of another
character that slipped and could not be read."""

_LONGEST_SYLLABLE = 6
"""Letters of the longest syllable."""

_GAP = 300
"""Characters without a bracketed reading that end a ghosted span. A ghosted text has a ghost every 10 to 20
characters (6 to 9 % of them); a note that stands 300 characters from the next is on its own."""


_AT_A_TIME = 4096
"""Candidates that are made arrays of at a time: lists of millions would take a hundred bytes each."""
_NONE = np.empty((3, 0), dtype=np.int32)


class _Ghost(NamedTuple):
    """A character and the reading behind it."""

    host: str
    reading: Reading


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """The Han characters that have a bracketed reading behind them, as arrays: there may be a million.

    Args:
        starts: Offsets of the characters, ascending, shape ``(n,)``.
        ends: Offsets after the brackets.
        which: Which of ``ghosts`` each is.
        ghosts: What the distinct texts from character to bracket say; ``None`` for those that are none.
        late: Whether each one's character stood in the text before, the first time without a reading.
    """

    starts: IntArray
    ends: IntArray
    which: IntArray
    ghosts: Sequence[_Ghost | None]
    late: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, span: slice) -> _Candidates:
        return replace(
            self,
            starts=self.starts[span],
            ends=self.ends[span],
            which=self.which[span],
            late=self.late[span],
        )


def _is_han(character: str) -> bool:
    """Return whether a character is Han, of any block: a ghosted one may be rare."""
    return any(ord(character) in span for span in _HAN_SPANS)


def _is_running_text(before: str) -> bool:
    """Return whether running text stands before a ghost, rather than the start of a line."""
    return before != "" and (before in ")）" or _is_han(before))


@lru_cache(maxsize=1 << 14)
def _ghost(written: str) -> _Ghost | None:
    """Return what a text such as ``領(lǐng)`` says; ``None`` if it is no character with a reading."""
    host, reading = written[0], parse_reading("".join(_SPELT.findall(written, 1)))
    if reading is None or not _is_han(host):
        return None
    return _Ghost(host, reading) if reading in readings_of(host) or is_syllable(reading) else None


def _fits(ghost: _Ghost) -> bool:
    """Return whether the host has this reading, tone included."""
    return ghost.reading in readings_of(ghost.host)


@lru_cache(maxsize=1 << 12)
def _nearly_fits(ghost: _Ghost) -> bool:
    """Return whether the host has this reading, but for a tone that is not written."""
    syllables = {known.syllable for known in readings_of(ghost.host)}
    return _fits(ghost) or (ghost.reading.tone == 0 and ghost.reading.syllable in syllables)


def _host(text: str, bracket: int) -> int:
    """Return the offset of the character before a bracket and the white space before that."""
    start = max(0, bracket - _SPACES)
    return start + max(0, len(text[start:bracket].rstrip()) - 1)


def _candidates(text: str) -> _Candidates:
    """Return every Han character of a text that has a bracketed reading behind it."""
    known: dict[str, int] = {}
    matches = _BRACKET.finditer(text, 1)
    parts = [_located(text, known, spans) for spans in iter(lambda: _next_spans(matches), [])]
    starts, ends, which = np.concatenate([_NONE, *parts], axis=1)
    # One judgement for all that are written alike.
    said = [_ghost(written) for written in known]
    good = np.array([ghost is not None for ghost in said], dtype=np.bool_)[which]
    return _Candidates(starts[good], ends[good], which[good], said, _are_late(text, starts[good]))


def _are_late(text: str, starts: IntArray) -> npt.NDArray[np.bool_]:
    """Return which hosts stood in the text before, the first time without a reading; shape ``(n,)``.

    Args:
        text: The whole text.
        starts: Offsets of all hosts, ascending.
    """
    if len(starts) < FEWEST:  # too few to tell anything
        return np.zeros(len(starts), dtype=np.bool_)
    codes = np.minimum(code_points(text), _LAST_COUNTED)
    first = np.full(_LAST_COUNTED + 1, len(codes), dtype=np.int32)
    first[codes[::-1]] = np.arange(len(codes), dtype=np.int32)[::-1]
    firsts = first[codes[starts]]
    return (firsts < starts) & ~is_member(firsts, starts)


def _next_spans(matches: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    """Return the spans of the next matches, at most :data:`_AT_A_TIME` of them."""
    return [match.span() for match in islice(matches, _AT_A_TIME)]


def _located(text: str, known: dict[str, int], brackets: Sequence[tuple[int, int]]) -> IntArray:
    """Return the starts and ends of candidates and which text each is, by their number in ``known``."""
    starts = [_host(text, bracket) if text[bracket - 1].isspace() else bracket - 1 for bracket, _ in brackets]
    ends = [end for _, end in brackets]
    which = [known.setdefault(text[start:end], len(known)) for start, end in zip(starts, ends, strict=True)]
    return np.array([starts, ends, which], dtype=np.int32)


def _split_at_gaps(candidates: _Candidates) -> Iterator[_Candidates]:
    """Split candidates where a long piece of text has none: a ghosted quotation may stand in clean text."""
    cuts = np.flatnonzero(candidates.starts[1:] - candidates.ends[:-1] > _GAP) + 1
    for first, last in pairwise([0, *cuts.tolist(), len(candidates)]):
        yield candidates[first:last]


def _lines(text: str, candidates: _Candidates) -> Iterator[str]:
    """Yield the lines that hold candidates, from the first candidate to the last.

    Other lines say nothing of how readings are used: clean paragraphs may stand between the ghosted ones.
    """
    starts, ends = candidates.starts.tolist(), candidates.ends.tolist()
    position, stop = starts[0], ends[-1]
    while position < stop:
        following = bisect_right(ends, position)
        start = max(position, text.rfind("\n", position, starts[following]) + 1)
        line_end = text.find("\n", ends[following], stop)
        position = stop if line_end < 0 else line_end
        yield text[start:position]


class _CandidateSpan:
    """Candidates close to one another, with the counts that judge them.

    Args:
        text: The whole text.
        candidates: Those of the span, which are of ghosts.
    """

    def __init__(self, text: str, candidates: _Candidates) -> None:
        self._count = len(candidates)
        # Counting the characters of a text in an array takes a tenth of the time that a Counter takes.
        codes = code_points("".join(_lines(text, candidates)))
        self._occurrences = np.bincount(np.minimum(codes, _LAST_COUNTED))
        self._says: dict[int, _Ghost] = {}
        self._ghosts: Counter[_Ghost] = Counter()
        self._hosts: Counter[str] = Counter()
        for index, number in Counter(candidates.which.tolist()).items():
            ghost = candidates.ghosts[index]
            assert ghost is not None, "a candidate is a ghost"
            self._says[index] = ghost
            self._ghosts[ghost] += number
            self._hosts[ghost.host] += number
        self._toneless = self._share(lambda ghost: ghost.reading.tone == 0)
        self.usage = self._usage(text, candidates)

    def _share(self, holds: Callable[[_Ghost], bool]) -> float:
        """Return the share of the candidates that ``holds`` is true of."""
        return sum(number for ghost, number in self._ghosts.items() if holds(ghost)) / self._count

    def _fitting_hosts(self) -> Iterator[str]:
        return (ghost.host for ghost in self._ghosts if _nearly_fits(ghost))

    def _usage(self, text: str, candidates: _Candidates) -> Usage:
        """Return how the span uses readings."""
        count = self._count
        before = Counter(text[start - 1 : start] for start in candidates.starts.tolist())
        han = sum(int(self._occurrences[span.start : span.stop].sum()) for span in _HAN_SPANS)
        usual: dict[str, int] = {}
        for ghost, number in self._ghosts.items():
            usual[ghost.host] = max(number, usual.get(ghost.host, 0))
        traditional = read_characters()
        return Usage(
            count=count,
            density=count / han,
            coverage=count / sum(int(self._occurrences[ord(host)]) for host in self._hosts),
            agreement=sum(usual.values()) / count,
            fitting=self._share(_nearly_fits),
            fitting_hosts=len(set(self._fitting_hosts())) / len(self._hosts),
            embedded=sum(number for near, number in before.items() if _is_running_text(near)) / count,
            convertible=self._share(lambda ghost: ghost.host in traditional),
            repeated=1 - len(self._hosts) / count,
            late=int(candidates.late.sum()),
            adjacent=int((candidates.starts[1:] == candidates.ends[:-1]).sum()) / count,
            cost=float(character_costs("".join(self._hosts.elements())).mean()),
        )

    def _rule(self, ghost: _Ghost) -> str:
        """Return what proves this ghost in a ghosted span; empty if nothing does."""
        if _fits(ghost):
            return "reading"
        number = self._ghosts[ghost]
        habitual = (
            number >= NEARLY_ALL * self._hosts[ghost.host]
            and number >= MOST * self._occurrences[ord(ghost.host)]
        )
        if ghost.reading.tone:
            likely = ghost.host in read_characters()
        else:
            likely = _nearly_fits(ghost) and self._toneless > 0.5
        return "habit" if habitual and (number > 1 or likely) else ""

    def rules(self) -> dict[int, str]:
        """Return the rule that proves each ghost, by its index; ghosts that nothing proves are left out."""
        if not self.usage.is_ghosted:
            return {}
        rules = {index: self._rule(ghost) for index, ghost in self._says.items()}
        return {index: rule for index, rule in rules.items() if rule}


def _proved(text: str, candidates: _Candidates) -> list[str]:
    """Return the rule that proves each candidate; empty if none does.

    In a ghosted span that is how it uses readings; outside, a ghost is known from the ghosted spans. Where
    readings stand at random places, the whole text shows it: between code or tables no span may hold enough.
    """
    spans = list(_split_at_gaps(candidates))
    proved = [_CandidateSpan(text, some).rules() if len(some) >= FEWEST else {} for some in spans]
    if len(spans) > 1 and not all(proved) and len(candidates) >= FEWEST:
        whole = _CandidateSpan(text, candidates)
        if whole.usage.is_scattered:
            spans, proved = [candidates], [whole.rules()]
    known = {candidates.ghosts[index] for rules in proved for index in rules}
    also = {index: "known" for index, ghost in enumerate(candidates.ghosts) if ghost in known}
    rules_of: list[str] = []
    for span, rules in zip(spans, proved, strict=True):
        every = also | rules
        rules_of += [every.get(index, "") for index in span.which.tolist()]
    return rules_of


def _on_letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the readings that belong to half a character and the letter behind it.

    A site that replaces bytes finds 贏 (DA41) in ``在ARM`` (D4DA 41) and writes ``在A(yíng)RM``.
    """
    for match in _letter().finditer(text):
        offset = match.end() - 1
        bracket = _BRACKET.match(text, offset + 1)
        halves = text[offset - 1].encode("gbk", "ignore")[1:] + text[offset].encode("ascii")
        ghost = _ghost(halves.decode("gbk", "ignore")[:1] + bracket[0]) if bracket else None
        if bracket and ghost and len(halves) == 2 and _fits(ghost):
            yield offset, bracket.end(), text[offset]


# Prefilter --------------------------------------------------------------------------------------------


def may_hold_ghosts(lines: LineTable, brackets: IndexArray) -> Mask:
    """Return which of some texts may have enough readings in brackets, shape ``(n_texts,)``.

    What stands in most brackets is longer than a syllable, or of another script.

    Args:
        lines: The lines of the texts.
        brackets: The offsets of all opening brackets.
    """
    before = lines.codes.take(brackets - 1, mode="clip")
    hosted = brackets[(before >= _HAN_SPANS[0].start) | spaces().take(before, mode="clip")]
    inside = lines.codes.take(hosted[:, None] + np.arange(1, _LONGEST_SYLLABLE + 2), mode="clip")
    letters = _letters().take(inside, mode="clip")
    count = letters.argmin(axis=1)
    behind = np.take_along_axis(inside, count[:, None], axis=1)[:, 0]
    closed = (count > 0) & ((behind == ord(")")) | (behind == ord("）")))
    spelt = ~letters.all(axis=1) & (closed | _goes_on().take(behind, mode="clip"))
    found = np.bincount(lines.texts_at(hosted[spelt]), minlength=len(lines.firsts))
    return np.asarray(found >= FEWEST)


@cache
def _letters() -> Mask:
    return members(ascii_letters)


@cache
def _goes_on() -> Mask:
    """Return what may stand in brackets behind some ASCII letters: other letters, accents, tones, blanks."""
    spelled = "".join(re.findall(rf"[{SPELLED}\s]", basic_plane()))
    return members(spelled) & ~_letters()


# Repair -----------------------------------------------------------------------------------------------


def find_ghosts(text: str) -> Edits:
    """Find the readings that a site glued behind characters.

    Do not use it on a text whose ghosts are gone in part, such as by an earlier repair by hand: the ghosts
    that prove the rest may be gone with them.

    Args:
        text: Any text.

    Returns:
        Edits that replace ``X(pīn)`` by ``X``. Their rules: ``reading`` (the character has this reading),
        ``habit`` (it has not, but carries it at every occurrence), ``known`` (outside the ghosted
        spans, as proved inside) or ``letter`` (it is the reading of a character that the bytes of a letter
        and of the character before would make).

    >>> edits = find_ghosts("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")
    >>> edits.apply("推動(dòng)基層黨組織領(lǐng)導(dǎo)社區(qū)發(fā)展,服務(wù)群眾")[0]
    '推動基層黨組織領導社區發展,服務群眾'
    """
    candidates = _candidates(text)
    if len(candidates) < FEWEST:  # most texts
        return Edits.of(text, [])
    rules = _proved(text, candidates)
    proved = zip(candidates.starts.tolist(), candidates.ends.tolist(), rules, strict=True)
    found = [((start, end, text[start]), rule) for start, end, rule in proved if rule]
    if len(found) >= FEWEST:
        found = sorted([*found, *((span, "letter") for span in _on_letters(text))])
    return Edits.of(text, [span for span, _ in found], [rule for _, rule in found])
