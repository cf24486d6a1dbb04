"""Documents and their mentions → the rows of ``pdtool cite``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdtool.citations.cited_facts import cited_facts
from pdtool.citations.known_documents import KnownDocuments
from pdtool.citations.mention import CitingDocument, Mention, Profile
from pdtool.citations.relation import plain_relation
from pdtool.citations.rows import CiteRow
from pdtool.citations.title_form import title_form

__all__ = ["Citation", "citations_of", "cite_rows", "mention_rows"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that another one names.

    Args:
        citing: The document that names it.
        mentions: Where it is named, in order; at least one.
        found: The named document, if it is in the corpus and there is no doubt.
    """

    citing: Profile
    mentions: tuple[Mention, ...]
    found: Profile | None

    @property
    def telling(self) -> Mention:
        """The first mention whose relation says more than that it is named; else the first."""
        plain = plain_relation()
        return next((one for one in self.mentions if one.relation != plain), self.mentions[0])

    @property
    def title(self) -> str:
        """The title by which it is named first."""
        return next((one.title for one in self.mentions if one.title), "")

    @property
    def number(self) -> str:
        """The number that is given first."""
        return next((one.number for one in self.mentions if one.number), "")

    @property
    def name(self) -> str:
        """What stands for a document that is not in the corpus: its title in marks, else its number."""
        return f"《{self.title}》" if self.title else self.number

    @property
    def best_known(self) -> Mention:
        """The mention that says most of who issued what is named, and when."""
        return max(
            self.mentions,
            key=lambda one: (bool(one.issuer), bool(one.number), bool(one.title), bool(one.date), -one.start),
        )


def citations_of(documents: Sequence[CitingDocument]) -> Iterator[Citation]:
    """Yield the documents that each document names, in the order of their first mentions.

    Args:
        documents: All documents of the corpus; those that are named are looked for among them.
    """
    known = KnownDocuments(document.profile for document in documents)
    for document in documents:
        for mentions in _grouped(document.mentions):
            yield Citation(document.profile, mentions, _found(known, mentions, document.profile))


def cite_rows(citations: Iterable[Citation]) -> Iterator[CiteRow]:
    """Yield one row for each document named in a document."""
    for one in citations:
        yield _row(one, one.telling, len(one.mentions))


def mention_rows(citations: Iterable[Citation]) -> Iterator[CiteRow]:
    """Yield one row for each mention, those of a document in the order of its text."""
    rows: list[CiteRow] = []
    for one in citations:
        if rows and rows[0].doc != one.citing.doc:
            yield from sorted(rows, key=lambda row: row.start)
            rows = []
        rows += [_row(one, mention, 1) for mention in one.mentions]
    yield from sorted(rows, key=lambda row: row.start)


def _row(citation: Citation, shown: Mention, count: int) -> CiteRow:
    first = citation.mentions[0] if count != 1 else shown
    facts = cited_facts(citation.best_known, citation.found)
    return CiteRow(
        doc=citation.citing.doc,
        date=citation.citing.date,
        cited_title=citation.title,
        cited_number=citation.number,
        relation=shown.relation,
        cited_doc=citation.found.doc if citation.found is not None else "",
        count=count,
        start=first.start,
        end=first.end,
        sentence=shown.sentence,
        cited_genre=facts.genre,
        cited_issuer=facts.issuers,
        cited_level=facts.level,
        cited_date=facts.date,
    )


def _found(known: KnownDocuments, mentions: Sequence[Mention], citing: Profile) -> Profile | None:
    """Return the document that mentions mean; ``None`` if none is it for sure, or they disagree."""
    found = {one.doc: one for mention in mentions if (one := known.find(mention, citing)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _grouped(mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Return the mentions of each document: those of one number, or of one title without another number."""
    groups: list[list[Mention]] = []
    by_number: dict[str, int] = {}
    by_title: dict[tuple[str, str, str], list[int]] = {}
    for one in mentions:
        form = title_form(one.title, one.edition) if one.title else None
        key = (form.key, form.edition, form.year) if form is not None else ("", "", "")
        at = by_number.get(one.number, -1) if one.number else -1
        if at < 0 and form is not None:
            at = next(
                (group for group in by_title.get(key, ()) if _is_same(groups[group], one)),
                -1,
            )
        if at < 0:
            at = len(groups)
            groups.append([])
        groups[at].append(one)
        if one.number:
            by_number.setdefault(one.number, at)
        if form is not None and at not in by_title.setdefault(key, []):
            by_title[key].append(at)
    return [tuple(group) for group in groups]


def _is_same(group: Sequence[Mention], one: Mention) -> bool:
    """Return whether a mention of a title is that of others: no other number or date is given with it."""
    numbers = {other.number for other in group if other.number}
    dates = {other.date for other in group if other.date}
    return not (one.number and numbers and one.number not in numbers) and not (
        one.date and dates and not any(one.date.startswith(date) or date.startswith(one.date) for date in dates)
    )
