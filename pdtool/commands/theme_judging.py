"""``pdtool themes --suggest`` and ``--agreement``: what a person judges of a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdtool.interface.theme_judging import find_agreement, find_suggestions
from pdtool.language import joined, ngettext
from pdtool.output.layout import View

if TYPE_CHECKING:
    from pdtool.commands.session import Session
    from pdtool.commands.word_options import WordOptions
    from pdtool.corpus.scan import Corpus
    from pdtool.errors import Problem
    from pdtool.interface.theme_judging import CodesFile
    from pdtool.interface.theme_tables import CountedThemes
    from pdtool.output.target import Target
    from pdtool.terms.dictionary import Dictionary
    from pdtool.themes.counting import ThemeCounter

__all__ = ["write_agreement", "write_suggestions"]

_SUGGESTED = View(order=("term", "theme", "score", "like", "together", "sentences"))
_AGREED = View(order=("theme", "coder", "kappa", "alpha", "precision", "recall", "units"))


def write_suggestions(
    session: Session,
    corpus: Corpus,
    dictionary: tuple[Dictionary, list[Problem]],
    counter: ThemeCounter,
    words: WordOptions,
    top: int,
    target: Target,
) -> None:
    """Write terms like each theme's own, and end the session."""
    from pdtool.themes.rows import SuggestionRow

    entries, remarks = dictionary
    told = words.load(session.reporter)
    rows, reading = find_suggestions(session, corpus, entries, counter, told, top)
    session.write_table(rows, SuggestionRow, target, _SUGGESTED)
    session.reporter.summary(
        joined([reading.summary(), ngettext("{n:,} term to judge", "{n:,} terms to judge", len(rows))])
    )
    session.finish([*remarks, *reading.problems])


def write_agreement(session: Session, found: CountedThemes, hand: CodesFile, target: Target) -> None:
    """Write how far the dictionary agrees with hand codes, and end the session.

    Raises:
        UsageError: If no document that was read was coded.
    """
    from pdtool.themes.rows import AgreementRow

    rows, told = find_agreement(found.reading, found.tables.dictionary, hand)
    session.write_table(rows, AgreementRow, target, _AGREED)
    session.finish([*found.problems, *told])
