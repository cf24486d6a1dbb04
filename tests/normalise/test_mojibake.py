"""Text that was read in a wrong encoding is read as what it was; nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.source import RawDocument, Source
from pdtool.documents.assembly import document_of
from pdtool.normalise.mojibake import HOLE, find_mojibake, misread_warnings
from pdtool.normalise.pipeline import normalise, revert
from tests.texts import library, phrase_wise

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "cases" / "normalise" / "misread.json").read_text(encoding="utf-8")
)
TEXTS = [text.text for text in library(11)]
HAN = st.text(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"),
    min_size=2,
)


def _repaired(text: str) -> str:
    return find_mojibake(text).apply(text)[0]


@pytest.mark.parametrize("case", CASES["wild"], ids=lambda case: case["what"])
def test_misread_text_is_read_as_what_it_was(case: dict[str, str]) -> None:
    """Every kind of misreading comes back, with holes where bytes are gone."""
    assert _repaired(case["before"]) == case["after"]


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["what"])
def test_what_is_meant_stays(case: dict[str, str]) -> None:
    """Other languages, rare characters and signs are no misreadings."""
    assert len(find_mojibake(case["text"])) == 0


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_whole_documents(text: str) -> None:
    """Documents come back whole from every misreading that loses nothing, and are left alone as they are."""
    assert len(find_mojibake(text)) == 0
    assert _repaired(text.encode("gb18030").decode("latin-1")) == text
    assert _repaired(text.encode().decode("latin-1")) == text
    traditional = phrase_wise(text)
    assert len(find_mojibake(traditional)) == 0
    assert _repaired(text.encode().decode("latin-1").encode().decode("latin-1")) == text
    assert _repaired(text.encode().decode("mac_roman")) == text
    known = traditional.encode("big5", "ignore").decode("big5")
    assert _repaired(known.encode("big5").decode("latin-1")) == known


@pytest.mark.parametrize("text", TEXTS[:20], ids=range(20))
def test_utf8_read_as_gbk_line_by_line(text: str) -> None:
    """Of UTF-8 that GBK lost bytes of, every line comes back but for holes; no character is a wrong one."""
    whole = 0
    for line in text.splitlines():
        garbled = line.encode().decode("gb18030", "replace").replace("\ufffd", "?")
        read = _repaired(garbled)
        whole += read not in (garbled, line)
        rest = iter(line)
        assert read == garbled or all(character in rest for character in read.replace(HOLE, ""))
    assert whole >= len(text.splitlines()) * 0.6


@settings(max_examples=200, deadline=None)
@given(HAN, HAN)
def test_offsets_lead_back(before: str, misread: str) -> None:
    """What a repaired character came from is its own characters, not the whole span; all can be undone."""
    raw = f"{before}：{misread.encode().decode('latin-1')}"
    clean = normalise(raw)
    assert revert(clean.text, clean.layers) == raw
    edits = find_mojibake(raw)
    text, offsets = edits.apply(raw)
    if text.endswith(misread):
        assert offsets.to_source(len(text) - 1, len(text)) == (len(raw) - 3, len(raw))


def test_a_document_says_what_was_misread() -> None:
    """``inspect`` shows how much was misread as what, what is a hole, and what was lost before."""
    raw = "浣犲ソ锛屼笘鐣屻€?\nÖÐÎÄÂÛÎÄ\n锟斤拷锟斤拷"
    source = Source("a.txt", "a.txt", "a.txt", "text")
    document = document_of(RawDocument(source, raw, "utf-8"), normalise(raw))
    assert document.text.startswith("你好，世界□")
    assert document.warnings == (
        "4 characters of GBK read as Latin-1 (repaired)",
        "5 characters of UTF-8 read as GBK (repaired)",
        "1 character lost bytes by being read in a wrong encoding (shown as □)",
        "about 4 characters were lost before (锟斤拷 stands for them)",
    )
    assert misread_warnings([]) == []


def test_long_lines_are_looked_at_in_parts() -> None:
    """What is misread in a line of any length is found as in a short one, wherever it stands."""
    phrase, misread = "坚持党建引领基层治理，", "浣犲ソ锛屼笘鐣屻€?"
    short, long = ((phrase * times + misread) * 2 for times in (1, 1000))
    assert _repaired(short).endswith("你好，世界□")
    assert _repaired(long) == _repaired(short).replace(phrase, phrase * 1000)
