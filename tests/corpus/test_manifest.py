"""Files of every encoding, whole, cut, damaged, mixed and misread: each gives what the manifest says.

The files are made here: the bytes of a text in an encoding, and what is done to them. For each, the manifest
says the text that must come back, the encoding that is named, and what the warnings say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pytest

from pdtool.corpus.damage import decode_document
from pdtool.corpus.encodings import decode_leniently
from pdtool.errors import InputError
from tests.texts import handwritten, library, phrase_wise

RARE = "\n本村有𠮷姓、䶮姓、㐂姓与𣲘姓居民，乡镇（㛃溪、䢺阳）另行登记。"
HONG_KONG = "\n政府喺屯門同深水埗設立嘅社區中心，由邨內居民共同管理，冇人反對。"
BIG5 = {"big5", "big5hkscs"}

TITLES = (
    "城市管理条例",
    "关于印发通知",
    "工作要点汇编",
    "乡村振兴意见",
    "信息公开年报",
    "财政预算说明",
)
"""Six characters are all there is."""


@dataclass(frozen=True)
class Entry:
    """A file and what it must give."""

    name: str
    data: bytes
    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def _documents() -> list[str]:
    generated = [one.text for one in islice(library(23), 14)]
    return [*generated, *(one.text for one in handwritten()[:6])]


def _held(text: str, encoding: str) -> str:
    """Return a text as far as an encoding can hold it."""
    return decode_leniently(text.encode(encoding, "ignore"), encoding)


def _whole(number: int, text: str) -> Iterator[Entry]:
    traditional = phrase_wise(text)
    rare, hong_kong = text + RARE, traditional + HONG_KONG
    forms = [
        ("utf-8", text, text.encode(), "utf-8"),
        ("utf-8-bom", text, text.encode("utf-8-sig"), "utf-8-sig"),
        ("utf-16le", text, text.encode("utf-16-le"), "utf-16-le"),
        ("utf-16be", text, text.encode("utf-16-be"), "utf-16-be"),
        ("utf-16le-bom", text, b"\xff\xfe" + text.encode("utf-16-le"), "utf-16-le"),
        ("utf-16be-bom", text, b"\xfe\xff" + text.encode("utf-16-be"), "utf-16-be"),
        ("utf-32le-bom", text, b"\xff\xfe\0\0" + text.encode("utf-32-le"), "utf-32-le"),
        ("gbk", text, text.encode("gbk"), "gb18030"),
        ("gb18030-rare", rare, rare.encode("gb18030"), "gb18030"),
        ("big5", (held := _held(traditional, "big5")), held.encode("big5"), "big5hkscs"),
    ]
    yield from (Entry(f"{number}-{name}", data, said, found) for name, said, data, found in forms)
    data = hong_kong.encode("big5hkscs", "ignore")
    yield Entry(f"{number}-big5-hkscs", data, decode_leniently(data, "big5hkscs"), "big5hkscs")


def _short() -> Iterator[Entry]:
    for title in TITLES:
        for codec in ("utf-8", "gbk", "utf-16-le", "utf-16-be"):
            found = "gb18030" if codec == "gbk" else codec
            yield Entry(f"{title}-{codec}", title.encode(codec), title, found)
            yield _cut(f"{title}-{codec}", title, codec, found)
        traditional = phrase_wise(title)
        yield Entry(f"{title}-big5", traditional.encode("big5"), traditional, "big5hkscs")
        yield _cut(f"{title}-big5", traditional, "big5", "big5hkscs")


def _cut(name: str, text: str, codec: str, found: str) -> Entry:
    """Return a file that ends in the middle of its last character."""
    data = text.encode(codec)
    start = len(text[:-1].encode(codec))
    warning = f"ends in the middle of a character (NAME, byte {start} of {len(data) - 1}"
    return Entry(f"{name}-cut", data[:-1], f"{text[:-1]}\ufffd", found, (warning,))


def _damaged(number: int, text: str) -> Iterator[Entry]:
    """Yield files with one bad byte, in front of a line somewhere in the middle."""
    lines = text.split("\n")
    head, tail = "\n".join(lines[: len(lines) // 2]), "\n" + "\n".join(lines[len(lines) // 2 :])
    for codec, found in (("utf-8", "utf-8"), ("gbk", "gb18030"), ("big5", "big5hkscs")):
        first, last = (_held(phrase_wise(part) if codec == "big5" else part, codec) for part in (head, tail))
        start = len(first.encode(codec))
        data = first.encode(codec) + b"\xff" + last.encode(codec)
        warning = f"is damaged (not valid NAME at byte {start} of {len(data)}"
        yield Entry(f"{number}-{codec}-bad", data, f"{first}\ufffd{last}", found, (warning,))
    yield _cut(f"{number}-utf-8", text, "utf-8", "utf-8")
    yield _cut(f"{number}-gbk", text, "gbk", "gb18030")


def _mixed(number: int, text: str) -> Iterator[Entry]:
    """Yield files with a paragraph from a file in another encoding."""
    lines = text.split("\n")
    place = max(range(1, len(lines)), key=lambda at: len(lines[at]))
    parts = "\n".join(lines[:place]) + "\n", lines[place] + "\n", "\n".join(lines[place + 1 :])
    for most, other, main in (("utf-8", "gbk", "utf-8"), ("gbk", "utf-8", "gb18030")):
        data = parts[0].encode(most) + parts[1].encode(other) + parts[2].encode(most)
        if len(parts[1]) * 2 < len(text):
            start = len(parts[0].encode(most))
            warning = f"from byte {start} to {start + len(parts[1].encode(other))}"
            yield Entry(f"{number}-{other}-in-{most}", data, text, main, (warning,))


def manifest() -> list[Entry]:
    """Return all files."""
    documents = _documents()
    entries = [entry for number, text in enumerate(documents) for entry in _whole(number, text)]
    entries += _short()
    for number, text in enumerate(documents):
        entries += _damaged(number, text)
        entries += _mixed(number, text)
    return entries


MANIFEST = manifest()
NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030 (GBK)", "big5hkscs": "Big5"}


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry.name)
def test_every_file_gives_what_the_manifest_says(entry: Entry) -> None:
    """The text character by character, its encoding, and every reservation with its bytes."""
    found = decode_document(entry.data)
    assert found.text == entry.text
    assert found.encoding == entry.encoding
    assert len(found.warnings) == len(entry.warnings)
    name = NAMES.get(entry.encoding, "UTF-16")
    for said, expected in zip(found.warnings, entry.warnings, strict=True):
        assert expected.replace("NAME", name) in said


def test_the_manifest_is_what_was_promised() -> None:
    """Eleven encodings of twenty documents, and some two hundred files that are short, cut, bad or mixed."""
    assert len(MANIFEST) >= 400
    assert len({entry.name for entry in MANIFEST}) == len(MANIFEST)
    assert sum("-in-" in entry.name for entry in MANIFEST) >= 20


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"\xef\xbb\xbf" + TITLES[0].encode("gbk"), TITLES[0], id="GBK behind a mark of UTF-8"),
        pytest.param(
            (TITLES[0] + "\n").encode() + (TITLES[1] + "\n").encode("gbk"),
            f"{TITLES[0]}\n{TITLES[1]}\n",
            id="half and half",
        ),
        pytest.param(
            "管理條例\n".encode("big5") + "管理條例與實施細則\n".encode() + "管理條例\n".encode("big5") * 3,
            "管理條例\n管理條例與實施細則\n" + "管理條例\n" * 3,
            id="UTF-8 in Big5",
        ),
        pytest.param(
            "来源：".encode() + "人民日报".encode("gbk") + "，转载自政府网站。".encode(),
            "来源：人民日报，转载自政府网站。",
            id="within a line",
        ),
    ],
)
def test_mixed_encodings(data: bytes, text: str) -> None:
    """Every stretch is read as what it is, and a warning says where it lies."""
    found = decode_document(data)
    assert found.text == text
    assert "is in more than one encoding" in found.warnings[0]


@pytest.mark.parametrize("size", [40, 4000])
def test_damage_all_over_is_refused(size: int) -> None:
    """Bytes of which much cannot be decoded are no damaged text."""
    with pytest.raises(InputError):
        decode_document(bytes(range(128, 256)) * size)
    with pytest.raises(InputError, match="not valid UTF-8 at byte 0"):
        decode_document(TITLES[0].encode("gbk") * size, "utf-8")


def test_many_damaged_places_are_counted() -> None:
    """The first are named by their bytes, however many there are."""
    data = (TITLES[0] * 10).encode() + b"\xff" + (TITLES[1] * 10).encode()
    found = decode_document((data + b"\n") * 1500)
    assert found.text.count("\ufffd") == 1500
    assert found.warnings == (
        "is damaged in 1500 places (not valid UTF-8 at bytes 180, 542, 904, 1266, 1628, …), shown as U+FFFD",
    )


@pytest.mark.parametrize("codec", ["gbk", "big5"])
def test_a_spoilt_byte_spoils_its_character_alone(codec: str) -> None:
    """Whichever half of a character became invalid, the text goes on behind it, not one byte out of step."""
    text = "坚持党对基层治理的全面领导，着力完善城乡社区治理体系，提升服务群众的水平。" * 3
    text = phrase_wise(text) if codec == "big5" else text
    data = text.encode(codec)
    for place in range(20, 60):
        spoilt = data[:place] + b"\xff" + data[place + 1 :]
        found = decode_document(spoilt).text
        at = place // 2
        assert found[:at] == text[:at]
        assert found.endswith(text[at + 2 :])
        assert "\ufffd" in found[at : at + 2]
