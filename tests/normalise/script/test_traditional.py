"""Simplified → Traditional: equal to opencc-python-reimplemented, and only where text is Simplified."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pdtool.normalise.script.traditional import convert_to_traditional, develop_pattern
from pdtool.text.opencc_data import read_dictionary, read_hant_corrections
from tests.normalise.tables import seed


@cache
def _package() -> Any:
    return OpenCC("s2tw")


def _is_corrected(text: str) -> bool:
    """Return whether a text holds what the package is known to convert wrongly."""
    if "某" in text or develop_pattern().search(text):
        return True
    return any(key in text for key in read_hant_corrections())


@cache
def _keys() -> list[str]:
    return sorted({key for name in ("STPhrases", "STCharacters") for key in read_dictionary(name)})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 1 << 30).map(lambda n: _keys()[n % len(_keys())]), max_size=20))
def test_equals_the_package(pieces: list[str]) -> None:
    """Keys of the package's own dictionaries, run together, convert as it does."""
    text = "国" + "".join(pieces)
    assume(not _is_corrected(text))
    assert convert_to_traditional(text) == _package().convert(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("发头理干部后里面台湾只系制于是复杂着了乾"), max_size=24))
def test_overlapping_phrases_equal_the_package(pieces: list[str]) -> None:
    """Where phrases overlap, the one the package takes is taken."""
    text = "国" + "".join(pieces)
    assume(not _is_corrected(text))
    assert convert_to_traditional(text) == _package().convert(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("头发与发展", "頭髮與發展"),
        ("国王与皇后在后面", "國王與皇后在後面"),
        ("干部晒干衣服，不干涉", "幹部曬乾衣服，不干涉"),
        ("群众里面", "群眾裡面"),
        ("国际标准Ａ4", "國際標準Ａ4"),
    ],
)
def test_simplified_becomes_traditional(before: str, after: str) -> None:
    """The words decide among several Traditional characters, and Taiwan's forms are written."""
    assert convert_to_traditional(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("被发明的技术与被发掘的潜力", "被發明的技術與被發掘的潛力"),
        ("被发左衽", "被髮左衽"),
        ("展示了如何推进，对情况了如指掌", "展示了如何推進，對情況瞭如指掌"),
        ("企业参与制造标准，参与制定规则", "企業參與製造標準，參與制定規則"),
        ("接受中文采访，文采出众", "接受中文採訪，文采出眾"),
        ("国产自制光刻机，他缺乏自制力", "國產自製光刻機，他缺乏自制力"),
        ("七纳米制程", "七納米製程"),
        ("于某某、范某、余某某关于种植", "于某某、范某、余某某關於種植"),
        ("党委书记于某", "黨委書記于某"),
        ("主持人：范仲同志", "主持人：范仲同志"),
        ("会上，涂建国先生发言", "會上，涂建國先生發言"),
        ("市长发布，部长发言，校长发现", "市長發布，部長發言，校長發現"),
        ("资金发放与基金发行，保护发展", "資金發放與基金發行，保護發展"),
        ("学生发现卫生发展要管理发展", "學生發現衛生發展要管理發展"),
        ("长发女生用生发水，到理发店、美发行业", "長髮女生用生髮水，到理髮店、美髮行業"),
        ("会上，干部同志要带头", "會上，幹部同志要帶頭"),
        ("古代作家有干宝、范成大、于谦等", "古代作家有干寶、范成大、于謙等"),
        ("记者范长江、邹韬奋与会", "記者范長江、鄒韜奮與會"),
        ("与会人员：于丽、游本昌、郁达夫。", "與會人員：于麗、游本昌、郁達夫。"),
        ("干部、群众、游客，范围、程度，种菜、种花", "幹部、群眾、遊客，範圍、程度，種菜、種花"),
        ("余下委员分两组，范围委员会另定", "餘下委員分兩組，範圍委員會另定"),
        ("如有问题，游客先生可致电", "如有問題，遊客先生可致電"),
    ],
)
def test_words_and_names(before: str, after: str) -> None:
    """A phrase that lies across two words is no word, and a surname is not short for another character."""
    assert convert_to_traditional(before) == after


@pytest.mark.parametrize("text", ["皇后與公里", "臺灣的后里區", "松柏、山谷、面孔", "ABC 123", ""])
def test_traditional_paragraphs_stay(text: str) -> None:
    """后, 里, 松 and the like are no Simplified spellings where nothing else is Simplified."""
    assert convert_to_traditional(text) == text


@pytest.mark.parametrize("name", ["003", "004"])
def test_simplified_seeds_equal_the_package(name: str) -> None:
    """On whole documents it is the package's result, without exceptions."""
    text = "\n".join(line for line in seed(name).splitlines() if convert_to_traditional(line) != line)
    assert convert_to_traditional(text) == _package().convert(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters() | st.sampled_from("国国发\n\r\u2028"), max_size=40))
def test_any_text_keeps_its_length(text: str) -> None:
    """No text raises, lone surrogates included."""
    assert len(convert_to_traditional(text)) == len(text)
