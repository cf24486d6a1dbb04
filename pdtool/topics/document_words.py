"""A document → its content words in their order, packed; and those of a corpus as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.segment.content_words import ContentWords
from pdtool.terms.synonyms import NO_SYNONYMS, Synonyms

__all__ = ["CorpusWords", "DocumentWords", "WordReader"]

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The content words of a document.

    Args:
        distinct: Each word once, by its first occurrence, one a line.
        sequence: Its words in their order, as 32-bit numbers of ``distinct``.
        body: The text they were read from, if it was asked for; else empty.
    """

    distinct: str
    sequence: bytes
    body: str = ""

    @classmethod
    def of(cls, words: Sequence[str], body: str = "") -> DocumentWords:
        """Pack words; none holds a line end."""
        numbers: dict[str, int] = {}
        sequence = [numbers.setdefault(word, len(numbers)) for word in words]
        return cls("\n".join(numbers), np.array(sequence, dtype=np.int32).tobytes(), body)

    def __len__(self) -> int:
        return len(self.sequence) // 4

    @property
    def words(self) -> list[str]:
        """The distinct words."""
        return self.distinct.split("\n") if self.distinct else []


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads the content words of one document after another, in any process.

    Args:
        content: What content words are.
        synonyms: Words that are counted as one.
        with_body: Whether the text is returned as well.
        with_references: Whether references, notes and the like are counted as text.
    """

    content: ContentWords
    synonyms: Synonyms = NO_SYNONYMS
    with_body: bool = False
    with_references: bool = False

    def __call__(self, document: Document) -> DocumentWords:
        """Return the content words of a document's body."""
        body = body_of(document, self.with_references)
        return DocumentWords.of(self.words(body), body if self.with_body else "")

    def words(self, text: str) -> list[str]:
        """Return the content words of a text, each as the one that stands for its synonyms."""
        found = self.content.find(text)
        return list(map(self.synonyms.counted_as, found)) if self.synonyms.groups else found


@dataclass(frozen=True, eq=False)
class CorpusWords:
    """The content words of all documents of a corpus.

    Args:
        words: All of them, each once, sorted code point by code point.
        sequence: The words of one document after another, as numbers of ``words``, shape ``(n_tokens,)``.
        ends: Where each document ends in ``sequence``, shape ``(n_documents,)``.
    """

    words: tuple[str, ...]
    sequence: Ints
    ends: npt.NDArray[np.int64]

    @classmethod
    def of(cls, documents: Sequence[DocumentWords]) -> CorpusWords:
        """Return the words of a corpus, numbered; the order of its documents does not change the numbers."""
        words = sorted({word for document in documents for word in document.words})
        numbers = {word: number for number, word in enumerate(words)}
        parts = [
            np.array([numbers[word] for word in document.words], dtype=np.int32)[
                np.frombuffer(document.sequence, np.int32)
            ]
            for document in documents
        ]
        sequence = np.concatenate([np.zeros(0, dtype=np.int32), *parts])
        return cls(tuple(words), sequence, np.cumsum([len(part) for part in parts], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    @cached_property
    def counts(self) -> Any:
        """How often each word occurs in each document, a sparse matrix ``(n_documents, n_words)``."""
        from scipy.sparse import csr_matrix

        starts = np.concatenate((np.zeros(1, np.int64), self.ends))
        ones = np.ones(len(self.sequence), dtype=np.float64)
        matrix = csr_matrix((ones, self.sequence, starts), shape=(len(self), len(self.words)))
        matrix.sum_duplicates()
        return matrix
