"""Files of a network for other programs: which there are, and what their names end with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pdtool.network.coword import CowordNetwork
from pdtool.network.text_files import pajek, ucinet, vosviewer_map, vosviewer_network
from pdtool.network.xml_files import network_gexf, network_graphml
from pdtool.output.sink import open_output

__all__ = ["SUFFIXES", "Program", "files_of", "write_network"]


class Program(StrEnum):
    """A program that opens networks, or the format it has its name from."""

    GEXF = "gexf"
    GRAPHML = "graphml"
    PAJEK = "pajek"
    UCINET = "ucinet"
    VOSVIEWER = "vosviewer"


SUFFIXES: Mapping[str, Program] = {
    ".gexf": Program.GEXF,
    ".graphml": Program.GRAPHML,
    ".net": Program.PAJEK,
    ".dl": Program.UCINET,
}
"""What a file is by its name. VOSviewer takes two files, which no suffix of its own tells."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a file is written.

    Args:
        ending: What is put behind the name of the file, before its suffix.
        lines: Its text, piece by piece.
        marked: Whether it begins with a byte order mark, by which programs for Windows know UTF-8.
    """

    ending: str
    lines: Callable[[CowordNetwork], Iterator[str]]
    marked: bool = False


_FORMS: Mapping[Program, tuple[_Form, ...]] = {
    Program.GEXF: (_Form("", network_gexf),),
    Program.GRAPHML: (_Form("", network_graphml),),
    Program.PAJEK: (_Form("", pajek, marked=True),),
    Program.UCINET: (_Form("", ucinet, marked=True),),
    Program.VOSVIEWER: (_Form("_map", vosviewer_map), _Form("_network", vosviewer_network)),
}


def files_of(program: Program, path: Path | None) -> list[Path | None]:
    """Return the files that are written.

    Args:
        program: For what.
        path: The file that was named; ``None`` for standard output.

    >>> [file.name for file in files_of(Program.VOSVIEWER, Path("words.txt"))]
    ['words_map.txt', 'words_network.txt']
    """
    forms = _FORMS[program]
    if path is None:
        return [None] * len(forms)
    return [path.with_name(f"{path.stem}{form.ending}{path.suffix}") for form in forms]


def write_network(network: CowordNetwork, program: Program, path: Path | None, plain: bool) -> None:
    """Write a network for another program.

    Args:
        network: The network.
        program: For what.
        path: The file; ``None`` for standard output.
        plain: Without a byte order mark.

    Raises:
        OutputError: If it cannot be written.
        PdtoolError: If igraph, which the format needs, is not installed.
        UsageError: If the network is too large.
    """
    for form, file in zip(_FORMS[program], files_of(program, path), strict=True):
        with open_output(file) as out:
            if form.marked and not plain:
                out.write("\ufeff".encode())
            for piece in _gathered(form.lines(network)):
                out.write(piece.encode())


def _gathered(pieces: Iterable[str], together: int = 1 << 16) -> Iterator[str]:
    """Yield texts joined to pieces worth a call each."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= together:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)
