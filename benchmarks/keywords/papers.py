"""The labelled papers: written for this project, with the keywords their author would declare.

``split`` parts them: constants were tuned on ``dev`` alone; ``held`` (abstracts as in ``dev``) and ``unseen``
(whole papers of other disciplines) are for reporting.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pdtool.keywords.ranking import KeywordText

__all__ = ["SPLITS", "Paper", "papers"]

SPLITS = ("dev", "held", "unseen")

_FILES = ("papers_policy.jsonl", "papers_other.jsonl", "papers_long.jsonl", "papers_unseen.jsonl")


@dataclass(frozen=True, slots=True)
class Paper:
    """A labelled paper.

    Args:
        split: One of :data:`SPLITS`.
        text: Its title and its abstract or whole text.
        keywords: What a method should find.
    """

    split: str
    text: KeywordText
    keywords: frozenset[str]


def papers(split: str) -> list[Paper]:
    """Return the papers of one set."""
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
