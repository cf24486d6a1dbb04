"""What the phrase ranker makes of single features of a text, one at a time."""

from __future__ import annotations

import pytest

from pdtool.keywords import phrase
from pdtool.keywords.lexicon import Lexicon, Role
from pdtool.keywords.ranking import KeywordRanker, KeywordText
from pdtool.segment.segmenter import Segmenter
from pdtool.segment.stop_words import stop_words

_FILLER = "天很蓝,风很轻。" * 50


def scores(body: str) -> dict[str, float]:
    """Return the score of every candidate of a text without title."""
    ranker = KeywordRanker(Segmenter(), stop_words(), top=None)
    return {row.keyword: row.score for row in next(ranker.rank([KeywordText("a", body)]))}


def test_what_a_long_text_says_once_counts_for_less() -> None:
    """Said once in a long text, it is weaker evidence than in an abstract; said twice, as strong as ever."""
    once, twice = "老人需要喘息服务。", "老人需要喘息服务,家人也需要喘息服务。"
    assert scores(once + _FILLER)["喘息服务"] == pytest.approx(0.6 * scores(once)["喘息服务"], abs=1e-6)
    assert scores(twice + _FILLER)["喘息服务"] == pytest.approx(scores(twice)["喘息服务"], abs=1e-6)


def test_the_frame_of_a_paper_is_no_subject() -> None:
    """A phrase of frame words alone is lowered; with another word beside it such a word is as good as any."""
    found = scores("讨论了影响因素。讨论了喘息服务。讨论了路径依赖。")
    assert found["喘息服务"] > found["影响因素"]
    assert found["路径依赖"] > found["影响因素"]


@pytest.mark.parametrize("word", ["二十九个", "十一所", "三百余户", "两千名"])
def test_an_amount_begins_no_keyword(word: str) -> None:
    """A number with its measure word is no keyword, nor the beginning of one (二十九个项目)."""
    lexicon = Lexicon(frozenset())
    roles = int(lexicon.roles[lexicon[word]])
    assert roles & Role.NOT_FIRST and roles & Role.NOT_ALONE


@pytest.mark.parametrize("word", ["四个", "两山", "第三方", "一体化", "三农", "十二五"])
def test_a_name_with_a_numeral_may(word: str) -> None:
    """四个自信, 两山理论, 第三方评估: one numeral, or none that is followed by a measure word."""
    lexicon = Lexicon(frozenset())
    assert not int(lexicon.roles[lexicon[word]]) & Role.NOT_FIRST


def test_idioms_are_lowered_like_verbs() -> None:
    """An idiom of the dictionary is seldom a keyword; a noun of the same length may be."""
    lexicon = Lexicon(frozenset())
    idiom, noun = lexicon["量力而行"], lexicon["知识产权"]
    assert int(lexicon.roles[idiom]) & Role.VERB and not int(lexicon.roles[noun]) & Role.VERB


def test_stop_words_leave_names_whole() -> None:
    """The general list takes function words, none of the single characters that stand in names."""
    assert {"以致于", "尽管如此", "关于具体地说"} & stop_words()
    assert not {"大", "小", "人", "区", "分"} & stop_words()
    assert {"大湾区", "小区治理"} <= scores("大湾区与小区治理。").keys()


def test_two_verbs_are_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds no noun (顺利对接) seldom names a subject; one noun is enough (社区服务)."""
    body = "讨论了顺利对接。讨论了社区服务。"
    found = scores(body)
    monkeypatch.setattr(phrase, "_TWO_VERBS", 1.0)
    plain = scores(body)
    assert found["顺利对接"] == pytest.approx(0.8 * plain["顺利对接"], abs=1e-6)
    assert found["社区服务"] == pytest.approx(plain["社区服务"], abs=1e-6)


def test_more_words_than_the_lexicon_has_room_for_at_first() -> None:
    """A text of many words makes the arrays of the lexicon grow while it is read."""
    found = scores("喘息服务。" * 3 + " ".join(f"x{number}y" for number in range(9_000)))
    assert "喘息服务" in found
