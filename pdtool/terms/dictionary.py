"""A theme dictionary: which terms stand for which theme."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import accumulate

from pdtool.errors import InputError, Problem, Severity, UsageError
from pdtool.language import _, listed
from pdtool.rows import Kind, column
from pdtool.terms.matcher import literal_matches
from pdtool.terms.patterns import Pattern, compile_terms
from pdtool.terms.rules import RuleError, is_rule, parse_rule

__all__ = ["SEPARATOR", "Dictionary", "Entry", "Placed", "remarks"]

SEPARATOR = "/"
"""Stands between the names of a theme and its sub-theme."""
_SHOWN = 5
"""Cases that a remark names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a theme; also a row of the dictionary as a table."""

    theme: str = column(Kind.TEXT, "The theme.")
    term: str = column(
        Kind.TEXT,
        "A term that stands for it; `*` is any characters of the clause and `?` one of them. Or a rule: "
        "`数字 AND (政府 OR 政务) NOT 游戏`.",
    )
    weight: float = column(Kind.SHARE, "What an occurrence counts for in `weighted`; 1 if not given.")
    note: str = column(Kind.TEXT, "What the theme or the term means.")
    source: str = column(Kind.TEXT, "Where it comes from.")


Placed = tuple[int, Entry]
"""An entry and the line it stands on, from 1."""


@dataclass(frozen=True)
class Dictionary:
    """Terms by theme, ready to be matched.

    Args:
        name: The file as the user knows it, or the name of a built-in dictionary; for messages.
        entries: The terms, theme by theme; no term twice in a theme.
        lines: The line of each entry in the file, from 1.
        patterns: What each entry searches for: one pattern, or two where it is a Traditional term.

    Attributes:
        themes: The themes in their order.
        theme_of: The number of each entry's theme.
    """

    name: str
    entries: tuple[Entry, ...]
    lines: tuple[int, ...] = field(compare=False)
    patterns: tuple[tuple[Pattern, ...], ...] = field(compare=False, repr=False)

    @cached_property
    def themes(self) -> tuple[str, ...]:  # noqa: D102 (the class documents its attributes)
        return tuple(dict.fromkeys(entry.theme for entry in self.entries))

    @cached_property
    def theme_of(self) -> tuple[int, ...]:  # noqa: D102
        numbers = {theme: number for number, theme in enumerate(self.themes)}
        return tuple(numbers[entry.theme] for entry in self.entries)

    def of_themes(self, names: Sequence[str]) -> list[Entry]:
        """Return the entries of some themes, those of their sub-themes included; all if none is named.

        Raises:
            UsageError: If there is no such theme.
        """
        for name in names:
            if not any(_is_below(theme, name) for theme in self.themes):
                near = get_close_matches(name, self.themes, n=1)
                shown = near[0] if near else listed(self.themes[:_SHOWN])
                raise UsageError(
                    _("{name}: there is no theme {name2!r}", name=self.name, name2=name),
                    _("--theme with {shown}", shown=shown),
                )
        return [
            entry
            for entry in self.entries
            if not names or any(_is_below(entry.theme, name) for name in names)
        ]

    @classmethod
    def of(cls, name: str, placed: Sequence[Placed]) -> tuple[Dictionary, list[Problem]]:
        """Make a dictionary of entries and the lines they stand on.

        A term that a theme lists twice (also as Traditional and Simplified) is taken once.

        Args:
            name: For messages.
            placed: ``(line, entry)`` in the order of the file.

        Returns:
            The dictionary, and a warning about such terms if there are any.

        Raises:
            InputError: If there is no entry, or a term holds nothing to search for.
        """
        if not placed:
            raise InputError(
                _("{name}: the dictionary is empty", name=name),
                _("pdtool themes --show-dictionary shows what one looks like"),
            )
        numbers: dict[str, int] = {}
        for _line, entry in placed:
            numbers.setdefault(entry.theme, len(numbers))
        ordered = sorted(placed, key=lambda item: numbers[item[1].theme])
        compiled = compile_terms([entry.term for _, entry in ordered])
        _check(name, ordered, compiled)
        _check_rules(name, ordered)
        first: dict[tuple[str, Pattern], int] = {}
        for index, ((_line, entry), forms) in enumerate(zip(ordered, compiled, strict=True)):
            first.setdefault((entry.theme, forms[0]), index)
        kept = list(first.values())
        dictionary = cls(
            name,
            entries=tuple(ordered[index][1] for index in kept),
            lines=tuple(ordered[index][0] for index in kept),
            patterns=tuple(compiled[index] for index in kept),
        )
        return dictionary, _repeats(name, ordered, compiled, first)


def _is_below(theme: str, name: str) -> bool:
    return theme == name or theme.startswith(f"{name}{SEPARATOR}")


def _check(name: str, placed: Sequence[Placed], compiled: Sequence[Sequence[Pattern]]) -> None:
    for (line, entry), forms in zip(placed, compiled, strict=True):
        if not forms:
            raise InputError(
                _(
                    "{name}: line {line}: the term {term!r} holds nothing to search for",
                    name=name,
                    line=line,
                    term=entry.term,
                ),
                _("write at least one character beside * and ?"),
            )


def _check_rules(name: str, placed: Sequence[Placed]) -> None:
    for line, entry in placed:
        if is_rule(entry.term):
            try:
                parse_rule(entry.term)
            except RuleError as error:
                raise InputError(
                    _("{name}: line {line}: {message}", name=name, line=line, message=error.message),
                    error.hint,
                ) from error


def _repeats(
    name: str,
    placed: Sequence[Placed],
    compiled: Sequence[Sequence[Pattern]],
    first: Mapping[tuple[str, Pattern], int],
) -> list[Problem]:
    cases = []
    for index, ((line, entry), forms) in enumerate(zip(placed, compiled, strict=True)):
        earlier = first[entry.theme, forms[0]]
        if earlier != index:
            cases.append(
                _("{term} (lines {placed} and {line})", term=entry.term, placed=placed[earlier][0], line=line)
            )
    return _remark(name, _("terms that a theme lists twice count once"), cases)


def _remark(
    name: str, message: str, cases: Sequence[str], severity: Severity = Severity.WARNING
) -> list[Problem]:
    if not cases:
        return []
    more = _(" and {n:,} more", n=len(cases) - _SHOWN) if len(cases) > _SHOWN else ""
    return [
        Problem(
            name,
            _("{message}: {cases}{more}", message=message, cases=listed(cases[:_SHOWN]), more=more),
            severity=severity,
        )
    ]


def remarks(dictionary: Dictionary) -> list[Problem]:
    """Return what an author should know about a dictionary, each kind of thing in one sentence.

    Nothing of this is an error: a term may serve two themes on purpose, and which of two nested terms
    counts is settled by the rule of nesting.
    """
    single = [
        _("{term} (line {line})", term=entry.term, line=line)
        for entry, line in zip(dictionary.entries, dictionary.lines, strict=True)
        if len(entry.term) == 1
    ]
    nested = list(_nested(dictionary))
    return [
        *_remark(dictionary.name, _("terms of two themes count in both"), list(_in_two_themes(dictionary))),
        *_remark(
            dictionary.name, _("terms of one character also match inside other words"), single, Severity.NOTE
        ),
        *_remark(
            dictionary.name,
            _("terms inside longer terms of their theme (--nesting says which count)"),
            nested,
            Severity.NOTE,
        ),
    ]


def _in_two_themes(dictionary: Dictionary) -> Iterator[str]:
    entries, lines = dictionary.entries, dictionary.lines
    first: dict[Pattern, int] = {}
    for index, forms in enumerate(dictionary.patterns):
        earlier = first.setdefault(forms[0], index)
        if earlier != index:
            yield (
                _(
                    "{term} ({theme}, line {lines}; {theme2}, line {lines2})",
                    term=entries[index].term,
                    theme=entries[earlier].theme,
                    lines=lines[earlier],
                    theme2=entries[index].theme,
                    lines2=lines[index],
                )
            )


def _nested(dictionary: Dictionary) -> Iterator[str]:
    """Yield each literal term that stands inside a longer one of its theme, with the first such."""
    entries, lines, themes = dictionary.entries, dictionary.lines, dictionary.theme_of
    literals = [
        "" if is_rule(entry.term) else forms[0].literal or ""
        for entry, forms in zip(entries, dictionary.patterns, strict=True)
    ]
    index_of = {key: index for index, key in enumerate(zip(themes, literals, strict=True))}
    distinct = sorted({literal for literal in literals if literal})
    starts = list(accumulate((len(literal) + 1 for literal in literals), initial=0))
    seen: set[int] = set()
    for start, end, which in literal_matches(distinct, "\n".join(literals)):
        outer = bisect_right(starts, start) - 1
        inner = index_of.get((themes[outer], distinct[which]), outer)
        if end - start < len(literals[outer]) and inner != outer and inner not in seen:
            seen.add(inner)
            longer = _("{term} (line {lines})", term=entries[outer].term, lines=lines[outer])
            yield _(
                "{term} (line {lines}) in {longer}",
                term=entries[inner].term,
                lines=lines[inner],
                longer=longer,
            )
