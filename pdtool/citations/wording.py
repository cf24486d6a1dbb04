"""What ``data/citations.toml`` says of the words around the name of a document, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pdtool.data_files import data_toml

__all__ = ["RelationWords", "citation_data", "form", "relation_words"]


@dataclass(frozen=True, slots=True)
class RelationWords:
    """The words of one relation.

    Args:
        name: The relation.
        behind: What stands behind a title, each form from its beginning.
        is_descriptive: Whether the words before a title describe the named document alone where 的 follows.
        is_strong: Whether what stands behind a title counts whatever stands before it.
    """

    name: str
    behind: tuple[re.Pattern[str], ...]
    is_descriptive: bool
    is_strong: bool


@cache
def citation_data() -> dict[str, Any]:
    """Return what ``data/citations.toml`` holds."""
    return data_toml("citations.toml")


@cache
def form(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern of a section, compiled."""
    return re.compile(citation_data()[section][name])


@cache
def relation_words() -> tuple[RelationWords, ...]:
    """Return the relations in the order of the file."""
    return tuple(
        RelationWords(
            relation["name"],
            tuple(re.compile(one) for one in relation.get("behind", ())),
            relation.get("descriptive", False),
            relation.get("strong", False),
        )
        for relation in citation_data()["relations"]
    )
