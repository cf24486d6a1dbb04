"""Candidates: the stretches of one to four words that could be a keyword, and what the text says of each.

Every occurrence is a row of arrays; a candidate is a string, whatever words its occurrences were cut into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.keywords.lexicon import MILLION, Lexicon, Role
from pdtool.keywords.people import is_given_name, is_pointed_at, numbered_with_names
from pdtool.keywords.stretches import prefix_sums, sums_within
from pdtool.segment.segmenter import WordPlaces
from pdtool.text.string_keys import KeyArray, first_places, string_keys

__all__ = ["Batch", "BoolArray", "Candidates", "FloatArray", "IntArray", "find_candidates"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]

MOST_WORDS = 4
SHORTEST = 2
"""Han characters of the shortest candidate, a Latin word counting for two."""
LONGEST = 12  #: Likewise of the longest one.

_LONGEST_WHOLE = 8
"""The width of a whole up to which pieces give way to it: longer keywords are rare."""
_FEWEST_BOUND = 3
"""Occurrences from which on a piece that stands within one whole alone gives way to it. With 2, declared
keywords often gave way to longer phrases (development half of ``benchmarks/keywords``)."""

MANY = 2_000_000
"""Stretches of a document (some million characters) from which on those that occur once are left out: they
are most of them, never among the best, and would take a gigabyte."""

_SPREAD = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Documents laid end to end.

    Args:
        text: Their titles and bodies, a line end after each.
        starts: Where each document begins, shape ``(n_documents,)``.
        title_ends: Where its title ends.
        official: Whether what stands as its title is the topic of an official document.
    """

    text: str
    starts: IntArray
    title_ends: IntArray
    official: BoolArray

    @classmethod
    def of(cls, parts: Sequence[tuple[str, str]], official: Sequence[bool] | None = None) -> Batch:
        """Lay ``(title, body)`` pairs end to end; none is of an official document if nothing else is said."""
        lengths = np.array([len(title) + len(body) + 2 for title, body in parts], dtype=np.int64)
        starts = np.cumsum(lengths) - lengths
        titles = np.array([len(title) for title, _ in parts], dtype=np.int64)
        text = "".join(f"{title}\n{body}\n" for title, body in parts)
        flags = np.zeros(len(parts), np.bool_) if official is None else np.array(official, np.bool_)
        return cls(text, starts.astype(np.int32), (starts + titles).astype(np.int32), flags)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> IntArray:
        """Characters of each document, its title among them."""
        sizes: IntArray = np.diff(self.starts, append=np.int32(len(self.text)))
        return sizes

    def document_of(self, positions: IntArray) -> IntArray:
        """Return the number of the document that each position of ``text`` lies in."""
        return (np.searchsorted(self.starts, positions, side="right") - 1).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidates of a batch, document by document; all arrays have shape ``(n,)``.

    Args:
        documents: The number of the document it is a candidate of, ascending.
        keys: A number that is another for each candidate, and the same whatever else the batch holds.
        starts: Where its first occurrence in that document begins.
        ends: Where that occurrence ends.
        words: How many words it has.
        size: Its width in Han characters.
        count: Its occurrences in the document as a stretch of words.
        filled: How many of them fill the stretch between stop words and punctuation.
        free_left: Whether one of them begins such a stretch.
        free_right: Whether one of them ends it.
        idf: Mean inverse document frequency of its words.
        first_roles: :class:`~pdtool.keywords.lexicon.Role` flags of its first word.
        last_roles: Likewise of its last word.
        in_title: How many of its occurrences lie in the title.
        text_size: Characters of its document.
        frame: How many of its words are of the frame of papers.
        notice: How many are of the frame of notices.
        figures: How many are figures.
        bound: Whether it occurs three times or more, always within one longer candidate that stands in
            several contexts.
        subject: Whether it is the longest that an official topic begins with and the body says too.
    """

    documents: IntArray
    keys: KeyArray
    starts: IntArray
    ends: IntArray
    words: IntArray
    size: IntArray
    count: IntArray
    filled: IntArray
    free_left: BoolArray
    free_right: BoolArray
    idf: FloatArray
    first_roles: npt.NDArray[np.uint16]
    last_roles: npt.NDArray[np.uint16]
    in_title: IntArray
    text_size: IntArray
    frame: IntArray
    notice: IntArray
    figures: IntArray
    bound: BoolArray
    subject: BoolArray

    def __len__(self) -> int:
        return len(self.starts)


def _within(keys: KeyArray, documents: IntArray, count: int) -> KeyArray:
    """Give equal keys of different documents different numbers that sort by document.

    The document takes the upper bits, as few as ``count`` documents need, the spread key the rest.
    """
    bits = np.uint64(max(1, (count - 1).bit_length()))
    return (documents.astype(np.uint64) << (np.uint64(64) - bits)) | ((keys * _SPREAD) >> bits)


@dataclass(frozen=True, slots=True, eq=False)
class _Phrases:
    """The words that are left between stop words and punctuation.

    ``room[i]`` is how many words the unbroken stretch that word i stands in still holds, i included;
    ``tied`` says whether each word joins the one before it, with an entry more for the end.
    """

    ids: IntArray
    starts: IntArray
    ends: IntArray
    documents: IntArray
    room: IntArray
    tied: BoolArray


def _phrases(batch: Batch, places: WordPlaces, lexicon: Lexicon) -> _Phrases:
    words = numbered_with_names(batch.text, places, lexicon)
    ids = lexicon.whole[words.ids]
    roles = lexicon.roles[ids]
    keep = (roles & Role.STOP == 0) & ~is_pointed_at(roles, words) & ~is_given_name(roles, words)
    # What is taken off a torn word is a stop word: it parts the phrase from what follows.
    ends = words.ends - (ids != words.ids)
    ids, starts, ends = ids[keep], words.starts[keep], ends[keep]
    tied = np.zeros(len(ids) + 1, dtype=np.bool_)
    tied[1:-1] = (starts[1:] == ends[:-1]) & (lexicon.roles[ids[1:]] & Role.PERIOD == 0)
    breaks = np.flatnonzero(~tied)
    lengths = np.diff(breaks)
    room = np.repeat(breaks[1:], lengths) - np.arange(len(ids))
    return _Phrases(ids, starts, ends, batch.document_of(starts), room.astype(np.int32), tied)


def _stretches(phrases: _Phrases, width: IntArray) -> tuple[IntArray, IntArray]:
    """Return the first and last word of every occurrence of the admitted length.

    Args:
        phrases: The words.
        width: Prefix sums of their widths, shape ``(n + 1,)``.
    """
    firsts, lasts = [], []
    for words in range(1, MOST_WORDS + 1):
        first = np.flatnonzero(phrases.room >= words)
        size = width[first + words] - width[first]
        first = first[(size >= SHORTEST) & (size <= LONGEST)]
        firsts.append(first.astype(np.int32))
        lasts.append(firsts[-1] + np.int32(words - 1))
    return np.concatenate(firsts), np.concatenate(lasts)


def _repeated(keys: KeyArray) -> BoolArray:
    """Tell which keys occur more than once."""
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(twice):
        return np.zeros(len(keys), dtype=np.bool_)
    found: BoolArray = twice[np.minimum(np.searchsorted(twice, keys), len(twice) - 1)] == keys
    return found


def find_candidates(batch: Batch, words: WordPlaces, lexicon: Lexicon) -> Candidates:
    """Find the candidates of each document of a batch.

    Args:
        batch: The documents.
        words: The words of ``batch.text``.
        lexicon: What is known of words; it learns the new ones.

    Returns:
        Every string that stands somewhere as one to four words between stop words and punctuation and is 2
        to 12 Han characters wide; of a document the size of a shelf only what occurs twice.
    """
    phrases = _phrases(batch, words, lexicon)
    width = prefix_sums(lexicon.size[phrases.ids])
    first, last = _stretches(phrases, width)
    documents = phrases.documents[first]
    keys = _within(string_keys(batch.text, phrases.starts[first], phrases.ends[last]), documents, len(batch))
    if len(keys) > MANY:
        kept = _repeated(keys)
        first, last, documents, keys = first[kept], last[kept], documents[kept], keys[kept]
    index, inverse = _numbered(keys, documents)
    count = np.bincount(inverse, minlength=len(index)).astype(np.int32)

    def how_many(flags: BoolArray) -> IntArray:
        return np.bincount(inverse[flags], minlength=len(index)).astype(np.int32)

    def ever(flags: BoolArray) -> BoolArray:
        found = np.zeros(len(index), dtype=np.bool_)
        found[inverse[flags]] = True
        return found

    left, right = ~phrases.tied[first], ~phrases.tied[last + 1]
    free = ever(left), ever(right)
    size = (width[last + 1] - width[first])[index]
    edged = lexicon.roles[phrases.ids[last[index]]] & (Role.NOT_ALONE | Role.NOT_LAST) != 0
    # Words of another number may make the same string earlier in the text.
    earliest = np.full(len(index), len(phrases.starts), dtype=first.dtype)
    np.minimum.at(earliest, inverse, first)
    places = _Places(
        keys[index],
        phrases.starts[earliest],
        count,
        how_many(left & right),
        *free,
        how_many(phrases.starts[first] < batch.title_ends[documents]),
        _bound(first, last, inverse, count, free, (size <= _LONGEST_WHOLE) & ~edged),
    )
    return _described(batch, phrases, lexicon, first[index], last[index], places)


def _numbered(keys: KeyArray, documents: IntArray) -> tuple[IntArray, IntArray]:
    """Give candidates numbers, document by document, those of a document in order of appearance.

    Args:
        keys: The key of every occurrence, shape ``(n,)``.
        documents: The number of its document.

    Returns:
        Which occurrence is the first of each candidate, and the number of the candidate that each occurrence
        is one of.
    """
    firsts = first_places(keys)
    index = np.flatnonzero(firsts == np.arange(len(firsts)))
    index = index[np.argsort(documents[index], kind="stable")]
    numbers = np.empty(len(keys), dtype=np.int32)
    numbers[index] = np.arange(len(index), dtype=np.int32)
    return index, numbers[firsts]


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Where the occurrences of each candidate stand; see :class:`Candidates`."""

    keys: KeyArray
    starts: IntArray
    count: IntArray
    filled: IntArray
    free_left: BoolArray
    free_right: BoolArray
    in_title: IntArray
    bound: BoolArray


def _bound(
    first: IntArray,
    last: IntArray,
    inverse: IntArray,
    count: IntArray,
    free: tuple[BoolArray, BoolArray],
    able: BoolArray,
) -> BoolArray:
    """Tell which candidates occur only within one longer candidate that itself stands in several contexts.

    Args:
        first: The first word of every occurrence, those of fewer words first, then ascending.
        last: Its last word.
        inverse: The candidate that each occurrence is one of.
        count: The occurrences of each candidate.
        free: Whether each begins a stretch somewhere, and whether it ends one.
        able: Whether others may give way to each: it is short enough, and does not end with a word of the
            frame (无障碍环境 is said no less for standing in 无障碍环境建设 alone).
    """
    # Only a frequent piece gives way, and only to a whole that is as frequent: no other is looked at.
    pairs = _extensions(first, last, inverse, np.flatnonzero(count[inverse] >= _FEWEST_BOUND))
    sides = [side.copy() for side in free]
    for side, (piece, whole) in zip(sides, pairs, strict=True):
        side[piece[count[whole] < count[piece]]] = True
    closed = sides[0] & sides[1] & able
    pairs = [(piece[same], whole[same]) for piece, whole in pairs for same in [count[piece] == count[whole]]]
    bound = np.zeros(len(count), dtype=np.bool_)
    for _ in range(MOST_WORDS - 1):
        for piece, whole in pairs:
            bound[piece[closed[whole] | bound[whole]]] = True
    return bound


def _extensions(
    first: IntArray, last: IntArray, inverse: IntArray, asked: IntArray
) -> list[tuple[IntArray, IntArray]]:
    """Pair candidates with those that are longer by a word, on the left and on the right.

    Args:
        first: The first word of every occurrence.
        last: Its last word.
        inverse: The candidate that each occurrence is one of.
        asked: The occurrences that are paired with longer ones.
    """
    # Wholes that no stretch is as long as, and those that would begin before the first word, are not there.
    candidate_at = np.full((MOST_WORDS + 1, last.max(initial=0) + 2), -1, dtype=inverse.dtype)
    candidate_at[last - first, first] = inverse
    piece, longer = inverse[asked], last[asked] - first[asked] + 1
    wholes = [candidate_at[longer, first[asked] - shift] for shift in (1, 0)]
    return [(piece[whole >= 0], whole[whole >= 0]) for whole in wholes]


def _described(
    batch: Batch,
    phrases: _Phrases,
    lexicon: Lexicon,
    head: IntArray,
    tail: IntArray,
    places: _Places,
) -> Candidates:
    """Return candidates by the first and last word of one occurrence, of fewest words, and by all places."""
    documents, words, ids = phrases.documents[head], tail - head + 1, phrases.ids
    roles = lexicon.roles[ids]
    size, frame, notice, figures, idf = sums_within(
        head,
        tail,
        lexicon.size[ids],
        roles & Role.PAPER_FRAME != 0,
        roles & Role.NOTICE_FRAME != 0,
        _are_figures(roles, phrases.tied),
        lexicon.idf[ids],
    )
    return Candidates(
        documents=documents,
        keys=places.keys,
        starts=places.starts,
        ends=places.starts + phrases.ends[tail] - phrases.starts[head],
        words=words,
        size=size.astype(np.int32),
        count=places.count,
        filled=places.filled,
        free_left=places.free_left,
        free_right=places.free_right,
        idf=idf / (words * MILLION),
        first_roles=roles[head],
        last_roles=roles[tail],
        in_title=places.in_title,
        text_size=batch.sizes[documents],
        frame=frame.astype(np.int32),
        notice=notice.astype(np.int32),
        figures=figures.astype(np.int32),
        bound=places.bound,
        subject=_subjects(batch, documents, words, places),
    )


def _are_figures(roles: npt.NDArray[np.uint16], tied: BoolArray) -> BoolArray:
    """Tell which words are figures: 6.5, and 12 in 12个."""
    found: BoolArray = roles & Role.FIGURE != 0
    found[:-1] |= (roles[:-1] & Role.CALLED != 0) & (roles[1:] & Role.MEASURE != 0) & tied[1:-1]
    return found


def _subjects(batch: Batch, documents: IntArray, words: IntArray, places: _Places) -> BoolArray:
    """Tell which candidates are the longest that the topic of their document begins with and the body has."""
    begins = batch.official[documents] & (places.starts == batch.starts[documents]) & (places.in_title > 0)
    begins &= places.count > places.in_title
    longest = np.zeros(len(batch), dtype=words.dtype)
    np.maximum.at(longest, documents[begins], words[begins])
    found: BoolArray = begins & (words == longest[documents]) & (words > 1)
    return found
