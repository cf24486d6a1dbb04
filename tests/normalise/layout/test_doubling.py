"""What was extracted twice goes; what is said twice on purpose stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.layout.doubling import doubling, doubling_throughout
from tests.normalise.tables import Case, cases, undamaged


def halved(text: str) -> str:
    """Return the text without second copies."""
    return doubling(text).apply(text)[0]


@pytest.mark.parametrize("case", cases("doubling", "wild"))
def test_wild(case: Case) -> None:
    """Doubled slides are read once, and a second run finds nothing more."""
    assert halved(case.before) == case.after
    assert halved(case.after) == case.after


@pytest.mark.parametrize("case", cases("doubling", "negative"))
def test_negative(case: Case) -> None:
    """Reduplication, refrains, slogans and tables are left alone."""
    assert halved(case.before) == case.before


@pytest.mark.parametrize("text", undamaged())
def test_undamaged(text: str) -> None:
    """Nothing in an undamaged text is a copy."""
    assert not len(doubling(text))


LINE = st.text("党的基层治理为人民服务", min_size=12, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, min_size=4, max_size=10, unique=True), st.sampled_from(["", "\n"]))
def test_doubled_lines_are_read_once(lines: list[str], between: str) -> None:
    """A text whose every line is printed twice comes out as it was, unless a line repeats itself."""
    single = "\n".join(lines)
    twice = "\n".join(line + between + line for line in lines)
    repeats = any((line + line).find(line, 1) < len(line) for line in lines)
    assert repeats or halved(twice) == single


SENTENCES = (
    "议事会每季度召开一次，全年共议定",
    "返乡青年参加的有",
    "村口张榜公布的账目合计",
    "剩下几件由驻村干部牵头，涉及农户",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 20_000), min_size=len(SENTENCES), max_size=len(SENTENCES)))
def test_a_text_doubled_after_its_pages_were_numbered(numbers: list[int]) -> None:
    """Figures that stand alone on a line stay in both copies until one of these goes."""
    runs = [f"{said}\n{number}\n项，均已办结。" for said, number in zip(SENTENCES, numbers, strict=True)]
    single, twice = "\n".join(runs), "\n".join(run + run for run in runs)
    assert doubling_throughout(twice).apply(twice)[0] == single
    assert not len(doubling_throughout(single))


@settings(max_examples=100, deadline=None)
@given(st.text("党建。！\n a”", max_size=120))
def test_any_text_survives(text: str) -> None:
    """Whatever comes in, the edits are valid and can be undone."""
    edits = doubling(text)
    assert edits.revert(edits.apply(text)[0]) == text


@pytest.mark.parametrize("sentences", [2, 12, 19])
def test_paragraphs_printed_twice_in_a_long_text(sentences: int) -> None:
    """Wrapped paragraphs of any length are read once, wherever in the text one looks for their copies."""
    villages = [f"{one}{other}村" for one in "青白黄红绿黑金石" for other in "溪山桥塘坝岭湾沟"]
    told = [
        f"{village}今年修渠{7 * n + 11}米，种树{13 * n + 5}棵，{villages[n % 64 - 1]}派人帮工。"
        for n, village in enumerate(villages * 3)
    ]
    paragraphs = ["".join(told[start : start + sentences]) for start in range(0, len(told), sentences)]
    wrapped = ["\n".join(text[at : at + 30] for at in range(0, len(text), 30)) for text in paragraphs]
    assert halved("\n".join(text + text for text in wrapped)).replace("\n", "") == "".join(paragraphs)


def test_a_run_of_a_page_in_the_middle() -> None:
    """A paragraph longer than what is looked at around the middle is read once, for the title is doubled."""
    items = "".join(
        f"（{place}）第{place * 37 % 101}号渡口由{place * 53 % 97}号船停靠。" for place in range(150)
    )
    texts = ["渡口名录", "第一条 渡口名录由县交通局公布。", f"第二条 {items}", "第三条 自公布之日起施行。"]
    wrapped = ["\n".join(text[at : at + 30] for at in range(0, len(text), 30)) for text in texts]
    assert "".join(halved("\n".join(text + text for text in wrapped)).split()) == "".join(
        "".join(texts).split()
    )


def test_an_article_longer_than_a_run() -> None:
    """What stands behind other doubled lines may be as long as an article of a law."""
    article = "。".join(f"第{number}户的水费由村里先垫付，年底再结清" for number in range(1000, 1400)) + "。"
    lines = ["村规民约草案说明", "用水户按时缴费", "水表由县里统一安装", article, "自张榜之日起执行"]
    wrapped = ["\n".join(line[at : at + 30] for at in range(0, len(line), 30)) for line in lines]
    twice = "\n".join(line + line for line in wrapped)
    assert len(article) > 6000
    assert "".join(halved(twice).split()) == "".join(lines)
