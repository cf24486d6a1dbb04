"""New documents against an index of which only what matters is loaded: the table is that of the files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pdtool.engine.lookup import Lookup
from pdtool.reuse import dedupe, hash_totals
from pdtool.reuse.document_table import DocumentTable
from tests.commands.conftest import Call
from tests.engine.archives import FOOT, HEAD
from tests.engine.test_index import index, table

OLD, NEW = "old", "new"
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
STYLES = (
    (),
    ("--all-pairs",),
    ("--by", "passage"),
    ("--by", "variant"),
    ("--by", "document"),
    ("--from-dates", "--all-pairs"),
    ("--threshold", "0.1", "--min-passage", "100"),
    ("--threshold", "0", "--min-passage", "100", "--common", "3", "--by", "passage"),
    ("--keep", "first", "--by", "document"),
    ("--within", "none", "--by", "document"),
)
"""Ways to compare."""


class Texts:
    """Makes texts of characters that agree with others by chance alone.

    Args:
        seed: Tells texts apart.
    """

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.stock = [self.text(40) + "。" for _ in range(30)]

    def text(self, length: int) -> str:
        """Return a text on one line."""
        return "".join(self.rng.choices(CHARACTERS, k=length))

    def document(self, length: int = 900, boilerplate: float = 0.0) -> str:
        """Return a text of paragraphs, a part of them phrases that other documents hold too."""
        lines = [self.text(120) + "。" for _ in range(int(length * (1 - boilerplate)) // 120)]
        lines += self.rng.sample(self.stock, int(length * boilerplate) // 41)
        self.rng.shuffle(lines)
        return "\n".join(lines)

    def damaged(self, text: str, share: float) -> str:
        """Return a text of which some characters are misread."""
        return "".join(
            self.rng.choice(CHARACTERS) if one != "\n" and self.rng.random() < share else one for one in text
        )


def write(folder: Path, texts: dict[str, str]) -> None:
    """Write documents into folders."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def documents(seed: int) -> dict[str, str]:
    """Return documents of both folders: copies of viral texts, boilerplate, damage, furniture, short ones."""
    made = Texts(seed)
    viral = [made.document() for _ in range(2)]
    found: dict[str, str] = {}
    for number in range(60):
        text = made.document(boilerplate=0.3 if number % 3 == 0 else 0.0)
        if number % 7 == 0:
            text = HEAD + text
        if number % 11 == 0:
            text += FOOT
        found[f"{OLD}/{made.rng.randrange(10**6):06}o.txt"] = text
    originals = list(found.values())
    for number in range(40):
        text = made.rng.choice(viral)
        copy = text if number % 5 == 0 else made.damaged(text, made.rng.choice((0.005, 0.02, 0.08)))
        if number % 4 == 1:
            copy = copy[: len(copy) * 2 // 3] + made.document(300)
        side = NEW if number % 6 == 0 else OLD
        found[f"{side}/{made.rng.randrange(10**6):06}v.txt"] = copy
    for number in range(8):
        source = made.rng.choice(originals)
        copy = made.damaged(source[100 * number :], 0.01 * number) + (HEAD if number == 3 else "")
        found[f"{NEW}/{made.rng.randrange(10**6):06}n.txt"] = copy
    found[f"{NEW}/same.txt"] = originals[5]
    found[f"{NEW}/alone.txt"] = HEAD + made.document(boilerplate=0.3)
    found[f"{OLD}/short.txt"] = found[f"{NEW}/short2.txt"] = made.text(20)
    found[f"{NEW}/empty.txt"] = "。\n"
    return found


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Take a small corpus for a large one; return a list that tells of every run whether it was looked up."""
    monkeypatch.setattr(dedupe, "EXACT_BYTES", 0)
    monkeypatch.setattr(hash_totals, "FREQUENT", 12)
    told: list[bool] = []
    read = Lookup.table

    def noted(self: Lookup, *arguments: object) -> DocumentTable | None:
        found = read(self, *arguments)  # type: ignore[arg-type]
        told.append(found is not None)
        return found

    monkeypatch.setattr(Lookup, "table", noted)
    return told


@pytest.mark.parametrize("seed", range(2))
def test_a_look_up_gives_the_table_of_the_files(
    call: Call, tmp_path: Path, looked_up: list[bool], seed: int
) -> None:
    """Viral texts whose hashes are frequent, boilerplate, damage: the same bytes in every style."""
    write(tmp_path, documents(seed))
    index(call, tmp_path, "build", OLD, "-o", "old.duckdb")
    for style in STYLES:
        wanted = table(call, tmp_path, "dedupe", NEW, "--against", OLD, *style)
        assert wanted.count(b"\n") > 8
        assert table(call, tmp_path, "dedupe", NEW, "--against", "old.duckdb", *style) == wanted, style
    assert looked_up == [True] * len(STYLES)


def test_an_index_that_was_added_to_is_looked_up(call: Call, tmp_path: Path, looked_up: list[bool]) -> None:
    """What documents weigh is right after some came and others went."""
    made = documents(7)
    old = sorted(name for name in made if name.startswith(OLD))
    write(tmp_path, {name: text for name, text in made.items() if name not in old[::2]})
    index(call, tmp_path, "build", OLD, "-o", "old.duckdb")
    write(tmp_path, made)
    index(call, tmp_path, "add", "old.duckdb", OLD)
    index(call, tmp_path, "remove", "old.duckdb", *(name.removeprefix("old/") for name in old[:5]))
    for name in old[:5]:
        (tmp_path / name).unlink()
    wanted = table(call, tmp_path, "dedupe", NEW, "--against", OLD, "--all-pairs")
    assert table(call, tmp_path, "dedupe", NEW, "--against", "old.duckdb", "--all-pairs") == wanted
    assert looked_up == [True]


def test_new_documents_without_a_match_are_alone(call: Call, tmp_path: Path, looked_up: list[bool]) -> None:
    """Nothing of the index is loaded; new copies of new ones are told, and no row is of two new ones."""
    made = Texts(3)
    copied = made.document()
    write(tmp_path, {f"{OLD}/{number}.txt": made.document() for number in range(5)})
    write(tmp_path, {f"{NEW}/a.txt": copied, f"{NEW}/b.txt": copied[200:], f"{NEW}/c.txt": made.document()})
    index(call, tmp_path, "build", OLD, "-o", "old.duckdb")
    for style in ((), ("--by", "document")):
        wanted = table(call, tmp_path, "dedupe", NEW, "--against", OLD, *style)
        assert table(call, tmp_path, "dedupe", NEW, "--against", "old.duckdb", *style) == wanted
    assert wanted.count(b",drop,") == 1
    assert looked_up == [True, True]


def test_furniture_that_changes_known_texts_is_not_looked_up(
    call: Call, tmp_path: Path, looked_up: list[bool]
) -> None:
    """Where new documents teach that a head of known ones is furniture, all of the index is joined."""
    made = Texts(4)
    texts = {f"{OLD}/{number}.txt": HEAD * (number < 2) + made.document() for number in range(6)}
    texts |= {f"{NEW}/n{number}.txt": HEAD + made.document() for number in range(2)}
    texts[f"{NEW}/copy.txt"] = texts[f"{OLD}/0.txt"][300:]
    write(tmp_path, texts)
    index(call, tmp_path, "build", OLD, "-o", "old.duckdb")
    wanted = table(call, tmp_path, "dedupe", NEW, "--against", OLD)
    assert table(call, tmp_path, "dedupe", NEW, "--against", "old.duckdb") == wanted
    assert looked_up == [False]
