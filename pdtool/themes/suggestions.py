"""Words and phrases that stand where the terms of a theme stand: terms its author may have forgotten.

A candidate is weighed by its semantic orientation from association, SO-PMI (Turney and Littman 2003): its
pointwise mutual information with the terms of the theme less that with the terms of all other themes, both
over sentences. Of a dictionary with one theme the other side is all sentences without it. Where counts are
small mutual information is too high; it is discounted as Pantel and Lin (2002) do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from math import log2

import numpy as np
import numpy.typing as npt

from pdtool.documents.document import Document
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.userdict import UserTerm
from pdtool.terms.dictionary import Dictionary
from pdtool.terms.rules import is_rule, parse_rule
from pdtool.text.han import is_han
from pdtool.text.sentences import sentence_ends
from pdtool.themes.counting import ThemeCounter
from pdtool.themes.rows import SuggestionRow

__all__ = ["Neighbours", "Suggester", "add_up", "so_pmi", "suggestions"]

FEWEST_TOGETHER = 3
"""Sentences that a candidate must share with a theme."""
_LONGEST = 10
"""Characters of the longest candidate."""
_SMOOTHED = 0.01
"""What is added to each count, so that none is 0: Turney's own figure (2002, section 3)."""


@dataclass(slots=True)
class Neighbours:
    """What stands beside the terms of themes, in sentences.

    Args:
        sentences: How many there are.
        words: In how many of them each candidate stands, outside the dictionary's terms.
        themes: How many hold a term of each theme, by the theme's number.
        only: How many hold terms of that theme alone.
        marked: How many hold a term of any theme.
        together: How many hold a candidate and a term of a theme.
        together_only: Those of them that hold terms of no other theme.
        with_any: How many hold a candidate and a term of any theme.
    """

    sentences: int = 0
    words: Counter[str] = field(default_factory=Counter)
    themes: Counter[int] = field(default_factory=Counter)
    only: Counter[int] = field(default_factory=Counter)
    marked: int = 0
    together: Counter[tuple[str, int]] = field(default_factory=Counter)
    together_only: Counter[tuple[str, int]] = field(default_factory=Counter)
    with_any: Counter[str] = field(default_factory=Counter)

    def add(self, words: set[str], themes: set[int]) -> None:
        """Count a sentence that holds candidates and terms of themes."""
        self.sentences += 1
        self.words.update(words)
        if not themes:
            return
        self.marked += 1
        self.themes.update(themes)
        self.with_any.update(words)
        for theme in themes:
            self.together.update((word, theme) for word in words)
        if len(themes) == 1:
            self.only.update(themes)
            (theme,) = themes
            self.together_only.update((word, theme) for word in words)


@lru_cache(maxsize=1)
def _segmenter(terms: tuple[UserTerm, ...]) -> Segmenter:
    return Segmenter(terms=terms)


@dataclass(frozen=True)
class Suggester:
    """Gathers what stands beside the terms of themes in one document after another, in any process.

    Args:
        counter: Finds the terms.
        user_terms: The user's own words.
        stop_words: Words that are in no candidate.
    """

    counter: ThemeCounter
    user_terms: tuple[UserTerm, ...] = ()
    stop_words: frozenset[str] = frozenset()

    def __call__(self, document: Document) -> Neighbours:
        """Return the neighbours of a document's terms."""
        return self.of_text(self.counter.body(document))

    def of_text(self, text: str) -> Neighbours:
        """Return the neighbours of the terms in a text."""
        found = Neighbours()
        ends = sentence_ends(text)
        themes = memoryview(self.counter.themes).cast("i")
        occurrences = list(self.counter.occurrences(text))
        covered = np.zeros(len(text) + 1, dtype=np.bool_)
        for start, end, _ in occurrences:
            covered[start:end] = True
        held: dict[int, set[int]] = {}
        for start, _, entry in occurrences:
            held.setdefault(int(np.searchsorted(ends, start, side="right")), set()).add(themes[entry])
        words: dict[int, set[str]] = {}
        for start, word in self._candidates(text, covered):
            words.setdefault(int(np.searchsorted(ends, start, side="right")), set()).add(word)
        for sentence in range(len(ends)):
            found.add(words.get(sentence, set()), held.get(sentence, set()))
        return found

    def _candidates(self, text: str, covered: npt.NDArray[np.bool_]) -> Iterator[tuple[int, str]]:
        """Yield words, and pairs of words side by side, that overlap no term of the dictionary."""
        last_end, last = -1, ""
        for word, start, end in _segmenter(self.user_terms).cut(text):
            taken = word.lower() in self.stop_words or covered[start] or covered[end - 1]
            if taken or not all(map(is_han, word)):
                last_end, last = -1, ""
                continue
            if 2 <= len(word) <= _LONGEST:
                yield start, word
            if last_end == start and 3 <= len(last) + len(word) <= _LONGEST:
                yield start - len(last), last + word
            last_end, last = end, word


def add_up(every: Iterable[Neighbours]) -> Neighbours:
    """Add up the neighbours of all documents."""
    total = Neighbours()
    for one in every:
        total.sentences += one.sentences
        total.marked += one.marked
        for name in ("words", "themes", "only", "together", "together_only", "with_any"):
            getattr(total, name).update(getattr(one, name))
    return total


def so_pmi(together: float, other: float, of_theme: float, of_others: float) -> float:
    """Return the SO-PMI of a candidate, before any discount (Turney 2002, formula 3).

    ``log2(together · of_others ÷ (other · of_theme))``, each count with 0.01 added: how much more often it
    stands with the one side than with the other, measured by how often either occurs.

    Args:
        together: Sentences with the candidate and the theme.
        other: Sentences with the candidate and the other side.
        of_theme: Sentences with the theme.
        of_others: Sentences with the other side.

    >>> round(so_pmi(20, 5, 100, 100), 2)
    2.0
    """
    above = (together + _SMOOTHED) * (of_others + _SMOOTHED)
    return log2(above / ((other + _SMOOTHED) * (of_theme + _SMOOTHED)))


def suggestions(found: Neighbours, dictionary: Dictionary, top: int) -> Iterator[SuggestionRow]:
    """Yield the best candidates of each theme, best first.

    Args:
        found: What stands in all documents.
        dictionary: The themes.
        top: How many of each theme.
    """
    by_theme: dict[int, list[SuggestionRow]] = {}
    terms = [_words_of(dictionary, theme) for theme in dictionary.themes]
    own = {word for words in terms for word in words}
    for word, theme in found.together:
        if word in own:  # a term of a rule, which may stand anywhere
            continue
        row = _row(found, word, theme, dictionary.themes[theme], terms[theme], len(terms) > 1)
        if row is not None:
            by_theme.setdefault(theme, []).append(row)
    for theme in sorted(by_theme):
        best = sorted(_without_parts(by_theme[theme]), key=lambda row: (-row.score, -row.together, row.term))
        for rank, row in enumerate(best[:top], 1):
            yield SuggestionRow(
                row.theme, rank, row.term, row.score, row.so_pmi, row.shared_chars, row.like, row.sentences,
                row.together,
            )  # fmt: skip


def _row(
    found: Neighbours, word: str, theme: int, name: str, terms: Sequence[str], are_several: bool
) -> SuggestionRow | None:
    """Return a candidate of a theme; ``None`` if it does not stand there more often than elsewhere."""
    together, sentences = found.together[word, theme], found.words[word]
    of_theme = found.themes[theme]
    if together < FEWEST_TOGETHER or together * found.sentences <= sentences * of_theme:
        return None
    if are_several:
        other = found.with_any[word] - found.together_only[word, theme]
        of_others = found.marked - found.only[theme]
    else:
        other, of_others = sentences - together, found.sentences - of_theme
    least = min(sentences, of_theme)
    discount = together / (together + 1) * least / (least + 1)
    value = so_pmi(together, other, of_theme, of_others) * discount
    if value <= 0:
        return None
    shared, like = _most_alike(word, terms)
    return SuggestionRow(name, 0, word, value * (1 + shared), value, shared, like, sentences, together)


def _words_of(dictionary: Dictionary, theme: str) -> list[str]:
    """Return the terms of a theme; of rules the terms that they want."""
    terms = [entry.term for entry in dictionary.entries if entry.theme == theme]
    return [word for term in terms for word in (sorted(parse_rule(term).wanted) if is_rule(term) else [term])]


def _most_alike(word: str, terms: Sequence[str]) -> tuple[float, str]:
    """Return the greatest share of the characters of a word and a term that both have, and the term."""
    characters = set(word)
    shares = [(len(characters & set(term)) / max(len(characters), len(set(term))), term) for term in terms]
    best = max(shares, key=lambda share: share[0], default=(0.0, ""))
    return best if best[0] else (0.0, "")


def _without_parts(rows: Sequence[SuggestionRow]) -> Iterator[SuggestionRow]:
    """Yield candidates but those that stand in as many sentences inside a longer one."""
    for _, some in groupby(sorted(rows, key=_counts), key=_counts):
        alike = list(some)
        for row in alike:
            if not any(row.term in other.term and row.term != other.term for other in alike):
                yield row


def _counts(row: SuggestionRow) -> tuple[int, int]:
    return row.sentences, row.together
