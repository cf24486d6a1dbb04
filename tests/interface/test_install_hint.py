"""What is missing is named with a command that works in the environment pdtool runs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdtool.install_hint import install_hint


@pytest.mark.parametrize(
    ("marker", "hint"),
    [
        ("pyvenv.cfg", "python -m pip install igraph"),
        ("pipx_metadata.json", "pipx inject pdtool igraph"),
        ("uv-receipt.toml", "uv tool install . --with igraph, in the folder of pdtool"),
    ],
)
def test_the_hint_is_that_of_the_tool_that_made_the_environment(
    tmp_path: Path, marker: str, hint: str
) -> None:
    """Neither pipx nor uv gives a tool a pip of its own."""
    (tmp_path / marker).touch()
    assert install_hint("igraph", prefix=str(tmp_path)) == hint
