"""The options of commands that cut text into words: the user's own, and those that are left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pdtool.output.messages import Reporter
    from pdtool.segment.userdict import UserTerm

__all__ = ["UserDictOptions", "WordOptions"]


@dataclass(frozen=True, slots=True)
class UserDictOptions:
    """What is a word."""

    userdict: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your terms, one per line, kept whole (jieba's format)."),
    ] = None

    def load_terms(self, reporter: Reporter) -> tuple[UserTerm, ...]:
        """Read the user's words; warn of a file that holds none.

        Raises:
            InputError: If the file cannot be read; the message names it.
        """
        from pdtool.interface.word_lists import load_user_terms

        return load_user_terms(self.userdict, reporter.warn)


@dataclass(frozen=True, slots=True)
class WordOptions(UserDictOptions):
    """What is a word, and which words are left out."""

    stopwords: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="More words to leave out, one per line."),
    ] = None
    no_stopwords: Annotated[
        bool, typer.Option("--no-stopwords", help="Do without the built-in stop words.")
    ] = False

    @property
    def files(self) -> tuple[Path | None, Path | None]:
        """The files that are read."""
        return self.userdict, self.stopwords

    def described(self) -> dict[str, Any]:
        """Return what the manifest says of them."""
        return {
            "userdict": None if self.userdict is None else str(self.userdict),
            "stopwords": None if self.stopwords is None else str(self.stopwords),
            "builtin_stopwords": not self.no_stopwords,
        }

    def load(self, reporter: Reporter) -> tuple[tuple[UserTerm, ...], frozenset[str]]:
        """Read the user's words; warn of a file that holds none.

        Returns:
            The entries of the user dictionary, and all stop words.

        Raises:
            InputError: If a file cannot be read; the message names it.
        """
        from pdtool.interface.word_lists import load_words

        return load_words(self.userdict, self.stopwords, not self.no_stopwords, reporter.warn)
