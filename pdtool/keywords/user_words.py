"""Files → the user's words: dictionaries and stop words, in the form they have in clean text."""

from __future__ import annotations

from dataclasses import replace

from pdtool.corpus.text_file import read_text_file
from pdtool.normalise.terms import plain_term, simplified_terms
from pdtool.segment.stop_words import parse_stop_words
from pdtool.segment.userdict import UserTerm, parse_user_dictionary

__all__ = ["load_stop_words", "load_user_dictionary"]


def load_user_dictionary(name: str) -> tuple[UserTerm, ...]:
    """Read a user dictionary; Traditional and full-width terms become what clean text holds.

    Args:
        name: The file.

    Raises:
        InputError: If it cannot be read, or a line of it is no entry; the message names the line.
    """
    entries = parse_user_dictionary(read_text_file(name), name)
    terms = simplified_terms([plain_term(entry.term) for entry in entries])
    clean = {term: replace(entry, term=term) for term, entry in zip(terms, entries, strict=True) if term}
    return tuple(clean.values())


def load_stop_words(name: str) -> frozenset[str]:
    """Read a list of stop words, a word a line, likewise.

    Raises:
        InputError: If it cannot be read.
    """
    words = sorted(parse_stop_words(read_text_file(name)))
    return frozenset(word for word in simplified_terms([plain_term(word) for word in words]) if word)
