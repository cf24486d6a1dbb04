"""Traditional → Simplified, paragraph by paragraph, without changing the length.

The result is that of opencc-python-reimplemented's ``tw2s`` for a Traditional paragraph, with three
exceptions: 么 never changes, 著 stays in the words of ``data/zhu_words.tsv``, and where the package is known
to be wrong ``data/script_corrections.tsv`` says what is right. Simplified paragraphs stay as they are. The
package's two stages (Taiwan's forms → OpenCC's standard forms → Simplified) become two look-ups in an array
of code points; its phrases are then laid over their occurrences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from pdtool.bounded_cache import BoundedCache
from pdtool.text.code_points import Codes, code_points, decode
from pdtool.text.opencc_data import (
    in_standard_forms,
    read_corrections,
    read_dictionary,
    read_rows,
    standard_forms,
)
from pdtool.text.paragraphs import Script, convert_paragraphs
from pdtool.text.phrases import Phrases, character_table, longest_first

__all__ = ["convert_ahead", "convert_each", "convert_script"]

_ZHU = ord("著")
"""The character that stands for the particle 着 in Traditional text, but not in some words."""
_ZHE = ord("着")
"""The particle."""
_REMEMBERED = 1_000_000
"""Characters of texts whose conversion is at hand: that of one text is asked for before its lines are looked
at, by several steps and at the end, and those of a batch of documents in turn."""
_SHORTEST_KEPT = 200
"""Characters of the shortest of them: single lines are converted as fast as they are looked up."""
_LONGEST_KEPT = 50_000
"""Characters of the longest of them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """The compiled dictionaries; arrays are indexed by code point, shape ``(0x110000,)``.

    Args:
        standard: The first stage: Taiwan's forms → OpenCC's standard forms.
        simplified: The second stage: standard forms → Simplified.
        phrases: The phrases of the second stage.
    """

    standard: Codes
    simplified: Codes
    phrases: Phrases


@cache
def _tables() -> _Tables:
    corrections = {in_standard_forms(key): value for key, value in read_corrections().items()}
    characters = {key: value for key, value in corrections.items() if len(key) == 1}
    phrases = {key: value for key, value in corrections.items() if len(key) > 1}
    return _Tables(
        character_table(standard_forms()),
        character_table(read_dictionary("TSCharacters") | characters),
        Phrases.of(read_dictionary("TSPhrases") | phrases),
    )


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
    for word, kind in read_rows("zhu_words.tsv"):
        words[kind].append(word)
    begin = [word for word in words["word"] if word.startswith("著")]
    end = [word for word in words["word"] if not word.startswith("著")]
    return re.compile(f"著(?:{_beside_any(begin, words['particle'])}|{_beside_any(end, words['verb'])})")


def _particles(text: str) -> npt.NDArray[np.intp]:
    """Return the offsets of every 著 in the Simplified ``text`` that stands for the particle 着."""
    every = (match.start() for match in re.finditer("著", text))
    in_words = {match.start() for match in _zhu_in_a_word().finditer(text)}
    return np.array([start for start in every if start not in in_words], dtype=np.intp)


def _convert(codes: Codes) -> Codes:
    """Convert a text of Traditional paragraphs."""
    tables = _tables()
    standard = tables.standard.take(codes)
    if (codes == _ZHU).any():
        standard[_particles(decode(tables.simplified.take(standard)))] = _ZHE
    simplified = tables.simplified.take(standard)
    found = list(tables.phrases.occurrences(decode(standard), standard))
    for start, phrase, conversion in longest_first(found, len(codes)):
        simplified[start : start + len(phrase)] = code_points(conversion)
    return simplified


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
    return convert_each([text])[0]


def convert_each(texts: Sequence[str]) -> list[str]:
    """Convert several texts as :func:`convert_script` does, those together that were not converted before.

    >>> convert_each(["隨著改革", "什么"])
    ['随着改革', '什么']
    """
    known = {text: found for text in texts if (found := _converted.get(text)) is not None}
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        # A paragraph ends with its line: none goes on in the next text.
        joined = convert_paragraphs("\n".join(new), Script.HANT, _convert)
        start = 0
        for text in new:
            known[text] = joined[start : start + len(text)]
            start += len(text) + 1
            if _SHORTEST_KEPT <= len(text) <= _LONGEST_KEPT:
                _converted.put(text, known[text], len(text))
    return [known[text] for text in texts]


def convert_ahead(texts: Iterable[str]) -> None:
    """Convert those of several texts together whose conversions are kept until each is asked for.

    Args:
        texts: Texts that :func:`convert_script` will be given next; together no longer than a batch.
    """
    convert_each([text for text in texts if _SHORTEST_KEPT <= len(text) <= _LONGEST_KEPT])


_converted = BoundedCache[str, str](_REMEMBERED)
