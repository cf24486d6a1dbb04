"""The dictionaries of opencc-python-reimplemented, read without importing its converter.

The package ships them as text files: ``key<TAB>value[ value …]``, the first value being the usual one.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

__all__ = [
    "in_standard_forms",
    "read_alternatives",
    "read_characters",
    "read_corrections",
    "read_dictionary",
    "read_hant_corrections",
    "read_rows",
    "standard_forms",
]

_DATA = Path(__file__).parent.parent / "data"


@cache
def _folder() -> Path:
    spec = find_spec("opencc")
    assert spec is not None and spec.origin is not None, "opencc-python-reimplemented is a dependency"
    return Path(spec.origin).parent / "dictionary"


def _read_entries(name: str, values: str) -> dict[str, str]:
    text = (_folder() / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(rf"^(\S+)\t({values})", text, re.MULTILINE))


@cache
def read_alternatives(name: str) -> dict[str, str]:
    """Return the entries of one dictionary file, such as ``"STCharacters"``, with all values as they stand.

    >>> read_alternatives("STCharacters")["后"]
    '後 后'
    """
    return _read_entries(name, ".*")


@cache
def read_dictionary(name: str) -> dict[str, str]:
    """Return the entries of one dictionary file, such as ``"TSCharacters"``, with their first value."""
    return _read_entries(name, r"\S+")


def read_rows(name: str) -> list[list[str]]:
    """Return the lines of one of our own data files, cut at their tabs, without comments."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def read_corrections() -> dict[str, str]:
    """Return what the package turns into Simplified otherwise than OpenCC publishes, as it should be."""
    return {traditional: simplified for traditional, simplified, _ in read_rows("script_corrections.tsv")}


@cache
def read_hant_corrections() -> dict[str, str]:
    """Return the phrases that the package turns into Traditional wrongly, as they should be."""
    return {simplified: traditional for simplified, traditional, _ in read_rows("hant_corrections.tsv")}


@cache
def standard_forms() -> dict[str, str]:
    """Return Taiwan's forms of characters with OpenCC's standard forms.

    么 and 著 are left out: in running text they are mostly what they seem to be.
    """
    return {key: value for key, value in read_dictionary("TWVariantsRev").items() if key not in "么著"}


@cache
def _standard_by_code() -> dict[int, str]:
    return {ord(key): value for key, value in standard_forms().items()}


def in_standard_forms(text: str) -> str:
    """Return the text with Taiwan's forms replaced by OpenCC's standard forms.

    >>> in_standard_forms("群眾裡")
    '羣衆裏'
    """
    return text.translate(_standard_by_code())


@cache
def read_characters() -> dict[str, str]:
    """Return every Traditional or Taiwanese character with its Simplified form (one character each).

    么 is left out: the package reads it as the Taiwanese form of 幺, and 什么 would become 什幺.

    >>> characters = read_characters()
    >>> characters["黨"], characters["裡"], characters["著"]
    ('党', '里', '着')
    """
    simplified = read_dictionary("TSCharacters") | read_corrections()
    taiwanese = read_dictionary("TWVariantsRev")
    merged = simplified | {key: simplified.get(value, value) for key, value in taiwanese.items()}
    merged.pop("么", None)
    return {key: value for key, value in merged.items() if len(key) == len(value) == 1 and key != value}
