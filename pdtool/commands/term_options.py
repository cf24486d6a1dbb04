"""The options of commands that search for terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pdtool.terms.matcher import Nesting
    from pdtool.terms.rules import Within
    from pdtool.terms.synonyms import Synonyms

__all__ = ["NestingRule", "SynonymOptions", "TermOptions", "Unit"]


class NestingRule(StrEnum):
    """Which of several terms count that overlap in the text."""

    THEME = "theme"
    DICTIONARY = "dictionary"
    ALL = "all"


class Unit(StrEnum):
    """Where the terms of a coding rule must stand together."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class SynonymOptions:
    """Which words are counted as one."""

    synonyms: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Words counted as one, a group per line: 党的建设 = 党建; the first stands for all.",
        ),
    ] = None

    def load(self) -> Synonyms:
        """Read the synonyms; none if no file is named.

        Raises:
            InputError: If the file cannot be read; it names the line.
        """
        from pdtool.interface.word_lists import load_synonyms_of

        return load_synonyms_of(self.synonyms)


@dataclass(frozen=True, slots=True)
class TermOptions(SynonymOptions):
    """How terms are searched for."""

    nesting: Annotated[
        NestingRule,
        typer.Option(
            help="Of overlapping terms count the longest of each theme, the longest of the whole "
            "dictionary, or all."
        ),
    ] = NestingRule.THEME
    within: Annotated[
        Unit,
        typer.Option(help="Where the terms of a rule (数字 AND 政府) must stand together."),
    ] = Unit.SENTENCE

    def described(self) -> dict[str, str | None]:
        """Return what the manifest says of them."""
        synonyms = None if self.synonyms is None else str(self.synonyms)
        return {"nesting": self.nesting.value, "within": self.within.value, "synonyms": synonyms}

    def rules(self) -> tuple[Nesting, Within]:
        """Return the options as the library has them."""
        from pdtool.terms.matcher import Nesting
        from pdtool.terms.rules import Within

        return Nesting(self.nesting.value), Within(self.within.value)
