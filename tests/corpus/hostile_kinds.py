"""More files made to break a reader, by kind: damage to every format; texts, pages and tables that grow."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from random import Random

from tests.corpus.makers import W, damaged_samples, docx, mht, ods, package, paragraph, pdf

__all__ = ["DAMAGE", "KINDS"]

MB = 1_000_000
PARAGRAPH = "坚持党建引领基层治理，推动社会治理重心向基层下移。"


def _swapped(data: bytes) -> bytes:
    even = len(data) // 2 * 2
    return bytes(data[at ^ 1] for at in range(even)) + data[even:]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "half": lambda data: data[: len(data) // 2],
    "without its first byte": lambda data: data[1:],
    "without its last bytes": lambda data: data[:-7],
    "its middle zeroed": lambda data: (
        data[: len(data) // 3] + bytes(len(data) // 3) + data[-len(data) // 3 :]
    ),
    "twice": lambda data: data * 2,
    "with a tail of nothing": lambda data: data + bytes(200_000),
    "bytes swapped": _swapped,
    "its first bytes alone": lambda data: data[:8],
}
"""What may have happened to a file, by its name."""


def _damaged() -> Iterator[tuple[str, Callable[[], bytes]]]:
    samples = damaged_samples(Random(1), 0)
    for suffix, data in samples.items():
        for name, damage in DAMAGE.items():
            yield f"{suffix[1:]} {name}{suffix}", lambda data=data, damage=damage: damage(data)  # type: ignore[misc]


def _disguised() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield files whose names say that they are of another format."""
    samples = damaged_samples(Random(1), 0)
    for said, real in (
        (".pdf", ".docx"),
        (".docx", ".pdf"),
        (".html", ".pdf"),
        (".xlsx", ".docx"),
        (".docx", ".xlsx"),
        (".zip", ".docx"),
        (".parquet", ".zip"),
        (".csv", ".xlsx"),
        (".mht", ".docx"),
        (".ods", ".html"),
        (".jsonl", ".parquet"),
    ):
        yield f"{real[1:]} named {said[1:]}{said}", lambda real=real: samples[real]  # type: ignore[misc]


def _texts() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield texts in which something is repeated without end."""
    for name, atom in {
        "blanks": " ",
        "line ends": "\n",
        "old line ends": "\r",
        "form feeds": "\f",
        "brackets": "（",
        "quotation marks": "“",
        "tags": "<p>",
        "entities": "&nbsp;",
        "ghosts": "領(lǐng)",
        "question marks": "?！",
        "one character": "党",
        "a paragraph": PARAGRAPH,
        "names": "李明、王芳 ",
        "page numbers": "3\n",
        "table cells": "| 党建 ",
        "surrogates in UTF-16": "𠀀",
        "marks above": "e\u0301",
        "right to left": "\u202e党",
    }.items():
        yield f"much of {name}.txt", lambda atom=atom: (atom * (60_000 // len(atom))).encode()  # type: ignore[misc]
    yield "half a character.txt", lambda: PARAGRAPH.encode() * 50 + b"\xe5"
    yield "two encodings.txt", lambda: PARAGRAPH.encode() * 20 + b"\n" + PARAGRAPH.encode("gbk") * 20
    yield "marks of order.txt", lambda: b"\xff\xfe\xfe\xff" * 5000
    yield "UTF-7.txt", lambda: PARAGRAPH.encode("utf-7") * 40
    yield "fields without end.md", lambda: b"---\n" + b"a: &a [*a]\n" * 5000
    yield "fields of themselves.md", lambda: "---\ntitle: &t {a: *t}\n---\n正文。".encode()
    yield "quotations in quotations.md", lambda: b"> " * 20_000 + PARAGRAPH.encode()
    yield "links in links.md", lambda: b"[" * 20_000 + b"](x)" * 20_000
    yield "fences.md", lambda: b"```\n" * 20_001


def _pages_of_the_web() -> Iterator[tuple[str, Callable[[], bytes]]]:
    text = (PARAGRAPH * 20).encode()
    yield "attributes.html", lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(50_000)) + b">" + text
    yield "comments.html", lambda: b"<!--" * 50_000 + text
    yield "unclosed.html", lambda: b"<p><font>" * 150 + text
    yield "entities.html", lambda: b"&amp;" * 100_000 + text
    yield "frames.html", lambda: b"<iframe src='file:///etc/passwd'></iframe>" * 2000 + text
    yield "styles.html", lambda: b"<style>" + b"a{b:c}" * 100_000 + b"</style>" + text
    yield "base.html", lambda: b"<base href='http://127.0.0.1:9/'><img src=a>" + text
    yield "lists.html", lambda: b"<ul><li>" * 120 + text
    yield "titles.html", lambda: b"<title>" + b"_ " * 100_000 + b"</title>" + text
    yield "cells.html", lambda: b"<table><tr>" + b"<td colspan=1000000>a" * 3000 + b"</table>" + text
    yield "raised.html", lambda: b"<sup>1</sup>" * 50_000 + text
    yield "controls.html", lambda: b"<p>" + b"\x02" * 50_000 + text
    yield "boundary.mht", lambda: mht(PARAGRAPH * 30).replace(b"boundary=", b"boundary*0=") * 3
    yield (
        "base64.mht",
        lambda: (
            b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
            + b"=" * 100_000
        ),
    )
    yield "headers.mht", lambda: b"A: b\n" * 100_000 + mht(PARAGRAPH)


def _word_documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    head = f'<w:document xmlns:w="{W}"><w:body>'
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    nested = "<w:tbl><w:tr><w:tc>"
    yield "outside.docx", lambda: package({"word/document.xml": f"{outside}<d>&x;</d>"})
    yield "tables.docx", lambda: docx(nested * 3000 + paragraph("里") + "</w:tc></w:tr></w:tbl>" * 3000)
    yield "runs.docx", lambda: docx("<w:p>" + "<w:r><w:t>党</w:t></w:r>" * 100_000 + "</w:p>")
    yield "tabs.docx", lambda: docx("<w:p><w:r>" + "<w:tab/>" * 100_000 + "</w:r></w:p>")
    yield "breaks.docx", lambda: docx("<w:p><w:r>" + "<w:br/>" * 100_000 + "</w:r></w:p>")
    yield "fields.docx", lambda: docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 20_000)
    yield "two bodies.docx", lambda: package({"word/document.xml": head * 2})
    yield (
        "UTF-16.docx",
        lambda: package({"word/document.xml": f"{head}</w:body></w:document>".encode("utf-16")}),
    )
    yield "no document.docx", lambda: package({"word/other.xml": head})
    yield "names.docx", lambda: package({"../../word/document.xml": head, "word/document.xml": head})


def _tables() -> Iterator[tuple[str, Callable[[], bytes]]]:
    row = f'1,"{PARAGRAPH}"\n'
    yield "one quote.csv", lambda: f'id,text\n1,"{row * 3000}'.encode()
    yield "quotes.tsv", lambda: b'text\n"' + b'"' * 100_000
    yield "ragged.csv", lambda: ("id,text\n" + "".join("," * (n % 300) + "\n" for n in range(5000))).encode()
    yield "empty rows.csv", lambda: b"id,text\n" + b"\n" * 300_000
    yield "equal rows.csv", lambda: f"id,text\n{row * 500}".encode()
    yield "nul.csv", lambda: f"id,text\n1,\0{PARAGRAPH}\n".encode()
    yield "objects.jsonl", lambda: b'{"text":' * 50_000 + b"1" + b"}" * 50_000
    yield "numbers.jsonl", lambda: b'{"text": "a", "n": ' + b"9" * 100_000 + b"}"
    yield "exponents.jsonl", lambda: b'{"text": "a", "id": 1e999999999}\n' * 100
    yield "keys.jsonl", lambda: ('{"text": "' + PARAGRAPH + '"' + ', "text": "b"' * 20_000 + "}").encode()
    yield "surrogates.jsonl", lambda: b'{"text": "\\ud800\\udc00\\ud800"}\n' * 100
    yield "wide.ods", lambda: ods([["text"] * 17_000, ["x"]])
    yield "many.ods", lambda: ods([["text"]] + [["x"]] * 1000)


def _printed_and_packed() -> Iterator[tuple[str, Callable[[], bytes]]]:
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%b>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    yield "size.pdf", lambda: pdf([catalogue, tree, leaf.replace(b"600 800", b"1e30 1e30") % b""])
    yield "itself.pdf", lambda: pdf([catalogue, tree, leaf % b"/Contents 3 0 R"])
    yield (
        "filters.pdf",
        lambda: pdf(
            [
                catalogue,
                tree,
                leaf % b"/Contents 4 0 R",
                b"<</Length 9/Filter[%b]>>stream\n123456789\nendstream" % (b"/FlateDecode" * 5000),
            ]
        ),
    )
    yield "strings.pdf", lambda: pdf([catalogue, tree, leaf % (b"/A(" + b"(" * 200_000)])
    yield "names.pdf", lambda: pdf([b"/" + b"A" * 500_000])
    yield "start.pdf", lambda: pdf([catalogue, tree, leaf % b""]).replace(b"startxref\n", b"startxref\n9")
    yield "same names.zip", lambda: package({"a.txt": PARAGRAPH}) + package({"a.txt": PARAGRAPH})
    yield "folders.zip", lambda: package({"a/" * 2000 + "b.txt": PARAGRAPH})
    yield (
        "devices.zip",
        lambda: package({"CON.txt": "甲", "a/NUL.txt": "乙", "b\\c.txt": "丙", "d:e.txt": "丁"}),
    )
    yield "link.zip", _link
    yield "names of other letters.zip", lambda: package({"é.txt": "甲", "e\u0301.txt": "乙", "É.TXT": "丙"})


def _link() -> bytes:
    """Return a package with a symbolic link to a file outside of it."""
    data = package({"passwd.txt": "/etc/passwd"})
    at = data.rindex(b"PK\x01\x02")
    return (
        data[: at + 4]
        + b"\x14\x03"
        + data[at + 6 : at + 38]
        + struct.pack("<I", 0o120777 << 16)
        + data[at + 42 :]
    )


# ruff: noqa: PLW0108 (each makes its text only when it is called)
KINDS: dict[str, dict[str, Callable[[], bytes]]] = {
    "damaged": dict(_damaged()),
    "disguised": dict(_disguised()),
    "repetition": dict(_texts()),
    "pages": dict(_pages_of_the_web()),
    "Word": dict(_word_documents()),
    "tables": dict(_tables()),
    "PDF and archives": dict(_printed_and_packed()),
}
"""What makes each file, by kind and name."""
