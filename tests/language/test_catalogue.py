"""The Chinese catalogue is whole: every message has its translation, with the same names in braces."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pdtool.language import _, counted, joined, listed, ngettext, speaking
from tests.language.catalogue import (
    MO,
    PACKAGE,
    PO,
    Found,
    as_mo,
    as_po,
    brought_up_to_date,
    catalogue,
    is_translated,
    marked,
    messages,
    placeholders,
    texts,
)

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH_WORD = re.compile(r"(?<![\w./<\[{*-])[a-z]{3,}(?![\w}=:>.\]*-])")
COMMAND = re.compile(
    r"pdtool [^，。；：（）\n]*|`[^`]*`|'[^']*'|\"[^\"]*\"|--?[a-z][\w-]*( [a-z][\w:,.-]*)?|\{[^{}]*\}"
)
"""What of a Chinese message may be English: commands, options and their values, placeholders."""
EXAMPLE = re.compile("^  +(?:pdtool|--).*$", re.MULTILINE)
"""A line of the examples: a command, and what it does."""
RULE = re.compile(r"\w+ (?:AND|=) \S+(?: OR \w+\))?(?: NOT)?|'[^']*'|\w+\(1 \+ \w+\)")
"""Rules, patterns and formulas, whose signs are half-width."""
KNOWN = frozenset(
    {
        *("pdtool", "jieba", "igraph", "scikit", "learn", "gephi", "pip", "docx", "true", "false", "auto"),
        *("names", "labels", "best", "none", "group", "once", "quotations", "references", "titles"),
        *("signatures", "year", "month", "issuer", "issuers", "level", "genre", "folder", "source"),
        *("gexf", "graphml", "start", "end", "theme", "term", "weight", "note", "terms", "sentence"),
        *("paragraph", "document", "window", "words", "bzip", "gzip", "ocrmypdf", "mkdir", "folder"),
        *("script", "identical", "same", "contained", "overlap", "phrase", "tfidf", "textrank", "keyness"),
        *(
            "lda",
            "nmf",
            "tool",
            "cat",
            "inspect",
            "plain",
            "count",
            "word",
            "document",
            "xml",
            "install",
            "doc",
            "code",
            "kappa",
            "alpha",
            "yes",
            "title",
            "member",
        ),
    }
)
"""Names that stay as they are: of programs, values of options, columns."""


def test_the_catalogue_holds_the_messages_of_the_code() -> None:
    """None is missing and none is left over; ``PDTOOL_UPDATE_GOLDEN=1`` brings it up to date."""
    fresh = as_po(brought_up_to_date(catalogue(), messages()))
    if os.environ.get("PDTOOL_UPDATE_GOLDEN"):
        PO.write_bytes(fresh)
        MO.write_bytes(as_mo(catalogue()))
    assert PO.read_bytes() == fresh


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    """What gettext reads was compiled from what people edit."""
    assert MO.read_bytes() == as_mo(catalogue())


def test_every_message_is_translated() -> None:
    """No message lacks its translation, and none is only guessed."""
    kept = [message for message in catalogue() if message.id]
    assert len(kept) > 800
    assert [message.id for message in kept if not is_translated(message)] == []
    assert [message.id for message in kept if message.fuzzy] == []


def test_translations_have_the_names_of_their_messages() -> None:
    """A name in braces that is lost, or written otherwise, would show nothing or fail."""
    wrong = []
    for message in catalogue():
        english = texts(message.id)[-1]
        wrong += [text for text in texts(message.string) if placeholders(text) != placeholders(english)]
    assert wrong == []


def test_translations_are_chinese() -> None:
    """What has words in English has Chinese ones in their place; commands, options and names stay."""
    left = []
    for message in catalogue():
        english, string = texts(message.id)[0], texts(message.string)[0]
        words = set(ENGLISH_WORD.findall(COMMAND.sub("", EXAMPLE.sub("", string)))) - KNOWN
        if english and CHINESE.search(string) and words:
            left.append((string, words))
    assert left == []


def test_punctuation_is_chinese() -> None:
    """Behind a Chinese character stands no half-width comma, semicolon, colon or bracket."""
    wrong = []
    for message in catalogue():
        string = texts(message.string)[0]
        if message.id and re.search("[\u4e00-\u9fff][,;:?!()]", RULE.sub("", EXAMPLE.sub("", string))):
            wrong.append(string)
    assert wrong == []


def test_no_sentence_is_made_without_a_mark() -> None:
    """Errors and remarks that are raised or reported are messages: none is a bare string in the code."""
    bare = re.compile(
        r"(?:UsageError|InputError|OutputError|PdtoolError|RuleError|\.note|\.warn|\.summary|\.stage)"
        r"\(\s*f?\"(?!\{PROGRAM|internal)[^\"]*[a-z]{3} [a-z]"
    )
    places = [
        f"{path.relative_to(PACKAGE)}: {match[0]}"
        for path in PACKAGE.rglob("*.py")
        for match in bare.finditer(path.read_text(encoding="utf-8"))
    ]
    assert places == []


def test_marks_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All four ways to mark a message are collected."""
    monkeypatch.setattr("tests.language.catalogue.ROOT", tmp_path)
    path = tmp_path / "module.py"
    path.write_text(
        '_("one {n}", n=1)\nN_("two")\nngettext("{n} row", "{n} rows", 2)\ncounted(3, "word")\n_(name)\n',
        encoding="utf-8",
    )
    assert list(marked(path)) == [
        Found("one {n}", "module.py"),
        Found("two", "module.py"),
        Found("{n} row", "module.py", "{n} rows"),
        Found("{n:,} word", "module.py", "{n:,} words"),
    ]


def test_messages_are_translated_when_they_are_said() -> None:
    """Each way of saying something follows the language, and goes back with it."""
    with speaking("zh"):
        assert _("{path}: is a folder", path="{a}") == "{a}：是文件夹"
        assert counted(1200, "document") == "1,200 篇文档"
        assert listed(["甲", "乙"]) == "甲、乙"
        assert joined(["甲", "", "乙"]) == "甲；乙"
        assert ngettext("stands for {n:,} other", "stands for {n:,} others", 2) == "代表另外 2 篇"
        assert _("no such message") == "no such message"
        assert _("") == ""
    assert counted(1, "document") == "1 document"
