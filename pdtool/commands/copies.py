"""The option of commands that count: whether copies count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from pdtool.interface.copies_once import Copies

__all__ = ["CopyOptions"]


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """Whether copies count."""

    copies: Annotated[
        Copies,
        typer.Option(
            help="once: of copies and parts of one document count only the one that pdtool dedupe keeps."
        ),
    ] = Copies.ALL
