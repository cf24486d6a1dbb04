"""How to install a library that pdtool can use and that is not there, in words that work as they are printed.

pdtool is on no package index, so that ``pip install 'pdtool[…]'`` finds nothing: the library itself is named.
"""

from __future__ import annotations

import os
import sys

from pdtool.language import _

__all__ = ["install_hint"]


def install_hint(*packages: str, prefix: str = sys.prefix) -> str:
    """Return the command that adds libraries to the environment in which pdtool runs.

    Args:
        packages: Their names on the package index.
        prefix: The folder of the environment: a file in it tells what made it.

    >>> install_hint("igraph", "pyarrow", prefix="/home/li/pdtool/.venv")
    'python -m pip install igraph pyarrow'
    """
    names = " ".join(packages)
    if os.path.exists(os.path.join(prefix, "pipx_metadata.json")):  # noqa: PTH110, PTH118 (pathlib costs 9 ms)
        return f"pipx inject pdtool {names}"
    if os.path.exists(os.path.join(prefix, "uv-receipt.toml")):  # noqa: PTH110, PTH118 (likewise)
        options = names.replace(" ", " --with ")
        return _("uv tool install . --with {options}, in the folder of pdtool", options=options)
    return f"python -m pip install {names}"
