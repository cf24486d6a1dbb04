"""Hand codes: which themes people found in which documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pdtool.corpus.text_file import read_text_file
from pdtool.data_files import data_json
from pdtool.errors import InputError
from pdtool.language import N_, _, listed
from pdtool.output.escaping import unescape_formula

__all__ = ["HandCodes", "load_codes"]

_ROLES = ("doc", "theme", "code", "coder")
_DELIMITERS = ",\t;"
_EXAMPLE = N_("begin the file with doc,theme,code and write 1 or 0 in code")


@dataclass(frozen=True, slots=True)
class HandCodes:
    """What coders said.

    Args:
        codes: Whether a theme is there, by coder, document and theme.
        coders: The coders in the order of the file; one without a name if the file names none.
    """

    codes: Mapping[tuple[str, str, str], bool]
    coders: tuple[str, ...]

    @property
    def docs(self) -> set[str]:
        """The documents that were coded."""
        return {doc for _, doc, _ in self.codes}


@cache
def _words() -> dict[str, frozenset[str]]:
    return {
        role: frozenset(names) for role, names in data_json("themes/codes.json").items() if role != "source"
    }


def load_codes(name: str, themes: Sequence[str]) -> HandCodes:
    """Read hand codes from a table (``.csv`` or ``.tsv``, any Chinese encoding).

    Either one row for each document and theme, ``doc,theme,code`` with 1 or 0 (yes or no, 是 or 否; empty:
    not coded), or one row for each document with a column for each theme. Without ``code`` a row says that
    the theme is there, and of the themes that a coded document is not listed with that they are not. A column
    ``coder`` tells several coders apart.

    Args:
        name: The file.
        themes: The themes of the dictionary.

    Raises:
        InputError: If it cannot be read, names a theme the dictionary lacks, or codes something twice; it
            names the line.
    """
    text = read_text_file(name).removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        table = [[" ".join(unescape_formula(cell).split()) for cell in row] for row in rows]
    except csv.Error as error:
        raise InputError(
            _(
                "{name}: line {line}: is no table ({error})",
                name=name,
                line=rows.line_num,
                error=error,
            ),
            _("save it as CSV"),
        ) from error
    if not table:
        raise InputError(_("{name}: holds no codes", name=name), _(_EXAMPLE))
    return _Reader(name, themes, table[0]).read(table[1:])


class _Reader:
    """Reads the rows of a table of codes.

    Args:
        name: The file, for messages.
        themes: The themes of the dictionary.
        header: The names of the columns.
    """

    def __init__(self, name: str, themes: Sequence[str], header: Sequence[str]) -> None:
        self._name = name
        self._themes = themes
        plain = [cell.casefold() for cell in header]
        self._roles = {
            role: place for place, cell in enumerate(plain) for role in _ROLES if cell in _words()[role]
        }
        self._wide = {place: cell for place, cell in enumerate(header) if cell in themes}
        if "doc" not in self._roles or ("theme" not in self._roles and not self._wide):
            shown = listed(cell[:40] for cell in header[:10])
            raise InputError(
                _("{name}: has no columns doc and theme (its columns: {shown})", name=name, shown=shown),
                _(_EXAMPLE),
            )

    def read(self, rows: Sequence[Sequence[str]]) -> HandCodes:
        """Return the codes of all rows."""
        codes: dict[tuple[str, str, str], bool] = {}
        seen: set[tuple[str, str, str]] = set()
        for line, row in enumerate(rows, 2):
            if any(row):
                for key, code in self._codes(line, row):
                    if key in seen:
                        self._fail(
                            line,
                            _("{doc!r} and {theme!r} are coded twice", doc=key[1], theme=key[2]),
                            _("take one of them out"),
                        )
                    seen.add(key)
                    codes |= {} if code is None else {key: code}
        if "theme" in self._roles and "code" not in self._roles:
            coded = {(coder, doc) for coder, doc, _ in codes}
            rest = {(*pair, theme): False for pair in sorted(coded) for theme in self._themes}
            codes = rest | codes
        if not codes:
            raise InputError(_("{name}: holds no codes", name=self._name), _(_EXAMPLE))
        return HandCodes(codes, tuple(dict.fromkeys(coder for coder, _, _ in codes)))

    def _codes(self, line: int, row: Sequence[str]) -> Iterator[tuple[tuple[str, str, str], bool | None]]:
        coder, doc = self._cell(row, "coder"), self._cell(row, "doc")
        if not doc:
            self._fail(line, _("names no document"), _("write its id as pdtool shows it"))
        if "theme" not in self._roles:
            for place, theme in self._wide.items():
                yield (coder, doc, theme), self._value(line, row[place] if place < len(row) else "")
            return
        theme = self._cell(row, "theme")
        if theme not in self._themes:
            known = listed(self._themes[:5])
            self._fail(
                line,
                _("the dictionary has no theme {theme!r}", theme=theme),
                _("one of {known}", known=known),
            )
        has_code = "code" in self._roles
        yield (coder, doc, theme), self._value(line, self._cell(row, "code")) if has_code else True

    def _cell(self, row: Sequence[str], role: str) -> str:
        place = self._roles.get(role)
        return row[place] if place is not None and place < len(row) else ""

    def _value(self, line: int, cell: str) -> bool | None:
        plain = cell.casefold()
        if plain in _words()["yes"] or (plain.isdecimal() and int(plain) > 0):
            return True
        if plain in _words()["no"]:
            return False
        if plain:
            self._fail(line, _("{cell!r} is no code", cell=cell[:20]), _("write 1 or 0, yes or no"))
        return None

    def _fail(self, line: int, what: str, hint: str) -> None:
        raise InputError(_("{name}: line {line}: {what}", name=self._name, line=line, what=what), hint)
