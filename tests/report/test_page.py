"""The page: what it shows equals what the commands print, and nothing in it does anything."""

from __future__ import annotations

import base64
import gzip
import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdtool.data_files import data_toml
from pdtool.normalise.pipeline import SCRIPT_STEPS, STEPS
from pdtool.output.cells import as_percent
from pdtool.report.html.page import page
from pdtool.report.html.safe import html, script_json
from pdtool.report.html.tables import LONGEST, SHOWN
from pdtool.report.html.words import Language, meanings, words_of
from pdtool.report.model import Report
from pdtool.rows import columns
from tests.commandline import run
from tests.report.conftest import report_of
from tests.report.reading import PageReader, read_csv, read_page

COMMANDS = {
    "corpus": ["inspect"],
    "pairs": ["dedupe"],
    "documents": ["dedupe", "--by", "document"],
    "passages": ["dedupe", "--by", "passage"],
    "similarity": ["compare"],
    "corpus_keywords": ["keywords", "--level", "corpus", "--top", "30"],
    "keywords": ["keywords"],
    "frequencies": ["freq", "--trend"],
    "coword": ["network", "--top", "40"],
    "themes": ["themes"],
}


@pytest.fixture(scope="module")
def english(seed_report: Report) -> PageReader:
    """Return the page of the sample corpus, parsed."""
    return read_page(page(seed_report, Language.EN))


_SHOWN_COLUMNS = tomllib.loads(
    files("pdtool").joinpath("data/report/shown_columns.toml").read_text(encoding="utf-8")
)
CHOSEN = {key: table["columns"] for key, table in _SHOWN_COLUMNS.items()}
PERCENT = {key: table.get("percent", ()) for key, table in _SHOWN_COLUMNS.items()}


def as_cell(text: str, name: str) -> str:
    """Return what a table shows of a cell; none of the sample corpus needs a guard."""
    cut = text if len(text) <= LONGEST or name == "reason" else text[:LONGEST] + "…"
    return cut.replace("\r", r"\r").replace("\n", r"\n")


def as_share(shown: str, name: str) -> str:
    """Return a cell of the page as the command writes it: a probability of 4e-7 has four decimals there."""
    return f"{float(shown):.4f}" if name in {"p", "q"} and "e" in shown else shown


@pytest.mark.parametrize("key", COMMANDS)
def test_every_table_is_the_commands_own(key: str, english: PageReader) -> None:
    """The bytes to be saved are those the command writes; the cells that are shown are its cells."""
    command, *options = COMMANDS[key]
    printed = run([command, "seeds", *options, "--format", "csv"]).stdout.decode()
    assert english.csv(key) == printed
    header, *rows = read_csv(printed)
    shown, *cells = english.tables[key]
    places = [header.index(name) for name in shown]
    percent = {name for name in shown if name in PERCENT.get(key, ())}
    assert [list(map(as_share, row, shown)) for row in cells] == [
        [
            as_percent(float(row[at])) if header[at] in percent and row[at] else as_cell(row[at], header[at])
            for at in places
        ]
        for row in rows
    ]
    assert len(cells) > 0
    assert not [
        name
        for name in header
        if name not in shown
        and name in CHOSEN.get(key, header)
        and any(row[header.index(name)] for row in rows)
    ]


def test_what_sets_a_document_apart_is_its_keyness_against_the_others(english: PageReader) -> None:
    """Each document's rows equal those of the command that compares it with all the others."""
    rows = read_csv(english.csv("apart"))
    docs = sorted({row[0] for row in rows[1:]})
    assert len(docs) == 5
    for doc in docs:
        against = [part for other in docs if other != doc for part in ("--against", f"seeds/{other}")]
        arguments = ["keywords", f"seeds/{doc}", "--method", "keyness", *against, "--format", "csv"]
        assert [rows[0], *(row for row in rows if row[0] == doc)] == read_csv(run(arguments).stdout.decode())


def test_the_figures_outside_tables_are_in_the_tables(seed_report: Report, english: PageReader) -> None:
    """Every figure of the head and the charts equals a cell, or a sum of cells, of a command's table."""
    corpus = read_csv(english.csv("corpus"))
    column = {name: place for place, name in enumerate(corpus[0])}
    characters = sum(int(row[column["chars"]]) for row in corpus[1:])
    repaired = sum(
        int(row[column[name]]) for row in corpus[1:] for name in ("furniture_chars", "repaired_chars")
    )
    figures = re.findall(r'<span class="figure">([^<]+)</span>', page(seed_report, Language.EN))
    keep = sum(row[2] != "drop" for row in read_csv(english.csv("documents"))[1:])
    pairs = len(read_csv(english.csv("pairs"))) - 1
    assert figures == [f"{n:,}" for n in (5, characters, pairs, keep, repaired)]
    similarity = {(a, b): value for a, b, value, _ in read_csv(english.csv("similarity"))[1:]}
    drawn = seed_report.similarity
    assert drawn is not None
    for row, doc in enumerate(drawn.docs):
        for column_number, other in enumerate(drawn.docs):
            if doc < other:
                assert f"{drawn.cells[row][column_number]:.4f}" == similarity[doc, other]
    themes = {(row[0], row[1]): (row[2], row[3]) for row in read_csv(english.csv("themes"))[1:]}
    shown = english.shown
    for doc, cells in zip(seed_report.themes.docs, seed_report.themes.cells, strict=True):
        for cell in cells:
            count, rate = themes[doc, cell.theme]
            assert str(cell.count) == count
            assert f"{cell.rate:.4f}" == rate
            if cell.count:
                assert f"{doc} · {cell.theme}: {rate} ({cell.count:,})" in shown


def test_both_languages_say_the_same_things(seed_report: Report) -> None:
    """The two catalogues have the same names with the same gaps, and every name is used."""
    catalogue = tomllib.loads(
        files("pdtool").joinpath("data/report/strings.toml").read_text(encoding="utf-8")
    )
    gaps = {
        language: {name: sorted(set(re.findall(r"\{\w+\}", text))) for name, text in texts.items()}
        for language, texts in catalogue.items()
    }
    assert gaps["en"] == gaps["zh"]
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("data/report", "report/html")
        for path in Path(str(files("pdtool").joinpath(folder))).glob("*")
        if path.suffix in {".j2", ".py", ".js"}
    )
    composed = re.compile(r"^(kind|severity|relation|pair|way|class|setting)_|_title$")
    assert [name for name in gaps["en"] if not composed.search(name) and name not in sources] == []
    assert '<html lang="zh-Hans">' in page(seed_report, Language.ZH)
    assert '<html lang="en">' in page(seed_report, Language.EN)


def test_every_kind_of_repair_has_a_name_in_both_languages() -> None:
    """The page has a word for every step, so that a corpus with any repair has a report."""
    steps = [*STEPS, *(step for some in SCRIPT_STEPS.values() for step in some)]
    kinds = {step.kind for step in steps} | {"shared_block", "vocabulary", "splice"}
    for language in Language:
        assert all(words_of(language)[f"kind_{kind}"] for kind in kinds)


def test_every_rule_that_is_named_has_a_chinese_name() -> None:
    """No name of the code stands in a Chinese page: rules of furniture, of page numbers and of ghosts."""
    forms, pages = data_toml("furniture.toml"), data_toml("page_markers.toml")
    names = [form["name"] for form in (*forms["line"], *pages["marker"])]
    names += ["reading", "habit", "known", "running_number", "form_feed", "shared_block"]
    assert [name for name in names if not words_of(Language.ZH).rule(name)] == []
    assert words_of(Language.ZH).rule("no_such_rule") == ""


def test_every_column_has_a_meaning_in_both_languages(seed_report: Report) -> None:
    """The glossary explains each column of each table; the Chinese one is complete and has nothing beside."""
    for table in seed_report.tables.values():
        names = [column.name for column in columns(table.row_type)]
        assert list(meanings(table.row_type, Language.ZH)) == names
    shown = read_page(page(seed_report, Language.ZH)).shown
    assert "段落在甲的原始文本中的起点" in shown


def test_nothing_is_asked_of_the_network(seed_report: Report) -> None:
    """The policy forbids everything but this style and this script, and no element names an address."""
    text = page(seed_report, Language.EN)
    reader = read_page(text)
    policy = next(
        attributes["content"] or ""
        for tag, attributes in reader.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    for tag, attributes in reader.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert not {"src", "style", "srcset", "action"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    assert "http:" not in text.replace("http://www.w3.org", "")
    assert "https:" not in text


def test_links_lead_to_places_of_the_page(english: PageReader) -> None:
    """Every link names an element that is there, and no two elements have one id."""
    ids = [attributes["id"] for _, attributes in english.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    links = [href[1:] for _, attributes in english.tags if (href := attributes.get("href"))]
    assert links
    assert set(links) <= set(ids)


HOSTILE = {
    "<script>alert(1)</script>.txt": "</script><script>document.title='owned'</script>",
    "quo\"te'&amp;.txt": "\"onmouseover='x' <img src=x onerror=alert(1)> &lt;b&gt; {{ 7*7 }} {% raw %}",
    "[/b][bold]right\u202eto-left.txt": "[/b] \u202egnp.exe\u202c \u2066x\u2069 <!-- --!> ]]>",
    "esc\x1b[31m.txt": "\x00\x07\x1b[31mred\x7f\x9b \u2028\u2029 \ufeff \u200b",
}
_LINE = "基层治理现代化是国家治理体系的重要组成部分,坚持党建引领,服务群众,推动社区发展。"


def hostile_folder(folder: Path) -> None:
    """Write texts, names and titles that try to break out, with lone surrogates in one more document."""
    lines = [
        json.dumps({"id": name, "title": text, "text": f"{text}\n{_LINE * 3}{number}"})
        for number, (name, text) in enumerate(HOSTILE.items())
    ]
    lines.append('{"id": "sur\\ud800rogate", "title": "\\udfff", "text": "a\\ud800b ' + _LINE * 3 + '"}')
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return the report of a hostile corpus."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_folder(folder)
    return report_of(folder)


@pytest.mark.parametrize("language", Language)
def test_hostile_texts_and_names_do_nothing_and_are_seen(hostile_report: Report, language: Language) -> None:
    """The page has the scripts it would have anyway, no foreign element, and shows what was tried."""
    text = page(hostile_report, language)
    text.encode()
    reader = read_page(text)
    scripts = [attributes for tag, attributes in reader.tags if tag == "script"]
    assert len([attributes for attributes in scripts if "type" not in attributes]) == 1
    assert {tag for tag, _ in reader.tags} & {"img", "b:", "iframe"} == set()
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)
    for character in "\x00\x07\x1b\x7f\x9b\u2028\u2029\u202e\u202c\u2066\u2069\u200b\ufeff":
        assert character not in text
    shown = reader.shown
    for seen in (
        *("<script>alert(1)</script>.txt", r"[/b][bold]right\u202eto-left.txt", r"esc\x1b[31m.txt"),
        *("</script><script>document.title='owned'</script>", r"\u202egnp.exe\u202c", r"sur\ud800rogate"),
        *("{{ 7*7 }} {% raw %}", r"\x00\x07\x1b[31mred\x7f\x9b"),
    ):
        assert seen in shown


def test_hostile_tables_are_saved_as_the_commands_write_them(hostile_report: Report) -> None:
    """What is saved of a hostile corpus is guarded and escaped as any CSV of pdtool."""
    reader = read_page(page(hostile_report, Language.EN))
    rows = read_csv(reader.csv("corpus"))
    assert len(rows) == 6
    assert any("<script>alert(1)</script>" in row[0] for row in rows)
    assert any(r"sur\ud800rogate" in row[0] for row in rows)


@given(st.text(st.characters(codec=None), max_size=200))
def test_html_and_script_data_hold_any_text(text: str) -> None:
    """Whatever a text holds: as data it comes back whole, as markup it begins no tag and can be encoded."""
    data = script_json(text)
    assert json.loads(data) == text
    assert not {"<", ">", "&", "\u2028"} & set(data)
    data.encode()
    shown = html(text)
    shown.encode()
    assert "<" not in shown
    assert "\u202e" not in shown


def test_rows_beyond_the_first_wait(seed_report: Report) -> None:
    """A long table draws its first rows; the others are there and in their order, but not drawn."""
    text = page(seed_report, Language.EN)
    table = text[text.index('id="table-themes"') :]
    table = table[: table.index("</table>")]
    drawn, _, waiting = table.partition("<script")
    assert drawn.count("<tr>") == SHOWN + 1
    data = waiting.partition(">")[2].partition("<")[0]
    assert (
        gzip.decompress(base64.b64decode(data)).count(b"<tr>")
        == len(seed_report.tables["themes"].rows) - SHOWN
    )


def test_essentials_need_no_script(english: PageReader) -> None:
    """Folds are details, links are anchors, and what only the script can do is hidden without it."""
    for tag, attributes in english.tags:
        if tag == "button" or attributes.get("class") == "filter":
            continue
        assert "hidden" not in attributes or tag == "button"
    buttons = [attributes for tag, attributes in english.tags if tag == "button"]
    assert buttons
    assert all("js" in (attributes.get("class") or "").split() for attributes in buttons)
    assert sum(tag == "details" for tag, _ in english.tags) > 10
