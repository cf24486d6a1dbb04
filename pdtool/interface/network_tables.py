"""Which terms stand together: what the command writes and the public function returns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pdtool.errors import Problem, UsageError
from pdtool.interface.copies_once import Copies, dropped_copies, without
from pdtool.interface.result import Paths, Result, choice, open_run
from pdtool.interface.run import Reading, Run
from pdtool.interface.word_lists import load_synonyms_of, load_words
from pdtool.language import _
from pdtool.text.arrays import distinct, is_member

if TYPE_CHECKING:
    from pdtool.cooccurrence.bins import TermBins
    from pdtool.corpus.scan import Corpus, ReadOptions
    from pdtool.network.coword import CowordNetwork
    from pdtool.network.rows import EdgeRow, NodeRow
    from pdtool.network.units import Unit
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.synonyms import Synonyms

__all__ = ["By", "FoundNetwork", "NetworkOptions", "find_network", "network"]

KEYWORDS = 100
"""Keywords of the corpus that are taken if nothing is said: what a picture can show."""


class By(StrEnum):
    """What one row of the table is."""

    EDGE = "edge"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """What decides a network.

    Args:
        terms: A file of terms; ``None``: the keywords of the corpus.
        unit: In what they stand together.
        top: How many of the keywords, or of the most frequent terms; ``None``: 100 keywords, all terms.
        min_together: Pairs that stand together less often are left out.
        nested: Whether a term inside a longer one counts too.
        resolution: How finely communities are told apart.
        words: The user's dictionary, and all stop words.
        synonyms: Words that are counted as one.
        copies: Whether copies count.
        with_references: Whether references, notes and the like are counted as text.
    """

    terms: str | None
    unit: Unit
    top: int | None
    min_together: int
    nested: bool
    resolution: float
    words: tuple[Sequence[UserTerm], frozenset[str]]
    synonyms: Synonyms
    copies: Copies
    with_references: bool

    def check(self) -> None:
        """Refuse numbers out of their range.

        Raises:
            UsageError: If there are such.
        """
        if self.top is not None and self.top < 1:
            raise UsageError(_("cannot take {top} terms", top=self.top), _("use --top 100"))
        if self.min_together < 1:
            raise UsageError(
                _(
                    "terms stand together at least once, not {min_together} times",
                    min_together=self.min_together,
                ),
                _("--min-together 2"),
            )
        if not 0 < self.resolution <= 1000:
            raise UsageError(
                _("a resolution is a number above 0, not {resolution}", resolution=self.resolution),
                _("use --resolution 1"),
            )


@dataclass(frozen=True, slots=True)
class FoundNetwork:
    """A network of terms.

    Args:
        made: The network.
        names: The terms that were searched for.
        reading: The documents that count.
        problems: What is to be said of them, and of the terms.
    """

    made: CowordNetwork
    names: list[str]
    reading: Reading[TermBins]
    problems: list[Problem]

    def unused(self) -> list[str]:
        """Return the terms that occur in no document."""
        import numpy as np

        held = distinct(np.frombuffer(b"".join(one.terms for one in self.reading.results), np.int32))
        unused = ~is_member(np.arange(len(self.names)), held)
        return [self.names[number] for number in np.flatnonzero(unused).tolist()]


def find_network(run: Run, corpus: Corpus, options: NetworkOptions) -> FoundNetwork:
    """Find which terms stand together.

    Args:
        run: What reads the documents.
        corpus: What was scanned.
        options: What is wanted.
    """
    from pdtool.cooccurrence.totals import add_up
    from pdtool.network.coword import CowordNetwork
    from pdtool.network.finding import BinFinder
    from pdtool.network.units import UnitKind
    from pdtool.terms.term_list import distinct_terms

    listed, problems = _terms(run, corpus, options)
    names = distinct_terms(listed, options.synonyms)
    finder = BinFinder(
        "\n".join(names), options.unit, options.nested, options.synonyms, options.with_references
    )
    finder.check()
    reading = run.read(corpus, finder)
    reading = without(reading, dropped_copies(run, corpus, options.copies))
    found = add_up(names, reading.results, options.top if options.terms is not None else None)
    apart = options.unit.kind is not UnitKind.WINDOW
    made = CowordNetwork(found, apart, options.min_together, options.resolution)
    return FoundNetwork(made, names, reading, [*problems, *reading.problems])


def _terms(run: Run, corpus: Corpus, options: NetworkOptions) -> tuple[list[str], list[Problem]]:
    """Return what is searched for: the user's terms, or the keywords of the corpus."""
    from pdtool.terms.rules import is_rule
    from pdtool.terms.term_list import load_terms

    if options.terms is not None:
        return load_terms(options.terms)
    from pdtool.interface.keyword_options import Method, ranker_settings
    from pdtool.keywords.proposals import OF_EACH, best_shares, corpus_shares
    from pdtool.keywords.tasks import Propose

    settings = ranker_settings(Method.PHRASE, "rjieba", options.words, options.synonyms)
    propose = Propose(settings, OF_EACH, options.with_references, options.synonyms)
    proposals = run.read(corpus, propose).results
    shares = best_shares(corpus_shares(proposals), options.top or KEYWORDS, nested=True)
    # A phrase of a text is never a rule, whatever Latin words it holds.
    return [phrase for phrase, _share in shares if not is_rule(phrase)], []


def network(
    paths: Paths,
    terms: str | os.PathLike[str] | None = None,
    *,
    by: str = "edge",
    unit: str = "sentence",
    top: int | None = None,
    min_together: int = 1,
    nested: bool = False,
    resolution: float = 1.0,
    userdict: str | os.PathLike[str] | None = None,
    stopwords: str | os.PathLike[str] | None = None,
    builtin_stopwords: bool = True,
    synonyms: str | os.PathLike[str] | None = None,
    copies: str = "all",
    with_references: bool = False,
    read: ReadOptions | None = None,
    jobs: int = 0,
) -> Result[EdgeRow | NodeRow]:
    """Show which terms stand together, co-word analysis: ``pdtool network``.

    Args:
        paths: Files, folders, patterns.
        terms: A file of terms, one a line, or a theme dictionary; ``None``: the keywords of the corpus.
        by: What one row is: an ``"edge"``, or a ``"node"`` (which takes the extra ``network``).
        unit: In what they stand together: ``"sentence"``, ``"paragraph"``, ``"document"``, ``"window:N"``.
        top: How many of the keywords (100 if not given), or of the most frequent terms.
        min_together: Leave out pairs that stand together less often.
        nested: Whether a term inside a longer one counts too.
        resolution: Above 1 more and smaller communities, below 1 fewer.
        userdict: A file of words that stay whole, in jieba's format.
        stopwords: A file of more words that no keyword may contain.
        builtin_stopwords: Whether the built-in stop words are left out too.
        synonyms: A file of words that are counted as one.
        copies: ``"once"``: of copies of one document only the one counts that ``dedupe`` keeps.
        with_references: Whether references, notes and the like are counted as text.
        read: How to read the documents.
        jobs: Worker processes; 0 takes as many as there are processors. Changes nothing but the time.

    Raises:
        UsageError: If an argument is out of its range.
        InputError: If no document could be read.

    >>> edge = network("seeds", top=20).rows[0]
    >>> edge.together <= min(edge.count_a, edge.count_b)
    True
    """
    from pdtool.network.rows import EdgeRow, NodeRow
    from pdtool.network.units import parse_unit
    from pdtool.rows import columns

    shown, parsed = choice(By, by, "by"), parse_unit(unit)
    with open_run(paths, read, jobs) as (run, corpus):
        words = load_words(userdict, stopwords, builtin_stopwords, run.note)
        options = NetworkOptions(
            *(None if terms is None else os.fspath(terms), parsed, top, min_together, nested, resolution),
            *(words, load_synonyms_of(synonyms), choice(Copies, copies, "copies"), with_references),
        )
        options.check()
        found = find_network(run, corpus, options)
        rows: Any = found.made.node_rows() if shown is By.NODE else found.made.edge_rows()
        row_type = NodeRow if shown is By.NODE else EdgeRow
        return run.result(rows, columns(row_type), found.problems, found.reading)
