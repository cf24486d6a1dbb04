"""Traditional → Simplified, paragraph by paragraph, without changing the length.

The result is that of opencc-python-reimplemented's ``tw2s`` for a Traditional paragraph, with two
exceptions: 么 never changes, and 著 stays in the words of ``data/zhu_words.tsv``. Simplified paragraphs
stay as they are. The package's two stages (Taiwan's forms → OpenCC's standard forms → Simplified) become
two look-ups in an array of code points; its phrases are then laid over the places where they occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pdtool.normalise.edits import code_points
from pdtool.normalise.opencc_data import read_alternatives, read_dictionary

__all__ = ["convert_script"]

Codes = npt.NDArray[np.uint32]
Marks = npt.NDArray[np.uint8]

_CODE_POINTS = 0x110000
_DATA = Path(__file__).parent.parent / "data"

_TRADITIONAL, _SIMPLIFIED, _BREAK, _PHRASE = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)
"""Marks of a character: of one script only, a paragraph's end, the first of a phrase."""

_QUOTED = 10
"""A paragraph with this many times more Simplified-only than Traditional-only characters is Simplified
text that quotes a name or a word: it stays as it is. The two scripts differ in a third of the characters
of running text, so that a Traditional paragraph is far from this and a quoted word in a sentence near it."""

_ZHU, _ZHE = ord("著"), ord("着")


@dataclass(frozen=True, slots=True, eq=False)
class _Phrases:
    """The phrases of the second stage, found by their first two characters.

    Args:
        heads: The first two characters as one number each, ascending, distinct.
        entries: For each, the phrases that begin so, with their conversions.
    """

    heads: npt.NDArray[np.uint64]
    entries: tuple[tuple[tuple[str, str], ...], ...]

    def occurrences(
        self, text: str, codes: Codes, starts: npt.NDArray[np.intp]
    ) -> Iterator[tuple[int, str, str]]:
        """Yield ``(start, phrase, conversion)`` for every phrase at one of ``starts``, overlaps included."""
        heads = (codes[starts].astype(np.uint64) << np.uint64(32)) | codes[starts + 1]
        found = np.minimum(np.searchsorted(self.heads, heads), len(self.heads) - 1)
        hits = self.heads[found] == heads
        for start, entry in zip(starts[hits].tolist(), found[hits].tolist(), strict=True):
            for phrase, conversion in self.entries[entry]:
                if text.startswith(phrase, start):
                    yield start, phrase, conversion


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """The compiled dictionaries; arrays are indexed by code point, shape ``(0x110000,)``.

    Args:
        marks: What each character tells about its paragraph.
        standard: The first stage: Taiwan's forms → OpenCC's standard forms.
        simplified: The second stage: standard forms → Simplified.
        phrases: The phrases of the second stage.
    """

    marks: Marks
    standard: Codes
    simplified: Codes
    phrases: _Phrases


def _read_rows(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _table(characters: dict[str, str]) -> Codes:
    table = np.arange(_CODE_POINTS, dtype=np.uint32)
    table[[ord(key) for key in characters]] = [ord(value) for value in characters.values()]
    return table


def _compile_phrases(phrases: dict[str, str]) -> _Phrases:
    by_head: dict[int, list[tuple[str, str]]] = {}
    for phrase, conversion in phrases.items():
        by_head.setdefault(ord(phrase[0]) << 32 | ord(phrase[1]), []).append((phrase, conversion))
    heads = sorted(by_head)
    return _Phrases(np.array(heads, dtype=np.uint64), tuple(tuple(by_head[head]) for head in heads))


def _one_script_only(standard: Codes, simplified: Codes) -> tuple[Codes, Codes]:
    """Return the code points that Traditional text alone has, and those that Simplified text alone has."""
    dual = {row[0] for row in _read_rows("dual_characters.tsv")}
    convertible = {*read_dictionary("TWVariantsRev"), *read_dictionary("TSCharacters")} - dual
    traditional = np.array([ord(character) for character in convertible], dtype=np.uint32)
    traditional = traditional[simplified[standard[traditional]] != traditional]
    alternatives = read_alternatives("STCharacters").items()
    only = np.array([ord(key) for key, values in alternatives if key not in values], dtype=np.uint32)
    return traditional, only[(standard[only] == only) & (simplified[only] == only)]


@cache
def _tables() -> _Tables:
    taiwanese = read_dictionary("TWVariantsRev")
    standard = _table({key: value for key, value in taiwanese.items() if key not in "么著"})
    simplified = _table(read_dictionary("TSCharacters"))
    phrases = read_dictionary("TSPhrases")
    marks = np.zeros(_CODE_POINTS, dtype=np.uint8)
    traditional_only, simplified_only = _one_script_only(standard, simplified)
    marks[traditional_only] |= _TRADITIONAL
    marks[simplified_only] |= _SIMPLIFIED
    marks[[ord(character) for character in "\n\r\v\f\x85\u2028\u2029"]] |= _BREAK
    marks[[ord(phrase[0]) for phrase in phrases]] |= _PHRASE
    return _Tables(marks, standard, simplified, _compile_phrases(phrases))


def _beside(word: str) -> str:
    """Return a pattern, to stand behind a matched 著, for the rest of a word around it."""
    head, _, tail = word.partition("著")
    return f"(?<={re.escape(head)}著)(?={re.escape(tail)})"


def _beside_any(words: list[str], exceptions: list[str]) -> str:
    """Likewise for any of the words, unless one of the exceptions stands there."""
    return f"(?:{'|'.join(map(_beside, words))})(?!{'|'.join(map(_beside, exceptions))})"


@cache
def _zhu_in_a_word() -> re.Pattern[str]:
    """Return the pattern of a 著 that belongs to a word rather than being the particle 着."""
    words: dict[str, list[str]] = {"word": [], "particle": [], "verb": []}
    for word, kind in _read_rows("zhu_words.tsv"):
        words[kind].append(word)
    begin = [word for word in words["word"] if word.startswith("著")]
    end = [word for word in words["word"] if not word.startswith("著")]
    return re.compile(f"著(?:{_beside_any(begin, words['particle'])}|{_beside_any(end, words['verb'])})")


def _decode(codes: Codes) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def _particles(text: str) -> npt.NDArray[np.intp]:
    """Return the offsets of every 著 in the Simplified ``text`` that stands for the particle 着."""
    every = (match.start() for match in re.finditer("著", text))
    in_words = {match.start() for match in _zhu_in_a_word().finditer(text)}
    return np.array([start for start in every if start not in in_words], dtype=np.intp)


def _longest_first(found: list[tuple[int, str, str]], length: int) -> Iterator[tuple[int, str]]:
    """Choose among overlapping phrases as the package does: the longest anywhere, then the leftmost."""
    taken = bytearray(length)
    for start, phrase, conversion in sorted(found, key=lambda item: -len(item[1])):
        end = start + len(phrase)
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * len(phrase)
            yield start, conversion


def _convert(codes: Codes, marks: Marks) -> Codes:
    """Convert a text of Traditional paragraphs."""
    tables = _tables()
    standard = tables.standard[codes]
    if (codes == _ZHU).any():
        standard[_particles(_decode(tables.simplified[standard]))] = _ZHE
    simplified = tables.simplified[standard]
    starts = np.flatnonzero(marks[:-1] & _PHRASE)
    found = list(tables.phrases.occurrences(_decode(standard), standard, starts))
    for start, conversion in _longest_first(found, len(codes)):
        simplified[start : start + len(conversion)] = code_points(conversion)
    return simplified


def _traditional_paragraphs(marks: Marks) -> npt.NDArray[np.bool_] | None:
    """Return which characters stand in a Traditional paragraph; ``None`` if none does."""
    traditional = (marks & _TRADITIONAL) != 0
    if not traditional.any():
        return None
    starts = np.concatenate(([0], np.flatnonzero(marks & _BREAK) + 1))
    starts = starts[starts < len(marks)]
    counts = np.add.reduceat(traditional, starts, dtype=np.int64)
    simplified = np.add.reduceat((marks & _SIMPLIFIED) != 0, starts, dtype=np.int64)
    chosen = (counts > 0) & (simplified < _QUOTED * counts)
    return np.repeat(chosen, np.diff(starts, append=len(marks)))


def convert_script(text: str) -> str:
    """Turn the Traditional paragraphs of a text into Simplified ones.

    A paragraph is a line. One without a Traditional-only character stays byte for byte, and so does a
    Simplified one that merely quotes a Traditional word.

    Args:
        text: Any text.

    Returns:
        A text of the same length.

    >>> convert_script("隨著改革，成效顯著。")
    '随着改革，成效显著。'
    >>> convert_script("什么是显著？")
    '什么是显著？'
    """
    if text.isascii():
        return text
    codes = code_points(text)
    marks = _tables().marks[codes]
    chosen = _traditional_paragraphs(marks)
    if chosen is None or not chosen.any():
        return text
    if chosen.all():
        return _decode(_convert(codes, marks))
    result = codes.copy()
    result[chosen] = _convert(codes[chosen], marks[chosen])
    return _decode(result)
