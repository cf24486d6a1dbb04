"""Files → lists of terms: one a line, or the terms of a theme dictionary whatever their themes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pdtool.corpus.text_file import read_text_file
from pdtool.errors import InputError, Problem
from pdtool.language import _
from pdtool.terms.dictionary import Dictionary, Entry
from pdtool.terms.load import BUILT_IN, load_dictionary
from pdtool.terms.patterns import compile_terms
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms

__all__ = ["distinct_terms", "load_term_dictionary", "load_terms"]


def load_terms(name: str) -> tuple[list[str], list[Problem]]:
    """Read terms to search for.

    Args:
        name: A text file with one term a line (``.txt``; blank lines and those that begin with ``#`` are
            skipped), a theme dictionary (``.yaml .yml .csv .tsv .xlsx``), or the name of a built-in one.

    Returns:
        The terms in their order, none twice, and what their author should know.

    Raises:
        UsageError: If the file is of another type.
        InputError: If it cannot be read or holds no terms; it names the line.
    """
    dictionary, problems = load_term_dictionary(name)
    if any(entry.theme for entry in dictionary.entries):
        return distinct_terms(entry.term for entry in dictionary.entries), problems
    return [entry.term for entry in dictionary.entries], problems


def load_term_dictionary(name: str) -> tuple[Dictionary, list[Problem]]:
    """Read terms to search for, with their themes if the file has some.

    Args:
        name: As for :func:`load_terms`.

    Returns:
        The terms, those of a list without a theme, and what their author should know.

    Raises:
        UsageError: If the file is of another type.
        InputError: If it cannot be read or holds no terms; it names the line.
    """
    if Path(name).suffix.lower() != ".txt" or name in BUILT_IN:
        return load_dictionary(name)
    lines = enumerate(map(str.strip, read_text_file(name).removeprefix("\ufeff").splitlines()), start=1)
    placed = [
        (number, Entry("", line, 1.0, "", "")) for number, line in lines if line and not line.startswith("#")
    ]
    if not placed:
        raise InputError(_("{name}: holds no terms", name=name), _("write one term a line"))
    return Dictionary.of(name, placed)


def distinct_terms(terms: Iterable[str], synonyms: Synonyms = NO_SYNONYMS) -> list[str]:
    """Return those of some terms that search for something, and for something else than the ones before.

    Args:
        terms: As they were written.
        synonyms: Words that are counted as one: the first of a group stands for all.

    >>> distinct_terms(["党建", "黨建", "ＡＩ", "ai", "*"])
    ['党建', 'ＡＩ']
    """
    every = list(terms)
    if synonyms.groups:
        groups = [synonyms.of(forms[0]) if forms else () for forms in compile_terms(every)]
        every = [group[0] if group else term for group, term in zip(groups, every, strict=True)]
    first = {forms[0]: place for place, forms in reversed([*enumerate(compile_terms(every))]) if forms}
    return [every[place] for place in sorted(first.values())]
