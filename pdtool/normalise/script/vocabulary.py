"""Taiwan's words → the mainland's: ``資訊`` → ``信息``. Only when asked for: it changes what was written.

The words are those of opencc-python-reimplemented's ``tw2sp``, as they stand in Traditional paragraphs;
turning the rest of the text into Simplified is left to the step that does that for every text.

Names stay: those of ``data/vocabulary_corrections.tsv`` (``數位發展部``, ``個人資料保護法``) and what stands
between 《 and 》. So do words that the mainland has as well (``查詢``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from pdtool.text.arrays import is_member
from pdtool.text.code_points import Codes, code_points
from pdtool.text.edits import Edits
from pdtool.text.opencc_data import read_dictionary, read_rows
from pdtool.text.paragraphs import Script, paragraphs_in
from pdtool.text.phrases import Found, Phrases, longest_first

__all__ = ["vocabulary"]


@cache
def _words() -> tuple[Phrases, dict[str, str]]:
    """Return the words of two or more characters, and those of one character."""
    # A word of Taiwan's own forms (裡) that the next step knows goes first, so that it stays as it is.
    words = read_dictionary("TWVariantsRevPhrases") | read_dictionary("TWPhrasesRev")
    words |= {word: usual for word, usual, _ in read_rows("vocabulary_corrections.tsv")}
    longer = {word: usual for word, usual in words.items() if len(word) > 1}
    return Phrases.of(longer), {word: usual for word, usual in words.items() if len(word) == 1}


_TITLE = re.compile("《[^《》\n]{1,60}》")
"""The name of a law or a work."""


def _occurrences(text: str, codes: Codes) -> Iterator[Found]:
    phrases, single = _words()
    yield from phrases.occurrences(text, codes)
    yield from ((match.start(), match[0], match[0]) for match in _TITLE.finditer(text))
    numbers = np.array(sorted(map(ord, single)), dtype=np.uint32)
    for start in np.flatnonzero(is_member(codes, numbers)).tolist():
        yield start, text[start], single[text[start]]


def vocabulary(text: str) -> Edits:
    """Find the words of Taiwan in the Traditional paragraphs of a text.

    Args:
        text: Any text.

    Returns:
        Edits that replace each by the mainland's word, still in Traditional.

    >>> vocabulary("資訊與網路安全").apply("資訊與網路安全")[0]
    '信息與網絡安全'
    """
    codes = code_points(text)
    chosen = paragraphs_in(Script.HANT, codes)
    if chosen is None:
        return Edits.of(text, [])
    found = [one for one in _occurrences(text, codes) if chosen[one[0]]]
    taken = sorted(longest_first(found, len(text)))
    return Edits.of(
        text, [(start, start + len(word), usual) for start, word, usual in taken if word != usual]
    )
