"""The labelled papers: written for this project, with the keywords their author would declare.

``split`` parts them: constants were tuned on ``dev`` alone; ``held`` is for reporting.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pdtool.keywords.ranking import KeywordText

__all__ = ["Paper", "papers"]

_FILES = ("papers_policy.jsonl", "papers_other.jsonl", "papers_long.jsonl")


@dataclass(frozen=True, slots=True)
class Paper:
    """A labelled paper.

    Args:
        split: ``dev`` or ``held``.
        text: Its title and its abstract or whole text.
        keywords: What a method should find.
    """

    split: str
    text: KeywordText
    keywords: frozenset[str]


def papers(split: str) -> list[Paper]:
    """Return the papers of one half."""
    folder = Path(__file__).parent
    lines = [line for name in _FILES for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in map(json.loads, lines) if row["split"] == split]
    return [
        Paper(
            split,
            KeywordText(row["id"], row.get("abstract") or row["text"], row["title"]),
            frozenset(row["keywords"]),
        )
        for row in rows
    ]
