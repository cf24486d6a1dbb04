"""What the path of a file says: ``{省份}/{year}年{title}.txt`` over ``江苏/2021年政府工作报告.txt``.

A pattern is matched by RE2, in time linear in the path whatever both say.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pdtool.corpus.source import FROM_PATH, KEPT, Source
from pdtool.errors import Problem, Severity, UsageError
from pdtool.language import _, listed, ngettext

__all__ = ["PathPattern", "check_paths", "path_pattern", "path_values"]

_PIECES = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+")
_ANY = "_"
"""The name of a field whose value is not wanted."""
_LONGEST_NAME = 40
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f/\\,，;=]")
_SEGMENT = "([^/]+?)"
_FORMS = {
    "year": r"((?:19|20)\d{2})",
    "month": r"((?:19|20)\d{2}[-._年]?\d{1,2}月?)",
    "date": r"((?:19|20)\d{2}(?:[-._年]?\d{1,2}(?:[-._月]?\d{1,2}日?)?)?)",
}
"""Fields that hold figures: they need nothing between themselves and the next field."""
_EXAMPLE = '--from-path "{省份}/{year}年{title}.txt"'
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PathPattern:
    """A pattern, read.

    Args:
        text: As it was typed.
        fields: The names of its fields, in order; ``_`` for each that is not wanted.
        form: The end of a path as RE2 knows it.
        has_suffix: Whether the pattern says how the file's name ends; else the suffix is no part of it.
    """

    text: str
    fields: tuple[str, ...]
    form: Any
    has_suffix: bool

    def match(self, path: str) -> dict[str, str] | None:
        """Return the value of each field in a path; ``None`` if the path does not end as the pattern says.

        >>> path_pattern("{省份}/{year}年{title}").match("/数据/江苏/2021年政府工作报告.txt")
        {'省份': '江苏', 'year': '2021', 'title': '政府工作报告'}
        """
        plain = unicodedata.normalize("NFC", path.replace(os.sep, "/"))
        if not self.has_suffix:
            plain = os.path.splitext(plain)[0]  # noqa: PTH122 (a string in, a string out)
        try:
            found = self.form.search(plain)
        except UnicodeEncodeError:  # a name that is no text
            return None
        if found is None:
            return None
        values = zip(self.fields, found.groups(), strict=True)
        return {name: value.strip() for name, value in values if name != _ANY and value.strip()}


@lru_cache(maxsize=16)
def path_pattern(text: str) -> PathPattern:
    """Read a pattern.

    Raises:
        UsageError: If it has no field, a malformed or doubled one, or two with nothing between them.
    """
    import re2

    pieces = _PIECES.findall(unicodedata.normalize("NFC", text.replace(os.sep, "/")))
    fields: list[str] = []
    form = ""
    last_open = ""
    for piece in pieces:
        if piece in ("{", "}"):
            raise _refused(
                text,
                _("has a {piece!r} without its partner", piece=piece),
                _("{{ and }} stand for themselves"),
            )
        if piece.startswith("{") and piece != "{{":
            name = piece[1:-1].strip()
            _check_name(text, name, fields)
            form += _form_of(text, name, last_open)
            last_open = "" if name in _FORMS else name
            fields.append(name)
        else:
            literal = {"{{": "{", "}}": "}"}.get(piece, piece)
            form += re2.escape(literal)
            last_open = ""
    if not set(fields) - {_ANY}:
        raise _refused(text, _("names no field"), _EXAMPLE)
    whole = re2.compile(f"(?:^|/){form}$")
    ending = re.sub(r"\{[^{}]*\}", "", text.rpartition("/")[2])
    return PathPattern(text, tuple(fields), whole, "." in ending)


def _check_name(text: str, name: str, fields: Sequence[str]) -> None:
    if not name:
        raise _refused(text, _("has a field without a name"), _("{_} stands for what is not wanted"))
    if len(name) > _LONGEST_NAME or _BAD_NAME.search(name):
        raise _refused(text, _("has a field that cannot be called {name!r}", name=name), _EXAMPLE)
    if name in fields and name != _ANY:
        raise _refused(text, _("names {name!r} twice", name=name), _("name each field once"))


def _form_of(text: str, name: str, before: str) -> str:
    """Return what a field matches.

    Args:
        text: The pattern.
        name: The name of the field.
        before: The field right before it, if that one has no form of its own.
    """
    if before and name not in _FORMS:
        message = _("does not say what stands between {before!r} and {name!r}", before=before, name=name)
        raise _refused(text, message, _("such as {{{before}}}_{{{name}}}", before=before, name=name))
    return _FORMS.get(name, _SEGMENT)


def _refused(text: str, message: str, hint: str) -> UsageError:
    return UsageError(_("--from-path {text!r} {message}", text=text, message=message), hint)


def path_values(source: Source) -> dict[str, str]:
    """Return what the path of a document says, as its container has it; nothing if no pattern was given.

    Each field stands there twice: as the column of that name, and as what the path says.
    """
    found = _matched(source)
    if not found:
        return {}
    return {f"{mark}{name}": value for mark in (KEPT, FROM_PATH) for name, value in found.items()}


def _matched(source: Source) -> dict[str, str] | None:
    if source.from_path is None:
        return None
    return path_pattern(source.from_path).match(os.path.abspath(source.name))  # noqa: PTH100 (may be no file)


def check_paths(pattern: PathPattern, files: Iterable[Source]) -> list[Problem]:
    """Say how many files a pattern does not match.

    Args:
        pattern: The pattern.
        files: The files that were found.

    Returns:
        One warning, or none where it matches all.

    Raises:
        UsageError: If it matches none.
    """
    names = [(file.name, _matched(file) is not None) for file in files if file.from_path is not None]
    others = [name for name, matches in names if not matches]
    if not others:
        return []
    if len(others) == len(names):
        raise _refused(
            pattern.text,
            _("matches none of the {n:,} files (such as {name})", n=len(names), name=names[0][0]),
            _EXAMPLE,
        )
    shown = listed(others[:_SHOWN]) + (" …" if len(others) > _SHOWN else "")
    message = ngettext(
        "{n:,} of {total:,} files does not match --from-path {text!r}: {shown}",
        "{n:,} of {total:,} files do not match --from-path {text!r}: {shown}",
        len(others),
        total=len(names),
        text=pattern.text,
        shown=shown,
    )
    return [Problem("", message, severity=Severity.WARNING)]
