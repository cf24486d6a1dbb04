"""The process border: streams, signals, and errors → messages and exit codes.

Little is imported before signals are heeded. While even that is imported, Ctrl-C just ends the process:
Python's own handler would show a traceback.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # signal itself takes time to import
import os
import sys


def _interrupted(*_: object) -> None:
    os.write(2, b"pdtool: interrupted\n")
    os._exit(130)


def _replace_handler(old: object, new: object) -> None:
    """Set another handler for Ctrl-C where a certain one is set: one that is ignored stays so."""
    try:
        if _signal.getsignal(_signal.SIGINT) is old:
            _signal.signal(_signal.SIGINT, new)
    except ValueError:
        pass  # not the main thread: its signals are not ours to handle


_replace_handler(_signal.default_int_handler, _interrupted)

import gc  # noqa: E402
import io  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from enum import IntEnum  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from pdtool.language import Language, _, is_spoken, language_asked_for, ready, speak, spoken  # noqa: E402
from pdtool.signals import heed_signals  # noqa: E402

if TYPE_CHECKING:
    from pdtool.errors import PdtoolError, UsageError

__all__ = ["HELP_PAGES", "ExitCode", "main"]

_DATA = os.path.join(os.path.dirname(__file__), "data")  # noqa: PTH118, PTH120 (pathlib costs 9 ms)
HELP_PAGES = {
    Language.EN: os.path.join(_DATA, "help.txt"),  # noqa: PTH118
    Language.ZH: os.path.join(_DATA, "help.zh.txt"),  # noqa: PTH118
}
"""What ``pdtool --help`` prints in each language, kept ready: making it takes typer's import, 80 ms of the
100 it may take. A test holds each against the page that typer makes."""
_COLLECTIONS = (200_000, 20, 20)
"""How seldom Python looks for circles of objects that hold each other. Importing makes very many objects and
no rubbish: at Python's own 700 a command on a few documents spends 7 % of its time so, at 50,000 still 2 %
(November 2026)."""
_THREADS_OF_BLAS = "OPENBLAS_NUM_THREADS"
"""How many threads numpy starts when it is imported, one for each processor unless told otherwise: 25 ms and
more. What multiplies large matrices has threads of its own (``similarity/products.py``)."""
HELP_COLUMNS = 80
"""A narrower terminal has the page laid out for it."""


class ExitCode(IntEnum):
    """What the process ends with."""

    DONE = 0
    FOUND = 1
    """Only when asked for (``--fail-on-match``) and found."""
    ERROR = 2
    """Wrong usage, or an input or output that cannot be used; also when the rest was done."""
    DEFECT = 70
    """pdtool itself failed (``EX_SOFTWARE`` of sysexits.h)."""
    INTERRUPTED = 130
    """By Ctrl-C; the other signals' codes stand in :mod:`pdtool.signals`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        arguments: What follows the command's name; ``None`` for those of the process.
    """
    if arguments is None:  # this process is pdtool's own
        _replace_handler(_signal.default_int_handler, _interrupted)
        heed_signals()
        gc.set_threshold(*_COLLECTIONS)
        os.environ.setdefault(_THREADS_OF_BLAS, "1")
    from pdtool.output.messages import error_lines, say

    words = _asking_for_help(sys.argv[1:] if arguments is None else list(arguments))
    speak(language_asked_for(words, os.environ))
    _prepare_streams()
    try:
        code = _run(words)
        _flush()
        if arguments is None:
            gc.freeze()  # the process ends: nothing is looked through once more
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        _show_traceback()
        say(error_lines(_translated(error)))
        return _exit_code(error)
    return code


def _asking_for_help(words: list[str]) -> list[str]:
    """Return the words of a command line, ``help dedupe`` as ``dedupe --help``.

    >>> _asking_for_help(["help", "dedupe"]), _asking_for_help(["help"])
    (['dedupe', '--help'], ['--help'])
    >>> _asking_for_help(["--lang", "zh", "help", "dedupe"])
    ['--lang', 'zh', 'dedupe', '--help']
    """
    if _without_language(words)[:1] != ["help"]:
        return words
    place = words.index("help")
    return [*words[:place], *words[place + 1 :], "--help"]


def _run(words: list[str]) -> int:
    import shutil

    from pdtool.output.sink import open_standard_output

    _check_language(os.environ.get("PDTOOL_LANG", ""))
    if (
        _without_language(words) in (["-h"], ["--help"])
        and shutil.get_terminal_size().columns >= HELP_COLUMNS
    ):
        with open(HELP_PAGES[spoken()], "rb") as page, open_standard_output() as out:  # noqa: PTH123 (pathlib costs 9 ms)
            out.write(page.read())
        return ExitCode.DONE
    ready()
    from pdtool.cli import PROGRAM, command_line

    result = command_line().main(args=words, prog_name=PROGRAM, standalone_mode=False)
    return result if isinstance(result, int) else ExitCode.DONE


def _without_language(words: list[str]) -> list[str]:
    """Return the words of a command line without a language that stands before them or behind.

    >>> _without_language(["--lang", "zh", "-h"]), _without_language(["--help", "--lang=zh"])
    (['-h'], ['--help'])
    """
    known = {f"--lang={language}" for language in Language}
    left = [word for word in words if word not in known]
    for place in (0, 1):
        if left[place : place + 1] == ["--lang"] and "".join(left[place + 1 : place + 2]) in list(Language):
            del left[place : place + 2]
    return left


def _check_language(name: str) -> None:
    """Refuse a language that pdtool does not speak."""
    if name and not is_spoken(name):
        from pdtool.errors import UsageError

        raise UsageError(
            _("PDTOOL_LANG is {value!r}, which pdtool does not speak", value=name),
            _("PDTOOL_LANG=zh or PDTOOL_LANG=en, or unset it"),
        )


def _prepare_streams() -> None:
    """Write UTF-8 whatever the locale says, and line ends as they are: consoles differ, tables must not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def _flush() -> None:
    """Send what is still buffered (a help page) while a closed pipe can still end quietly."""
    if sys.stdout is not None:
        from pdtool.output.sink import open_standard_output

        with open_standard_output():
            pass


def _is_usage_error(error: Exception) -> bool:
    # typer's own errors; their class has moved between its releases, what they can do has not.
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _translated(error: Exception) -> PdtoolError:
    """Return ``error`` as a sentence and what to try."""
    from pdtool.errors import PdtoolError, system_reason

    if isinstance(error, PdtoolError):
        return error
    if _is_usage_error(error):
        return _usage_error(error)
    if isinstance(error, MemoryError):
        return PdtoolError(
            _("there is not enough memory"), _("give fewer documents at a time, or add --jobs 1")
        )
    if isinstance(error, OSError):
        place = "" if error.filename is None else _("{path}: ", path=os.fsdecode(error.filename))
        return PdtoolError(place + system_reason(error))
    if type(error).__name__ == "Abort":
        return PdtoolError(_("stopped"))
    return PdtoolError(
        _("internal error, a defect of pdtool: {name}: {error}", name=type(error).__name__, error=error),
        _("the same command after PDTOOL_DEBUG=1 shows where; please report it with what it shows"),
    )


def _usage_error(error: Exception) -> UsageError:
    from pdtool.commands.usage_errors import said_of_usage
    from pdtool.errors import UsageError

    message = str(error.format_message()).strip().rstrip(".")  # type: ignore[attr-defined]
    message = message.replace("Value error, ", "", 1)  # said by the library that typer checks values with
    message = said_of_usage(message)
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "pdtool")
    return UsageError(message[:1].lower() + message[1:], f"{command} -h")


def _exit_code(error: Exception) -> int:
    from pdtool.errors import PdtoolError

    mendable = isinstance(error, (PdtoolError, MemoryError, OSError)) or _is_usage_error(error)
    return ExitCode.ERROR if mendable else ExitCode.DEFECT


def _show_traceback() -> None:
    if os.environ.get("PDTOOL_DEBUG"):
        import traceback

        from pdtool.output.messages import say

        say(traceback.format_exc().splitlines())


if __name__ == "__main__":
    sys.exit(main())
_replace_handler(_interrupted, _signal.default_int_handler)  # who imports this module decides for itself
