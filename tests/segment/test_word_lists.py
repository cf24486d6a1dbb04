"""User dictionaries and stop words, as people's editors save them."""

from __future__ import annotations

import pytest

from pdtool.errors import InputError
from pdtool.segment.stop_words import parse_stop_words, read_words, stop_words
from pdtool.segment.userdict import UserTerm, parse_user_dictionary, split_terms


@pytest.mark.parametrize(
    ("line", "term", "frequency"),
    [
        ("党建引领", "党建引领", None),
        ("党建引领 10", "党建引领", 10),
        ("党建引领 10 n", "党建引领", 10),
        ("党建引领 n", "党建引领", None),
        ("党建引领\t10\tnz", "党建引领", 10),
        ("\ufeff党建引领 3\r", "党建引领", 3),
        ("machine learning", "machine learning", None),
        ("machine learning 5 eng", "machine learning", 5),
        ("COVID-19", "COVID-19", None),
        ("G 20 峰会 7", "G 20 峰会", 7),
        ("12345", "12345", None),
        ("党建引领 99999999999999999999", "党建引领", 999999999),
    ],
)
def test_lines_of_a_user_dictionary(line: str, term: str, frequency: int | None) -> None:
    """Term, frequency and tag are told apart with any of them missing, and terms may hold spaces."""
    assert parse_user_dictionary(line + "\n") == (UserTerm(term, frequency),)


def test_repeated_terms_blank_lines_and_comments() -> None:
    """The last entry of a term holds; blank lines and comments are none."""
    entries = parse_user_dictionary("# ours\n\n网格员 3\n网格员 9\n")
    assert entries == (UserTerm("网格员", 9),)


def test_a_line_that_is_no_entry_is_named() -> None:
    """The error names the file and the line."""
    with pytest.raises(InputError, match=r"words\.txt: line 2"):
        parse_user_dictionary("网格员\n" + "长" * 101, "words.txt")


def test_terms_are_parted_by_who_can_know_them() -> None:
    """Han terms join the dictionary; the rest is matched in the text."""
    han, rest = split_terms([UserTerm("网格员"), UserTerm("5G"), UserTerm("智慧 社区")])
    assert [entry.term for entry in han] == ["网格员"]
    assert rest == ("5G", "智慧 社区")


def test_users_stop_words_add_to_the_builtin_ones() -> None:
    """The user's words come on top, and alone when the built-in ones are switched off."""
    user = parse_stop_words("\ufeff我市\r\nOur\r\n")
    assert stop_words(user) == stop_words() | {"我市", "our"}
    assert stop_words(user, builtin=False) == {"我市", "our"}


@pytest.mark.parametrize(
    "name",
    [
        "stopwords/function",
        "stopwords/policy",
        "keywords/not_alone",
        "keywords/not_first",
        "keywords/not_last",
    ],
)
def test_builtin_lists_hold_words(name: str) -> None:
    """Every entry is a bare word in lower case, without punctuation or byte order mark."""
    words = read_words(name)
    assert len(words) > 50
    assert all(word.isalnum() and word == word.lower() for word in words)


def test_words_of_the_field_are_no_stop_words() -> None:
    """What the tool is asked about is never cut away."""
    field = {
        "基层",
        "治理",
        "社会",
        "组织",
        "党建",
        "引领",
        "社区",
        "机制",
        "技术",
        "服务",
        "思想",
        "长期",
        "公共",
    }
    assert not field & stop_words()
