"""A text that was read before is read again as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from pdtool.corpus.read import read
from pdtool.corpus.source import RawDocument, Source
from pdtool.corpus.stored_texts import pack

TEXT = st.text(st.characters(codec=None), max_size=60)
"""Any text, lone surrogates and line ends among it."""
READ = tuple[str, dict[str, str], list[str]]
"""A text, what its container says, and warnings."""
DOCUMENTS = st.lists(
    st.tuples(TEXT, st.dictionaries(TEXT, TEXT, max_size=2), st.lists(TEXT, max_size=2)), max_size=4
)


@given(DOCUMENTS)
def test_a_stored_text_is_what_was_read(texts: list[READ]) -> None:
    """Text, encoding, what the container says and warnings, of each of several in one file."""
    source = Source("a.txt", "a.txt", "a.txt", "pdf")
    documents = [RawDocument(source, raw, "gb18030", meta, tuple(said)) for raw, meta, said in texts]
    with TemporaryDirectory() as folder:
        path, start = Path(folder) / "texts", 0
        path.write_bytes(b"".join(map(pack, documents)))
        for document in documents:
            length = len(pack(document))
            stored = replace(source, spool=str(path), stored=(start, length))
            assert read(stored) == replace(document, source=stored)
            start += length
