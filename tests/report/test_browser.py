"""The page in a real browser with the network off: it works, asks for nothing, and everyone can use it."""

from __future__ import annotations

import json
import re
import time
from importlib.resources import files
from pathlib import Path

import pytest

from pdtool.report.html.page import page
from pdtool.report.html.words import Language
from pdtool.report.model import Report
from tests.commandline import run
from tests.report.browser import Browser
from tests.report.conftest import report_of
from tests.report.test_page import COMMANDS, HOSTILE, hostile_folder
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

_CONTROLS = 'a[href], button, input, summary, [tabindex="0"]'
SIZES = ((1280, 900), (390, 844))


@pytest.fixture(scope="module")
def pages(scratch: Path, seed_report: Report) -> dict[str, Path]:
    """Return the pages of the sample corpus by language."""
    written = {language.value: scratch / f"{language.value}.html" for language in Language}
    for name, path in written.items():
        path.write_text(page(seed_report, Language(name)), encoding="utf-8", newline="")
    return written


def brightness(browser: Browser) -> float:
    """Return how bright the paper is, 0 to 255."""
    colour = browser.ask("getComputedStyle(document.body).backgroundColor")
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_in_every_dress_and_asks_for_nothing(
    browser: Browser, pages: dict[str, Path], language: str, size: tuple[int, int], dark: bool
) -> None:
    """In both languages, wide and narrow, light and dark: nothing to complain of, no sideways scroll."""
    browser.requests()
    browser.show(pages[language], *size, dark=dark)
    assert browser.complaints() == []
    assert browser.requests() == [pages[language].as_uri()]
    assert (brightness(browser) < 60) is dark
    assert browser.ask("document.documentElement.scrollWidth") == size[0]
    assert browser.ask("document.documentElement.lang") == ("zh-Hans" if language == "zh" else "en")


def test_the_policy_stops_what_the_page_does_not_need(browser: Browser, pages: dict[str, Path]) -> None:
    """A request that a script would make is refused by the page's own policy, without going out."""
    browser.show(pages["en"])
    browser.requests()
    browser.do(
        "document.onsecuritypolicyviolation = event => { window.refused = event.effectiveDirective };"
        "fetch('http://127.0.0.1:9/x').catch(() => {})"
    )
    browser.wait("window.refused === 'connect-src'")
    assert not any(url.startswith("http") for url in browser.requests())
    browser.complaints()


def test_a_pair_leads_to_its_passages_in_both_panes(browser: Browser, pages: dict[str, Path]) -> None:
    """From the row of a pair to its texts; a chip and a number in a text move both panes to the passage."""
    browser.show(pages["en"])
    browser.do("document.getElementById('pair-1').open = false")
    browser.click("#table-pairs td:nth-child(3) a")
    browser.wait("document.getElementById('pair-1').open")
    browser.click("#pair-1 .chip:nth-of-type(2)")
    inside = (
        "[...document.querySelectorAll('#pair-1 .text')].every((pane, side) => {"
        "  const mark = document.getElementById('p1' + 'ab'[side] + {n});"
        "  const box = pane.getBoundingClientRect(), place = mark.getBoundingClientRect();"
        "  return mark.classList.contains('flash') && place.top >= box.top && place.top < box.bottom; })"
    )
    browser.wait(inside.replace("{n}", "2"))
    assert browser.ask("document.querySelector('#pair-1 .chip[aria-current]').dataset.passage") == "2"
    browser.do("document.querySelectorAll('#pair-1 .text').forEach(pane => { pane.scrollTop = 0 })")
    browser.click("#p1b1 > a.number")
    browser.wait(inside.replace("{n}", "1"))
    assert browser.complaints() == []


def test_a_cell_of_the_themes_leads_to_its_lines(browser: Browser, pages: dict[str, Path]) -> None:
    """A link into what is folded opens it and goes there."""
    browser.show(pages["en"])
    assert not browser.ask("document.getElementById('themes-0').open")
    browser.do("location.hash = '#cell-0-2'")
    browser.wait("document.getElementById('themes-0').open")
    browser.wait("document.getElementById('cell-0-2').getBoundingClientRect().top < innerHeight / 2")
    assert browser.ask("document.activeElement.id") == "cell-0-2"


def cells(browser: Browser, key: str, column: int) -> list[str]:
    """Return the cells of a column that are shown."""
    selector = f"#table-{key} tbody td:nth-child({column})"
    shown = browser.ask(
        "[...document.querySelectorAll(arguments[0])].map(cell => cell.textContent)", selector
    )
    return [str(cell) for cell in shown]


def test_tables_are_sorted(browser: Browser, pages: dict[str, Path]) -> None:
    """Numbers fall, then rise, then stand as they stood; text sorts by its characters; all rows take part."""
    browser.show(pages["en"])
    first = cells(browser, "keywords", 4)
    heading = "#table-keywords th:nth-child(4) button"
    browser.click(heading)
    falling = cells(browser, "keywords", 4)
    assert falling == sorted(first, key=float, reverse=True) != first
    assert browser.ask("document.querySelector('#table-keywords th:nth-child(4)').ariaSort") == "descending"
    browser.click(heading)
    assert cells(browser, "keywords", 4) == falling[::-1]
    browser.click(heading)
    assert cells(browser, "keywords", 4) == first
    browser.click("#table-keywords th:nth-child(3) button")
    words = cells(browser, "keywords", 3)
    assert words == sorted(words)


def test_tables_are_filtered(browser: Browser, pages: dict[str, Path]) -> None:
    """Only rows that hold what is typed are left, and their number is said; nothing typed shows all again."""
    browser.show(pages["en"])
    everything = browser.ask("document.querySelectorAll('#table-apart tbody tr').length")
    browser.one("#table-apart .filter").send_keys("疫情防控")
    browser.wait(f"document.querySelectorAll('#table-apart tbody tr').length < {everything}")
    rows = browser.ask("[...document.querySelectorAll('#table-apart tbody tr')].map(row => row.textContent)")
    assert rows
    assert all("疫情防控" in row for row in rows)
    assert browser.ask("document.querySelector('#table-apart .status').textContent") == (
        f"{len(rows)} of {everything} rows"
    )
    browser.do("document.querySelector('#table-apart .filter').focus()")
    browser.press(*["BACKSPACE"] * len("疫情防控"))
    browser.wait(f"document.querySelectorAll('#table-apart tbody tr').length === {everything}")


@pytest.mark.parametrize("key", COMMANDS)
def test_what_is_saved_is_what_the_command_writes(
    browser: Browser, pages: dict[str, Path], scratch: Path, key: str
) -> None:
    """The file that the button saves has the very bytes of the command's CSV."""
    saved = scratch / "downloads" / f"pdtool-{key}.csv"
    browser.show(pages["zh"])
    browser.click(f"#table-{key} .save")
    for _ in range(200):
        if saved.exists():
            break
        time.sleep(0.05)
    command, *options = COMMANDS[key]
    assert saved.read_bytes() == run([command, "seeds", *options, "--format", "csv"]).stdout
    assert browser.complaints() == []


def test_light_and_dark_are_chosen_by_hand_and_remembered(browser: Browser, pages: dict[str, Path]) -> None:
    """The button goes from the system's choice to light to dark; the page comes back as it was left."""
    browser.show(pages["en"])
    browser.click(".theme")
    assert brightness(browser) > 200
    browser.click(".theme")
    assert brightness(browser) < 60
    browser.show(pages["en"])
    assert brightness(browser) < 60
    browser.click(".theme")
    assert brightness(browser) > 200
    assert browser.ask("document.documentElement.dataset.theme === undefined")


def test_it_reads_without_javascript(browser: Browser, pages: dict[str, Path]) -> None:
    """Folds open, links lead, tables and charts are there; what needs the script is not."""
    browser.command("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.show(pages["en"])
        browser.one("#d0 > summary").click()
        assert browser.one("#d0 .examples").is_displayed()
        assert browser.one("#table-themes td").is_displayed()
        assert browser.one("#similarity svg").is_displayed()
        assert browser.one("#p1a1").is_displayed()
        assert not browser.one(".theme").is_displayed()
        assert not browser.one(".save").is_displayed()
        assert not browser.one(".filter").is_displayed()
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_keyboard_reaches_everything(browser: Browser, pages: dict[str, Path]) -> None:
    """Tab goes through every control of the page in its order, and Enter does what a click does."""
    browser.show(pages["en"])
    browser.do(
        "window.seen = new Set(); document.addEventListener('focusin', event => seen.add(event.target));"
        f"window.controls = () => [...document.querySelectorAll('{_CONTROLS}')]"
        ".filter(item => item.checkVisibility({contentVisibilityAuto: false}))"
    )
    expected = browser.ask("controls().length")
    assert expected > 150
    for _ in range(expected // 50 + 3):
        browser.press(*["TAB"] * 50)
    missed = browser.ask(
        "controls().filter(item => !seen.has(item)).map(item => item.outerHTML.slice(0, 80))"
    )
    assert missed == []
    browser.do("document.querySelector('#d1 > summary').focus()")
    browser.press("ENTER")
    assert browser.ask("document.getElementById('d1').open")
    browser.do("document.querySelector('#pair-1 .chip').focus()")
    browser.press("ENTER")
    browser.wait("document.querySelector('#p1b1').classList.contains('flash')")
    shown = browser.ask("getComputedStyle(document.activeElement).outlineStyle")
    assert shown == "solid"


def test_a_hostile_corpus_does_nothing(browser: Browser, scratch: Path) -> None:
    """No script of a text or name runs, nothing changes direction, the console is silent, all is seen."""
    folder = scratch / "hostile"
    folder.mkdir()
    hostile_folder(folder)
    path = scratch / "hostile.html"
    path.write_bytes(page(report_of(folder), Language.EN).encode())
    browser.requests()
    browser.show(path)
    browser.do("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    browser.do("document.querySelectorAll('.save').forEach(button => button.click())")
    assert browser.complaints() == []
    assert [url for url in browser.requests() if not url.startswith("blob:file")] == [path.as_uri()]
    assert browser.ask("document.title") == "Corpus report · seeds"
    assert browser.ask("document.querySelectorAll('img, b[onmouseover], script:not([type])').length") == 1
    shown = browser.ask("document.body.textContent")
    assert all(name in shown for name in HOSTILE if name.isprintable())
    assert not set("\u202e\u2066\x1b\x00") & set(shown)


def test_five_hundred_documents(browser: Browser, scratch: Path) -> None:
    """Under 10 MB, drawn in part, and no pause over a second in opening and scrolling."""
    folder = scratch / "many"
    folder.mkdir()
    names, forms = sorted(subjects()), sorted(genres())
    texts = [generate(names[n % len(names)], forms[n % len(forms)], 700, n).text for n in range(450)]
    texts += [text[: len(text) * 2 // 3] if n % 2 else text for n, text in enumerate(texts[:50])]
    for number, text in enumerate(texts):
        (folder / f"{number:03}_a_policy_document_{number * 7919 % 10007:05}.txt").write_text(
            text, encoding="utf-8"
        )
    written = page(report_of(folder), Language.EN).encode()
    assert len(written) < 10_000_000
    path = scratch / "many.html"
    path.write_bytes(written)
    longest = min(_longest_pause(browser, path) for _ in range(3))
    assert longest < 1000
    assert browser.ask("document.querySelectorAll('#table-themes tbody tr').length") == 100
    assert browser.ask("document.querySelector('#table-themes .status').textContent").endswith(
        "of 10,000 rows"
    )
    browser.click("#table-themes .more")
    browser.wait("document.querySelectorAll('#table-themes tbody tr').length === 300")
    assert "not drawn" in browser.ask("document.getElementById('themes').textContent")


def _longest_pause(browser: Browser, path: Path) -> float:
    """Open a page and scroll to its end; the longest task of its thread in milliseconds."""
    browser.show(path)
    browser.do(
        "window.pauses = [0]; new PerformanceObserver(list => list.getEntries().forEach(task =>"
        " pauses.push(task.duration))).observe({type: 'longtask', buffered: true})"
    )
    for step in range(30):
        browser.do("scrollTo(0, document.documentElement.scrollHeight * arguments[0] / 30)", step)
        browser.driver.execute_async_script(
            "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))"
        )
    return float(browser.ask("Math.max(...pauses)"))


@pytest.mark.parametrize(
    ("language", "size", "dark"), [("en", SIZES[0], False), ("zh", SIZES[1], True)], ids=["desk", "phone"]
)
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], language: str, size: tuple[int, int], dark: bool
) -> None:
    """axe-core finds no violation on the whole page with every fold open."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    browser.show(pages[language], *size, dark=dark)
    browser.do("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    browser.do(
        "const sheet = document.styleSheets[0];"
        "sheet.insertRule('.card, .folds { content-visibility: visible !important }', sheet.cssRules.length)"
    )
    browser.do(axe)
    found = browser.driver.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
    )
    assert found["passes"]
    violations = {item["id"]: [node["html"][:200] for node in item["nodes"]] for item in found["violations"]}
    assert violations == {}, json.dumps(violations, ensure_ascii=False, indent=1)
