"""Taiwan's words become the mainland's only when asked for, as opencc-python-reimplemented has them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pdtool.errors import UsageError
from pdtool.normalise.options import NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import normalise, replay, revert
from pdtool.normalise.script.vocabulary import vocabulary
from pdtool.text.opencc_data import in_standard_forms, read_corrections, read_dictionary, read_rows


@cache
def _package() -> Any:
    return OpenCC("tw2sp")


@cache
def _keys() -> list[str]:
    names = ("TWPhrasesRev", "TWVariantsRevPhrases", "TSPhrases")
    return sorted(key for name in names for key in read_dictionary(name) if not set(key) & set("么著"))


@settings(max_examples=150, deadline=None)
@example(["乾圖", "八濛山"])
@given(st.lists(st.sampled_from(_keys()), max_size=12))
def test_equals_the_package(words: list[str]) -> None:
    """Words and then script together are the package's conversion with words."""
    text = "國" + "，".join(words)
    edits = vocabulary(text)
    renamed = edits.apply(text)[0]
    standard = in_standard_forms(renamed)
    assume(not any(key in standard for key in read_corrections()))
    assume(not any(row[0] in text for row in read_rows("vocabulary_corrections.tsv")))
    clean = normalise(text, options=NormaliseOptions(vocabulary=True))
    # Kept as the package leaves it: 濛 of 八濛山 would have its 乾图 converted a second time.
    kept = NormaliseOptions(script=TargetScript.KEEP)
    assert clean.text == normalise(_package().convert(text), options=kept).text


def test_never_by_default() -> None:
    """The words of a text are its author's."""
    assert normalise("資訊與網路安全").text == "资讯与网路安全"
    assert normalise("資訊與網路安全", options=NormaliseOptions(vocabulary=True)).text == "信息与网络安全"


def test_simplified_paragraphs_keep_their_words() -> None:
    """Words are looked for in Traditional paragraphs only."""
    text = "资讯与网路\n资讯"
    assert not len(vocabulary(text))


def test_words_that_change_the_length_lead_back() -> None:
    """隨身碟 has one character more than U盘; the way back stays exact."""
    clean = normalise("請將隨身碟帶來", options=NormaliseOptions(vocabulary=True))
    assert clean.text == "请将U盘带来"
    assert clean.offsets.to_source(2, 4) == (2, 5)
    assert revert(clean.text, clean.layers) == clean.raw
    assert replay(clean.raw, clean.layers) == clean.text


@pytest.mark.parametrize("script", [TargetScript.HANT, TargetScript.KEEP])
def test_only_on_the_way_to_simplified(script: TargetScript) -> None:
    """The words are the mainland's: in Traditional they would be neither here nor there."""
    with pytest.raises(UsageError):
        NormaliseOptions(script, vocabulary=True)


def test_the_scripts() -> None:
    """Simplified, Traditional or as found; every other repair is made in any case."""
    raw = "國家治理，加強 領導\n国家治理，加强 领导"
    texts = {script.value: normalise(raw, options=NormaliseOptions(script)).text for script in TargetScript}
    assert texts == {
        "hans": "国家治理，加强领导\n国家治理，加强领导",
        "hant": "國家治理，加強領導\n國家治理，加強領導",
        "keep": "國家治理，加強領導\n国家治理，加强领导",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("民眾如有查詢可致電", "民眾如有查詢可致電"),
        ("數位發展部將依個人資料保護法告知資訊", "數位發展部將依個人資料保護法告知信息"),
        ("依《資訊管理程式要點》提供程式碼與資料", "依《資訊管理程式要點》提供程序代碼與數據"),
        ("數位建設與數位發展", "數字建設與數字發展"),
    ],
)
def test_names_keep_their_words(before: str, after: str) -> None:
    """Names of laws and offices, quoted titles and words of both sides stay."""
    assert vocabulary(before).apply(before)[0] == after
