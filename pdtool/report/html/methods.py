"""What was done, as a paragraph for a paper in both languages, from the settings and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from pdtool.language import Language
from pdtool.output.cells import as_percent
from pdtool.report.model import Report
from pdtool.reuse.options import DedupeOptions

__all__ = ["methods", "sources"]

_PARTS = (
    *("read", "clean", "repaired", "reuse", "similarity", "keywords", "frequencies"),
    *("trends", "coword", "communities", "topics", "themes"),
    *("userdict", "stopwords", "no_stopwords", "synonyms"),
)

_FILES = ("userdict", "stopwords", "synonyms")
"""Options that name a file of words."""


@cache
def _texts() -> dict[str, Any]:
    return loads(files("pdtool").joinpath("data", "report", "methods.toml").read_text(encoding="utf-8"))


def methods(report: Report, language: Language) -> list[dict[str, str]]:
    """Return the paragraphs, that of the page's language first.

    Args:
        report: What was done.
        language: The language of the page.

    Returns:
        ``lang``, ``heading`` and ``paragraph`` of each.
    """
    values, done = _values(report), tuple(_done(report))
    found = []
    for one in sorted(Language, key=lambda other: other is not language):
        texts = _texts()[one.value]
        between = "" if one is Language.ZH else " "
        paragraph = between.join(texts[part].format(**values) for part in done)
        found.append({"lang": texts["lang"], "heading": texts["heading"], "paragraph": paragraph})
    return found


def sources(report: Report) -> list[str]:
    """Return the sources that the paragraphs name, by their authors."""
    return sorted(source for part in _done(report) for source in _texts()["sources"].get(part, ()))


def _done(report: Report) -> Iterator[str]:
    """Yield the parts of what was done."""
    left_out = {
        "repaired": report.tables["corpus"].left_out > 0,
        "trends": not report.frequent.trends,
        "coword": report.coword is None,
        "communities": report.coword is None or not report.coword.communities,
        "topics": report.topics is None,
        "no_stopwords": report.facts.settings.get("builtin_stopwords", True),
        **{name: not report.facts.settings.get(name) for name in _FILES},
    }
    yield from (part for part in _PARTS if not left_out.get(part))


def _values(report: Report) -> dict[str, str]:
    """Return what the texts say of this corpus."""
    settings = report.facts.settings
    inspected = report.tables["corpus"].rows
    repaired = sum(row.repaired_chars + row.furniture_chars for row in inspected)
    return {
        "documents": f"{len(report.docs):,}",
        "characters": f"{report.characters:,}",
        "version": report.facts.version,
        "date": report.facts.date.partition(" ")[0],
        "repaired": f"{repaired:,}",
        "threshold": as_percent(report.threshold),
        "min_passage": str(settings.get("min_passage", DedupeOptions().min_passage)),
        "pairs": f"{report.tables['pairs'].total:,}",
        "top": str(settings.get("top", "")),
        "years": str(len(report.frequent.years)),
        "topics": str(settings.get("topics", "")),
        **{name: str(settings.get(name, "")) for name in ("dictionary", *_FILES)},
    }
