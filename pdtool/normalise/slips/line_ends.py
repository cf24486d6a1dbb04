"""Full stops whose second byte took the line end along: ``供给土地??教育用地`` → ``供给土地。⏎教育用地``.

Where a full stop at the end of a line loses its first byte, the second one meets the line end: the decoder
cannot pair them and writes one mark for both, behind the mark of the lost byte. What follows is in step, so
that nothing but the two marks tells of the damage. They are read as a full stop only in a text with other
slips, and not where the sentence asks something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from pdtool.late_patterns import late_pattern
from pdtool.normalise.slips.language_model import LanguageModel, symbols
from pdtool.normalise.slips.marks import HOLE, LOSSES, TAG, YEAR

__all__ = ["LineEnds"]

_STOP = "。"
_ENDING = frozenset("。！？；：”’》）")
"""Signs that a line may end in."""
_DIGITS = "0123456789"
_BLANK_SHARE = 0.05
"""How often the ASCII character behind a full stop is neither a line end nor a digit."""
_TRUSTED = 0.55
"""How probable a line end or a digit must be not to be shown as a hole."""
_WIDE_BLANK = "\u3000"
"""What paragraphs are indented with."""
_PUNCTUATION = frozenset("，。、；：！？”’》）…,;:!?)")
"""Before one of these no ASCII character was lost that anybody would miss."""
_HAN = "㐀-鿿"
_pair = late_pattern(
    rf"(?:(?<=[{_HAN}”’》）〕])[{LOSSES}]{{2}}(?=[\w“‘《（〈【〔(#—\-\s]|\Z)"
    rf"|(?<=[\w)\]}}])[{LOSSES}]{{2}}(?=[{_HAN}“‘《（〈【〔]))"
)
"""Two marks beside Chinese. A third one cannot stand beside them, nor a blank before them."""
_ASKING = re.compile("[吗嗎呢吧么麼谁誰哪怎啊呀啦]|(?<!任)何|多少|是否|难道|難道|[为為]啥")
"""Words of sentences that end in question marks."""
_SENTENCE_ENDS = re.compile(rf"[。！!；;\n{LOSSES}]")
_LONGEST_SENTENCE = 200
"""Characters in front of two marks that may ask something."""


def _asks(text: str, end: int) -> bool:
    """Return whether the sentence that ends at an offset asks something."""
    start = max(0, end - _LONGEST_SENTENCE)
    sentence = _SENTENCE_ENDS.split(text[start:end])[-1]
    return _ASKING.search(sentence) is not None


class LineEnds:
    """Tells what the last byte of a character took along, and finds full stops of which two marks are left.

    Args:
        text: The decoder's output.
        language: The model that judges.
    """

    def __init__(self, text: str, language: LanguageModel) -> None:
        self._text, self._language = text, language
        self._breaks = text.count(f"{_STOP}\n") / (text.count(_STOP) + 1)

    def read(self, said: str, offset: int) -> str:
        """Return a reading with the line end or digit in place of a hole behind its last sign.

        Args:
            said: The reading of a span.
            offset: Offset at which the text is in step again.
        """
        if said[-1:] != HOLE or said[-2:-1] not in _ENDING:
            return said
        return said[:-1] + self._taken_along(offset)

    def stops(self) -> Iterator[tuple[int, int, str]]:
        """Yield the offsets of every two marks that were a full stop, and what they said."""
        for match in _pair().finditer(self._text):
            start, end = match.span()
            if not TAG.match(self._text, end) and not _asks(self._text, start):
                yield start, end, _STOP + self._taken_along(end)

    def _taken_along(self, offset: int) -> str:
        """Return the ASCII character between a full stop and an offset; a hole if it cannot be told."""
        following = self._text[offset : offset + 1]
        if year := YEAR.match(self._text, offset):
            return "2" if year[0][0] == "0" else "1"
        if following == _WIDE_BLANK and self._breaks:
            return "\n"
        if not following or following.isspace() or following in _PUNCTUATION:
            return ""
        characters = ["\n", *_DIGITS, HOLE]
        likely = self._likelihoods(following)
        best = int(likely.argmax())
        return characters[best] if likely[best] > _TRUSTED * likely.sum() else HOLE

    def _likelihoods(self, following: str) -> np.ndarray:
        """Return how probable a line end, each digit, and anything else is before a character."""
        stop, first = symbols(_STOP), symbols(following)
        digits = symbols(_DIGITS)
        begins = np.exp(self._language.scores(stop, first))
        counts = np.exp(self._language.scores(stop, digits) + self._language.scores(digits, first))
        rest = 1 - self._breaks
        return np.concatenate([self._breaks * begins, rest * counts, rest * _BLANK_SHARE * begins])
