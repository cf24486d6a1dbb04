"""What a slipped stretch of text said.

A decoder that meets half a character loses step: it pairs the second byte of each character with the first
byte of the next, until an ASCII byte or a byte it cannot pair brings it back. The characters that it paired
falsely are known then, one by one, but for those where a mark stands for bytes it could not pair, and those
where it left such bytes out. A language model fills these in; where they stand apart, each is settled by its
neighbours alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pdtool.normalise.slips.candidates import Options, Supplier
from pdtool.normalise.slips.gbk import Pairs, characters, pair_of
from pdtool.normalise.slips.language_model import BEGUN, Language, symbols, symbols_of_pairs
from pdtool.normalise.slips.line import Line
from pdtool.normalise.slips.marks import GHOST, GHOST_BEFORE, HOLE, LOSSES, TORN_GHOST
from pdtool.normalise.slips.span import Place, Stretch, host_at, stretches

__all__ = ["Reader", "Restored"]

Costs = npt.NDArray[np.float64]

_LIKELY, _LOOKED_OVER, _BEAM, _RERANKED = 100, 64, 32, 48
"""The options that partial readings are followed up with, how many readings come of that, how many of them
are followed up again, and how many whole readings are compared."""
_ALIKE = 3
"""Partial readings that end in the same characters and are followed up: what comes cannot tell them apart."""
_DEPTH = 10.0
"""How far below the best partial reading (natural logarithm) one may lie and still win."""
_TRUSTED, _TRUSTED_OF_OWN = 0.55, 0.3
"""How probable a character must be not to show a hole, and where it makes a pair with its neighbour that the
text says more than once. Set on damaged texts of the tests' library of other seeds than the benchmark's."""
_CONTEXT = 3
"""Characters on either side of an unsure place that tell what it holds."""
_POOR, _TYPICAL = -13.0, -4.0
"""A character less likely than the first between its neighbours may hide undefined pairs. The second stands
for a neighbour that is not known yet."""
_LONGEST = 1000
"""Characters of output after which a stretch that has not come back into step is given up."""
_RECENT = 40
"""Characters before a place that tell what is spoken of there."""
_NEAR, _LOOKED_AT = 120, 12
"""What is said is known of equal texts from before a mark to so far behind it, if no stretch ends nearer to
the end of that than the second."""
_LOST_BYTE, _UNMARKED, _WHOLE_HOST = -5.0, -3.0, -8.0
"""The costs of a lost byte, of no mark for it, and of a character with a reading that lost both bytes."""


_CLOSES, _CLOSES_NOTHING = 3.0, -4.0
"""How much likelier (natural logarithm) a closing sign is where one is open, and where none is."""
_DOUBLED = -8.0
"""The cost of a sign that stands behind the same sign already."""
_BRACKETS = tuple((opening, closing) for opening, closing in ("“”", "《》", "‘’", "（）"))
_SIGNS = frozenset("。，、；：")

_HOLE = -1
"""Stands for a pair that cannot be told."""


class Restored(NamedTuple):
    """The outcome of a search.

    Args:
        end: Offset in the output at which the text is in step again.
        text: What the stretch said, with holes; empty if nothing was found.
        score: The logarithm of its probability against that of the output as it stands.
        mean: What each of its characters costs.
        hidden: How many of its characters stand where undefined pairs may have been.
    """

    end: int
    text: str
    score: float
    mean: float
    hidden: int


class _Candidate(NamedTuple):
    """What one stretch may have said: with holes, without, and what it costs beyond language."""

    stretch: Stretch
    shown: str
    said: str
    cost: float


class _Settled(NamedTuple):
    """What unsure places hold: with holes, without, and what it costs beyond language."""

    shown: str
    said: str
    cost: float


class _Beam(NamedTuple):
    """Partial readings since the text was last settled, best first.

    Args:
        rows: Their pairs, filled up in front by 0.
        last: The symbol of the last character of each.
        score: What each costs, every character behind the one before.
        ends: The last symbols of each, with those before the piece.
        words: What their likeliest words cost; see :meth:`Language.advance`. Not known before it is needed.
        gained: What the score changes by where characters stand behind two others.
        hope: How likely each is in the end.
    """

    rows: Pairs
    last: Pairs
    score: Costs
    ends: Pairs
    words: Costs | None
    gained: Costs
    hope: Costs


class Reader:
    """Reads the slipped stretches of one text.

    Args:
        text: The decoder's output.
        language: The model that judges.
        hosts: The pairs that carry each written reading elsewhere in the text, the usual one first.
        foreign: What each pair costs whose character the text's script does not have; shape ``(PAIRS,)``.
        pieces: Pieces of the text that are not suspected of damage.
    """

    def __init__(
        self,
        text: str,
        language: Language,
        hosts: Mapping[str, Sequence[int]],
        foreign: Costs,
        pieces: Sequence[str],
    ) -> None:
        self._text = text
        self._language = language
        self._foreign = foreign
        self._supplier = Supplier(language, hosts, foreign, pieces)
        self._line = Line(text, 0, 0, language)
        self._ends: tuple[int, ...] = ()
        self._read: dict[tuple[str, int, bool], tuple[int, Restored | None]] = {}
        self._far: dict[tuple[int, bool], tuple[int, Restored | None]] = {}
        self._settled: dict[tuple[object, ...], Sequence[_Settled]] = {}

    def read(self, start: int, vanishing: bool) -> Restored | None:
        """Search for the text behind the output from ``start``, which holds a mark of a loss.

        Args:
            start: Offset of a mark that stands behind a character in step.
            vanishing: Whether undefined pairs leave no mark in this text.
        """
        near = self._text[max(0, start - _RECENT) : start + _NEAR], min(start, _RECENT), vanishing
        known = self._read.get(near) or self._far.get((start, vanishing))
        if known is None:
            farthest, restored = self._search(start, vanishing)
            known = farthest - start, restored and restored._replace(end=restored.end - start)
            if known[0] + _LOOKED_AT <= _NEAR:
                self._read[near] = known
            else:
                self._far[start, vanishing] = known
        _, found = known
        return found and found._replace(end=found.end + start)

    def _search(self, start: int, vanishing: bool) -> tuple[int, Restored | None]:
        """Return how far the search had to look, and what it found."""
        line = self._line_at(start)
        before = GHOST.sub("", self._text[max(0, start - _RECENT) : start])
        self._ends = self._language.stand_behind(before)
        found = [
            candidate
            for stretch, cost in self._stretches(start, line)
            if (candidate := self._solved(stretch, cost, before, vanishing))
        ]
        farthest = max((some.stretch.end for some in found), default=line.end)
        return farthest, self._best(found, before) if found else None

    def _stretches(self, start: int, line: Line) -> Iterator[tuple[Stretch, float]]:
        """Yield the stretches that may start at a mark, with what their start costs."""
        torn = host_at(self._text, start)
        if torn:
            yield Stretch(start, torn[1], (Place(0, 0, 0, torn[0]),), 0.0), _WHOLE_HOST
        for waiting, cost in self._waiting(start):
            for stretch in stretches(self._text, line, start, [waiting]):
                yield stretch, cost

    def _line_at(self, start: int) -> Line:
        """Return the line of a mark, from before the mark on."""
        line = self._line
        if not line.start <= start < line.end or not (line.ends or start + _LONGEST < line.end):
            end = self._text.find("\n", start, start + 2 * _LONGEST)
            end = end if end >= 0 else min(len(self._text), start + 2 * _LONGEST)
            self._line = Line(self._text, max(0, start - 1), end, self._language)
        return self._line

    def _waiting(self, start: int) -> list[tuple[int, float]]:
        torn = host_at(self._text, start)
        if not torn:
            return [(0, _LOST_BYTE if self._text[start] in LOSSES else _LOST_BYTE + _UNMARKED)]
        ghost = GHOST_BEFORE.search(self._text, max(0, start - _RECENT), start)
        behind = ghost.start() if ghost else start
        lead = pair_of(self._text[behind - 1]) & 0xFF if behind else 0
        return [(pair & 0xFF, cost) for pair, cost in self._supplier.hosts(torn[0], lead)]

    def _best(self, found: Sequence[_Candidate], before: str) -> Restored:
        """Choose among candidates that may end at different places."""
        start, end = found[0].stretch.start, max(candidate.stretch.end for candidate in found)
        behind = self._text[end : end + 2]

        def score(said: str, stop: int) -> float:
            rest = TORN_GHOST.sub("", GHOST.sub("", self._text[stop:end])) if said else self._text[stop:end]
            return self._language.of(before[-2:] + said + rest + behind)

        ranked = [
            score(some.said, some.stretch.end) + some.cost + _DOUBLED * _doubles_a_sign(before, some.said)
            for some in found
        ]
        best = max(range(len(found)), key=ranked.__getitem__)
        stretch, shown, said, _ = found[best]
        whole = GHOST.sub("", said)
        mean = (self._language.of(before[-2:] + whole) - self._language.of(before[-2:])) / max(len(whole), 1)
        hidden = len(said) - len(stretch.places)
        return Restored(stretch.end, shown, ranked[best] - score("", start), mean, hidden)

    def _solved(self, stretch: Stretch, cost: float, before: str, vanishing: bool) -> _Candidate | None:
        solver = _Solver(self._language, self._supplier, self._foreign, vanishing, self._ends, self._settled)
        ahead = self._text[stretch.end : stretch.end + _CONTEXT]
        line = self._text[max(0, stretch.start - _LONGEST) : stretch.start]
        if not solver.solve(stretch.places, line[line.rfind("\n") + 1 :], before[-2:], ahead):
            return None
        shown, said, beyond = solver.result
        return _Candidate(stretch, shown, said, beyond + stretch.cost + cost)


class _Solver:
    """Fills in the unsure places of a stretch."""

    def __init__(
        self,
        language: Language,
        supplier: Supplier,
        foreign: Costs,
        vanishing: bool,
        ends: tuple[int, ...],
        settled: dict[tuple[object, ...], Sequence[_Settled]],
    ) -> None:
        self._language, self._supplier, self._foreign = language, supplier, foreign
        self._vanishing = vanishing
        self._ends, self._known = ends, settled
        self._pieces: list[_Settled] = []
        self._open: tuple[str, ...] = ()

    @property
    def result(self) -> _Settled:
        """What the stretch said."""
        shown, said, costs = zip(*self._pieces, strict=True)
        return _Settled("".join(shown), "".join(said), sum(costs))

    def solve(self, places: Sequence[Place], line: str, before: str, ahead: str) -> bool:
        """Fill in places; return whether they can be read.

        Args:
            places: What is known of each.
            line: The text's line up to the stretch.
            before: Its end without ghosts.
            ahead: The text behind the stretch.
        """
        context = symbols(before)
        known = np.array(
            [place.lead << 8 | place.trail if self._is_plain(place) else 0 for place in places], dtype=np.intp
        )
        found = np.where(known > 0, symbols_of_pairs()[known], -1)
        unsure = self._unsure(found, context, symbols(ahead))
        place = 0
        for first, last in _groups(unsure):
            self._take(known[place:first])
            context = np.append(context, found[place:first])[-_CONTEXT:]
            stop = min(last + _CONTEXT, len(places))
            behind = found[last:stop]
            if stop == len(places):
                behind = np.append(behind, symbols(ahead))[:_CONTEXT]
            self._open = _open_signs(line + "".join(piece.said for piece in self._pieces))
            settled = self._settled(tuple(places[first:last]), context, behind)
            if not settled:
                return False
            self._pieces += settled
            said = "".join(piece.said for piece in settled)
            context = np.append(context, symbols(said))[-_CONTEXT:]
            place = last
        self._take(known[place:])
        return True

    def _is_plain(self, place: Place) -> bool:
        whole = place.lead and place.trail and not place.hidden and not place.behind
        return bool(whole) and (
            not place.host or self._supplier.carries(place.lead << 8 | place.trail, place.host)
        )

    def _unsure(self, found: Pairs, context: Pairs, ahead: Pairs) -> npt.NDArray[np.bool_]:
        unsure: npt.NDArray[np.bool_] = found < 0
        if self._vanishing:
            unsure = unsure | (self._links(found, context, ahead) < _POOR)
        return unsure

    def _links(self, found: Pairs, context: Pairs, ahead: Pairs) -> Costs:
        """Return how well each place goes with both its neighbours."""
        row = np.concatenate([context[-1:] if len(context) else [0], found, ahead[:1] if len(ahead) else [0]])
        known = np.maximum(row, 0)
        scores = self._language.scores(known[:-1], known[1:])
        scores = np.where(row[:-1] < 0, self._language.starts(known[1:]), scores)
        scores[row[1:] < 0] = _TYPICAL
        links: Costs = scores[:-1] + scores[1:]
        return links

    def _take(self, pairs: Pairs) -> None:
        table = characters()
        text = "".join([table[pair] for pair in pairs.tolist()])
        self._pieces.append(_Settled(text, text, float(self._foreign[pairs].sum())))

    def _extended(self, beam: _Beam, options: Options, behind: Pairs | None) -> _Beam:
        """Follow every partial reading up with the likeliest options.

        Args:
            beam: The partial readings.
            options: What the next place may hold.
            behind: What is known behind it, if it is the last one.
        """
        lasts, of = np.unique(beam.last, return_inverse=True)
        firsts, at = np.unique(options.first, return_inverse=True)
        links = self._language.scores(lasts[:, None], firsts)
        cost = options.cost
        if behind is not None and len(behind):
            cost = cost + self._language.scores(options.last, behind[0])
        likely = _largest(links.max(axis=0)[at] + cost, _LIKELY)
        hopes = beam.hope[:, None] + links[of][:, at[likely]] + cost[likely]
        best = _largest(hopes.ravel(), _LOOKED_OVER if behind is None else _RERANKED)
        rows, columns = np.unravel_index(best, hopes.shape)
        chosen = likely[columns]
        pairs = np.concatenate([beam.rows[rows], options.pairs[chosen]], axis=1)
        score = beam.score[rows] + links[of[rows], at[chosen]] + options.cost[chosen]
        if behind is not None:
            return beam._replace(rows=pairs, last=options.last[chosen], score=score)
        return self._judged(beam, rows, options.pairs[chosen], pairs, options.last[chosen], score)

    def _judged(self, beam: _Beam, rows: Pairs, new: Pairs, pairs: Pairs, last: Pairs, score: Costs) -> _Beam:
        """Judge partial readings by their words, and keep the best of those that end differently."""
        words = self._words(beam.ends) if beam.words is None else beam.words
        found = np.where(new > 0, symbols_of_pairs()[new], -1)
        ends = _pushed(np.concatenate([beam.ends[rows], found], axis=1))
        gained, words = self._language.advance(ends, (new > 0).sum(axis=1), words[rows])
        gained += beam.gained[rows]
        hope = score + gained + words[:, -1]
        kept = _kept(ends, hope)
        return _Beam(
            pairs[kept],
            last[kept],
            score[kept],
            ends[kept, -_CONTEXT - 1 :],
            words[kept],
            gained[kept],
            hope[kept],
        )

    def _words(self, ends: Pairs) -> Costs:
        """Return the likeliest words of what stands before a piece."""
        count = (ends >= 0).sum(axis=1)
        begun = np.array([BEGUN])
        return self._language.advance(ends, count, begun)[1] if count[0] else begun

    def _settled(self, places: tuple[Place, ...], context: Pairs, behind: Pairs) -> Sequence[_Settled]:
        """Return what unsure places hold, given their neighbours; nothing if they cannot be read."""
        key = places, self._vanishing, self._ends, self._open, tuple(context.tolist()), tuple(behind.tolist())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._pieces_of(places, context, behind))
        return found

    def _pieces_of(self, places: Sequence[Place], context: Pairs, behind: Pairs) -> Iterator[_Settled]:
        """Settle a piece whenever all partial readings end alike, and the rest at the end."""
        beam, first = _fresh(context), 0
        for place, known in enumerate(places):
            before, at = np.unique(beam.last, return_index=True)
            options = self._supplier.at(known, self._vanishing, before, beam.hope[at] - beam.hope[0])
            if not len(options.cost):
                return
            last = place + 1 == len(places)
            beam = self._extended(beam, options, behind if last else None)
            if last or _ends_alike(beam):
                piece = self._chosen(beam, context, behind if last else behind[:0], places[first : place + 1])
                yield piece
                context = np.append(context, symbols(piece.said))[-_CONTEXT:]
                beam, first = _fresh(context), place + 1

    def _chosen(self, beam: _Beam, context: Pairs, behind: Pairs, places: Sequence[Place]) -> _Settled:
        """Choose among the readings by whole words."""
        score = beam.score
        if len(behind):
            score = score + self._language.scores(beam.last, behind[0])
        order = _largest(score, _RERANKED)
        rows = beam.rows[order]
        found = np.where(rows > 0, symbols_of_pairs()[rows], -1)
        sides = [np.broadcast_to(side, (len(rows), len(side))) for side in (context, behind)]
        whole = _pushed(np.concatenate([sides[0], found, sides[1]], axis=1))
        pairs = self._language.scores(np.maximum(whole[:, :-1], 0), np.maximum(whole[:, 1:], 0))
        plain = np.where(whole[:, :-1] >= 0, pairs, 0.0).sum(axis=1)
        closing = _closing_costs(rows, self._open)
        total = score[order] + self._language.rank(whole) - plain + closing
        ranked = _largest(total, len(total))
        best = rows[ranked[0]]
        behind_it = "".join(place.behind for place in places)
        cost = float(beam.score[order[ranked[0]]] + closing[ranked[0]]) - self._linked(context, best)
        shown = _text(np.where(self._is_sure(best, rows, total, context, behind) | (best <= 0), best, _HOLE))
        return _Settled(shown + behind_it, _text(best), cost)

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

    def _linked(self, context: Pairs, row: Pairs) -> float:
        found = np.append(context[-1:], symbols_of_pairs()[row[row > 0]])
        return float(self._language.scores(found[:-1], found[1:]).sum())


def _trust(best: Pairs, rows: Pairs, total: Costs) -> Costs:
    """Return how probable each pair of a reading is, given all readings of its places.

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
    left = np.take_along_axis(rows, np.argsort(rows == 0, axis=1, kind="stable"), axis=1)[:, :width] == own
    known = (weight[:, None] * (left | right)).sum(axis=0) / weight.sum()
    return np.concatenate([np.ones(len(best) - width), known])


def _kept(ends: Pairs, hope: Costs) -> Pairs:
    """Return the best readings, the best first, and of those that end alike a few."""
    order = _largest(hope, len(hope))
    order = order[hope[order] > hope[order[0]] - _DEPTH]
    seen: Counter[tuple[int, ...]] = Counter()
    kept: list[int] = []
    for place, end in zip(order.tolist(), map(tuple, ends[order, -_CONTEXT:].tolist()), strict=True):
        if seen[end] < _ALIKE and len(kept) < _BEAM:
            seen[end] += 1
            kept.append(place)
    return np.array(kept, dtype=np.intp)


def _doubles_a_sign(before: str, said: str) -> bool:
    return said[:1] in _SIGNS and before[-1:] == said[0]


def _open_signs(line: str) -> tuple[str, ...]:
    """Return the signs that close what is open at the end of a line."""
    return tuple(closing for opening, closing in _BRACKETS if line.rfind(opening) > line.rfind(closing))


def _closing_costs(rows: Pairs, open_signs: tuple[str, ...]) -> Costs:
    """Return what it costs each row to close what is not open, or to open what is."""
    costs = np.zeros(len(rows))
    for opening, closing in _BRACKETS:
        opens, closes = ((rows == pair_of(sign)).any(axis=1) for sign in (opening, closing))
        if closing in open_signs:
            costs[closes] += _CLOSES
            costs[opens & ~closes] += _CLOSES_NOTHING
        else:
            costs[closes & ~opens] += _CLOSES_NOTHING
    return costs


def _largest(values: Costs, count: int) -> Pairs:
    """Return the places of the largest values, the largest first."""
    if (rest := len(values) - count) > 0:
        some = np.argpartition(values, rest)[rest:]
        return some[np.argsort(-values[some], kind="stable")]
    order: Pairs = np.argsort(-values, kind="stable")
    return order


def _text(row: Pairs) -> str:
    table = characters()
    return "".join(table[pair] if pair > 0 else HOLE for pair in row.tolist() if pair)


def _fresh(context: Pairs) -> _Beam:
    last = context[-1:] if len(context) else np.zeros(1, dtype=np.intp)
    ends = np.full((1, _CONTEXT + 1), -1, dtype=np.intp)
    ends[0, _CONTEXT + 1 - len(context) :] = context
    return _Beam(np.zeros((1, 0), dtype=np.intp), last, np.zeros(1), ends, None, np.zeros(1), np.zeros(1))


def _ends_alike(beam: _Beam) -> bool:
    """Whether all partial readings that have a chance end in the same characters."""
    likely = beam.rows[beam.hope > beam.hope[0] - _DEPTH]
    ends = likely[:, -_CONTEXT:]
    return ends.shape[1] == _CONTEXT and bool((ends > 0).all() and (ends == ends[0]).all())


def _groups(unsure: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the stretches of places that are unsure or have unsure ones close by on both sides."""
    groups: list[tuple[int, int]] = []
    for place in np.flatnonzero(unsure).tolist():
        if groups and place - groups[-1][1] < _CONTEXT - 1:
            groups[-1] = groups[-1][0], place + 1
        else:
            groups.append((place, place + 1))
    return groups


def _pushed(rows: Pairs) -> Pairs:
    """Push what is filled up with -1 to the front of each row."""
    order = np.argsort(rows >= 0, axis=1, kind="stable")
    return np.take_along_axis(rows, order, axis=1)


def common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
