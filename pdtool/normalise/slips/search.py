"""The search for what a slipped stretch of text said.

A decoder that meets half a character loses step: it pairs the second byte of each character with the first
byte of the next, until an ASCII byte or a byte it cannot pair brings it back. Read from its output, each
mark of a loss stands for one unknown byte, pairs that GBK leaves undefined are not seen at all, and every
other byte is known. A beam search walks over the output, keeps the byte that waits for its second half,
and lets a language model choose the unknown ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pdtool.normalise.readings import Reading, parse_reading
from pdtool.normalise.slips.choices import (
    ANY,
    Choices,
    Costs,
    closing_signs,
    completions,
    defined,
    endings,
    hiding,
    pair_symbols,
    read_by,
    second_halves,
    waiting_bytes,
)
from pdtool.normalise.slips.gbk import (
    FULL_WIDTH_ROW,
    Pairs,
    characters,
    pair_of,
    trails_left_undefined,
    undefined_pairs,
)
from pdtool.normalise.slips.language import Language, symbol_of, symbols_of_pairs
from pdtool.normalise.slips.marks import GHOST, GHOST_BEFORE, HOLE, LOSSES, TORN_GHOST
from pdtool.normalise.slips.states import UNBALANCED, Chain, Half, State, after, balance, pruned

__all__ = ["Reader", "Restored"]

_CHOICES = 6
"""Values of an unknown byte that are followed up."""
_NEAR = 6.0
"""How far below the best partial reading one may lie for which vanished pairs are tried."""
_FEW, _SURVEYED = 4, 100
"""Of the partial readings, those that may hide two pairs in a row; of the pairs that may have vanished, those
whose neighbour on the other side is looked at."""
_RERANKED = 8.0
"""How far below the likeliest reading, character by character, one may lie and still win as words."""
_HOPELESS, _PATIENCE = -8.0, 8
"""A search that costs more than the first a character, not counting so many at its start, is given up."""
_RECENT = 40
"""Characters before a place that tell what is spoken of there."""
_LONGEST = 1000
"""Characters of output after which a stretch that has not come back into step is given up."""

_LOST_BYTE, _RARE_LEAD = -5.0, -3.0
"""The cost of a lost byte, and of one that isn't A1, the first of 。“”、 and the one that is lost most."""
_TWICE_TORN, _UNUSUAL_HOST, _WHOLE_HOST = -30.0, -4.0, -3.0
"""The costs of a torn ghost that the author wrote, of a host that carries this reading nowhere else, and of
one of which both bytes are lost."""
_ODD = -8.0
"""The most that a sign in step costs."""
_CUT_SHORT, _SWALLOWED = -6.0, -1.0
"""The costs of half a character before a blank or the end, and of a byte paired with an ASCII byte."""
_POOR, _TYPICAL = -10.0, -4.0
"""Two characters less likely than the first make it worth trying pairs that vanished. The second is the cost
of a character that is not known yet."""
_VANISHED, _ANOTHER, _HOPED = 1.5, 1.5, -3.0
"""The costs of a pair that vanished, of another right behind it (the model judges every character somewhat
too harshly, which would favour the readings with fewer of them), and of hoping for one."""
_SHORT = -3.0
"""The cost of quoting a single character."""
_SHORT_QUOTATION = re.compile("“[^”]”")

_QUOTATION = re.compile("[“”\n]")
_QUOTED = 200
"""Characters within which a quotation ends."""
_MARKS = frozenset("，。、；：！？”’》）…,;:!?)")
"""Behind one of these a decoder came back into step without an ASCII byte."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The outcome of a search.

    Args:
        end: Offset in the output at which the text is in step again.
        readings: The likeliest readings with their scores, best first; empty if none was found.
    """

    end: int
    readings: tuple[tuple[float, str], ...]


def _lasts_and_scores(states: Sequence[State]) -> tuple[Pairs, Costs]:
    return np.array([state.last for state in states]), np.array([state.score for state in states])


def _best_places(scores: Costs, count: int) -> Iterable[int]:
    if len(scores) <= count:
        return range(len(scores))
    return [int(place) for place in np.argpartition(-scores, count)[:count]]


def _second_halves(waiting: int) -> Choices:
    """Return the pairs that the waiting byte and a lost one may make."""
    if waiting < ANY:
        return second_halves(waiting)
    # Both bytes are unknown. Mostly it is the full stop before the ASCII byte of a line's end or a number.
    return closing_signs() if 0xA1 in waiting_bytes(waiting) else defined(waiting_bytes(waiting)[:0])


class Reader:
    """Reads the slipped stretches of one text.

    Args:
        text: The decoder's output.
        language: The model that judges.
        hosts: The pairs that carry each written reading elsewhere in the text, the usual one first.
        foreign: What each pair costs whose character the text's script does not have; shape ``(PAIRS,)``.
    """

    def __init__(
        self, text: str, language: Language, hosts: Mapping[str, Sequence[int]], foreign: Costs
    ) -> None:
        self._text = text
        self._language = language
        self._hosts = hosts
        self._foreign = foreign
        self._vanishing = True
        self._read: dict[tuple[int, bool, bool], Restored] = {}

    def read(self, start: int, quoted: bool, vanishing: bool = True) -> Restored:
        """Search for the text behind the output from ``start``, which holds a mark of a loss.

        Args:
            start: Offset of a mark that stands behind a character in step.
            quoted: Whether a quotation is open there.
            vanishing: Whether undefined pairs may have left no mark.
        """
        known = self._read.get((start, quoted, vanishing))
        if known is None:
            known = self._read[start, quoted, vanishing] = self._search(start, quoted, vanishing)
        return known

    def _search(self, start: int, quoted: bool, vanishing: bool) -> Restored:
        self._vanishing = vanishing
        ghost = GHOST_BEFORE.search(self._text, max(0, start - _RECENT), start)
        behind = ghost.start() if ghost else start
        before = self._text[max(0, behind - 1) : behind]
        self._language.stand_behind(GHOST.sub("", self._text[max(0, start - _RECENT) : start]))
        beam = [State(0.0, 0, symbol_of(before) if before else 0, quoted, None)]
        place, byte = start, pair_of(before) & 0xFF if before else 0
        limit = min(len(self._text), start + _LONGEST)
        while beam and place < limit:
            place, found, byte = self._token(place, beam, byte)
            beam = pruned(found)
            if beam and beam[0].score < _HOPELESS * (place - start + _PATIENCE):
                return Restored(place, ())
            if all(not state.waiting for state in beam) and len({state.last for state in beam}) == 1:
                break
        if place >= len(self._text):
            beam = [state._replace(score=state.score + _CUT_SHORT * bool(state.waiting)) for state in beam]
        elif any(state.waiting for state in beam):
            return Restored(place, ())
        return Restored(place, self._ranked(beam, start, place))

    def _ranked(self, beam: Iterable[State], start: int, place: int) -> tuple[tuple[float, str], ...]:
        """Rank the readings by whole words, now that the text behind tells which quotations are open."""
        mark = _QUOTATION.search(self._text, place, place + _QUOTED)
        before, behind = self._text[max(0, start - 2) : start], self._text[place : place + 2]
        ranked: dict[str, float] = {}
        least = max(state.score for state in beam) - _RERANKED if beam else 0.0
        for state in beam:
            if state.score < least:
                continue
            text = state.text()
            whole = before + GHOST.sub("", text) + behind
            words = self._language.of(whole) - self._language.plain(whole)
            unbalanced = bool(mark and mark[0] == ("“" if state.quoted else "”"))
            short = len(_SHORT_QUOTATION.findall(text))
            total = state.score + words + UNBALANCED * unbalanced + _SHORT * short
            ranked[text] = max(ranked.get(text, -np.inf), total)
        return tuple(sorted(((score, text) for text, score in ranked.items()), reverse=True)[:_CHOICES])

    def _token(self, place: int, beam: Sequence[State], byte: int) -> tuple[int, list[State], int]:
        """Read one token of output.

        Returns:
            Where it ends, the states behind it, and its last byte.
        """
        character = self._text[place]
        if character in LOSSES:
            torn = TORN_GHOST.match(self._text, place)
            if torn and (reading := parse_reading(torn[1])):
                found = [new for state in beam for new in self._torn(state, byte, torn, reading)]
                return torn.end(), found, 0
            found = [new for state in beam for new in self._lost(state, place)]
            return place + 1, found + self._undefined(beam, place), 0
        if character in "(（" and (ghost := GHOST.match(self._text, place)):
            found = [self._verbatim(state, ghost[0]) for state in beam if not state.waiting]
            return ghost.end(), found, byte
        pair = pair_of(character)
        return place + 1, self._seen(beam, place, character, pair), pair & 0xFF

    @staticmethod
    def _verbatim(state: State, piece: str, extra: float = 0.0) -> State:
        """Take output that language does not judge."""
        return state._replace(score=state.score + extra, chain=Chain(state.chain, piece))

    def _as_is(self, state: State, character: str, pair: int) -> State:
        """Take a character of output as it stands, in step."""
        symbol = symbol_of("?" if character in LOSSES else character)
        likely = self._language.score(state.last, symbol)
        if not "㐀" <= character <= "鿿":
            # Blanks and rare signs are no damage, though the dictionary does not have them.
            likely = max(likely, _ODD)
        score = state.score + likely + balance(state.quoted, character) + self._foreign.item(pair)
        return State(score, 0, symbol, after(state.quoted, character), Chain(state.chain, character))

    def _completed(self, state: State, pair: int, waiting: int, score: float, behind: str = "") -> State:
        """Put the character of a pair behind a state.

        Args:
            state: What stands before.
            pair: The pair.
            waiting: The byte that waits next.
            score: What the pair costs.
            behind: What is to be seen behind the character.
        """
        character = characters()[pair]
        return State(
            state.score + score + balance(state.quoted, character),
            waiting,
            pair_symbols()[pair],
            after(state.quoted, character),
            Chain(state.chain, character + behind),
        )

    def _chosen(self, state: State, choices: Choices, following: int = -1) -> Iterator[tuple[int, float]]:
        """Choose the likeliest pairs behind a state.

        Args:
            state: What stands before.
            choices: Pairs and their symbols.
            following: The symbol that will follow, where it is known; it helps to choose.

        Returns:
            Pairs with what they cost.
        """
        pairs, found = choices
        scores = self._language.scores(state.last, found) + self._foreign[pairs]
        ahead = self._language.scores(found, np.array(following)) if following >= 0 else 0.0
        for place in _best_places(scores + ahead, _CHOICES):
            yield int(pairs[place]), float(scores[place])

    def _next_pair(self, place: int) -> int:
        """Return the pair of the character at ``place``, 0 where there is none."""
        following = self._text[place : place + 1]
        if not following or following in LOSSES:
            return 0
        if following.isascii() and following.isprintable():
            return FULL_WIDTH_ROW << 8 | ord(following) | 0x80
        return pair_of(following)

    def _seen(self, beam: Sequence[State], place: int, character: str, pair: int) -> list[State]:
        """Read a character of the output."""
        found: list[State] = []
        suspicious: list[State] = []
        code = ord(character)
        ahead = self._next_pair(place + 1) >> 8
        wide = pair or (FULL_WIDTH_ROW << 8 | code | 0x80 if 0x20 < code < 0x7F else 0)
        halves = []
        if wide:
            halves.append(Half(wide >> 8, wide & 0xFF, pair_symbols()[(wide & 0xFF) << 8 | ahead]))
        if 0x40 <= code < 0x7F:
            following = self._text[place + 1 : place + 2]
            halves.append(Half(code, 0, symbol_of(following) if following else -1))
        for half in halves:
            found += self._before_character([state for state in beam if state.waiting > ANY], half)
        for state in beam:
            if not state.waiting:
                found.append(self._as_is(state, character, pair))
            if not 0 < state.waiting <= ANY:
                continue
            if not halves:
                found.append(self._as_is(state._replace(score=state.score + _CUT_SHORT), character, 0))
            completed = [new for half in halves for new in self._all_completed(state, half)]
            found += completed
            near = state.score > beam[0].score - _NEAR
            if (
                halves
                and self._vanishing
                and near
                and state.waiting < ANY
                and self._is_poor(state, completed, halves)
            ):
                suspicious.append(state)
        if suspicious:
            found += self._with_vanished(suspicious, halves)
        return found

    def _is_poor(self, state: State, completed: Sequence[State], halves: Sequence[Half]) -> bool:
        """Whether a pair may have vanished: no completion is likely and goes on well."""
        following = {half.waiting: half.following for half in halves}
        for new in completed:
            ahead = following[new.waiting]
            beyond = self._language.score(new.last, ahead) if ahead >= 0 else _TYPICAL
            if new.score - state.score + beyond > _POOR:
                return False
        return True

    def _all_completed(self, state: State, half: Half) -> Iterator[State]:
        """Complete the waiting byte by a known one."""
        if state.waiting < ANY:
            pair = state.waiting << 8 | half.trail
            symbol = pair_symbols()[pair]
            if symbol >= 0:
                score = self._language.score(state.last, symbol) + self._foreign.item(pair)
                yield self._completed(state, pair, half.waiting, score)
            return
        for pair, score in self._chosen(state, completions(state.waiting, half.trail), half.following):
            rare = _RARE_LEAD if state.waiting == ANY and pair >> 8 != 0xA1 else 0.0
            yield self._completed(state, pair, half.waiting, score + rare)

    def _with_vanished(self, states: Sequence[State], halves: Sequence[Half]) -> list[State]:
        """Suppose that one or two undefined pairs vanished before a character.

        Args:
            states: Partial readings, all with the same byte waiting.
            halves: What the character may be.
        """
        hidden = self._ending_in_hidden(states)
        found: list[State] = []
        for half in halves:
            found += self._before_character([*hidden, *self._hidden_twice(hidden, half.trail)], half)
        return found

    def _ending_in_hidden(self, states: Sequence[State]) -> list[State]:
        """Complete the waiting byte by the lead of an undefined pair, each from the best state for it."""
        pairs, found = hiding(states[0].waiting)
        lasts, scores = _lasts_and_scores(states)
        costs = scores[:, None] + self._language.scores(lasts[:, None], found) + self._foreign[pairs]
        chosen = costs.argmax(axis=0)
        return [
            self._completed(
                states[place],
                pair,
                ANY + (pair & 0xFF),
                float(costs[place, column]) - states[place].score + _VANISHED,
            )
            for column, (pair, place) in enumerate(zip(pairs.tolist(), chosen.tolist(), strict=True))
        ]

    def _hidden_twice(self, states: Sequence[State], trail: int) -> list[State]:
        """Put a character between two undefined pairs, the second of which ends before ``trail``."""
        best = pruned(states)[:_FEW]
        leads = np.unique(undefined_pairs()[0])
        choices = [
            defined((trails_left_undefined(state.waiting - ANY)[:, None] << 8 | leads).ravel())
            for state in best
        ]
        return [
            self._completed(best[origin], pair, ANY + (pair & 0xFF), cost + _ANOTHER)
            for origin, pair, cost, _ in self._likeliest(best, choices, _SURVEYED, endings(trail))
        ]

    def _before_character(self, states: Sequence[State], half: Half) -> list[State]:
        """Complete the trail of each state's undefined pair by the first byte of a character."""
        choices = [completions(state.waiting, half.trail) for state in states]
        surveyed = self._likeliest(states, choices, _SURVEYED)
        if not surveyed:
            return []
        found = symbols_of_pairs()[np.array([pair for _, pair, _, _ in surveyed])]
        hopes = np.array([total for *_, total in surveyed]) + self._promise(found, half)
        return [
            self._completed(states[surveyed[place][0]], surveyed[place][1], half.waiting, surveyed[place][2])
            for place in _best_places(hopes, 4 * _CHOICES)
        ]

    def _likeliest(
        self,
        states: Sequence[State],
        choices: Sequence[Choices],
        count: int,
        hopes: Costs | None = None,
    ) -> list[tuple[int, int, float, float]]:
        """Choose among the pairs that each of several states may go on with.

        Returns:
            The place of the state, the pair, its cost, and the score they make together.
        """
        numbers = [len(pairs) for pairs, _ in choices]
        if not sum(numbers):
            return []
        pairs, found = (np.concatenate(column) for column in zip(*choices, strict=True))
        origins = np.repeat(np.arange(len(states)), numbers)
        lasts, scores = _lasts_and_scores(states)
        costs = self._language.scores(lasts[origins], found) + self._foreign[pairs]
        totals = scores[origins] + costs
        best = list(_best_places(totals if hopes is None else totals + hopes[found], count))
        columns = (column[best].tolist() for column in (origins, pairs, costs, totals))
        return list(zip(*columns, strict=True))

    def _promise(self, found: Pairs, half: Half) -> Costs:
        """Return how well each symbol may go on behind a character of output."""
        if not half.waiting:
            return self._language.scores(found, np.array(max(half.following, 0)))
        hidden = hiding(half.waiting)[1]
        following = np.append(hidden, max(half.following, 0))
        costs = np.append(np.full(len(hidden), _HOPED), 0.0)
        best: Costs = (self._language.scores(found[:, None], following) + costs).max(axis=1)
        return best

    def _lost(self, state: State, place: int) -> Iterator[State]:
        """Read a mark of a loss: one byte, an undefined pair, or a question mark."""
        mark = self._text[place]
        if not state.waiting:
            yield self._as_is(state, mark, 0)
            yield state._replace(score=state.score + _LOST_BYTE, waiting=ANY)
            return
        if mark == "?":
            yield from self._all_completed(state, Half(FULL_WIDTH_ROW, ord("?") | 0x80, -1))
        if state.waiting == ANY:
            return
        following = self._text[place + 1 : place + 2]
        ahead = symbol_of(following) if following and following not in LOSSES else -1
        hole = "" if following in _MARKS or not following or following.isspace() else HOLE
        for pair, score in self._chosen(state, _second_halves(state.waiting), ahead):
            yield self._completed(state, pair, 0, score + _SWALLOWED, hole)
            if state.waiting < ANY:
                yield self._completed(state, pair, ANY, score + _LOST_BYTE)

    def _undefined(self, beam: Sequence[State], place: int) -> list[State]:
        """Read a mark of a loss as a pair that is undefined."""
        trail = (self._next_pair(place + 1) or FULL_WIDTH_ROW << 8) >> 8
        found = self._hidden_twice([state for state in beam if state.waiting > ANY], trail)
        for waiting in {state.waiting for state in beam if 0 < state.waiting < ANY}:
            found += self._ending_in_hidden([state for state in beam if state.waiting == waiting])
        return found

    def _torn(self, state: State, byte: int, torn: re.Match[str], reading: Reading) -> Iterator[State]:
        """Read a reading that lost its bracket: its host ends in the lost byte."""
        known = self._hosts.get(torn[1], ())
        if not state.waiting:
            yield self._verbatim(state, torn[0], _TWICE_TORN)
            for pair, cost in self._possible_hosts(byte, known, reading):
                yield state._replace(score=state.score + cost, waiting=pair & 0xFF)
            for pair in known:
                yield self._completed(state, pair, 0, self._cost(state, pair) + _WHOLE_HOST)
            return
        if state.waiting >= ANY:
            return
        for pair, cost in self._possible_hosts(state.waiting, known, reading):
            yield self._completed(state, pair, 0, self._cost(state, pair) + cost)
        for pair, score in self._chosen(state, hiding(state.waiting)):
            hidden = self._completed(state, pair, 0, score)
            for host in known:
                if host >> 8 in trails_left_undefined(pair & 0xFF):
                    yield self._completed(hidden, host, 0, self._cost(hidden, host))

    def _cost(self, state: State, pair: int) -> float:
        return self._language.score(state.last, pair_symbols()[pair])

    def _possible_hosts(
        self, lead: int, known: Sequence[int], reading: Reading
    ) -> Iterator[tuple[int, float]]:
        """Yield the hosts that a torn reading may have, with their costs."""
        usual = [pair for pair in known if pair >> 8 == lead]
        if usual:
            yield from ((pair, 0.0) for pair in usual)
        elif 0x81 <= lead < 0xFF:
            for pair in read_by(lead).get(reading, ()):
                yield pair, _UNUSUAL_HOST + self._foreign.item(pair)
