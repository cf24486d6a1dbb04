"""The child process that parses: each request is a line, each result a file, each answer a line.

It gets no more memory and processor time than a document may need, so that whatever a hostile file does to a
parser stays in here. Run as ``python -c "…main()"`` by :mod:`pdtool.corpus.parsing.parser_process`.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from pdtool.errors import InputError, system_reason
from pdtool.language import _

__all__ = ["main"]

_PARSERS = {
    "docx": ("docx", "parse"),
    "pdf": ("pdf", "parse"),
    "html": ("html", "parse"),
    "mht": ("html", "parse_archived"),
}
_CONVERTERS = {"xlsx": "convert_sheet", "parquet": "convert_parquet"}
_LIBRARIES = {
    "pdf": "pypdfium2",
    "html": "trafilatura",
    "mht": "trafilatura",
    "xlsx": "python_calamine",
    "parquet": "pyarrow.parquet",
}


def main() -> None:
    """Serve requests until the other end closes; then end at once, in the middle of a request too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a parser prints is not an answer
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        _serve(json.loads(requests.get()), answers)


def _listen(requests: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _serve(request: dict[str, Any], answers: BinaryIO) -> None:
    answer: dict[str, Any] = {"ok": True}
    try:
        work = _work(request)
        _limit(request["seconds"], request["memory"])
        work()
    except InputError as error:
        answer = {"error": error.message, "hint": error.hint}
    except MemoryError:
        answer = {"memory": request["memory"]}
    except RecursionError:
        answer = {"error": _("nests deeper than any document does"), "hint": _("leave it out")}
    except ImportError as error:
        answer = {"missing": error.name or str(error)}
    except OSError as error:
        answer = {
            "error": _("cannot be read ({reason})", reason=system_reason(error)),
            "hint": "",
        }
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        answer = {
            "error": _("could not be parsed ({reason})", reason=reason),
            "hint": _("save it as .txt in its own program"),
        }
    _release()
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _work(request: dict[str, Any]) -> Callable[[], None]:
    """Load the parser, before the memory is limited, and return what is to be done."""
    kind, path, out = request["format"], request["path"], request["out"]
    if kind in _LIBRARIES:
        import_module(_LIBRARIES[kind])
    if kind == "zip":
        archive = import_module("pdtool.corpus.parsing.archive")
        return lambda: _list(archive.unpack(path, request["folder"], frozenset(request["suffixes"])), out)
    if kind in _CONVERTERS:
        tables = import_module("pdtool.corpus.parsing.spreadsheets")
        convert = getattr(tables, _CONVERTERS[kind])
        return lambda: _write(convert(path, request["table"]), out)
    name, function = _PARSERS[kind]
    parse = getattr(import_module(f"pdtool.corpus.parsing.{name}"), function)
    return lambda: _write(parse(path), out)


def _write(extracted: Any, out: str) -> None:
    Path(out).write_text(json.dumps(asdict(extracted)), encoding="utf-8")


def _list(unpacked: Any, out: str) -> None:
    members, others = unpacked
    Path(out).write_text(
        json.dumps({"members": [asdict(one) for one in members], "others": others}), encoding="utf-8"
    )


def _limit(seconds: int, memory: int) -> None:
    """Limit the processor time from now on, and the memory beside what is taken already."""
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, hard))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + memory, hard))


def _release() -> None:
    """Lift the limit on memory, so that answering and loading another parser is not held back by it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        resource.setrlimit(resource.RLIMIT_CPU, (resource.getrlimit(resource.RLIMIT_CPU)[1],) * 2)
