"""Laws that hold over whole runs: about other documents, about cleaning twice, about files that change."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest

from pdtool.corpus.read_options import ReadOptions
from pdtool.corpus.scan import Corpus, scan
from pdtool.documents.cache import clear_document_cache, document_cache
from pdtool.documents.document import Document
from pdtool.errors import InputError
from pdtool.normalise.pipeline import normalise
from pdtool.progress import Progress
from pdtool.report.analyses import analyse
from pdtool.report.build import build
from pdtool.reuse.dedupe import dedupe
from tests.commandline import ROOT, run
from tests.damage import KINDS, Workshop
from tests.damage.tracked import original
from tests.report.conftest import FACTS, settings
from tests.texts import handwritten, library

UNRELATED = "航天器在轨道上展开太阳翼，地面站收到遥测信号，轨道参数符合预期。\n" * 12


OF_THE_CORPUS = frozenset({"share_of_documents"})
"""Columns that are about all documents."""


def _rows(arguments: Sequence[str], folder: Path) -> set[tuple[str, ...]]:
    done = run([*arguments, str(folder), "--format", "csv", "--plain", "-q"])
    assert done.returncode == 0, done.stderr.decode()
    rows = csv.DictReader(io.StringIO(done.stdout.decode()))
    return {tuple(value for name, value in row.items() if name not in OF_THE_CORPUS) for row in rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with a few documents and a copy of one."""
    place = tmp_path / "documents"
    place.mkdir()
    texts = [text.text for text in library(3)][:6]
    for number, text in enumerate([*texts, texts[0][: len(texts[0]) * 9 // 10]]):
        (place / f"{number}.txt").write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    "arguments",
    [
        ("dedupe",),
        ("dedupe", "--by", "passage"),
        ("dedupe", "--by", "document"),
        ("keywords",),
        ("themes",),
        ("inspect",),
        ("inspect", "--by", "edit"),
    ],
    ids=" ".join,
)
def test_an_unrelated_document_changes_no_other_row(folder: Path, arguments: Sequence[str]) -> None:
    """What is said of a document, or of a pair, does not depend on what else is there."""
    before = _rows(arguments, folder)
    (folder / "unrelated.txt").write_text(UNRELATED, encoding="utf-8")
    after = _rows(arguments, folder)
    assert before <= after
    assert all("unrelated.txt" in row for row in after - before)


@pytest.mark.parametrize("text", [text.text for text in handwritten()])
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """A clean text is clean."""
    clean = normalise(text).text
    assert normalise(clean).text == clean


def test_cleaning_the_samples_twice_changes_nothing() -> None:
    """Nor do texts that a site damaged change any more."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        clean = normalise(path.read_bytes().decode("utf-8")).text
        assert normalise(clean).text == clean


AGAIN = frozenset({"spaces_some"})
"""Kinds of damage after which blanks are judged anew; see docs/inputs.md."""


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - AGAIN))
def test_cleaning_damaged_text_twice_changes_nothing(kind: str) -> None:
    """What was repaired is not repaired again."""
    others = [original(text.text, text.id) for text in handwritten()]
    text = next(one for one in library(2) if KINDS[kind].least <= len(one.text))
    damaged = KINDS[kind].damage(original(text.text[:1200], text.id), Workshop(Random(1), others)).text
    clean = normalise(damaged).text
    assert normalise(clean).text == clean


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "grows": lambda path: path.write_text(path.read_text(encoding="utf-8") * 3, encoding="utf-8"),
    "shrinks": lambda path: path.write_text("短。", encoding="utf-8"),
    "is emptied": lambda path: path.write_bytes(b""),
    "vanishes": lambda path: path.unlink(),
    "becomes a folder": _replace_by_folder,
    "is replaced": lambda path: path.write_text("另一份完全不同的文件。" * 30, encoding="gb18030"),
}
"""What may happen to a file between being found and being read."""


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".jsonl"])
def test_a_file_that_changes_is_read_or_named(tmp_path: Path, change: str, suffix: str) -> None:
    """There is a document or an error that names the file, and the others are read."""
    path = tmp_path / f"a{suffix}"
    text = "坚持党建引领基层治理，推动重心下移。" * 20
    row = {".txt": text, ".csv": f"text\n{text}\n", ".jsonl": f'{{"text": "{text}"}}\n'}[suffix]
    path.write_text(row, encoding="utf-8")
    (tmp_path / "b.txt").write_text("另一份文件。" * 20, encoding="utf-8")
    with scan([path, tmp_path / "b.txt"], ReadOptions()) as corpus:
        CHANGES[change](path)
        clear_document_cache()
        found = document_cache(None).open_all(corpus.sources)
    first, second = found
    assert not isinstance(second, InputError)
    assert isinstance(first, Document) or str(first)


class _Changing:
    """A listener that changes a file when a stage of the work begins.

    Args:
        change: What happens to the file.
        stage: At which stage, counted from 0.
    """

    def __init__(self, change: Callable[[], object], stage: int) -> None:
        self._change, self._left = change, stage

    def stage(self, _name: str, _total: int, /) -> None:
        if self._left == 0:
            self._change()
            clear_document_cache()
        self._left -= 1

    def advance(self, _n: int = 1, /) -> None:
        """Pass over the step."""

    def done(self) -> None:
        """Pass over the end."""


def _cut(corpus: Corpus, progress: Progress) -> None:
    dedupe(corpus, by="passage", progress=progress)


def _collated(corpus: Corpus, progress: Progress) -> None:
    dedupe(corpus, by="variant", progress=progress)


def _reported(corpus: Corpus, progress: Progress) -> None:
    build(analyse(corpus, settings(), progress), FACTS)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("work", "stages"), [(_cut, 4), (_collated, 4), (_reported, 5)])
def test_a_file_that_changes_during_the_work_is_named(
    tmp_path: Path, change: str, work: Callable[[Corpus, Progress], None], stages: int
) -> None:
    """At whatever stage: nothing is said of a text that is no longer there, and the error names the file."""
    texts = [text.text for text in library(3)]
    for stage in range(1, stages):
        folder = tmp_path / str(stage)
        folder.mkdir()
        path = folder / "a.txt"
        for name, text in (("a", texts[0]), ("b", texts[0][: len(texts[0]) * 9 // 10]), ("c", texts[2])):
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        with scan([folder]) as corpus, pytest.raises(InputError) as told:
            work(corpus, _Changing(partial(CHANGES[change], path), stage))
        clear_document_cache()
        assert str(path) in str(told.value)


def test_names_that_some_system_takes_for_one_are_files_of_their_own(tmp_path: Path) -> None:
    """Names that differ in case alone, and those that Windows reserves, are written beside one another."""
    ids = ["a", "A", "con", "CON.txt", "aux.log", "é", "e\u0301", "É", "b.", "b ", "c/d", "C/D"]
    rows = "".join(f"{number},{name},第{number}份文件。\n" for number, name in enumerate(ids))
    (tmp_path / "a.csv").write_text(f"n,id,text\n{rows}", encoding="utf-8")
    done = run(["clean", str(tmp_path / "a.csv"), "-o", str(tmp_path / "out"), "-q"])
    assert done.returncode == 0, done.stderr.decode()
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    said = {path.read_text(encoding="utf-8").strip() for path in files}
    assert said == {f"第{number}份文件。" for number in range(len(ids))}
    keys = {unicodedata.normalize("NFC", path.relative_to(tmp_path).as_posix()).casefold() for path in files}
    assert len(keys) == len(ids)
    assert not any(re.match(r"(con|aux)(\.|$)", path.name, re.IGNORECASE) for path in files)


def test_names_in_either_form_are_two_files_or_one(tmp_path: Path) -> None:
    """Composed and decomposed names are shown as they are, and each file has a row of its own."""
    composed = unicodedata.normalize("NFC", "é党.txt")
    decomposed = unicodedata.normalize("NFD", composed)
    for name in (composed, decomposed):
        (tmp_path / name).write_text(f"{len(name)} 份文件。" * 20, encoding="utf-8")
    files = {path.name for path in tmp_path.iterdir()}
    rows = _rows(("inspect",), tmp_path)
    assert {row[0] for row in rows} == files
    done = run(["clean", str(tmp_path), "-o", str(tmp_path / "out"), "-q"])
    assert done.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == len(files)
