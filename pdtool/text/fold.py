"""The fold: what two texts are compared by, never what is shown.

Han characters, letters and digits, lower case, full-width and compatibility forms and
Traditional/Simplified variants merged: one table look-up per character. Of the other characters only those
stay that make a figure what it is: the point inside a number, its sign, percent and per mille. So 6.1 % is
neither 61 nor −6.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from pdtool.text.code_points import CODE_POINTS, code_points, decode
from pdtool.text.edits import IntArray
from pdtool.text.opencc_data import read_characters
from pdtool.text.shingles import SHINGLE, HashArray, shingle_hashes
from pdtool.workers import batches

__all__ = ["Folded", "fold", "fold_each", "fold_table", "folded_length", "is_wide"]

_FIRST_PLANE = 0x10000
"""Code points of plane 0, where nearly all texts stay."""
_STRETCH = 1 << 17
"""Characters folded at a time: only the arrays that are returned are as long as the text."""
_LOOKED_UP = (
    range(0x3400),
    range(0x4DC0, 0x4E00),
    range(0xA000, 0xAC00),
    range(0xD7A4, 0xD800),
    range(0xE000, 0x20000),
    range(0x2F800, 0x2FA20),
)
"""Code points of which Unicode's tables say whether they are letters or digits and what they fold to."""
_STABLE = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4), range(0x20000, 0x323B0))
"""Han and Hangul: they have neither case nor compatible forms, so each is its own fold."""
_POINT = ord(".")
"""What a point folds to; it stays between two digits."""
_MINUS = 0x2212
"""What a minus or hyphen folds to; it stays before a digit, where it is a sign."""
_PERCENT = ord("%")
"""What a percent sign folds to; it stays behind a digit."""
_PER_MILLE = 0x2030
"""What a per mille sign folds to; it stays behind a digit."""
_MARKS = {
    **dict.fromkeys(".．﹒", _POINT),
    **dict.fromkeys("-－﹣−–", _MINUS),
    **dict.fromkeys("%％﹪", _PERCENT),
    "‰": _PER_MILLE,
}
"""The marks of figures, and what each folds to."""
_FLAG = np.uint32(CODE_POINTS)
"""What stands for all of them in the table that is looked up: more than any code point."""
_CONTEXT_BEFORE = 3
"""Characters before a mark that decide whether it stays."""
_CONTEXT_AFTER = 2
"""Characters behind a mark that decide whether it stays."""
_APART = "\n\n"
"""What parts texts that are folded together: marks look beyond one line end, never beyond two."""


@dataclass(frozen=True, eq=False)
class Folded:
    """A folded text.

    Args:
        codes: Folded code points, shape ``(n,)``.
        positions: For each, its offset in the text that was folded, ascending, shape ``(n,)``.
    """

    codes: npt.NDArray[np.uint32]
    positions: IntArray

    def __len__(self) -> int:
        return len(self.codes)

    def with_shingles_of(self, other: Folded) -> Folded:
        """Return this fold with the shingles of another one, if the characters of both are the same."""
        return self._with_shingles(other.shingles) if np.array_equal(self.codes, other.codes) else self

    def _with_shingles(self, shingles: HashArray) -> Folded:
        self.__dict__["shingles"] = shingles  # where the cached property below stores them
        return self

    @cached_property
    def shingles(self) -> HashArray:
        """The hashes of its shingles, in the order of the text."""
        return shingle_hashes(self.codes)


def _letters_and_digits(stop: int) -> list[str]:
    """Return every letter and digit below ``stop`` that must be looked up, in the order of code points."""
    codes = np.concatenate(
        [np.arange(span.start, min(span.stop, stop), dtype=np.uint32) for span in _LOOKED_UP]
    )
    return re.findall(r"[^\W_]", decode(codes))


def _compatible(characters: list[str]) -> list[str]:
    """Return the first character of each one's lower-case compatibility form; itself if that is a sign."""
    # All in one call: a line end neither composes with its neighbours nor counts as a letter beside them.
    merged = unicodedata.normalize("NFKC", "\n".join(characters)).lower().split("\n")
    pairs = zip(characters, merged, strict=True)
    return [form[0] if form[0].isalnum() else character for character, form in pairs]


@cache
def fold_table(stop: int = CODE_POINTS) -> npt.NDArray[np.uint32]:
    """Return the table from code point to folded code point, 0 for what is dropped; shape ``(stop,)``.

    The marks of figures are in it; :func:`fold` drops those that belong to no number.

    Args:
        stop: The end of the table: :data:`~pdtool.text.code_points.CODE_POINTS`, or the end of plane 0, which
            takes a third of the time to make.
    """
    table = np.zeros(CODE_POINTS, dtype=np.uint32)
    for stable in _STABLE:
        table[stable.start : stable.stop] = np.arange(stable.start, stable.stop)
    characters = _letters_and_digits(stop)
    variants = read_characters()
    codes = code_points("".join([*characters, *variants]))
    forms = code_points("".join([*_compatible(characters), *variants.values()]))
    table[codes] = forms
    # One form may lead to another: compatibility ideograph → Traditional → Simplified.
    table[codes] = table[forms]
    for mark, form in _MARKS.items():
        table[ord(mark)] = form
    table = table[:stop].copy()
    table.flags.writeable = False
    return table


def is_wide(codes: npt.NDArray[np.uint32]) -> bool:
    """Return whether some code point is beyond plane 0, so that two bytes do not hold it."""
    return bool(codes.max(initial=0) >= _FIRST_PLANE)


def fold(text: str) -> Folded:
    """Fold a clean text for comparison.

    Args:
        text: Normalised text. Folding raw text would bypass the repairs.

    Returns:
        The folded code points and the offset of each in ``text``.

    >>> folded = fold("全角ＡＢＣ，黨建！")
    >>> "".join(map(chr, folded.codes)), folded.positions.tolist()
    ('全角abc党建', [0, 1, 2, 3, 4, 6, 7])
    >>> "".join(map(chr, fold("2.总则，2019-2020年为-6.1 %。").codes))
    '2总则20192020年为−6.1%'
    """
    if len(text) <= _STRETCH:  # most texts
        return Folded(*_folded(text))
    codes, positions = np.empty(len(text), dtype=np.uint32), np.empty(len(text), dtype=np.int32)
    length = 0
    for start in range(0, len(text), _STRETCH):
        seen = max(0, start - _CONTEXT_BEFORE)
        folded, offsets = _folded(text[seen : start + _STRETCH + _CONTEXT_AFTER])
        inside = slice(*np.searchsorted(offsets, (start - seen, start - seen + _STRETCH)))
        folded, offsets = folded[inside], offsets[inside]
        codes[length : length + len(folded)] = folded
        positions[length : length + len(folded)] = offsets + np.int32(seen)
        length += len(folded)
    for array in (codes, positions):
        array.resize(length, refcheck=False)
    return Folded(codes, positions)


def fold_each(texts: Sequence[str]) -> list[Folded]:
    """Fold many texts and hash their shingles: most are so short that it takes half the time together.

    Args:
        texts: Normalised texts.

    >>> [folded.positions.tolist() for folded in fold_each(["，党建", "治理"])]
    [[1, 2], [0, 1]]
    """
    folded: list[Folded] = []
    for some in batches([len(text) for text in texts], _STRETCH):
        folded += _folded_together(texts[some]) if some.stop - some.start > 1 else map(fold, texts[some])
    return folded


def _folded_together(texts: Sequence[str]) -> Iterator[Folded]:
    """Yield the folds of some texts, which are laid out one after the other."""
    whole = fold(_APART.join(texts))
    begins = np.cumsum([0, *(len(text) + len(_APART) for text in texts)])
    cuts = np.searchsorted(whole.positions, begins).tolist()
    for start, end, begin in zip(cuts, cuts[1:], begins.tolist(), strict=False):
        own = Folded(whole.codes[start:end], whole.positions[start:end] - np.int32(begin))
        yield own._with_shingles(whole.shingles[start : max(start, end - SHINGLE + 1)])


def folded_length(text: str) -> int:
    """Return how many characters the fold of a text has, without making it.

    >>> text = "全角ＡＢＣ，黨建！"
    >>> folded_length(text) == len(fold(text)) == 7
    True
    """
    return len(fold(text)) if len(text) > _STRETCH else int(np.count_nonzero(_folded_codes(text)))


def _folded(text: str) -> tuple[npt.NDArray[np.uint32], IntArray]:
    codes = _folded_codes(text)
    offsets = np.flatnonzero(codes != 0)
    return codes.take(offsets), offsets.astype(np.int32)


def _folded_codes(text: str) -> npt.NDArray[np.uint32]:
    """Return the folded code point of each character, 0 for what is dropped."""
    codes = code_points(text)
    # Taking is twice as fast as indexing.
    codes = _flagged_table(CODE_POINTS if is_wide(codes) else _FIRST_PLANE).take(codes)
    marks = np.flatnonzero(codes >= _FLAG)
    if len(marks):  # one by one: a text has few of them
        forms = [_MARKS[text[offset]] if _is_in_figure(text, offset) else 0 for offset in marks.tolist()]
        codes[marks] = forms
    return codes


@cache
def _flagged_table(stop: int) -> npt.NDArray[np.uint32]:
    """Return the table with :data:`_FLAG` for every mark of figures, so that one comparison finds them."""
    table = fold_table(stop).copy()
    table[[ord(mark) for mark in _MARKS]] = _FLAG
    return table


def _is_in_figure(text: str, offset: int) -> bool:
    """Return whether the mark at an offset belongs to a number."""
    form = _MARKS[text[offset]]
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    second_before = text[offset - 2 : offset - 1] if before else ""
    if form == _POINT:  # a line may end before or behind it
        ends = (
            second_before if before == "\n" else before,
            text[offset + 2 : offset + 3] if after == "\n" else after,
        )
        return all(map(str.isdecimal, ends))
    if form == _MINUS:
        return after.isdecimal() and (ord(text[offset]) == _MINUS or not _is_joined(second_before, before))
    return before.isdecimal() or (second_before.isdecimal() and not before.isalnum())


def _is_joined(second_before: str, before: str) -> bool:
    """Return whether a hyphen behind these two characters joins: ``5-6``, ``5%-6%``, ``5月-6月``, ``A-1``."""
    if before.isdecimal() or before.lower() != before.upper():
        return True
    return second_before.isdecimal() and (before.isalnum() or _MARKS.get(before) in {_PERCENT, _PER_MILLE})
