"""Pages of few and of many documents in a real browser: where links land, what fits, print and language."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pdtool.report.html.page import page
from pdtool.report.html.words import Language
from pdtool.report.model import Report
from tests.commandline import ROOT, run
from tests.report.browser import Browser
from tests.report.conftest import report_of
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

MANY = {61: 700, 1_329: 160}
"""Documents of a page, and the characters of each."""
TOPICS = {61: 5, 1_329: None}
"""Topics of these pages."""
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
_PAPER = 1032
"""Pixels between the margins of A4 on its side: 297 − 24 mm at 96 to the inch."""


def corpus_of(folder: Path, count: int, size: int) -> None:
    """Write documents of several years, one in ten the copy of another."""
    folder.mkdir()
    names, forms = sorted(subjects()), sorted(genres())
    copies = count // 10
    texts = [
        generate(names[n % len(names)], forms[n % len(forms)], size, n).text for n in range(count - copies)
    ]
    texts += [text[: len(text) * 5 // 6] for text in texts[:copies]]
    for number, text in enumerate(texts):
        name = f"{2010 + number % 12}年第{number}号_关于某一件事情的政策文件的通知.txt"
        (folder / name).write_text(text, encoding="utf-8")


class Many(dict[int, Path]):
    """Chinese pages by the number of their documents, each made when it is first needed."""

    def __init__(self, scratch: Path) -> None:
        super().__init__()
        self._scratch = scratch

    def __missing__(self, count: int) -> Path:
        corpus_of(self._scratch / str(count), count, MANY[count])
        path = self[count] = self._scratch / f"{count}.html"
        made = page(report_of(self._scratch / str(count), TOPICS[count]), Language.ZH)
        path.write_text(made, encoding="utf-8", newline="")
        return path


@pytest.fixture(scope="module")
def many(scratch: Path) -> Many:
    """Return pages of many documents."""
    return Many(scratch)


@pytest.fixture(scope="module")
def pages(scratch: Path) -> dict[str, Path]:
    """Return the pages that the command writes of the sample corpus, by language: reasons follow it too."""
    written = {language.value: scratch / f"seeds-{language.value}.html" for language in Language}
    for name, path in written.items():
        assert (
            run(["report", "seeds", "-q", "--topics", "3", "-o", str(path), "--lang", name], ROOT).returncode
            == 0
        )
    return written


_FOLLOW = """
const done = arguments[0], named = new Set();
for (const link of document.querySelectorAll('a[href^="#"]')) {
  if (!link.dataset.passage && link.className !== 'skip') named.add(link.getAttribute('href').slice(1));
}
const all = [...named], step = Math.max(1, Math.floor(all.length / 60));
const chosen = all.filter((_, place) => place % step === 0);
const bar = document.querySelector('.toc');
const missed = [];
(async () => {
  for (const name of chosen) {
    location.hash = '';
    scrollTo(0, 0);
    location.hash = '#' + name;
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    const box = document.getElementById(name).getBoundingClientRect();
    const covered = getComputedStyle(bar.querySelector('ul')).display === 'flex' ? bar.offsetHeight : 0;
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const isHigh = box.top < innerHeight / 2 || (atEnd && box.top < innerHeight);
    if (!box.height || box.top < covered - 2 || !isHigh) missed.push([name, box.top, box.height, covered]);
  }
  done([chosen.length, missed]);
})();
"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", MANY)
def test_links_land_where_they_say(browser: Browser, many: Many, count: int, size: str) -> None:
    """Sixty links of all parts of the page, folds included: what they name is in sight, and nothing on it."""
    browser.show(many[count], *SIZES[size])
    followed, missed = browser.driver.execute_async_script(_FOLLOW)
    assert followed >= 60
    assert missed == []


_DEAD = (
    "[...new Set([...document.querySelectorAll('a[href^=\"#\"]')]"
    ".map(link => link.getAttribute('href').slice(1)))]"
    ".filter(name => !document.getElementById(decodeURIComponent(name)))"
)


@pytest.mark.parametrize("count", MANY)
def test_no_link_is_dead(browser: Browser, many: Many, count: int) -> None:
    """Whatever a link of the page names is there, numbers of passages included."""
    browser.show(many[count], *SIZES["desk"])
    assert browser.ask(_DEAD) == []


_TOO_WIDE = (
    "[...document.querySelectorAll('.scroll, .chart')].filter(box => box.scrollWidth > box.clientWidth)"
    ".map(box => [box.parentElement.id, box.className, box.scrollWidth, box.clientWidth])"
)
_EMPTY = (
    "[...document.querySelectorAll('.table table')].flatMap(table => [...table.tHead.rows[0].cells]"
    ".filter((head, place) => [...table.tBodies[0].rows].every(row => row.cells[place].textContent === ''))"
    ".map(head => table.closest('.table').id + ' ' + head.textContent))"
)


@pytest.mark.parametrize("count", MANY)
def test_tables_and_charts_fit_a_desk(browser: Browser, many: Many, count: int) -> None:
    """At 1,280 pixels nothing has to be moved sideways; titles and reasons are in view; no column is bare."""
    browser.show(many[count], *SIZES["desk"])
    assert browser.ask(_TOO_WIDE) == []
    heads = "[...document.querySelectorAll('#table-{} th')].map(head => head.firstChild.data)"
    assert "标题" in browser.ask(heads.format("corpus"))
    assert "理由" in browser.ask(heads.format("pairs"))
    if count < 100:  # Else the rows that hold something may be among those that wait.
        assert browser.ask(_EMPTY) == []
    shares = browser.ask(
        "[...document.querySelectorAll('#table-pairs td:nth-child(5)')].map(cell => cell.textContent)"
    )
    assert shares
    assert all(re.fullmatch(r"[\d.]+ %", share) for share in shares)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tables_of_the_sample_corpus_fit_in_both_languages(
    browser: Browser, pages: dict[str, Path], language: str
) -> None:
    """English headings are longer than Chinese ones, and fit as well."""
    browser.show(pages[language], *SIZES["desk"])
    assert browser.ask(_TOO_WIDE) == []
    assert browser.ask(_EMPTY) == []


@pytest.mark.parametrize("language", list(Language))
def test_tables_with_every_column_filled_fit(
    browser: Browser, seed_report: Report, scratch: Path, language: Language
) -> None:
    """Laws whose issuers and dates are known, and copies whose names were swapped: the widest tables."""
    law = {"title": "上海市人民代表大会常务委员会规范性文件备案审查条例", "issuer": ("上海市人民政府",)}
    more = {**law, "date": "2020-05-14", "genre": "条例", "furniture_chars": 12_345, "repaired_chars": 12_345}
    swapped = {"swapped_names": ("浦东新区/京山市 ×15", "上海市/荆门市 ×3"), "matched_chars": 12_345}
    filled = {"corpus": more, "pairs": swapped}
    tables = {
        key: replace(table, rows=[replace(row, **filled.get(key, {})) for row in table.rows])
        for key, table in seed_report.tables.items()
    }
    path = scratch / f"filled-{language}.html"
    path.write_text(page(replace(seed_report, tables=tables), language), encoding="utf-8", newline="")
    browser.show(path, *SIZES["desk"])
    heads = browser.ask(
        "['corpus', 'pairs'].map(key => document.querySelectorAll(`#table-${key} th`).length)"
    )
    assert heads == [11, 8]
    assert browser.ask(_TOO_WIDE) == []


def test_findings_come_before_repairs(browser: Browser, pages: dict[str, Path]) -> None:
    """What was found stands before what was repaired; the corpus's own keywords before those of each."""
    browser.show(pages["zh"])
    order = browser.ask("[...document.querySelectorAll('.chapter')].map(chapter => chapter.id)")
    assert order.index("reuse") < order.index("keywords") < order.index("themes") < order.index("repairs")
    keywords = browser.ask(
        "[...document.querySelectorAll('#keywords [id]')].map(part => part.id)"
        ".filter(id => /^(table|cards)/.test(id))"
    )
    assert keywords == ["table-corpus_keywords", "cards", "table-keywords", "table-apart"]
    assert not browser.ask("document.querySelector('.cards').closest('details').open")


def test_many_documents_weigh_little(many: Many) -> None:
    """The page of 1,329 documents stays below 8 MB."""
    assert many[1_329].stat().st_size < 8_000_000


def test_rows_that_wait_are_drawn_when_asked_for(browser: Browser, many: Many) -> None:
    """More rows, a filter and an order reach the rows that wait compressed."""
    browser.show(many[61])
    rows = "document.querySelectorAll('#table-keywords tbody tr').length"
    assert browser.ask(rows) == 100
    browser.click("#table-keywords .more")
    browser.wait(f"{rows} === 300")
    last = browser.ask("document.querySelector('#table-corpus tbody tr:last-child td').textContent")
    browser.one("#table-keywords .filter").send_keys(last)
    browser.wait(f"{rows} > 0 && {rows} <= 10")
    assert browser.complaints() == []


# Print ------------------------------------------------------------------------------------------------


def printed(browser: Browser) -> list[tuple[tuple[int, int], str]]:
    """Return the size of each printed page in points, and its text."""
    made = browser.command("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    document = pypdfium2.PdfDocument(base64.b64decode(made["data"]))
    found = []
    for number in range(len(document)):
        sheet = document[number]
        wide, high = sheet.get_size()
        found.append(((round(wide), round(high)), sheet.get_textpage().get_text_range()))
    document.close()
    return found


def test_it_prints(browser: Browser, pages: dict[str, Path]) -> None:
    """A4 on its side; no buttons and no contents; heads of tables again on every page; dark is light."""
    browser.show(pages["zh"], dark=True)
    sheets = printed(browser)
    assert {size for size, _ in sheets} == {(842, 595)}
    text = re.sub(r"\s", "", "".join(text for _, text in sheets))
    for gone in ("存为CSV", "筛选", "下一处异文", "跳到段落", "同步滚动", "快捷键", "◐"):
        assert gone not in text
    for there in ("每篇文档的去留", "没有其他文档包含它", "研究方法", "Dunning,T.(1993)"):
        assert there in text
    of_themes = [
        text for _, text in sheets if "每千字次数" in text and "党的领导" in text and "004_c6d8" in text
    ]
    assert of_themes


def test_nothing_is_cut_on_paper(browser: Browser, pages: dict[str, Path], many: Many) -> None:
    """As wide as paper is, no table, chart or text stands over, and no button is there."""
    for path in (pages["en"], pages["zh"], many[61]):
        browser.show(path, _PAPER, 760)
        browser.command("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            assert browser.ask(_TOO_WIDE) == []
            assert browser.ask("document.documentElement.scrollWidth") <= _PAPER
            assert browser.ask(
                "[...document.querySelectorAll('button')].every(one => !one.checkVisibility())"
            )
            boxes = "[...document.querySelectorAll('.scroll, .pane .text')]"
            assert browser.ask(f"{boxes}.every(box => box.scrollHeight <= box.clientHeight + 1)")
        finally:
            browser.command("Emulation.setEmulatedMedia", {"media": ""})


# Language ---------------------------------------------------------------------------------------------

_LATIN = """
const own = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const box = node.parentElement;
  // Code, ids and what documents say are not the page's own words; the English paragraph is meant to be.
  if (box.closest('code, pre, script, .id, .brand, h1, td, [lang=en], .text, .examples, .card')) continue;
  if (box.closest('.named, svg .mono')) continue;
  const said = node.data.replace(/\\S+\\.txt/g, '');
  for (const word of said.match(/[A-Za-z][A-Za-z-]{2,}/g) || []) own.add(word);
}
return [...own].sort();
"""
_NAMES = frozenset(
    (
        *("pdtool", "CSV", "JSON", "TF-IDF", "FracMinHash", "jieba", "idf", "sgn", "UTC"),
        *("Ochiai", "Callon", "Mann", "Kendall", "Gries", "Irber", "Salton", "Buckley", "Dunning"),
        *("Rayson", "Garside", "Benjamini", "Hochberg", "Benjamini-Hochberg", "Mann-Kendall"),
        *("Leiden", "Traag", "Sen", "TSV", "Lines", "count", "together"),
        *("LDA", "Blei", "Jordan", "Hoffman", "Bach"),
    )
)
"""Names of people, methods, formats, and of columns in a formula, which Chinese has no others for."""


def test_chinese_throughout(browser: Browser, pages: dict[str, Path]) -> None:
    """On the Chinese page every word of the page's own is Chinese, but for names."""
    browser.show(pages["zh"])
    found = set(browser.driver.execute_script(_LATIN))
    assert sorted(found - _NAMES) == []
