"""Coding rules: how they are read, what they find, and which say nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.errors import InputError
from pdtool.terms.dictionary import Dictionary, Entry, remarks
from pdtool.terms.finder import TermFinder
from pdtool.terms.rules import RuleError, Within, is_rule, parse_rule
from pdtool.terms.synonyms import Synonyms

Node = str | tuple["Node", ...]


@dataclass(frozen=True)
class Tree:
    """A rule as its author thinks of it: how it is written, and what it says of a sentence."""

    text: str
    node: Node

    def holds(self, sentence: str) -> bool:
        """Return whether it holds, looking for each term by itself."""
        return _holds(self.node, sentence)


def _holds(node: Node, sentence: str) -> bool:
    if isinstance(node, str):
        return node in sentence
    operator, *parts = node
    held = [_holds(part, sentence) for part in parts]
    return not held[0] if operator == "NOT" else all(held) if operator == "AND" else any(held)


def _joined(pair: tuple[Tree, Tree], operator: str) -> Tree:
    first, second = pair
    return Tree(f"({first.text}) {operator} ({second.text})", (operator, first.node, second.node))


_TREES = st.recursive(
    st.text("数字政", min_size=1, max_size=2).map(lambda term: Tree(term, term)),
    lambda trees: st.one_of(
        st.tuples(trees, trees).map(lambda pair: _joined(pair, "AND")),
        st.tuples(trees, trees).map(lambda pair: _joined(pair, "OR")),
        trees.map(lambda tree: Tree(f"NOT ({tree.text})", ("NOT", tree.node))),
    ),
    max_leaves=6,
)
_TEXTS = st.text("数字政府。", max_size=40)


@settings(max_examples=200, deadline=None)
@given(tree=_TREES, text=_TEXTS)
def test_a_rule_counts_the_sentences_in_which_it_holds(tree: Tree, text: str) -> None:
    """As anyone would count them; one that is refused holds nowhere, or where nothing of it stands."""
    if not is_rule(tree.text):
        return
    sentences = [sentence for sentence in re.findall("[^。]*。+|[^。]+", text) if sentence]
    holds = [tree.holds(sentence) for sentence in sentences]
    try:
        parse_rule(tree.text)
    except RuleError as error:
        assert tree.holds("") or not any(holds), error.message
        return
    found = list(TermFinder([tree.text], [0]).occurrences(text))
    assert len(found) == sum(holds)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("数字 AND (政府 OR 政务) NOT 游戏", ("数字", "政府", "政务", "游戏")),
        ("数字 AND（政府 OR 政务）", ("数字", "政府", "政务")),
        ('machine learning AND "AND"', ("machine learning", "AND")),
        ("数字* AND “NOT”", ("数字*", "NOT")),
        ("A OR B AND NOT C", ("A", "B", "C")),
        ("政府 AND 数字 WITHIN paragraph", ("政府", "数字")),
    ],
)
def test_how_rules_are_read(text: str, terms: tuple[str, ...]) -> None:
    """Brackets of either width, quotation marks, blanks inside terms, and the unit at the end."""
    rule = parse_rule(text)
    assert rule.terms == terms
    assert rule.within == (Within.PARAGRAPH if "WITHIN" in text else None)


@pytest.mark.parametrize("term", ["数字政府", "BRAND", "ANDROID系统", "and", "R&D", "COVID NOTE"])
def test_what_is_no_rule(term: str) -> None:
    """Capitals inside words, and small letters."""
    assert not is_rule(term)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("政府 AND", "a term is missing where its end stands"),
        ("AND 政府", "a term is missing where 'AND' stands"),
        ("政府 AND (政务 OR)", "a term is missing where '\\)' stands"),
        ("政府 AND ()", "a term is missing"),
        ("政府 AND (政务", "a bracket is not closed"),
        ("政府 AND 政务)", "stands where the rule should end"),
        ('政府 AND "政务', "a quotation mark is not closed"),
        ("政府 WITHIN word", "no unit 'word'"),
        ("政府 AND *", "holds nothing to search for"),
        ("NOT 政府", "wherever nothing of it stands"),
        ("政府 OR NOT 政务", "wherever nothing of it stands"),
        ("政府 NOT 政府", "can never hold"),
        ("数字政府 NOT 政府", "can never hold"),
        ("(数字 OR 政务) AND NOT (数字 OR 政务)", "can never hold"),
        ("黨建 NOT 党建", "can never hold"),
        ("(" * 50 + "政府 AND 政务" + ")" * 50, "deep"),
        (" OR ".join(f"词{number}" for number in range(300)), "more than 200 terms"),
        ("NOT " * 5000 + "政府", "deep"),
    ],
)
def test_rules_that_cannot_be(text: str, error: str) -> None:
    """Each is refused with what is wrong and what to try."""
    with pytest.raises(RuleError, match=error) as raised:
        parse_rule(text)
    assert raised.value.hint


def test_a_rule_with_very_many_cases_is_read_at_once() -> None:
    """Fifty alternatives twice, and negated ones, are no trap."""
    some = " OR ".join(f"甲{number}" for number in range(60))
    others = " OR ".join(f"乙{number}" for number in range(60))
    rule = f"({some}) AND ({others}) AND NOT (丙 AND ({some}))"
    assert list(TermFinder([rule], [0]).occurrences("甲1与乙2。甲1。")) == [(0, 2, 0)]


def test_a_rule_in_each_form_of_a_dictionary_is_checked_with_its_line() -> None:
    """An impossible rule is an error that names the line; a sound one is no nested term."""
    entries = [Entry("主题", "数字", 1.0, "", ""), Entry("主题", "数字 AND 政府", 1.0, "", "")]
    dictionary, problems = Dictionary.of("d.csv", list(enumerate(entries, 2)))
    assert not problems and not remarks(dictionary)
    with pytest.raises(InputError, match=r"d\.csv: line 7: the rule .* can never hold"):
        Dictionary.of("d.csv", [(7, Entry("主题", "数字 NOT 数字", 1.0, "", ""))])


def test_rules_use_synonyms() -> None:
    """A term of a rule is found where a word stands that means the same."""
    finder = TermFinder(["党的建设 AND 社区"], [0], synonyms=Synonyms((("党的建设", "党建"),)))
    assert list(finder.occurrences("社区党建。社区建设。")) == [(0, 2, 0)]


def test_terms_and_rules_come_in_the_order_of_the_text() -> None:
    """What is found of both is sorted by where it begins."""
    finder = TermFinder(["政府", "数字 AND 政府", "数字"], [0, 1, 2])
    text = "政府的数字。数字政府。"
    starts = [start for start, _, _ in finder.occurrences(text)]
    assert starts == sorted(starts) and len(starts) == 6


@given(st.integers(980, 1020), st.sampled_from(["党建", "政*府", "数字 AND 政府"]), st.booleans())
def test_a_quick_look_overlooks_nothing(before: int, term: str, is_there: bool) -> None:
    """A term that stands anywhere, on the border of what is looked at first too, may occur."""
    text = "、" * before + ("党建与数字政务府、政府" if is_there else "其他") + "。" * 50
    finder = TermFinder([term], [0])
    assert finder.may_occur(text) == is_there == bool(list(finder.occurrences(text)))
