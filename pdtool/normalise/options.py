"""What the user says about how texts are repaired."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pdtool.errors import UsageError
from pdtool.language import _

__all__ = ["DEFAULTS", "NormaliseOptions", "TargetScript"]


class TargetScript(StrEnum):
    """The script of the clean text."""

    HANS = "hans"
    """Simplified: what texts are compared and counted in."""
    HANT = "hant"
    """Traditional as Taiwan writes it, for readers who want it."""
    KEEP = "keep"
    """Each paragraph in the script it was found in."""


@dataclass(frozen=True, slots=True)
class NormaliseOptions:
    """How texts are repaired, where there is a choice.

    Args:
        script: The script of the clean text.
        vocabulary: Put the mainland's words for Taiwan's (資訊 → 信息); only with ``hans``.
        drop_splices: Leave out passages that seem to come from another text. Never by default: they are
            judged by words and seams, and what is left out cannot be seen any more.

    Raises:
        UsageError: If the mainland's words are asked for in another script.
    """

    script: TargetScript = TargetScript.HANS
    vocabulary: bool = False
    drop_splices: bool = False

    def __post_init__(self) -> None:
        if self.vocabulary and self.script is not TargetScript.HANS:
            raise UsageError(
                _(
                    "the vocabulary is converted on the way to Simplified, not with script {value}",
                    value=self.script.value,
                ),
                _("leave out --vocabulary, or use --script hans"),
            )


DEFAULTS = NormaliseOptions()
"""Simplified, in the words of the text."""
