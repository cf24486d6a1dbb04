"""Damage to single characters: script, pinyin ghosts, width, character recognition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from pypinyin import Style, pinyin

from pdtool.text.opencc_data import read_characters
from tests.damage.tracked import Tracked, dirt, invented
from tests.texts.script import character_by_character, phrase_wise

__all__ = ["CONFUSIONS", "full_width", "ghosts", "half_width", "ocr", "site_traditional", "traditional"]

_DATA = Path(__file__).parent / "data"
_HAN = re.compile("[一-鿿]")
_GHOST_DENSITY = (0.065, 0.085)
"""Drawn within 6 to 9 % of all characters, with room for the last one chosen."""
_MOST_GHOSTS = 90
_USUAL_READING, _OTHER_READING = 0.75, 0.95
"""Up to the first share a host has its usual reading, up to the second any of its own, beyond a wrong one."""
_TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_TO_HALF_WIDTH = {ord(wide): half for wide, half in zip("，：；！？（）“”", ',:;!?()""', strict=True)}


def full_width(text: Tracked) -> Tracked:
    """Write letters, digits, ASCII punctuation and spaces full-width."""
    return text.respelt(text.text.translate(_TO_FULL_WIDTH))


def half_width(text: Tracked) -> Tracked:
    """Write Chinese punctuation as ASCII, as some converters do."""
    return text.respelt(text.text.translate(_TO_HALF_WIDTH))


def traditional(text: Tracked, config: str) -> Tracked:
    """Convert to Traditional by phrases, with opencc's ``s2t`` or ``s2tw``; both keep the length."""
    return text.respelt(phrase_wise(text.text, config))


def site_traditional(text: Tracked) -> Tracked:
    """Convert to Traditional character by character, leaving 于 后 里 只 系 制 志, as mirror sites do."""
    return text.respelt(character_by_character(text.text))


def _hosts(text: str, rng: Random) -> list[str]:
    """Choose Traditional-only characters that together make up the wanted share of the text."""
    simplified = read_characters()
    counts = Counter(character for character in text if character in simplified)
    candidates = sorted(counts)
    rng.shuffle(candidates)
    wanted, least = rng.uniform(*_GHOST_DENSITY) * len(text), _GHOST_DENSITY[0] * len(text)
    chosen: list[str] = []
    total = 0
    for character in candidates:
        if len(chosen) == _MOST_GHOSTS or total >= least:
            break
        if total + counts[character] <= max(wanted, least + 1):
            chosen.append(character)
            total += counts[character]
    return chosen


def _reading(character: str, wrong: str, rng: Random) -> str:
    readings: list[str] = pinyin(character, style=Style.TONE, heteronym=True)[0]
    chance = rng.random()
    if chance < _USUAL_READING:
        return readings[0]
    if chance < _OTHER_READING:
        return rng.choice(readings)
    wrong_reading: str = pinyin(wrong, style=Style.TONE)[0][0]
    return wrong_reading


def ghosts(text: Tracked, rng: Random) -> Tracked:
    """Turn Traditional as mirror sites do and glue one fixed reading behind every use of some characters.

    Between 6 and 9 % of all characters become hosts. A character's reading is often not the one that fits
    the place, and now and then none of its own.
    """
    text = site_traditional(text)
    hosts = _hosts(text.text, rng)
    readings = {host: f"({_reading(host, rng.choice(hosts), rng)})" for host in hosts}
    return text.replaced(
        (place + 1, place + 1, dirt(readings[character]))
        for place, character in enumerate(text.text)
        if character in readings
    )


@cache
def _confusions() -> dict[str, str]:
    groups: dict[str, set[str]] = {}
    for line in (_DATA / "confusions.txt").read_text(encoding="utf-8").splitlines():
        for group in () if line.startswith("#") else line.split():
            for character in group:
                groups.setdefault(character, set()).update(set(group) - {character})
    return {character: "".join(sorted(others)) for character, others in groups.items() if others}


CONFUSIONS: Callable[[], dict[str, str]] = _confusions
"""Each confusable Han character with those it is mistaken for."""

_PUNCTUATION = {"。": ".o。", "，": ",.'", "、": ".,`", "“": '"', "”": '"', "；": ";:", "《": "<", "》": ">"}
_DIGITS = {"0": "Oo", "1": "lI", "2": "Z", "5": "S", "8": "B", "6": "b", "9": "g"}


def _misread(character: str, rng: Random) -> str:
    known = _confusions().get(character) or _PUNCTUATION.get(character) or _DIGITS.get(character)
    if known and rng.random() < 0.85:
        return rng.choice(known)
    return rng.choice(sorted(_confusions())) if _HAN.match(character) else character


def _error(place: int, character: Tracked, rng: Random) -> tuple[int, int, Tracked]:
    """One error: mostly a wrong character, at times a lost one, a speck, or a lost quotation mark."""
    chance = rng.random()
    if chance < 0.08 or character.text in "“”‘’":
        return place, place + 1, invented("")
    if chance < 0.14:
        return place, place, invented(rng.choice("'.,-1lI|·i丨"))
    return place, place + 1, character.respelt(_misread(character.text, rng))


def ocr(text: Tracked, rng: Random, rate: float) -> Tracked:
    """Misread characters.

    Args:
        text: What is printed.
        rng: Where the choices come from.
        rate: Errors a character, 0 to 1; each falls on a printed character.
    """
    return text.replaced(
        _error(place, text[place : place + 1], rng)
        for place, character in enumerate(text.text)
        if not character.isspace() and rng.random() < rate
    )
