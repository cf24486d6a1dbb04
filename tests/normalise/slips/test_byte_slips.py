"""Byte slips: what was lost is read back, what is no damage stays, and what is left is counted."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.normalise.pipeline import normalise, replay, revert
from pdtool.normalise.slips import model_tables, running_text
from pdtool.normalise.slips.byte_slips import find_byte_slips
from pdtool.normalise.slips.forms import form_costs
from pdtool.normalise.slips.gbk import pair_of
from pdtool.normalise.slips.language_model import BEGUN, LanguageModel, symbols
from pdtool.normalise.slips.packing import gaps, read_tables, write_tables
from pdtool.normalise.slips.prepare import prepare
from pdtool.normalise.slips.starts import possible_starts
from pdtool.text.code_points import code_points
from tests.damage.rates import Pair, error_rate
from tests.damage.slips import SLIPS, Habits, decode
from tests.normalise.tables import Case, cases, seed, undamaged
from tests.texts import character_by_character, handwritten, library

SEED_PLACES: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "normalise" / "byte_slips_in_samples.json").read_text("utf-8")
)
RESIDUE = re.compile(r"[?\ufffd]|[a-zà-ǜɡ]+[)）]|[㐀-鿿][(（][a-zà-ǜɡ]+")
TO_ASCII = str.maketrans("？！；：，（）", "?!;:,()")
DAMAGED = st.lists(
    st.sampled_from(
        [
            "?！",
            "?",
            "??",
            "凹议T口",
            "變?yōu)槿悍廊褐",
            "(lián)",
            "聯",
            "党",
            "A",
            "3",
            "\n",
            " ",
            "。",
            "“",
            "”",
            "\ufffd",
            *["\ud800", "\ue000", "😀", "?a)", "?,F(xiàn)", "治理", "é", "�", "^", "|"],
        ]
    ),
    max_size=40,
).map("".join)


def repaired(text: str) -> str:
    """Return a text with its slips read back."""
    return find_byte_slips(text).apply(text)[0]


@pytest.mark.parametrize("case", cases("byte_slips", "wild"))
def test_slips_are_read_back(case: Case) -> None:
    """A span that lost step reads as before, and nothing else changes."""
    assert repaired(case.before) == case.after


@pytest.mark.parametrize("case", cases("byte_slips", "negative"))
def test_what_is_no_slip_stays(case: Case) -> None:
    """Question marks, gaps and signs that an author wrote are no damage."""
    assert not len(find_byte_slips(case.before)), case.why


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("byte_slips", "known_failures"))
def test_known_failures(case: Case) -> None:
    """What is known not to work, until it does."""
    assert repaired(case.before) == case.after


@pytest.mark.parametrize(
    ("name", "reading"),
    [pytest.param(name, place, id=f"{name}-{place}") for name, some in SEED_PLACES.items() for place in some],
)
def test_places_of_the_samples(name: str, reading: str) -> None:
    """Every place of the samples where bytes were lost reads right, or shows a hole."""
    assert reading in normalise(seed(name)).text


@pytest.mark.parametrize("name", ["000", "001", "002"])
def test_no_residue_is_left_in_the_samples(name: str) -> None:
    """No mark of a loss, no torn reading and no ghost is left."""
    assert RESIDUE.findall(normalise(seed(name)).text) == []


@pytest.mark.parametrize("name", ["003", "004"])
def test_clean_samples_have_no_slips(name: str) -> None:
    """Texts without slips get no edit."""
    assert not len(find_byte_slips(seed(name)))


@pytest.mark.parametrize("text", undamaged())
def test_undamaged_text_stays(text: str) -> None:
    """Nothing is done to undamaged text, nor where a store wrote its signs as ASCII."""
    assert not len(find_byte_slips(text))
    assert not len(find_byte_slips(text.translate(TO_ASCII)))


def test_questions_stay() -> None:
    """Texts with all signs written as ASCII, in both scripts, keep every question mark."""
    for text in library(5)[:25] + handwritten():
        plain = text.text.translate(TO_ASCII)
        assert not len(find_byte_slips(plain)), text.id
        assert not len(find_byte_slips(character_by_character(plain))), text.id


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("site ghosts with slips", 0.0015),
        ("byte losses, Traditional", 0.0025),
        ("byte losses, Simplified", 0.015),
    ],
)
def test_error_rates(kind: str, floor: float) -> None:
    """A few damaged texts come out nearly as they were; the benchmark measures many."""
    texts = [text.text for text in library(907) if 300 <= len(text.text) <= 1300][:12]
    made = [Pair(text, SLIPS[kind](text, Random(f"{kind} {place}"))) for place, text in enumerate(texts)]
    assert error_rate(made, lambda raw: normalise(raw).text) <= floor


def test_holes_show_what_cannot_be_settled() -> None:
    """Where two readings are about as likely, a hole stands rather than one of them, and the rest is read."""
    text = "会议由张三主持?Ｍ醣蟆⒘跆魏屠钛喾直鸱⒀裕悦糇髁思锹肌＃"
    assert "刘涛和李燕分别发言，□敏作了记录" in repaired(text)


@pytest.mark.parametrize("undefined", ["", "?"])
def test_what_the_text_says_elsewhere_is_found_again(undefined: str) -> None:
    """Four characters of which two bytes are left read as the text has them where it is not damaged."""
    sound = (
        "一号工程开工，电网营销部改造老旧变压器。带头听取电网营销部的意见，台区年年加码；"
        "但另一面电网营销部力不从心，售后公司消失不见"
    )
    slipped = "。售后公司消失不见，电网营销部左右为难，大家都很着急。"
    stored = sound.encode("gbk") + b"?" + slipped.encode("gbk")[1:]
    raw = decode(stored, Habits(undefined=undefined))
    assert "营销部" not in raw[len(sound) :]
    assert "电网营销部左右为难，大家都很着急。" in repaired(raw)


PROVEN = (
    "各村应当公开账目。\n村民可以查阅三年以内的收支记录。\n第五条 村务监督小组由村民推选产生。\n"
    "监督小组每季度开会一次。\n更加精細化、人性化?！凹议T口”服務站"
)
"""Lines with one slip that nobody doubts."""


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("合作社按月报告经营情况??村民可以提问。", "合作社按月报告经营情况。\n村民可以提问。"),
        ("合作社按月报告经营情况??第六条 账目应当公开", "合作社按月报告经营情况。\n第六条 账目应当公开"),
        ("本办法自公布之日起施行??998年的办法废止", "本办法自公布之日起施行。1998年的办法废止"),
        ("（以下称“试点村”）??“试点村”每年评一次", "（以下称“试点村”）。\n“试点村”每年评一次"),
        ("合作社按月报告经营情况??\n村民可以提问。", "合作社按月报告经营情况。\n村民可以提问。"),
        ("合作社按月报告经营情况\ufffd\ufffd", "合作社按月报告经营情况。"),
    ],
)
def test_line_ends_that_a_full_stop_took_along(damaged: str, sound: str) -> None:
    """Two marks are a full stop and what its second byte was paired with, once the text has other slips."""
    assert repaired(f"{PROVEN}。\n{damaged}").endswith(f"。\n{sound}")
    assert repaired(f"{damaged}\n{PROVEN}").startswith(sound)
    assert not len(find_byte_slips(damaged))


def test_a_line_end_taken_along_out_of_step() -> None:
    """Where a slipped line ends, it ended in a full stop, as the other lines do, not in another sign."""
    raw = f"{PROVEN}。\n村里的路灯由专人看护?;盗说穆返圃谌煲阅谛藓谩?第七条 本办法自公布之日起施行。"
    assert "以内修好。\n第七条 本办法" in repaired(raw)


@pytest.mark.parametrize(
    "meant",
    [
        "什么时候才修好??大家都在等。",
        "你说谁来管??没有人管。",
        "這怎麼行??",
        "??\n????\n??",
        "name ?? 村名",
        "修好了 ?? 没有",
        "修好了???没修",
        "a??b",
        "任何人都能来??<br>",
    ],
)
def test_two_question_marks_that_are_meant(meant: str) -> None:
    """Questions, operators and rows of marks stay even in a text with slips."""
    assert repaired(f"{PROVEN}。\n{meant}").endswith(f"。\n{meant}")


def test_signs_that_a_store_wrote_as_ascii_are_no_other_form() -> None:
    """A full-width sign is likely in a text that has its ASCII form; a character's other form is not."""
    costs = form_costs("他说,好;行;走吧!這樣就好,這樣")
    assert not any(costs[pair_of(sign)] for sign in "，；！")
    assert costs[pair_of("这")] < 0


def test_partial_readings_are_judged_as_whole_ones() -> None:
    """Character by character, or some at once, a text has the probability that it has as a whole."""
    language = LanguageModel(["基层治理，基层党建，基层治理"])
    one, other = symbols("提升整体服务"), symbols("基层治理现代")
    rows = np.stack([one, other])
    words = np.tile(np.array(BEGUN), (2, 1))
    _, words = language.advance(rows[:, :1], np.array([1, 1]), words)
    found = np.array([language.plain("提升整体服务"), language.plain("基层治理现代")])
    for stop, fresh in [(2, 1), (4, 2), (5, 1), (6, 1)]:
        gained, words = language.advance(rows[:, :stop], np.array([fresh, fresh]), words)
        found += gained
    assert found + words[:, -1] == pytest.approx(language.rank(rows))


def test_signs_of_slips() -> None:
    """A start is looked at closely where what follows may be out of step, and a genuine question is not."""
    text = "更加精細化、人性化?！凹议T口”服務站好不好?大家說好。下棋：⒆觽兎艑W以後也圍過來看"
    assert possible_starts(text) == [9, 30]


def test_counts_of_running_text(tmp_path: Path) -> None:
    """The table holds what was counted, and reads back as it was written."""
    counts = running_text.count("基层治理，基层党建，基层治理")
    assert counts.singles.sum() == 14
    size = len(counts.alphabet)
    spelt = [
        "".join(chr(counts.alphabet[pair // size ** (2 - place) % size]) for place in (1, 2))
        for pair in counts.pairs.tolist()
    ]
    assert dict(zip(spelt, counts.pair_counts.tolist(), strict=True)) == {
        "基层": 3,
        "层治": 2,
        "治理": 2,
        "，基": 2,
        "层党": 1,
        "党建": 1,
        "建，": 1,
        "理，": 1,
    }
    running_text.save(counts, tmp_path / "counts.npz")
    kept = running_text.load(tmp_path / "counts.npz")
    assert kept.alphabet.tolist() == counts.alphabet.tolist()
    assert kept.pair_counts.tolist() == counts.pair_counts.tolist()
    assert kept.triples.tolist() == counts.triples.tolist()


def test_the_kept_counts() -> None:
    """The table in the repository is sorted, sums up, and is the one that its digest names."""
    kept = running_text.load()
    assert all((np.diff(keys) > 0).all() for keys in (kept.alphabet, kept.pairs, kept.triples))
    assert kept.singles.sum() == 4_899_869
    assert sha256(running_text.TABLE.read_bytes()).hexdigest().startswith("c5a67bc2b160f6dc")


def test_the_process_of_the_damage() -> None:
    """The simulator writes what the samples show: the lost byte, the ASCII sign, the byte that ends it."""
    stored = "人性化。“家門口”服務".encode("gbk").replace("。".encode("gbk"), b"?\xa3")
    assert decode(stored, Habits()) == "人性化?!凹议T口”服務"


def test_the_tables_are_what_their_script_makes() -> None:
    """The tables in the repository are made of jieba's dictionary and the counts, and read back as made."""
    made, kept = prepare(), read_tables(model_tables.TABLE)
    assert made.keys() == kept.keys()
    assert all(np.array_equal(made[name], kept[name]) for name in made)


def test_the_tables_know_the_dictionary_and_running_text() -> None:
    """What follows what within words and in text is far likelier than what does not; shares sum up."""
    known = model_tables.tables()
    symbol = known.symbol[code_points("派出所他党黨，,")].tolist()
    assert symbol[4] == symbol[5] > 0
    assert symbol[6] == symbol[7] > 0
    likely, unlikely = known.pairs.probabilities(symbol[1], np.array(symbol[2:4]))
    assert likely > 3 * unlikely
    assert known.start.sum() == pytest.approx(1, rel=0.05)
    assert all(shares.sum() <= 1 for _, shares in known.words)
    assert all((np.diff(words) >= 0).all() for words, _ in known.words)


@pytest.mark.parametrize("largest", [0, 255, 256, 70_000, 1 << 40])
def test_tables_of_numbers(tmp_path: Path, largest: int) -> None:
    """Numbers of any length are read back as they were written, and equal tables make equal files."""
    numbers = np.array([0, largest // 3, largest])
    for name in ("one", "other"):
        write_tables(tmp_path / name, {"numbers": gaps(numbers), "none": numbers[:0]})
    found = read_tables(tmp_path / "one")
    assert np.cumsum(found["numbers"]).tolist() == numbers.tolist()
    assert found["none"].tolist() == []
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_articles_of_a_database(tmp_path: Path) -> None:
    """The articles of laws are read in their order, one per line."""
    with closing(sqlite3.connect(tmp_path / "laws.db")) as database:
        database.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, article_text TEXT)")
        database.executemany("INSERT INTO articles VALUES (?, ?)", [(2, "第二条"), (1, "第一条")])
        database.commit()
    assert running_text.articles(tmp_path / "laws.db") == "第一条\n第二条"


@pytest.mark.parametrize(("character", "pair"), [("。", 0xA1A3), ("A", 0), ("\ud800", 0), ("\U00020000", 0)])
def test_pairs(character: str, pair: int) -> None:
    """A character that two bytes store has a pair, any other none."""
    assert pair_of(character) == pair


@settings(max_examples=60, deadline=None)
@given(DAMAGED)
def test_any_text_is_repaired_reversibly(raw: str) -> None:
    """No text raises; the edits are within it, lead on and lead back."""
    edits = find_byte_slips(raw)
    clean, offsets = edits.apply(raw)
    assert edits.revert(clean) == raw
    assert len(offsets) == len(clean)
    whole = normalise(raw)
    assert replay(raw, whole.layers) == whole.text
    assert revert(whole.text, whole.layers) == raw


@pytest.mark.parametrize("unit", ["?", "?！", "?a)", "?zhōng)", "\ufffd", "?“", "凹?议", "?凹议口"])
def test_hostile_repetition(unit: str) -> None:
    """Long runs of marks are left alone or given up, without failing."""
    raw = unit * 3000
    edits = find_byte_slips(raw)
    assert edits.revert(edits.apply(raw)[0]) == raw


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.integers(0, 60))
def test_arbitrary_text_with_a_mark(text: str, place: int) -> None:
    """A mark in the middle of arbitrary text does no harm."""
    raw = f"{text[:place]}人?！{text[place:]}"
    edits = find_byte_slips(raw)
    assert edits.revert(edits.apply(raw)[0]) == raw
