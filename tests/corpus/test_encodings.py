"""Encodings are told apart, damage is named, and nothing is decoded as what it is not."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.corpus.damage import decode_document
from pdtool.corpus.encodings import decode, encoding_of_file
from pdtool.errors import InputError, UsageError

ROOT = Path(__file__).parents[2]
CASES: dict[str, Any] = json.loads(
    (ROOT / "tests" / "cases" / "corpus" / "encodings.json").read_text(encoding="utf-8")
)
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
FOUND_AS = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs"}
SIMPLIFIED = "党建引领基层治理，坚持党对基层治理的全面领导。"
TRADITIONAL = "黨建引領基層治理，堅持黨對基層治理的全面領導。"
HAN = st.text(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"),
    min_size=1,
)


def _found(case: dict[str, Any], encoding: str) -> str:
    return str(case.get("found", FOUND_AS).get(encoding, encoding))


def _pairs(group: str) -> list[Any]:
    return [
        pytest.param(case["text"], encoding, _found(case, encoding), id=f"{case['what']}-{encoding}")
        for case in CASES[group]
        for encoding in case["encodings"]
    ]


@pytest.mark.parametrize(("text", "encoding", "found"), _pairs("texts"))
def test_texts_without_a_mark_are_decoded_as_what_they_are(text: str, encoding: str, found: str) -> None:
    """Every text comes back whole from every encoding that can hold it, and the encoding is named."""
    assert decode(text.encode(encoding)) == (text, found)


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["what"])
def test_valid_utf8_is_utf8(case: dict[str, Any]) -> None:
    """No text in UTF-8 is taken for anything else."""
    assert decode(case["text"].encode()) == (case["text"], "utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_real_documents_survive_every_encoding(seed: Path, encoding: str) -> None:
    """The seeds, in each encoding as far as it can hold them, come back character by character."""
    text = seed.read_bytes().decode().encode(encoding, "ignore").decode(encoding)
    raw, found = decode(text.encode(encoding))
    assert found == encoding
    assert raw.translate({0x2027: "•", 0xFF5E: "∼"}) == text.translate({0x2027: "•", 0xFF5E: "∼"})


@pytest.mark.parametrize(
    ("mark_and_codec", "found"),
    [
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("gb18030", "gb18030"),
    ],
)
def test_a_byte_order_mark_settles_it_and_is_dropped(mark_and_codec: str, found: str) -> None:
    """The mark decides even for a text too short to judge, and is not a part of the text."""
    marked = mark_and_codec in ("utf-8-sig", "utf-16", "utf-32")
    data = ("龘" if marked else "\ufeff龘").encode(mark_and_codec)
    assert decode(data) == ("龘", found)


@pytest.mark.parametrize("data", [b"", "\ufeff".encode()])
def test_nothing_is_an_empty_text(data: bytes) -> None:
    """An empty file and one of a mark alone hold the empty text."""
    assert decode(data)[0] == ""


@pytest.mark.parametrize("text", ["café", "5\u00a0km", "naïve über", "β-测", "Δ", "12 μm", "Привет", "§ 5"])
def test_short_utf8_of_other_letters_is_utf8(text: str) -> None:
    """A few letters of two bytes, which may be characters in GB18030 too, stay what they are."""
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("text", ["一一一一", "联通,1", "乱码一词", "一"])
def test_short_gbk_that_is_valid_utf8_by_chance_is_gbk(text: str) -> None:
    """Chinese characters whose bytes in GBK happen to be valid UTF-8 are read as Chinese."""
    assert decode(text.encode("gbk")) == (text, "gb18030")


def test_line_ends_stay_as_found() -> None:
    """Decoding changes no line end."""
    assert decode("一\r\n二\r三\n".encode())[0] == "一\r\n二\r三\n"


@pytest.mark.parametrize(
    ("data", "encoding", "at"),
    [
        pytest.param(SIMPLIFIED.encode("gbk")[:-1], "GB18030", 44, id="GBK cut in a character"),
        pytest.param((TRADITIONAL * 3).encode("big5")[:-1], "Big5", 136, id="Big5 cut in a character"),
        pytest.param(SIMPLIFIED.encode()[:-1], "UTF-8", 66, id="UTF-8 cut in a character"),
        pytest.param(SIMPLIFIED.encode("utf-16-le")[:-1], "UTF-16", 44, id="UTF-16 cut in a character"),
        pytest.param(
            b"\xb5" + f"{SIMPLIFIED}\n".encode("gbk") * 9, "GB18030", 46, id="GBK with a byte too many"
        ),
        pytest.param(SIMPLIFIED.encode() + b"\xff" + SIMPLIFIED.encode(), "UTF-8", 69, id="a byte in UTF-8"),
        pytest.param(SIMPLIFIED.encode() + "基层".encode("gbk"), "UTF-8", 69, id="GBK behind UTF-8"),
    ],
)
def test_damage_is_named_by_its_byte(data: bytes, encoding: str, at: int) -> None:
    """A damaged text is refused under its own encoding, never decoded as another one."""
    with pytest.raises(InputError) as caught:
        decode(data)
    assert encoding in caught.value.message
    assert f"byte {at} of {len(data)}" in caught.value.message
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF", id="PDF"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "ZIP", id="docx"),
        pytest.param(b"{\\rtf1\\ansi plain to the last byte}", "Rich Text", id="RTF"),
        pytest.param(bytes(4000), "control characters", id="NULs"),
        pytest.param(bytes(range(256)) * 40, "not text", id="every byte"),
        pytest.param(b"\x01\x02\x03\x04\x05", "control characters", id="controls"),
    ],
)
def test_binary_data_are_refused(data: bytes, what: str) -> None:
    """What is no text is refused with what it looks like."""
    with pytest.raises(InputError, match=what):
        decode(data)


def test_a_stray_control_character_is_let_pass() -> None:
    """One NUL in a real text does not make it binary, and stays where it is."""
    text = SIMPLIFIED * 3 + "\0" + SIMPLIFIED
    assert decode(text.encode())[0] == text
    assert decode(text.encode("gbk"))[0] == text


@pytest.mark.parametrize(("text", "encoding", "found"), _pairs("foreign"))
def test_other_encodings_are_refused_not_garbled(text: str, encoding: str, found: str) -> None:
    """Text in an encoding that is not judged is an error, and reads right once its encoding is named."""
    with pytest.raises(InputError, match="known encoding"):
        decode(text.encode(encoding))
    assert decode(text.encode(encoding), found)[0] == text


def test_a_named_encoding_overrides() -> None:
    """The user's word goes before any judgement, and names of subsets mean the whole encoding."""
    assert decode("镕".encode("gbk"), "gb2312") == ("镕", "gb18030")
    assert decode("測試".encode("big5"), "Big5") == ("測試", "big5hkscs")
    assert decode("测试".encode("utf-8-sig"), "utf-8") == ("测试", "utf-8-sig")
    assert decode("测试".encode("utf-16"), "utf-16") == ("测试", "utf-16-le")
    with pytest.raises(InputError, match="not valid UTF-8 at byte 0"):
        decode("测试".encode("gbk"), "utf8")


@pytest.mark.parametrize("name", ["no-such", "hex", "rot13", "undefined", "", "a\0b"])
def test_an_unknown_encoding_is_a_usage_error(name: str) -> None:
    """What Python cannot decode text with is told apart from a damaged file."""
    with pytest.raises(UsageError, match="unknown encoding"):
        decode(b"a", name)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_an_input_error(data: bytes) -> None:
    """No input makes the decoder fail in any other way, and what it returns is what strict decoding gives."""
    try:
        text, name = decode(data)
    except InputError as error:
        assert error.message
        assert error.hint
    else:
        assert text == decode(data, name)[0]


@settings(max_examples=200, deadline=None)
@given(HAN.filter(lambda text: len(text) >= 6), st.sampled_from(["gb18030", "utf-8"]))
def test_common_characters_are_never_misread(text: str, encoding: str) -> None:
    """Half a dozen common characters are always enough."""
    assert decode(text.encode(encoding)) == (text, encoding)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_a_file_is_judged_like_its_bytes(data: bytes) -> None:
    """Judging in chunks and judging at once come to one encoding, wherever the bytes can be decoded."""
    try:
        name = decode(data)[1]
    except InputError:
        return
    assert encoding_of_file(io.BytesIO(data)) == name


def test_text_far_behind_ascii_is_judged() -> None:
    """A long plain beginning does not hide the encoding of what comes after."""
    text = "id,text\n" * 300_000 + SIMPLIFIED
    assert decode(text.encode("gbk")) == (text, "gb18030")
    assert encoding_of_file(io.BytesIO(text.encode("gbk"))) == "gb18030"


def test_every_character_has_one_cost() -> None:
    """The table of costs lists no character twice and nothing but costs and characters."""
    text = (ROOT / "pdtool" / "data" / "character_costs.txt").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    characters = "".join(listed for _, listed in lines)
    assert len(characters) == len(set(characters)) > 5000
    assert {int(cost) for cost, _ in lines} == set(range(4, 14))


@pytest.mark.parametrize("before", ["", "投资", "，共计"])
@pytest.mark.parametrize("after", ["", "7", "1200万元", "3.5亿", "元"])
def test_the_euro_of_code_page_936_takes_no_character_along(before: str, after: str) -> None:
    """The byte 80 is the euro sign wherever it stands, also several times in a line."""
    start, rest = "合作项目的总投资为".encode("gbk"), "，由财政安排，其余自筹，".encode("gbk")
    data = start + before.encode("gbk") + b"\x80" + after.encode("gbk") + rest + b"\x8050"
    expected = f"合作项目的总投资为{before}€{after}，由财政安排，其余自筹，€50"
    assert decode(data, "gbk") == (expected, "gb18030")
    assert decode_document(data) == (expected, "gb18030", ())


@pytest.mark.parametrize("lost", [b"\xff", b"\xb1", b"\x81"])
def test_damage_takes_no_digit_along(lost: bytes) -> None:
    """Half a character before a figure leaves the figure whole."""
    data = "项目的总投资为".encode("gbk") + lost + "1200万元，其中赠款较多".encode("gbk")
    assert decode_document(data).text == "项目的总投资为\ufffd1200万元，其中赠款较多"
