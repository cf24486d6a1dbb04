"""What is said on standard error, and when."""

from __future__ import annotations

import io

import pytest

from pdtool.errors import Problem, Severity
from pdtool.output.messages import Level, Reporter, problem_lines
from pdtool.output.meter import Meter, meter
from pdtool.output.width import display_width
from pdtool.progress import NO_PROGRESS


@pytest.mark.parametrize(
    ("level", "heard"),
    [(Level.QUIET, "E"), (Level.NORMAL, "EWNS"), (Level.VERBOSE, "EWNSD")],
)
def test_each_level_says_more(level: Level, heard: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Quiet leaves errors, normal says all but details."""
    reporter = Reporter(level)
    for letter, severity in zip("EWN", Severity, strict=True):
        reporter.problem(Problem("x", letter, severity=severity))
    reporter.summary("S")
    reporter.detail("D")
    assert "".join(line[-1] for line in capsys.readouterr().err.splitlines()) == heard


def test_a_problem_is_one_line_and_one_hint() -> None:
    """Line breaks, escapes and markup of a file name are shown, not sent."""
    problem = Problem("a\n\x1b[2J[red].txt", "is not text", "try\x07 this")
    assert problem_lines(problem) == [r"pdtool: a\n\x1b[2J[red].txt: is not text", r"try: try\x07 this"]


@pytest.mark.parametrize(
    ("severity", "prefix"),
    [
        (Severity.ERROR, "pdtool: "),
        (Severity.WARNING, "pdtool: warning: "),
        (Severity.NOTE, "pdtool: note: "),
    ],
)
def test_the_severity_can_be_read(severity: Severity, prefix: str) -> None:
    """Only what is not an error is named."""
    assert problem_lines(Problem("", "x", severity=severity)) == [f"{prefix}x"]


def test_no_bar_where_nobody_sees_it() -> None:
    """Standard error of the tests is no terminal: nothing is drawn."""
    assert meter(Reporter()) is NO_PROGRESS


def test_short_work_draws_no_bar_and_long_work_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bar appears after a second of work and shows how far it is."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # makes rich take the captured stream for a terminal
    monkeypatch.setenv("TERM", "xterm")
    now = 0.0
    bar = Meter(clock=lambda: now, ticks=False)
    bar.stage("reading", 10)
    now = 0.9
    bar.advance(3)
    bar.draw()
    assert capsys.readouterr().err == ""
    now = 1.5
    bar.advance(4)
    bar.draw()
    drawn = capsys.readouterr().err
    assert "7/10" in drawn
    assert "4.7/s, 0:01 left" in drawn
    now = 2.0
    bar.stage("comparing", 0)
    now = 3.0
    bar.advance()
    bar.draw()
    bar.done()
    bar.done()
    assert "comparing" in capsys.readouterr().err


def test_a_terminal_wraps_at_words_and_shows_notes_dim(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, Chinese taking two columns; a pipe gets one line and no escape."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    sentence = "41 of 393 terms occur in no document: 思想建设; 思想政治; 理想信念 and 38 more " + "长" * 60
    shown = {}
    for is_terminal in (True, False):
        stream = io.StringIO()
        monkeypatch.setattr(stream, "isatty", lambda value=is_terminal: value, raising=False)
        monkeypatch.setattr("sys.stderr", stream)
        Reporter().note(sentence)
        shown[is_terminal] = stream.getvalue()
    assert shown[False] == f"pdtool: note: {sentence}\n"
    lines = shown[True].splitlines()
    assert all(line.startswith("\x1b[2m") and line.endswith("\x1b[22m") for line in lines)
    plain = [line.removeprefix("\x1b[2m").removesuffix("\x1b[22m") for line in lines]
    assert max(map(display_width, plain)) < 40
    assert "".join("".join(plain).split()) == "".join(f"pdtool: note: {sentence}".split())
