"""Documents and their mentions → the rows of ``pdtool cite``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdtool.citations.cited_facts import cited_facts
from pdtool.citations.known_documents import KnownDocuments, agree
from pdtool.citations.mention import CitingDocument, Mention, Profile
from pdtool.citations.relation import plain_relation
from pdtool.citations.rows import CiteRow
from pdtool.citations.title_form import title_form

__all__ = ["Citation", "citations_of", "cite_rows", "mention_rows"]

_ISSUED_AND_ENDED = frozenset({"印发", "废止"})


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
        """Its title: the longest by which it is named."""
        return max((one.title for one in self.mentions), key=len)

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
        found = [known.find(one, document.profile) for one in document.mentions]
        for group in _grouped(document.mentions, found):
            meant = next((found[at] for at in group if found[at] is not None), None)
            yield Citation(document.profile, tuple(document.mentions[at] for at in group), meant)


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


def _grouped(mentions: Sequence[Mention], found: Sequence[Profile | None]) -> list[list[int]]:
    """Return the indexes of the mentions of each document: of one number, or of one title.

    Args:
        mentions: The mentions of a document, in order.
        found: The document that each means, where that is known.
    """
    groups: list[list[int]] = []
    by_number: dict[str, int] = {}
    by_title: dict[tuple[str, str, str], list[int]] = {}
    for index, one in enumerate(mentions):
        form = title_form(one.title, one.edition) if one.title else None
        near = by_title.setdefault((form.key, form.edition, form.date), []) if form is not None else []
        known = [by_number[one.number]] if one.number in by_number else []
        at = next((group for group in (*known, *near) if _is_same(groups[group], index, mentions, found)), -1)
        if at < 0:
            at = len(groups)
            groups.append([])
        groups[at].append(index)
        if one.number:
            by_number.setdefault(one.number, at)
        if at not in near:
            near.append(at)
    return groups


def _is_same(
    group: Sequence[int], index: int, mentions: Sequence[Mention], found: Sequence[Profile | None]
) -> bool:
    """Return whether a mention is of the same document as others: nothing that is said tells them apart."""
    one, meant = mentions[index], found[index]
    others = {other.doc for at in group if (other := found[at]) is not None}
    if meant is not None and others and meant.doc not in others:
        return False
    # What is issued anew and what is repealed under the same title are two versions.
    relations = {mentions[at].relation for at in group} | {one.relation}
    if relations >= _ISSUED_AND_ENDED:
        return False
    numbers = {mentions[at].number for at in group} - {""}
    if one.number and numbers and one.number not in numbers:
        return False
    dates = {mentions[at].date for at in group} - {""}
    return not one.date or not dates or any(agree(one.date, date) for date in dates)
