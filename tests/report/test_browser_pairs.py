"""Pairs in a real browser: panes that scroll together, from difference to difference, the network's arcs."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from pdtool.report.html.page import page
from pdtool.report.html.words import Language
from pdtool.report.model import Report
from tests.report.browser import Browser
from tests.report.conftest import report_of
from tests.reuse.county_plans import adapted_plan
from tests.texts.library import generate

SIZES = ((1280, 900), (390, 844))
_OPENED = "document.querySelectorAll('.pair')[0]"
_SEEN = (
    "[...document.querySelectorAll('.pair[open] .text')].every(pane => {"
    "  const box = pane.getBoundingClientRect(), here = pane.querySelector('.here');"
    "  if (!here) return true; const place = here.getBoundingClientRect();"
    "  return place.top >= box.top - 1 && place.bottom <= box.bottom + 1; })"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return the report of a plan, its copy with other names and more text, and a later copy of that."""
    folder = tmp_path_factory.mktemp("plans")
    plan = adapted_plan(Random("browser 3"))
    own = generate("archives", "speech", 700, 3).text
    head, _, rest = plan.copy.partition("\n")
    (folder / "source.txt").write_text(f"{plan.source}\n2019年3月5日\n", encoding="utf-8")
    (folder / "copy.txt").write_text(f"{head}\n{own}\n{rest}\n2021年6月1日\n", encoding="utf-8")
    (folder / "other.txt").write_text(generate("football", "news", 800, 3).text, encoding="utf-8")
    return report_of(folder)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, made: Report) -> dict[str, Path]:
    """Return the page by language."""
    folder = tmp_path_factory.mktemp("pages")
    written = {language.value: folder / f"{language.value}.html" for language in Language}
    for name, path in written.items():
        path.write_text(page(made, Language(name)), encoding="utf-8", newline="")
    return written


def opened(browser: Browser, path: Path, size: tuple[int, int] = SIZES[0]) -> None:
    """Open the page and its first pair."""
    browser.show(path, *size)
    browser.do(f"{_OPENED}.open = true; {_OPENED}.scrollIntoView()")
    browser.wait(f"{_OPENED}.steer !== undefined")


def settled(browser: Browser) -> None:
    """Let scrolling come to rest."""
    browser.driver.execute_async_script(
        "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0], 50)))"
    )


def test_the_report_tells_who_took_what(made: Report) -> None:
    """The pair has swapped names and a direction; the network has its arc from the earlier document."""
    (view,) = made.pairs
    assert view.row.swapped_names and view.row.identical_figures
    assert view.direction.source == "b"
    assert made.network is not None
    (arc,) = made.network.arcs
    stops = [stop.doc for stop in made.network.stops]
    assert (stops[arc.source], stops[arc.target], arc.is_directed) == ("source.txt", "copy.txt", True)


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_panes_scroll_together(browser: Browser, shown: dict[str, Path], size: tuple[int, int]) -> None:
    """Where one pane is brought to a passage, the other shows the same characters, whoever leads."""
    opened(browser, shown["en"], size)
    for lead in (0, 1):
        browser.do(
            f"const pane = {_OPENED}.querySelectorAll('.text')[arguments[0]];"
            "const marks = [...pane.querySelectorAll('[data-d]')];"
            "window.mark = marks[marks.length >> 1];"
            "pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - 60",
            lead,
        )
        settled(browser)
        distance = browser.ask(
            "(() => { const [ours, theirs] = ['a', 'b'].map((_, side) => {"
            f"  const pane = {_OPENED}.querySelectorAll('.text')[side];"
            "  const mark = pane.querySelector(`[data-d='${window.mark.dataset.d}']`) || window.mark;"
            "  return mark.getBoundingClientRect().top - pane.getBoundingClientRect().top; });"
            "  return Math.abs(ours - theirs); })()"
        )
        assert distance < 90, (lead, distance)
    assert browser.complaints() == []


def test_panes_scroll_apart_if_that_is_wanted(browser: Browser, shown: dict[str, Path]) -> None:
    """Without its tick the other pane stays where it is."""
    opened(browser, shown["en"])
    browser.click(".pair[open] .together")
    before = browser.ask(f"{_OPENED}.querySelectorAll('.text')[1].scrollTop")
    browser.do(f"{_OPENED}.querySelectorAll('.text')[0].scrollTop = 500")
    settled(browser)
    assert browser.ask(f"{_OPENED}.querySelectorAll('.text')[1].scrollTop") == before


def test_from_difference_to_difference_by_button_and_key(browser: Browser, shown: dict[str, Path]) -> None:
    """Each step shows the next difference in both panes and counts; p goes back; the ends are ends."""
    opened(browser, shown["en"])
    total = browser.ask(
        f"new Set([...{_OPENED}.querySelectorAll('[data-d]')].map(mark => mark.dataset.d)).size"
    )
    assert total > 5
    where = f"{_OPENED}.querySelector('.where').textContent"
    browser.click(".pair[open] .forth")
    settled(browser)
    assert browser.ask(where) == f"1 of {total}"
    assert browser.ask(_SEEN)
    browser.driver.switch_to.active_element.send_keys("nnn")
    settled(browser)
    assert browser.ask(where) == f"4 of {total}"
    assert browser.ask(_SEEN)
    browser.driver.switch_to.active_element.send_keys("p")
    settled(browser)
    assert browser.ask(where) == f"3 of {total}"
    browser.driver.switch_to.active_element.send_keys("n" * (total + 3))
    settled(browser)
    assert browser.ask(where) == f"{total} of {total}"
    assert browser.ask(f"{_OPENED}.querySelector('.forth').getAttribute('aria-disabled')") == "true"
    assert browser.ask(_SEEN)
    assert browser.complaints() == []


def test_keys_write_where_one_writes(browser: Browser, shown: dict[str, Path]) -> None:
    """In the filter of a table an n is an n."""
    opened(browser, shown["zh"])
    browser.one("#table-pairs .filter").send_keys("np")
    assert browser.ask("document.querySelector('#table-pairs .filter').value") == "np"
    assert browser.ask(f"{_OPENED}.querySelectorAll('.here').length") == 0


def test_an_arc_leads_to_its_pair(browser: Browser, shown: dict[str, Path]) -> None:
    """The arc of an opened pair opens it."""
    browser.show(shown["zh"])
    browser.do(f"{_OPENED}.open = false")
    browser.do("location.hash = document.querySelector('.chart a[href^=\"#pair-\"]').getAttribute('href')")
    browser.wait(f"{_OPENED}.open")
    assert browser.complaints() == []
