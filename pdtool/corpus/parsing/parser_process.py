"""The parser process, seen from pdtool: started on the first request, restarted when it dies.

Parsers run in a child process within limits of time and memory (:mod:`pdtool.corpus.parsing.child`). One
child serves all files of a process, so that it and each parser start only once. It sends back JSON, never
anything that could run. It ends with the run.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from pdtool.errors import InputError
from pdtool.install_hint import install_hint
from pdtool.language import _, environment
from pdtool.signals import at_signal

__all__ = ["close_parser", "parse_file"]

_SECONDS = 10
"""Seconds of processor time that any file may take: a thousand pages take two."""
_SECONDS_PER_MEGABYTE = 1.0
"""Seconds that each megabyte of a file adds to that."""
_MOST_SECONDS = 300
"""Seconds that no file may exceed."""
_MEMORY = 200 << 20
"""Bytes of memory that any file may take beside its parser."""
_MEMORY_PER_BYTE = 8
"""Bytes of memory that each byte of a file adds to that: a spreadsheet takes five."""
_MOST_MEMORY = 1500 << 20
"""Bytes of memory that no file may exceed."""
_PATIENCE = 4
"""By what factor the time on the clock may exceed the processor time, on a busy machine."""

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from pdtool.corpus.parsing.child import main; main()"
)
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # others reserve address space, which is limited
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


def parse_file(kind: str, path: str, out: Path, **more: object) -> None:
    """Have a file parsed by the child process.

    Args:
        kind: Its format.
        path: The file.
        out: The file to write the result to, as JSON.
        more: Further arguments of the parser.

    Raises:
        InputError: If the file cannot be parsed, within its time and memory.
        OSError: If it cannot be read.
    """
    size = Path(path).stat().st_size
    seconds = min(_MOST_SECONDS, int(_SECONDS + _SECONDS_PER_MEGABYTE * size / 1e6))
    memory = min(_MOST_MEMORY, _MEMORY + _MEMORY_PER_BYTE * size)
    absolute = str(Path(path).absolute())  # the parser may have started in another folder
    limits = {"seconds": seconds, "memory": memory}
    request = {"format": kind, "path": absolute, "out": str(out), **limits, **more}
    answer = _answered(request, seconds)
    if "ok" in answer:
        return
    if "missing" in answer:
        raise InputError(
            _("cannot be read: {answer} is not installed", answer=answer["missing"]),
            _install(str(answer["missing"])),
        )
    if "memory" in answer:
        raise InputError(
            _("needs more memory than a document may take ({n:,} MB)", n=answer["memory"] >> 20),
            _("save it as .txt in its own program, or divide it"),
        )
    raise InputError(str(answer.get("error", _("could not be parsed"))), str(answer.get("hint", "")))


def _install(module: str) -> str:
    """Return how to install the library of a module."""
    return install_hint({"python_calamine": "python-calamine"}.get(module, module))


def _answered(request: dict[str, Any], seconds: int) -> dict[str, Any]:
    """Return the answer to a request; a parser that dies is replaced once, as another may have killed it."""
    try:
        return _parser().request(request, seconds)
    except _ParserDiedError:
        pass
    try:
        return _parser().request(request, seconds)
    except _ParserDiedError as error:
        return _died(error.code)


class _ParserDiedError(Exception):
    """The child process ended without an answer."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def close_parser() -> None:
    """End this process's parser, if there is one."""
    while _parsers:
        _parsers.pop().close()


class _Parser:
    """A running child process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - this Python, nothing of a document
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment() | _ENVIRONMENT,
        )
        self.owner = os.getpid()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._registered = ExitStack()
        self._registered.enter_context(at_signal(self.process.kill, ends_process=True))

    def _listen(self) -> None:
        assert self.process.stdout is not None, "it is a pipe"
        for line in self.process.stdout:
            self._answers.put(line)
        self._answers.put(b"")

    def request(self, question: dict[str, Any], seconds: int) -> dict[str, Any]:
        """Return the answer to a request, or that it takes too long.

        Raises:
            _ParserDiedError: If the process ended by itself, or was killed.
        """
        assert self.process.stdin is not None, "it is a pipe"
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
            line = self._answers.get(timeout=_PATIENCE * seconds + _SECONDS)
        except queue.Empty:
            close_parser()
            return _timed_out(seconds)
        except OSError:
            line = b""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        code = self.process.wait()
        close_parser()
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return _timed_out(seconds)
        raise _ParserDiedError(code)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._registered.close()
        self.process.kill()
        self.process.wait()
        self._listener.join()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not sent any more
                    stream.close()


_parsers: list[_Parser] = []
"""The parser of this process, if there is one."""
atexit.register(close_parser)


def _parser() -> _Parser:
    if _parsers and _parsers[0].owner != os.getpid():  # a fork's copy belongs to the parent
        _parsers.clear()
    if not _parsers:
        _parsers.append(_Parser())
    return _parsers[0]


def _timed_out(seconds: int) -> dict[str, Any]:
    error = _("took longer to parse than a document of its size may ({seconds} seconds)", seconds=seconds)
    return {"error": error, "hint": _("save it as .txt in its own program, or leave it out")}


def _died(code: int) -> dict[str, Any]:
    how = signal.Signals(-code).name if code < 0 else _("exit code {code}", code=code)
    return {
        "error": _("made its parser fail ({how}), as damage or a lack of memory does", how=how),
        "hint": _("save it as .txt in its own program, or leave it out"),
    }
