"""Running the installed command as a user does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("pdtool.exe" if os.name == "nt" else "pdtool")

_OWN = ("PDTOOL_CSV", "PDTOOL_DEBUG", "SOURCE_DATE_EPOCH", "COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR")


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of a test: nothing that changes output, English, unnamed encodings reported."""
    kept = {name: value for name, value in os.environ.items() if name not in _OWN}
    return {"PDTOOL_LANG": "en", **kept, "PYTHONWARNDEFAULTENCODING": "1", **extra}


def run(
    arguments: Sequence[str | bytes],
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run ``pdtool`` with ``arguments`` and wait for it."""
    return subprocess.run(
        [str(COMMAND), *arguments],
        cwd=cwd or ROOT,
        input=stdin,
        capture_output=True,
        env=environment(**(env or {})),
        timeout=120,
        check=False,
    )


def heed_interrupts() -> None:
    """Let a child heed Ctrl-C though the tests run in the background, where shells have it ignored.

    For ``preexec_fn`` of :class:`subprocess.Popen`.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
