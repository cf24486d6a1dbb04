"""Which readings a character has, and which reading a piece of Latin text spells.

The readings are pypinyin's, read as data: importing the package would load its phrases too. A reading is
compared as a syllable and a tone, so that ``lǜ``, ``lv4`` and the look-alike letters of web pages (``ɡ``
U+0261 for ``g``, ``ɑ`` U+0251 for ``a``) meet.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pdtool.text.opencc_data import read_alternatives, read_characters

__all__ = [
    "SPELLED",
    "SPELLING",
    "Reading",
    "by_main_syllable",
    "is_syllable",
    "main_reading",
    "parse_reading",
    "readings_of",
]

_LETTERS = (
    ("A", "Z"),
    ("a", "z"),
    ("\u00c0", "\u024f"),
    ("\u0300", "\u036f"),
    ("\u1e00", "\u1eff"),
    ("\uff41", "\uff5a"),
)
"""First and last of the letters and accents that readings are written with."""
_FOREIGN_LETTERS = "\u0251\u0261\u03b1\u03bf\u0430\u0435\u043e"
SPELLED = "".join(f"{first}-{last}" for first, last in _LETTERS) + f"{_FOREIGN_LETTERS}1-5"
"""The characters a reading may be written with, as the inside of a regular expression's set."""
SPELLING = _FOREIGN_LETTERS + "".join(
    map(chr, chain.from_iterable(range(ord(first), ord(last) + 1) for first, last in _LETTERS))
)
"""One of these stands in every reading."""

_LOOK_ALIKES = str.maketrans("ɑαаɡоοеı", "aaagooei")
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0306": 3, "\u0300": 4}
"""Combining macron, acute, caron (a breve is often typed for it) and grave."""
_DIAERESIS = "\u0308"
"""The combining accent of ü."""
_CIRCUMFLEX = "\u0302"
"""The combining accent of ê, which is no tone."""
_SPELT_WITHOUT_DOTS = {"lue": "lve", "nue": "nve"}


class Reading(NamedTuple):
    """One syllable of pinyin.

    Args:
        syllable: Its letters without tone, ``v`` for ü.
        tone: 1 to 4; 0 for the neutral tone, or where none is written.
    """

    syllable: str
    tone: int


@lru_cache(maxsize=4096)
def parse_reading(spelled: str) -> Reading | None:
    """Parse one syllable of pinyin.

    Args:
        spelled: Letters with a tone mark, precomposed or combining, or a digit 1 to 5 behind; ü or v.

    Returns:
        The reading; ``None`` if the text cannot be one (two tone marks, other accents). Whether such a
        syllable exists is for :func:`is_syllable` to say.

    >>> parse_reading("lǜ"), parse_reading("ɡuɑn1"), parse_reading("men")
    (Reading(syllable='lv', tone=4), Reading(syllable='guan', tone=1), Reading(syllable='men', tone=0))
    """
    plain = unicodedata.normalize("NFKC", spelled).lower().translate(_LOOK_ALIKES)
    letters: list[str] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFD", plain):
        if character in _TONES:
            tones.append(_TONES[character])
        elif character in "12345":
            tones.append(int(character) % 5)
        elif character == _DIAERESIS and letters and letters[-1] == "u":
            letters[-1] = "v"
        elif "a" <= character <= "z" and not (tones and spelled[-1:].isdigit()):
            letters.append(character)
        elif character != _CIRCUMFLEX:
            return None
    if len(tones) > 1 or not letters:
        return None
    syllable = "".join(letters)
    return Reading(_SPELT_WITHOUT_DOTS.get(syllable, syllable), tones[0] if tones else 0)


@cache
def _dictionary() -> dict[str, str]:
    """Return the readings of each code point, as pypinyin writes them: parted by commas."""
    spec = find_spec("pypinyin")
    assert spec is not None and spec.origin is not None, "pypinyin is a dependency"
    entries: dict[str, str] = json.loads(
        (Path(spec.origin).parent / "pinyin_dict.json").read_text(encoding="utf-8")
    )
    return entries


@cache
def _syllables() -> frozenset[str]:
    """Return the letters of all readings, as :func:`parse_reading` gives those of each."""
    spelled = ",".join(set(",".join(set(_dictionary().values())).split(",")))
    return frozenset(_letters_of(spelled)) - {""}


def _letters_of(spelled: str) -> list[str]:
    """Return the letters of readings that are parted by commas, as :func:`parse_reading` gives those of each.

    All at once: one by one they take ten times as long, at every start.
    """
    letters = unicodedata.normalize("NFD", spelled).translate(_LOOK_ALIKES).replace(f"u{_DIAERESIS}", "v")
    found = letters.translate(dict.fromkeys(map(ord, [*_TONES, _CIRCUMFLEX]))).split(",")
    return [_SPELT_WITHOUT_DOTS.get(syllable, syllable) for syllable in found]


def by_main_syllable(characters: Iterable[str]) -> dict[str, list[str]]:
    """Return characters by the letters of the reading that each has most of the time; others are left out.

    >>> by_main_syllable("從黨A聰")
    {'cong': ['從', '聰'], 'dang': ['黨']}
    """
    some = list(characters)
    spelled = ",".join(_dictionary().get(str(ord(one)), "").partition(",")[0] for one in some)
    found: dict[str, list[str]] = {}
    for character, syllable in zip(some, _letters_of(spelled) if some else (), strict=True):
        if syllable:
            found.setdefault(syllable, []).append(character)
    return found


def is_syllable(reading: Reading) -> bool:
    """Return whether some character has a reading with these letters, whatever the tone."""
    return reading.syllable in _syllables()


def main_reading(character: str) -> Reading | None:
    """Return the reading that a character has most of the time; ``None`` if pypinyin does not know it.

    >>> main_reading("從"), main_reading("A")
    (Reading(syllable='cong', tone=2), None)
    """
    first, *_ = _dictionary().get(str(ord(character)), "").split(",")
    return parse_reading(first) if first else None


@cache
def readings_of(character: str) -> frozenset[Reading]:
    """Return every reading of a character, and of its Simplified or Traditional counterparts.

    >>> sorted(readings_of("長"))
    [Reading(syllable='chang', tone=2), Reading(syllable='zhang', tone=3), Reading(syllable='zhang', tone=4)]
    """
    alternatives = read_alternatives("STCharacters").get(character, "").split()
    forms = {character, read_characters().get(character, character), *alternatives}
    spelled = [_dictionary().get(str(ord(form)), "") for form in forms if len(form) == 1]
    readings = map(parse_reading, ",".join(filter(None, spelled)).split(","))
    return frozenset(reading for reading in readings if reading)
