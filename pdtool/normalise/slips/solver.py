"""Fills in the unsure characters of a slipped span.

Of most characters both bytes are known. The others are settled group by group: unsure characters that stand
close to one another depend on each other and are read together (:mod:`pdtool.normalise.slips.beam`), those
that stand apart are told by their neighbours alone. What remains ambiguous is shown as a hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.beam import (
    CONTEXT,
    RERANKED,
    Beam,
    emptied,
    ends_alike,
    extended,
    fresh_beam,
    largest,
    padding_in_front,
)
from pdtool.normalise.slips.bracket_costs import closing_costs, open_signs
from pdtool.normalise.slips.candidate_finder import CandidateFinder
from pdtool.normalise.slips.gbk import Pairs, characters_of_pairs
from pdtool.normalise.slips.language_model import LanguageModel, symbols, symbols_of_pairs
from pdtool.normalise.slips.marks import HOLE
from pdtool.normalise.slips.span import PartialCharacter

__all__ = ["BegunReadings", "SettledCache", "SettledText", "Solver"]

Costs = npt.NDArray[np.float64]

_TRUSTED = 0.4
"""How probable a character must be not to be shown as a hole. On laws, news and articles that were damaged as
sites do it, each wrong character that 0.4 shows beyond those of 0.55 comes with five right ones; lower, with
two."""
_TRUSTED_OF_OWN = 0.3
"""How probable it must be where it makes a pair with its neighbour that the text says more than once."""
_MOST_UNSURE = 64
"""More unsure characters in a row are not read: nothing would be known of them but each other. In damaged
texts there are at most 16."""
_POOR = -13.0
"""A character that is less likely (natural logarithm) than this between its neighbours may hide undefined
pairs."""
_TYPICAL = -4.0
"""What a character is taken to cost beside a neighbour that is not known yet."""
_HOLE_PAIR = -1
"""Stands in a row of pairs for one that cannot be told."""


class SettledText(NamedTuple):
    """What some characters of a span are.

    Args:
        shown: The text with holes.
        said: The likeliest text without holes.
        cost: What it costs beyond language (natural logarithm).
    """

    shown: str
    said: str
    cost: float


SettledCache = dict[tuple[object, ...], Sequence[SettledText]]
"""What unsure characters were settled as, by all that decides it."""
BegunReadings = dict[tuple[tuple[int, ...], tuple[PartialCharacter, ...]], Beam]
"""Partial readings of unsure characters, by the symbols before them and what is known of them."""


class Solver:
    """Fills in the unsure characters of one span.

    Args:
        language: The model that judges.
        finder: Finds the candidates for each character.
        foreign: What each pair costs whose character the text's script does not have; shape ``(PAIRS,)``.
        vanishing: Whether undefined pairs leave no mark in this text.
        phrase_ends: The symbols that phrases before the span end in; see :meth:`LanguageModel.stand_behind`.
        cache: What was settled before in this text; it is added to.
        begun: The partial readings of what other spans behind the same mark begin with; they are added to.
    """

    def __init__(
        self,
        language: LanguageModel,
        finder: CandidateFinder,
        foreign: Costs,
        vanishing: bool,
        phrase_ends: tuple[int, ...],
        cache: SettledCache,
        begun: BegunReadings,
    ) -> None:
        self._language, self._finder, self._foreign = language, finder, foreign
        self._vanishing = vanishing
        self._phrase_ends, self._cache, self._begun = phrase_ends, cache, begun
        self._pieces: list[SettledText] = []
        self._open: tuple[str, ...] = ()

    @property
    def result(self) -> SettledText:
        """What the span said."""
        shown, said, costs = zip(*self._pieces, strict=True)
        return SettledText("".join(shown), "".join(said), sum(costs))

    def solve(self, characters: Sequence[PartialCharacter], line: str, before: str, ahead: str) -> bool:
        """Fill in characters; return whether they can be read.

        Args:
            characters: What is known of each.
            line: The text's line up to the span.
            before: The end of that without ghosts.
            ahead: The text behind the span.
        """
        context = symbols(before)
        known = np.array(
            [one.lead << 8 | one.trail if self._is_whole(one) else 0 for one in characters], dtype=np.intp
        )
        found = np.where(known > 0, symbols_of_pairs()[known], -1)
        unsure = self._unsure(found, context, symbols(ahead))
        done = 0
        for first, last in _groups(unsure):
            if last - first > _MOST_UNSURE:
                return False
            self._take(known[done:first])
            context = np.append(context, found[done:first])[-CONTEXT:]
            stop = min(last + CONTEXT, len(characters))
            behind = found[last:stop]
            if stop == len(characters):
                behind = np.append(behind, symbols(ahead))[:CONTEXT]
            self._open = open_signs(line + "".join(piece.said for piece in self._pieces))
            settled = self._settled(tuple(characters[first:last]), context, behind)
            if not settled:
                return False
            self._pieces += settled
            said = "".join(piece.said for piece in settled)
            context = np.append(context, symbols(said))[-CONTEXT:]
            done = last
        self._take(known[done:])
        return True

    def _is_whole(self, one: PartialCharacter) -> bool:
        """Return whether both bytes of a single character are known, and its ghost, if any, fits it."""
        whole = one.lead and one.trail and not one.hidden and not one.behind
        return bool(whole) and (not one.ghost or self._finder.carries(one.lead << 8 | one.trail, one.ghost))

    def _unsure(self, found: Pairs, context: Pairs, ahead: Pairs) -> npt.NDArray[np.bool_]:
        """Return which characters are unsure: unknown ones, and ones that may hide undefined pairs."""
        unsure: npt.NDArray[np.bool_] = found < 0
        if self._vanishing:
            unsure = unsure | (self._links(found, context, ahead) < _POOR)
        return unsure

    def _links(self, found: Pairs, context: Pairs, ahead: Pairs) -> Costs:
        """Return how well each character goes with both its neighbours."""
        row = np.concatenate([context[-1:] if len(context) else [0], found, ahead[:1] if len(ahead) else [0]])
        known = np.maximum(row, 0)
        scores = self._language.scores(known[:-1], known[1:])
        scores = np.where(row[:-1] < 0, self._language.starts(known[1:]), scores)
        scores[row[1:] < 0] = _TYPICAL
        links: Costs = scores[:-1] + scores[1:]
        return links

    def _take(self, pairs: Pairs) -> None:
        """Take characters as they are known."""
        table = characters_of_pairs()
        text = "".join([table[pair] for pair in pairs.tolist()])
        self._pieces.append(SettledText(text, text, float(self._foreign[pairs].sum())))

    def _settled(
        self, characters: tuple[PartialCharacter, ...], context: Pairs, behind: Pairs
    ) -> Sequence[SettledText]:
        """Return what unsure characters are, given their neighbours; nothing if they cannot be read."""
        sides = tuple(context.tolist()), tuple(behind.tolist())
        key = characters, self._vanishing, self._phrase_ends, self._open, *sides
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = tuple(self._pieces_of(characters, context, behind))
        return found

    def _pieces_of(
        self, characters: Sequence[PartialCharacter], context: Pairs, behind: Pairs
    ) -> Iterator[SettledText]:
        """Settle a piece whenever all partial readings end alike, and the rest at the end."""
        beam, first = fresh_beam(context), 0
        for index in range(len(characters)):
            last = index + 1 == len(characters)
            if last:
                beam = self._extended(beam, characters[index], behind)
            else:
                begun = tuple(context.tolist()), tuple(characters[first : index + 1])
                if begun not in self._begun:
                    self._begun[begun] = self._extended(beam, characters[index], None)
                beam = self._begun[begun]
            if not len(beam.score):
                return
            if last or ends_alike(beam):
                piece = self._chosen(
                    beam, context, behind if last else behind[:0], characters[first : index + 1]
                )
                yield piece
                context = np.append(context, symbols(piece.said))[-CONTEXT:]
                beam, first = fresh_beam(context), index + 1

    def _extended(self, beam: Beam, known: PartialCharacter, behind: Pairs | None) -> Beam:
        """Follow partial readings up with what may be the next character; none is left if nothing may."""
        lasts, at, of = _kinds(beam.last)
        candidates = self._finder.at(known, self._vanishing, lasts, beam.hope[at] - beam.hope[0])
        if not len(candidates.cost):
            return emptied(beam)
        return extended(self._language, beam, lasts, of, candidates, behind)

    def _chosen(
        self, beam: Beam, context: Pairs, behind: Pairs, characters: Sequence[PartialCharacter]
    ) -> SettledText:
        """Choose among the readings by whole words."""
        score = beam.score
        if len(behind):
            score = score + self._language.scores(beam.last, behind[0])
        order = largest(score, RERANKED)
        rows = beam.rows[order]
        closing = closing_costs(rows, self._open)
        whole = _with_sides(rows, context, behind)
        links = self._language.links(whole)
        total = score[order] + self._gained_by_words(whole, links) + closing
        first = int(total.argmax())
        best = rows[first]
        behind_it = "".join(one.behind for one in characters)
        # What was beyond language in the score is what is left without the links.
        end = links.shape[1] - len(behind)
        linked = links[first, end - int((best != 0).sum()) + (not len(context)) : end].sum()
        cost = float(beam.score[order[first]] + closing[first]) - float(linked)
        sure = self._is_sure(best, rows, total, context, behind) | (best <= 0)
        shown = _text(np.where(sure, best, _HOLE_PAIR))
        return SettledText(shown + behind_it, _text(best), cost)

    def _gained_by_words(self, whole: Pairs, links: Costs) -> Costs:
        """Return how much likelier rows of symbols are as words than as characters behind one another.

        Args:
            whole: Readings between what stands on either side, filled up in front by -1.
            links: What :meth:`LanguageModel.links` says of them.
        """
        plain = np.where(whole[:, :-1] >= 0, links, 0.0).sum(axis=1)
        gained: Costs = self._language.rank(whole, links=links) - plain
        return gained

    def _is_sure(
        self, best: Pairs, rows: Pairs, total: Costs, context: Pairs, behind: Pairs
    ) -> npt.NDArray[np.bool_]:
        """Return which pairs of the best reading are to be shown."""
        is_pair = best != 0
        said = symbols_of_pairs()[np.maximum(best[is_pair], 0)]
        row = np.concatenate([context[-1:], said, behind[:1]])
        start = len(context[-1:])
        own = self._language.repeats(np.maximum(row, 0))[start : start + len(said)]
        least = np.zeros(len(best))
        least[is_pair] = np.where(own, _TRUSTED_OF_OWN, _TRUSTED)
        sure: npt.NDArray[np.bool_] = _trust(best, rows, total) >= least
        return sure


def _with_sides(rows: Pairs, context: Pairs, behind: Pairs) -> Pairs:
    """Return the symbols of rows of pairs, with those on either side, filled up in front by -1."""
    first, end = len(context), len(context) + rows.shape[1]
    whole = np.empty((len(rows), end + len(behind)), dtype=np.intp)
    whole[:, :first], whole[:, first:end], whole[:, end:] = context, symbols_of_pairs()[rows], behind
    real = np.ones(whole.shape, dtype=bool)
    real[:, first:end] = rows > 0
    return padding_in_front(whole, real)


def _trust(best: Pairs, rows: Pairs, total: Costs) -> Costs:
    """Return how probable each pair of a reading is, given all readings of the same characters.

    Args:
        best: The reading, filled up in front by 0.
        rows: All readings likewise, that one among them.
        total: The logarithm of the probability of each.
    """
    weight = np.exp(total - total.max())
    width = int((best != 0).sum())
    own = best[len(best) - width :]
    # Readings differ in length: a pair is the same if it is so from the left or from the right.
    right = rows[:, len(best) - width :] == own
    left = _padding_behind(rows)[:, :width] == own
    known = (weight[:, None] * (left | right)).sum(axis=0) / weight.sum()
    return np.concatenate([np.ones(len(best) - width), known])


def _kinds(symbols: Pairs) -> tuple[Pairs, Pairs, Pairs]:
    """Return the distinct ones of a few symbols, where each stands first, and which of them each is."""
    number: dict[int, int] = {}
    of = [number.setdefault(symbol, len(number)) for symbol in symbols.tolist()]
    at = [of.index(kind) for kind in range(len(number))]
    return symbols[at], np.array(at), np.array(of)


def _padding_behind(rows: Pairs) -> Pairs:
    """Return the pairs of each row, filled up behind by 0."""
    real = rows != 0
    result = np.zeros_like(rows)
    result[np.arange(rows.shape[1]) < real.sum(axis=1)[:, None]] = rows[real]
    return result


def _text(row: Pairs) -> str:
    """Return the text of a row of pairs, with holes for those that cannot be told."""
    table = characters_of_pairs()
    return "".join(table[pair] if pair > 0 else HOLE for pair in row.tolist() if pair)


def _groups(unsure: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first index of each group of unsure characters close to one another, and that behind it."""
    groups: list[tuple[int, int]] = []
    for index in np.flatnonzero(unsure).tolist():
        if groups and index - groups[-1][1] < CONTEXT - 1:
            groups[-1] = groups[-1][0], index + 1
        else:
            groups.append((index, index + 1))
    return groups
