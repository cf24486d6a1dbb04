"""What is another thing on Windows: quotes of a shell, the language that is shown, colours of a console.

These run on any system, with what Windows says put in its place; no console of Windows is behind them.
"""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pdtool.errors import UsageError
from pdtool.language import Language, language_asked_for
from pdtool.output import shell_words, styling
from pdtool.output.shell_words import shell_word
from pdtool.output.styling import shows_styles
from pdtool.output.target import Format, choose_target
from tests.language.catalogue import catalogue, texts


@pytest.mark.parametrize(
    ("word", "posix", "windows"),
    [
        ("报告.html", "报告.html", "报告.html"),
        ("C:\\资料\\a.csv", "'C:\\资料\\a.csv'", "C:\\资料\\a.csv"),
        ("my file.html", "'my file.html'", '"my file.html"'),
        ("a&b.html", "'a&b.html'", '"a&b.html"'),
        ("100%.csv", "100%.csv", '"100%.csv"'),
    ],
)
def test_a_word_is_quoted_as_the_shell_has_it(
    word: str, posix: str, windows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By single quotes for POSIX shells, by double ones on Windows, whose prompt knows no others."""
    monkeypatch.setattr(shell_words, "os", SimpleNamespace(name="posix"))
    assert shell_word(word) == posix
    assert shlex.split(posix) == [word]
    monkeypatch.setattr(shell_words, "os", SimpleNamespace(name="nt"))
    assert shell_word(word) == windows


def test_a_hint_names_files_as_windows_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with a blank is one word when it is typed again."""
    monkeypatch.setattr(shell_words, "os", SimpleNamespace(name="nt"))
    with pytest.raises(UsageError) as caught:
        choose_target(Format.AUTO, Path("my file.html"), False)
    assert '-o "my file.html"' in caught.value.hint


def test_no_message_has_a_word_of_a_command_in_single_quotes() -> None:
    """Examples in help and hints work on Windows too: ``--term "数字*"``."""
    single = re.compile(r"(?:--[a-z-]+|pattern such as|patterns in quotes) \(?'")
    said = [text for one in catalogue() for text in (*texts(one.id), *texts(one.string))]
    assert [text for text in said if single.search(text)] == []


@pytest.mark.parametrize(
    ("identifier", "language"),
    [(0x0804, Language.ZH), (0x0404, Language.ZH), (0x1004, Language.ZH), (0x0409, Language.EN)],
)
def test_the_language_is_the_one_windows_shows(
    identifier: int, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mainland, Taiwan and Singapore are Chinese; what the user asks for goes before."""
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: identifier)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert language_asked_for([], {}) is language
    assert language_asked_for(["--lang", "en"], {}) is Language.EN
    assert language_asked_for([], {"PDTOOL_LANG": "zh"}) is Language.ZH


def test_colours_are_for_windows_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The old console prints escapes as they are; NO_COLOR goes before both."""
    for name in ("NO_COLOR", "TERM", "WT_SESSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(styling, "os", SimpleNamespace(name="nt", environ=os.environ))
    assert not shows_styles()
    monkeypatch.setenv("WT_SESSION", "1")
    assert shows_styles()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not shows_styles()
