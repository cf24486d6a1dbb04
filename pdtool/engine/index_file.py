"""The file of an index: a DuckDB database, opened, and what goes wrong with it as sentences.

Nothing but the transactions of DuckDB keeps it whole: whoever writes does so in one of them.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from pdtool.data_files import data_text
from pdtool.errors import InputError, OutputError, PdtoolError
from pdtool.install_hint import install_hint
from pdtool.language import _
from pdtool.output.shell_words import shell_word

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "IndexFile",
    "build_again",
    "check_installed",
    "damaged",
    "from_column",
    "no_index",
    "opened_index",
    "telling",
    "to_column",
]

WAIT = 5.0
"""Seconds that are waited for another process that has the index open."""
_PAUSE = 0.2
_ESCAPED = "json:"
"""What a text begins with that stands in its column as JSON."""
_PROCESS = re.compile(r"\(PID (\d+)\)")
_FULL = ("no space left", "disk quota", "file too large", "out of disk")
_FORBIDDEN = ("permission denied", "read-only file system", "operation not permitted")
_BROKEN = (
    "not a valid duckdb",
    "could not read",
    "corrupt",
    "checksum",
    "serializ",
    "deserializ",
    "version number",
)
_LOCKED = ("lock on file", "being used by another process", "conflicting lock")


def check_installed() -> None:
    """Refuse to work where DuckDB is not installed.

    Raises:
        PdtoolError: If it is not.
    """
    if find_spec("duckdb") is None:
        raise PdtoolError(_("an index takes DuckDB, which is not installed"), install_hint("duckdb"))


def to_column(text: str) -> str:
    """Return a text as it stands in a column: one with lone surrogates as JSON."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _ESCAPED + json.dumps(text)
    return _ESCAPED + json.dumps(text, ensure_ascii=False) if text.startswith(_ESCAPED) else text


def from_column(cell: str) -> str:
    r"""Return the text that a cell holds.

    >>> from_column(to_column("a\udcff")) == "a\udcff", from_column(to_column("政策.txt"))
    (True, '政策.txt')
    """
    return str(json.loads(cell.removeprefix(_ESCAPED))) if cell.startswith(_ESCAPED) else cell


class IndexFile:
    """An index that is open.

    Args:
        path: Where it is.
        connection: The connection to its database.
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection

    def make_tables(self) -> None:
        """Make the tables of a new index."""
        self._connection.execute(data_text("index.sql"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of a block, or nothing of it."""
        with telling(self.path):
            self._connection.begin()
            try:
                yield
                self._connection.commit()
            except BaseException:
                self._abandon()
                raise

    def _abandon(self) -> None:
        import duckdb

        try:
            self._connection.rollback()
        except duckdb.Error:
            return  # the database took leave of it already: what was committed last stays

    def insert(self, table: str, columns: Mapping[str, npt.NDArray[Any] | Sequence[Any]]) -> None:
        """Add rows.

        Args:
            table: The table.
            columns: Its columns, each with the cells of all rows; those of text or bytes as lists.
        """
        cells = {name: _array(cells) for name, cells in columns.items()}
        if not len(next(iter(cells.values()))):
            return
        with self._given(cells):
            self._connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")  # noqa: S608

    def delete(self, table: str, numbers: npt.NDArray[np.int64] | None = None) -> None:
        """Remove the rows of some documents; all where they are not named."""
        if numbers is None:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        elif len(numbers):
            with self._given({"wanted": numbers.astype(np.uint32)}):
                sql = f"DELETE FROM {table} WHERE number IN (SELECT wanted FROM given)"  # noqa: S608
                self._connection.execute(sql)

    def select(self, sql: str, wanted: npt.NDArray[Any] | None = None) -> dict[str, npt.NDArray[Any]]:
        """Return the columns of what is asked for.

        Args:
            sql: What is asked for; the table ``given`` holds some values, in a column ``wanted``.
            wanted: These: the numbers of documents (integers with a sign), hashes, texts or bytes.
        """
        with telling(self.path), self._given(_wanted(wanted)):
            return cast("dict[str, npt.NDArray[Any]]", self._connection.execute(sql).fetchnumpy())

    def keep(self, name: str, sql: str, wanted: npt.NDArray[Any], **columns: npt.NDArray[Any]) -> None:
        """Keep what is asked for in a table of this run, which takes the place of another of its name.

        Args:
            name: The table.
            sql: What is asked for, as in :meth:`select`.
            wanted: Values in the table ``given``.
            columns: Further columns of it.
        """
        with telling(self.path), self._given(_wanted(wanted) | columns):
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    @contextmanager
    def _given(self, cells: dict[str, npt.NDArray[Any]]) -> Iterator[None]:
        if not cells:
            yield
            return
        self._connection.register("given", cells)
        try:
            yield
        finally:
            self._connection.unregister("given")

    def about(self) -> dict[str, str]:
        """Return what the index says of itself."""
        found = self.select("SELECT name, value FROM about ORDER BY name")
        return dict(zip(found["name"].tolist(), found["value"].tolist(), strict=True))

    def say(self, about: Mapping[str, str]) -> None:
        """Replace what the index says of itself."""
        self.delete("about")
        self.insert("about", {"name": list(about), "value": list(about.values())})


def _wanted(values: npt.NDArray[Any] | None) -> dict[str, npt.NDArray[Any]]:
    if values is None:
        return {}
    return {"wanted": values.astype(np.uint32) if values.dtype.kind == "i" else values}


def _array(cells: npt.NDArray[Any] | Sequence[Any]) -> npt.NDArray[Any]:
    if isinstance(cells, np.ndarray):
        return cells
    array = np.empty(len(cells), object)
    array[:] = cells
    return array


@contextmanager
def opened_index(
    path: Path, folder: Path, *, write: bool = False, new: bool = False, shown: Path | None = None
) -> Iterator[IndexFile]:
    """Open an index.

    Args:
        path: Where it is.
        folder: A private folder for what DuckDB has no memory for.
        write: Whether it is written to: nobody else may have it open then.
        new: Whether it is made.
        shown: Where it is for whoever reads what goes wrong; ``None``: where it is.

    Raises:
        InputError: If it is not there, or is no database.
        PdtoolError: If another process has it open.
    """
    check_installed()
    shown = shown or path
    if not new and not path.is_file():
        raise _not_there(path)
    if write and not new and not os.access(path, os.W_OK):
        raise _forbidden(path)
    with telling(shown):
        connection = _connected(path, folder, write=write or new)
    try:
        yield IndexFile(shown, connection)
    finally:
        with telling(shown):
            connection.close()


def _connected(path: Path, folder: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    """Open the database; wait a little where another process has it."""
    import duckdb

    settings: dict[str, Any] = {
        "temp_directory": str(folder),
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
    }
    until = time.monotonic() + WAIT
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=not write, config=settings)
            # An index may come from others: it reads no other file, and loads nothing.
            connection.execute("SET enable_external_access = false")
            return connection
        except duckdb.Error as error:
            if not _is(error, _LOCKED) or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


def _is(error: Exception, signs: Sequence[str]) -> bool:
    said = str(error).lower()
    return any(sign in said for sign in signs)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn the errors of DuckDB into a sentence and a remedy."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise _told(path, error) from error


def _told(path: Path, error: Exception) -> PdtoolError:
    import duckdb

    if _is(error, _LOCKED):
        holder = _PROCESS.search(str(error))
        who = _("process {number}", number=holder[1]) if holder else _("another process")
        what = _("{path}: {who} has it open", path=path, who=who)
        return PdtoolError(what, _("wait until that has ended, and try again"))
    if _is(error, _FULL):
        what = _("{path}: no space is left for it; it stays as it was", path=path)
        return OutputError(what, _("make room, and try again"))
    if _is(error, _FORBIDDEN):
        return _forbidden(path)
    if isinstance(error, duckdb.CatalogException):
        return no_index(path)
    if _is(error, _BROKEN) or isinstance(error, duckdb.FatalException | duckdb.InternalException):
        return InputError(_("{path}: is no index, or a damaged one", path=path), build_again(path))
    said = str(error).splitlines()[0].partition(": ")[2] or type(error).__name__
    return PdtoolError(f"{path}: {said}", f"pdtool index verify {path}")


def _not_there(path: Path) -> InputError:
    if path.is_dir():
        what = _("{path}: is a folder", path=path)
    else:
        what = _("{path}: there is no such index", path=path)
    return InputError(what, f"pdtool index build PATHS -o {path}")


def _forbidden(path: Path) -> OutputError:
    what = _("{path}: cannot be written (permission denied)", path=path)
    return OutputError(what, _("choose another folder"))


def no_index(path: Path) -> InputError:
    """Return the error that a database is no index."""
    return InputError(_("{path}: is a DuckDB database, but no index of pdtool", path=path), build_again(path))


def damaged(path: Path, what: str) -> InputError:
    """Return the error that an index is damaged."""
    return InputError(_("{path}: is damaged ({what})", path=path, what=what), build_again(path))


def build_again(path: Path) -> str:
    """Return what to try where nothing but building an index again helps."""
    return _("build it again: pdtool index build PATHS -o {path}", path=shell_word(str(path)))
