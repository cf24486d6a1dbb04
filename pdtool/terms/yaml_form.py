"""Theme dictionaries in YAML: quanteda's nested form, with room for notes.

    党建引领:                      a mapping of mappings is a theme with sub-themes
      思想引领: [思想引领, 凝聚共识]    a list holds the terms: theme 党建引领/思想引领
      组织引领:
        note: 以组织优化实现动员        a mapping with ``terms`` describes the theme
        source: 样本 000
        terms:
          - 组织覆盖
          - {term: 组织力, weight: 2, note: 组织的能力}

The parser's events are read, not its objects: every value stays the text it is (``no``, ``2022``, ``1:30``),
every error knows its line, and what YAML can do beyond lists and mappings is refused, aliases foremost: ten
lines of them can stand for a billion terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from pdtool.errors import InputError
from pdtool.language import _, listed
from pdtool.terms.dictionary import SEPARATOR, Entry, Placed
from pdtool.terms.weights import parse_weight

__all__ = ["read_yaml"]

_DEEPEST = 12
_THEME_KEYS = ("terms", "note", "source")
_TERM_KEYS = ("term", "weight", "note", "source")


@dataclass(frozen=True, slots=True)
class _Scalar:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _List:
    items: list[_Node]
    line: int


@dataclass(frozen=True, slots=True)
class _Mapping:
    items: list[tuple[_Scalar, _Node]]
    line: int

    def get(self, key: str) -> _Node | None:
        return next((node for name, node in self.items if name.text == key), None)


_Node = _Scalar | _List | _Mapping


class _Reader:
    """Builds the tree of a document from the parser's events."""

    def __init__(self, text: str, name: str) -> None:
        import yaml

        self._yaml = yaml
        self._name = name
        # libyaml where it is there: twenty times as fast, the same events.
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[Any] = yaml.parse(text, Loader=loader)

    def fail(self, line: int, message: str, hint: str = "") -> NoReturn:
        raise InputError(
            _("{name}: line {line}: {message}", name=self._name, line=line, message=message), hint
        )

    def tree(self) -> _Node | None:
        """Return the one document; ``None`` if there is none."""
        try:
            return self._tree()
        except self._yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark or error.context_mark
            line = 1 if mark is None else mark.line + 1
            raise InputError(
                _(
                    "{name}: line {line}: is not YAML ({problem})",
                    name=self._name,
                    line=line,
                    problem=error.problem,
                ),
                self._hint(error),
            ) from error
        except (self._yaml.YAMLError, UnicodeError) as error:
            raise InputError(
                _("{name}: is not YAML ({error})", name=self._name, error=error).replace("\n", " "),
                _("save it as plain text"),
            ) from error

    def _hint(self, error: Any) -> str:
        said = f"{error.context} {error.problem}"
        if "cannot start any token" in said:
            return _("indent with spaces, never with tabs, and put a term that begins with a sign in quotes")
        if "alias" in said or "anchor" in said:
            return _("put a term that begins with * or & in quotes: '*治理'")
        return _("indent with spaces, and put terms that hold : # or quotes in quotes")

    def _tree(self) -> _Node | None:
        result: _Node | None = None
        for event in self._events:
            if isinstance(event, self._yaml.DocumentStartEvent):
                first = next(self._events)
                if result is not None:
                    self.fail(
                        first.start_mark.line + 1, _("a second document begins"), _("keep one document")
                    )
                result = self._node(first, 1)
        return result

    def _node(self, event: Any, depth: int) -> _Node:
        line = event.start_mark.line + 1
        self._refuse(event, line, depth)
        if isinstance(event, self._yaml.ScalarEvent):
            return _Scalar(event.value.strip(), line)
        if isinstance(event, self._yaml.SequenceStartEvent):
            return _List(
                [self._node(item, depth + 1) for item in self._until(self._yaml.SequenceEndEvent)], line
            )
        return self._mapping(line, depth)

    def _refuse(self, event: Any, line: int, depth: int) -> None:
        hint = _("put a term that begins with * or & in quotes: '*治理'")
        if isinstance(event, self._yaml.AliasEvent):
            self.fail(line, _("aliases are not allowed (*{anchor})", anchor=event.anchor), hint)
        if event.anchor is not None:
            self.fail(line, _("anchors are not allowed (&{anchor})", anchor=event.anchor), hint)
        if event.tag is not None:
            self.fail(
                line,
                _("tags are not allowed ({tag})", tag=event.tag),
                _("put a term that begins with ! in quotes"),
            )
        if depth > _DEEPEST:
            self.fail(
                line,
                _("is nested more than {DEEPEST} deep", DEEPEST=_DEEPEST),
                _("put sub-themes side by side"),
            )

    def _until(self, end: type) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _mapping(self, line: int, depth: int) -> _Mapping:
        items: list[tuple[_Scalar, _Node]] = []
        seen: dict[str, int] = {}
        for event in self._until(self._yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, _Scalar) or not key.text:
                self.fail(key.line, _("a theme has no name"), _("write its name before the colon"))
            if key.text in seen:
                self.fail(
                    key.line,
                    _("{text!r} was there before (line {seen})", text=key.text, seen=seen[key.text]),
                    _("join the two"),
                )
            seen[key.text] = key.line
            items.append((key, self._node(next(self._events), depth + 1)))
        return _Mapping(items, line)


class _Themes:
    """Turns the tree into entries."""

    def __init__(self, reader: _Reader) -> None:
        self._fail = reader.fail

    def of(self, path: Sequence[str], node: _Node) -> Iterator[Placed]:
        """Yield the entries of a theme and of its sub-themes."""
        if isinstance(node, _Mapping):
            if any(node.get(key) is not None for key in _THEME_KEYS):
                yield from self._described(path, node)
            else:
                yield from self._group(path, node)
        else:
            yield from self._terms(path, node, "", "")

    def _group(self, path: Sequence[str], node: _Mapping) -> Iterator[Placed]:
        if not node.items:
            self._fail(
                node.line, _("{named} is empty", named=_named(path)), _("give it terms, or leave it out")
            )
        for key, child in node.items:
            if path:
                self._refuse_slip(path, key)
            yield from self.of([*path, key.text], child)

    def _refuse_slip(self, path: Sequence[str], key: _Scalar) -> None:
        """Refuse ``trems:`` below a theme: it would pass as the name of a sub-theme."""
        near = get_close_matches(key.text.lower(), _THEME_KEYS, n=1, cutoff=0.75)
        if near:
            self._fail(
                key.line,
                _("unknown key {text!r} of {named}", text=key.text, named=_named(path)),
                f"{near[0]}:",
            )

    def _described(self, path: Sequence[str], node: _Mapping) -> Iterator[Placed]:
        self._check_keys(node, _THEME_KEYS, _("of {named}", named=_named(path)))
        terms = node.get("terms")
        if terms is None or not path:
            self._fail(
                node.line,
                _("{named} has a note but no terms", named=_named(path)),
                _("write its terms below terms:"),
            )
        if isinstance(terms, _Mapping):
            self._fail(
                terms.line,
                _("the terms of {named} are no list", named=_named(path)),
                _("write each after a dash"),
            )
        yield from self._terms(path, terms, self._text(node, "note"), self._text(node, "source"))

    def _terms(self, path: Sequence[str], node: _Scalar | _List, note: str, source: str) -> Iterator[Placed]:
        if not path:
            self._fail(
                node.line, _("there are terms without a theme"), _("write the theme and a colon above them")
            )
        items = node.items if isinstance(node, _List) else [node]
        if not items or (isinstance(node, _Scalar) and not node.text):
            self._fail(
                node.line, _("{named} is empty", named=_named(path)), _("give it terms, or leave it out")
            )
        for item in items:
            yield from self._item(path, item, note, source)

    def _item(self, path: Sequence[str], item: _Node, note: str, source: str) -> Iterator[Placed]:
        theme = SEPARATOR.join(path)
        if isinstance(item, _List):
            self._fail(
                item.line,
                _("{named} holds a list inside its list", named=_named(path)),
                _("write each term after a dash"),
            )
        if isinstance(item, _Scalar):
            if not item.text:
                self._fail(item.line, _("{named} has an empty term", named=_named(path)), _("take it out"))
            yield item.line, Entry(theme, item.text, 1.0, note, source)
        elif item.get("term") is None:
            # quanteda: a sub-theme among the terms of a theme.
            yield from self._group(path, item)
        else:
            yield item.line, self._detailed(theme, item, note, source)

    def _detailed(self, theme: str, item: _Mapping, note: str, source: str) -> Entry:
        self._check_keys(item, _TERM_KEYS, _("of a term"))
        term = self._text(item, "term")
        if not term:
            self._fail(item.line, _("the theme {theme!r} has an empty term", theme=theme), _("take it out"))
        weight = self._text(item, "weight")
        try:
            value = parse_weight(weight)
        except ValueError as error:
            self._fail(item.line, str(error), _("write a number, such as 1 or 0.5"))
        return Entry(
            theme, term, value, self._text(item, "note") or note, self._text(item, "source") or source
        )

    def _text(self, node: _Mapping, key: str) -> str:
        value = node.get(key)
        if value is not None and not isinstance(value, _Scalar):
            self._fail(
                value.line, _("{key} is no text", key=key), _("write it on one line after {key}:", key=key)
            )
        return "" if value is None else " ".join(value.text.split())

    def _check_keys(self, node: _Mapping, known: Sequence[str], where: str) -> None:
        for key, _value in node.items:
            if key.text not in known:
                near = get_close_matches(key.text, known, n=1)
                self._fail(
                    key.line,
                    _("unknown key {text!r} {where}", text=key.text, where=where),
                    f"{near[0]}:" if near else _("one of {names}", names=listed(known)),
                )


def _named(path: Sequence[str]) -> str:
    return _("the theme {names!r}", names=SEPARATOR.join(path)) if path else _("the dictionary")


def read_yaml(text: str, name: str) -> list[Placed]:
    r"""Read a dictionary in YAML.

    Args:
        text: The decoded file.
        name: The file as the user knows it, for messages.

    Returns:
        ``(line, entry)`` in the order of the file; empty for an empty file.

    Raises:
        InputError: If it is not YAML, uses what is refused, or is no dictionary; it names the line.

    >>> read_yaml("党建:\n  - 党建引领\n  - {term: 党支部, weight: 2}\n", "d.yaml")[1]
    (3, Entry(theme='党建', term='党支部', weight=2.0, note='', source=''))
    """
    reader = _Reader(text, name)
    tree = reader.tree()
    if (
        tree is None
        or (isinstance(tree, _Scalar) and not tree.text)
        or (isinstance(tree, _Mapping) and not tree.items)
    ):
        return []
    return list(_Themes(reader).of([], tree))
