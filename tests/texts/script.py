"""Traditional forms of the texts, made with opencc-python-reimplemented."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from opencc import OpenCC

from pdtool.text.opencc_data import read_dictionary

__all__ = ["UNCONVERTED", "character_by_character", "phrase_wise"]

UNCONVERTED = frozenset("于后里只系制志")
"""Characters that mirror sites leave as they are when they convert character by character."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(config: str) -> _Converter:
    converter: _Converter = OpenCC(config)
    return converter


@cache
def phrase_wise(text: str, config: str = "s2tw") -> str:
    """Convert Simplified to Traditional as an office suite does, looking at whole phrases.

    Args:
        text: Simplified text.
        config: ``s2t`` or ``s2tw``.

    >>> phrase_wise("头发和发展", "s2t")
    '頭髮和發展'
    """
    return _converter(config).convert(text)


@cache
def _table() -> dict[int, str]:
    characters = read_dictionary("STCharacters")
    return {ord(key): value for key, value in characters.items() if key not in UNCONVERTED and len(key) == 1}


def character_by_character(text: str) -> str:
    """Convert each character to its usual Traditional form, as mirror sites do.

    >>> character_by_character("头发里的发展")
    '頭發里的發展'
    """
    return text.translate(_table())
