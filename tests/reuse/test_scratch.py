"""What does not stay in memory: private, removed, the same whether it was spilled or not, clear when full."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdtool.errors import PdtoolError
from pdtool.reuse import postings as module
from pdtool.reuse.folds import FoldStore, Stored
from pdtool.reuse.postings import Postings, documents_of, hash_bits, pack, renumbered
from pdtool.reuse.scratch import scratch_folder, telling_of_full_disks
from pdtool.text.fold import Folded

posix = pytest.mark.skipif(os.name == "nt", reason="owners and /dev/full are of POSIX")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, None])
def test_a_scratch_folder_is_private_and_goes(stop: type[BaseException] | None) -> None:
    """Only its owner enters it, and it is removed with all it holds, however the work ends."""
    seen: list[Path] = []
    try:
        with scratch_folder() as folder:
            seen.append(folder)
            assert os.name == "nt" or stat.S_IMODE(folder.stat().st_mode) == 0o700
            (folder / "something").write_bytes(b"x")
            if stop is not None:
                raise stop
    except (KeyboardInterrupt, MemoryError):
        assert stop is not None
    assert not seen[0].exists()


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "is full"), (errno.EACCES, r"cannot be used \(Permission denied\)")]
)
def test_a_folder_that_takes_nothing_is_a_sentence_and_a_remedy(number: int, said: str) -> None:
    """A full disk is said to be full; the folder is named, and how to choose another."""
    refused = pytest.raises(PdtoolError, match=f"folder for temporary files {said}")
    with refused as caught, telling_of_full_disks():
        raise OSError(number, os.strerror(number))
    assert tempfile.gettempdir() in caught.value.message
    assert "TMPDIR" in caught.value.hint


@posix
def test_folds_and_postings_on_a_full_disk_are_that_sentence(tmp_path: Path) -> None:
    """Writing to a device that is always full raises it, from the folds and from the postings."""
    (tmp_path / f"folds-{os.getpid()}").symlink_to("/dev/full")
    store = FoldStore(tmp_path)
    with pytest.raises(PdtoolError, match="is full"):
        store.write([Stored.of(folded(np.arange(50_000, dtype=np.uint32)))])
    store.close()
    for part in range(2):
        (tmp_path / f"postings-{part}").symlink_to("/dev/full")
    with pytest.raises(PdtoolError, match="is full"):
        Postings(tmp_path, in_memory=10, parts=2).add(np.arange(100_000, dtype=np.uint64))


def folded(codes: npt.NDArray[np.uint32]) -> Folded:
    """Return code points as a fold."""
    return Folded(codes, np.arange(len(codes), dtype=np.int32))


def test_folds_come_back_as_they_were(tmp_path: Path) -> None:
    """Characters of the basic plane and beyond it, and texts without any."""
    texts = [np.array(codes, np.uint32) for codes in ([0x4E00, 0x9FFF], [], [0x20000, 0x4E01, 0x30000])]
    store = FoldStore(tmp_path)
    folds = [Stored.of(folded(text)) for text in texts]
    locations = [*store.write(folds[:2]), *store.write(folds[2:])]
    assert [store.read(location).tolist() for location in locations] == [text.tolist() for text in texts]
    other = FoldStore(tmp_path)
    assert other.index(locations[2]).codes.tolist() == texts[2].tolist()
    assert other.index(locations[2]) is other.index(locations[2])
    store.close()
    other.close()


Hashes = st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=12), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None)
@given(Hashes, st.sampled_from([1, 2, 16]), st.integers(1, 20))
def test_spilled_postings_are_those_in_memory(hashes: list[list[int]], parts: int, in_memory: int) -> None:
    """However many parts, and however few postings stay in memory: the same postings in the same order."""
    with tempfile.TemporaryDirectory() as name:
        packed = [pack(np.array(sorted(one), np.uint64), number) for number, one in enumerate(hashes)]
        kept, spilled = Postings(Path(name)), Postings(Path(name), in_memory, parts)
        for piece in packed:
            kept.add(piece)
            spilled.add(piece)
        numbers = np.array([-1 if number == 1 else 2 * number for number in range(len(packed))])
        inside, outside = (
            np.concatenate([piece for part in one.parts() for piece in renumbered(part, numbers)])
            for one in (kept, spilled)
        )
        assert outside.tolist() == inside.tolist() == sorted(inside.tolist())
        assert set(documents_of(inside).tolist()) <= set(numbers.tolist()) - {-1}
        assert not list(Path(name).iterdir())


def test_slices_do_not_cut_a_hash_in_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All documents of one hash come in one slice, however many they are."""
    monkeypatch.setattr(module, "SLICE", 3)
    postings = Postings(tmp_path)
    for number in range(5):
        postings.add(pack(np.array([1 << 40, 2 << 40, 3 << 40], np.uint64), number))
    slices = [piece for part in postings.parts() for piece in renumbered(part, np.arange(5))]
    assert [set(hash_bits(part).tolist()) for part in slices if len(part)] == [
        {1 << 16},
        {2 << 16},
        {3 << 16},
    ]
