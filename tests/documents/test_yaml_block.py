"""What is known about a document, written above its text, reads back as it was and is no text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pdtool.corpus.readers.yaml_fields import fields_of
from pdtool.documents.fields.container import stated_fields
from pdtool.documents.fields.describe import Description, describe
from pdtool.documents.fields.field import FIELDS, LISTS, Field, Origin
from pdtool.documents.fields.yaml_block import yaml_block
from pdtool.documents.load import load_corpus
from pdtool.documents.mapping import body_of
from pdtool.normalise.layout.markdown import markdown
from pdtool.output.escaping import encodable
from pdtool.text.yaml_head import LONGEST_HEAD, yaml_head

HOSTILE = (
    *("---", "- a", "# b", "a: b", "'", '"', "yes", "null", "2021", "2021-03-05", "1e3", "=1+1", "*a", "&a"),
    *(
        "[a",
        "{a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "\\",
        "\x1b[31m",
        "\u2028a",
        "\x85",
        "\ud800",
        "😀",
        "~",
        "0x1",
    ),
)
values = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=20), st.text("甲乙、；:#- \"'\n\t", max_size=12)
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(values, min_size=1, max_size=3)))
def test_whatever_is_known_reads_back(said: dict[str, list[str]]) -> None:
    """Every value, however hostile, is the same again; lone surrogates, which no file holds, are escapes."""
    fields = [
        Field(name, value, Origin.HEAD, 0.8)
        for name in FIELDS
        for value in said.get(name, [])[: None if name in LISTS else 1]
    ]
    block = yaml_block(Description(tuple(fields)))
    span = yaml_head(f"{block}正文。")
    assert span is not None and span[1] + len("---\n") == len(block)
    expected = [(field.name, plain(field.value, field.name)) for field in fields]
    found = [(field.name, field.value) for field in stated_fields(fields_of(f"{block}正文。"))]
    assert found == [(name, value) for name, value in expected if value]


def plain(value: str, name: str) -> str:
    """Return a value in one line, as it can be written."""
    line = " ".join(encodable(value).split())
    return line.replace("; ", "；") if name in LISTS else line


@given(st.text("#* _`>-[]()甲\n", max_size=60))
def test_the_block_makes_no_markdown_of_the_text(text: str) -> None:
    """What follows the block is taken for Markdown where it would be without it, and only there."""
    block = yaml_block(Description((Field("title", "某通知", Origin.HEAD, 0.8),)))
    assert markdown(block + text).applied_to(block + text) == markdown(text).applied_to(text)


def test_a_long_abstract_is_left_out() -> None:
    """The block stays short enough to be read back; the title stays in it."""
    fields = [
        Field("title", "某论文", Origin.HEAD, 0.8),
        Field("abstract", "长" * LONGEST_HEAD, Origin.HEAD, 0.8),
    ]
    said = fields_of(yaml_block(Description(tuple(fields))))
    assert said["title"] == "某论文" and "abstract" not in said


def test_what_stands_there_counts_and_nothing_else(tmp_path: Path) -> None:
    """A value that was put right by hand is taken as it is; the text below is not asked again."""
    text = "某县人民政府关于水源的通知\n某政发〔2021〕4号\n各乡镇：\n请照办。\n某县人民政府\n2021年3月5日\n"
    head = "---\ndescribed_by: pdtool\ntitle: 水源通知\ndate: 2020-01\nyear: 2020\n---\n"
    path = tmp_path / "a.txt"
    path.write_text(head + text, encoding="utf-8", newline="")
    document = next(load_corpus([path]))
    known = describe(document)
    assert [(field.name, field.value) for field in known.fields] == [
        ("title", "水源通知"),
        ("date", "2020-01"),
        ("year", "2020"),
    ]
    assert document.text == text and "described_by" not in body_of(document)
