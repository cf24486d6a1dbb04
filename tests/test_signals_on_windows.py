"""What is particular about ending a run on Windows, with its conditions set by hand."""

from __future__ import annotations

import os
import signal
import threading
from types import SimpleNamespace

import pytest

from pdtool import signals


def test_pipes_that_cannot_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signals are heeded where Python cannot set whether a pipe blocks: Windows before Python 3.12."""
    heeded: list[int] = []
    monkeypatch.delattr(os, "set_blocking")
    monkeypatch.setattr(signal, "set_wakeup_fd", lambda _, **__: -1)
    monkeypatch.setattr(signal, "signal", lambda number, _: heeded.append(number))
    monkeypatch.setattr(threading.Thread, "start", lambda _: None)
    signals.heed_signals()
    assert set(heeded) == {n for n in signals.EXIT_CODES if signal.getsignal(n) is not signal.SIG_IGN}


@pytest.mark.parametrize(
    ("system", "console", "encoding"),
    [
        ("nt", "cp936", "cp936"),
        ("nt", None, "utf-8"),
        ("posix", "ANSI_X3.4-1968", "utf-8"),
    ],
)
def test_last_words(monkeypatch: pytest.MonkeyPatch, system: str, console: str | None, encoding: str) -> None:
    """The last line is written as the console reads bytes; to a file, and elsewhere, as UTF-8."""
    monkeypatch.setattr(signals, "os", SimpleNamespace(name=system, device_encoding=lambda _: console))
    assert signals._encoding_of_terminal() == encoding
