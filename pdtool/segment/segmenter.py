"""Text → words with their offsets."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from pdtool.errors import UsageError
from pdtool.language import _, listed
from pdtool.segment.han_runs import SEPARATOR, han_only, other_spans, other_words_told
from pdtool.segment.hidden_states import likeliest_states
from pdtool.segment.userdict import UserTerm, split_terms
from pdtool.text.bags import PACKED, KeyArray, span_keys
from pdtool.text.code_points import code_points, without_surrogates
from pdtool.text.edits import IntArray

__all__ = ["SEGMENTERS", "Segmenter", "SegmenterName", "Tokens", "WordPlaces"]

SegmenterName = Literal["rjieba", "jieba"]
SEGMENTERS: tuple[SegmenterName, ...] = ("rjieba", "jieba")
"""The default first; ``jieba`` is the reference, twenty times slower."""

_Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class WordPlaces:
    """Where the words of a text stand: Han words, numbers, Latin words; neither punctuation nor spaces.

    Two words stand side by side in the text where the end of one is the start of the next.

    Args:
        starts: Offsets of their first characters, ascending, shape ``(n,)``.
        ends: Offsets after their last characters, shape ``(n,)``.
    """

    starts: IntArray
    ends: IntArray

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens(WordPlaces):
    """The words of a text, and where they stand.

    Args:
        words: As they stand in the text.
    """

    words: list[str]

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        return zip(self.words, self.starts.tolist(), self.ends.tolist(), strict=True)


def _rjieba(terms: Sequence[UserTerm], guess: bool) -> _Cut:
    import rjieba

    if not terms:
        return rjieba.cut if guess else lambda text: rjieba.cut(text, False)
    # One of our own: the module's is shared by everything in the process.
    segmenter = rjieba.Jieba()
    for entry in terms:
        segmenter.add_word(entry.term, entry.frequency, None)
    return segmenter.cut if guess else lambda text: segmenter.cut(text, False)


def _jieba(terms: Sequence[UserTerm], guess: bool) -> _Cut:
    with warnings.catch_warnings():
        # jieba 0.42.1 (2020) uses pkg_resources and unescaped patterns; neither concerns the result.
        warnings.simplefilter("ignore")
        import jieba
        import jieba.finalseg

    jieba.finalseg.viterbi = likeliest_states
    segmenter: Any = jieba.Tokenizer()
    # What its initialize() does, but for the cache file in the shared temporary folder and the log lines.
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    for entry in terms:
        segmenter.add_word(entry.term, entry.frequency)
    return lambda text: segmenter.lcut(text, HMM=guess)


_OPENERS: dict[str, Callable[[Sequence[UserTerm], bool], _Cut]] = {"rjieba": _rjieba, "jieba": _jieba}


def _is_letter(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position].isascii() and text[position].isalnum()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a match is not part of a longer Latin word or number: ``AI`` is not in ``MAIN``."""
    split_before = _is_letter(text, start) and _is_letter(text, start - 1)
    return not split_before and not (_is_letter(text, end - 1) and _is_letter(text, end))


class _TermMatcher:
    """Finds the user's terms that a segmenter cannot know, longest first."""

    def __init__(self, terms: Sequence[str]) -> None:
        from ahocorasick_rs import MatchKind

        from pdtool.text.multi_match import searcher_of

        self._automaton = searcher_of(terms, MatchKind.LeftmostLongest)

    def spans(self, text: str) -> list[tuple[int, int]]:
        found = self._automaton.find_matches_as_indexes(without_surrogates(text))
        return [(start, end) for _, start, end in found if _stands_alone(text, start, end)]


def _others(text: str, taken: list[tuple[int, int]]) -> IntArray:
    """Return the spans of the words that are not Han, ascending, shape ``(n, 2)``.

    Args:
        text: The text.
        taken: Spans that are words whatever they hold, sorted and disjoint; no other word touches them.
    """
    spans = other_spans(text)
    if not taken:
        return spans
    terms = np.array(taken, dtype=np.int32)
    before = np.searchsorted(terms[:, 0], spans[:, 1], side="left")
    free = (before == 0) | (terms[np.maximum(before - 1, 0), 1] <= spans[:, 0])
    together = np.concatenate((spans[free], terms))
    return together[np.argsort(together[:, 0])]


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """What a segmenter cuts a text into.

    Args:
        shown: The pieces, of a text that shows Han characters alone.
        starts: Where each begins, shape ``(n,)``.
        ends: Where it ends, or the word that takes its place.
        kept: Which of them are words.
        others: The places of those that are not Han, ascending.
    """

    shown: list[str]
    starts: IntArray
    ends: IntArray
    kept: npt.NDArray[np.bool_]
    others: IntArray


class Segmenter:
    """Cuts texts into words, by jieba's algorithm and dictionary.

    Both implementations give the same words: they are shown Han characters only, and one rule of this
    package's own (:mod:`pdtool.segment.han_runs`) splits the rest.

    Args:
        name: ``"rjieba"``, or ``"jieba"`` for the reference implementation.
        terms: The user's words. Those of Han characters join the dictionary; the others are matched in
            the text before it is segmented.
        guess: Whether words that no dictionary has are guessed, by a hidden Markov model; otherwise they fall
            into single characters.

    Attributes:
        name: As given.
        terms: The user's words that joined the dictionary.

    Raises:
        UsageError: If there is no segmenter of that name.

    >>> Segmenter().cut("以“1+36+1323”推进基层治理,占50%").words
    ['以', '1+36+1323', '推进', '基层', '治理', '占', '50%']
    """

    def __init__(self, name: str = "rjieba", terms: Sequence[UserTerm] = (), guess: bool = True) -> None:
        if name not in _OPENERS:
            raise UsageError(
                _("no segmenter is called {name!r}", name=name),
                _("choose one of {names}", names=listed(SEGMENTERS)),
            )
        han, rest = split_terms(terms)
        self.name = name
        self.terms = frozenset(entry.term for entry in han)
        self._cut = _OPENERS[name](han, guess)
        self._matcher = _TermMatcher(rest) if rest else None

    def cut(self, text: str) -> Tokens:
        """Cut a text into words.

        Args:
            text: Any text; clean text gives better words.

        Returns:
            Its words with their offsets into ``text``.
        """
        pieces = self._pieces(text)
        spans = (edges[pieces.others].tolist() for edges in (pieces.starts, pieces.ends))
        for place, start, end in zip(pieces.others.tolist(), *spans, strict=True):
            pieces.shown[place] = text[start:end]
        words = list(compress(pieces.shown, pieces.kept.tolist()))
        return Tokens(pieces.starts[pieces.kept], pieces.ends[pieces.kept], words)

    def places(self, text: str) -> WordPlaces:
        """Return where the words of a text stand, as :meth:`cut` does: quicker where few are looked at."""
        pieces = self._pieces(text)
        return WordPlaces(pieces.starts[pieces.kept], pieces.ends[pieces.kept])

    def _pieces(self, text: str) -> _Pieces:
        matched = self._matcher.spans(text) if self._matcher else []
        others = _others(text, matched)
        shown = han_only(text, matched)
        pieces = self._cut(shown)
        ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int32, count=len(pieces)), dtype=np.int32)
        starts = np.concatenate((np.zeros(1, dtype=np.int32), ends))[:-1]
        # A separator is a piece of its own, so the first character tells.
        kept = code_points(shown)[starts] != ord(SEPARATOR)
        # A word that is not Han takes the place of the separator that it begins with.
        places = np.searchsorted(starts, others[:, 0]).astype(np.int32)
        ends[places] = others[:, 1]
        kept[places] = True
        return _Pieces(pieces, starts, ends, kept, places)

    def packed(self, text: str, shortest: int = 1) -> tuple[KeyArray, list[str]]:
        """Return the words of a text, as :meth:`cut` gives them, for counting: no place is told.

        Args:
            text: As for :meth:`cut`.
            shortest: Characters of the shortest Han word that is returned; half of all have one.

        Returns:
            The numbers of the Han words of up to three characters (:mod:`pdtool.text.bags`), and all other
            words as strings: the longer ones, and those that are not Han.

        >>> keys, others = Segmenter().packed("基层治理,基层50%")
        >>> len(keys), others
        (3, ['50%'])
        """
        matched = self._matcher.spans(text) if self._matcher else []
        shown = han_only(text, matched)
        pieces = self._cut(shown)
        lengths = np.fromiter(map(len, pieces), dtype=np.int32, count=len(pieces))
        starts = np.cumsum(lengths, dtype=np.int32) - lengths
        codes = code_points(shown)
        short = (lengths >= shortest) & (lengths <= PACKED) & (codes[starts] != ord(SEPARATOR))
        others = [pieces[place] for place in np.flatnonzero(lengths > max(PACKED, shortest - 1)).tolist()]
        if matched:
            others += [text[start:end] for start, end in _others(text, matched).tolist()]
        else:
            others += other_words_told(text)
        return span_keys(codes, starts[short], lengths[short]), others
