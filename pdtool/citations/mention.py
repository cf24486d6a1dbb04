"""A mention of a document, and what is known of the document that mentions it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CitingDocument", "Mention", "Profile"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a document.

    Args:
        title: Its title in one line, the whole one where a short form stands; empty for a number alone.
        written: The title as it stands there.
        edition: What a bracket behind it says of the edition.
        number: Its number as the standard writes it; empty if none is given.
        issuer: The bodies that are named before it, joined as they stand.
        date: The date that is given with it, as ``2021``, ``2021-03`` or ``2021-03-05``; empty if none.
        relation: What the citing document has to do with it.
        start: First character of what names it, in the clean text or in the raw one.
        end: First character after it.
        sentence: The sentence that names it, repaired and in one line.
        is_short: Whether a short form stands there.
    """

    title: str
    written: str
    edition: str
    number: str
    issuer: str
    date: str
    relation: str
    start: int
    end: int
    sentence: str
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a document, for others to be found by.

    Args:
        doc: Its id.
        title: Its title.
        number: Its number.
        date: When it was issued.
        issuers: The bodies that issued it.
        level: The level of the first.
        genre: What kind of document it is.
    """

    doc: str
    title: str = ""
    number: str = ""
    date: str = ""
    issuers: tuple[str, ...] = ()
    level: str = ""
    genre: str = ""

    @property
    def year(self) -> str:
        """The year it was issued in."""
        return self.date[:4]


@dataclass(frozen=True, slots=True)
class CitingDocument:
    """A document and the mentions in it, in order, their offsets in its raw text."""

    profile: Profile
    mentions: tuple[Mention, ...]
