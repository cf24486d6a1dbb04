"""A report → one HTML page: no request, no library, every text from a document treated as hostile."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from pdtool.data_files import data_text
from pdtool.errors import Severity
from pdtool.frequencies.rows import FrequencyRow
from pdtool.output.cells import as_percent
from pdtool.output.escaping import visible
from pdtool.output.labels import label
from pdtool.output.shell_words import shell_word
from pdtool.report.coword_model import CowordView
from pdtool.report.html import charts
from pdtool.report.html.coword_charts import strategic_diagram, term_chart
from pdtool.report.html.methods import methods, sources
from pdtool.report.html.network_chart import network_chart
from pdtool.report.html.packed import packed
from pdtool.report.html.safe import html, script_json
from pdtool.report.html.tables import SHOWN, csv_text, html_table, shown_columns, table_style
from pdtool.report.html.texts import pane_html
from pdtool.report.html.trend_chart import trend_chart
from pdtool.report.html.word_cloud import word_cloud
from pdtool.report.html.words import Language, Words, meanings, table_title, words_of
from pdtool.report.model import Report, Table
from pdtool.report.told import synonym_option

__all__ = ["page"]

_MOST = {"rows": SHOWN, "problems": 200, "clusters": 200, "members": 20, "chips": 60, "variants": 80}
"""How many of each are set out: rows of a table at first, problems, clusters and members of each, passages
of a pair that can be jumped to, variants beside a pair. What is left out is counted."""

_TEMPLATE = "page.html.j2"
_PARTS = (
    _TEMPLATE,
    *(f"{part}.html.j2" for part in ("keywords", "frequencies", "coword", "topics", "repairs", "methods")),
)
"""The page, and what it includes."""
_CHAPTERS = (
    *("corpus", "reuse", "similarity", "keywords", "frequencies", "coword", "topics", "themes"),
    *("repairs", "methods", "appendix"),
)


def page(report: Report, language: Language) -> str:
    """Draw a report.

    Args:
        report: What is shown.
        language: The language of the page; texts and reasons stay as they are.
    """
    style, script = _style(report), _read("script.js")
    environment = Environment(
        loader=DictLoader({name: _read(name) for name in _PARTS}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = words_of(language)
    environment.globals.update(_functions(report, words, language))
    return environment.get_template(_TEMPLATE).render(
        report=report,
        t=words,
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 (the page's own)
        script=Markup(script),  # noqa: S704 (likewise)
        lead=_lead(report, words),
        figures=list(_figures(report, words)),
        errors=sum(problem.severity is Severity.ERROR for problem in report.problems),
        contents=list(_contents(report, words)),
        charts=_charts(report, words),
        glossary=list(_glossary(report, words, language)),
        manifest=visible_json(report.facts.manifest),
        manifest_json=Markup(script_json(report.facts.manifest)),  # noqa: S704 (escaped)
        script_words=Markup(script_json(_script_words(words))),  # noqa: S704 (escaped)
        most=_MOST,
        network_kinds=_network_kinds(report),
        methods=methods(report, language),
        alike=synonym_option(report.facts.settings),
        sources=sources(report),
    )


def _read(name: str) -> str:
    return data_text(f"report/{name}")


def _style(report: Report) -> str:
    """Return the page's style: its own, and what the columns and bars of this report need."""
    tables = "".join(map(table_style, report.tables.values()))
    return _read("style.css") + tables + charts.measure_style()


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows this style and this script and nothing else at all."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def visible_json(value: Any) -> str:
    """Return a JSON object to be read: indented, with control and invisible characters as their escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(map(visible, text.split("\n")))


def number(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return f"{value:,}"


def rate(value: float | None) -> str:
    """Return a rate or a coefficient as tables have it."""
    return "" if value is None else f"{value:.4f}"


def _functions(report: Report, words: Words, language: Language) -> dict[str, Callable[..., Any]]:
    """Return what the template can call."""
    anchors = {doc: index for index, doc in enumerate(report.docs)}
    link = _links(report, anchors)
    named = _namer(report)
    return {
        "named": named,
        "name": lambda doc: Markup(html(report.names.get(doc, doc))),  # noqa: S704 (escaped)
        "text": lambda text: Markup(html(text)),  # noqa: S704 (escaped)
        "code": lambda text: Markup(re.sub("`([^`]+)`", r"<code>\1</code>", html(text))),  # noqa: S704 (escaped)
        "number": number,
        "rate": rate,
        "percent": as_percent,
        "word": shell_word,
        "tenths": lambda share: f"{100 * share:.1f} %",
        "anchor": anchors.__getitem__,
        "kinds": lambda kinds: " + ".join(words[f"kind_{kind}"] for kind in kinds),
        "rows": lambda table: Markup(html_table(table, link, report.names, language)),  # noqa: S704 (escaped)
        "csv": lambda table: Markup(packed(csv_text(table))),  # noqa: S704 (letters and digits)
        "hidden": lambda table: len(table.columns) - len(shown_columns(table)),
        "pieces": lambda pane, pair, side: Markup(pane_html(pane, pair, side, words)),  # noqa: S704 (escaped)
        "bar": lambda value, most: Markup(charts.measure(value, most)),  # noqa: S704 (numbers)
    }


def _namer(report: Report) -> Callable[[str], Markup]:
    """Return the function that shows a document: by its name with its id below, else by its id."""

    def named(doc: str) -> Markup:
        shown = f'<span class="id">{html(doc)}</span>'
        name = report.names.get(doc)
        if name is not None:
            shown = f'<span class="named"><span class="name">{html(name)}</span> {shown}</span>'
        return Markup(shown)  # noqa: S704 (escaped)

    return named


def _links(report: Report, anchors: dict[str, int]) -> Callable[[str, Any], str | None]:
    """Return the function that says where a cell leads: to repairs, to the texts of a pair, to lines."""
    entries = {entry.doc for entry in report.entries}
    words = {word.term: f"word-{number}" for number, word in enumerate(report.frequent.words)}
    stops = report.coword.stops if report.coword else ()
    terms = {stop.term: f"term-{number}" for number, stop in enumerate(stops)}
    opened = {(view.row.doc_a, view.row.doc_b): view.number for view in report.pairs}

    def link(name: str, row: Any) -> str | None:
        if name in {"doc", "doc_a", "doc_b", "keep"}:
            doc = getattr(row, name)
            return f"d{anchors[doc]}" if doc in entries else None
        if name in {"relation", "passage"} and hasattr(row, "doc_a"):
            pair = opened.get((row.doc_a, row.doc_b))
            return None if pair is None else f"pair-{pair}"
        if name in {"keyword", "term_a", "term_b"} and not getattr(row, "doc", ""):
            return terms.get(getattr(row, name))
        return words.get(row.term) if isinstance(row, FrequencyRow) and name == "term" else None

    return link


# What the page says -----------------------------------------------------------------------------------


def _lead(report: Report, words: Words) -> str:
    """Return what came out, in two sentences."""
    pairs, documents, keep = report.tables["pairs"].total, len(report.docs), _kept(report)
    if not pairs:
        return words["summary_none"]
    threshold = as_percent(report.threshold)
    found = words("summary_pair" if pairs == 1 else "summary_pairs", pairs=number(pairs), threshold=threshold)
    kept = "summary_keep_all" if keep == documents else "summary_keep"
    return found + words["sentence_space"] + words(kept, keep=number(keep), documents=number(documents))


def _kept(report: Report) -> int:
    return len(report.docs) - sum(len(cluster.dropped) for cluster in report.clusters)


def _figures(report: Report, words: Words) -> Iterator[tuple[str, str]]:
    inspected = report.tables["corpus"].rows
    repaired = sum(row.repaired_chars + row.furniture_chars for row in inspected)
    yield number(len(report.docs)), words["documents"]
    yield number(report.characters), words["characters"]
    yield number(report.tables["pairs"].total), words["related_pairs"]
    yield number(_kept(report)), words["to_keep"]
    if not report.tables["corpus"].left_out:
        yield number(repaired), words["repaired"]


def _contents(report: Report, words: Words) -> Iterator[tuple[str, str]]:
    if report.problems:
        yield "problems", words["problems_title"]
    for anchor in _CHAPTERS:
        if anchor == "topics" and report.topics is None:
            continue
        yield anchor, words[f"{anchor}_title"]


def _network_kinds(report: Report) -> list[str]:
    """Return what the arcs of the network are, for its key."""
    drawn = {arc.kind for arc in report.network.arcs} if report.network else set()
    return [kind for kind in ("copy", "version", "damaged", "form", "overlap", "identical") if kind in drawn]


def _script_words(words: Words) -> dict[str, str | int]:
    return {
        **{
            name: words[name]
            for name in ("rows_status", "sort_by", "theme_button", "difference_of", "differences_none")
        },
        "rows": SHOWN,
    }


def _glossary(
    report: Report, words: Words, language: Language
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    seen: set[type] = set()
    for table in report.tables.values():
        if table.row_type not in seen:
            seen.add(table.row_type)
            yield table_title(table.key, words), _meanings(table, language)


def _meanings(table: Table, language: Language) -> list[tuple[str, str]]:
    header = table.columns
    if language is Language.EN:
        return [(column.name, column.help) for column in header]
    own = meanings(table.row_type, language, table.groups)
    return [(f"{label(column, language)}（{column.name}）", own[column.name]) for column in header]


def _charts(report: Report, words: Words) -> dict[str, Markup]:
    most = max((cell.rate or 0.0 for row in report.themes.cells for cell in row), default=0.0)
    drawn = {
        "themes": charts.theme_map(report.themes, words["themes_map"], most, report.names),
        "totals": charts.bars(report.themes.totals, words["themes_totals"]),
        "histogram": charts.histogram(
            report.containments,
            report.threshold,
            words("histogram_threshold", threshold=as_percent(report.threshold)),
            words["histogram_x"],
            words["histogram_y"],
        ),
    }
    if report.frequent.words:
        drawn["cloud"] = word_cloud(report.frequent.words, words["frequencies_title"])
    if report.frequent.trends:
        frequent = report.frequent
        drawn["trends"] = trend_chart(
            frequent.trends, frequent.years, words["trends_title"], words["per_1000"]
        )
    if report.similarity is not None:
        label = words("similarity_chart", shown=number(len(report.similarity.docs)))
        drawn["similarity"] = charts.similarity_map(report.similarity, label, report.names)
    if report.network is not None:
        drawn["network"] = network_chart(report.network, words["network_title"], words, report.names)
    if report.topics is not None and report.topics.years:
        drawn["topics"] = charts.topic_map(report.topics, words["topics_years"], words["contexts_documents"])
    if report.coword is not None:
        drawn |= _coword_charts(report.coword, words)
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 (escaped)


def _coword_charts(coword: CowordView, words: Words) -> dict[str, str]:
    drawn = {
        "terms": term_chart(coword, words["coword_network"], words),
        "term_tree": charts.similarity_map(coword.similarity, words["coword_tree"], {}),
    }
    if coword.communities:
        drawn["strategic"] = strategic_diagram(
            coword.communities,
            words["coword_strategic"],
            words["coword_centrality"],
            words["coword_density"],
        )
    return drawn
