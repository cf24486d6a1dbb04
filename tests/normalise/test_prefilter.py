"""Signs: passing over a step because its characters are missing never changes a result."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise import pipeline
from pdtool.normalise.furniture.form_table import furniture_data
from pdtool.normalise.layout.page_styles import PageStyle, page_styles
from pdtool.normalise.options import DEFAULTS, NormaliseOptions, TargetScript
from pdtool.normalise.pipeline import SCRIPT_STEPS, STEPS, Clean, Step, normalise
from pdtool.normalise.prefilter import Feature, features_of, prefilter
from pdtool.normalise.script.vocabulary import vocabulary
from pdtool.text.edits import Edits
from tests.damage import KINDS, Tracked, Workshop, original
from tests.normalise.tables import Case, cases, seed, undamaged
from tests.normalise.test_pipeline import DIRTY
from tests.texts import handwritten

ALL = reduce(or_, Feature)
EVERY_STEP = [*STEPS, Step("vocabulary", vocabulary, Feature.TRADITIONAL.value)]
EVERY_STEP += [step for steps in SCRIPT_STEPS.values() for step in steps]
NEEDY = [
    pytest.param(step, feature, id=f"{step.kind}-{feature.name}")
    for step in EVERY_STEP
    for feature in Feature
    if step.needs & feature
]
OPTIONS = [DEFAULTS, NormaliseOptions(vocabulary=True)] + [
    NormaliseOptions(script) for script in TargetScript
]
TABLES = ("byte_slips", "ghosts", "page_markers", "doubling", "furniture", "spacing")


def with_every_step(raw: str, options: NormaliseOptions) -> Clean:
    """Normalise with every step tried, whatever the features."""
    with patch.object(pipeline, "features_of", lambda _: ALL):
        return normalise(raw, options=options)


def check(raw: str, options: NormaliseOptions = DEFAULTS) -> None:
    """Assert that trying every step gives the same text by the same edits, lines looked at or not."""
    thorough = with_every_step(raw, options)
    for together in ([], [raw], ["1\n", raw, "党建\n党建", ""]):
        features = dict(zip(together, prefilter(together), strict=True)).get(raw)
        quick = normalise(raw, options=options, features=features)
        assert quick.text == thorough.text
        assert [(layer.kind, layer.after) for layer in quick.layers] == [
            (layer.kind, layer.after) for layer in thorough.layers
        ]


@cache
def texts() -> tuple[Tracked, ...]:
    """Return undamaged texts."""
    return tuple(original(text.text, text.id) for text in handwritten())


def without(feature: Feature, text: str) -> str:
    """Return a text without the characters that give a feature."""
    return "".join(character for character in text if not features_of(character) & feature)


@settings(max_examples=150, deadline=None)
@given(DIRTY, st.sampled_from(OPTIONS))
def test_dirty_fragments(raw: str, options: NormaliseOptions) -> None:
    """On any mixture of dirt, in every script, no step that was passed over had anything to do."""
    check(raw, options)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=40))
def test_any_characters(raw: str) -> None:
    """Likewise on any characters, unassigned ones and lone surrogates included."""
    check(raw)


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_texts(kind: str) -> None:
    """Likewise on whole texts with every kind of damage that the tests can do."""
    chance = Random(f"features {kind}")
    for text in chance.sample(texts(), 3):
        check(KINDS[kind].damage(text, Workshop(chance, texts())).text)


@pytest.mark.parametrize("case", [case for table in TABLES for case in cases(table, "wild")])
def test_cases(case: Case) -> None:
    """Likewise on every case of dirt that was seen in the wild."""
    check(case.before)


@pytest.mark.parametrize("text", undamaged())
def test_undamaged_texts(text: str) -> None:
    """Likewise on what is not to be touched."""
    check(text)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_sample_corpus(name: str) -> None:
    """Likewise on real documents."""
    check(seed(name))


@pytest.mark.parametrize(("step", "feature"), NEEDY)
@settings(max_examples=25, deadline=None)
@given(raw=DIRTY)
def test_each_need_is_one(step: Step, feature: Feature, raw: str) -> None:
    """A step finds nothing in a text from which the characters of one of its features are gone."""
    text = without(feature, raw)
    result = step.work(text)
    assert not len(result) if isinstance(result, Edits) else result == text


def test_signs_are_told_from_every_part_of_a_long_text() -> None:
    """A feature in the last character of a long text counts like one in the first."""
    plain = Feature.DOUBLED | Feature.SITE
    assert features_of("治" * 600_000 + "?") == features_of("?" + "治" * 600_000) == Feature.LOSS | plain
    assert features_of("治" * 600_000) == plain
    assert features_of("") == 0


ONE = (
    "基层治理是国家治理的基石，统筹推进乡镇和城乡社区治理，是实现治理体系现代化的基础工程，"
    "要把人手和管理放到村组，让群众办事少跑路；要把议事的规矩立起来，让每一笔账都算在明处，"
    "让每一件难事都有人牵头、有人帮手、有人回头再看一遍。"
)
OTHER = (
    "过去三年，全县修了四十条路，装了两千盏灯，老人看病不再进城，孩子上学不再摸黑，"
    "外出的人也陆续回来，村里的夜校从一间变成了八间。"
)
READ = "领（lǐng）导（dǎo）发（fā）动（dòng）群（qún）众。"
UNREAD = "组件（Component）接口（API）第三条（1）（一）函数（）领（lǐng）导（dǎo）。"
BY_LINES = Feature.BRACKET | Feature.SPELLING | Feature.PAGE | Feature.LAYOUT | Feature.DOUBLED | Feature.SITE


@pytest.mark.parametrize(
    ("features", "text"),
    [
        (0, f"论社区议事\n{ONE}\n2024年有3个社区试行，共12条意见。\n{OTHER}"),
        (0, f"“{ONE}”\n（一）议事会\n{OTHER}"),
        (Feature.PAGE, f"{ONE}\n3、50名常住居民\n{OTHER}"),
        (Feature.PAGE, f"{ONE}-1-{OTHER[:40]}-2-{OTHER[40:]}-3-"),
        (Feature.LAYOUT, f"{ONE}\n加强 党建引领。\n{OTHER}"),
        (Feature.LAYOUT, f"{OTHER[:20]}\n{OTHER[20:40]}\n{OTHER[40:60]}\n{OTHER[60:]}\n{ONE}"),
        (Feature.DOUBLED, f"{ONE}\n公文的格式公文的格式\n{OTHER}"),
        (Feature.DOUBLED, f"{ONE}\n公文的格式很重要。标题要准。标题要准。\n{OTHER}"),
        (Feature.BRACKET | Feature.SPELLING, f"{ONE}\n{READ}{OTHER}"),
        (Feature.SPELLING, f"{ONE}\n{UNREAD}{OTHER}"),
        (Feature.SITE, f"浏览量：213\n{ONE}\n{OTHER}"),
        (Feature.SITE, f"{ONE}\n{OTHER}\n某某网版权所有"),
        (0, f"{ONE}\n随时随地\n{OTHER}\n随时随地\n{ONE}"),
        (Feature.SITE, f"{ONE}\n扫码下载客户端\n{OTHER}\n扫码下载客户端\n{ONE}"),
    ],
)
def test_what_lines_give(features: int, text: str) -> None:
    """A plain text is passed over by the steps that go line by line, one with dirt by the others of them."""
    assert prefilter([text])[0] & BY_LINES == features


@pytest.mark.parametrize("style", page_styles(), ids=lambda style: style.name)
def test_every_form_of_page_numbers_is_seen(style: PageStyle) -> None:
    """No example of the data file is passed over where it fills a line."""
    texts = [f"{ONE}\n{blanks}{one}  \n{OTHER}" for one in style.examples for blanks in ("", "  ")]
    assert all(features & Feature.PAGE for features in prefilter(texts))


INLINE = [style.pattern.replace("<n>", "[0-9０-９]{1,5}") for style in page_styles() if style.inline]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(INLINE).flatmap(lambda form: st.tuples(*3 * [st.from_regex(form, fullmatch=True)])))
def test_every_form_of_page_numbers_within_lines_is_seen(numbers: tuple[str, str, str]) -> None:
    """Three numbers of a form that is known within lines are seen there, whatever the form allows."""
    first, second, third = numbers
    assert prefilter([f"{ONE[:40]}{first}{ONE[40:80]}{second}{ONE[80:]}{third}{OTHER}"])[0] & Feature.PAGE


SITE_LINES = [
    *furniture_data()["site"]["words"][:60],
    *(example for form in furniture_data()["line"] for example in form["examples"][:1]),
    *("（完）", "图片：", "订阅", "登录 注册 会员中心", "发布机构：县政府", "索引号：0143"),
    *("2023-05-06 12:30", "属性：Doc-0AB，doc格式", "微信搜索“苗圃”，即可订阅。"),
    *("论社区议事", "《论社区议事》来自某某网"),
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(SITE_LINES), max_size=4),
    st.sampled_from([f"{ONE}\n{OTHER}", ONE, OTHER[:30], ""]),
    st.lists(st.sampled_from(SITE_LINES), max_size=4),
)
def test_lines_of_sites_at_the_edges(above: list[str], text: str, below: list[str]) -> None:
    """Whatever lines of sites stand above and below a text, none that is furniture is passed over."""
    check("\n".join([*above, text, *below]))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["公文的格式", "标题要准。", "好！", "\n", " ", "结构要完整。", "一是公文的格式"]),
        max_size=14,
    )
)
def test_units_said_again(units: list[str]) -> None:
    """Whatever lines, halves of lines and sentences are said again, no text with copies is passed over."""
    check("".join(units))


WRAPPED = st.builds(
    lambda width, indent, end, text: "\n".join(
        f"{indent}{text[start : start + width]}{end}" for start in range(0, len(text), width)
    ),
    st.integers(12, 60),
    st.sampled_from(["", " ", "　", "  "]),
    st.sampled_from(["", " ", "　　"]),
    st.sampled_from([ONE, OTHER, f"{OTHER}{ONE}", f"SQL 2024 {OTHER} well-known {ONE[:40]}"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WRAPPED, st.sampled_from(["", ONE, "一、总体要求"])), max_size=6))
def test_lines_of_about_one_width(paragraphs: list[str]) -> None:
    """However lines are wrapped, indented and mixed with others, no wrapped text is passed over."""
    check("\n".join(paragraphs))


READINGS = [
    *(
        "領(lǐng)",
        "導( dao3 )",
        "發(ｆā)",
        "長 （zhǎng）",
        "組(zu\n ̌)",
        "黨(dǎng\u0302)",
        "區(qu̅ )",
        "動(dò ng)",
    ),
]
OTHER_BRACKETS = ["組件(Component)", "接口(API)", "f()", "第三條(1)", "（一）", "黨(zhuāngs)", "(lǐng)"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*READINGS, *OTHER_BRACKETS, "基層服務", "群眾。", "\n"]), max_size=40))
def test_readings_in_brackets(pieces: list[str]) -> None:
    """Whatever stands in brackets beside them, no text with readings that go is passed over."""
    check("".join(pieces))


@settings(max_examples=150, deadline=None)
@given(st.lists(DIRTY, max_size=5))
def test_texts_looked_over_together_are_independent(texts: list[str]) -> None:
    """What a text gives does not depend on the texts beside it."""
    assert prefilter(texts) == [prefilter([text])[0] for text in texts]


def test_the_lines_of_a_long_text_are_not_looked_at() -> None:
    """What its characters give is all that is known of it."""
    text = "治理。\n" * 20_000
    assert prefilter([text]) == [features_of(text)]


def test_any_number_of_texts_is_prefilter() -> None:
    """Tiny documents come by the hundred thousand; what the last of them gives is what it gives alone."""
    last = f"{ONE}\n随时随地\n{OTHER}\n随时随地\n{ONE}"
    texts = [str(number) for number in range(70_000)]
    assert prefilter([*texts, last])[-1] == prefilter([last])[0]
