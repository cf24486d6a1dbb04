"""Run the benchmarks: ``python -m benchmarks [NAME ...]``; without a name all of them.

A benchmark is a module ``benchmarks/<topic>/<name>.py`` with a function ``main()``. It prints its figures
and writes them as CSV beside itself.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """Return the benchmarks there are, as ``topic.name``."""
    files = sorted(HERE.glob("*/*.py"))
    return [
        f"{file.parent.name}.{file.stem}" for file in files if "def main(" in file.read_text(encoding="utf-8")
    ]


def run(wanted: list[str]) -> int:
    """Run the benchmarks whose name begins with one of ``wanted``; all where none is named."""
    chosen = [name for name in names() if not wanted or any(name.startswith(start) for start in wanted)]
    if not chosen:
        print(f"no such benchmark; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    for name in chosen:
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
