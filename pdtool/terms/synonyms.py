"""Words that mean the same and are counted as one.

A file has one line for each group of them, with ``=`` between: ``党的建设 = 党建 = 党建工作``. The first
of them stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from pdtool.corpus.text_file import read_text_file
from pdtool.errors import InputError
from pdtool.language import _
from pdtool.normalise.terms import plain_term, simplified_terms
from pdtool.terms.patterns import Pattern, compile_terms, searchable
from pdtool.text.multi_match import searcher_of

__all__ = ["NO_SYNONYMS", "Synonyms", "load_synonyms"]

_SIGNS = str.maketrans({"＝": "="})


@dataclass(frozen=True)
class Synonyms:
    """Groups of words that are counted as one.

    Args:
        groups: Each with the word that stands for it first; no word is in two of them.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    _by_pattern: Mapping[Pattern, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = [(word, group) for group in self.groups for word in group]
        forms = compile_terms([word for word, _ in words])
        found = {form[0]: group for (_, group), form in zip(words, forms, strict=True) if form}
        object.__setattr__(self, "_by_pattern", found)

    def of(self, pattern: Pattern) -> tuple[str, ...]:
        """Return the words that mean the same as what a term searches for, the first for all; or none."""
        return self._by_pattern.get(pattern, ())

    @cached_property
    def first_of(self) -> Mapping[str, str]:
        """For each word, in the form it has in clean text, the word that stands for its group."""
        words = [(word, group[0]) for group in self.groups for word in group]
        forms = compile_terms([word for word, _ in words])
        return {
            form[0].literal: first
            for (_, first), form in zip(words, forms, strict=True)
            if form and form[0].literal is not None
        }

    def counted_as(self, word: str) -> str:
        """Return the word under which a word of clean text is counted.

        >>> Synonyms((("党的建设", "党建"),)).counted_as("党建")
        '党的建设'
        """
        return self.first_of.get(word.lower(), word)

    def unified(self, text: str) -> str:
        """Return a clean text in which the word that stands for its group stands for every other one.

        >>> Synonyms((("党的建设", "党建"),)).unified("党建工作与党的建设")
        '党的建设工作与党的建设'
        """
        if not self.groups:
            return text
        pieces: list[str] = []
        searched, done = searchable(text), 0
        for number, start, end in self._automaton.find_matches_as_indexes(searched):
            if _stands_alone(searched, start, end):
                pieces += (text[done:start], self._clean_first[number])
                done = end
        return "".join([*pieces, text[done:]])

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return searcher_of(list(self.first_of), MatchKind.LeftmostLongest)

    @cached_property
    def _clean_first(self) -> list[str]:
        """The word that stands for each one, in the form it has in clean text."""
        return simplified_terms([plain_term(first) for first in self.first_of.values()])

    def patterns(self, terms: Iterable[str]) -> tuple[tuple[Pattern, ...], ...]:
        """Compile terms as :func:`compile_terms` does, each with all words that mean the same.

        Terms of one group search for the same, in the same order.

        >>> [form.literal for form in Synonyms((("党的建设", "党建"),)).patterns(["党建"])[0]]
        ['党的建设', '党建']
        """
        compiled = compile_terms(list(terms))
        groups = [self.of(forms[0]) if forms else () for forms in compiled]
        words = list(dict.fromkeys(word for group in groups for word in group))
        of_word = dict(zip(words, compile_terms(words), strict=True))
        return tuple(
            tuple(dict.fromkeys(form for word in group for form in of_word[word])) or forms
            for group, forms in zip(groups, compiled, strict=True)
        )


def _is_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place].isascii() and text[place].isalnum()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is no part of a longer Latin word or number."""
    within_left = _is_letter(text, start - 1) and _is_letter(text, start)
    return not within_left and not (_is_letter(text, end - 1) and _is_letter(text, end))


NO_SYNONYMS = Synonyms()
"""No word stands for another."""


def load_synonyms(name: str) -> Synonyms:
    """Read a file of synonyms: one group a line, ``党的建设 = 党建``; blank lines and ``#`` are passed over.

    Raises:
        InputError: If it cannot be read, or a line is no group or names a word twice; it names the line.
    """
    groups: list[tuple[str, ...]] = []
    line_of: dict[Pattern, int] = {}
    lines = read_text_file(name).removeprefix("\ufeff").splitlines()
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        words = tuple(word.strip() for word in line.translate(_SIGNS).split("="))
        if len(words) < 2 or not all(words):
            raise InputError(
                _("{name}: line {number}: is no group of synonyms", name=name, number=number),
                _("write 党的建设 = 党建"),
            )
        for word, forms in zip(words, compile_terms(words), strict=True):
            if not forms or forms[0].literal is None:
                raise InputError(
                    _("{name}: line {number}: {word!r} is no word", name=name, number=number, word=word),
                    _("leave out * and ?"),
                )
            earlier = line_of.setdefault(forms[0], number)
            if earlier != number:
                raise InputError(
                    _(
                        "{name}: line {number}: {word!r} was there before (line {earlier})",
                        name=name,
                        number=number,
                        word=word,
                        earlier=earlier,
                    ),
                    _("write all words that mean the same in one line"),
                )
        groups.append(tuple(dict.fromkeys(words)))
    if not groups:
        raise InputError(
            _("{name}: holds no synonyms", name=name), _("write one group a line: 党的建设 = 党建")
        )
    return Synonyms(tuple(groups))
