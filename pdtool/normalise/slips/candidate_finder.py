"""Finds what may stand at a position of a slipped span, given what is known of its bytes.

Mostly both bytes are known and GBK leaves one candidate. Where a mark stands for a pair of bytes that GBK
leaves undefined, thousands of pairs of characters fit; where a ghost follows, its reading leaves a few of
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.candidates import NOTHING, Candidates, ending_in, joined
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
    Pairs,
    characters_of_pairs,
    pair_of,
    undefined_pairs,
)
from pdtool.normalise.slips.language_model import UNHEARD, LanguageModel, symbols_of_pairs
from pdtool.normalise.slips.ngram_tables import grouped
from pdtool.normalise.slips.span import Ghost, PartialCharacter
from pdtool.normalise.slips.undefined_runs import (
    LONGEST_OWN,
    between_undefined_pairs,
    followers_ending_in,
    own_runs,
    undefined_across,
)
from pdtool.text.readings import readings_of

__all__ = ["CandidateFinder"]

Costs = npt.NDArray[np.float64]

_USUAL_LEAD = 0xA1
"""The first byte of 。“”、, and the one that is lost most."""
_RARE_LEAD = -5.0
"""The cost of another lost byte."""
_OTHER_SIGN = -3.0
"""The cost of another sign than a full stop having lost its first byte: none of 14 in the samples did."""
_UNUSUAL_HOST = -4.0
"""The cost of a host that carries this reading nowhere else."""
_VANISHED = 1.25
"""The cost of a pair that vanished (the model judges every character somewhat too harshly)."""
_LOST_AGAIN = -5.0
"""The cost of another byte that was lost out of step."""
_FIRSTS = 6
"""First characters that are tried in front of undefined pairs."""
_MIDDLES = 800
"""Characters that are tried between two undefined pairs."""
_PARTIAL_ROWS = 128
"""Rows of characters with undefined pairs across them that are kept before their last character."""
_WHOLE_ROWS = 32
"""Such rows that are kept with their last character."""
_OWN_HIDDEN = 3
"""Undefined pairs in a row from which on only what the text says elsewhere is tried, where pairs vanished."""
_NOBODY = np.zeros(1, dtype=np.intp)
"""What stands before a character of which nothing is known."""


def _best(scores: Costs, count: int) -> Pairs:
    """Return the indices of the best finite scores."""
    rest = len(scores) - count
    best = np.argpartition(scores, rest)[rest:] if rest > 0 else np.arange(len(scores))
    return best[np.isfinite(scores[best])]


class CandidateFinder:
    """Finds the candidates for partial characters, in the light of one text.

    Args:
        language: The model that judges.
        hosts: The pairs that carry each written reading elsewhere in the text, the usual one first.
        foreign: What each pair costs whose character the text's script does not have.
        pieces: Pieces of the text that are not suspected of damage.
        before_ascii: What it costs each pair that ASCII stands behind it; shape ``(PAIRS,)``.
    """

    def __init__(
        self,
        language: LanguageModel,
        hosts: Mapping[str, Sequence[int]],
        foreign: Costs,
        pieces: Sequence[str],
        before_ascii: Costs,
    ) -> None:
        self._language = language
        self._before_ascii = before_ascii
        self._hosts = hosts
        self._carriers = set(chain.from_iterable(hosts.values()))
        self._foreign = foreign
        middles, two = between_undefined_pairs()
        likely = np.argsort(-(language.starts(two) + foreign[middles]))[:_MIDDLES]
        self._middles = middles[likely], two[likely]
        self._known: dict[tuple[PartialCharacter, bool], Candidates] = {}
        self._runs = own_runs(pieces)

    def at(self, character: PartialCharacter, vanishing: bool, before: Pairs, hopes: Costs) -> Candidates:
        """Return the candidates for a partial character.

        Args:
            character: What is known of it.
            vanishing: Whether undefined pairs leave no mark in this text.
            before: The symbols of the characters that may stand before.
            hopes: How likely each of them is against the likeliest (natural logarithm).
        """
        key = character._replace(behind=""), vanishing
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(character, vanishing)
        count = 2 if vanishing else character.hidden
        if character.lead and character.trail and not character.ghost and 1 < count < LONGEST_OWN:
            several = self._several_hidden(character.lead, character.trail, before, hopes, count)
            return joined([found, _unmarked(several, count) if vanishing else several])
        return found

    def _find(self, character: PartialCharacter, vanishing: bool) -> Candidates:
        if character.ghost:
            return self._hosted(character, character.ghost, vanishing)
        if not character.trail:
            return self._ends(character)
        if not character.lead:
            return self._starts(character, vanishing)
        own = self._own(character, vanishing)
        if character.hidden > 1:
            return own
        if character.hidden:
            lost = self._lost(character)
            return lost if vanishing else joined([self._one_hidden(character.lead, character.trail), lost])
        plain = self._single(defined(np.array([character.lead << 8 | character.trail])))
        if not vanishing:
            return plain
        return joined([plain, _unmarked(self._one_hidden(character.lead, character.trail), 1), own])

    def _single(self, choices: tuple[Pairs, Pairs], costs: Costs | float = 0.0) -> Candidates:
        pairs, found = choices
        return Candidates(pairs[:, None], found, np.arange(len(found)), found, self._foreign[pairs] + costs)

    def _double(self, firsts: Pairs, seconds: Pairs, costs: Costs | float = 0.0) -> Candidates:
        """Return two characters, where both are defined."""
        one, two = symbols_of_pairs()[firsts], symbols_of_pairs()[seconds]
        good = (one >= 0) & (two >= 0)
        firsts, seconds, one, two = firsts[good], seconds[good], one[good], two[good]
        inner = self._language.scores(one, two) + self._foreign[firsts] + self._foreign[seconds]
        kinds, at = grouped(one)
        return Candidates(np.stack([firsts, seconds], axis=1), kinds, at, two, inner + costs)

    def _starts(self, character: PartialCharacter, vanishing: bool) -> Candidates:
        if not character.hidden:
            pairs, found = completions(character.trail)
            return self._single((pairs, found), np.where(pairs >> 8 == _USUAL_LEAD, 0.0, _RARE_LEAD))
        if character.hidden > 1:
            return NOTHING
        wide = self._wide_mark(_USUAL_LEAD, character.trail)
        if vanishing:
            return wide
        return joined([_mostly_full_stops(self._one_hidden(_USUAL_LEAD, character.trail)), wide])

    def _ends(self, character: PartialCharacter) -> Candidates:
        if character.hidden > 1:
            return NOTHING
        signs, _ = closing_signs()
        if character.hidden:
            firsts = hiding(character.lead or _USUAL_LEAD)[0]
            rows, columns = undefined_across(firsts, signs)
            return self._double(firsts[rows], signs[columns], self._before_ascii[signs[columns]])
        if not character.lead:
            # Both bytes are lost. Mostly it is the full stop before the ASCII byte of a line's end.
            return self._single(closing_signs(), self._before_ascii[signs])
        choices = second_halves(character.lead)
        return self._single(choices, self._before_ascii[choices[0]])

    def _one_hidden(self, lead: int, trail: int) -> Candidates:
        """Return two characters with an undefined pair across them."""
        firsts, one = hiding(lead)
        at, (seconds, two) = followers_ending_in(trail).behind(firsts)
        rows = np.stack([firsts.take(at), seconds], axis=1)
        inner = self._language.scores(one.take(at), two) + self._foreign[rows[:, 0]] + self._foreign[seconds]
        return Candidates(rows, one, at, two, inner)

    def _hidden_before(self, lead: int, second: int) -> Candidates:
        """Return a character and a second one that is known with an undefined pair across them."""
        leads, trails = undefined_pairs()
        leads = leads[trails == second >> 8]
        return self._double(lead << 8 | leads, np.full(len(leads), second))

    def _wide_mark(self, lead: int, trail: int) -> Candidates:
        """Return two characters with a full-width question mark across them."""
        return self._double(
            np.array([lead << 8 | FULL_WIDTH_ROW]), np.array([(ord("?") | 0x80) << 8 | trail])
        )

    def _lost(self, character: PartialCharacter) -> Candidates:
        """Return two characters with a mark across them that is no undefined pair."""
        firsts, _ = second_halves(character.lead)
        seconds = np.full(len(firsts), _USUAL_LEAD << 8 | character.trail)
        again = self._double(firsts, seconds, _LOST_AGAIN)
        return joined([self._wide_mark(character.lead, character.trail), again])

    def _several_hidden(self, lead: int, trail: int, before: Pairs, hopes: Costs, count: int) -> Candidates:
        """Return characters with undefined pairs across them, one more than there are pairs."""
        firsts, one = hiding(lead)
        links = (hopes[:, None] + self._language.scores(before[:, None], one)).max(axis=0)
        near = np.argsort(-(links + self._foreign[firsts]))[:_FIRSTS]
        found = Candidates(
            firsts[near][:, None], one[near], np.arange(len(near)), one[near], self._foreign[firsts[near]]
        )
        hopes = links[near]
        middles, two = self._middles
        for _ in range(count - 1):
            at, through = undefined_across(found.pairs[:, -1], middles)
            found, hopes = self._followed(found, hopes, at, (middles[through], two[through]), _PARTIAL_ROWS)
        ends = found.pairs[:, -1]
        known = followers_ending_in(trail, known=True)
        whole, hoped = self._followed(found, hopes, *known.behind(ends), _WHOLE_ROWS)
        # What ends in an unknown character is judged only where it may be among these.
        if len(hoped) == _WHOLE_ROWS and (hoped + whole.cost).min() > (hopes + found.cost).max() + UNHEARD:
            return whole
        return self._followed(found, hopes, *followers_ending_in(trail).behind(ends), _WHOLE_ROWS)[0]

    def _followed(
        self, found: Candidates, hopes: Costs, at: Pairs, choices: Choices, most: int
    ) -> tuple[Candidates, Costs]:
        """Follow candidates up with pairs, and return the likeliest.

        Args:
            found: The candidates.
            hopes: How likely each of them is to begin.
            at: Which of them is to be followed up, shape ``(n,)``.
            choices: What follows it: of all pairs of bytes one in seven is undefined, and only what makes an
                undefined one is judged.
            most: How many are kept.
        """
        pairs, after = choices
        costs = found.cost.take(at) + self._language.scores(found.last.take(at), after)
        costs += self._foreign.take(pairs)
        best = _best(hopes.take(at) + costs, most)
        at = at.take(best)
        rows = np.concatenate([found.pairs[at], pairs[best][:, None]], axis=1)
        return Candidates(rows, found.firsts, found.first[at], after[best], costs[best]), hopes[at]

    def _own(self, character: PartialCharacter, vanishing: bool) -> Candidates:
        """Return what the text says elsewhere that has many undefined pairs across it."""
        found = [NOTHING]
        for row in self._runs.get((character.lead, character.trail), ()):
            count = len(row) - 1
            if count >= _OWN_HIDDEN if vanishing else count == character.hidden > 2:
                known = symbols_of_pairs()[row]
                cost = self._language.scores(known[:-1], known[1:]).sum() + self._foreign[row].sum()
                some = Candidates(row[None], known[:1], _NOBODY, known[-1:], np.array([cost]))
                found.append(_unmarked(some, count) if vanishing else some)
        return joined(found)

    def hosts(self, ghost: Ghost, lead: int, trail: int = 0) -> list[tuple[int, float]]:
        """Return the pairs that a reading may belong to, with their costs.

        Args:
            ghost: The ghost behind the character.
            lead: Its first byte; 0 if it is lost.
            trail: Its second byte; 0 if it is lost.
        """
        usual = self._fitting(self._hosts.get(ghost.written, ()), lead, trail)
        if usual:
            return [(pair, 0.0) for pair in usual]
        by_reading = read_by_trail(trail) if trail else read_by(lead) if 0x81 <= lead < 0xFF else {}
        some = self._fitting(by_reading.get(ghost.reading, ()), lead, trail)
        cost = 0.0 if lead and trail and some else _UNUSUAL_HOST
        if lead and trail and not some:
            # It is that character whatever its readings: sites write wrong ones too.
            some = defined(np.array([lead << 8 | trail]))[0].tolist()
        return [(pair, cost + float(self._foreign[pair])) for pair in some]

    def _traditional(self, ghost: Ghost) -> list[tuple[int, float]]:
        """Return the characters that the site may have written a reading behind, with their costs."""
        if not self._carriers:
            return []
        some = [pair for pair in read_in_traditional(ghost.reading) if pair not in self._carriers]
        return [(pair, _UNUSUAL_HOST + float(self._foreign[pair])) for pair in some]

    def carries(self, pair: int, ghost: Ghost) -> bool:
        """Return whether a character has a reading, or carries it elsewhere in the text."""
        if pair in self._hosts.get(ghost.written, ()):
            return True
        return ghost.reading in readings_of(characters_of_pairs()[pair])

    @staticmethod
    def _fitting(pairs: Sequence[int], lead: int, trail: int) -> list[int]:
        """Return the pairs that have the bytes that are known of them."""
        return [pair for pair in pairs if lead in (0, pair >> 8) and trail in (0, pair & 0xFF)]

    def _hosted(self, character: PartialCharacter, ghost: Ghost, vanishing: bool) -> Candidates:
        """Return the hosts that end a span, perhaps with an undefined pair before them."""
        if character.hidden:
            return self._hosted_behind(character, ghost, character.hidden)
        found = self.hosts(ghost, character.lead, character.trail)
        if not character.lead and character.trail:
            # Nothing but a letter and a reading: a note of how a letter is read, but for a usual host.
            found = [(pair, _RARE_LEAD) for pair, cost in found if not cost]
        pairs = np.array([pair for pair, _ in found], dtype=np.intp)
        costs = np.array([cost for _, cost in found], dtype=np.float64)
        plain = self._single((pairs, symbols_of_pairs()[pairs]))._replace(cost=costs)
        if not vanishing:
            return plain
        return joined([plain, *(self._hosted_behind(character, ghost, hidden) for hidden in (1, 2))])

    def _hosted_behind(self, character: PartialCharacter, ghost: Ghost, hidden: int) -> Candidates:
        """Return the hosts that end a span behind undefined pairs."""
        if hidden > 2:
            return NOTHING
        lead = character.lead or _USUAL_LEAD
        found = [NOTHING]
        for pair, cost in self.hosts(ghost, 0, character.trail) or self._traditional(ghost):
            trail = pair & 0xFF
            if hidden == 1:
                some = joined([self._hidden_before(lead, pair), self._wide_mark(lead, trail)])
            else:
                some = self._several_hidden(lead, trail, _NOBODY, np.zeros(1), 2)
            ending = ending_in(some, pair)
            found.append(ending._replace(cost=ending.cost + cost))
        return joined(found) if character.lead else _mostly_full_stops(joined(found))


def _unmarked(candidates: Candidates, count: int) -> Candidates:
    """Return candidates whose undefined pairs vanished."""
    return candidates._replace(cost=candidates.cost + count * _VANISHED)


def _mostly_full_stops(candidates: Candidates) -> Candidates:
    """Return candidates whose first character lost its first byte, full stops before others."""
    others = candidates.pairs[:, 0] != pair_of("。")
    return candidates._replace(cost=candidates.cost + np.where(others, _OTHER_SIGN, 0.0))
