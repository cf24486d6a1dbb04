"""Tables for people: they fit, they say what is missing, and data is never markup."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import make_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.output.layout import View, lay_out
from pdtool.output.terminal import write_terminal
from pdtool.output.width import clip_middle, display_width
from pdtool.reuse.rows import PairRow
from pdtool.rows import Column, Kind, columns
from tests.output.sample import Sample, samples

VIEW = View(order=("doc_a", "doc_b", "relation", "containment_a", "keep"), wrapped=frozenset({"reason"}))
ANSI = re.compile(r"\x1b\[[0-9;]*m")

_WHY = "most of b is in a"
FILLED = [column.name for column in columns(PairRow)][:13]
"""The columns of which :func:`pair` fills the cells."""


def pair(a: str = "000_7f5a83bdbddc04f7.txt", b: str = "004_c6d8ae7e647a061d.txt") -> PairRow:
    """Return a pair row; what was not asked for is empty."""
    cells = a, b, "contained", 0.3527, 0.9812, 0.35, 2543, 5, 1011, 1, a, "most of b is in a", "copy", "", ""
    return PairRow(*cells, *[None] * (len(columns(PairRow)) - len(cells)))  # type: ignore[arg-type]


def drawn(rows: list[PairRow], room: int | None) -> tuple[list[str], list[str]]:
    """Draw pairs; return the lines without colours, and the notes."""
    out, notes = io.BytesIO(), list[str]()
    write_terminal(rows, columns(PairRow), out, VIEW, room, notes.append)
    return ANSI.sub("", out.getvalue().decode()).splitlines(), notes


def test_a_pair_is_readable_in_80_columns() -> None:
    """The two sides stand one above the other, hashes are cut, and the rest is named in a note."""
    lines, (note,) = drawn([pair()], 80)
    assert [line.split() for line in lines] == [
        ["doc_a", "containment_a"],
        ["doc_b", "relation", "containment_b", "jaccard", "passages", "keep"],
        ["─" * 77],
        ["000_7f5…4f7.txt", "contained", "0.3527", "0.3500", "5", "000_7f5…4f7.txt"],
        ["004_c6d…61d.txt", "0.9812"],
    ]
    hidden = ("matched_chars", "longest_passage", "cluster", "reason")
    assert all(name in note for name in hidden) and "--format csv" in note


def test_hashes_stay_where_names_would_be_one() -> None:
    """Two names that differ in the middle of their hash alone are shown whole."""
    one, other = "a_7f5a83bdbddc04f7.txt", "a_7f5b83bdbddc04f7.txt"
    lines, _ = drawn([pair(one, other), pair(other, one)], 80)
    assert one in lines[3] and other in lines[4]


def test_relations_and_high_containments_have_a_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal alone; not with NO_COLOR, on a dumb terminal or in a file."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def styled(room: int | None) -> bool:
        out = io.BytesIO()
        write_terminal([pair()], columns(PairRow), out, VIEW, room, lambda _: None)
        shown = out.getvalue().decode()
        assert ("\x1b[33mcontained\x1b[0m" in shown) == ("\x1b[1m0.9812\x1b[0m" in shown)
        return "\x1b[33mcontained" in shown

    assert styled(80) and not styled(None)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not styled(80)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not styled(80)


def test_all_columns_stand_side_by_side_where_there_is_room() -> None:
    """On a wide terminal all columns that say anything are there, in a file all, and nothing is said."""
    names = [column.name for column in columns(PairRow)]
    for room, shown in ((400, FILLED), (None, names)):
        lines, notes = drawn([pair()], room)
        assert lines[0].split() == shown
        assert not notes


def test_headers_are_as_wide_as_they_look() -> None:
    """A Chinese header takes two columns per character, and none is cut without a mark."""
    header = (Column("doc", Kind.TEXT, ""), Column("治理", Kind.COUNT, ""), Column("经济", Kind.COUNT, ""))
    row = make_dataclass("Row", ["doc", "治理", "经济"])
    out = io.BytesIO()
    write_terminal([row("a.txt", 3, 14)], header, out, View(), 80, lambda _: None)
    assert ANSI.sub("", out.getvalue().decode()).split()[:3] == ["doc", "治理", "经济"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=60), st.text("党建a.", max_size=60)), max_size=3),
    st.integers(20, 200),
)
def test_no_line_is_wider_than_the_terminal(names: list[tuple[str, str]], room: int) -> None:
    """Whatever the names and the width: the terminal never has to break a line."""
    lines, _ = drawn([pair(a, b) for a, b in names], room)
    assert all(display_width(line) <= room for line in lines)


def test_every_column_is_shown_or_named() -> None:
    """At any width a column that says anything and is not in the header is in the note."""
    for room in range(10, 220, 7):
        lines, notes = drawn([pair()], room)
        header = " ".join(lines[:3])
        for name in FILLED:
            assert name[:4] in header or name in notes[0]


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/nothing]", ":smile:", "[link=x]y[/link]"])
def test_data_is_never_markup(text: str) -> None:
    """What looks like markup is shown as it is."""
    lines, _ = drawn([pair(a=text)], 80)
    assert any(line.startswith(text) for line in lines)


def test_hostile_text_sends_no_control_to_the_terminal() -> None:
    """The only escape sequences are the table's own."""
    out = io.BytesIO()
    write_terminal(samples(), columns(Sample), out, View(), 100, lambda _: None)
    shown = ANSI.sub("", out.getvalue().decode())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "\\x1b[31mred" in shown


def test_cut_text_is_told() -> None:
    """A name cut in its middle has a mark, and the note explains it."""
    lines, (note,) = drawn([pair(a="党" * 100)], 80)
    assert any("…" in line for line in lines) and "…" in note


def test_small_probabilities_show_their_magnitude() -> None:
    """Four decimals would show nothing of a p of 4e-7; a share of that size is nothing."""
    out = io.BytesIO()
    header = Column("p", Kind.SHARE, ""), Column("share", Kind.SHARE, "")
    write_terminal([(4e-7, 4e-7), (0.0123, 0.0)], header, out, VIEW, 80, lambda _: None)
    assert [line.split() for line in out.getvalue().decode().splitlines()[-2:]] == [
        ["4e-7", "0.0000"],
        ["0.0123", "0.0000"],
    ]


def test_counts_that_are_all_zero_give_way() -> None:
    """A title says more than four columns of zeros; where there is room, zeros are shown too."""
    counts = [Column(name, Kind.COUNT, "") for name in ("ghosts", "byte_slips", "page_markers")]
    header = Column("doc", Kind.TEXT, ""), *counts, Column("title", Kind.TEXT, "")
    rows = [("a.txt", 0, 3, None, "关于加强基层治理的意见"), ("b.txt", 0, 0, 0, "办法")]
    heads = []
    for room in (44, 200):
        out = io.BytesIO()
        write_terminal(rows, header, out, View(), room, lambda _: None)
        heads.append(ANSI.sub("", out.getvalue().decode()).splitlines()[0].split())
    assert heads == [["doc", "byte_slips", "title"], [column.name for column in header]]


def test_a_table_of_nothing_is_its_header() -> None:
    """No rows: names and a rule."""
    lines, _ = drawn([], 400)
    assert len(lines) == 2
    assert drawn([], 80)[1] == []


def test_long_tables_have_one_header() -> None:
    """Rows are drawn in batches; only the first has the header, and the columns stay aligned."""
    lines, _ = drawn([pair()] * 450, 400)
    assert len(lines) == 452
    assert len({line.index("contained") for line in lines[2:]}) == 1
    stacked, _ = drawn([pair()] * 450, 80)
    assert stacked[3:] == [*[*stacked[3:5], ""] * 449, *stacked[3:5]]


@given(st.text("党建a.…", max_size=40), st.integers(5, 30))
def test_clipping_respects_the_width(text: str, width: int) -> None:
    """A clipped text is never wider than asked, starts and ends as the text does, and short text is whole."""
    shown = clip_middle(text, width)
    assert display_width(shown) <= width
    assert shown == text if display_width(text) <= width else shown[0] == text[0]


def test_the_most_important_columns_are_chosen_first() -> None:
    """With room for one column it is the first of the view, whatever its place in the table."""
    chosen = lay_out(columns(Sample), [10, 5, 5, 4, 10], View(order=("share",)), room=12)
    assert [slot.indices for slot in chosen.slots] == [(1,), (2,)]
    assert chosen.hidden == ("name", "flag", "terms")


_CONTEXTS = tuple(
    Column(name, Kind.TEXT, "") for name in ("doc", "left", "match", "right", "term", "sentence")
)
_CONCORDANCE = View(
    order=("match", "left", "right", "doc", "term", "sentence"),
    left="left",
    right="right",
    spare=frozenset({"term", "sentence"}),
    streamed=True,
)


def _contexts(rows: Sequence[tuple[str, ...]], room: int | None) -> list[str]:
    out = io.BytesIO()
    write_terminal(rows, _CONTEXTS, out, _CONCORDANCE, room, lambda _: None)
    return ANSI.sub("", out.getvalue().decode()).splitlines()


@settings(max_examples=60)
@given(
    lefts=st.lists(st.text("数字政府a ，", max_size=50).map(str.strip), min_size=1, max_size=5),
    room=st.integers(40, 240),
)
def test_what_leads_up_to_a_match_stands_against_it(lefts: list[str], room: int) -> None:
    """The match begins in one column of the terminal; what is cut of the left context is its beginning."""
    rows = [("a.txt", left, "【党建】", "引领" * 30, "党建", "句" * 50) for left in lefts]
    lines = [line for line in _contexts(rows, room) if "【党建】" in line]
    assert len(lines) == len(rows)
    assert len({display_width(line[: line.index("【党建】")]) for line in lines}) == 1
    for line, left in zip(lines, lefts, strict=True):
        before = line[: line.index("【党建】")].removeprefix("a.txt").strip()
        shown = before.removeprefix("…").strip()
        assert left.endswith(shown) and (shown == left or before.startswith("…"))
    assert all(display_width(line) <= room for line in lines)


def test_spare_columns_give_way_to_the_context() -> None:
    """They are shown only where what leads up and goes on has all the room it wants."""
    rows = [("a.txt", "前" * 30, "党建", "后" * 30, "党建", "句" * 50)]
    headers = {room: _contexts(rows, room)[0].split() for room in (80, 140, 160, 240)}
    assert headers[80] == ["doc", "left", "match", "right"]
    assert headers[140] == ["doc", "left", "match", "right"]
    assert headers[160] == ["doc", "left", "match", "right", "term"]
    assert headers[240] == ["doc", "left", "match", "right", "term", "sentence"]
