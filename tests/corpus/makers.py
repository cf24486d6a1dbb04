"""Files of every format, made here from texts of the tests."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import xlsxwriter

__all__ = [
    "W",
    "damaged",
    "damaged_samples",
    "docx",
    "mht",
    "ods",
    "package",
    "page",
    "paragraph",
    "parquet",
    "pdf",
    "printed",
    "sheet",
]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{}</w:body></w:document>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}'
    "</dc:creator></cp:coreProperties>"
)


def package(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of WordprocessingML, in two runs as Word often makes them."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    half = len(text) // 2
    runs = (
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:half], text[half:])
    )
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def docx(body: str, title: str = "", author: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word document.

    Args:
        body: WordprocessingML of its body.
        title: Its title in the file's properties.
        author: Likewise.
        parts: More parts of the package, such as ``word/footnotes.xml``.
    """
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": _BODY.format(body),
            "docProps/core.xml": _CORE.format(escape(title), escape(author)),
            **(parts or {}),
        }
    )


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def printed(text: str, head: str, size: tuple[int, int] = (11906, 16838)) -> bytes:
    """Return a Word document that prints a head and a page number on every page.

    Args:
        text: Paragraphs, one per line.
        head: What stands at the top of every page.
        size: Width and height of the page in twentieths of a point.
    """
    section = (
        f'<w:sectPr><w:headerReference xmlns:r="{_OFFICE}" w:type="default" r:id="r8"/>'
        f'<w:footerReference xmlns:r="{_OFFICE}" w:type="default" r:id="r9"/>'
        '<w:pgSz w:w="{}" w:h="{}"/></w:sectPr>'.format(*size)
    )
    dashes = [f'<w:r><w:t xml:space="preserve">{dash}</w:t></w:r>' for dash in ("- ", " -")]
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{kind}1.xml"/>'
        for number, kind in ((8, "header"), (9, "footer"))
    )
    kinds = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{_PARTS}.{kind}+xml"/>'
        for kind in ("header", "footer")
    )
    start, _, end = _RELATIONS.partition("<Relationship ")
    parts = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph(head)}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}"><w:p>{dashes[0]}{_FIELD}{dashes[1]}</w:p></w:ftr>',
        "word/_rels/document.xml.rels": start + relations + end[end.index("</Relationships>") :],
        "[Content_Types].xml": _TYPES.replace("</Types>", f"{kinds}</Types>"),
    }
    return docx("".join(map(paragraph, text.splitlines())) + section, parts=parts)


_PAGE = Path(__file__).parents[1] / "cases" / "corpus" / "page.html"
"""Written for these tests, after the make of the sites of city governments."""


def page(text: str, charset: str = "utf-8") -> bytes:
    """Return a text as an article in the page of a government's site; its first line is the title."""
    title, *rest = text.splitlines()
    paragraphs = "\n".join(f"<p>　　{html.escape(line)}</p>" for line in rest if line.strip())
    parts = {"{charset}": charset, "{title}": html.escape(title), "{paragraphs}": paragraphs}
    made = _PAGE.read_text(encoding="utf-8")
    for place, part in parts.items():
        made = made.replace(place, part)
    return made.encode(charset)


def mht(text: str, charset: str = "gb18030") -> bytes:
    """Return the same page as a browser saves it with all its files."""
    message = EmailMessage()
    message["Subject"] = "page"
    message.make_related()
    part = EmailMessage()
    part.set_content(page(text, charset), "text", "html", cte="quoted-printable", params={"charset": charset})
    message.attach(part)
    return message.as_bytes()


def sheet(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """Write rows, the header first, as a workbook."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        table = book.add_worksheet("Sheet1")
        for place, row in enumerate(rows):
            table.write_row(place, 0, row)


def parquet(path: Path, columns: Mapping[str, Sequence[object]]) -> None:
    """Write columns as a Parquet table."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(dict(columns)), path)


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as an OpenDocument spreadsheet."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        for row in rows
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
        f'"{urn}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return package({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<</Size %d %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def damaged(data: bytes, rng: Random, times: int) -> bytes:
    """Return bytes that were changed, cut out, doubled or cut off at this many places."""
    out = bytearray(data)
    for _ in range(times):
        at = rng.randrange(len(out) + 1)
        size = rng.choice((1, 1, 2, 4, 16, 200))
        piece = bytes(rng.randrange(256) for _ in range(size))
        kinds = (piece, b"", bytes(out[at : at + size]) * 2, b"\xff" * size, b"\0" * size)
        out[at : at + size] = rng.choice(kinds)
        if rng.random() < 0.05:
            del out[at:]
    return bytes(out)


SAMPLE = "城市管理条例\n为加强城市管理，保障公共秩序，根据有关规定，制定本条例。\n" * 3
"""What the samples of all formats say."""


def damaged_samples(rng: Random, times: int, text: str = SAMPLE) -> dict[str, bytes]:
    """Return a small file of every format by its suffix, damaged at this many places (0: sound)."""
    rows = [("id", "正文"), ("1", text)]
    with TemporaryDirectory() as folder:
        place = Path(folder)
        sheet(place / "a.xlsx", rows)
        parquet(place / "a.parquet", {"id": ["1"], "text": [text]})
        samples = {path.suffix: path.read_bytes() for path in place.iterdir()}
    fixtures = Path(__file__).parents[1] / "cases" / "corpus"
    samples |= {
        ".txt": text.encode("gb18030"),
        ".csv": f'id,text\n1,"{text}"\n'.encode(),
        ".jsonl": b'{"text": "a long enough text, in one line"}\n',
        ".docx": docx("".join(map(paragraph, text.splitlines())), "题", "名"),
        ".html": page(text * 2, "gb18030"),
        ".mht": mht(text * 2),
        ".ods": ods(rows),
        ".zip": package({"a.txt": text}),
        ".pdf": (fixtures / "pages.pdf").read_bytes(),
    }
    return {suffix: damaged(data, rng, times) for suffix, data in samples.items()}
