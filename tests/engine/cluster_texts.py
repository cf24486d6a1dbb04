"""Documents for a cluster: every kind of damage, boilerplate, a text copied many times, equal texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.damage.kinds import KINDS, Workshop
from tests.damage.tracked import original
from tests.engine.archives import FOOT, HEAD, body
from tests.texts.grammar import genres, subjects
from tests.texts.library import generate

__all__ = ["Rows", "documents", "write_parts"]

Rows = list[dict[str, str]]

COPIES = 70
"""Copies of one text: more than the documents up to which a hash is rare."""


def documents(seed: int = 0) -> Rows:
    """Return documents as rows: ``id``, ``text``, ``title``; equal seeds give equal ones."""
    chance = Random(f"cluster {seed}")
    names, forms = sorted(subjects()), sorted(genres())
    texts = [
        generate(names[number % len(names)], forms[number % len(forms)], 700, number).text
        for number in range(len(KINDS))
    ]
    originals = [original(text, str(number)) for number, text in enumerate(texts)]
    rows: Rows = []
    for number, (name, kind) in enumerate(KINDS.items()):
        others = [one for one in originals if one is not originals[number]]
        damaged = kind.damage(originals[number], Workshop(chance, others)).text
        rows.append(_row(f"o{number}", texts[number], chance))
        rows.append(_row(f"k{number}-{name}", damaged, chance))
    viral = body(4242, 3)
    rows += [_row(f"v{number}", viral + body(9000 + number, 1)[:40], chance) for number in range(COPIES)]
    rows += [_row(f"e{number}", texts[number], chance) for number in range(3)]
    rows += [{"id": "empty", "text": "", "title": ""}, {"id": "短", "text": "完", "title": "短"}]
    return rows


def _row(name: str, text: str, chance: Random) -> dict[str, str]:
    if chance.random() < 0.3:
        text = f"{HEAD}{text}{FOOT}"
    return {"id": name, "text": text, "title": f"关于{text[:6]}" if chance.random() < 0.5 else ""}


def write_parts(rows: Sequence[dict[str, str]], path: Path, parts: int) -> None:
    """Write rows as JSON Lines: one file, or a folder of several whose rows are shuffled."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    if parts == 1:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    Random(parts).shuffle(lines)
    path.mkdir()
    for part in range(parts):
        text = "\n".join(lines[part::parts]) + "\n"
        (path / f"part-{part:02}.jsonl").write_text(text, encoding="utf-8")
