"""What is asked before the head of a text is read: where the answer is no, there is nothing to be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.documents.dates import YEAR_STARTS, date_pattern
from pdtool.documents.fields.above_text import head_fields
from pdtool.documents.fields.doc_numbers import number_in
from pdtool.documents.fields.field import Field, field_data
from pdtool.documents.fields.head_text import HeadText, head_text
from pdtool.documents.fields.index_table import _begins, _kinds, _label_matches, _pattern
from pdtool.documents.fields.kinds_of_text import _genres_of
from pdtool.documents.fields.official import OFFICIAL_READERS
from pdtool.documents.fields.view import LAST_VIEWED, reading_view
from pdtool.documents.metadata import metadata_of
from pdtool.text.paragraphs import Script, characters_of

_NUMBERS = [form for _, form in field_data()["numbers"]["forms"]]
_PIECES = (
    *("某县人民政府", "某县人民政府文件", "国务院令", "第5号", "附件", "李明", "论水源保护", "水源保护条例"),
    *(
        "2021年3月5日",
        "二〇二一年三月五日",
        "（2021年3月5日）",
        "一、水源",
        "（2021年3月5日国务院发布）",
        "云政发〔2021〕4号",
        "国务院总理 李某",
        "各地要落实责任。",
    ),
    *(" ", "\t", "\u3000", "\n", "\n\n", " \n", "文件 ", "。", "水源保护事关长远，各地要落实责任，" * 6),
)

_LABELLED = (*"来源时间:：|【】[] \t\n\u3000;；水", "索引号", "文号", "发布日期")


def _head(text: str) -> HeadText:
    return head_text(text, metadata_of(text).spans)


def _texts() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_PIECES), min_size=1, max_size=9).map("".join)


@pytest.mark.parametrize("genre", field_data()["genres"])
def test_titles_that_name_a_kind(genre: str) -> None:
    """Every title that the pattern of a kind fits ends as one that is looked at."""

    @given(st.from_regex(field_data()["genres"][genre]))
    def ends_so(title: str) -> None:
        assert _genres_of(title.removesuffix("\n")[-2:])

    ends_so()


def test_titles_that_name_no_kind() -> None:
    """Most titles of papers and of news are not looked at any further."""
    assert not any(_genres_of(title[-2:]) for title in ("论网格化管理", "药品巡查组的一天", "", "水"))


@pytest.mark.parametrize("form", _NUMBERS)
def test_numbers_end_alike(form: str) -> None:
    """What fits the form of a number is found as one, or a part of it or more is."""

    @given(st.from_regex(form, fullmatch=True))
    def is_found(number: str) -> None:
        assert number_in(number) is not None

    is_found()


def test_words_that_end_as_a_number_does() -> None:
    """A sign or a nickname is none."""
    assert number_in("国发〔2021〕编号、符号与外号") is None


@given(st.from_regex(date_pattern()))
def test_years_begin_alike(date: str) -> None:
    """Every date begins with one of the pairs of characters that are asked for."""
    found = date_pattern().search(date)
    assert found is not None
    assert found[0].startswith(YEAR_STARTS)


@given(_texts())
def test_head_is_read_as_without_questions(text: str) -> None:
    """What the head says is the same where every question is answered with yes."""
    cheap = _fields(text)
    with pytest.MonkeyPatch.context() as patch:
        for question in (
            "above_text._may_hold_day",
            "above_text._may_name_speaker",
            "official._may_hold_letterhead",
            "official._may_be_numbered",
            "official.ends_as_body",
            "promulgation_note._may_be_of_note",
        ):
            patch.setattr(f"pdtool.documents.fields.{question}", lambda _: True)
        assert cheap == _fields(text)


def _fields(text: str) -> list[Field]:
    head = _head(text)
    return [*head_fields(head), *(field for reader in OFFICIAL_READERS for field in reader(head))]


def test_head_with_a_speaker_and_a_day() -> None:
    """What the questions let through is found."""
    text = "政府工作报告\n（2021年3月5日）\n国务院总理 李明\n各地要落实责任，加强巡查。\n"
    assert {field.name for field in _fields(text)} == {"title", "date", "year", "authors"}
    assert [field.name for field in _fields(f"某县人民政府文件\n{text}")].count("issuer") == 1


@given(st.lists(st.sampled_from(_LABELLED), max_size=20).map("".join))
def test_labels_are_found_as_by_the_whole_pattern(view: str) -> None:
    """Looking only where a label may begin finds the same labels as trying all of them everywhere."""
    whole = re.compile(rf"(?:(?<=[|\t\n\r \u3000;；])|(?<=\A)){_pattern().pattern}")
    found = [match.span() for match in _label_matches(view)]
    assert found == [match.span() for match in whole.finditer(view)]


def test_every_label_begins_where_one_may() -> None:
    """The first character of every label is one at which a label may begin, and no other Han character is."""
    assert all(_begins().match(label) for label in _kinds())
    assert _begins().match("水") is None


def test_traditional_characters_are_viewed_as_others() -> None:
    """What is viewed as it is written has no Traditional character of the first plane."""
    traditional = [one for one in characters_of(Script.HANT) if one <= LAST_VIEWED]
    assert traditional
    assert not [one for one in traditional if reading_view(one) == one]


@pytest.mark.parametrize("sign", ["号", "號"])
def test_a_number_alone_is_read_in_either_script(sign: str) -> None:
    """Which script its last character is in makes no difference, nor what else the head holds."""
    found = _fields(f"渡口管理所\n湾渡字〔2021〕12{sign}\n渡口收费按下列标准调整。\n")
    assert f"湾渡字〔2021〕12{sign}" in [field.value for field in found]
