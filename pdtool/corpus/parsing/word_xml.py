"""A part of a Word document as a stream of events with local names, so that memory stays bounded."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from pdtool.corpus.parsing.package import damaged, member
from pdtool.errors import InputError
from pdtool.language import N_, _

__all__ = ["KIND", "ignore", "parse_part"]

KIND = N_("Word document")
"""What the file is called in messages."""


def parse_part(
    package: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:
    """Read a part of the package as events with local names.

    Args:
        package: The document.
        part: The name of the part.
        start: Called with the name and the attributes of each element that begins.
        end: Called with the name of each element that ends.
        characters: Called with text.

    Raises:
        InputError: If the part is damaged, or holds a DTD.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse_dtd
    try:
        for block in member(package, part):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(KIND, error) from error


def ignore(_event: str) -> None:
    """Take an event that means nothing here."""


def _refuse_dtd(*_parts: object) -> None:
    raise InputError(_("holds a DTD, which no Word document does (an entity bomb?)"), _("leave it out"))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
