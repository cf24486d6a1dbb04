"""Traditional → Simplified: equal to opencc-python-reimplemented but where it is meant to differ."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pdtool.normalise.script.simplified import convert_each, convert_script
from pdtool.text.opencc_data import (
    in_standard_forms,
    read_characters,
    read_corrections,
    read_dictionary,
    read_rows,
)

ROOT = Path(__file__).parents[3]
CASES: dict[str, list[dict[str, str]]] = json.loads(
    (ROOT / "tests" / "cases" / "normalise" / "script.json").read_text(encoding="utf-8")
)
EXCEPTIONS = "么著"
COMMON = (
    "的一是不在有人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定"
    "学国会们发产种对过动来时个为开关区务领导员设实现结团队计划联应经济乐业从无东长门问间马鱼鸟龙风飞书"
    "反覆藉口憑徵鍾乾瞭解沈積鍊條裡麵眾為啟台臺里后只系制志干余松板表范谷，。；！？、：“”（）《》 　-.,abc123"
)


@cache
def _package() -> Any:
    return OpenCC("tw2s")


@cache
def _corrections() -> tuple[str, ...]:
    return tuple(map(in_standard_forms, read_corrections()))


def _is_corrected(text: str) -> bool:
    """Whether the package is known to be wrong about something in the text."""
    standard = in_standard_forms(text)
    return any(key in standard for key in _corrections())


def _keys() -> list[str]:
    names = ("TWVariantsRev", "TWVariantsRevPhrases", "TSPhrases", "TSCharacters")
    keys = {key for name in names for key in read_dictionary(name)}
    return sorted(key for key in keys if not set(key) & set(EXCEPTIONS) and not _is_corrected(key))


def _cases(kind: str, **marks: Any) -> list[Any]:
    return [pytest.param(case, id=case["name"], **marks) for case in CASES[kind]]


@pytest.mark.parametrize("case", _cases("wild"))
def test_traditional_paragraphs_are_converted(case: dict[str, str]) -> None:
    """Words, particles and phrases read as a Simplified text writes them."""
    assert convert_script(case["before"]) == case["after"]


@pytest.mark.parametrize("case", _cases("negative"))
def test_simplified_paragraphs_stay(case: dict[str, str]) -> None:
    """A Simplified paragraph comes out byte for byte."""
    assert convert_script(case["before"]) == case["before"]


@pytest.mark.parametrize("case", _cases("known_failures", marks=pytest.mark.xfail(strict=True)))
def test_known_failures(case: dict[str, str]) -> None:
    """What is known not to work, until it does."""
    assert convert_script(case["before"]) == case["after"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_keys()) | st.sampled_from(COMMON), max_size=30))
def test_equals_the_package(pieces: list[str]) -> None:
    """Keys of the package's own dictionaries, run together with common characters, convert as it does."""
    text = "國" + "".join(pieces)
    assume(not _is_corrected(text))
    assert convert_script(text) == _package().convert(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from("乾坤康徵羽流聲弦覆反回答盆鍾老龍千萬藉口憑藉瞭解明於是世成沈船，。 "), max_size=24
    )
)
def test_overlapping_phrases_equal_the_package(pieces: list[str]) -> None:
    """Where phrases overlap, the one the package takes is taken."""
    text = "國" + "".join(pieces)
    assume(not _is_corrected(text))
    assert convert_script(text) == _package().convert(text)


def test_every_correction_is_made_and_needed() -> None:
    """Each reads as published, alone in a Traditional paragraph, and the package alone does otherwise.

    A phrase that the package has right is there to win over a name before it, or over a longer phrase.
    """
    guards = {"甦醒", "慰藉"}
    for traditional, simplified, source in read_rows("script_corrections.tsv"):
        text = f"國、{traditional}、"
        assert convert_script(text) == f"国、{simplified}、", traditional
        assert source
        assert traditional in guards or _package().convert(text) != f"国、{simplified}、", traditional


def test_corrections_leave_common_words_alone() -> None:
    """Words that hold the letters of a corrected name read as ever."""
    words = {"李祕書": "李秘书", "年釐定": "年厘定", "江南氾濫": "江南泛滥", "昇華": "升华", "復甦": "复苏"}
    for traditional, simplified in words.items():
        assert convert_script(f"國，{traditional}") == f"国，{simplified}"


def test_every_key_equals_the_package() -> None:
    """Each entry of the dictionaries alone, in a Traditional paragraph."""
    text = "".join(f"國{key}，" for key in _keys())
    assert convert_script(text) == _package().convert(text)


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_traditional_seeds_equal_the_package(number: str) -> None:
    """On the seeds only the two exceptions make a difference."""
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    ours, theirs = convert_script(text), _package().convert(text)
    differing = {before for before, a, b in zip(text, ours, theirs, strict=True) if a != b}
    assert differing <= set(EXCEPTIONS)


@pytest.mark.parametrize("number", ["003", "004"])
def test_simplified_seeds_stay(number: str) -> None:
    """什么 and 显著 included."""
    (path,) = (ROOT / "seeds").glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    assert convert_script(text) == text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters() | st.sampled_from("國么著着乾\n\r\u2028"), max_size=40))
def test_any_text_keeps_its_length(text: str) -> None:
    """No text raises, lone surrogates included; the length and every 么 stay."""
    converted = convert_script(text)
    assert len(converted) == len(text)
    assert all(after == "么" for before, after in zip(text, converted, strict=True) if before == "么")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="國學会议着著么是后，", max_size=12), max_size=6))
def test_paragraphs_are_converted_alone(paragraphs: list[str]) -> None:
    """A paragraph converts as it would by itself, whatever stands beside it."""
    assert convert_script("\n".join(paragraphs)) == "\n".join(map(convert_script, paragraphs))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="國學会议着著么是后，\n\r", max_size=12), max_size=6), st.integers(0, 300))
def test_texts_are_converted_alone(texts: list[str], length: int) -> None:
    """A text converts as it would by itself, whatever texts are converted with it, kept ones included."""
    texts = [*texts, "著作" * length, *texts]
    assert convert_each(texts) == [convert_script(text) for text in texts]


def test_converting_twice_is_converting_once() -> None:
    """The Simplified form of every character is no sign of a Traditional paragraph."""
    simplified = "".join(sorted(set(read_characters().values())))
    assert convert_script(simplified) == simplified
