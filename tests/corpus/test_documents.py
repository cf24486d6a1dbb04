"""Word documents, web pages, PDFs, spreadsheets, tables and archives are read as what a reader sees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pdtool.corpus.parsing import parser_process
from pdtool.corpus.read import read
from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.scan import scan
from pdtool.corpus.source import RawDocument
from pdtool.errors import InputError, Severity
from pdtool.normalise.pipeline import normalise
from tests.corpus.makers import W, docx, mht, ods, package, page, paragraph, parquet, pdf, sheet
from tests.texts import generate

FIXTURES = Path(__file__).parents[1] / "cases" / "corpus"
PAGES = 3
SHOWN = '<w:vanish w:val="0"/>'
TEXT = generate("express", "report", 900, 4).text


def _documents(path: Path, options: ReadOptions | None = None) -> dict[str, RawDocument]:
    with scan([path], options or ReadOptions()) as corpus:
        assert not [problem for problem in corpus.problems if problem.severity is Severity.ERROR]
        return {source.id: read(source) for source in corpus.reading_order}


def _one(path: Path) -> RawDocument:
    (document,) = _documents(path).values()
    return document


def _word(tmp_path: Path, body: str, **more: object) -> RawDocument:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(body, **more))  # type: ignore[arg-type]
    return _one(path)


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_word_paragraphs_headings_and_tables_in_their_order(tmp_path: Path) -> None:
    """A paragraph is a line, a row's cells are separated by tabs, a cell of several paragraphs stays one."""
    cell = "<w:tc>{}</w:tc>".format
    row = "<w:tr>{}</w:tr>".format
    table = "<w:tbl><w:tblPr/>{}</w:tbl>".format(
        row(cell(paragraph("指标")) + cell(paragraph("完成")))
        + row(cell(paragraph("绿化") + paragraph("面积")) + cell(paragraph("九成")))
    )
    document = _word(
        tmp_path, paragraph("总则", "Heading1") + paragraph("第一段。") + table + paragraph("末段。")
    )
    assert document.raw == "总则\n第一段。\n指标\t完成\n绿化 面积\t九成\n末段。\n"


def test_word_leaves_out_what_nobody_reads(tmp_path: Path) -> None:
    """Deleted, moved-away and hidden text, field codes, readings over characters, fallbacks of text boxes."""
    body = (
        f"<w:p>{_run('保留')}<w:del>{_run('删去')}<w:r><w:delText>删去</w:delText></w:r></w:del>"
        f"<w:ins>{_run('插入')}</w:ins><w:moveFrom>{_run('移走')}</w:moveFrom><w:moveTo>{_run('移来')}</w:moveTo>"
        f"{_run('隐藏', '<w:vanish/>')}{_run('可见', SHOWN)}"
        f"<w:r><w:instrText> PAGE </w:instrText></w:r>"
        f"<w:r><w:ruby><w:rt>{_run('dǎo')}</w:rt><w:rubyBase>{_run('导')}</w:rubyBase></w:ruby></w:r>"
        f"<mc:AlternateContent><mc:Choice>{_run('新')}</mc:Choice><mc:Fallback>{_run('旧')}</mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    assert _word(tmp_path, body).raw == "保留插入移来可见导新\n"


def test_word_notes_come_at_the_page_break_or_the_end(tmp_path: Path) -> None:
    """Footnotes and endnotes are lines of their own; page breaks are form feeds; separators are no notes."""

    def notes(kind: str, text: str) -> str:
        return (
            f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator" w:id="0">{paragraph("线")}</w:{kind}>'
            f'<w:{kind} w:id="2">{paragraph(text)}</w:{kind}></w:{kind}s>'
        )

    parts = {
        "word/footnotes.xml": notes("footnote", "注一"),
        "word/endnotes.xml": notes("endnote", "注二"),
    }
    body = (
        '<w:p><w:r><w:t>上页</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        '<w:p><w:r><w:br w:type="page"/><w:t>下页</w:t><w:tab/><w:t>续</w:t><w:br/><w:t>行</w:t>'
        '<w:endnoteReference w:id="2"/></w:r></w:p>' + paragraph("末段")
    )
    assert _word(tmp_path, body, parts=parts).raw == "上页\n注一\n\f下页\t续\n行\n末段\n注二\n"


def test_word_text_boxes_follow_their_paragraph(tmp_path: Path) -> None:
    """Text in a box stands behind the paragraph it is anchored to, not in the middle of it."""
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('框内')}</w:txbxContent></w:pict></w:r>"
    body = f"<w:p>{_run('前半')}{box}{_run('后半')}</w:p>" + paragraph("下段")
    assert _word(tmp_path, body).raw == "前半后半\n框内\n下段\n"


def _level(index: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _numbered(text: str, level: int, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_run(text)}</w:p>"


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">'
    + _level(0, "chineseCountingThousand", "第%1章", '<w:pStyle w:val="1"/>')
    + _level(1, "chineseCounting", "%2、")
    + _level(2, "chineseCounting", "（%3）")
    + _level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + _level(0, "decimal", "%1.")
    + _level(1, "bullet", "•")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="8"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    '<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="1"/></w:style>'
    "</w:styles>"
)


def test_word_numbers_of_lists_are_text(tmp_path: Path) -> None:
    """Numbers by style, by paragraph and by both; a higher level begins the lower ones anew; no bullets."""
    parts = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}
    none = '<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    former = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:pPrChange>'
    body = [
        paragraph("总则", "1"),
        _numbered("目的", 1),
        _numbered("范围", 1),
        _numbered("城区", 2),
        _numbered("条款", 3),
        paragraph("管理", "b"),
        _numbered("职责", 1),
        _numbered("2020年起", 0, 2),
        _numbered("其次", 0, 2),
        _numbered("点", 1, 2),
        _numbered("重起", 0, 3),
        f"{none}{_run('无号')}</w:p>",
        f"<w:p><w:pPr>{former}</w:pPr>{_run('去号')}</w:p>",
        paragraph("正文"),
    ]
    lines = ["第一章 总则", "一、目的", "二、范围", "（一）城区", "1.1 条款", "第二章 管理", "一、职责"]
    lines += ["1. 2020年起", "2. 其次", "点", "5. 重起", "无号", "去号", "正文"]
    assert _word(tmp_path, "".join(body), parts=parts).raw.splitlines() == lines


def test_word_raised_figures_are_set_apart(tmp_path: Path) -> None:
    """The mark of a note is no digit of the figure before it, in however many runs it stands."""
    up = '<w:vertAlign w:val="superscript"/>'
    runs = [
        *(("面积12", ""), ("1", up), (",", up), ("2", up), ("万亩，绿地3 km", ""), ("2", up)),
        *(("，水", ""), ("2", '<w:vertAlign w:val="subscript"/>'), ("号", "")),
    ]
    body = f"<w:p>{''.join(_run(*run) for run in runs)}</w:p>"
    assert _word(tmp_path, body).raw == "面积12[1,2]万亩，绿地3 km²，水2号\n"


def test_word_properties_go_to_meta(tmp_path: Path) -> None:
    """Title and author, unless a program wrote them there by itself."""
    document = _word(tmp_path, paragraph("正文"), title="工作 报告 ", author="张三")
    assert dict(document.meta) == {"title": "工作 报告", "author": "张三"}
    document = _word(tmp_path, paragraph("正文"), title="Microsoft Word - 1.doc", author="Administrator")
    assert dict(document.meta) == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "damaged, or not a Word document", id="empty"),
        pytest.param(b"PK\x03\x04 cut off", "damaged, or not a Word document", id="cut off"),
        pytest.param(package({"a.txt": "x"}), "holds no word/document.xml", id="another package"),
        pytest.param(docx("<w:p>"), "damaged, or not a Word document", id="broken XML"),
        pytest.param(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old Office document", id="a .doc"),
        pytest.param(
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
            id="encrypted",
        ),
        pytest.param(
            package({"word/document.xml": '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'}),
            "DTD",
            id="entities",
        ),
    ],
)
def test_word_documents_that_cannot_be_read_say_why(tmp_path: Path, data: bytes, message: str) -> None:
    """Each is one error with something to try."""
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with scan([path]) as corpus, pytest.raises(InputError, match=message) as caught:
        read(corpus.sources[0])
    assert caught.value.hint


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_page_gives_its_article_alone(tmp_path: Path, charset: str) -> None:
    """Navigation, links, forms, scripts and the foot of the page are gone; every paragraph is there."""
    path = tmp_path / "a.html"
    path.write_bytes(page(TEXT, charset))
    document = _one(path)
    found = document.raw.split()
    assert [line for line in TEXT.split() if line not in found] == []
    for furniture in ("首页", "办事服务", "请输入关键词", "统计代码", "分享到", "备案号", "相关链接"):
        assert furniture not in document.raw


def test_a_page_saved_with_its_files(tmp_path: Path) -> None:
    """An .mht is the page in it."""
    path = tmp_path / "a.mht"
    path.write_bytes(mht(TEXT))
    assert [line for line in TEXT.split() if line not in _one(path).raw.split()] == []


def test_a_page_without_an_article_gives_what_it_shows(tmp_path: Path) -> None:
    """Short notices are not emptied; a warning says that all was taken; what shows no text is an error."""
    path = tmp_path / "a.htm"
    shown = "<table><tr><td>时间</td><td>周一</td></tr></table><p>停水</p>"
    path.write_text(f"<html><body>{shown}", encoding="utf-8")
    document = _one(path)
    assert document.raw == "| 时间 | 周一 |\n停水\n"
    assert "no article" in document.warnings[0]
    path.write_text("<html><body><script>x</script></body>", encoding="utf-8")
    with pytest.raises(InputError, match="shows no text"):
        _one(path)


def test_a_page_in_another_encoding_is_read_as_it_says(tmp_path: Path) -> None:
    """What the bytes do not tell, the page's own word does."""
    path = tmp_path / "a.html"
    text = "日本語の文章です。これは文字コードの判定を試すための短い例文です。" * 4
    path.write_bytes(f'<meta charset="shift_jis"><p>{text}</p>'.encode("shift_jis"))
    assert text in _one(path).raw


ROWS: Sequence[Sequence[str]] = (
    ("编号", "标题", "正文"),
    ("甲", "题一", "第一篇，说城市。\n第二行"),
    ("乙", "", "第二篇"),
)


def test_spreadsheets_are_tables(tmp_path: Path) -> None:
    """A row is a document, ids and titles as in CSV, cells as they are, numbers without a point."""
    sheet(tmp_path / "a.xlsx", [*ROWS, (3, 2.5, "=1+1")])
    found = _documents(tmp_path / "a.xlsx")
    assert {name: document.raw for name, document in found.items()} == {
        "a.xlsx#甲": "第一篇，说城市。\n第二行",
        "a.xlsx#乙": "第二篇",
        "a.xlsx#3": "=1+1",
    }
    assert [dict(document.meta) for document in found.values()] == [{"title": "题一"}, {}, {"title": "2.5"}]
    assert {document.source.path for document in found.values()} == {str(tmp_path / "a.xlsx")}


def test_opendocument_and_parquet_tables(tmp_path: Path) -> None:
    """The same rows come back from both; columns that hold no text are left out."""
    (tmp_path / "b.ods").write_bytes(ods(ROWS))
    parquet(
        tmp_path / "c.parquet",
        {name: [row[place] for row in ROWS[1:]] for place, name in enumerate(ROWS[0])} | {"v": [[1], [2]]},
    )
    expected = {"甲": "第一篇，说城市。\n第二行", "乙": "第二篇"}
    for name in ("b.ods", "c.parquet"):
        found = _documents(tmp_path / name)
        assert {key.partition("#")[2]: document.raw for key, document in found.items()} == expected
    named = ReadOptions(text_column="标题", id_column="正文")
    assert "c.parquet#第二篇" in _documents(tmp_path / "c.parquet", named)


def test_a_text_that_takes_too_much_memory_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a Parquet table whose one row is as large as a library; a thousand megabytes are 150 here."""
    monkeypatch.setattr(parser_process, "_MEMORY", 50 << 20)
    columns = pa.table({"text": ["第一篇", "法" * 50_000_000]})
    pq.write_table(columns, tmp_path / "a.parquet", compression="zstd")
    with scan([tmp_path / "a.parquet"]) as corpus:
        (problem,) = corpus.problems
    assert problem.message.startswith("holds a row that takes more memory than a document may")
    assert "divide its text" in problem.hint


def test_a_table_without_a_text_column_says_which_columns_it_has(tmp_path: Path) -> None:
    """As for CSV."""
    sheet(tmp_path / "a.xlsx", [("a", "b"), ("1", "2")])
    with scan([tmp_path / "a.xlsx"]) as corpus:
        (problem,) = corpus.problems
    assert "its columns: a, b" in problem.message


def test_a_pdf_gives_its_pages() -> None:
    """Lines in their order, a form feed between pages; heads and page numbers go when it is normalised."""
    raw = _one(FIXTURES / "pages.pdf").raw
    pages = raw.split("\f")
    assert len(pages) == PAGES
    assert all(page.startswith("东江市政策研究") for page in pages)
    truth = "".join((FIXTURES / "pages.txt").read_text(encoding="utf-8").split())
    clean = normalise(raw)
    assert "".join(clean.text.split()) == truth
    assert len(clean.text.splitlines()) == len((FIXTURES / "pages.txt").read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"%PDF-1.7\n", "damaged, or not a PDF", id="cut off"),
        pytest.param(b"no PDF", "damaged, or not a PDF", id="a text"),
        pytest.param(
            pdf(
                [
                    b"<</Type/Catalog/Pages 2 0 R>>",
                    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
                ]
            ),
            r"holds no text \(1 page",
            id="a scan",
        ),
    ],
)
def test_pdfs_that_cannot_be_read_say_why(tmp_path: Path, data: bytes, message: str) -> None:
    """Damage and pictures of text are told apart."""
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        _one(path)
    assert caught.value.hint


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    """Ids are paths inside it, archives in it are folders too, what is hidden or not read is left out."""
    inner = _zip({"乙.docx": docx(paragraph("内层"))})
    members = {"子/甲.txt": "甲文".encode("gbk"), "x.rar": b"", ".git/a.txt": b"", "内.zip": inner}
    (tmp_path / "a.zip").write_bytes(_zip(members))
    with scan([tmp_path]) as corpus:
        assert {source.id: read(source).raw for source in corpus.sources} == {
            "a.zip/内.zip/乙.docx": "内层\n",
            "a.zip/子/甲.txt": "甲文",
        }
        assert {source.name for source in corpus.sources} == {
            f"{tmp_path}/a.zip/内.zip/乙.docx",
            f"{tmp_path}/a.zip/子/甲.txt",
        }
        (note,) = corpus.problems
        assert (note.severity, ".rar 1" in note.message) == (Severity.NOTE, True)


def test_names_in_an_archive_are_read_in_their_encoding(tmp_path: Path) -> None:
    """Windows wrote names in GBK without saying so."""
    raw = "关于城市管理的意见.txt".encode("gbk")
    placeholder = "x" * (len(raw) - 4) + ".txt"
    data = _zip({placeholder: "正文".encode()}).replace(placeholder.encode(), raw)
    (tmp_path / "a.zip").write_bytes(data)
    assert list(_documents(tmp_path / "a.zip")) == ["a.zip/关于城市管理的意见.txt"]


def test_names_in_an_archive_lead_nowhere_else(tmp_path: Path) -> None:
    """Paths upwards, absolute ones and Windows' separators are names inside it."""
    (tmp_path / "a.zip").write_bytes(_zip({"../../e.txt": b"a", "/etc/b.txt": b"b", "c\\d.txt": b"c"}))
    assert sorted(_documents(tmp_path / "a.zip")) == ["a.zip/c/d.txt", "a.zip/e.txt", "a.zip/etc/b.txt"]


def test_a_member_without_a_name_harms_no_other(tmp_path: Path) -> None:
    """It has no suffix by which it could be read, and is told like others of that kind."""
    (tmp_path / "a.zip").write_bytes(_zip({"a.txt": "正文".encode(), "": b"x"}))
    with scan([tmp_path]) as corpus:
        assert [source.id for source in corpus.sources] == ["a.zip/a.txt"]
        (note,) = corpus.problems
        assert "no suffix 1" in note.message


def test_a_file_is_parsed_once_a_run_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later passes find the text in the run's private folder, failures too; closing removes it."""
    (tmp_path / "a.docx").write_bytes(docx(paragraph("正文")))
    (tmp_path / "b.docx").write_bytes(b"no package")
    asked: list[str] = []

    def counted(kind: str, path: str, out: Path, **more: object) -> None:
        asked.append(Path(path).name)
        parser_process.parse_file(kind, path, out, **more)

    monkeypatch.setattr("pdtool.corpus.parse_cache.parse_file", counted)
    with scan([tmp_path]) as corpus:
        good, bad = corpus.sources
        assert good.spool is not None
        folder = Path(good.spool)
        assert folder.stat().st_mode & 0o077 == 0
        assert [read(good).raw for _ in range(3)] == ["正文\n"] * 3
        for _ in range(2):
            with pytest.raises(InputError):
                read(bad)
    assert asked == ["a.docx", "b.docx"]
    assert not folder.exists()


def test_raised_figures_of_a_pdf_are_set_apart() -> None:
    """Small raised digits are marks of notes, never digits of the figure before them."""
    raw = _one(FIXTURES / "raised.pdf").raw
    for said in ("增加12[1]万亩", "达到350[2]万立方米", "提高3[3]个百分点", "\n1 数据来自"):
        assert said in raw
