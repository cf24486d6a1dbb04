"""Thirty reports of two provinces in three years, as Word files and PDFs: what a paper starts from."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.corpus.makers import docx, paragraph, pdf
from tests.texts.grammar import Writer

__all__ = ["PROVINCES", "YEARS", "write_reports"]

PROVINCES = ("浙江省", "湖北省")
YEARS = (2021, 2022, 2023)
EACH = 5
"""Reports of one province in one year."""
_SENTENCES = (
    "坚持党建引领基层治理，把服务送到群众身边。",
    "数字政府建设取得新进展，政务服务网上可办率达到{share}%。",
    "数字政府与营商环境一起推进，企业办事少跑腿。",
    "乡村振兴扎实推进，生态环境持续改善。",
)
_LINE = 36
"""Characters of a line of a PDF."""
_PAGE = 40
"""Lines of a page of a PDF."""


def write_reports(folder: Path) -> None:
    """Write the reports into a folder: half of them Word files, half of them PDFs.

    Args:
        folder: Where; it is made.
    """
    folder.mkdir(parents=True)
    for number, (province, year, which) in enumerate(
        (province, year, which) for province in PROVINCES for year in YEARS for which in range(1, EACH + 1)
    ):
        text = _report(province, year, Random(f"{province} {year} {which}"))
        name = f"{province}{year}年政府工作报告{which}"
        if number % 2:
            (folder / f"{name}.pdf").write_bytes(_printed(text))
        else:
            (folder / f"{name}.docx").write_bytes(docx("".join(map(paragraph, text.split("\n")))))


def _report(province: str, year: int, rng: Random) -> str:
    writer = Writer(rng.choice(("schools", "roads", "eldercare", "rivers")), rng)
    paragraphs = []
    for _ in range(6):
        said = [writer.sentence("report") for _ in range(3)]
        # Each year the subjects of the paper are spoken of more often.
        said += rng.choices(_SENTENCES, k=year - YEARS[0] + 1)
        rng.shuffle(said)
        paragraphs.append("".join(said).replace("{share}", str(rng.randint(60, 99))))
    day = f"{year}年{rng.randint(1, 3)}月{rng.randint(1, 28)}日"
    return "\n".join([f"{province}{year}年政府工作报告", *paragraphs, f"{province}人民政府", day])


def _printed(text: str) -> bytes:
    """Return a PDF of a text in a Chinese font that every reader of PDF knows by name."""
    title, *body, issuer, day = text.split("\n")
    # As such reports are printed: paragraphs are indented, the signature stands at the right.
    printed = [title, *(f"\u3000\u3000{paragraph}" for paragraph in body)]
    printed += [line.rjust(_LINE - 2, "\u3000") for line in (issuer, day)]
    lines = [line[start : start + _LINE] for line in printed for start in range(0, len(line), _LINE)]
    pages = [lines[start : start + _PAGE] for start in range(0, len(lines), _PAGE)]
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 2>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
        b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    kids = b" ".join(b"%d 0 R" % (4 + 2 * page) for page in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids),
        font,
    ]
    for page in pages:
        shown = b"".join(b"<%b> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in page)
        content = b"BT /F1 12 Tf 16 TL 70 780 Td\n" + shown + b"ET"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (len(objects) + 2)
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    return pdf(objects)
