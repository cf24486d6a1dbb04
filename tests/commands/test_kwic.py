"""``pdtool kwic``: its table, its orders, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice, product
from pathlib import Path

import pytest

from tests.commandline import ROOT
from tests.commands.conftest import Call

COLUMNS = "doc,section,start,end,left,match,right,sentence,term,theme,negated,quoted"

TEXTS = {
    "2020/a.txt": "关于数字政府的通知\n各地要建设数字政府。数字游戏不在其内。\n",
    "2021/b.txt": "各县尚未建成数据平台，要推进數字政府建設。\n会议指出，“数字经济”是方向。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make two documents in two folders."""
    for name, text in TEXTS.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8", newline="")
    return tmp_path


def table(output: bytes) -> list[dict[str, str]]:
    """Read plain CSV."""
    return list(csv.DictReader(io.StringIO(output.decode(), newline="")))


def test_a_row_an_occurrence(call: Call, folder: Path) -> None:
    """The columns in their order; offsets cut the raw text in either script."""
    done = call(["kwic", "docs", "--term", "数字*", "--term", "数据平台", "--plain"], folder)
    assert done.returncode == 0 and done.stdout.decode().splitlines()[0] == COLUMNS
    rows = table(done.stdout)
    cuts = [TEXTS[row["doc"]][int(row["start"]) : int(row["end"])] for row in rows]
    assert cuts == ["数字", "数字", "数据平台", "數字", "数字"]
    assert [(row["term"], row["negated"], row["quoted"]) for row in rows] == [
        ("数字*", "no", "no"), ("数字*", "no", "no"), ("数据平台", "yes", "no"),
        ("数字*", "no", "no"), ("数字*", "no", "yes"),
    ]  # fmt: skip
    assert "2 documents" in done.stderr.decode() and "5 occurrences" in done.stderr.decode()


def test_counts_agree_with_themes(call: Call) -> None:
    """The built-in dictionary on the sample corpus, theme by theme, negated and quoted rows included."""
    name = "党建引领基层治理"
    shown = table(call(["kwic", "seeds", "-d", name, "--plain"], ROOT).stdout)
    counted = table(call(["themes", "seeds", "-d", name, "--by", "term", "--plain"], ROOT).stdout)
    for row in counted:
        of_term = [
            one for one in shown if all(one[column] == row[column] for column in ("doc", "theme", "term"))
        ]
        assert len(of_term) == int(row["count"])
        assert sum(one["negated"] == "yes" for one in of_term) == int(row["negated"])
    assert len(shown) == sum(int(row["count"]) for row in counted) > 1000


def test_groups_and_orders(call: Call, folder: Path) -> None:
    """``--group-by`` adds its columns at the end; ``--sort right`` sorts by what follows."""
    arguments = ["kwic", "docs", "--term", "数字", "--group-by", "folder", "--sort", "right", "--plain"]
    rows = table(call(arguments, folder).stdout)
    assert [(row["right"][:2], row["folder"]) for row in rows] == [
        ("政府", "2021"), ("政府", "2020"), ("游戏", "2020"), ("经济", "2021"),
    ]  # fmt: skip


def test_the_same_bytes_whatever_the_jobs_and_the_format(call: Call) -> None:
    """Workers change nothing; JSON Lines says the same."""
    arguments = ["kwic", "seeds", "--term", "治理 AND 社区", "--within", "paragraph", "--plain"]
    one, two = (call([*arguments, "--jobs", jobs], ROOT).stdout for jobs in ("1", "2"))
    assert one == two
    lines = call([*arguments, "-f", "jsonl"], ROOT).stdout.decode().splitlines()
    assert [json.loads(line)["start"] for line in lines] == [int(row["start"]) for row in table(one)]


def test_themes_of_a_dictionary(call: Call, folder: Path) -> None:
    """``--theme`` takes one theme, with its sub-themes; another name is refused with those there are."""
    (folder / "d.yaml").write_text(
        "数字:\n  政府: [数字政府]\n  经济: [数字经济]\n其他: [游戏]\n", encoding="utf-8"
    )
    shown = table(call(["kwic", "docs", "-d", "d.yaml", "--theme", "数字", "--plain"], folder).stdout)
    assert {row["theme"] for row in shown} == {"数字/政府", "数字/经济"}
    done = call(["kwic", "docs", "-d", "d.yaml", "--theme", "数值"], folder)
    assert done.returncode == 2 and "there is no theme '数值'" in done.stderr.decode()


def test_lists_and_synonyms(call: Call, folder: Path) -> None:
    """``--terms`` reads a list; a synonym is found under the term that was asked for."""
    (folder / "t.txt").write_text("# 注\n信息化平台\n游戏\n", encoding="utf-8")
    (folder / "s.txt").write_text("信息化平台 = 数据平台\n", encoding="utf-8")
    done = call(["kwic", "docs", "--terms", "t.txt", "--synonyms", "s.txt", "--plain"], folder)
    assert [(row["term"], row["match"]) for row in table(done.stdout)] == [
        ("游戏", "游戏"), ("信息化平台", "数据平台"),
    ]  # fmt: skip


def test_the_match_lines_up_on_a_terminal_table(call: Call, folder: Path) -> None:
    """What stands left is set against the match, from its end; the match begins in one column."""
    from pdtool.output.width import display_width

    done = call(["kwic", "docs", "--term", "数字", "-f", "table"], folder)
    lines = done.stdout.decode().splitlines()[2:]
    places = {display_width(line[: line.index("  数字  ")]) for line in lines}
    assert len(lines) == 4 and len(places) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "it is not said what is searched for"),
        (["--term", ""], "holds nothing to search for"),
        (["--term", "?*"], "holds nothing to search for"),
        (["--term", "政府 NOT 政府"], "can never hold"),
        (["--regex", ".*"], "matches everywhere"),
        (["--regex", "(a+"], "cannot be used"),
        (["--term", "政府", "--theme", "甲"], "--theme chooses themes of a dictionary"),
        (["--term", "政府", "--width", "-1"], "cannot show -1 characters"),
        (["--term", "政府", "--group-by", "省份"], "there is no field '省份'"),
        (["--term", "政府", "--group-by", "folder,term"], "cannot group by 'term'"),
        (["--terms", "missing.txt"], "missing.txt"),
    ],
)
def test_what_is_refused(call: Call, folder: Path, arguments: list[str], said: str) -> None:
    """A sentence and exit code 2, before anything is written."""
    done = call(["kwic", "docs", *arguments], folder)
    assert done.returncode == 2 and said in done.stderr.decode() and not done.stdout


def test_hostile_terms_and_texts(call: Call, tmp_path: Path) -> None:
    """Escapes of terminals are shown, formulas guarded, and a hundred thousand terms are a list like any."""
    (tmp_path / "a.txt").write_text("=1+1 政府\x1b[31m 数字 丰主。\n", encoding="utf-8")
    done = call(["kwic", "a.txt", "--term", "政府", "-f", "table"], tmp_path)
    assert b"\x1b" not in done.stdout
    done = call(["kwic", "a.txt", "--term", "=1+1"], tmp_path)
    assert b",'=1+1," in done.stdout
    words = ("".join(pair) for pair in islice(product(map(chr, range(0x4E00, 0x4F50)), repeat=2), 100_000))
    (tmp_path / "t.txt").write_text("\n".join(words), encoding="utf-8")
    rows = table(call(["kwic", "a.txt", "--terms", "t.txt", "--plain"], tmp_path).stdout)
    assert [row["term"] for row in rows] == ["丰主"]


def test_nothing_found_is_a_header(call: Call, folder: Path) -> None:
    """And a note that says which terms occur nowhere."""
    done = call(["kwic", "docs", "--term", "火星", "--plain"], folder)
    assert done.returncode == 0 and done.stdout.decode() == f"{COLUMNS}\n"
    assert "1 of 1 terms occur in no document" in done.stderr.decode()
