"""Rows of ``pdtool cite``."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.rows import Kind, column

__all__ = ["CitationRow", "CiteRow"]


@dataclass(frozen=True, slots=True)
class CiteRow:
    """A document named in a document; with `--by mention`, each place where it is named.

    ``start`` and ``end`` cut the title as it stands there, without its marks, out of the raw text; where only
    a number is given, they cut the number.
    """

    doc: str = column(Kind.TEXT, "The id of the document that names another.")
    date: str = column(Kind.TEXT, "When it was issued, as far as that is known.")
    cited_title: str = column(
        Kind.TEXT,
        "The title of the named document, repaired and in one line; the whole one where a short form stands "
        "(以下简称《意见》); empty if only a number is given.",
    )
    cited_number: str = column(Kind.TEXT, "Its number, if that is given, as in `国办发〔2021〕12号`.")
    relation: str = column(
        Kind.TEXT,
        "What the document has to do with it, from the words beside the title: `依据`, `贯彻`, `转发`, "
        "`印发`, `废止`, `修改`, else `引用`. Of several mentions the first that says more than `引用`.",
    )
    cited_doc: str = column(
        Kind.TEXT, "The id of the named document, if it is in the corpus and there is no doubt; else empty."
    )
    count: int = column(Kind.COUNT, "How often the document names it; with `--by mention` always 1.")
    start: int = column(Kind.COUNT, "First character of the title in the raw text, of the first mention.")
    end: int = column(Kind.COUNT, "First character after it.")
    sentence: str = column(
        Kind.TEXT, "The sentence of the mention that the relation was read from, repaired."
    )
    cited_genre: str = column(
        Kind.TEXT,
        "What kind of thing is named, by its title: `意见`, `通知`, `法` …; `报刊` a newspaper or journal, "
        "`文书` a form or certificate, `标准` a standard; empty for others, such as books and films.",
    )
    cited_issuer: tuple[str, ...] = column(
        Kind.LIST,
        "Who issued it: as `cited_doc` says, the words before its title, the title itself or its number.",
    )
    cited_level: str = column(
        Kind.TEXT, "The level of that body, or of the place that the title begins with."
    )
    cited_date: str = column(Kind.TEXT, "The date that is given with it or, if it is in the corpus, its own.")


@dataclass(frozen=True, slots=True)
class CitationRow:
    """How often documents of one body, level or document name those of another, in one year.

    With `--between document` the two are documents: an id where it is in the corpus, else 《title》.
    """

    citing: str = column(Kind.TEXT, "The body, level or document that names; `(none)` if it is not known.")
    cited: str = column(Kind.TEXT, "The one that is named, likewise.")
    citing_level: str = column(Kind.TEXT, "The level of the first: `国家`, `省`, `市`, `县`, `乡` or empty.")
    cited_level: str = column(Kind.TEXT, "The level of the second.")
    year: str = column(Kind.TEXT, "The year of the documents that name; `(none)` if it is not known.")
    relation: str = column(Kind.TEXT, "What the documents have to do with what they name; see above.")
    count: int = column(Kind.COUNT, "Mentions.")
    documents: int = column(Kind.COUNT, "Documents that hold them.")
