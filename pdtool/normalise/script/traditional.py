"""Simplified → Traditional as Taiwan writes it, paragraph by paragraph, without changing the length.

For readers who want Traditional. The result is that of opencc-python-reimplemented's ``s2tw`` for a
Simplified paragraph, with two exceptions: where a phrase of the package lies across two words
(``被发|明``), ``data/hant_corrections.tsv`` and ``data/hant_rules.toml`` say what is right, and surnames stay
in names (``于某某``, ``data/names.toml``). Traditional paragraphs stay as they are: their 后 and 里 are not
short for 後 and 裡.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np

from pdtool.data_files import data_toml
from pdtool.normalise.script.name_lists import surnames_in_lists
from pdtool.text.code_points import Codes, code_points, decode
from pdtool.text.opencc_data import read_dictionary, read_hant_corrections
from pdtool.text.paragraphs import Script, convert_paragraphs
from pdtool.text.phrases import Phrases, character_table, longest_first

__all__ = ["convert_to_traditional", "develop_pattern"]


@cache
def _tables() -> tuple[Codes, Codes, Phrases]:
    """Return Simplified → OpenCC's standard forms, those → Taiwan's forms, and the first one's phrases."""
    return (
        character_table(read_dictionary("STCharacters")),
        character_table(read_dictionary("TWVariants")),
        Phrases.of(read_dictionary("STPhrases") | read_hant_corrections()),
    )


@cache
def _data(name: str) -> dict[str, Any]:
    return data_toml(name)


@cache
def develop_pattern() -> re.Pattern[str]:
    """Return the pattern of a 发 that begins a word, though the phrases take it for the end of one.

    >>> [match.start() for match in develop_pattern().finditer("学生发言，理发店")]
    [2]
    """
    rule = _data("hant_rules.toml")["develop"]
    return re.compile(f"(?<=[{rule['behind']}])发(?=[{rule['before']}])")


@cache
def _surname() -> re.Pattern[str]:
    """Match the surname of a name that stands for another word elsewhere."""
    data = _data("names.toml")
    titled = (
        rf"(?<![\u3400-\u9fff])[{data['surnames']}](?=[\u3400-\u9fff]{{1,2}}(?:{'|'.join(data['titles'])}))"
    )
    return re.compile(f"[{data['surnames']}](?={data['unnamed']})|{titled}")


def _convert(codes: Codes) -> Codes:
    standard_of, taiwanese_of, phrases = _tables()
    standard = standard_of[codes]
    text = decode(codes)
    found = list(phrases.occurrences(text, codes))
    in_words = set[int]()
    for start, phrase, conversion in longest_first(found, len(codes)):
        standard[start : start + len(phrase)] = code_points(conversion)
        in_words.update(range(start, start + len(phrase)))
    developing = np.array([match.start() for match in develop_pattern().finditer(text)], dtype=np.intp)
    standard[developing] = ord("發")
    # ``干部同志`` is no Mr Gan: what a phrase of the package spells is a word.
    doubtful: str = _data("names.toml")["surnames"]
    found_names = {match.start() for match in _surname().finditer(text)}
    found_names.update(surnames_in_lists(text, doubtful))
    surnames = np.array(sorted(found_names - in_words), dtype=np.intp)
    standard[surnames] = codes[surnames]
    return taiwanese_of[standard]


def convert_to_traditional(text: str) -> str:
    """Turn the Simplified paragraphs of a text into Traditional ones.

    A paragraph is a line. One without a Simplified-only character stays byte for byte.

    Args:
        text: Any text.

    Returns:
        A text of the same length.

    >>> convert_to_traditional("头发与发展，十里之内")
    '頭髮與發展，十里之內'
    """
    return convert_paragraphs(text, Script.HANS, _convert)
