"""The charts of docs/speed.md, drawn of what other benchmarks recorded: clean text beside damaged text.

``python -m benchmarks normalise.speed_page`` measures nothing; it reads the records and writes
``docs/speed.svg``.
"""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.dedupe.chart import write_chart

__all__ = ["main"]

HERE = Path(__file__).resolve().parents[1]
CHART = HERE.parent / "docs" / "speed.svg"


def _records(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _corpora() -> dict[str, float]:
    """Return the millions of characters that a core reads and repairs a second, by corpus."""
    rows = _records("dedupe/hardness.csv")
    return {row["corpus"]: 1e3 / float(row["ns_per_character"]) for row in rows if row["step"] == "all"}


def _clean() -> dict[str, float]:
    """Return the megabytes of clean text that a core repairs a second, by kind."""
    rows = [row for row in _records("normalise/clean_speed.csv") if row["shape"] == "its documents"]
    return {row["kind"]: float(row["mb_per_s"]) for row in rows}


def _damaged() -> dict[str, float]:
    """Return the megabytes of damaged text that a core reads back a second, by kind of damage."""
    rows = _records("normalise/slips.csv")
    names = {
        "samples": "seeds with slips",
        "site ghosts with slips": "ghosts and slips",
        "byte losses, Traditional": "losses, Traditional",
        "byte losses, Simplified": "losses, Simplified",
    }
    return {names[row["kind"]]: float(row["mb_per_s"]) for row in rows if row["kind"] in names}


def _commands() -> dict[str, float]:
    """Return the megabytes that commands read a second with two cores."""
    rows = _records("keywords/command.csv") + [
        {"what": row["what"].partition(",")[0], "mb_per_second": row["mb_per_second"]}
        for row in _records("themes/speed.csv")
    ]
    names = {
        "pdtool keywords": "keywords",
        "pdtool keywords --level corpus": "keywords, corpus",
        "themes --by theme": "themes",
        "themes --by section": "themes by section",
    }
    return {names[row["what"]]: float(row["mb_per_second"]) for row in rows if row["what"] in names}


def main() -> None:
    """Draw the charts."""
    machine = _records("dedupe/hardness.csv")[0]["machine"]
    write_chart(
        CHART,
        "How fast texts are read and repaired, and what commands make of them",
        machine,
        [
            ("repair, millions of characters a second a core (more is better)", _corpora(), "{:.1f}"),
            ("repair of clean text, MB a second a core", _clean(), "{:.1f}"),
            ("repair of text that lost bytes, MB a second a core", _damaged(), "{:.2f}"),
            ("commands on 10,000 documents, MB a second on two cores", _commands(), "{:.1f}"),
        ],
    )
    print(CHART)


if __name__ == "__main__":
    main()
