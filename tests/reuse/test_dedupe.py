"""Dedupe, end to end in the library: the sample corpus, the laws, and the rules of clusters."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from pdtool.corpus.read import read
from pdtool.corpus.scan import scan
from pdtool.documents import mapping as apply
from pdtool.errors import Severity, UsageError
from pdtool.normalise.pipeline import normalise
from pdtool.progress import NoProgress
from pdtool.reuse import dedupe as engine
from pdtool.reuse import postings, verification
from pdtool.reuse.alignment import Alignment, align_all
from pdtool.reuse.anchors import Index
from pdtool.reuse.dedupe import By, DedupeOptions, DedupeResult, dedupe
from pdtool.text.fold import fold

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PAPER, COPY = "000_7f5a83bdbddc04f7.txt", "004_c6d8ae7e647a061d.txt"


def random_text(rng: random.Random, length: int) -> str:
    """Return characters that agree with others by chance alone."""
    return "".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(length))


def lines(text: str, width: int = 120) -> str:
    """Lay a random text out as paragraphs with full stops, so that nothing looks like a wrap."""
    return "\n".join(text[at : at + width] + "。" for at in range(0, len(text), width))


def run(folder: Path, by: By = "pair", **options: object) -> DedupeResult:
    """Dedupe a folder in this process."""
    with scan([str(folder)]) as corpus:
        return dedupe(corpus, DedupeOptions(**{"jobs": 1, **options}), by)  # type: ignore[arg-type]


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Write texts as files of a folder."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_sample_corpus_holds_one_pair() -> None:
    """004 is a copy of the first third of 000, and nothing else is related."""
    (row,) = run(SEEDS).pairs
    assert (row.doc_a, row.doc_b, row.relation, row.keep) == (PAPER, COPY, "contained", PAPER)
    assert row.containment_b >= 0.97
    assert 0.32 <= row.containment_a <= 0.38
    assert row.cluster == 1


def test_passages_of_the_sample_corpus_cut_the_raw_files_exactly() -> None:
    """Every row's offsets cut its texts from the files, the cuts are alike, few, long and disjoint."""
    rows = run(SEEDS, "passage").passages
    raw = {name: (SEEDS / name).read_text(encoding="utf-8") for name in (PAPER, COPY)}
    assert 1 <= len(rows) <= 12
    for row in rows:
        assert row.text_a == raw[row.doc_a][row.start_a : row.end_a]
        assert row.text_b == raw[row.doc_b][row.start_b : row.end_b]
        folded = [fold(normalise(text).text).codes.tolist() for text in (row.text_a, row.text_b)]
        assert Levenshtein.normalized_similarity(*folded) >= 0.9
        assert row.chars >= 30
    spans = sorted((row.start_b, row.end_b) for row in rows)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))
    body = len(fold(normalise(raw[COPY]).text))
    assert sum(row.chars for row in rows) >= 0.97 * body


@pytest.mark.parametrize("by", ["pair", "passage", "document"])
def test_jobs_and_order_change_nothing(by: By, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process or two, paths in any order, small batches or one: the same rows."""
    rng = random.Random(11)
    originals = [random_text(rng, 400) for _ in range(12)]
    texts = {f"o{n:02}.txt": lines(text) for n, text in enumerate(originals)}
    texts |= {
        f"c{n:02}.txt": lines(text[: 100 + 25 * n] + random_text(rng, 60)) for n, text in enumerate(originals)
    }
    texts["z.txt"] = texts["o03.txt"]
    write(tmp_path, texts)
    paths = [str(path) for path in sorted(tmp_path.iterdir())]

    def rows(order: list[str], jobs: int) -> list[object]:
        with scan(order) as corpus:
            result = dedupe(corpus, DedupeOptions(jobs=jobs), by)
        return [*result.pairs, *result.passages, *result.documents, *(source.id for source in result.kept)]

    alone = rows(paths, 1)
    assert len(alone) > 30
    monkeypatch.setattr(apply, "ALONE_BYTES", 0)
    monkeypatch.setattr(apply, "BATCH_BYTES", 2000)
    assert rows(paths[::-1], 2) == alone
    rng.shuffle(paths)
    assert rows(paths, 2) == alone


@pytest.mark.parametrize("parts", [1, 16])
def test_spilled_entries_change_nothing(parts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With entries in files, in one part or in sixteen, the rows are those of a run in memory."""
    rng = random.Random(17)
    texts = {f"o{n:02}.txt": lines(random_text(rng, 500)) for n in range(12)}
    texts |= {f"c{n:02}.txt": texts[f"o{n:02}.txt"][: 200 + 20 * n] for n in range(12)}
    write(tmp_path, texts)
    whole = run(tmp_path)
    monkeypatch.setattr(postings, "IN_MEMORY", 500)
    monkeypatch.setattr(postings, "PARTS", parts)
    spilled = run(tmp_path)
    assert (spilled.pairs, spilled.documents) == (whole.pairs, whole.documents)
    assert len(whole.pairs) >= 12


@pytest.mark.parametrize("stop", [KeyboardInterrupt, None])
def test_nothing_is_left_in_the_temporary_folder(
    stop: type[BaseException] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the work ends or is interrupted while pairs are compared."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    (tmp_path / "texts").mkdir()
    text = lines(random_text(random.Random(18), 300))
    write(tmp_path / "texts", {"a.txt": text, "b.txt": text[:200], "c.txt": text[100:]})

    class Interrupting(NoProgress):
        def stage(self, name: str, total: int) -> None:
            super().stage(name, total)
            if name == "comparing":
                assert list(temporary.iterdir())
                if stop is not None:
                    raise stop

    with scan([str(tmp_path / "texts")]) as corpus:
        if stop is None:
            assert dedupe(corpus, DedupeOptions(jobs=1), progress=Interrupting()).pairs
        else:
            with pytest.raises(stop):
                dedupe(corpus, DedupeOptions(jobs=1), progress=Interrupting())
    assert list(temporary.iterdir()) == []


def test_a_coarse_scale_finds_the_same_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a corpus too large for exact fingerprints the sample finds what all hashes find."""
    rng = random.Random(12)
    originals = [random_text(rng, 2500) for _ in range(15)]
    texts = {f"o{n:02}.txt": lines(text) for n, text in enumerate(originals)}
    texts |= {f"p{n:02}.txt": lines(text[500:1700]) for n, text in enumerate(originals)}
    texts |= {f"q{n:02}.txt": lines(text[:300]) for n, text in enumerate(originals)}
    write(tmp_path, texts)
    exact = run(tmp_path).pairs
    monkeypatch.setattr(engine, "EXACT_BYTES", 0)
    assert run(tmp_path).pairs == exact
    assert {(row.doc_a[1:], row.doc_b[0]) for row in exact} == {
        (f"{n:02}.txt", kind) for n in range(15) for kind in "pq"
    }


def test_a_viral_text_is_one_cluster_with_one_keeper(tmp_path: Path) -> None:
    """Three hundred damaged copies join one keeper, listed with it alone, and the user is told."""
    rng = random.Random(13)
    viral = random_text(rng, 400)
    texts = {}
    for n in range(300):
        place = rng.randrange(300)
        texts[f"{n:03}.txt"] = lines(viral[:place] + random_text(rng, 4) + viral[place:])
    texts["other.txt"] = lines(random_text(rng, 400))
    result = run(write(tmp_path, texts))
    assert {row.role for row in result.documents if row.doc != "other.txt"} == {"keep", "drop"}
    assert sum(row.role == "keep" for row in result.documents) == 1
    assert len(result.pairs) == 299
    (note,) = [problem for problem in result.problems if problem.severity is Severity.NOTE]
    assert "300 documents" in note.message
    assert "--all-pairs" in note.hint


def test_a_viral_text_takes_time_linear_in_its_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many damaged copies are about twice as many comparisons, not four times."""
    compared: list[int] = []

    def counting(pairs: Sequence[tuple[Index, Index]], *rest: Any) -> list[Alignment]:
        compared.extend(len(a.codes) for a, _ in pairs)
        return align_all(pairs, *rest)

    monkeypatch.setattr(verification, "align_all", counting)
    rng = random.Random(19)
    viral = random_text(rng, 400)
    counts = []
    for copies in (100, 200):
        for n in range(copies):
            place = rng.randrange(300)
            text = lines(viral[:place] + random_text(rng, 4) + viral[place:])
            (tmp_path / f"{n:03}.txt").write_text(text, encoding="utf-8")
        compared.clear()
        result = run(tmp_path)
        assert sum(row.role == "keep" for row in result.documents) == 1
        counts.append(len(compared))
    assert counts[1] <= 2.5 * counts[0] <= 2.5 * 300


def test_all_pairs_lists_large_clusters_whole(tmp_path: Path) -> None:
    """Sixty identical texts are 59 rows, or all 1,770 when asked for."""
    text = lines(random_text(random.Random(14), 100))
    write(tmp_path, {f"{n:02}.txt": text for n in range(60)})
    assert len(run(tmp_path).pairs) == 59
    assert len(run(tmp_path, all_pairs=True).pairs) == 60 * 59 // 2


def test_identical_folds_are_identical_in_every_table(tmp_path: Path) -> None:
    """Width, script and punctuation aside, equal texts are `identical`, whatever their length."""
    texts = {"a.txt": "推进基层治理，２０２２年。", "b.txt": "推進基層治理2022年", "c.txt": "另一份短文。"}
    result = run(write(tmp_path, texts), "passage")
    (row,) = result.pairs
    assert (row.doc_a, row.doc_b, row.relation, row.containment_a) == ("a.txt", "b.txt", "identical", 1.0)
    (passage,) = result.passages
    assert (passage.text_a, passage.text_b) == ("推进基层治理，２０２２年", "推進基層治理2022年")
    assert [row.role for row in result.documents] == ["keep", "drop", "unique"]


def test_a_pair_inside_a_cluster_that_the_keeper_does_not_form(tmp_path: Path) -> None:
    """Two parts of one keeper that overlap each other are listed with the keeper that holds both."""
    text = random_text(random.Random(15), 1000)
    texts = {"whole.txt": lines(text), "x.txt": lines(text[:600]), "y.txt": lines(text[250:850])}
    rows = {(row.doc_a, row.doc_b): row for row in run(write(tmp_path, texts)).pairs}
    parts = rows["x.txt", "y.txt"]
    assert (parts.relation, parts.cluster, parts.keep) == ("overlap", 1, "whole.txt")
    assert parts.reason.endswith("the keeper holds both")


def test_threshold_zero_lists_whatever_shares_a_passage(tmp_path: Path) -> None:
    """A quoted passage of 40 characters is listed at threshold 0 and not at the default."""
    rng = random.Random(16)
    quote = random_text(rng, 40)
    texts = {n: lines(random_text(rng, 600) + quote + random_text(rng, 600)) for n in ("a.txt", "b.txt")}
    write(tmp_path, texts)
    assert not run(tmp_path).pairs
    (row,) = run(tmp_path, "passage", threshold=0.0).passages
    assert quote in "".join(row.text_a.replace("。\n", "").split())


def test_standard_wording_is_no_reuse_but_a_rare_passage_is(tmp_path: Path) -> None:
    """Of laws that all share an article, only the two that share another passage are listed at threshold 0;
    with ``common=0`` all are.
    """
    rng = random.Random(20)
    article, passage = random_text(rng, 150), random_text(rng, 120)
    texts = {f"{n:02}.txt": lines(random_text(rng, 500) + article + random_text(rng, 500)) for n in range(12)}
    for name in ("03.txt", "07.txt"):
        texts[name] += lines(passage)
    write(tmp_path, texts)
    found = run(tmp_path, "passage", threshold=0.0, min_passage=100)
    assert [(row.doc_a, row.doc_b) for row in found.pairs] == [("03.txt", "07.txt")]
    assert [row.chars for row in found.passages] == [len(passage)]
    every = run(tmp_path, threshold=0.0, min_passage=100, common=0)
    assert len(every.pairs) == 12 * 11 // 2


def test_copies_keep_their_standard_wording(tmp_path: Path) -> None:
    """At threshold 0 a copy is as contained as at the default, whatever others share with both."""
    rng = random.Random(21)
    article = random_text(rng, 300)
    texts = {f"{n:02}.txt": lines(random_text(rng, 500) + article) for n in range(12)}
    texts["copy.txt"] = texts["05.txt"][:-100]
    write(tmp_path, texts)
    (usual,) = run(tmp_path).pairs
    assert run(tmp_path, threshold=0.0).pairs == [usual]


def test_empty_documents_are_rows_and_warnings_but_copies_of_nothing(tmp_path: Path) -> None:
    """Two documents without text are not copies of each other."""
    result = run(write(tmp_path, {"a.txt": "", "b.txt": "", "c.txt": "。。。"}))
    assert not result.pairs
    assert [row.role for row in result.documents] == ["unique"] * 3
    assert {problem.source.rpartition("/")[2] for problem in result.problems} >= {"a.txt", "b.txt"}
    assert all(problem.severity is Severity.WARNING for problem in result.problems)


def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Junk among the files is a problem, not a document."""
    write(tmp_path, {"a.txt": "推进基层治理现代化", "b.txt": "推进基层治理现代化"})
    (tmp_path / "junk.txt").write_bytes(bytes(range(256)) * 8)
    result = run(tmp_path)
    assert len(result.pairs) == 1
    assert [row.doc for row in result.documents] == ["a.txt", "b.txt"]
    (problem,) = result.problems
    assert problem.severity is Severity.ERROR
    assert problem.source.endswith("junk.txt")


@pytest.mark.parametrize(
    "options",
    [{"threshold": 1.5}, {"threshold": float("nan")}, {"min_passage": 2}, {"common": -1}, {"jobs": -1}],
)
def test_options_out_of_range_are_refused(options: dict[str, float]) -> None:
    """Each with a sentence and a remedy."""
    with pytest.raises(UsageError) as caught:
        DedupeOptions(**options)  # type: ignore[arg-type]
    assert caught.value.hint


def test_sources_are_read_again_at_will() -> None:
    """What a worker re-reads is what was read first."""
    with scan([str(SEEDS)]) as corpus:
        first = [read(source).raw for source in corpus.sources]
        assert [read(source).raw for source in corpus.sources] == first
