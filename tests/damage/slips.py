"""Byte slips as mirror sites make them: replacements in GBK bytes that do not look where characters begin.

The Traditional text is stored as GBK. The bytes of each host are replaced by themselves and a reading in
brackets wherever they stand, in step or across two characters; at some sentence ends the first byte of the
full stop is lost. Then a lenient decoder reads what is left, and the store writes full-width signs as ASCII.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from random import Random

from pypinyin import Style, pinyin

from pdtool.text.opencc_data import read_characters
from tests.texts.script import character_by_character

__all__ = [
    "SLIPS",
    "Habits",
    "byte_losses",
    "decode",
    "ghosted_bytes",
    "lose_leads",
    "site_ghosts_with_slips",
]

_TO_ASCII = {ord(wide): half for wide, half in zip("！？；：，（）", "!?;:,()", strict=True)}
_ALNUM_TO_ASCII = {0xFF01 + shift: 0x21 + shift for shift in range(94)}
_DENSITY = (0.065, 0.085)
_MOST_HOSTS = 90
_USUAL, _ITS_OWN = 0.75, 0.97


@dataclass(frozen=True, slots=True)
class Habits:
    """What a site's decoder and store do.

    Args:
        undefined: What a pair that GBK leaves undefined becomes: nothing, or a question mark.
        swallows: Whether a lead byte before an ASCII byte takes that byte with it.
        narrow: Whether the store writes all full-width ASCII as ASCII, or common punctuation alone.
    """

    undefined: str = ""
    swallows: bool = True
    narrow: bool = True


SITE = Habits()
_SITES = (SITE, Habits(undefined="?"), Habits(narrow=False))


def _hosts(text: str, rng: Random) -> list[str]:
    simplified = read_characters()
    counts = Counter(character for character in text if character in simplified)
    candidates = sorted(counts)
    rng.shuffle(candidates)
    wanted = rng.uniform(*_DENSITY) * len(text)
    chosen: list[str] = []
    total = 0
    for character in candidates:
        if len(chosen) == _MOST_HOSTS or total >= wanted:
            break
        if total + counts[character] <= wanted * 1.2:
            chosen.append(character)
            total += counts[character]
    return chosen


def _reading(character: str, wrong: str, rng: Random) -> str:
    readings: list[str] = pinyin(character, style=Style.TONE, heteronym=True)[0]
    chance = rng.random()
    if chance < _USUAL:
        return readings[0]
    if chance < _ITS_OWN:
        return rng.choice(readings)
    return str(pinyin(wrong, style=Style.TONE)[0][0])


def ghosted_bytes(text: str, rng: Random) -> bytes:
    """Store Traditional text as GBK with readings glued behind the bytes of some characters."""
    hosts = _hosts(text, rng)
    stored = text.encode("gbk", "ignore")
    for host in hosts:
        written = f"({_reading(host, rng.choice(hosts), rng)})".encode("gbk", "ignore")
        pair = host.encode("gbk", "ignore")
        if pair:
            stored = stored.replace(pair, pair + written)
    return stored


def lose_leads(stored: bytes, rng: Random, rate: float, elsewhere: float = 0.0) -> bytes:
    """Lose the first byte of some full stops, and of some other characters; a question mark stands there.

    Args:
        stored: GBK in step, but for readings that tore characters.
        rng: Where the choices come from.
        rate: The share of the full stops that lose it.
        elsewhere: The share of all other characters that do.
    """
    pieces: list[bytes] = []
    for match in re.finditer(rb"[\x81-\xfe][\x40-\xfe]|[\s\S]", stored):
        pair = match[0]
        chance = rate if pair == b"\xa1\xa3" else elsewhere if len(pair) == 2 else 0.0
        pieces.append(b"?" + pair[1:] if rng.random() < chance else pair)
    return b"".join(pieces)


def decode(stored: bytes, habits: Habits) -> str:
    """Decode GBK as a lenient decoder does, losing step and regaining it."""
    pieces: list[str] = []
    place = 0
    while place < len(stored):
        lead, trail = stored[place], stored[place + 1 : place + 2]
        if lead < 0x80:
            pieces.append(chr(lead))
            place += 1
        elif not trail or lead in (0x80, 0xFF) or (trail[0] < 0x40 and not habits.swallows):
            pieces.append("?")
            place += 1
        else:
            pair = stored[place : place + 2].decode("gbk", "ignore")
            undefined = "?" if trail[0] < 0x40 else habits.undefined
            pieces.append(pair if len(pair) == 1 and trail[0] >= 0x40 else undefined)
            place += 2
    return "".join(pieces).translate(_ALNUM_TO_ASCII if habits.narrow else _TO_ASCII)


def site_ghosts_with_slips(text: str, rng: Random) -> str:
    """Turn Simplified text into what a mirror site serves: Traditional, ghosted, torn and slipped."""
    stored = ghosted_bytes(character_by_character(text), rng)
    return decode(lose_leads(stored, rng, rng.uniform(0.01, 0.04), 0.0001), rng.choice(_SITES))


def byte_losses(text: str, rng: Random) -> str:
    """Lose bytes of a text as it is, without ghosts."""
    stored = lose_leads(text.encode("gbk", "ignore"), rng, rng.uniform(0.03, 0.09), 0.0002)
    return decode(stored, rng.choice(_SITES))


def traditional_byte_losses(text: str, rng: Random) -> str:
    """Turn Simplified text into Traditional, character by character, and lose bytes of it."""
    return byte_losses(character_by_character(text), rng)


SLIPS = {
    "site ghosts with slips": site_ghosts_with_slips,
    "byte losses, Traditional": traditional_byte_losses,
    "byte losses, Simplified": byte_losses,
}
"""The kinds of damage by name: functions from Simplified text and a generator to the damaged text."""
