"""Text mining for Chinese policy documents: dirty text in, tables out.

The public interface of the library:

>>> from pdtool import dedupe, keywords, scan
>>> with scan(["seeds"]) as corpus:
...     [(row.doc_a[:3], row.doc_b[:3], row.relation) for row in dedupe(corpus).pairs]
[('000', '004', 'contained')]
>>> keywords("seeds", level="corpus", top=1).rows[0].keyword
'基层治理'

There is a function for each command: it takes paths, and its options as keyword arguments.

Names are loaded when they are first used, so that ``import pdtool`` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; importing typing takes longer than all of this
if TYPE_CHECKING:
    from typing import Any

    from pdtool.citations.rows import CitationRow, CiteRow
    from pdtool.concordance.rows import OccurrenceRow
    from pdtool.corpus.read_options import ReadOptions
    from pdtool.corpus.scan import Corpus, scan
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document, Span
    from pdtool.documents.load import PdtoolWarning, load_corpus
    from pdtool.errors import InputError, OutputError, PdtoolError, Problem, Severity, UsageError
    from pdtool.frequencies.rows import FrequencyRow, NewWordRow
    from pdtool.inspection.rows import EditRow, FieldRow, InspectRow
    from pdtool.interface.citation_tables import cite
    from pdtool.interface.concordance_tables import kwic
    from pdtool.interface.frequency_counts import freq
    from pdtool.interface.inspection_tables import CleanRow, clean, inspect
    from pdtool.interface.keyword_tables import keywords
    from pdtool.interface.network_tables import network
    from pdtool.interface.result import Result, to_frame
    from pdtool.interface.similarity_tables import compare
    from pdtool.interface.theme_tables import themes
    from pdtool.interface.topic_tables import topics
    from pdtool.interface.whole_report import ReportResult, report
    from pdtool.keywords.rows import KeynessRow, KeywordRow
    from pdtool.network.rows import EdgeRow, NodeRow
    from pdtool.normalise.pipeline import Layer
    from pdtool.reuse.dedupe import DedupeOptions, DedupeResult, dedupe
    from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow
    from pdtool.similarity.rows import SimilarityRow
    from pdtool.themes.rows import ThemeRow

__version__ = "0.1.0"

__all__ = [
    "CitationRow",
    "CiteRow",
    "CleanRow",
    "Corpus",
    "DedupeOptions",
    "DedupeResult",
    "Document",
    "DocumentRow",
    "EdgeRow",
    "EditRow",
    "FieldRow",
    "FrequencyRow",
    "InputError",
    "InspectRow",
    "KeynessRow",
    "KeywordRow",
    "Layer",
    "NewWordRow",
    "NodeRow",
    "OccurrenceRow",
    "OutputError",
    "PairRow",
    "PassageRow",
    "PdtoolError",
    "PdtoolWarning",
    "Problem",
    "ReadOptions",
    "ReportResult",
    "Result",
    "Severity",
    "SimilarityRow",
    "Source",
    "Span",
    "ThemeRow",
    "UsageError",
    "VariantRow",
    "cite",
    "clean",
    "compare",
    "dedupe",
    "freq",
    "inspect",
    "keywords",
    "kwic",
    "load_corpus",
    "network",
    "report",
    "scan",
    "themes",
    "to_frame",
    "topics",
]

_HOMES = {
    "pdtool.citations.rows": (
        "CitationRow",
        "CiteRow",
    ),
    "pdtool.concordance.rows": ("OccurrenceRow",),
    "pdtool.frequencies.rows": (
        "FrequencyRow",
        "NewWordRow",
    ),
    "pdtool.inspection.rows": (
        "EditRow",
        "FieldRow",
        "InspectRow",
    ),
    "pdtool.interface.citation_tables": ("cite",),
    "pdtool.interface.concordance_tables": ("kwic",),
    "pdtool.interface.frequency_counts": ("freq",),
    "pdtool.interface.inspection_tables": (
        "CleanRow",
        "clean",
        "inspect",
    ),
    "pdtool.interface.keyword_tables": ("keywords",),
    "pdtool.interface.network_tables": ("network",),
    "pdtool.interface.result": (
        "Result",
        "to_frame",
    ),
    "pdtool.interface.similarity_tables": ("compare",),
    "pdtool.interface.theme_tables": ("themes",),
    "pdtool.interface.topic_tables": ("topics",),
    "pdtool.interface.whole_report": (
        "ReportResult",
        "report",
    ),
    "pdtool.keywords.rows": (
        "KeynessRow",
        "KeywordRow",
    ),
    "pdtool.network.rows": (
        "EdgeRow",
        "NodeRow",
    ),
    "pdtool.similarity.rows": ("SimilarityRow",),
    "pdtool.themes.rows": ("ThemeRow",),
    "pdtool.corpus.source": ("Source",),
    "pdtool.documents.document": ("Document", "Span"),
    "pdtool.documents.load": ("PdtoolWarning", "load_corpus"),
    "pdtool.corpus.read_options": ("ReadOptions",),
    "pdtool.corpus.scan": ("Corpus", "scan"),
    "pdtool.errors": ("InputError", "OutputError", "PdtoolError", "Problem", "Severity", "UsageError"),
    "pdtool.normalise.pipeline": ("Layer",),
    "pdtool.reuse.dedupe": ("DedupeOptions", "DedupeResult", "dedupe"),
    "pdtool.reuse.rows": ("DocumentRow", "PairRow", "PassageRow", "VariantRow"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'pdtool' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(type(sys)):  # type: ignore[misc]  # ModuleType, without importing types
    """The package itself: a public function stays what its name means when the room of that name is imported.

    ``from pdtool import keywords`` is the function, whatever was imported before; the modules of the room are
    ``pdtool.keywords.rows`` and so on as ever.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, type(sys))):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
