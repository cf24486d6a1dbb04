"""The readings of characters, as pypinyin's data has them."""

from __future__ import annotations

from pdtool.text import readings


def test_the_syllables_are_those_of_readings_parsed_one_by_one() -> None:
    """Stripping the accents of all readings at once gives what parsing each of them gives."""
    spelled = set(",".join(readings._dictionary().values()).split(","))
    parsed = {reading.syllable for reading in map(readings.parse_reading, spelled) if reading}
    assert readings._syllables() == parsed
    assert {"lv", "lve", "zhuang", "er"} <= parsed
