"""jieba's inverse document frequencies, read without importing jieba.

``import jieba.analyse`` costs a third of a second and reads the same file on top of that. Of a few documents
even reading the file into a dictionary would be a tenth of the whole command, so a few words are searched for
in it as it lies.
"""

from __future__ import annotations

from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

__all__ = ["MEDIAN_IDF", "idf", "idf_file", "look_up_idf", "read_idf"]

MEDIAN_IDF = 11.9547675029
"""The median of the file: what jieba gives a word the file does not have."""


_WHOLE = 60.0
"""Milliseconds of processor that reading the whole file takes (as the other three: November 2026)."""
_SEARCH = 2.0
"""What a search for one word takes."""
_PASS = 10.0
"""What a search for any number of words takes, apart from what each of them adds."""
_PATTERN = 0.003
"""What each adds."""


def idf_file() -> Path:
    """Return where jieba keeps its idf table: one word with its idf per line."""
    # Of "jieba" alone: finding "jieba.analyse" would import jieba.
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None, "jieba is a dependency"
    return Path(spec.origin).parent / "analyse" / "idf.txt"


class _Figures:
    """The figures of words, found in the file as long as that costs less than reading it whole."""

    def __init__(self) -> None:
        self._data = b""
        self._found: dict[str, float] = {}
        self._entries: dict[bytes, bytes] = {}
        self._left = _WHOLE

    def look_up(self, words: Collection[str]) -> None:
        """Find words that will be asked for, in one pass over the file."""
        if self._entries or not words:
            return
        self._left -= _PASS + len(words) * _PATTERN
        if self._left < 0:
            self.read()
            return
        known = {word: key for word in words if (key := _key(word)) is not None}
        self._found |= dict.fromkeys(words, MEDIAN_IDF)
        names, data = list(known), self._lines()
        patterns = [b"\n%b " % key for key in known.values()]
        for number, _, end in BytesAhoCorasick(patterns).find_matches_as_indexes(data):
            self._found[names[number]] = _figure(data, end)

    def of(self, word: str) -> float:
        """Return the figure of a word."""
        if self._entries:
            figure = self._entries.get(word.encode("utf-8", "surrogatepass"))
            return MEDIAN_IDF if figure is None else float(figure)
        if word not in self._found:
            self._left -= _SEARCH
            if self._left < 0:
                self.read()
                return self.of(word)
            self._found[word] = self._searched(word)
        return self._found[word]

    def _searched(self, word: str) -> float:
        key = _key(word)
        line = b"" if key is None else b"\n%b " % key
        place = self._lines().find(line) if line else -1
        return MEDIAN_IDF if place < 0 else _figure(self._data, place + len(line))

    def _lines(self) -> bytes:
        self._data = self._data or b"\n" + idf_file().read_bytes()
        return self._data

    def read(self) -> None:
        """Read the table of 270,132 words, still as bytes.

        Decoding all words and converting all figures takes three times as long, and a document asks for a few
        hundred of them.
        """
        fields = iter(self._lines().split())
        self._entries = dict(zip(fields, fields, strict=True))
        self._data, self._found = b"", {}


def _key(word: str) -> bytes | None:
    """Return a word as it would stand in a line of the file; ``None`` for one that no line can hold."""
    key = word.encode("utf-8", "surrogatepass")
    return key if key.split() == [key] else None


def _figure(data: bytes, start: int) -> float:
    """Return the figure of a line that begins at an offset."""
    end = data.find(b"\n", start)
    return float(data[start : end if end >= 0 else len(data)])


_figures = _Figures()


def read_idf() -> None:
    """Read the whole file, where many words will be asked for."""
    _figures.read()


def look_up_idf(words: Collection[str]) -> None:
    """Find the figures of words that :func:`idf` will be asked for: quicker than one by one.

    Args:
        words: Any; those that the file does not have as well.
    """
    _figures.look_up(words)


def idf(word: str) -> float:
    """Return jieba's inverse document frequency of a word, or the median for one that it does not have.

    >>> idf("中国") < idf("治理") < idf("没有这个词")
    True
    """
    return _figures.of(word)
