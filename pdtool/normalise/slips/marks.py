"""What the damage looks like in the text."""

from __future__ import annotations

import re

from pdtool.text.readings import SPELLED

__all__ = ["GHOST", "GHOST_BEFORE", "HOLE", "LOSSES", "TAG", "TORN_GHOST", "YEAR"]

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
_TAGS = "p|br|div|span|strong|b|em|i|u|font|a|td|tr|li|sub|sup|h[1-6]"
TAG = re.compile(rf"/?(?:{_TAGS})(?:\s[^<>\n]{{0,200}})?/?>")
"""A tag of a web page without its first sign."""
YEAR = re.compile(r"(?:0[0-4]|9\d)\d年")
"""A year of the last or of this century without its first digit."""
