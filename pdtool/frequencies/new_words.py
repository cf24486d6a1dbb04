"""Words that the dictionary of the segmenter lacks.

A document proposes what it says repeatedly and the dictionary cuts into two to four words. A proposal is a
word if its parts stand together much oftener than by chance (mutual information; Church and Hanks 1990), and
what stands before and behind it varies (boundary entropy, after Harris 1955): 党建引 is always followed by
领. Both are taken of the strings in all documents, so that nothing depends on how a sentence was cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.frequencies.rows import NewWordRow
from pdtool.segment.known_words import is_known_word
from pdtool.segment.packed import segmenter_of
from pdtool.segment.stop_words import read_words
from pdtool.segment.userdict import UserTerm
from pdtool.text.code_points import code_points, without_surrogates
from pdtool.text.han import han_mask, is_segmented

__all__ = [
    "ContextCounter",
    "Contexts",
    "NewWordOptions",
    "ProposalCounter",
    "candidate_words",
    "counted_strings",
    "new_word_rows",
]

_MOST_PARTS = 4
_LONGEST = 8
"""Characters of the longest word."""
_SHORT_DOCUMENT = 200
"""Words of a document that is too short to say a thing twice: it proposes what it says once, too."""
_MOST_CANDIDATES = 50_000
"""Candidates that are looked at, those that most documents propose."""

IntArray = npt.NDArray[np.integer[Any]]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NewWordOptions:
    """What is taken for a word.

    Args:
        least: Occurrences from which on it is one.
        information: The least mutual information of its weakest joint, in bits.
        entropy: The least entropy of what stands on either side, in bits.
    """

    least: int = 5
    information: float = 5.0
    entropy: float = 1.5


@dataclass(frozen=True, slots=True)
class ProposalCounter:
    """Returns what a document proposes; in any process.

    Args:
        segmenter: One of :data:`~pdtool.segment.segmenter.SEGMENTERS`.
        dictionary: The user's words, packed.
        with_references: Whether references, notes and the like are counted as text.
    """

    segmenter: str = "rjieba"
    dictionary: str = "[]"
    with_references: bool = False

    def __call__(self, document: Document) -> str:
        """Return the proposals of a document, one a line, each as its words with blanks between them."""
        return "\n".join(self.proposals(body_of(document, self.with_references)))

    def proposals(self, body: str) -> list[str]:
        """Return what a text proposes, sorted.

        >>> ProposalCounter().proposals("有健康码的人")
        ['健康 码']
        """
        tokens = segmenter_of(self.segmenter, self.dictionary, guess=False).cut(body)
        words, starts, ends = tokens.words, tokens.starts.tolist(), tokens.ends.tolist()
        counts: Counter[str] = Counter()
        for first in range(len(words)):
            if not _may_stand(words[first]) or not _may_end(words[first]):
                continue
            for last in range(first + 1, min(first + _MOST_PARTS, len(words))):
                if starts[last] != ends[last - 1] or ends[last] - starts[first] > _LONGEST:
                    break
                if not _may_stand(words[last]):
                    break
                if _may_end(words[last]):
                    counts[" ".join(words[first : last + 1])] += 1
        least = 1 if len(words) < _SHORT_DOCUMENT else 2
        return sorted(parts for parts, count in counts.items() if count >= least)


@lru_cache(1 << 17)
def _may_stand(word: str) -> bool:
    """Return whether a word of the dictionary may be a part of a new one: 的 and 和 never are."""
    return is_segmented(word) and word not in read_words("stopwords/function")


def _may_end(word: str) -> bool:
    """Return whether a new word may begin or end with a part."""
    return word not in read_words("frequencies/no_word_edges")


def candidate_words(proposed: Sequence[str], terms: Sequence[UserTerm]) -> list[str]:
    """Return what documents propose and no dictionary has, sorted.

    Args:
        proposed: What each document proposes.
        terms: The user's words.

    Returns:
        Candidates as their parts with blanks between them; of a string that was cut in several ways, the
        one that most documents have.
    """
    counts = Counter(parts for proposals in proposed for parts in proposals.split("\n") if parts)
    own = {term.term for term in terms}
    best: dict[str, str] = {}
    for parts, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(parts.replace(" ", ""), parts)
        if len(best) == _MOST_CANDIDATES:
            break
    return sorted(parts for word, parts in best.items() if word not in own and not is_known_word(word))


@dataclass(frozen=True, slots=True, eq=False)
class Contexts:
    """What a document says of the candidates.

    Args:
        size: Han characters of its body.
        found: The numbers of the strings that occur, ascending, shape ``(n,)``.
        counts: How often each does, shape ``(n,)``.
        sides: For each occurrence of a candidate its number, the character before it and the one behind it,
            0 where there is none or no Han character; shape ``(m, 3)``.
    """

    size: int
    found: IntArray
    counts: IntArray
    sides: IntArray


@lru_cache(maxsize=1)
def _automaton(strings: str) -> AhoCorasick:
    return AhoCorasick(strings.split("\n"))


@dataclass(frozen=True, slots=True)
class ContextCounter:
    """Counts strings, and what stands beside candidates, in one document after another, in any process.

    Args:
        strings: The candidates, one a line, and behind them their parts.
        candidates: How many candidates there are.
        with_references: Whether references, notes and the like are counted as text.
    """

    strings: str
    candidates: int
    with_references: bool = False

    def __call__(self, document: Document) -> Contexts:
        """Count the strings in the body of a document."""
        return self.count(body_of(document, self.with_references))

    def count(self, body: str) -> Contexts:
        """Count the strings in a text."""
        text = without_surrogates(body)
        matches = _automaton(self.strings).find_matches_as_indexes(text, overlapping=True)
        every = np.array(matches, dtype=np.int64).reshape(-1, 3)
        kept = every[_apart(every)]
        found, counts = np.unique(kept[:, 0], return_counts=True)
        codes = code_points(text).astype(np.int64)
        beside = np.concatenate(([0], np.where(han_mask(codes.astype(np.uint32)), codes, 0), [0]))
        of_candidates = kept[kept[:, 0] < self.candidates]
        sides = np.stack(
            (of_candidates[:, 0], beside[of_candidates[:, 1]], beside[of_candidates[:, 2] + 1]), axis=1
        )
        return Contexts(int((beside > 0).sum()), found, counts, sides.astype(np.int32))


def _apart(matches: IntArray) -> npt.NDArray[np.bool_]:
    """Tell which matches count if none of a string may overlap the one before it, as ``str.count`` has it.

    Args:
        matches: Number, start and end of each, shape ``(n, 3)``.
    """
    kept = np.ones(len(matches), dtype=np.bool_)
    order = np.lexsort((matches[:, 1], matches[:, 0]))
    number, start, end = matches[order].T
    touching = (number[1:] == number[:-1]) & (start[1:] < end[:-1])
    free = 0
    for place in (np.flatnonzero(touching) + 1).tolist():
        # The one before may itself have been left out; then the last that was kept decides.
        before = place - 1 if kept[order[place - 1]] else free
        kept[order[place]] = start[place] >= end[before]
        free = before
    return kept


def new_word_rows(
    candidates: Sequence[str], strings: Sequence[str], told: Sequence[Contexts], options: NewWordOptions
) -> list[NewWordRow]:
    """Return the candidates that are words, the most frequent first, equal ones by their code points.

    Args:
        candidates: As their parts with blanks between them.
        strings: What was counted: the candidates, and behind them their parts.
        told: What each document says of them.
        options: What is taken for a word.
    """
    counts, documents = np.zeros(len(strings)), np.zeros(len(strings), dtype=np.int64)
    for one in told:
        counts[one.found] += one.counts
        documents[one.found] += 1
    sides = np.concatenate([np.empty((0, 3), dtype=np.int32), *(one.sides for one in told)])
    totals = counts[: len(candidates)]
    left, right = (_entropies(sides[:, 0], sides[:, side], totals) for side in (1, 2))
    size = sum(one.size for one in told)
    wanted = (totals >= options.least) & (left >= options.entropy) & (right >= options.entropy)
    number_of = {string: number for number, string in enumerate(strings)}
    rows = []
    for number in np.flatnonzero(wanted).tolist():
        parts = candidates[number].split(" ")
        of_pieces = [(counts[number_of[a]], counts[number_of[b]]) for a, b in _joints(parts)]
        information = min(log2(counts[number] * size / (a * b)) for a, b in of_pieces)
        if information >= options.information:
            count = int(counts[number])
            beside = float(left[number]), float(right[number])
            word = strings[number]
            rows.append(NewWordRow(word, count, int(documents[number]), information, *beside, tuple(parts)))
    return sorted(rows, key=lambda row: (-row.count, row.term))


def counted_strings(candidates: Sequence[str]) -> list[str]:
    """Return what is to be counted: the candidates, then the pieces on either side of each joint.

    >>> counted_strings(["健康 码", "健康 码 管理"])
    ['健康码', '健康码管理', '健康', '码', '码管理', '管理']
    """
    words = dict.fromkeys(parts.replace(" ", "") for parts in candidates)
    pieces = (piece for parts in candidates for joint in _joints(parts.split(" ")) for piece in joint)
    return list(words | dict.fromkeys(pieces))


def _joints(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands on either side of each joint of a word."""
    for place in range(1, len(parts)):
        yield "".join(parts[:place]), "".join(parts[place:])


def _entropies(numbers: IntArray, beside: IntArray, totals: FloatArray) -> FloatArray:
    """Return the entropy of what stands beside each candidate, in bits.

    H = −Σ p log₂ p over the characters beside it. An end of a stretch of Han characters is a side of its own
    each time (accessor variety counts it so too: Feng, Chen, Deng and Zheng 2004).

    Args:
        numbers: The candidate of each occurrence, shape ``(m,)``.
        beside: The character beside it, 0 for an end.
        totals: The occurrences of each candidate, shape ``(n,)``.
    """
    keys, counts = np.unique((numbers.astype(np.int64) << 32) | beside, return_counts=True)
    of, character = keys >> 32, keys & 0xFFFFFFFF
    each = np.where(character == 0, 1, counts)
    share = each / totals[of]
    repeated = np.where(character == 0, counts, 1)
    surprise = -repeated * share * np.log2(share)
    return np.maximum(np.bincount(of, surprise, minlength=len(totals)), 0.0)
