"""A grid of texts made for growth, and every step that reads texts: how long each takes when a text grows.

A text repeats an *atom* in a *context*. A pattern that reads a repetition in more ways than one, or that
looks from each of its places on to its end, takes sixteen times as long for four times the text.
"""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from time import process_time

from pdtool.citations.cite import citations_of, cite_rows
from pdtool.citations.reading import citing_document
from pdtool.concordance.contexts import Contexts
from pdtool.concordance.query import make_query
from pdtool.corpus.damage import decode_document
from pdtool.corpus.parsing.raised import raised
from pdtool.corpus.records import is_records, records_of
from pdtool.corpus.source import Source
from pdtool.documents.document import Document
from pdtool.documents.mapping import body_of
from pdtool.documents.metadata import metadata_of
from pdtool.documents.quotations import foreign_words
from pdtool.errors import PdtoolError
from pdtool.frequencies.new_words import ContextCounter, ProposalCounter, counted_strings
from pdtool.frequencies.words import PhraseKeys, WordCounter, WordSettings
from pdtool.inspection.inspect import edit_rows, inspect_document
from pdtool.inspection.rows import EditRow
from pdtool.keywords.tasks import RankDocument, RankerSettings
from pdtool.normalise.furniture.edge_lines import edge_lines_of
from pdtool.normalise.layout.markdown import markdown
from pdtool.normalise.losses import is_misread
from pdtool.normalise.pipeline import SCRIPT_STEPS, STEPS, normalise
from pdtool.normalise.prefilter import prefilter
from pdtool.normalise.script.vocabulary import vocabulary
from pdtool.normalise.splices.detection import find_splices
from pdtool.output.delimited import csv_dialect, write_delimited
from pdtool.output.markdown import write_markdown
from pdtool.report.html.texts import pane_html
from pdtool.report.html.words import Language, words_of
from pdtool.report.panes import Side, panes
from pdtool.reuse.alignment import align
from pdtool.reuse.anchors import Index
from pdtool.reuse.collation import variants
from pdtool.reuse.differences import differences, differing_spans
from pdtool.reuse.editions import Opening, edition_of
from pdtool.rows import columns
from pdtool.terms.load import load_dictionary
from pdtool.terms.matcher import Nesting
from pdtool.terms.negation import Negations
from pdtool.terms.rules import Within
from pdtool.terms.synonyms import NO_SYNONYMS
from pdtool.text.code_points import decode
from pdtool.themes.counting import ThemeCounter
from pdtool.themes.suggestions import Suggester

__all__ = [
    "ATOMS",
    "CONTEXTS",
    "LENGTH",
    "MOST_SECONDS",
    "STEPS_OF_ALL",
    "Growth",
    "document_of",
    "growths",
    "pairs",
    "seconds_of",
    "text_of",
]

ATOMS = {
    "names": "李明王芳",
    "names apart": "李明、王芳 ",
    "surname": "王",
    "blank": " ",
    "ideographic blank": "\u3000",
    "tab": "\t",
    "no-break blank": "\u00a0",
    "line end": "\n",
    "line end and blank": "\n ",
    "line end of Windows": "\r\n",
    "form feed": "\f",
    "digit": "1",
    "digits and commas": "1,",
    "digits and points": "1.",
    "full-width digit": "１",
    "numeral": "一",
    "numbered line": "（一）\n",
    "year": "2020 ",
    "date": "2020年1月2日",
    "opening bracket": "（",
    "closing bracket": "）",
    "square brackets": "[1]",
    "opening square": "[",
    "title marks": "《",
    "quotation marks": "“",
    "straight quotation marks": '"',
    "dot": ".",
    "middle dot": "·",
    "leader": "…",
    "dash": "-",
    "long dash": "——",
    "star": "*",
    "underscore": "_",
    "hash": "#",
    "back tick": "`",
    "bar": "|",
    "backslash": "\\",
    "equals": "=",
    "colon": "：",
    "semicolon": "；",
    "slash": " / ",
    "question mark": "?",
    "question mark and stop": "?！",
    "opening tag": "<p>",
    "less than": "<",
    "attribute": "<a b='",
    "entity": "&nbsp;",
    "ampersand": "&",
    "address": "http://a.cn/",
    "Latin": "a",
    "Latin words": " Word",
    "ghost": "領(lǐng)",
    "lost bytes": "镇?㈠",
    "misread": "浣犲ソ",
    "replacement": "\ufffd",
    "zero width": "\u200b",
    "page number": "3\n",
    "page number in words": "第3页 共10页\n",
    "total": "共计",
    "label": "关键词",
    "label line": "关键词\n",
    "source": "来源：",
    "classification": "中图分类号 ",
    "article": "第一条 ",
    "heading": "一、",
    "sentence": "坚持党建引领基层治理，",
    "paragraph": "坚持党建引领基层治理，推动社会治理重心向基层下移。\n",
    "one character a line": "党\n",
    "characters apart": "党 建 ",
    "quoted": "“党建”",
    "number of a document": "国办发〔2020〕1号",
    "titles": "根据《某条例》、",
    "short titles": "《某意见》（以下简称《意见》）",
    "laws without marks": "依某法第一條，",
    "Traditional": "黨建",
    "negators": "不得没有",
    "negated verbs": "未经批准不得拒绝的",
    "cell": "| 党建 ",
    "record": "%0 Journal\n%T 党建\n",
}
"""What is repeated."""

CONTEXTS = {
    "alone": "{}",
    "start": "{}农村饮水安全\n李明\n正文说明情况。",
    "line": "论农村饮水安全\n正文说明情况。\n{}\n正文说明情况。",
    "end": "论农村饮水安全\n正文说明情况。{}",
    "title line": "论农村{}饮水安全\n李明\n正文说明情况。",
    "under the title": "论农村饮水安全\n{}\n正文说明情况。",
    "author line": "论农村饮水安全\n李明{}说\n正文说明情况。",
    "keyword line": "论农村饮水安全\n关键词：饮水{}安全\n正文说明情况。",
    "keyword label": "论农村饮水安全\n关键词{}\n正文说明情况。",
    "abstract label": "论农村饮水安全\n摘{}要{}：摘要说明情况。\n关键词：饮水；安全\n正文。",
    "number label": "论农村饮水安全\n中图分类号{}x\n文章编号{}\n正文说明情况。",
    "bracket": "论农村饮水安全\n（{}）\n(全文{}字\n正文说明情况。",
    "English": "A {} study of villages.\nAbstract{}: Water is safe.\nKey words: water{}; safety\nThe text.",
    "foot": "论农村饮水安全\n正文说明情况。\n参考文献{}\n{}\n[1] 李明. 论饮水[J]. {}\n作者简介：{}",
    "official head": "某省人民政府文件\n某政发〔2020〕{}号\n关于{}的通知\n各市{}：\n现将有关事项通知如下。",
    "signature": "关于饮水的通知\n各市人民政府：\n事项如下。\n某省人民政府{}\n2020年{}月2日\n抄送：{}",
    "heading": "一、总体要求{}\n（一）{}目标\n正文说明情况。\n第二章 {}",
    "table cell": "| 名称 | 数 |\n| --- | --- |\n| {} | 1 |\n名称\t{}\t1\n",
    "quotation": "会议指出，“{}”。会议强调：‘{}’",
    "site": "当前位置：首页 > {}\n来源：{} 作者：李明\n正文说明情况。\n【打印】{}\n版权所有 {}",
    "markup": "<div class='{}'>党建</div>&nbsp;<p>{}</p><br/>正文<!-- {} -->",
    "Markdown": "# 标题{}\n\n- **{}** [甲]({})\n\n> {}\n\n```\n{}\n```\n",
    "fields": "---\ntitle: {}\ntags: [{}]\n---\n正文说明情况。",
    "contents": "目录\n第一章 {}……1\n第二章 {}……2\n第一章 总则\n正文说明情况。",
    "slip": "坚持?Ｒ?S(wéi)修{}?！凹议T口{}",
}
"""Where it stands."""


def pairs(share: int = 1) -> Iterator[tuple[str, str]]:
    """Yield atoms and contexts: all of them, or each atom in one context of ``share``, in turns."""
    for number, atom in enumerate(ATOMS):
        for place, context in enumerate(CONTEXTS):
            if (number + place) % share == 0:
                yield atom, context


def text_of(atom: str, context: str, length: int) -> str:
    """Return a text of about so many characters."""
    places = CONTEXTS[context].count("{}")
    return CONTEXTS[context].replace("{}", length // places // len(ATOMS[atom]) * ATOMS[atom])


# What reads texts -----------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def document_of(text: str) -> Document:
    """Return a text as a document; kept, so that what comes behind the normaliser is timed by itself."""
    clean = normalise(text)
    return Document("a", Source("a", "a", "a", "text"), clean.raw, clean.text, clean.layers)


def _bytes(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        decode_document(text.encode(encoding))


def _records(text: str) -> None:
    is_records(text)
    records_of(text)


def _changed(text: str) -> str:
    """Return a text that differs from this one in a few places."""
    return f"{text[: len(text) // 3]}另有一句{text[len(text) // 3 :]}。"


@cache
def _ranker() -> RankDocument:
    return RankDocument(RankerSettings())


@cache
def _counter() -> ThemeCounter:
    return ThemeCounter.of(load_dictionary()[0], by_section=True)


def _keywords(text: str) -> None:
    _ranker()(document_of(text))


def _themes(text: str) -> None:
    document = document_of(text)
    _counter().count(body_of(document))


@cache
def _contexts() -> ContextCounter:
    strings = counted_strings(["治理 工作", "的 的 的", "一 一"])
    return ContextCounter("\n".join(strings), 3)


@cache
def _concordance() -> Contexts:
    terms = ("党", "治理*工作", "党建 AND (基层 OR 一) NOT 年", "1", "a")
    query = make_query(terms, [], [r"\p{Han}+?的", "(1,?)+"], Nesting.ALL, Within.PARAGRAPH, NO_SYNONYMS)
    return Contexts(query)


def _occurrences(text: str) -> None:
    _concordance()(document_of(text))


def _negations(text: str) -> None:
    negations = Negations(text)
    for place in range(len(text)):
        negations.hold(place, place + 1)


def _suggestions(text: str) -> None:
    Suggester(_counter()).of_text(body_of(document_of(text)))


def _frequencies(text: str) -> None:
    document = document_of(text)
    body = body_of(document)
    WordCounter(WordSettings()).count(body)
    PhraseKeys(WordSettings(lowest=1, highest=9))(document)
    ProposalCounter().proposals(body)
    _contexts().count(body)


def _citations(text: str) -> None:
    citing = citing_document(document_of(text))
    list(cite_rows(citations_of([citing])))


def _tables(text: str) -> None:
    document = document_of(text)
    inspect_document(document)
    rows = edit_rows(document)
    write_delimited(rows, columns(EditRow), io.BytesIO(), csv_dialect(False))
    write_markdown(rows, columns(EditRow), io.BytesIO())


def _edition(text: str) -> None:
    edition_of(text, Opening(head=text, tail=text))


def _pair(text: str) -> None:
    """Align, compare and show a text beside one that differs in a few places."""
    a, b = document_of(text), document_of(_changed(text))
    one, other = Index.of(a.folded.codes), Index.of(b.folded.codes)
    passages = align(one, other).passages
    spans = differing_spans(passages, len(one.codes), len(other.codes))
    differences(decode(one.codes), decode(other.codes), spans)
    sides = Side(a), Side(b)
    variants(a, b, passages)
    for pane, name in zip(panes(*sides, passages), "ab", strict=True):
        pane_html(pane, 1, name, words_of(Language.EN))


STEPS_OF_ALL: dict[str, Callable[[str], object]] = {
    "decoding": _bytes,
    "records": _records,
    "raised characters": raised,
    "prefilter": lambda text: prefilter([text]),
    **{step.kind: step.work for step in STEPS},
    "Markdown by name": lambda text: markdown(text, is_named=True),
    **{f"script: {target}": step.work for target, steps in SCRIPT_STEPS.items() for step in steps},
    "vocabulary": vocabulary,
    "misread or not": is_misread,
    "normalise": normalise,
    "edge lines": edge_lines_of,
    "metadata": metadata_of,
    "splices": find_splices,
    "quotations": foreign_words,
    "edition": _edition,
    "keywords": _keywords,
    "themes": _themes,
    "concordance": _occurrences,
    "negations": _negations,
    "suggested terms": _suggestions,
    "frequencies": _frequencies,
    "citations": _citations,
    "tables": _tables,
    "alignment, differences, report": _pair,
}
"""Every step that reads texts."""

# How long it takes ----------------------------------------------------------------------------------

LENGTH = 6_000
"""Characters of the texts that every step is tried on."""
LIMIT = 0.03
"""Seconds of the processor that a linear step takes for them at most, and a quadratic one for a twelfth of
them: what takes no longer is not looked at more closely."""
TIMES_MORE = 4
"""How many times the shorter text the longer one is."""
MOST_GROWTH = 8.0
"""The most that the time may grow while the text grows fourfold; a quadratic step takes 16 times."""
MOST_SECONDS = 3.0
"""Seconds that a step takes for these texts at most, which is a hundred times what clean text takes."""
ENDLESS = 20.0
"""Seconds of the processor after which a step is given up."""
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Growth:
    """How the time of a step grows with a text.

    Args:
        step: The step.
        atom: What the text repeats.
        context: Where it stands.
        seconds: What the longer text takes.
        ratio: How many times the time of a text of a quarter of its length that is.
    """

    step: str
    atom: str
    context: str
    seconds: float
    ratio: float

    @property
    def is_linear(self) -> bool:
        """Whether it is nearer to four times than to sixteen."""
        return self.ratio < MOST_GROWTH


class _TooLongError(Exception):
    """A step does not come to its end."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Give up after some seconds of the processor, where the system can tell."""
    if os.name != "posix":
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds_of(work: Callable[[str], object], *texts: str) -> float:
    """Return the processor time of a step: other programs do not add to it."""
    begun = process_time()
    for text in texts:
        with _bounded(), suppress(PdtoolError):  # a text may be refused
            work(text)
    return process_time() - begun


def growths(atom: str, context: str, length: int = LENGTH) -> Iterator[Growth]:
    """Measure how the time of every step grows with a text; yield those steps that are not quick.

    A step that is quick is not measured again. A slow one is tried on both lengths in turn, and the least
    time of each counts: it is what nothing disturbed.
    """
    long, short = text_of(atom, context, length), text_of(atom, context, length // TIMES_MORE)
    for step, work in STEPS_OF_ALL.items():
        if step == "keywords":  # from here on it is documents that are read
            for text in (long, short):
                document_of(text), document_of(_changed(text))
        try:
            found = _growth(work, long, short)
        except _TooLongError:
            found = ENDLESS, float("inf")
        if found:
            yield Growth(step, atom, context, *found)


def _growth(work: Callable[[str], object], long: str, short: str) -> tuple[float, float] | None:
    """Return the seconds for the long text, and how many times that for the short one that is."""
    of_long, of_short = [seconds_of(work, long)], list[float]()
    if of_long[0] < LIMIT:
        return None
    for _ in range(_TRIES):
        # As many short texts as make up the long one: clocks are coarse.
        of_short.append(seconds_of(work, *[short] * TIMES_MORE) / TIMES_MORE)
        ratio = min(of_long) / max(min(of_short), LIMIT / 10)
        if ratio < MOST_GROWTH:
            break
        of_long.append(seconds_of(work, long))
    return min(of_long), ratio
