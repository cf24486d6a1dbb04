"""What sites print around a text goes; what authors wrote stays."""

from __future__ import annotations

import re
import re._constants as operations  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from importlib.resources import files
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.furniture.form_table import LineForm, known_forms
from pdtool.normalise.furniture.forms import may_be_furniture, name_notice, read_pieces
from pdtool.normalise.furniture.removal import furniture
from tests.damage import layout
from tests.damage.portals import portals
from tests.damage.tracked import original
from tests.normalise.tables import Case, cases, seed, table


def cleared(text: str) -> str:
    """Return the text without its furniture."""
    return furniture(text).apply(text)[0]


def entries(kind: str) -> list[dict[str, Any]]:
    """Return the entries of one kind in the data file."""
    data = tomllib.loads(files("pdtool").joinpath("data/furniture.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = data[kind]
    return found


def entries_of(table: str) -> dict[str, Any]:
    """Return a table of the data file."""
    data = tomllib.loads(files("pdtool").joinpath("data/furniture.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = data[table]
    return found


@pytest.mark.parametrize("case", cases("furniture", "wild"))
def test_wild(case: Case) -> None:
    """Furniture as it is found is removed, and a second run finds nothing more."""
    assert cleared(case.before) == case.after
    assert cleared(case.after) == case.after


@pytest.mark.parametrize("case", cases("furniture", "negative"))
def test_negative(case: Case) -> None:
    """Sources, contacts, signatures and articles about rights are left alone."""
    assert cleared(case.before) == case.before


LIKE_A_PAGE = frozenset(
    {
        "directory of sites",
        "tourism",
        "credits of a bulletin",
        "editors in a book",
        "titles of annexes",
        "contact table",
    }
)
"""Whose lines sites print too (addresses, channels, credits), or that end in titles: between lines of a site
they look like its own."""
END_MARK = "（完）"
"""Agencies print it below every report, so that on a page it is the site's, whoever wrote it."""
WHOLE = [case for case in table("furniture", "negative") if case.name not in LIKE_A_PAGE]


@pytest.mark.parametrize(
    "site", [*portals("kinds"), *portals("again"), *portals("tuning")], ids=lambda site: site["name"]
)
def test_pages_give_back_their_documents(site: dict[str, Any]) -> None:
    """Whatever a site prints around a document, no line of it is taken for the site's.

    One short heading in a thousand lines may be: ``相关链接`` right above what a site prints.
    """
    lost: Counter[str] = Counter()
    for number, case in enumerate(WHOLE):
        page = layout.furnish(original(case.before, case.name), Random(number), site).text
        lost += Counter(case.before.split("\n")) - Counter([*cleared(page).split("\n"), END_MARK])
    assert sum(map(len, lost)) <= len("相关链接"), lost


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("furniture", "known_failures"))
def test_known_failures(case: Case) -> None:
    """Furniture that no pattern can know."""
    assert cleared(case.before) == case.after


@pytest.mark.parametrize("entry", entries("line"), ids=lambda entry: entry["name"])
def test_line_forms(entry: dict[str, Any]) -> None:
    """Every form matches its examples, spares its counterexamples, and says where it was seen."""
    form = next(line for line in known_forms().lines if line.name == entry["name"])
    assert entry["source"]
    assert all(form.pattern.fullmatch(example) for example in entry["examples"])
    assert all(form.needle in example for example in entry["examples"])
    assert not any(line.pattern.fullmatch(kept) for kept in entry["keeps"] for line in known_forms().lines)


def holds_one(parsed: Iterable[tuple[Any, Any]], words: Collection[str]) -> bool:
    """Return whether all that a parsed expression matches holds one of some words, so far as can be told."""
    run = ""
    for operation, argument in parsed:
        run = run + chr(argument) if operation is operations.LITERAL else ""
        if any(word in run for word in words):
            return True
        if operation is operations.IN:
            found = all(kind is operations.LITERAL and chr(code) in words for kind, code in argument)
        elif operation is operations.SUBPATTERN:
            found = holds_one(argument[3], words)
        elif operation in (operations.MAX_REPEAT, operations.POSSESSIVE_REPEAT):
            found = argument[0] > 0 and holds_one(argument[2], words)
        else:
            found = operation is operations.BRANCH and all(holds_one(one, words) for one in argument[1])
        if found:
            return True
    return False


@pytest.mark.parametrize("form", known_forms().lines, ids=lambda form: form.name)
def test_every_match_of_a_form_holds_one_of_its_words(form: LineForm) -> None:
    """A line without any of a form's words need not be compared with it."""
    assert holds_one(parser.parse(form.expression), form.words)


@pytest.mark.parametrize("entry", entries("piece"), ids=lambda entry: entry["name"])
def test_pieces(entry: dict[str, Any]) -> None:
    """Every piece matches its examples, and its counterexamples are not furniture."""
    form = next(piece for piece in known_forms().pieces if piece.name == entry["name"])
    assert entry["source"]
    assert all(form.pattern.fullmatch(example) for example in entry["examples"])
    assert not any(form.pattern.fullmatch(kept) or read_pieces(kept) for kept in entry["keeps"])


@pytest.mark.parametrize("entry", [*entries("line"), *entries("piece")], ids=lambda entry: entry["name"])
def test_triggers(entry: dict[str, Any]) -> None:
    """What is looked for first is in every example that is furniture by itself."""
    proof = "weight" not in entry or entry["weight"] >= 2
    assert not proof or all(may_be_furniture(example) for example in entry["examples"])


@pytest.mark.parametrize("entry", entries_of("trigger")["start"], ids=lambda entry: entry["words"][0])
@settings(deadline=None)
@given(data=st.data())
def test_beginnings_hold_one_of_their_words(entry: dict[str, Any], data: st.DataObject) -> None:
    """A line known by its beginning is recognised, though it holds no word that is enough by itself."""
    names = entries_of("names")
    pattern = re.sub("<([a-z]+)>", lambda name: names[name[1]], entry["pattern"])
    line = data.draw(st.from_regex(pattern, fullmatch=True))
    assert any(word in line for word in entry["words"])


def test_triggers_of_notices() -> None:
    """A site that speaks is heard, in short lines and in long ones."""
    examples = entries_of("voice")["examples"]
    assert all(may_be_furniture(line) and may_be_furniture(line * 3) for line in examples)


def test_notices() -> None:
    """A site is known by speaking of itself; prose about rights or a public warning is not a notice."""
    data = tomllib.loads(files("pdtool").joinpath("data/furniture.toml").read_text(encoding="utf-8"))
    assert all(name_notice(line) for line in data["voice"]["examples"])
    assert not any(name_notice(line) for line in data["voice"]["keeps"])


def test_sample_corpus() -> None:
    """The furniture of the third and fourth sample is found, and none in the others."""
    assert furniture(seed("003")).before == ("浏览量:213 | 发布时间:2024-01-12\n", "点赞:\n", "收藏:")
    cut = furniture(seed("004"))
    assert [rule for rule in cut.rules if rule != "notice_label"] == ["file_name", "shared_by_member"]
    assert cut.rules.count("notice_label") == 6
    assert not any(len(furniture(seed(name))) for name in ("000", "001", "002"))


PARAGRAPH = (
    "议事会每季度召开一次，由村民代表、驻村干部和返乡青年参加，议题提前公布，结果送到每户，做不到的写明原因。"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("党的基层治理，。、", min_size=1, max_size=80), max_size=30))
def test_the_middle_is_out_of_reach(lines: list[str]) -> None:
    """Between two paragraphs of running text, lines like furniture are the author's."""
    middle = "\n".join(["来源：某县统计局", "责任编辑：张三", "发布时间：2021-03-04", *lines])
    text = f"{PARAGRAPH * 4}\n{middle}\n{PARAGRAPH * 4}"
    assert cleared(text) == text


@settings(max_examples=60, deadline=None)
@given(st.text("浏览量：123|来源 ［】(\n发布时间-大中小a©", max_size=200))
def test_any_text_survives(text: str) -> None:
    """Whatever comes in, the edits are valid and can be undone."""
    edits = furniture(text)
    assert edits.revert(edits.apply(text)[0]) == text
