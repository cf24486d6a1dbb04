"""``pdtool themes --suggest`` and ``--agreement``: what a person judges of a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pdtool.errors import Problem, Severity, UsageError
from pdtool.language import _, joined, listed, ngettext
from pdtool.output.layout import View

if TYPE_CHECKING:
    from pdtool.commands.session import Reading, Session
    from pdtool.commands.word_options import WordOptions
    from pdtool.corpus.scan import Corpus
    from pdtool.output.target import Target
    from pdtool.terms.dictionary import Dictionary
    from pdtool.themes.codes import HandCodes
    from pdtool.themes.counting import DocumentCounts, ThemeCounter

__all__ = ["read_codes", "write_agreement", "write_suggestions"]

_SUGGESTED = View(order=("term", "theme", "score", "like", "together", "sentences"))
_AGREED = View(order=("theme", "coder", "kappa", "alpha", "precision", "recall", "units"))
_NAMED = 5
"""Documents that are named which were coded and are not there."""


def write_suggestions(
    session: Session,
    corpus: Corpus,
    dictionary: Dictionary,
    counter: ThemeCounter,
    words: WordOptions,
    top: int,
    target: Target,
) -> list[Problem]:
    """Write terms like each theme's own; return what is to be said about inputs."""
    from pdtool.themes.rows import SuggestionRow
    from pdtool.themes.suggestions import Suggester, add_up, suggestions

    terms, stop_words = words.load(session.reporter)
    reading = session.read(corpus, Suggester(counter, terms, stop_words))
    rows = list(suggestions(add_up(reading.results), dictionary, top))
    session.write_table(rows, SuggestionRow, target, _SUGGESTED)
    session.reporter.summary(
        joined([reading.summary(), ngettext("{n:,} term to judge", "{n:,} terms to judge", len(rows))])
    )
    return reading.problems


def read_codes(name: str, dictionary: Dictionary) -> HandCodes:
    """Read hand codes of the themes of a dictionary."""
    from pdtool.themes.codes import load_codes

    return load_codes(name, dictionary.themes)


def write_agreement(
    session: Session,
    reading: Reading[DocumentCounts],
    dictionary: Dictionary,
    hand: HandCodes,
    name: str,
    target: Target,
) -> list[Problem]:
    """Write how far the dictionary agrees with hand codes; return what is to be said about them.

    Raises:
        UsageError: If no document that was read was coded.
    """
    from pdtool.themes.agreement_rows import agreement_rows
    from pdtool.themes.rows import AgreementRow

    docs = {source.id: number for number, source in enumerate(reading.sources)}
    if not hand.docs & docs.keys():
        some = listed(sorted(docs)[:_NAMED])
        raise UsageError(
            _("{name}: codes no document that was read (such as {some})", name=name, some=some),
            _("use these names"),
        )
    found = {
        (doc, theme): bool(theme in there)
        for doc, number in docs.items()
        for there in [_themes_of(reading.results[number], dictionary)]
        for theme in dictionary.themes
    }
    session.write_table(agreement_rows(found, hand, dictionary.themes), AgreementRow, target, _AGREED)
    return _missing(name, sorted(hand.docs - docs.keys()))


def _themes_of(counts: DocumentCounts, dictionary: Dictionary) -> set[str]:
    return {dictionary.entries[entry].theme for part in counts.parts for entry in part.entries.tolist()}


def _missing(name: str, docs: Sequence[str]) -> list[Problem]:
    if not docs:
        return []
    more = _(" and {n:,} more", n=len(docs) - _NAMED) if len(docs) > _NAMED else ""
    message = _("coded documents that were not read: {names}{more}", names=listed(docs[:_NAMED]), more=more)
    return [Problem(name, message, _("use the ids that pdtool shows"), Severity.WARNING)]
