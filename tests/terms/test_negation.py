"""Which terms stand in a negation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.data_files import data_toml
from pdtool.terms import negation_words as words_module
from pdtool.terms.negation import Negations, _holds_negator
from pdtool.terms.negation_scopes import ClauseScopes, scopes_of
from pdtool.terms.negation_words import CueKind, negation_words
from tests.terms.negation_cases import Sentence, figures, sentences

EVERY = list(sentences())
PARTS = {
    "looked at": EVERY[::2],
    "only counted": EVERY[1::2],
    "Simplified": [one for one in EVERY if not one.traditional],
    "Traditional": [one for one in EVERY if one.traditional],
}


def _negated(text: str, term: str) -> bool:
    start = text.index(term)
    return Negations(text).hold(start, start + len(term))


def test_there_are_five_hundred_labelled_sentences() -> None:
    """In both scripts, with terms of either label, none marked wrongly."""
    assert len(EVERY) >= 500
    assert sum(one.traditional for one in EVERY) >= 100
    assert all(one.terms for one in EVERY)
    assert not any(set("<>[]") & set(one.text) for one in EVERY)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_negated_terms_are_told(part: list[Sentence]) -> None:
    """Precision and recall on the sentences, those nobody looked at too; floors near what was measured."""
    found = figures(part)
    assert found.precision >= 0.95
    assert found.recall >= 0.95


@pytest.mark.parametrize(
    ("text", "term", "negated"),
    [
        ("没有数字化，就没有现代化。", "数字化", False),
        ("没有数字化。就没有现代化。", "数字化", True),
        ("不得不公开信息", "信息", False),
        ("不得公开信息", "信息", True),
        ("不得以任何理由拒绝申请", "申请", False),
        ("不得以任何理由拒绝申请", "拒绝", True),
        ("不得拒绝、隐瞒", "隐瞒", True),
        ("各地不断建设平台", "平台", False),
        ("未完成改造的小区应当公示", "改造", True),
        ("未完成改造的小区应当公示", "小区", False),
        ("不搞“一刀切”", "一刀切", True),
        ("（不含设备）费用", "费用", False),
        ("数据平台尚未建成", "平台", True),
        ("数据平台尚未建成", "数据", False),
        ("不低于预算", "预算", False),
        ("有没有平台", "平台", False),
        ("没有平台", "平台", True),
        ("", "", False),
    ],
)
def test_what_a_negation_governs(text: str, term: str, negated: bool) -> None:
    """Each rule once."""
    assert _negated(text, term) is negated


@given(st.text("不没有未得能无平台，。就的、建成而是拒绝“”（）\n ", max_size=80))
def test_any_text_is_answered(text: str) -> None:
    """Every stretch of every text, in whichever order it is asked for, and the same each time."""
    negations = Negations(text)
    forwards = [negations.hold(start, start + 1) for start in range(len(text))]
    backwards = [negations.hold(start, start + 1) for start in reversed(range(len(text)))]
    assert forwards == backwards[::-1]


def test_both_scripts_read_alike() -> None:
    """A Traditional sentence that was not converted says what its Simplified form says."""
    assert _negated("機關不得拒絕民眾之申請", "拒絕")
    assert not _negated("機關不得拒絕民眾之申請", "申請")
    assert _negated("數據平臺尚未建設完成，並未開通", "開通")


def test_a_clause_without_end_is_no_trap() -> None:
    """A megabyte without a mark is passed over, negators and all."""
    text = "不得没有未经" * 200_000
    negations = Negations(text)
    assert not any(negations.hold(start, start + 2) for start in range(0, len(text), 1000))


def test_no_word_is_in_two_lists() -> None:
    """A word that negates is never one that only looks so: the later list would decide in silence."""
    import tomllib
    from importlib.resources import files

    text = files("pdtool").joinpath("data", "negation.toml").read_text(encoding="utf-8")
    lists = {name: words.split() for name, words in tomllib.loads(text).items()}
    kinds = ("adverbs", "existence", "verbs", "affirmed", "look_alikes", "questions", "conditions")
    words = [word for name in kinds for word in lists[name]]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert any(kind is CueKind.ADVERB for _, kind in negation_words().by_first["不"])


def naive_cues(clause: str) -> list[tuple[int, str, CueKind]]:
    """Return the words of a clause from left to right, at each place the longest, character by character."""
    found, position = [], 0
    while position < len(clause):
        words = negation_words().by_first.get(clause[position], ())
        word, kind = next((one for one in words if clause.startswith(one[0], position)), ("", None))
        if kind is not None:
            found.append((position, word, kind))
        position += len(word) or 1
    return found


_CUES = sorted(word for words in negation_words().by_first.values() for word, _ in words)


@given(st.lists(st.sampled_from([*_CUES, *"数字建设的了", *{word[0] for word in _CUES}])).map("".join))
def test_cues_are_the_longest_words_from_left_to_right(clause: str) -> None:
    """One pattern finds what looking at every character finds."""
    assert [(cue.start, cue.word, cue.kind) for cue in negation_words().cues(clause)] == naive_cues(clause)


@pytest.mark.parametrize("sign", [*".^$*+?{}[]|()-\\"])
def test_signs_in_the_data_are_signs(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of the data file may begin with any character: it means itself in every pattern."""
    data = dict(data_toml("negation.toml"))
    for name in ("adverbs", "barriers"):
        data[name] += f" {sign}甲 {sign}乙"
    monkeypatch.setattr(words_module, "data_toml", lambda _: data)
    words = negation_words.__wrapped__()
    assert [cue.word for cue in words.cues(f"丙甲{sign}甲丁乙{sign}乙")] == [f"{sign}甲", f"{sign}乙"]
    found = [match["word"] for match in words.barriers.finditer(f"丙甲{sign}乙乙")]
    assert found == [f"{sign}乙"]


_PIECES = sorted({*negation_words().kind_of, *map(chr, negation_words().simplified), "数据", "的", "平台"})


@given(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join), st.sampled_from(_PIECES))
def test_a_clause_without_a_negator_negates_nothing(clause: str, beside: str) -> None:
    """What is told at a look, in either script, whatever stands in the clauses beside it."""
    if scopes_of(clause, beside, beside) != ClauseScopes():
        assert _holds_negator()(clause)
