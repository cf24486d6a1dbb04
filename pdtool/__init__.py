"""Text mining for Chinese policy documents: dirty text in, tables out.

The public interface of the library:

>>> from pdtool import dedupe, scan
>>> with scan(["seeds"]) as corpus:
...     [(row.doc_a[:3], row.doc_b[:3], row.relation) for row in dedupe(corpus).pairs]
[('000', '004', 'contained')]

Names are loaded when they are first used, so that ``import pdtool`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; importing typing takes longer than all of this
if TYPE_CHECKING:
    from typing import Any

    from pdtool.corpus.read_options import ReadOptions
    from pdtool.corpus.scan import Corpus, scan
    from pdtool.corpus.source import Source
    from pdtool.documents.document import Document, Span
    from pdtool.documents.load import PdtoolWarning, load_corpus
    from pdtool.errors import InputError, OutputError, PdtoolError, Problem, Severity, UsageError
    from pdtool.normalise.pipeline import Layer
    from pdtool.reuse.dedupe import DedupeOptions, DedupeResult, dedupe
    from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow, VariantRow

__version__ = "0.1.0"

__all__ = [
    "Corpus",
    "DedupeOptions",
    "DedupeResult",
    "Document",
    "DocumentRow",
    "InputError",
    "Layer",
    "OutputError",
    "PairRow",
    "PassageRow",
    "PdtoolError",
    "PdtoolWarning",
    "Problem",
    "ReadOptions",
    "Severity",
    "Source",
    "Span",
    "UsageError",
    "VariantRow",
    "dedupe",
    "load_corpus",
    "scan",
]

_HOMES = {
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
