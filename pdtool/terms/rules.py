"""Coding rules: terms that must stand together in a sentence, a paragraph or a section, or must not.

    数字 AND (政府 OR 政务) NOT 游戏
    "AND" AND 政府 WITHIN paragraph

``AND``, ``OR``, ``NOT`` and ``WITHIN`` are written in capitals; ``A NOT B`` is short for ``A AND NOT B``, and
``OR`` binds least. What stands between them is a term, wildcards and blanks included; quotation marks keep a
term that looks like one of these words. KH Coder and DiVoMiner have rules of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NoReturn

from pdtool.errors import InputError
from pdtool.language import N_, _
from pdtool.late_patterns import late_pattern
from pdtool.terms.patterns import Pattern, compile_terms

__all__ = ["Rule", "RuleError", "Within", "is_rule", "parse_rule"]

_APART = r"\s()（）\"“"
"""What a word of a rule does not hold."""
_token = late_pattern(
    rf"\s*(?:([()（）])|\"([^\"]*)\"|“([^”]*)”|(AND|OR|NOT|WITHIN)(?![^{_APART}])|([^{_APART}]+))"
)
_OPERATOR = re.compile(rf"(?<![^{_APART}”])(?:AND|OR|NOT|WITHIN)(?![^{_APART}])")
_MOST_TERMS = 200
"""Terms of a rule: nobody judges a longer one."""
_DEEPEST = 40
_MOST_SHOWN = 60
_MOST_CASES = 1000
"""Cases of a rule that are tried to find out whether it can be true."""


_EXAMPLE = N_("write 数字 AND (政府 OR 政务)")


class Within(StrEnum):
    """Where the terms of a rule must stand together."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


class RuleError(InputError):
    """A rule that cannot be read, or that says nothing."""


@dataclass(frozen=True, slots=True)
class _Term:
    text: str


@dataclass(frozen=True, slots=True)
class _Not:
    part: _Part


@dataclass(frozen=True, slots=True)
class _All:
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Any:
    parts: tuple[_Part, ...]


_Part = _Term | _Not | _All | _Any
_Token = tuple[str, str]
"""The kind (``(``, ``)``, an operator, ``term`` or ``end``) and the text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A coding rule.

    Args:
        text: As the user wrote it.
        part: What it says.
        terms: The terms that it names, each once.
        wanted: Those of them that it wants to be there.
        within: Where they must stand together; ``None``: as for all rules.
    """

    text: str
    part: _Part
    terms: tuple[str, ...]
    wanted: frozenset[str]
    within: Within | None

    def holds(self, there: Callable[[str], bool]) -> bool:
        """Return whether the rule holds, given what says whether a term of it stands there."""
        return _holds(self.part, there)


def is_rule(term: str) -> bool:
    """Return whether a term of a dictionary is a coding rule.

    >>> is_rule("数字 AND 政府"), is_rule("OPEN LAND"), is_rule("R AND D")
    (True, False, True)
    """
    return _OPERATOR.search(term) is not None


def parse_rule(text: str) -> Rule:
    """Read a coding rule.

    Raises:
        RuleError: If it cannot be read, holds of texts without any of its terms, or never holds.

    >>> parse_rule("数字 AND (政府 OR 政务) NOT 游戏").terms
    ('数字', '政府', '政务', '游戏')
    """
    part, within = _Parser(text).rule()
    terms = tuple(dict.fromkeys(_terms(part)))
    forms = compile_terms(terms)
    for term, compiled in zip(terms, forms, strict=True):
        if not compiled:
            _fail(
                text,
                _("{term!r} holds nothing to search for", term=term),
                _("write at least one character beside * and ?"),
            )
    rule = Rule(text, part, terms, frozenset(_wanted(part, True)), within)
    if rule.holds(lambda _: False):
        _fail(
            text,
            _("it holds wherever nothing of it stands"),
            _("name a term that must be there: 政府 NOT 游戏"),
        )
    if not _can_hold(rule, [compiled[0] for compiled in forms]):
        _fail(text, _("it can never hold"), _("a term that must be there holds one that must not, or is it"))
    return rule


def _fail(text: str, what: str, hint: str) -> NoReturn:
    raise RuleError(_("the rule {shown} says nothing: {what}", shown=_shown(text), what=what), hint)


def _unreadable(text: str, what: str, hint: str) -> NoReturn:
    raise RuleError(_("the rule {shown} cannot be read: {what}", shown=_shown(text), what=what), hint)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…")


class _Parser:
    """Reads a rule by recursive descent."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [*_tokens(text), ("end", "")]
        self._place = 0
        self._depth = 0
        if sum(kind == "term" for kind, _ in self._tokens) > _MOST_TERMS:
            self._error(
                _("it has more than {MOST_TERMS} terms", MOST_TERMS=_MOST_TERMS),
                _("divide it into several rules of one theme"),
            )

    def rule(self) -> tuple[_Part, Within | None]:
        """Return what the rule says, and where."""
        part = self._any()
        within = None
        if self._next() == "WITHIN":
            self._take()
            kind, name = self._take()
            if kind != "term" or name not in list(Within):
                self._error(_("there is no unit {name!r}", name=name), f"WITHIN {', '.join(Within)}")
            within = Within(name)
        if self._next() != "end":
            self._error(
                _("{shown} stands where the rule should end", shown=self._shown()), _("check the brackets")
            )
        return part, within

    def _any(self) -> _Part:
        parts = [self._all()]
        while self._next() == "OR":
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else _Any(tuple(parts))

    def _all(self) -> _Part:
        parts = [self._one()]
        while self._next() in ("AND", "NOT"):
            if self._next() == "AND":
                self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else _All(tuple(parts))

    def _one(self) -> _Part:
        if self._next() not in ("term", "NOT", "("):
            self._error(_("a term is missing where {shown} stands", shown=self._shown()), _(_EXAMPLE))
        kind, text = self._take()
        if kind == "term":
            return _Term(text)
        self._depth += 1
        if self._depth > _DEEPEST:
            self._error(
                _("its brackets are more than {DEEPEST} deep", DEEPEST=_DEEPEST),
                _("divide it into several rules"),
            )
        part = _Not(self._one()) if kind == "NOT" else self._any()
        self._depth -= 1
        if kind == "(" and self._take()[0] != ")":
            self._error(_("a bracket is not closed"), _(_EXAMPLE))
        return part

    def _next(self) -> str:
        return self._tokens[self._place][0]

    def _take(self) -> _Token:
        token = self._tokens[self._place]
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return token

    def _shown(self) -> str:
        kind, text = self._tokens[self._place]
        return _("its end") if kind == "end" else repr(text or kind)

    def _error(self, what: str, hint: str) -> NoReturn:
        _unreadable(self._text, what, hint)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the tokens of a rule; words between operators are one term."""
    words: list[str] = []
    for bracket, straight, curly, operator, word in _pieces(text):
        if word:
            words.append(word)
            continue
        if words:
            yield "term", " ".join(words)
            words = []
        if bracket or operator:
            yield {"（": "(", "）": ")"}.get(bracket, bracket) or operator, operator or bracket
        else:
            yield "term", straight or curly
    if words:
        yield "term", " ".join(words)


def _pieces(text: str) -> Iterator[tuple[str, ...]]:
    place, size = 0, len(text.rstrip())
    while place < size:
        match = _token().match(text, place)
        if match is None:
            _unreadable(text, _("a quotation mark is not closed"), _('write "AND" AND 政府'))
        yield tuple(group or "" for group in match.groups())
        place = match.end()


def _terms(part: _Part) -> Iterator[str]:
    """Yield the terms of a rule, from left to right."""
    match part:
        case _Term(text):
            yield text
        case _Not(inner):
            yield from _terms(inner)
        case _All(parts) | _Any(parts):
            for one in parts:
                yield from _terms(one)


def _wanted(part: _Part, positive: bool) -> Iterator[str]:
    """Yield the terms that stand under an even number of ``NOT``."""
    match part:
        case _Term(text):
            yield from [text] * positive
        case _Not(inner):
            yield from _wanted(inner, not positive)
        case _All(parts) | _Any(parts):
            for one in parts:
                yield from _wanted(one, positive)


def _holds(part: _Part, there: Callable[[str], bool]) -> bool:
    match part:
        case _Term(text):
            return there(text)
        case _Not(inner):
            return not _holds(inner, there)
        case _All(parts):
            return all(_holds(one, there) for one in parts)
        case _Any(parts):
            return any(_holds(one, there) for one in parts)


class _TooManyCasesError(Exception):
    """A rule has too many cases to try them all."""


_Case = frozenset[tuple[str, bool]]
"""Some terms, and whether each of them is there."""


def _cases(part: _Part, positive: bool) -> list[_Case]:
    """Return the cases in which a rule holds, or does not hold: its disjunctive normal form."""
    if isinstance(part, _Term):
        return [frozenset({(part.text, positive)})]
    if isinstance(part, _Not):
        return _cases(part.part, not positive)
    inner = [_cases(one, positive) for one in part.parts]
    if isinstance(part, _Any) is positive:
        found = [case for cases in inner for case in cases]
    else:
        found = _together(inner)
    if len(found) > _MOST_CASES:
        raise _TooManyCasesError
    return found


def _together(parts: Sequence[Sequence[_Case]]) -> list[_Case]:
    """Return the cases in which one case of every part holds; none that contradicts itself."""
    found: list[_Case] = [frozenset()]
    for cases in parts:
        if len(found) * len(cases) > _MOST_CASES**2:
            raise _TooManyCasesError
        joined = dict.fromkeys(one | other for one, other in product(found, cases))
        found = [case for case in joined if not any((text, not there) in case for text, there in case)]
        if len(found) > _MOST_CASES:
            raise _TooManyCasesError
    return found


def _can_hold(rule: Rule, patterns: Sequence[Pattern]) -> bool:
    """Return whether some text satisfies a rule: no term that must be there holds one that must not.

    A rule with very many cases is taken to be possible.
    """
    form = dict(zip(rule.terms, patterns, strict=True))
    try:
        return any(_possible(case, form) for case in _cases(rule.part, True))
    except _TooManyCasesError:
        return True


def _possible(case: _Case, form: dict[str, Pattern]) -> bool:
    wanted = [form[text] for text, there in case if there]
    unwanted = [form[text] for text, there in case if not there]
    return not any(_is_in(inner, outer) for inner in unwanted for outer in wanted)


def _is_in(inner: Pattern, outer: Pattern) -> bool:
    """Return whether a match of one pattern always holds a match of the other, as far as is easily told."""
    if inner == outer:
        return True
    needle = inner.literal
    guarded = needle is None or inner.guarded_left or inner.guarded_right
    return not guarded and any(needle in block for block in outer.blocks if needle is not None)
