"""Files → theme dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pdtool.corpus.text_file import read_text_file, unreadable_text_file
from pdtool.data_files import data_text
from pdtool.errors import Problem, UsageError
from pdtool.language import _
from pdtool.terms.dictionary import Dictionary, Placed, remarks
from pdtool.terms.table_form import read_table, read_workbook
from pdtool.terms.yaml_form import read_yaml

__all__ = ["BUILT_IN", "load_dictionary"]

BUILT_IN: Mapping[str, str] = {"党建引领基层治理": "party_building_and_governance.yaml"}
"""Dictionaries that come with the package, by name; the first is the default."""

_YAML = (".yaml", ".yml")
_TABLES = (".csv", ".tsv", ".txt")
_WORKBOOK = ".xlsx"


def load_dictionary(name: str | None = None) -> tuple[Dictionary, list[Problem]]:
    """Read a theme dictionary.

    Args:
        name: A file (``.yaml .yml .csv .tsv .xlsx``; any Chinese encoding), or the name of a built-in
            dictionary; ``None`` for the default one.

    Returns:
        The dictionary, and what its author should know: terms of two themes, terms inside others.

    Raises:
        UsageError: If the file is of another type.
        InputError: If it cannot be read or is no dictionary; it names the line.

    >>> load_dictionary()[0].themes[:3]
    ('党的领导', '思想引领', '组织引领')
    """
    name = next(iter(BUILT_IN)) if name is None else name
    if name in BUILT_IN:
        text = data_text(f"themes/{BUILT_IN[name]}")
        return Dictionary.of(name, read_yaml(text, name))[0], []
    placed, problems = _read(Path(name), name)
    dictionary, repeated = Dictionary.of(name, placed)
    return dictionary, [*problems, *repeated, *remarks(dictionary)]


def _read(path: Path, name: str) -> tuple[list[Placed], list[Problem]]:
    suffix = path.suffix.lower()
    if suffix not in (*_YAML, *_TABLES, _WORKBOOK):
        raise UsageError(
            _(
                "{name}: is no theme dictionary by its name (known: {names})",
                name=name,
                names=" ".join((*_YAML, *_TABLES, _WORKBOOK)),
            ),
            _("a file of these types, or the built-in {next}", next=next(iter(BUILT_IN))),
        )
    try:
        if suffix == _WORKBOOK:
            return read_workbook(path, name)
    except OSError as error:
        raise unreadable_text_file(name, error) from error
    text = read_text_file(name)
    return (read_yaml(text, name), []) if suffix in _YAML else read_table(text, name)
