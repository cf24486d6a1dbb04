"""What decides which keywords are found."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pdtool.errors import UsageError
from pdtool.language import _

if TYPE_CHECKING:
    from pdtool.keywords.tasks import RankerSettings, TextChoice
    from pdtool.segment.userdict import UserTerm
    from pdtool.terms.synonyms import Synonyms

__all__ = ["KeywordOptions", "Level", "Method", "ranker_settings"]


class Method(StrEnum):
    """How keywords are ranked."""

    PHRASE = "phrase"
    TFIDF = "tfidf"
    TEXTRANK = "textrank"
    KEYNESS = "keyness"


class Level(StrEnum):
    """Whose keywords they are."""

    DOCUMENT = "document"
    CORPUS = "corpus"


@dataclass(frozen=True, slots=True)
class KeywordOptions:
    """What decides which keywords are found.

    Args:
        method: How they are ranked.
        settings: What cuts the words, and which there are; see :func:`ranker_settings`.
        top: How many are listed of each document, group or corpus.
        level: Whose they are.
        fields: What documents are grouped by; nothing if they are not.
        against: Paths of the documents to compare with, for keyness.
        nested: Whether a phrase and a part of it may both be listed.
        text: What of documents is read, and which words are counted as one.
    """

    method: Method
    settings: RankerSettings
    top: int
    level: Level
    fields: tuple[str, ...]
    against: Sequence[str | os.PathLike[str]]
    nested: bool
    text: TextChoice

    def check(self, paths: Sequence[str | os.PathLike[str]]) -> None:
        """Refuse options that contradict each other.

        Args:
            paths: The documents.

        Raises:
            UsageError: If there are such.
        """
        is_keyness = self.method is Method.KEYNESS
        if self.top < 1:
            raise UsageError(_("cannot list {top} keywords", top=self.top), _("use --top 10"))
        if is_keyness and not self.against:
            raise UsageError(_("--method keyness needs something to compare with"), _("add --against CORPUS"))
        if self.against and not is_keyness:
            raise UsageError(_("--against belongs to --method keyness"), _("add --method keyness"))
        if "-" in paths and "-" in self.against:
            raise UsageError(_("standard input can be read only once"), _("name a file for one of the two"))
        if self.fields and self.level is Level.CORPUS:
            raise UsageError(_("--level corpus makes one group of all documents"), _("leave out --group-by"))


def ranker_settings(
    method: Method,
    segmenter: str,
    words: tuple[Sequence[UserTerm], frozenset[str]],
    synonyms: Synonyms,
) -> RankerSettings:
    """Return how phrases and words are ranked; keyness tests what the phrase ranker proposes.

    Args:
        method: How keywords are ranked.
        segmenter: What cuts the words.
        words: The user's dictionary, and all stop words.
        synonyms: Words that are counted as one; those that stand for others stay whole.
    """
    from pdtool.keywords.tasks import RankerSettings
    from pdtool.segment.userdict import UserTerm

    terms, stop_words = words
    ranker = Method.PHRASE if method is Method.KEYNESS else method
    return RankerSettings.of(ranker.value, segmenter, [*terms, *map(UserTerm, synonyms.first_of)], stop_words)
