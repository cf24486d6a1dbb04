"""What the user says about the inputs."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULTS", "ReadOptions"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read, as far as it is not to be found out.

    Args:
        encoding: The encoding of every input; ``None``: judge each.
        text_column: The column of a table that holds the documents; ``None``: the one that is called so.
        id_column: Likewise their ids; without any such column a row is known by its number.
        title_column: Likewise their titles.
        from_path: A pattern over paths, whose fields say more of each document; see
            :mod:`pdtool.corpus.path_pattern`.
        kept_columns: Columns whose cells are kept as they are, in the tables that have them.
    """

    encoding: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    title_column: str | None = None
    from_path: str | None = None
    kept_columns: tuple[str, ...] = ()


DEFAULTS = ReadOptions()
"""Everything is found out."""
