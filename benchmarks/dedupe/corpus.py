"""A corpus of any size with labelled copies: ``python -m benchmarks.dedupe.corpus 10000 FILE.jsonl``.

A document is a line ``{"id", "text"}``; ``FILE.truth.tsv`` holds a line for every copy: both ids, what was
done, and whether the pair must be listed. Equal arguments write equal files; ``--resume`` goes on with a file
that a run that was stopped had begun. Sizes are log-normal around
2,000 characters; most documents are clean and unrelated, each with a vocabulary of its own; 8 % are damaged
copies, parts or mixtures of others; a share of every text may be phrases that all documents draw from one
stock; and single texts may be copied hundreds of times.

The *plain* corpus is paragraphs of Simplified prose: recall is recorded on it, and other records were made
with it. The *shaped* one (``--shaped``) has the shapes of real documents (:mod:`benchmarks.dedupe.shapes`),
so that reading it takes as long a character as reading those; speed is measured on it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.dedupe.author import Author
from benchmarks.dedupe.shapes import shaped
from benchmarks.dedupe.vocabulary import vocabulary
from tests.damage import KINDS, Tracked, Workshop, compare, original, trace
from tests.texts.grammar import Writer, genres, subjects

__all__ = ["Plan", "truth_path", "write_corpus"]

MEDIAN_CHARACTERS = 2_000
SPREAD = 0.79
"""Standard deviation of the logarithm of the length: the mean is then 2,730 characters."""
SHORTEST, LONGEST = 250, 30_000
COPIES = 0.08
BLOCK = 500
"""Documents written at a time by one process."""
PHRASES = 600
"""Phrases in the stock of boilerplate, of some forty characters each."""
NOT_STORED = ("gb18030", "gbk", "utf16", "utf8_bom", "big5")
"""Kinds whose damage is the encoding of a file: JSON Lines have but one."""
VIRAL_KINDS = (
    *("ocr_0.5", "ocr_2", "ocr_5", "half_width", "wraps_36_indent", "furniture"),
    *("traditional_site", "paragraphs_reordered", "page_markers"),
)
"""Damage that leaves more than 80 % of a text, so that all copies belong in one cluster."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a corpus holds.

    Args:
        documents: Documents beside the viral copies.
        boilerplate: Share of every text that is phrases of the common stock, 0 to 0.5.
        viral: How often each viral text stands in the corpus.
        seed: Tells corpora of one plan apart.
        shaped: Whether documents have the shapes of real ones.
    """

    documents: int
    boilerplate: float = 0.0
    viral: tuple[int, ...] = ()
    seed: int = 1
    shaped: bool = False

    @property
    def total(self) -> int:
        """All documents, viral copies included."""
        return self.documents + sum(self.viral)


# Texts ------------------------------------------------------------------------------------------------


def _length(rng: Random) -> int:
    return int(min(max(MEDIAN_CHARACTERS * np.exp(rng.gauss(0, SPREAD)), SHORTEST), LONGEST))


@cache
def _stock(seed: int) -> tuple[str, ...]:
    """Return the phrases that all documents of a corpus share."""
    rng = Random(f"stock {seed}")
    phrases = []
    for _ in range(PHRASES):
        author = Writer(rng.choice(sorted(subjects())), rng)
        phrases.append(author.sentence(rng.choice(("plan", "notice", "regulation"))))
    return tuple(phrases)


def _boilerplate(rng: Random, seed: int, size: int) -> list[str]:
    """Draw different phrases of the stock, the first ones most often, up to ``size`` characters."""
    stock = _stock(seed)
    chosen: dict[str, str | None] = {}
    while size > 0 and len(chosen) < len(stock) // 2:
        phrase = stock[int(len(stock) * rng.random() ** 2)]
        if phrase not in chosen:
            size -= len(phrase)
            chosen[phrase] = None if size < 0 else phrase
    return [phrase for phrase in chosen.values() if phrase]


def _text(rng: Random, plan: Plan, length: int) -> str:
    author = Author(min(subjects()), rng, words=vocabulary(rng))
    if plan.shaped:
        return shaped(author, rng, length)
    common = _boilerplate(rng, plan.seed, int(plan.boilerplate * length))
    own = author.document(rng.choice(sorted(genres())), length - sum(map(len, common)))
    lines = own.split("\n")
    for phrase in common:
        lines[rng.randrange(len(lines))] += phrase
    return "\n".join(lines)


def _document(plan: Plan, number: int) -> str:
    """Write the document of a number: the same in every process."""
    rng = Random(f"{plan.seed} {plan.boilerplate} {number}")
    return _text(rng, plan, _length(rng))


def _others(rng: Random, plan: Plan, like: int) -> list[Tracked]:
    """Write hosts and fillers of a copy: texts that stand nowhere else."""
    texts = [_text(rng, plan, length) for length in (like, like, 2 * like)]
    return [original(text, f"other {n} {rng.random()}") for n, text in enumerate(texts)]


# Roles ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Role:
    """What a line of the file holds: a document as written, or the copy of another one (-1: of none)."""

    number: int
    copied: int = -1
    viral: int = 0


def _roles(plan: Plan) -> list[_Role]:
    """Return what stands in each line: copies and their originals are scattered over the file."""
    places = list(range(plan.total))
    Random(f"roles {plan.seed}").shuffle(places)
    roles: list[_Role] = [_Role(number) for number in range(plan.total)]
    copies = int(COPIES * plan.documents)
    for copy, origin in zip(places[:copies], places[copies : 2 * copies], strict=True):
        roles[copy] = _Role(copy, origin)
    rest = iter(places[2 * copies :])
    for which, count in enumerate(plan.viral, 1):
        first = next(rest)
        roles[first] = _Role(first, viral=which)
        for _ in range(count - 1):
            place = next(rest)
            roles[place] = _Role(place, first, which)
    return roles


def _id(number: int) -> str:
    return f"d{number:07}"


def _kinds(length: int, viral: bool) -> list[str]:
    names = VIRAL_KINDS if viral else [name for name in KINDS if not name.startswith(NOT_STORED)]
    return [name for name in names if KINDS[name].least <= length <= KINDS[name].most]


def _line(plan: Plan, role: _Role) -> tuple[str, list[str]]:
    """Write what stands in a line; its text and, for a copy, the line of the truth."""
    # The viral texts of all plans are the same, so that the time they take can be compared.
    text = _document(plan, -role.viral or (role.number if role.copied < 0 else role.copied))
    return (text, []) if role.copied < 0 else _copy(plan, role, text)


def _copy(plan: Plan, role: _Role, text: str) -> tuple[str, list[str]]:
    rng = Random(f"copy {plan.seed} {role.number}")
    kind = rng.choice(_kinds(len(text), bool(role.viral)))
    source = original(text, f"document {role.copied}")
    damaged = KINDS[kind].damage(source, Workshop(rng, _others(rng, plan, len(text))))
    expected = compare(trace(source), trace(damaged)).expected.value
    label = f"viral {role.copied}" if role.viral else kind
    return damaged.text, ["\t".join((*sorted((_id(role.number), _id(role.copied))), label, expected))]


# Files ------------------------------------------------------------------------------------------------


def truth_path(corpus: Path) -> Path:
    """Return where the labels of a corpus are."""
    return corpus.with_suffix(".truth.tsv")


@dataclass(frozen=True, slots=True)
class _Block:
    plan: Plan
    path: Path
    first: int


def _write_block(block: _Block) -> tuple[Path, list[str]]:
    labels = []
    path = block.path.with_suffix(f".{block.first}.part")
    with path.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for role in _roles_of(block.plan)[block.first : block.first + BLOCK]:
            text, label = _line(block.plan, role)
            labels += label
            file.write(json.dumps({"id": _id(role.number), "text": text}, ensure_ascii=False) + "\n")
    return path, labels


_roles_of = cache(_roles)


def _blocks(plan: Plan, path: Path, begin: int) -> Iterator[_Block]:
    for first in range(begin, plan.total, BLOCK):
        yield _Block(plan, path, first)


def _whole_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(line.endswith(b"\n") for line in file)


def _cut(path: Path, lines: int) -> None:
    """Cut a file after some lines."""
    with path.open("r+b") as file:
        file.truncate(sum(len(line) for line in islice(file, lines)))


def _begun(path: Path, plan: Plan) -> int:
    """Return how many documents stand in whole blocks of a corpus that was begun; cut off what follows."""
    if not path.exists():
        return 0
    copies = list(accumulate((role.copied >= 0 for role in _roles_of(plan)), initial=0))
    documents, labels = _whole_lines(path), _whole_lines(truth_path(path)) - 1
    begin = documents // BLOCK * BLOCK
    while begin and copies[begin] > labels:  # what was written last may not have reached the disk
        begin -= BLOCK
    _cut(path, begin)
    _cut(truth_path(path), copies[begin] + 1)
    return begin


def write_corpus(path: Path, plan: Plan, *, resume: bool = False) -> None:
    """Write a corpus and its labels, with as many processes as there are processors.

    Args:
        path: The file of JSON Lines.
        plan: What it holds.
        resume: Whether to go on with what is there of it.
    """
    begin = _begun(path, plan) if resume else 0
    mode = "a" if begin else "w"
    context = multiprocessing.get_context("spawn")
    with (
        context.Pool(len(os.sched_getaffinity(0))) as pool,
        path.open(f"{mode}b") as corpus,
        truth_path(path).open(mode, encoding="utf-8") as truth,
    ):
        if not begin:
            truth.write("doc_a\tdoc_b\tkind\texpected\n")
        for part, labels in pool.imap(_write_block, _blocks(plan, path, begin)):
            with part.open("rb") as file:
                shutil.copyfileobj(file, corpus, 1 << 22)
            part.unlink()
            truth.writelines(label + "\n" for label in labels)


def command_line() -> None:
    """Write the corpus that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("documents", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--boilerplate", type=float, default=0.0)
    parser.add_argument("--viral", type=int, action="append", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shaped", action="store_true")
    parser.add_argument("--resume", action="store_true")
    asked = parser.parse_args()
    plan = Plan(asked.documents, asked.boilerplate, tuple(asked.viral), asked.seed, asked.shaped)
    write_corpus(asked.path, plan, resume=asked.resume)


if __name__ == "__main__":
    command_line()
