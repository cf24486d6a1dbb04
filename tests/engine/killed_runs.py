"""What a run that will be killed does. A process that imports this has loaded all that a run takes."""

from __future__ import annotations

import os
import sys

import duckdb  # noqa: F401

import pdtool.commands.dedupe
import pdtool.commands.index
import pdtool.engine.archive
import pdtool.engine.checking
import pdtool.engine.indexing
import pdtool.reuse.dedupe  # noqa: F401
from pdtool.__main__ import main
from pdtool.reuse.warm_up import warm_up
from tests.commandline import environment

__all__ = ["run"]

for _piece in warm_up():
    pass


def run(folder: str, arguments: tuple[str, ...]) -> None:
    """Run ``pdtool`` in a folder and end this process with its code.

    Args:
        folder: Where it runs.
        arguments: What follows its name.
    """
    os.environ.clear()
    os.environ.update(environment())
    os.chdir(folder)
    sys.exit(main(arguments))
