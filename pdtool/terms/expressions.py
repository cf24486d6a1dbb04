r"""Regular expressions that users write, searched in linear time.

RE2 (Cox 2010) reads a text once whatever the expression: none can explode, and what is found does not depend
on the machine, as it would where a clock stops a search. It has no references back and no look-around; these
are refused with a sentence. ``\p{Han}`` is a Chinese character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pdtool.errors import UsageError
from pdtool.language import _
from pdtool.normalise.terms import simplified_terms
from pdtool.text.code_points import without_surrogates

__all__ = ["Expressions"]

_MEMORY = 64 << 20
"""Bytes that an expression may take, compiled."""


class Expressions:
    r"""Finds regular expressions in texts.

    Args:
        patterns: The expressions, in RE2's syntax; capitals and small letters differ unless they say
            ``(?i)``. Traditional characters in them find Simplified ones, as clean text has them.

    Raises:
        UsageError: If one cannot be read, is too large, or matches nothing at all or the empty string.

    >>> list(Expressions([r"数字\p{Han}{2}"]).occurrences("推进数字政府和数字经济"))
    [(2, 6, 0), (7, 11, 0)]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._compiled = [_compiled(pattern) for pattern in patterns]

    def occurrences(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield ``(start, end, number)`` of what each expression matches from left to right, by start."""
        searched = without_surrogates(text)
        found = [
            (*match.span(), number)
            for number, compiled in enumerate(self._compiled)
            for match in compiled.finditer(searched)
        ]
        yield from sorted(found)


def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    if not pattern.strip():
        raise UsageError(_("the regular expression is empty"), _('--regex "数字.{0,4}平台"'))
    plain = without_surrogates(simplified_terms([pattern])[0])
    try:
        compiled = re2.compile(plain, options)
    except re2.error as error:
        said = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise UsageError(
            _("the regular expression {shown} cannot be used: {said}", shown=_shown(pattern), said=said),
            _hint(said),
        ) from error
    if compiled.search("") is not None:
        raise UsageError(
            _(
                "the regular expression {shown} matches everywhere: it needs no character at all",
                shown=_shown(pattern),
            ),
            _("let it need one: + for *, or a word around it"),
        )
    return compiled


def _shown(pattern: str) -> str:
    return repr(pattern if len(pattern) <= 60 else f"{pattern[:59]}…")


def _hint(said: str) -> str:
    if "perl operator" in said or "escape sequence" in said:
        return _("do without look-around and references back, which cannot be searched in linear time")
    return _("check its brackets and repetitions")
