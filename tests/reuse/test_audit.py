"""Audits: who is earlier, what does not count, what stands in superior documents, and the shares of it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from pdtool.corpus.scan import scan
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from pdtool.reuse.editions import Opening, stated_dates
from pdtool.reuse.options import Exclusion, Within
from pdtool.reuse.rows import PairRow
from pdtool.reuse.upstream import Upstream
from pdtool.text.fold import fold
from tests.reuse.audited_pairs import apart, dated_copy
from tests.reuse.test_dedupe import lines, random_text, write


def run(
    folder: Path, by: By = "pair", upstream: str = "", known: str = "", **options: object
) -> DedupeResult:
    """Dedupe a folder in this process, with the documents whose ids begin so as superior or known ones."""
    with scan([str(folder)]) as corpus:
        ids = [source.id for source in corpus.sources]
        named = [
            frozenset(one for one in ids if start and one.startswith(start)) for start in (known, upstream)
        ]
        wanted = DedupeOptions(**{"jobs": 1, **options})  # type: ignore[arg-type]
        return dedupe(corpus, wanted, by, known=named[0], upstream=named[1])


def names(rows: list[PairRow]) -> list[tuple[str, str]]:
    """Return which documents are paired."""
    return [(row.doc_a, row.doc_b) for row in rows]


# Who is earlier ---------------------------------------------------------------------------------------


def test_the_direction_of_made_copies_is_right(tmp_path: Path) -> None:
    """Of 60 texts and later ones that took them, 0.95 are told the right way round and none the wrong way."""
    right = wrong = 0
    for seed in range(7000, 7060):
        made = dated_copy(random.Random(seed))
        folder = tmp_path / f"{seed}"
        folder.mkdir()
        source = f"{made.source_name}.txt"
        write(folder, {source: made.source, f"{made.copy_name}.txt": made.copy})
        (row,) = run(folder, from_dates=True).pairs
        right += row.earlier == source
        wrong += row.earlier not in {source, ""}
    assert right >= 0.95 * 60 and not wrong


@pytest.mark.parametrize(
    ("name", "head", "dates"),
    [
        ("", "关于春耕的通知\n青政发〔2021〕4号\n各村：", ("2021",)),
        ("", "关于春耕的通知\n根据省政发〔2021〕4号文件，\n各村：", ()),
        ("", "关于春耕的通知\n截止日期：2021-03-05\n各村：", ()),
        ("", "2021年春耕工作要点\n一、抓紧", ()),
        ("2021-03-05春耕", "关于春耕的通知\n各村：", ()),
        ("春耕（2021年3月5日）", "关于春耕的通知\n各村：", ("2021-03-05",)),
        ("", "渔港条例\n（2008年9月26日通过　2021年5月28日修正）\n第一条", ("2021-05-28",)),
    ],
)
def test_dates_that_are_stated_and_dates_that_are_not(name: str, head: str, dates: tuple[str, ...]) -> None:
    """What a title, a deadline or the number of another text names is no date of the text."""
    assert stated_dates(name, Opening(head=head)) == dates


def dated(text: str, day: str) -> str:
    """Return a text with a date under it."""
    return f"{lines(text)}\n青山镇人民政府\n{day}"


def test_the_later_document_is_the_one_that_took(tmp_path: Path) -> None:
    """Direction, lag and shares follow the dates; what came later is no source, and passages say so too."""
    rng = random.Random(8)
    old, own = random_text(rng, 400), random_text(rng, 400)
    write(
        tmp_path,
        {"x.txt": dated(old, "2019年3月5日"), "a.txt": dated(old[:300] + own, "2019年4月4日")},
    )
    (row,) = run(tmp_path, from_dates=True).pairs
    assert (row.doc_a, row.earlier, row.lag_days) == ("a.txt", "x.txt", 30)
    a_size = round(row.matched_chars / row.containment_a)
    assert row.ratio_total == row.largest_single_source == pytest.approx(row.containment_a)
    assert a_size > 700 and row.ratio_without_upstream is None
    (passage,) = run(tmp_path, "passage", from_dates=True).passages
    assert passage.earlier == "x.txt"
    (plain,) = run(tmp_path).pairs
    assert (plain.earlier, plain.lag_days, plain.ratio_total) == ("", None, None)


def test_direction_is_unknown_where_dates_contradict(tmp_path: Path) -> None:
    """A text that states a day before and one after the other's is neither earlier nor later."""
    text = random_text(random.Random(9), 400)
    early = f"关于春耕的通知\n发布日期：2018-01-05\n{dated(text, '2020年3月5日')}"
    write(tmp_path, {"a.txt": early, "b.txt": dated(text, "2019年3月5日")})
    (row,) = run(tmp_path, from_dates=True).pairs
    assert (row.earlier, row.lag_days) == ("", None)


# What does not count ----------------------------------------------------------------------------------


def test_the_words_of_others_relate_nothing(tmp_path: Path) -> None:
    """Of 40 made pairs that share quotations, titles or superior text alone, none is related."""
    made = [apart(random.Random(seed)) for seed in range(8000, 8040)]
    for number, one in enumerate(made):
        texts = {f"{number:02}a.txt": one.first, f"{number:02}b.txt": one.second}
        write(tmp_path, texts | ({f"up{number}.txt": one.upstream} if one.upstream else {}))
    assert len(run(tmp_path).pairs) >= 10
    assert not run(tmp_path, upstream="up").pairs
    assert not run(
        tmp_path, upstream="up", exclude=frozenset({Exclusion.QUOTATIONS, Exclusion.TITLES}), from_dates=True
    ).pairs


def test_shares_are_those_of_a_check_of_papers(tmp_path: Path) -> None:
    """Of 1,000 characters 300 stand in one source and 200 in another: 100 quoted, 120 of a superior text."""
    rng = random.Random(10)
    one, other, superior, own = (random_text(rng, size) for size in (180, 100, 120, 500))
    quoted = random_text(rng, 100)
    filler = [random_text(rng, 150) for _ in range(2)]
    texts = {
        "paper.txt": f"{lines(one)}\n{lines(superior)}\n{lines(other)}\n“{quoted}”\n{lines(own)}",
        "s1.txt": f"{lines(one)}\n{lines(superior)}\n{lines(filler[0])}",
        "s2.txt": f"{lines(filler[1])}\n{lines(other)}\n“{quoted}”",
        "up.txt": lines(superior + random_text(rng, 300)),
    }
    write(tmp_path, texts)
    rows = run(tmp_path, upstream="up", known="s", threshold=0.2).pairs
    assert names(rows) == [("paper.txt", "s1.txt"), ("paper.txt", "s2.txt")]
    for row in rows:
        assert row.ratio_total == pytest.approx(0.5)
        assert row.ratio_without_quotations == pytest.approx(0.4)
        assert row.ratio_without_upstream == pytest.approx(0.38)
        assert row.largest_single_source == pytest.approx(0.3)
    assert rows[0].containment_a == pytest.approx(180 / 880)
    assert rows[0].containment_b == pytest.approx(180 / 330)


def test_passages_are_cut_where_the_words_change_hands(tmp_path: Path) -> None:
    """In an audit a copied stretch is three passages: the text's own, superior, quoted."""
    rng = random.Random(11)
    own, superior, quoted = random_text(rng, 120), random_text(rng, 90), random_text(rng, 60)
    shared = f"{lines(own)}\n{lines(superior)}\n“{quoted}”"
    texts = {name: f"{shared}\n{lines(random_text(rng, 90))}" for name in ("a.txt", "b.txt")}
    write(tmp_path, texts | {"up.txt": lines(superior)})
    rows = run(tmp_path, "passage", upstream="up").passages
    assert [(row.kind, row.chars) for row in rows] == [("own", 120), ("upstream", 90), ("quoted", 60)]
    assert [row.passage for row in rows] == [1, 2, 3]
    (pair,) = run(tmp_path, upstream="up").pairs
    assert (pair.passages, pair.longest_passage) == (3, 120)
    plain = run(tmp_path, "passage").passages
    assert [row.kind for row in plain if row.doc_b == "b.txt"] == ["own"]


def test_standard_wording_is_listed_as_common(tmp_path: Path) -> None:
    """Where single passages are looked for, an audit lists what ten documents say as common."""
    rng = random.Random(12)
    formula, copied = random_text(rng, 80), random_text(rng, 80)
    texts = {f"{n}.txt": f"{lines(formula)}\n{lines(random_text(rng, 200))}" for n in range(10)}
    for name in ("0.txt", "1.txt"):
        texts[name] += f"\n{lines(copied)}"
    write(tmp_path, texts)
    rows = run(tmp_path, "passage", threshold=0.0, from_dates=True).passages
    assert [(row.doc_a, row.doc_b, row.kind) for row in rows] == [
        ("0.txt", "1.txt", "common"),
        ("0.txt", "1.txt", "own"),
    ]
    assert [row.kind for row in run(tmp_path, "passage", threshold=0.0).passages] == ["own"]


PAPER = """试论渔港的养护
张三
（某大学，某市 100000）
摘要：{abstract}
{body}
参考文献
[1] 李四. 渔港养护的理论与实践研究[M]. 北京: 某某出版社, 2011: 12-30.
[2] 王五, 赵六. 论沿海渔港的防波堤与航道疏浚[J]. 港口工程, 2015(3): 45-51.
[3] 孙七. 休渔期内渔船停泊管理的若干问题[J]. 水产经济, 2017(6): 77-83.
[4] 周八, 吴九. 东海渔港群布局的空间分析[J]. 地理研究, 2018(2): 101-110.
"""


def test_references_do_not_count_if_excluded(tmp_path: Path) -> None:
    """Two short papers with the same references are related, unless references are excluded."""
    rng = random.Random(13)
    texts = {
        name: PAPER.format(abstract=random_text(rng, 20), body=lines(random_text(rng, 30)))
        for name in ("a.txt", "b.txt")
    }
    write(tmp_path, texts)
    assert names(run(tmp_path).pairs) == [("a.txt", "b.txt")]
    assert not run(tmp_path, exclude=frozenset({Exclusion.REFERENCES})).pairs


def test_what_is_left_of_a_copy_still_relates(tmp_path: Path) -> None:
    """A text that is nine tenths quotation is related by the tenth alone, and is found by it."""
    rng = random.Random(14)
    own = random_text(rng, 80)
    texts = {
        name: f"{lines(own)}\n" + "\n".join(f"“{random_text(rng, 240)}”" for _ in range(4))
        for name in ("a.txt", "b.txt")
    }
    write(tmp_path, texts)
    assert not run(tmp_path).pairs
    (row,) = run(tmp_path, exclude=frozenset({Exclusion.QUOTATIONS})).pairs
    assert (row.relation, row.matched_chars) == ("same", 80)


# Superior documents -----------------------------------------------------------------------------------


def test_superior_documents_are_no_rows(tmp_path: Path) -> None:
    """They are read, but in no table; nor are copies of them related, even where they are identical."""
    rng = random.Random(15)
    text, plan = random_text(rng, 500), random_text(rng, 300)
    texts = {name: lines(text) for name in ("a.txt", "b.txt", "up.txt")}
    write(tmp_path, texts | {"c.txt": lines(plan), "d.txt": lines(plan)})
    result = run(tmp_path, upstream="up")
    assert names(result.pairs) == [("c.txt", "d.txt")]
    assert [(row.doc, row.role) for row in result.documents] == [
        *(("a.txt", "unique"), ("b.txt", "unique")),
        *(("c.txt", "keep"), ("d.txt", "drop")),
    ]
    assert result.pairs[0].ratio_total == 1.0


def test_superior_text_is_known_however_it_is_damaged(tmp_path: Path) -> None:
    """Three in a hundred characters misread: nearly all of it is known again, and nothing else."""
    rng = random.Random(16)
    superior, own = random_text(rng, 1000), random_text(rng, 500)
    known = Upstream.written(tmp_path, [fold(superior).codes, fold(random_text(rng, 900)).codes], 30)
    damaged = "".join(random_text(rng, 1) if rng.random() < 0.03 else one for one in superior)
    held = known.holds(fold(own + damaged[200:700] + own[::-1]).codes)
    assert np.count_nonzero(held[500:1000]) >= 480
    assert np.count_nonzero(held) <= 505
    assert not known.holds(fold(superior[:28]).codes).any()
    assert not known.holds(fold("").codes).any()


# Groups -----------------------------------------------------------------------------------------------


def grouped(folder: Path) -> None:
    """Write one text twice into each of two folders, each with a tail of its own."""
    rng = random.Random(17)
    text = random_text(rng, 400)
    for name in ("p/a", "p/b", "q/c", "q/d"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.txt").write_text(lines(text + random_text(rng, 60)), encoding="utf-8")


@pytest.mark.parametrize(
    ("within", "known", "pairs"),
    [
        (None, "", ["ab", "ac", "ad", "bc", "bd", "cd"]),
        (Within.NONE, "", ["ac", "ad", "bc", "bd"]),
        (Within.GROUP, "", ["ab", "cd"]),
        (None, "q", ["ac", "ad", "bc", "bd"]),
        (Within.NONE, "q", ["ac", "ad", "bc", "bd"]),
        (Within.GROUP, "q", ["ab", "ac", "ad", "bc", "bd"]),
    ],
)
def test_groups(within: Within | None, known: str, pairs: list[str], tmp_path: Path) -> None:
    """Documents of one folder: compared as all others, not at all, or alone; known ones never."""
    grouped(tmp_path)
    rows = run(tmp_path, known=known, within=within).pairs
    assert [f"{row.doc_a[-5]}{row.doc_b[-5]}" for row in rows] == pairs


def test_a_column_says_when_a_row_was_published(tmp_path: Path) -> None:
    """The direction of rows of a table follows the column of their dates."""
    text = (
        "渔港是渔船避风、卸货和补给的地方，也是沿海群众往来的门户，各地要把渔港养护摆在重要位置，做到有人管。"
    )
    rows = (
        f"编号,发布日期,正文\n甲,2021/3/5 10:20,{text}\n乙,2020-12-01,{text}各村照办。\n丙,,{text}请照办。\n"
    )
    write(tmp_path, {"t.csv": rows})
    found = run(tmp_path, from_dates=True).pairs
    assert {(row.doc_a[-1], row.doc_b[-1]): (row.earlier[-1:], row.lag_days) for row in found} == {
        ("丙", "乙"): ("", None),
        ("丙", "甲"): ("", None),
        ("乙", "甲"): ("乙", 94),
    }
