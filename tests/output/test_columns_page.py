"""``docs/columns.md`` says what the row classes say."""

from __future__ import annotations

import os

from pdtool.citations.rows import CitationRow, CiteRow
from pdtool.concordance.rows import OccurrenceRow
from pdtool.engine.rows import IndexedFileRow, IndexFactRow
from pdtool.frequencies.rows import FrequencyRow, NewWordRow
from pdtool.inspection.rows import EditRow, FieldRow, InspectRow
from pdtool.keywords.rows import KeynessRow, KeywordRow
from pdtool.network.rows import EdgeRow, NodeRow
from pdtool.normalise.splices.detection import SpliceRow
from pdtool.reuse.group_summary import GroupSummaryRow
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow
from pdtool.rows import Kind, columns
from pdtool.similarity.rows import SimilarityRow
from pdtool.terms.dictionary import Entry
from pdtool.themes.rows import AgreementRow, GroupRow, SectionRow, SuggestionRow, TermRow, ThemeRow
from pdtool.topics import rows as topic_rows
from tests.commandline import ROOT

PAGE = ROOT / "docs" / "columns.md"

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


def _shown(name: str) -> str:
    return f"*{name}*" if name == GROUP_COLUMNS else f"`{name}`"


def columns_page() -> str:
    """Describe every table in Markdown."""
    sections = [INTRODUCTION]
    for command, row_type in TABLES.items():
        doc = (row_type.__doc__ or "").strip().replace("``", "`")
        every = columns(row_type, (GROUP_COLUMNS,))
        lines = [f"| {_shown(c.name)} | {c.kind.value} | {c.help} |" for c in every]
        head = ["| column | kind | what it says |", "|---|---|---|"]
        sections.append(
            "\n".join([f"## `{command}`", "", f"One row: {doc[:1].lower()}{doc[1:]}", "", *head, *lines, ""])
        )
    return "\n".join(sections)


def test_the_page_is_what_the_row_classes_say() -> None:
    """The page cannot drift: ``PDTOOL_UPDATE_GOLDEN=1`` rewrites it."""
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(columns_page(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == columns_page()


def test_every_kind_of_cell_is_explained() -> None:
    """The table of kinds names each of them."""
    assert all(f"\n| {kind.value} |" in INTRODUCTION for kind in Kind)
