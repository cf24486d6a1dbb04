"""What the damage looks like in the text."""

from __future__ import annotations

import re

from pdtool.normalise.readings import SPELLED

__all__ = ["GHOST", "GHOST_BEFORE", "HOLE", "LOSSES", "TORN_GHOST"]

LOSSES = "?\ufffd"
"""What decoders write for a byte they cannot pair."""
HOLE = "□"
"""What editors write for a character that cannot be read."""
_READING = f"[{SPELLED}]{{1,8}}"
TORN_GHOST = re.compile(rf"[{LOSSES}]({_READING})[)）]")
"""A reading whose bracket was paired with the second byte of its character."""
GHOST = re.compile(rf"[(（]({_READING})[)）]")
"""A reading behind a character in step."""
GHOST_BEFORE = re.compile(rf"{GHOST.pattern}\Z")
"""The same, where the text searched ends."""
