"""What a place of a slipped stretch may hold, given what is known of its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.choices import (
    Choices,
    closing_signs,
    completions,
    defined,
    hiding,
    read_by,
    read_by_trail,
    read_in_traditional,
    second_halves,
)
from pdtool.normalise.slips.gbk import (
    FULL_WIDTH_ROW,
    LEADS,
    Pairs,
    characters,
    kinds,
    pair_of,
    pairs_of,
    undefined_pairs,
)
from pdtool.normalise.slips.language_model import Language, symbols_of_pairs
from pdtool.normalise.slips.span import Host, Place
from pdtool.text.code_points import code_points
from pdtool.text.readings import readings_of

__all__ = ["NOTHING", "Options", "Supplier", "joined"]

Costs = npt.NDArray[np.float64]

_USUAL_LEAD = 0xA1
"""The first byte of 。“”、, and the one that is lost most."""
_RARE_LEAD = -5.0
"""The cost of another lost byte."""
_OTHER_SIGN = -3.0
"""The cost of another sign than a full stop having lost its first byte: none of 14 in the samples did."""
_UNUSUAL_HOST = -4.0
"""The cost of a host that carries this reading nowhere else."""
_SWALLOWED = -1.0
"""The cost of a last byte that was lost."""
_VANISHED = 1.25
"""The cost of a pair that vanished (the model judges every character somewhat too harshly)."""
_LOST_AGAIN = -5.0
"""The cost of another byte that was lost out of step."""
_FIRSTS, _MIDDLES, _DOUBLES, _TRIPLES = 6, 800, 128, 32
"""Of characters with undefined pairs across them: the first ones and the middle ones that are looked at, and
how many stretches are kept before the last one and with it."""
_OWN_HIDDEN, _LONGEST_OWN = 3, 6
"""Undefined pairs in a row from which on only what the text says elsewhere is tried where pairs vanished, and
the characters that it may have."""


class Options(NamedTuple):
    """What a place may hold.

    Args:
        pairs: Shape ``(n, width)``, filled up in front by 0.
        first: The symbol of the first character of each, shape ``(n,)``.
        last: Likewise of the last.
        cost: The logarithm of the probability of each, without what stands before; shape ``(n,)``.
    """

    pairs: Pairs
    first: Pairs
    last: Pairs
    cost: Costs


NOTHING = Options(
    np.zeros((0, 1), dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0),
)


def joined(some: Sequence[Options]) -> Options:
    """Return all of several options."""
    width = max((options.pairs.shape[1] for options in some), default=1)
    rows = [_widened(options.pairs, width) for options in some]
    return Options(np.concatenate(rows), *(np.concatenate([o[k] for o in some]) for k in (1, 2, 3)))


def _widened(pairs: Pairs, width: int) -> Pairs:
    """Return rows of pairs filled up in front by 0."""
    count, narrow = pairs.shape
    if narrow == width:
        return pairs
    rows = np.zeros((count, width), dtype=np.intp)
    rows[:, width - narrow :] = pairs
    return rows


_NOBODY = np.zeros(1, dtype=np.intp)
"""What stands before a character of which nothing is known."""


@cache
def _middles() -> tuple[Pairs, Pairs]:
    """Return the pairs that may stand between two undefined ones, and their symbols."""
    leads, trails = undefined_pairs()
    return defined((kinds(trails)[:, None] << 8 | kinds(leads)).ravel())


def _undefined(before: Pairs, after: Pairs) -> npt.NDArray[np.bool_]:
    """Return whether the last byte of one pair and the first of another make an undefined pair."""
    undefined: npt.NDArray[np.bool_] = symbols_of_pairs()[(before & 0xFF) << 8 | after >> 8] < 0
    return undefined


def _best(scores: Costs, count: int) -> tuple[Pairs, Pairs]:
    """Return the places of the best finite scores of a matrix."""
    flat = scores.ravel()
    rest = len(flat) - count
    best = np.argpartition(flat, rest)[rest:] if rest > 0 else np.arange(len(flat))
    best = best[np.isfinite(flat[best])]
    rows, columns = np.unravel_index(best, scores.shape)
    return rows, columns


def _own_runs(pieces: Sequence[str]) -> dict[tuple[int, int], list[Pairs]]:
    """Return what a text says with nothing but undefined pairs across it, by its first and its last byte."""
    found: dict[tuple[int, int], set[tuple[int, ...]]] = {}
    for piece in pieces:
        pairs = _stored(piece)
        across = _undefined(pairs[:-1], pairs[1:]) & ((pairs[:-1] & 0xFF) >= LEADS[0]) & (pairs[1:] > 0)
        run = across.copy()
        for length in range(3, _LONGEST_OWN + 1):
            run = run[:-1] & across[length - 2 :]
            for place in np.flatnonzero(run).tolist():
                row = tuple(pairs[place : place + length].tolist())
                found.setdefault((row[0] >> 8, row[-1] & 0xFF), set()).add(row)
    return {ends: [np.array(row, dtype=np.intp) for row in sorted(rows)] for ends, rows in found.items()}


def _stored(text: str) -> Pairs:
    """Return the pairs that store a text whose ASCII was full-width, 0 where none does."""
    codes = code_points(text)
    is_ascii = (codes > 0x20) & (codes < 0x7F)
    return np.where(is_ascii, FULL_WIDTH_ROW << 8 | codes.astype(np.intp) | 0x80, pairs_of(codes))


class Supplier:
    """Says what places may hold, in the light of one text.

    Args:
        language: The model that judges.
        hosts: The pairs that carry each written reading elsewhere in the text, the usual one first.
        foreign: What each pair costs whose character the text's script does not have.
        pieces: Pieces of the text that are not suspected of damage.
    """

    def __init__(
        self, language: Language, hosts: Mapping[str, Sequence[int]], foreign: Costs, pieces: Sequence[str]
    ) -> None:
        self._language = language
        self._hosts = hosts
        self._carriers = set(chain.from_iterable(hosts.values()))
        self._foreign = foreign
        middles, two = _middles()
        likely = np.argsort(-(language.starts(two) + foreign[middles]))[:_MIDDLES]
        self._middles = middles[likely], two[likely]
        self._known: dict[tuple[Place, bool], Options] = {}
        self._runs = _own_runs(pieces)

    def at(self, place: Place, vanishing: bool, before: Pairs, hopes: Costs) -> Options:
        """Return what a place may hold.

        Args:
            place: What is known of it.
            vanishing: Whether undefined pairs leave no mark in this text.
            before: The symbols of the characters that may stand before.
            hopes: How likely each of them is against the likeliest (natural logarithm).
        """
        key = place._replace(behind=""), vanishing
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._supply(place, vanishing)
        count = 2 if vanishing else place.hidden
        if place.lead and place.trail and not place.host and 1 < count < _LONGEST_OWN:
            several = self._several_hidden(place.lead, place.trail, before, hopes, count)
            return joined([found, _unmarked(several, count) if vanishing else several])
        return found

    def _supply(self, place: Place, vanishing: bool) -> Options:
        if place.host:
            return self._hosted(place, place.host, vanishing)
        if not place.trail:
            return self._ends(place)
        if not place.lead:
            return self._starts(place, vanishing)
        own = self._own(place, vanishing)
        if place.hidden > 1:
            return own
        if place.hidden:
            lost = self._lost(place)
            return lost if vanishing else joined([self._one_hidden(place.lead, place.trail), lost])
        plain = self._single(defined(np.array([place.lead << 8 | place.trail])))
        if not vanishing:
            return plain
        return joined([plain, _unmarked(self._one_hidden(place.lead, place.trail), 1), own])

    def _single(self, choices: tuple[Pairs, Pairs], costs: Costs | float = 0.0) -> Options:
        pairs, found = choices
        return Options(pairs[:, None], found, found, self._foreign[pairs] + costs)

    def _double(self, firsts: Pairs, seconds: Pairs, costs: Costs | float = 0.0) -> Options:
        """Return two characters, where both are defined."""
        one, two = symbols_of_pairs()[firsts], symbols_of_pairs()[seconds]
        good = (one >= 0) & (two >= 0)
        firsts, seconds, one, two = firsts[good], seconds[good], one[good], two[good]
        inner = self._language.scores(one, two) + self._foreign[firsts] + self._foreign[seconds]
        return Options(np.stack([firsts, seconds], axis=1), one, two, inner + costs)

    def _starts(self, place: Place, vanishing: bool) -> Options:
        if not place.hidden:
            pairs, found = completions(place.trail)
            return self._single((pairs, found), np.where(pairs >> 8 == _USUAL_LEAD, 0.0, _RARE_LEAD))
        if place.hidden > 1:
            return NOTHING
        wide = self._wide_mark(_USUAL_LEAD, place.trail)
        if vanishing:
            return wide
        return joined([_mostly_full_stops(self._one_hidden(_USUAL_LEAD, place.trail)), wide])

    def _ends(self, place: Place) -> Options:
        if place.hidden > 1:
            return NOTHING
        signs, _ = closing_signs()
        if place.hidden:
            firsts = hiding(place.lead or _USUAL_LEAD)[0]
            rows, columns = np.nonzero(_undefined(firsts[:, None], signs))
            return self._double(firsts[rows], signs[columns], _SWALLOWED)
        if not place.lead:
            # Both bytes are lost. Mostly it is the full stop before the ASCII byte of a line's end.
            return self._single(closing_signs(), _SWALLOWED)
        return self._single(second_halves(place.lead), _SWALLOWED)

    def _one_hidden(self, lead: int, trail: int) -> Options:
        """Return two characters with an undefined pair across them."""
        leads, trails = undefined_pairs()
        return self._double(lead << 8 | leads, trails << 8 | trail)

    def _wide_mark(self, lead: int, trail: int) -> Options:
        """Return two characters with a full-width question mark across them."""
        return self._double(
            np.array([lead << 8 | FULL_WIDTH_ROW]), np.array([(ord("?") | 0x80) << 8 | trail])
        )

    def _lost(self, place: Place) -> Options:
        """Return two characters with a mark across them that is no undefined pair."""
        firsts, _ = second_halves(place.lead)
        seconds = np.full(len(firsts), _USUAL_LEAD << 8 | place.trail)
        again = self._double(firsts, seconds, _LOST_AGAIN)
        return joined([self._wide_mark(place.lead, place.trail), again])

    def _several_hidden(self, lead: int, trail: int, before: Pairs, hopes: Costs, count: int) -> Options:
        """Return characters with undefined pairs across them, one more than there are pairs."""
        firsts, one = hiding(lead)
        links = (hopes[:, None] + self._language.scores(before[:, None], one)).max(axis=0)
        near = np.argsort(-(links + self._foreign[firsts]))[:_FIRSTS]
        found = Options(firsts[near][:, None], one[near], one[near], self._foreign[firsts[near]])
        hopes = links[near]
        for _ in range(count - 1):
            found, hopes = self._followed(found, hopes, self._middles, _DOUBLES)
        return self._followed(found, hopes, completions(trail), _TRIPLES)[0]

    def _followed(self, found: Options, hopes: Costs, choices: Choices, most: int) -> tuple[Options, Costs]:
        """Follow options up with the likeliest pairs that make undefined ones with their last bytes."""
        pairs, after = choices
        costs = found.cost[:, None] + self._language.scores(found.last[:, None], after) + self._foreign[pairs]
        totals = hopes[:, None] + costs
        totals[~_undefined(found.pairs[:, -1:], pairs)] = -np.inf
        at, through = _best(totals, most)
        rows = np.concatenate([found.pairs[at], pairs[through][:, None]], axis=1)
        return Options(rows, found.first[at], after[through], costs[at, through]), hopes[at]

    def _own(self, place: Place, vanishing: bool) -> Options:
        """Return what the text says elsewhere that has many undefined pairs across it."""
        found = [NOTHING]
        for row in self._runs.get((place.lead, place.trail), ()):
            count = len(row) - 1
            if count >= _OWN_HIDDEN if vanishing else count == place.hidden > 2:
                known = symbols_of_pairs()[row]
                cost = self._language.scores(known[:-1], known[1:]).sum() + self._foreign[row].sum()
                some = Options(row[None], known[:1], known[-1:], np.array([cost]))
                found.append(_unmarked(some, count) if vanishing else some)
        return joined(found)

    def hosts(self, host: Host, lead: int, trail: int = 0) -> list[tuple[int, float]]:
        """Return the pairs that a reading may belong to, with their costs.

        Args:
            host: What is written behind the character.
            lead: Its first byte; 0 if it is lost.
            trail: Its second byte; 0 if it is lost.
        """
        usual = self._fitting(self._hosts.get(host.written, ()), lead, trail)
        if usual:
            return [(pair, 0.0) for pair in usual]
        by_reading = read_by_trail(trail) if trail else read_by(lead) if 0x81 <= lead < 0xFF else {}
        some = self._fitting(by_reading.get(host.reading, ()), lead, trail)
        cost = 0.0 if lead and trail and some else _UNUSUAL_HOST
        if lead and trail and not some:
            # It is that character whatever its readings: sites write wrong ones too.
            some = defined(np.array([lead << 8 | trail]))[0].tolist()
        return [(pair, cost + float(self._foreign[pair])) for pair in some]

    def _traditional(self, host: Host) -> list[tuple[int, float]]:
        """Return the characters that the site may have written a reading behind, with their costs."""
        if not self._carriers:
            return []
        some = [pair for pair in read_in_traditional().get(host.reading, ()) if pair not in self._carriers]
        return [(pair, _UNUSUAL_HOST + float(self._foreign[pair])) for pair in some]

    def carries(self, pair: int, host: Host) -> bool:
        """Return whether a character has a reading, or carries it elsewhere in the text."""
        return pair in self._hosts.get(host.written, ()) or host.reading in readings_of(characters()[pair])

    @staticmethod
    def _fitting(pairs: Sequence[int], lead: int, trail: int) -> list[int]:
        """Return the pairs that have the bytes that are known of them."""
        return [pair for pair in pairs if lead in (0, pair >> 8) and trail in (0, pair & 0xFF)]

    def _hosted(self, place: Place, host: Host, vanishing: bool) -> Options:
        """Return the hosts that end a stretch, an undefined pair before them perhaps."""
        if place.hidden:
            return self._hosted_behind(place, host, place.hidden)
        found = self.hosts(host, place.lead, place.trail)
        if not place.lead and place.trail:
            # Nothing but a letter and a reading: a note of how a letter is read, but for a usual host.
            found = [(pair, _RARE_LEAD) for pair, cost in found if not cost]
        pairs = np.array([pair for pair, _ in found], dtype=np.intp)
        costs = np.array([cost for _, cost in found], dtype=np.float64)
        plain = self._single((pairs, symbols_of_pairs()[pairs]))._replace(cost=costs)
        if not vanishing:
            return plain
        return joined([plain, *(self._hosted_behind(place, host, hidden) for hidden in (1, 2))])

    def _hosted_behind(self, place: Place, host: Host, hidden: int) -> Options:
        """Return the hosts that end a stretch behind undefined pairs."""
        if hidden > 2:
            return NOTHING
        lead = place.lead or _USUAL_LEAD
        found = [NOTHING]
        for pair, cost in self.hosts(host, 0, place.trail) or self._traditional(host):
            trail = pair & 0xFF
            if hidden == 1:
                some = joined([self._one_hidden(lead, trail), self._wide_mark(lead, trail)])
            else:
                some = self._several_hidden(lead, trail, _NOBODY, np.zeros(1), 2)
            ending = _ending(some, pair)
            found.append(ending._replace(cost=ending.cost + cost))
        return joined(found) if place.lead else _mostly_full_stops(joined(found))


def _unmarked(options: Options, count: int) -> Options:
    """Return options whose undefined pairs vanished."""
    return options._replace(cost=options.cost + count * _VANISHED)


def _mostly_full_stops(options: Options) -> Options:
    """Return options whose first character lost its first byte, full stops before others."""
    others = options.pairs[:, 0] != pair_of("。")
    return options._replace(cost=options.cost + np.where(others, _OTHER_SIGN, 0.0))


def _ending(options: Options, pair: int) -> Options:
    """Return the options that end in a pair."""
    return Options(*(column[options.pairs[:, -1] == pair] for column in options))
