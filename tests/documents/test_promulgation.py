"""Who issued a law and when, read from the lines under its title; what is no title; what stays unread."""

from __future__ import annotations

import pytest

from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.documents.fields.describe import describe
from pdtool.documents.fields.head_text import head_text
from pdtool.documents.fields.promulgation_note import promulgation_note
from pdtool.documents.metadata import metadata_of

BODY = "第一章 总则\n第一条 为了保护水源，制定本条例。\n第二条 本条例适用于水源。\n"


def _described(text: str) -> dict[str, tuple[str, ...]]:
    known = describe(Document("a", Source("a.txt", "a.txt", "a.txt", "text"), text, text, ()))
    return {name: known.values(name) for name in ("title", "issuer", "date", "level", "doc_number")}


@pytest.mark.parametrize(
    ("note", "issuers", "date", "level"),
    [
        ("1988年3月3日 国务院发布", ("国务院",), "1988-03-03", "国家"),
        (
            "1990年6月7日 国务院、中央军事委员会令第57号发布",
            ("国务院", "中央军事委员会"),
            "1990-06-07",
            "国家",
        ),
        ("1992年12月2日 国务院批准\n1992年12月9日 国家某某局令第2号发布", ("国家某某局",), "1992-12-09", ""),
        ("2001年3月1日 江苏省人民政府发布", ("江苏省人民政府",), "2001-03-01", "省"),
        ("2001年3月1日 江苏省第九届人民代表大会通过", ("江苏省人民代表大会",), "2001-03-01", "省"),
        ("2001年3月1日 施行", (), "", ""),
    ],
)
def test_passing_bodies(note: str, issuers: tuple[str, ...], date: str, level: str) -> None:
    """The bodies that issued a law are named, all of them; coming into force is no issue."""
    known = _described(f"水源保护条例\n{note}\n{BODY}")
    assert known["title"] == ("水源保护条例",)
    assert known["issuer"] == issuers
    assert known["date"] == ((date,) if date else ())
    if level:
        assert known["level"] == (level,)


def test_term_of_a_congress_in_a_title() -> None:
    """A body is named without the number of its term wherever it is read."""
    known = _described("江苏省第六届人民代表大会关于植树的决议\n1983年4月29日 通过\n一、每人植树三棵。\n")
    assert known["issuer"] == ("江苏省人民代表大会",)


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("《水利》杂志发表重要文章《加强水源保护》", True),
        ("《加强水源保护》", False),
        ("（供会议讨论）", False),
    ],
)
def test_all_in_brackets(line: str, is_title: bool) -> None:
    """A line in one pair of brackets is no title; one that begins and ends with others may be one."""
    found = metadata_of(f"{line}\n水源保护事关长远，各地要落实责任，加强巡查，及时公布结果。\n")
    assert (found.values.get("title", "") == line) is is_title


def test_no_note_is_looked_for_under_most_titles() -> None:
    """Running text under a title is no note, and nothing is read below its first line."""
    text = "论水源保护\n水源保护事关长远。\n" + "各地要落实责任。\n" * 50
    head = head_text(text, metadata_of(text).spans)
    assert promulgation_note(head) == ()
    assert not head.lines_below_title.known
