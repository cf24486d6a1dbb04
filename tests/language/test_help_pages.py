"""The help pages in Chinese: no English left in them, no line too long, none broken before a mark."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

import pytest

from pdtool.__main__ import main
from pdtool.commands import COMMANDS
from pdtool.commands.usage_errors import said_of_usage
from pdtool.language import speaking
from pdtool.output.wrapping import wrapped

SENTENCE = re.compile(r"[A-Za-z]+(?: [a-z]{2,}){3,}")
"""Four English words in a row: no name or command has so many."""


def width(line: str) -> int:
    """Return the columns a line takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("room", [80, 60])
def test_help_is_chinese_and_fits(
    command: str, room: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of every command, on a wide and a narrow terminal."""
    monkeypatch.setenv("COLUMNS", str(room))
    assert main([*([command] if command else []), "--help", "--lang", "zh"]) == 0
    page = capsys.readouterr().out
    assert "用法：" in page
    assert "选项：" in page
    examples, _, rest = page.partition("选项：")
    assert SENTENCE.findall(re.sub(r"pdtool [^\n]*", "", examples)) == []
    assert SENTENCE.findall(rest) == []
    lines = rest.splitlines()
    assert max(map(width, [line for line in lines if not line.lstrip().startswith("-")])) <= room
    assert [line for line in lines if re.match("\\s*[，。；：、！？）》”]", line)] == []


def test_wrapping_breaks_between_characters() -> None:
    """Words of letters stay whole; marks stay with what they close or open."""
    text = "用 --threshold 指定阈值（默认 0.5），低于此值的文档对不列出。"
    for room in range(12, 60):
        lines = wrapped(text, room)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(width(line) <= max(room, 13) for line in lines)
        assert not any(line.startswith(tuple("，。）")) or line.endswith("（") for line in lines)
    assert wrapped("  ", 20) == []


def test_what_typer_says_is_translated() -> None:
    """One sentence inside another too; what is not known stays."""
    with speaking("zh"):
        assert said_of_usage("Invalid value for '--jobs': 'x' is not a valid int") == (
            "'--jobs' 的值无效：'x' 不是整数"
        )
        assert said_of_usage("Something else: {x}") == "Something else: {x}"


@pytest.mark.parametrize("command", ["kwic", ""])
@pytest.mark.parametrize("before", [False, True])
def test_help_of_a_command_is_in_the_language_asked_for(
    command: str, before: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """``pdtool help X`` hears of ``--lang``, wherever it stands."""
    asked, language = [word for word in ("help", command) if word], ["--lang", "zh"]
    assert main([*language, *asked] if before else [*asked, *language]) == 0
    assert capsys.readouterr().out.startswith(f"用法：pdtool {command}".rstrip())
