"""The report of the sample corpus, made once for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pdtool.corpus.scan import scan
from pdtool.interface.whole_report import report_settings
from pdtool.report.analyses import Analyses, analyse
from pdtool.report.build import build
from pdtool.report.model import Facts, Report
from pdtool.report.settings import TOP, Settings
from pdtool.reuse.options import DedupeOptions
from pdtool.segment.stop_words import stop_words
from pdtool.terms.load import load_dictionary
from pdtool.terms.synonyms import NO_SYNONYMS
from tests.commandline import ROOT
from tests.report.browser import Browser, open_browser

FACTS = Facts("seeds", "0.0", "2026-01-02 03:04 UTC", {"threshold": 0.5}, {"pdtool": "0.0"})


def settings(topics: int | None = None) -> Settings:
    """Return the settings of the command, with so many topics."""
    reuse = DedupeOptions(jobs=1)
    return report_settings(load_dictionary()[0], reuse, TOP, 1, ((), stop_words()), NO_SYNONYMS, topics)


def report_of(folder: Path, topics: int | None = None) -> Report:
    """Make the report of a folder."""
    with scan([folder]) as corpus:
        analyses = analyse(corpus, settings(topics))
        return build(analyses, FACTS, analyses.problems)


@pytest.fixture(scope="session")
def seed_analyses() -> Analyses:
    """Return all analyses of the sample corpus."""
    with scan([ROOT / "seeds"]) as corpus:
        return analyse(corpus, settings())


@pytest.fixture(scope="session")
def seed_report(seed_analyses: Analyses) -> Report:
    """Return the report of the sample corpus."""
    return build(seed_analyses, FACTS)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for pages, the browser's profile and downloads."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "downloads").mkdir()
    return folder


@pytest.fixture(scope="module")
def browser(scratch: Path) -> Iterator[Browser]:
    """Return a browser."""
    with open_browser(scratch) as opened:
        yield opened
