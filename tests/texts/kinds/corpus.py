"""Corpora of the nine kinds, and pages of sites to lay among them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.damage import layout
from tests.damage.portals import known_site, portals
from tests.damage.tracked import original
from tests.texts.kinds.laws import mainland_law, taiwan_law
from tests.texts.kinds.office import minutes, notice, questions, report
from tests.texts.kinds.reading import essay, manual, paper

__all__ = ["KINDS", "Document", "Kind", "documents", "furnished"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    Args:
        write: Writes one from a generator and about how many characters it has.
        shortest: The fewest characters asked for.
        longest: The most.
    """

    write: Callable[[Random, int], str]
    shortest: int
    longest: int


KINDS: Mapping[str, Kind] = {
    "law, mainland": Kind(mainland_law, 800, 9000),
    "law, Taiwan": Kind(taiwan_law, 500, 3000),
    "notice": Kind(notice, 400, 1500),
    "report": Kind(report, 600, 4000),
    "paper": Kind(paper, 2000, 5000),
    "minutes": Kind(minutes, 500, 2500),
    "questions": Kind(questions, 600, 3000),
    "essay": Kind(essay, 3500, 7500),
    "manual": Kind(manual, 700, 5500),
}
"""By name; the lengths are those of most real documents of the kind."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that nothing may be taken from.

    Args:
        id: Unique within a corpus.
        kind: A key of :data:`KINDS`, or ``furnished``.
        text: What the file holds.
    """

    id: str
    kind: str
    text: str


@cache
def documents(count: int, seed: int, share: float = 1.0) -> tuple[Document, ...]:
    """Write clean documents of all kinds in turn; a longer corpus of a seed begins like a shorter one.

    Args:
        count: How many.
        seed: Equal arguments write equal documents.
        share: What the lengths are multiplied by, for a test that has no time for long ones.
    """
    names = list(KINDS)
    made = []
    for at in range(count):
        name = names[at % len(names)]
        kind, rng = KINDS[name], Random(f"kinds {seed} {at}")
        length = share * math.exp(rng.uniform(math.log(kind.shortest), math.log(kind.longest)))
        made.append(Document(f"{at:04}.txt", name, kind.write(rng, int(length))))
    return tuple(made)


def furnished(count: int, seed: int, share: float = 1.0) -> tuple[Document, ...]:
    """Print other documents on the pages of a few sites, as they lie among clean ones in real piles.

    Args:
        count: How many pages.
        seed: Equal arguments write equal pages.
        share: What the lengths are multiplied by.
    """
    rng = Random(f"furnished {seed}")
    sites = [*layout.sites(), *portals("kinds"), *(known_site(rng) for _ in range(4))]
    rng.shuffle(sites)
    few = sites[: max(1, count // 4)]
    pages = documents(count, seed + 5000, share)
    texts = (layout.furnish(original(page.text, page.id), rng, rng.choice(few)).text for page in pages)
    return tuple(
        Document(f"page-{page.id}", "furnished", text) for page, text in zip(pages, texts, strict=True)
    )
