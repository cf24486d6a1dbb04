"""How to install a library that pdtool can use and that is not there, in words that work as they are printed.

pdtool is on no package index, so that ``pip install 'pdtool[…]'`` finds nothing: the library itself is named.
"""

from __future__ import annotations

import sys

from pdtool.language import _

__all__ = ["install_hint"]


def install_hint(*packages: str, prefix: str = sys.prefix) -> str:
    """Return the command that adds libraries to the environment in which pdtool runs.

    Args:
        packages: Their names on the package index.
        prefix: The folder of the environment: it tells what made it.

    >>> install_hint("igraph", prefix="/home/li/.local/share/pipx/venvs/pdtool")
    'pipx inject pdtool igraph'
    >>> install_hint("igraph", prefix="C:/Users/li/AppData/Roaming/uv/tools/pdtool")
    'uv tool install . --with igraph, in the folder of pdtool'
    >>> install_hint("igraph", "pyarrow", prefix="/home/li/pdtool/.venv")
    'python -m pip install igraph pyarrow'
    """
    place, names = prefix.replace("\\", "/"), " ".join(packages)
    if "/pipx/venvs/" in place:
        return f"pipx inject pdtool {names}"
    if "/uv/tools/" in place:
        options = names.replace(" ", " --with ")
        return _("uv tool install . --with {options}, in the folder of pdtool", options=options)
    return f"python -m pip install {names}"
