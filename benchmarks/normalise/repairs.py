"""How much of the damage is left after cleaning, for the repairs of layout.

``python -m benchmarks normalise.repairs`` damages undamaged texts and writes ``repairs.csv`` beside this
file, a line a kind of damage: the character error rate before and after
:func:`pdtool.normalise.pipeline.normalise` (edit distance of letters, digits and Han ÷ length of the
undamaged text, over all documents together; for Traditional text the very characters are compared, else both
scripts count as one). ``learned`` also gives the normaliser what the documents of one site share. The last
lines of the old kinds are about splices: ``before`` holds the recall and ``after`` the precision of
:func:`pdtool.normalise.splices.detection.find_splices` on passages of 80 to 600 characters cut between words,
then of 40 to 2,000 characters by where they are cut. A splice counts as found when the passage named overlaps
it by half of both together. ``accused`` gives the share of texts without a splice in which one is named, in
``after``.

``field:`` lines are the eight kinds of damage of :mod:`tests.damage.field`, on clean documents of nine kinds
(:mod:`tests.texts.kinds`). ``content removed`` gives in ``after`` the share of the characters of clean
documents that is taken out of them, in corpora of 1 to 2,000 documents with pages of sites among them. Both
stand beside their ``floor`` and ``goal``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from rapidfuzz.distance import Levenshtein

from benchmarks.machine import describe, record
from pdtool.normalise.furniture.shared_blocks import learn_blocks
from pdtool.normalise.pipeline import normalise
from pdtool.normalise.splices.detection import Splice, find_splices
from pdtool.text.fold import fold
from tests.damage import Tracked, layout
from tests.damage.field import FIELD, FieldKind, errors, is_traditional
from tests.damage.portals import known_site, portals
from tests.damage.rates import Damage, distance, error_rate, pairs
from tests.damage.slides import doubled
from tests.damage.splicing import CUTS, Spliced, digressions, spliced_texts, varied_splices
from tests.quality.content import SIZES, losses, pile
from tests.texts import library
from tests.texts.kinds import documents
from tests.texts.script import character_by_character, phrase_wise

SEEDS = range(700, 703)
"""Libraries of texts that no test and no other benchmark uses."""
FIELD_DOCUMENTS = 90
"""Clean documents that each kind of damage of the field is done to: ten of every kind."""
CONTENT_FLOOR = 5e-6
"""Most of the characters of others' clean documents that may be taken out."""
CONTENT_GOAL = 0.0
"""Most of the characters of these documents that may."""
PACKAGES = ("numpy", "rapidfuzz")


def _from(sites: Sequence[dict[str, Any]]) -> Damage:
    return lambda text, rng: layout.furnish(text, rng, rng.choice(sites))


def _known(text: Tracked, rng: Random) -> Tracked:
    return layout.furnish(text, rng, known_site(rng))


KINDS: dict[str, Damage] = {
    "undamaged": lambda text, _: text,
    "furniture, known": _known,
    "furniture, held out": _from(layout.sites()),
    "furniture, held out, tuning": _from(portals("tuning")),
    "furniture, held out, kinds of sites": _from(portals("kinds")),
    "furniture, held out, sealed": _from(portals("sealed")),
    "page markers": layout.page_markers,
    "doubled slides": doubled,
}


SCRIPTS: dict[str, Callable[[str], str]] = {
    "character by character": character_by_character,
    "OpenCC's standard": lambda text: phrase_wise(text, "s2t"),
    "Taiwan": lambda text: phrase_wise(text, "s2tw"),
    "Hong Kong": lambda text: phrase_wise(text, "s2hk"),
}


def _learned(site: dict[str, Any]) -> tuple[int, int]:
    """Return errors and characters of the texts of one site, its furniture learned from them."""
    made = list(pairs(_from([site]), SEEDS[:1]))[:25]
    blocks = learn_blocks(normalise(pair.dirty).edge_lines() for pair in made)
    errors = sum(distance(pair.clean, normalise(pair.dirty, blocks).text) for pair in made)
    return errors, sum(len(fold(pair.clean)) for pair in made)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def scripts() -> Iterator[dict[str, object]]:
    """Yield how far texts that were made Traditional in several ways are from what they were."""
    texts = [text.text for seed in SEEDS for text in library(seed)]
    length = sum(len(_letters(text)) for text in texts)
    for name, convert in SCRIPTS.items():
        changed = [convert(text) for text in texts]
        before, after = (
            sum(Levenshtein.distance(*map(_letters, pair)) for pair in zip(texts, others, strict=True))
            / length
            for others in (changed, [normalise(text).text for text in changed])
        )
        yield _row(f"Traditional, {name}", len(texts), before, after)


def _row(
    kind: str,
    count: int,
    before: float,
    after: float,
    floor: float | None = None,
    goal: float | None = None,
) -> dict[str, object]:
    return {
        "kind": kind,
        "documents": count,
        "before": f"{before:.5f}",
        "after": f"{after:.5f}" if floor is None else f"{after:.6f}",
        "floor": "" if floor is None else f"{floor:.6f}",
        "goal": "" if goal is None else f"{goal:.6f}",
        "conditions": describe(*PACKAGES),
    }


def _overlap(splice: Splice, made: Spliced) -> float:
    common = min(splice.end, made.end) - max(splice.start, made.start)
    return common / (max(splice.end, made.end) - min(splice.start, made.start))


def _splices(kind: str, texts: Iterable[Spliced]) -> dict[str, object]:
    """Return recall and precision on spliced texts."""
    found = [(made, find_splices(made.text)) for made in texts]
    right = sum(any(_overlap(splice, made) >= 0.5 for splice in named) for made, named in found)
    named = sum(len(named) for _, named in found)
    return _row(kind, len(found), right / len(found), right / named if named else float("nan"))


def _accused(kind: str, texts: Sequence[str]) -> dict[str, object]:
    """Return the share of texts without splices that are accused of one."""
    return _row(kind, len(texts), 0.0, sum(bool(find_splices(text)) for text in texts) / len(texts))


def splices() -> Iterator[dict[str, object]]:
    """Yield recall and precision on spliced texts of several kinds, and how many others are accused."""
    yield _splices("splices", (made for seed in SEEDS for made in spliced_texts(seed)))
    for same_field in (False, True):
        for cut in CUTS:
            kind = f"splices, {'same' if same_field else 'another'} field, cut {cut}"
            yield _splices(kind, (made for seed in SEEDS for made in varied_splices(seed, cut, same_field)))
    yield _accused("accused: undamaged texts", [text.text for seed in SEEDS for text in library(seed)])
    for quoted in (False, True):
        kind = f"accused: foreign {'quotations' if quoted else 'paragraphs'}"
        yield _accused(kind, [text for seed in SEEDS for text in digressions(seed, quoted)])


def _field_row(name: str, kind: FieldKind) -> dict[str, object]:
    """Return the error rates of one kind of damage of the field."""
    rng = Random(f"{name} {SEEDS[0]}")
    texts = [document.text for document in documents(FIELD_DOCUMENTS, SEEDS[0])]
    hosts = [text for text in texts if not (kind.simplified and is_traditional(text))]
    counts = [
        errors(kind, kind.damage(text, hosts[(at + len(hosts) // 2) % len(hosts)], rng))
        for at, text in enumerate(hosts)
    ]
    before, after, length = map(sum, zip(*counts, strict=True))
    return _row(f"field: {name}", len(hosts), before / length, after / length, kind.floor, kind.goal)


def field() -> Iterator[dict[str, object]]:
    """Yield the error rates of the kinds of damage that documents of the field have."""
    for name, kind in FIELD.items():
        yield _field_row(name, kind)


def content() -> Iterator[dict[str, object]]:
    """Yield how much of clean documents is taken out of them, in corpora of several sizes."""
    for size in SIZES:
        with TemporaryDirectory() as folder:
            lost = losses(pile(size, SEEDS[0]), Path(folder) / "corpora").values()
        share = sum(kind.removed.total() for kind in lost) / sum(kind.characters for kind in lost)
        count = sum(kind.documents for kind in lost)
        name = f"content removed, corpora of {size:,}"
        yield _row(name, count, 0.0, share, CONTENT_FLOOR, CONTENT_GOAL)


def measure() -> Iterator[dict[str, object]]:
    """Yield a row for each kind of damage."""
    for kind, damage in KINDS.items():
        made = list(pairs(damage, SEEDS))
        rates = error_rate(made, str), error_rate(made, lambda raw: normalise(raw).text)
        yield _row(kind, len(made), *rates)
    for name, sites in (("held out", layout.sites()), ("sealed", portals("sealed"))):
        counts = [_learned(site) for site in sites]
        rate = sum(errors for errors, _ in counts) / sum(length for _, length in counts)
        yield _row(f"furniture, {name}, learned", 25 * len(counts), float("nan"), rate)
    yield from scripts()
    yield from splices()
    yield from field()
    yield from content()


def main() -> None:
    """Record the error rates."""
    record(Path(__file__).with_suffix(".csv"), list(measure()))


if __name__ == "__main__":
    main()
