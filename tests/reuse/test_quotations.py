"""Quotations and cited titles: where they are, that they relate nothing, and what passages are called."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pdtool.corpus.scan import scan
from pdtool.documents.quotations import Words, foreign_words
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from tests.reuse.audited_pairs import Told, quoting, told

LEADER = "坚持把解决好“三农”问题作为全党工作重中之重，推动农业全面升级、农村全面进步、农民全面发展"


def words(text: str, kind: Words = Words.QUOTED) -> list[str]:
    """Return the quotations of a text, or its titles."""
    return [text[start:end] for start, end, found in foreign_words(text) if found is kind]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("他说：“要抓落实。”大家赞成。", ["要抓落实。"]),
        ('他说："要抓落实。"大家赞成。', ["要抓落实。"]),
        ("他說：「要抓落實。」大家贊成。", ["要抓落實。"]),
        ("他说：“要‘抓’落实。”", ["要‘抓’落实。", "抓"]),
        ("他说：“第一段。\n第二段。”", ["第一段。\n第二段。"]),
        ('他说："第一段。\n第二段"', ["第一段。\n第二段"]),
        (f"干部来到“家门口，{'议事' * 30}。再听{'意见' * 20}”，记在“民情本”上。", ["民情本"]),
        (f"会上说“{'议事' * 30}。再听{'意见' * 20}”，散会。", [f"{'议事' * 30}。再听{'意见' * 20}"]),
        ('屏幕32"，很大。\n桌子60"，也大。', []),
        ("他说：“第一段。\n“第二段。”", ["第一段。", "第二段。"]),
        ('他说："第一段。\n"第二段。"', ["第一段。", "第二段。"]),
        ("他说：“没有合上。\n散会。", ["没有合上。"]),
        ("这里“没有合上。\n后来“好”了。", ["好"]),
        ("没有打开。”他说。", []),
        ("会议指出，没有打开。两句。”散会。", ["没有打开", "没有打开。两句。"]),
        ("他说：”反了。“\n散会。", ["反了。"]),
        ("他说：“开了两次。“，散会。", ["开了两次。"]),
        ("会议指出，要抓落实。随后散会。", ["要抓落实"]),
        ("总书记在讲话中强调：要抓落实！随后散会。", ["要抓落实"]),
        ("他指出，问题不少。随后散会。", ["问题不少"]),
        ("必须指出，问题不少。我们强调，要改。", []),
        ("按照上级要求，立即整改。", []),
        ("会议要求，立即整改。", ["立即整改"]),
    ],
)
def test_quotations_with_every_kind_of_mark(text: str, quoted: list[str]) -> None:
    """Curly, straight, corner and missing marks; nested, across paragraphs, without a partner."""
    assert words(text) == quoted


def test_titles_are_cited() -> None:
    """What stands in 《》 is a title, also inside a quotation."""
    text = "按照《关于加强基层治理的意见》和“《条例》的要求”"
    assert words(text, Words.CITED) == ["关于加强基层治理的意见", "条例"]
    assert words(text) == ["《条例》的要求"]


def run(folder: Path, texts: dict[str, str], by: By = "pair", **options: float) -> DedupeResult:
    """Write texts as files of a folder and dedupe it."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with scan([str(folder)]) as corpus:
        return dedupe(corpus, DedupeOptions(jobs=1, **options), by)  # type: ignore[arg-type]


def notices(opening: str, closing: str) -> dict[str, str]:
    """Return two notices that share a sentence of somebody else, and nothing else."""
    return {
        "a.txt": f"关于春耕备耕的通知\n各乡镇：\n{opening}{LEADER}{closing}请抓紧检修农机，备足种子化肥。",
        "b.txt": f"关于召开座谈会的函\n有关单位：\n{opening}{LEADER}{closing}现定于下周在三楼会议室座谈。",
    }


@pytest.mark.parametrize(("opening", "closing"), [("“", "。”"), ("「", "。」"), ("总书记指出，", "。")])
def test_a_shared_quotation_relates_nothing(opening: str, closing: str, tmp_path: Path) -> None:
    """Two notices that share a leader's sentence are related unless it is a quotation."""
    assert not run(tmp_path, notices(opening, closing)).pairs
    assert run(tmp_path, notices("", "。")).pairs


def test_quotations_relate_nothing_in_made_pairs(tmp_path: Path) -> None:
    """Of sixty short texts two share each a quotation that is more than half of them: no pair is related."""
    rng = random.Random(31)
    texts = {}
    for number in range(30):
        quoted = _sentences(rng, number)
        for side in "ab":
            own = _sentences(rng, 1000 + 2 * number + (side == "b"))[:40]
            texts[f"{number:02}{side}.txt"] = f"{own}\n“{quoted}”"
    assert not run(tmp_path, texts).pairs


def _sentences(rng: random.Random, seed: int) -> str:
    """Return some characters that no other seed has."""
    drawn = random.Random(f"{rng.random()} {seed}")
    return "".join(chr(0x4E00 + drawn.randrange(3000)) for _ in range(90)) + "。"


def test_copies_keep_their_quotations(tmp_path: Path) -> None:
    """A copy is as contained with the quotations it copies as it was."""
    own = "".join(chr(0x4E00 + random.Random(5).randrange(3000) + n) for n in range(200))
    text = f"{own}。“{LEADER}。”{own[::-1]}。"
    (row,) = run(tmp_path, {"a.txt": text, "b.txt": text[:-120]}).pairs
    assert row.containment_b == 1.0


def test_passages_say_whose_words_they_are(tmp_path: Path) -> None:
    """Where single passages are looked for, quotations are listed as such; and who wrote earlier is told."""
    texts = notices("“", "。”")
    texts["a.txt"] += "各村要在清明之前把秧田整好，把水渠疏通，把仓库腾空。\n青山镇农业办\n2019年3月5日"
    texts["b.txt"] += "每个单位派两名同志，带上本子和笔，会后共进午餐，费用自理。"
    texts["b.txt"] += "\n白水县发改委\n2021年11月30日"
    (row,) = run(tmp_path, texts, "passage", threshold=0.0, min_passage=35).passages
    assert (row.kind, row.earlier) == ("quoted", "a.txt")


@pytest.mark.parametrize("from_dates", [False, True])
def test_quotations_are_told_in_made_pairs(from_dates: bool, tmp_path: Path) -> None:
    """Of some hundred planted passages, quoted in nineteen ways or a text's own, 0.95 are told right."""
    found = Told(0, (), (), 0)
    for seed in range(2000, 2025):
        made, folder = quoting(random.Random(seed)), tmp_path / f"{seed}"
        folder.mkdir()
        texts = {"a.txt": made.first, "b.txt": made.second}
        result = run(folder, texts, "passage", threshold=0.0, from_dates=from_dates)
        found += told(made, result.passages)
    assert found.precision >= 0.95, found.wrong
    assert found.recall >= 0.95, found.missed
    assert found.right >= 60 and found.unseen <= 8


def test_a_text_that_is_one_quotation_is_no_part_of_another(tmp_path: Path) -> None:
    """Who is named before a quotation is no text of one's own; two such texts are the same for all that."""
    saying = f"会议指出：“{LEADER}，{LEADER[::-1]}。”"
    texts = {
        "a.txt": saying,
        "b.txt": f"{saying}\n{LEADER[5:30] * 3}。",
        "c.txt": saying.replace("会议", "报告"),
    }
    assert [(row.doc_a, row.doc_b) for row in run(tmp_path, texts).pairs] == [("a.txt", "c.txt")]
