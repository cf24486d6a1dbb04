"""A source → its text. Safe in any process, any number of times, in any order."""

from __future__ import annotations

from dataclasses import replace

from pdtool.corpus.path_pattern import path_values
from pdtool.corpus.problems import LARGEST_DOCUMENT, problem_of, too_long, unreadable
from pdtool.corpus.readers import READERS
from pdtool.corpus.source import RawDocument, Source
from pdtool.corpus.stored_texts import read_stored

__all__ = ["problem_of", "read"]


def read(source: Source) -> RawDocument:
    """Read a document.

    Args:
        source: Where it is, as :func:`pdtool.corpus.scan.scan` found it.

    Raises:
        InputError: If it cannot be read or decoded. The message does not repeat the file, which is
            ``source.name``; :func:`problem_of` makes a :class:`~pdtool.errors.Problem` of both.
    """
    try:
        document = read_stored(source) if source.stored else READERS[source.format].read(source)
    except OSError as error:
        raise unreadable(error) from error
    if len(document.raw) > LARGEST_DOCUMENT:
        raise too_long()
    said = path_values(source)
    return replace(document, meta={**said, **document.meta}) if said else document
