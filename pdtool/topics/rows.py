"""The tables of ``pdtool topics``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column, group_columns

__all__ = ["DocumentRow", "GroupRow", "ModelRow", "SentenceRow", "TermRow"]

_TOPIC = "Number of the topic, from 1, the one that makes up most of the corpus first."


@dataclass(frozen=True, slots=True)
class TermRow:
    """A word of a topic."""

    topic: int = column(Kind.COUNT, _TOPIC)
    rank: int = column(Kind.COUNT, "Rank of the word in the topic, from 1.")
    term: str = column(Kind.TEXT, "The word, in lower case.")
    weight: float = column(Kind.SHARE, "How much of the topic the word makes up; all words sum to 1.")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A topic of a document."""

    doc: str = column(Kind.TEXT, "Id of the document.")
    topic: int = column(Kind.COUNT, _TOPIC)
    share: float = column(Kind.SHARE, "How much of the document the topic makes up; all topics sum to 1.")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A topic of a group of documents."""

    groups: tuple[str, ...] = group_columns(
        "One column for each field of `--group-by`, `folder` without it; `(none)` where documents have none."
    )
    topic: int = column(Kind.COUNT, _TOPIC)
    share: float = column(Kind.SHARE, "Mean share of the topic over the documents of the group.")
    documents: int = column(Kind.COUNT, "Documents of the group that hold words of the model.")


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence that stands for a topic."""

    topic: int = column(Kind.COUNT, _TOPIC)
    rank: int = column(Kind.COUNT, "Rank of the sentence for the topic, from 1.")
    share: float = column(Kind.SHARE, "How much of the sentence the topic makes up.")
    doc: str = column(Kind.TEXT, "Id of the document it stands in.")
    sentence: str = column(Kind.TEXT, "The sentence as it stands in the clean text.")


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A number of topics and how well that many tell the corpus apart."""

    topics: int = column(Kind.COUNT, "How many topics the model has.")
    coherence: float = column(
        Kind.SHARE, "Mean NPMI of the ten first words of each topic in windows of 10 words, −1 to 1."
    )
    stability: float = column(
        Kind.SHARE, "How far its topics are found again in samples of the documents, 0 to 1."
    )
