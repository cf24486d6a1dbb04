"""Which blocks may follow which in a chain, and what the gap between them costs.

Many blocks lie near others, and few links between them are worth following: two short phrases are no chain
that stand far from each other in one text and close in the other. Those that cannot be are left out before
chains are made, and with them many a pair of texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pdtool.reuse.anchors import Blocks
from pdtool.reuse.passage import Positions
from pdtool.text.arrays import ragged_ranges

__all__ = ["CHAIN_GAP", "Links", "useful_links"]

CHAIN_GAP = 48
"""Blocks farther apart than this, in either text, belong to different passages."""
LOOK_BACK = 48
"""How many earlier blocks a block may chain to are looked at; the nearest ones come first."""
LINKED_AT_ONCE = 4096
"""Blocks whose neighbours are looked at together, which bounds the memory of it."""
LOOKS = 2
"""How often links are looked through. Each look leaves out those that only useless ones lead to; in a text of
many equal gaps there would be as many looks as blocks."""

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of blocks of which one may follow the other in a chain.

    Args:
        later: The index of the one block, ascending, shape ``(n,)``.
        earlier: That of the other; of those of one block the nearest comes last.
        costs: Characters of blocks that the gap between them outweighs.
    """

    later: Positions
    earlier: Positions
    costs: npt.NDArray[np.float64]

    @classmethod
    def joined(cls, parts: Sequence[Links]) -> Links:
        """Return those of some parts, one part's behind another's."""
        return cls(
            np.concatenate([np.empty(0, np.int64), *(part.later for part in parts)]),
            np.concatenate([np.empty(0, np.int64), *(part.earlier for part in parts)]),
            np.concatenate([np.empty(0, np.float64), *(part.costs for part in parts)]),
        )

    def __len__(self) -> int:
        return len(self.later)

    def some(self, chosen: _Mask | slice) -> Links:
        """Return the chosen ones."""
        return Links(self.later[chosen], self.earlier[chosen], self.costs[chosen])

    def among(self, chosen: _Mask) -> Links:
        """Return those of the chosen blocks, numbered anew; none leads from one of them to another block."""
        number = np.cumsum(chosen) - 1
        some = self.some(chosen[self.later])
        return Links(number[some.later], number[some.earlier], some.costs)

    def linked(self, count: int) -> _Mask:
        """Return which of so many blocks are linked."""
        linked = np.zeros(count, bool)
        linked[self.later] = linked[self.earlier] = True
        return linked


def useful_links(blocks: Blocks) -> Links:
    """Return the links that may make a chain longer.

    A link does if the chain up to the earlier block is worth more than the gap costs. That is so where the
    block alone is, and may be so where the block has such links itself. Of useless links some may be among
    them, which changes nothing.

    Args:
        blocks: Blocks, by where they start in a.
    """
    near = np.flatnonzero(_near_others(blocks))  # of so many blocks only these are looked back at
    some = blocks.some(near)
    links = Links.joined([_links(some, *neighbours) for neighbours in _neighbours(some)])
    worth = links.costs < some.length[links.earlier]
    useful = np.ones(len(links), bool)
    for _ in range(LOOKS):
        leads_on = np.zeros(len(near), bool)
        leads_on[links.later[useful]] = True
        useful = worth | leads_on[links.earlier]
    links = links.some(useful)
    return Links(near[links.later], near[links.earlier], links.costs)


def _near_others(blocks: Blocks) -> _Mask:
    """Return which blocks lie near enough to another one, in both texts, to be chained to it."""
    near = np.zeros(len(blocks.length), bool)
    for later, earlier in _neighbours(blocks):
        is_near = blocks.start_a[later] - blocks.start_a[earlier] - blocks.length[earlier] <= CHAIN_GAP
        near[later[is_near]] = near[earlier[is_near]] = True
    return near


def _links(blocks: Blocks, later: Positions, earlier: Positions) -> Links:
    """Return which of some blocks are near enough to be linked, in both texts."""
    ends = blocks.length[earlier]
    gap_a = blocks.start_a[later] - blocks.start_a[earlier] - ends
    gap_b = blocks.start_b[later] - blocks.start_b[earlier] - ends
    narrow, wide = np.minimum(gap_a, gap_b), np.maximum(gap_a, gap_b)
    # A negative gap is an overlap: the later block loses it, and must be longer than what it loses.
    near = (wide <= CHAIN_GAP) & (-narrow < np.minimum(blocks.length[later], ends))
    narrow, wide = narrow[near], wide[near]
    costs = 0.5 * (wide - narrow) + np.where(narrow > 0, 0.25 * narrow, -narrow)
    return Links(later[near], earlier[near], costs)


def _neighbours(blocks: Blocks) -> Iterator[tuple[Positions, Positions]]:
    """Yield the indexes of blocks and of those a chain may come from, the later ones ascending."""
    starts, ends = blocks.start_b, blocks.start_b + blocks.length
    reach = np.maximum.accumulate(blocks.start_a + blocks.length)
    indexes = np.arange(len(reach))
    # Where a block and all before it end too far back, none of them is near.
    first = np.maximum(np.searchsorted(reach, blocks.start_a - CHAIN_GAP), indexes - LOOK_BACK)
    counts = indexes - first
    for start in range(0, len(reach), LINKED_AT_ONCE):
        some = slice(start, start + LINKED_AT_ONCE)
        earlier = ragged_ranges(first[some], counts[some])
        end = ends[earlier]  # before the later block ends in b, too, and not too far before it starts
        near = np.flatnonzero(
            (end < ends[some].repeat(counts[some])) & (end >= (starts[some] - CHAIN_GAP).repeat(counts[some]))
        )
        yield indexes[some].repeat(counts[some])[near], earlier[near]
