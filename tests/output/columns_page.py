"""The pages ``docs/columns.md`` and ``docs/columns.zh.md``, made of the row classes.

What they say of each table and column stands in the code, in English; a catalogue has the Chinese of it,
sentence by sentence, for the report too.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pdtool.citations.rows import CitationRow, CiteRow
from pdtool.concordance.rows import OccurrenceRow
from pdtool.engine.rows import IndexedFileRow, IndexFactRow
from pdtool.frequencies.rows import FrequencyRow, NewWordRow
from pdtool.inspection.rows import EditRow, FieldRow, InspectRow
from pdtool.keywords.rows import KeynessRow, KeywordRow
from pdtool.language import Language
from pdtool.network.rows import EdgeRow, NodeRow
from pdtool.normalise.splices.detection import SpliceRow
from pdtool.output.labels import label
from pdtool.output.wrapping import wrapped
from pdtool.reuse.group_summary import GroupSummaryRow
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow
from pdtool.rows import Column, columns
from pdtool.similarity.rows import SimilarityRow
from pdtool.terms.dictionary import Entry
from pdtool.themes.rows import AgreementRow, GroupRow, SectionRow, SuggestionRow, TermRow, ThemeRow
from pdtool.topics import rows as topic_rows
from tests.commandline import ROOT
from tests.language.catalogue import FOLDER

PAGE = ROOT / "docs" / "columns.md"
CHINESE_PAGE = ROOT / "docs" / "columns.zh.md"
PO, MO = FOLDER / "columns.po", FOLDER / "columns.mo"
HEADER = """\
# What tables and columns mean, in Chinese: the sentences of the row classes, for docs/columns.zh.md and the
# report. Terms as in docs/glossary.md.
#"""

TABLES: dict[str, type] = {
    "pdtool dedupe": PairRow,
    "pdtool dedupe --by passage": PassageRow,
    "pdtool dedupe --by variant": VariantRow,
    "pdtool dedupe --by document": DocumentRow,
    "pdtool dedupe --by group": GroupSummaryRow,
    "pdtool inspect": InspectRow,
    "pdtool inspect --by edit": EditRow,
    "pdtool inspect --by field": FieldRow,
    "pdtool inspect --by splice": SpliceRow,
    "pdtool clean --edits": EditRow,
    "pdtool keywords": KeywordRow,
    "pdtool keywords --method keyness": KeynessRow,
    "pdtool compare": SimilarityRow,
    "pdtool freq": FrequencyRow,
    "pdtool freq --new": NewWordRow,
    "pdtool network": EdgeRow,
    "pdtool network --by node": NodeRow,
    "pdtool topics": topic_rows.TermRow,
    "pdtool topics --by document": topic_rows.DocumentRow,
    "pdtool topics --by group": topic_rows.GroupRow,
    "pdtool topics --by sentence": topic_rows.SentenceRow,
    "pdtool topics --by model": topic_rows.ModelRow,
    "pdtool themes": ThemeRow,
    "pdtool themes --by term": TermRow,
    "pdtool themes --by section": SectionRow,
    "pdtool themes --group-by": GroupRow,
    "pdtool index info": IndexFactRow,
    "pdtool index verify": IndexedFileRow,
    "pdtool cite": CiteRow,
    "pdtool cite --by edge": CitationRow,
    "pdtool themes --show-dictionary": Entry,
    "pdtool themes --suggest": SuggestionRow,
    "pdtool themes --agreement": AgreementRow,
    "pdtool kwic": OccurrenceRow,
}

INTRODUCTION = """# Columns

What the tables of each command hold. Columns keep their names and places; new ones are added at the end.

| kind | in CSV, TSV, Markdown and tables | in JSON Lines | in Excel |
|---|---|---|---|
| text | as it is; in CSV and TSV guarded by a leading `'` where a spreadsheet would take it for a formula, \
unless `--plain` | string | text |
| count | whole number, or empty | number or `null` | number |
| share | number with 4 decimals, or empty | number or `null` | number |
| flag | `yes` or `no` | `true` or `false` | text |
| list | joined by `; ` | array of strings | text |

CSV follows RFC 4180; for spreadsheets it begins with a byte order mark and ends lines with CRLF, with
`--plain` it does neither. In TSV a row is one line: tab, line feed, carriage return and backslash in a cell
are written `\\t`, `\\n`, `\\r` and `\\\\`.

All offsets are half-open and count the characters (Unicode code points) of the text as it was read.
"""


GROUP_COLUMNS = "group columns"
"""What stands in the page for columns that only a run knows."""


def _shown(name: str, groups: str = GROUP_COLUMNS) -> str:
    return f"*{groups}*" if name == GROUP_COLUMNS else f"`{name}`"


CHINESE_INTRODUCTION = """# 表格各列

各命令的表格里有什么。列名和位置不会改变，新的列加在最后。“中文名”是中文界面下终端和 Excel 的列名
（`--headers`），“列”是 CSV、JSON Lines 和程序所用的名称。

| 类型 | CSV、TSV、Markdown 和终端表格 | JSON Lines | Excel |
|---|---|---|---|
| 文本 | 照原样；在 CSV 和 TSV 中，电子表格会当作公式的，前面加 `'`，`--plain` 除外 | 字符串 | 文本 |
| 整数 | 整数，或为空 | 数字或 `null` | 数字 |
| 小数 | 四位小数，或为空 | 数字或 `null` | 数字 |
| 是否 | `yes` 或 `no` | `true` 或 `false` | 文本 |
| 列表 | 用 `; ` 连接 | 字符串数组 | 文本 |

CSV 遵照 RFC 4180；为便于电子表格打开，文件以字节顺序标记开头，行尾为 CRLF；用 `--plain` 时两者都没有。TSV
中一行就是一行：单元格内的制表符、换行、回车和反斜线写作 `\\t`、`\\n`、`\\r` 和 `\\\\`。

所有位置都是左闭右开的区间，按读入文本的字符（Unicode 码位）计数。
"""
COLUMNS = 110
"""The columns of a line of prose."""
CHINESE_KINDS = {"text": "文本", "count": "整数", "share": "小数", "flag": "是否", "list": "列表"}


def described() -> Iterator[tuple[str, tuple[str, ...], tuple[Column, ...]]]:
    """Yield each table: its command, what one row is, in paragraphs, and its columns."""
    for command, row_type in TABLES.items():
        about = cleandoc(row_type.__doc__ or "").replace("``", "`").split("\n\n")
        paragraphs = tuple(" ".join(part.split("\n")) for part in about)
        yield command, paragraphs, columns(row_type, (GROUP_COLUMNS,))


def columns_page() -> str:
    """Describe every table in Markdown."""
    sections = [INTRODUCTION]
    for command, (doc, *more), every in described():
        lines = [f"| {_shown(c.name)} | {c.kind.value} | {c.help} |" for c in every]
        head = ["| column | kind | what it says |", "|---|---|---|"]
        said = [f"One row: {doc[:1].lower()}{doc[1:]}", "", *_paragraphs(more)]
        sections.append("\n".join([f"## `{command}`", "", *said, *head, *lines, ""]))
    return "\n".join(sections)


def chinese_columns_page(catalogue: Catalog) -> str:
    """Describe every table in Chinese, with the labels of its columns."""
    said = {message.id: str(message.string) for message in catalogue}
    sections = [CHINESE_INTRODUCTION]
    for command, (doc, *more), every in described():
        lines = [
            f"| {_shown(c.name, '分组列')} | {_label(c)} | {CHINESE_KINDS[c.kind.value]} | {said[c.help]} |"
            for c in every
        ]
        head = ["| 列 | 中文名 | 类型 | 含义 |", "|---|---|---|---|"]
        about = [f"每行：{said[doc]}", "", *_paragraphs([said[part] for part in more])]
        sections.append("\n".join([f"## `{command}`", "", *about, *head, *lines, ""]))
    return "\n".join(sections)


def _paragraphs(texts: list[str]) -> list[str]:
    return [line for text in texts for line in (*wrapped(text, COLUMNS), "")]


def _label(column: Column) -> str:
    return "" if column.name == GROUP_COLUMNS else label(column, Language.ZH)


def sentences() -> list[str]:
    """Return what the pages say of tables and columns, each sentence once."""
    found = [text for _, about, every in described() for text in (*about, *(c.help for c in every))]
    return list(dict.fromkeys(found))


def kept_catalogue() -> Catalog:
    """Return the catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def fresh_catalogue(kept: Catalog) -> Catalog:
    """Return a catalogue of all sentences, with the translations that are kept."""
    fresh = Catalog(locale="zh", domain="columns", project="pdtool", header_comment=HEADER, fuzzy=False)
    for sentence in sentences():
        known = kept.get(sentence)
        fresh.add(sentence, known.string if known is not None else "")
    return fresh
