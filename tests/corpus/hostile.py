"""Files made to break a reader: bombs, loops, lies about sizes, damage and nonsense, in every format."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.corpus.hostile_kinds import KINDS
from tests.corpus.makers import W, docx, ods, package, page, paragraph, parquet, pdf

__all__ = ["HOSTILE", "build"]

MB = 1_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BOMB_DTD = '<!DOCTYPE d [<!ENTITY a "{}">{}]>'.format(
    "x" * 100,
    "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def _workbook(sheet: bytes | str) -> bytes:
    """Return a workbook with this XML as its sheet."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            SHEET: sheet,
        }
    )


def _rows(cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _repeated(block: bytes, times: int, head: bytes, tail: bytes) -> bytes:
    """Return what packs a block that is repeated many times, without packing it as often."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + once * times + packer.compress(tail) + packer.flush()


def _zeros(name: str, size: int, head: bytes = b"", tail: bytes = b"") -> bytes:
    """Return a package with one member that unpacks to very much of nothing."""
    block, checksum = b" " * MB, zlib.crc32(head)
    for _ in range(size // MB):
        checksum = zlib.crc32(block, checksum)
    packed = _repeated(block, size // MB, head, tail)
    length = len(head) + size // MB * MB + len(tail)
    sizes = struct.pack("<HHIII", 0, 33, zlib.crc32(tail, checksum), len(packed), length)
    known, encoded = struct.pack("<HHH", 20, 0, 8) + sizes, name.encode()
    local = b"PK\x03\x04" + known + struct.pack("<HH", len(encoded), 0) + encoded + packed
    entry = struct.pack("<HHHHHII", len(encoded), 0, 0, 0, 0, 0, 0) + encoded
    directory = b"PK\x01\x02" + struct.pack("<H", 20) + known + entry
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def _nested(depth: int) -> bytes:
    data = package({"a.txt": "最里面"})
    for _ in range(depth):
        data = package({f"{place}.zip": data for place in "abc"})
    return data


def _lying(data: bytes) -> bytes:
    """Return a package whose directory says that everything is smaller than it is."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + (7).to_bytes(4, "little") + data[at + 28 :]


def _encrypted_zip() -> bytes:
    data = bytearray(package({"a.txt": "secret"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def _many_members(count: int) -> bytes:
    """Return a package whose directory names very many files."""
    one = package({"000000.txt": ""})
    at = one.rindex(b"PK\x01\x02")
    entry = one[at : one.rindex(b"PK\x05\x06")]
    directory = b"".join(entry.replace(b"000000", b"%06d" % number) for number in range(count))
    # More than 65,535 take the fields of ZIP64.
    whole = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(directory), at)
    there = struct.pack("<IQI", 0, at + len(directory), 1)
    end = struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(directory), at, 0)
    return one[:at] + directory + b"PK\x06\x06" + whole + b"PK\x06\x07" + there + b"PK\x05\x06" + end


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), more, data)


def _pages(*more: bytes, kids: bytes = b"3 0 R", count: int = 1, leaf: bytes = b"") -> list[bytes]:
    return [
        CATALOGUE,
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%b>>" % leaf,
        *more,
    ]


def _pdf_bomb() -> bytes:
    block, checksum = b"BT (a) Tj ET\n" * (MB // 13), 1
    for _ in range(400):
        checksum = zlib.adler32(block, checksum)
    data = b"\x78\x9c" + _repeated(block, 400, b"", b"") + checksum.to_bytes(4, "big")
    return pdf(_pages(_stream(data, b"/Filter/FlateDecode"), leaf=b"/Contents 4 0 R"))


def _pdf_encrypted() -> bytes:
    secret = b"<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>" % (b"ab" * 32, b"cd" * 32)
    trailer = b"/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]"
    return pdf([*_pages(), secret], trailer)


def _sparse(size: int, head: bytes) -> Callable[[Path], None]:
    """Return what writes a file that is long without taking the room."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(size)

    return write


def _dictionary_bomb(path: Path) -> None:
    import pyarrow

    words = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 200_000, pyarrow.int32()), ["长" * 100_000]
    )
    parquet(path, {"text": words})


def _documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    body = f'<w:document xmlns:w="{W}"><w:body>'.encode()
    yield "bomb-member.docx", lambda: _zeros("word/document.xml", 300 * MB)
    yield (
        "bomb-text.docx",
        lambda: _zeros(
            "word/document.xml",
            60 * MB,
            body + b"<w:p><w:r><w:t>",
            b"</w:t></w:r></w:p></w:body></w:document>",
        ),
    )
    yield "entities.docx", lambda: package({"word/document.xml": f"{BOMB_DTD}<d>&i;</d>"})
    yield "deep.docx", lambda: docx("<w:p>" * 400_000)
    yield "paragraphs.docx", lambda: docx("<w:p/>" * 3 * MB)
    yield "attribute.docx", lambda: docx(f'<w:p w:a="{"x" * 30 * MB}"/>')
    yield "encrypted.docx", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    yield "old.docx", lambda: OLE + bytes(4000)
    yield "cut.docx", lambda: docx(paragraph("正文" * 500))[:-200]
    yield "lying.docx", lambda: _lying(docx(paragraph("正文" * 500)))
    yield "utf8.docx", lambda: docx("<w:p/>").replace(b"word", b"w\xffrd")
    yield "picture.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "nothing.docx", lambda: b""


def _web() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "deep.html", lambda: b"<div>" * 200_000 + "深".encode()
    yield "links.html", lambda: b"<a href=x>l</a>" * 700_000
    yield "attribute.html", lambda: b'<p title="' + b"x" * 11 * MB + b'">'
    yield "tables.html", lambda: b"<table><tr><td>" * 30_000 + "表".encode()
    yield "binary.html", lambda: bytes(range(256)) * 4000
    yield "charset.html", lambda: b'<meta charset="no-such">' + bytes(range(128, 256)) * 50
    yield "script.html", lambda: b"<script>while(1){}</script>"
    yield (
        "refresh.html",
        lambda: page("标题\n" + "正文很短。" * 30).replace(
            b"<title>", b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><title>'
        ),
    )
    yield (
        "broken.mht",
        lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" * 2000,
    )
    yield "empty.mht", lambda: b""


def _printed() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "cut.pdf", lambda: pdf(_pages())[:120]
    yield "objects.pdf", lambda: pdf([*_pages(), *[b"null"] * 300_000])
    yield "encrypted.pdf", _pdf_encrypted
    yield "scan.pdf", lambda: pdf(_pages())
    yield "loop.pdf", lambda: pdf([CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"])
    yield "bomb.pdf", _pdf_bomb
    yield "pages.pdf", lambda: pdf(_pages(kids=b"3 0 R " * 300_000, count=300_000))
    yield "count.pdf", lambda: pdf(_pages(count=2_000_000_000))
    yield "arrays.pdf", lambda: pdf([CATALOGUE, b"[" * 500_000])
    yield "junk.pdf", lambda: b"%PDF-1.7\n" + os.urandom(200_000)
    yield (
        "script.pdf",
        lambda: pdf([*_pages(), b"<</S/JavaScript/JS(while\\(true\\){})>>"], b"/Root 1 0 R/OpenAction 4 0 R"),
    )


def _tables() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "bomb.xlsx", lambda: _zeros(SHEET, 420 * MB)
    yield "entities.xlsx", lambda: _workbook(f"{BOMB_DTD}{_rows(_cell('A1', '&i;'))}")
    yield (
        "corner.xlsx",
        lambda: _workbook(
            _rows(f'<row r="1">{_cell("A1", "text")}</row><row r="1048576">{_cell("XFD1048576", "x")}</row>')
        ),
    )
    yield "encrypted.xlsx", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    yield "cut.xlsx", lambda: _workbook(_rows(""))[:-100]
    yield "empty.xlsx", lambda: _workbook(_rows(""))
    yield "repeated.ods", _repeated_ods
    yield "cut.parquet", lambda: b"PAR1" + bytes(400)
    yield "footer.parquet", lambda: b"PAR1" + bytes(40) + (2**31 - 1).to_bytes(4, "little") + b"PAR1"
    yield "quotes.csv", lambda: 'id,text\n1,"没有结束的引号\n'.encode() + b"x," * 100_000
    yield "deep.jsonl", lambda: b"[" * MB
    yield "line.csv", lambda: b"text\n" + b"x" * 20 * MB


def _repeated_ods() -> bytes:
    made = ods([("text",), ("x",)])
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        parts: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
    content = bytes(parts["content.xml"]) if isinstance(parts["content.xml"], bytes) else b""
    parts["content.xml"] = content.replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="900000000">'
    ).replace(b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="9000" ')
    return package(parts)


def _archives() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "nested.zip", lambda: _nested(6)
    yield "bomb.zip", lambda: _zeros("a.txt", 550 * MB)
    yield "encrypted.zip", _encrypted_zip
    yield "lying.zip", lambda: _lying(package({"a.txt": "正文" * 500}))
    yield "members.zip", lambda: _many_members(110_000)
    yield "cut.zip", lambda: package({"a.txt": "正文" * 500})[:-60]
    yield "names.zip", lambda: package({"../../../x.txt": "甲", "/etc/y.txt": "乙", "\x1b[31m\n.txt": "丙"})


def _texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "zeros.txt", lambda: bytes(3 * MB)
    yield "noise.txt", lambda: bytes(range(128, 256)) * 10_000
    yield "\x1b]0;title\x07[red].txt", lambda: b"PK\x03\x04"


_WRITTEN: dict[str, Callable[[Path], None]] = {
    "huge.html": _sparse(100 * MB, b"<p>"),
    "huge.txt": _sparse(900 * MB, b"text"),
    "dictionary.parquet": _dictionary_bomb,
}
HOSTILE: dict[str, Callable[[], bytes]] = {
    **dict(item for group in (_documents, _web, _printed, _tables, _archives, _texts) for item in group()),
    **{name: make for kind in KINDS.values() for name, make in kind.items()},
}
"""What makes each file, by its name."""


def build(folder: Path) -> list[str]:
    """Write all of them to a folder; their names."""
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make())
    for name, write in _WRITTEN.items():
        write(folder / name)
    return [*HOSTILE, *_WRITTEN]
