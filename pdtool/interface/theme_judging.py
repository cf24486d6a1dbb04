"""What a person judges of a dictionary: terms that it may lack, and how far it agrees with hand codes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pdtool.errors import Problem, Severity, UsageError
from pdtool.interface.run import Reading, Run
from pdtool.language import _, listed

if TYPE_CHECKING:
    from pdtool.corpus.scan import Corpus
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.dictionary import Dictionary
    from pdtool.themes.codes import HandCodes
    from pdtool.themes.counting import DocumentCounts, ThemeCounter
    from pdtool.themes.rows import AgreementRow, SuggestionRow
    from pdtool.themes.suggestions import Neighbours

__all__ = ["CodesFile", "find_agreement", "find_suggestions", "read_codes"]

_NAMED = 5
"""Documents that are named which were coded and are not there."""


@dataclass(frozen=True, slots=True)
class CodesFile:
    """Hand codes of the themes of a dictionary.

    Args:
        name: The file.
        codes: What it holds.
    """

    name: str
    codes: HandCodes


def find_suggestions(
    run: Run,
    corpus: Corpus,
    dictionary: Dictionary,
    counter: ThemeCounter,
    words: tuple[tuple[UserTerm, ...], frozenset[str]],
    top: int,
) -> tuple[list[SuggestionRow], Reading[Neighbours]]:
    """Return terms like each theme's own, and the documents they are of.

    Args:
        run: What reads the documents.
        corpus: What was scanned.
        dictionary: The dictionary.
        counter: What counts its themes in one document.
        words: The user's dictionary, and all stop words.
        top: How many terms are proposed for each theme.
    """
    from pdtool.themes.suggestions import Suggester, add_up, suggestions

    reading = run.read(corpus, Suggester(counter, *words))
    return list(suggestions(add_up(reading.results), dictionary, top)), reading


def read_codes(name: str | os.PathLike[str], dictionary: Dictionary) -> CodesFile:
    """Read hand codes of the themes of a dictionary.

    Args:
        name: The file, with the columns doc, theme and code.
        dictionary: The dictionary.

    Raises:
        InputError: If the file cannot be read, or codes a theme that the dictionary lacks.
    """
    from pdtool.themes.codes import load_codes

    return CodesFile(os.fspath(name), load_codes(os.fspath(name), dictionary.themes))


def find_agreement(
    reading: Reading[DocumentCounts], dictionary: Dictionary, hand: CodesFile
) -> tuple[Iterable[AgreementRow], list[Problem]]:
    """Return how far a dictionary agrees with hand codes, and what is to be said of these.

    Args:
        reading: What was counted of each document.
        dictionary: The dictionary.
        hand: The codes.

    Raises:
        UsageError: If no document that was read was coded.
    """
    from pdtool.themes.agreement_rows import agreement_rows

    codes = hand.codes
    docs = {source.id: number for number, source in enumerate(reading.sources)}
    if not codes.docs & docs.keys():
        some = listed(sorted(docs)[:_NAMED])
        raise UsageError(
            _("{name}: codes no document that was read (such as {some})", name=hand.name, some=some),
            _("use these names"),
        )
    found = {
        (doc, theme): bool(theme in there)
        for doc, number in docs.items()
        for there in [_themes_of(reading.results[number], dictionary)]
        for theme in dictionary.themes
    }
    missing = _missing(hand.name, sorted(codes.docs - docs.keys()))
    return agreement_rows(found, codes, dictionary.themes), missing


def _themes_of(counts: DocumentCounts, dictionary: Dictionary) -> set[str]:
    return {dictionary.entries[entry].theme for part in counts.parts for entry in part.entries.tolist()}


def _missing(name: str, docs: Sequence[str]) -> list[Problem]:
    if not docs:
        return []
    more = _(" and {n:,} more", n=len(docs) - _NAMED) if len(docs) > _NAMED else ""
    message = _("coded documents that were not read: {names}{more}", names=listed(docs[:_NAMED]), more=more)
    return [Problem(name, message, _("use the ids that pdtool shows"), Severity.WARNING)]
