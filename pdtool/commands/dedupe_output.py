"""What ``pdtool dedupe`` writes beside tables, wherever the work was done: lists of paths, a summary."""

from __future__ import annotations

import os
from collections.abc import Iterable

from pdtool.commands.session import Session
from pdtool.language import _, counted
from pdtool.output.escaping import visible
from pdtool.output.target import Target

__all__ = ["summary_of", "write_kept"]


def write_kept(session: Session, names: Iterable[str], target: Target, print0: bool) -> None:
    """Print the paths to keep: the very bytes of the path, so that other programs find the file.

    Args:
        session: The run.
        names: The paths; of rows of tables their ids.
        target: Where they go.
        print0: Whether each ends with NUL, not with a line break.
    """
    from pdtool.output.sink import open_output

    end = b"\0" if print0 else b"\n"
    on_terminal = target.room is not None
    written, broken = 0, False
    with open_output(target.path) as out:
        for name in names:
            out.write((visible(name).encode() if on_terminal else os.fsencode(name)) + end)
            written, broken = written + 1, broken or "\n" in name
    session.wrote(target.path, written)
    if not print0 and broken:
        session.reporter.warn(_("a path to keep holds a line break; --print0 separates paths safely"))


def summary_of(documents: int, characters: int, pairs: int, kept: int, *, is_list: bool) -> str:
    """Return what was read and found, in one line.

    Args:
        documents: How many documents were read.
        characters: How many characters.
        pairs: How many related pairs were found.
        kept: How many documents are to keep.
        is_list: Whether these were listed.
    """
    read = _(
        "{documents}, {characters}",
        documents=counted(documents, "document"),
        characters=counted(characters, "character"),
    )
    found = counted(pairs, "related pair")
    hint = _(" (--kept lists them)") if pairs and not is_list else ""
    return _("{read}; {found}; keep {n:,}{hint}", read=read, found=found, n=kept, hint=hint)
