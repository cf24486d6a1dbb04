"""Word documents (.docx): what a reader of the printed page reads, in its order.

Paragraphs and headings are lines, with the numbers that Word writes before them; cells of a table's row are
separated by tabs. Raised figures are set apart or stay exponents. Text boxes follow the paragraph they are
anchored to, footnotes and endnotes come at the next page break or at the end. Left out: deleted and
moved-away text, hidden text, comments, field codes, readings over characters, headers and feet.

The package is read as a stream of XML events, so that memory stays bounded whatever it holds; documents
with a DTD, which Word never writes, are refused: entities could make them grow without end.

Source: ECMA-376, part 1 (WordprocessingML).
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from pdtool.corpus.parsing.extract import Extracted, Pieces, described
from pdtool.corpus.parsing.package import open_package
from pdtool.corpus.parsing.raised import raised, with_plain_raised
from pdtool.corpus.parsing.word_numbers import Numbering, read_numbering
from pdtool.corpus.parsing.word_xml import KIND, ignore, parse_part
from pdtool.errors import InputError
from pdtool.language import _

__all__ = ["parse"]

_SKIPPED = frozenset({"del", "moveFrom", "rt", "Fallback", "instrText", "delText", "pPr", "sectPr", "tblPr"})
"""Elements whose text nobody reads."""
_TEXTS = frozenset({"t"})
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_NUMBERED = ("pStyle", "numId", "ilvl")
"""What says which number a paragraph has."""
_DEEPEST = 2000
"""Elements within each other: Word nests some fifty."""


def parse(path: str) -> Extracted:
    """Read a document.

    Raises:
        InputError: If it is damaged, protected, too large, or not a Word document.
    """
    with open_package(path, KIND) as package:
        names = set(package.namelist())
        body = _main_part(package, names)
        notes = {part: _notes(package, part) for part in _NOTES.values() if part in names}
        reader = _Reader(notes, read_numbering(package, names))
        _read(package, body, reader)
        text = reader.finish()
        properties = _properties(package) if "docProps/core.xml" in names else {}
    return Extracted(text, properties)


def _main_part(package: zipfile.ZipFile, names: set[str]) -> str:
    """Return the part that holds the text: where it always is, or where the package says."""
    if "word/document.xml" in names:
        return "word/document.xml"
    targets: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            targets.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in names:
        parse_part(package, "_rels/.rels", start, ignore, ignore)
    if targets and targets[0] in names and targets[0].startswith("word/"):
        return targets[0]
    raise InputError(
        _("is not a {kind} (it holds no word/document.xml)", kind=_(KIND)),
        _("save it as .docx in Word or WPS"),
    )


def _read(package: zipfile.ZipFile, part: str, reader: _Reader) -> None:
    parse_part(package, part, reader.start, reader.end, reader.characters)


class _Reader:
    """Collects the text of a part from its events.

    Args:
        notes: The texts of the notes by part and id.
        numbering: The numbers that Word writes before paragraphs.
    """

    def __init__(self, notes: Mapping[str, Mapping[str, str]], numbering: Numbering) -> None:
        self._notes = notes
        self._numbering = numbering
        self._out = Pieces()
        self._waiting: list[str] = []
        self._paragraphs: list[list[str]] = []
        self._numbered: list[dict[str, str]] = []
        self._boxed: list[str] = []
        self._cells: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._due = 0
        self._skipping = 0
        self._text = 0
        self._depth = 0
        self._hidden = False
        self._raised = False
        self._former = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise InputError(
                _(
                    "nests more than {DEEPEST:,} elements, which no {kind} does",
                    DEEPEST=_DEEPEST,
                    kind=_(KIND),
                ),
                _("leave it out"),
            )
        if name == "vanish" and self._paragraphs and attributes.get("val", "1") not in ("0", "false", "off"):
            self._hidden = True
        elif name == "vertAlign":
            self._raised = attributes.get("val") == "superscript"
        elif name == "pPrChange":
            self._former = True
        elif name in _NUMBERED and self._numbered and not self._former:
            self._numbered[-1][name] = attributes.get("val", "")
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        if name == "p":
            self._paragraphs.append([])
            self._numbered.append({})
            self._former = False
        elif name == "r":
            self._hidden = self._raised = False
        elif name in _TEXTS:
            self._text += 1
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._cells.append([])
        else:
            self._mark(name, attributes)

    def _mark(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element that stands for characters, or for a note."""
        if not self._paragraphs or self._hidden:
            return
        if name == "br" and attributes.get("type") == "page":
            self._paragraphs[-1].append("\f")
            self._due = len(self._waiting)
        elif name in _MARKS:
            self._paragraphs[-1].append(_MARKS[name])
        elif name in _NOTES:
            note = self._notes.get(_NOTES[name], {}).get(attributes.get("id", ""))
            if note:
                self._waiting.append(note)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif name == "p":
            self._end_paragraph()
        elif name in _TEXTS:
            self._text -= 1
        elif name == "tc" and self._cells:
            cell = " ".join(line for line in self._cells.pop() if line)
            if self._rows:
                self._rows[-1].append(cell)
        elif name == "tr" and self._rows:
            self._line("\t".join(self._rows.pop()))

    def characters(self, data: str) -> None:
        """Take text."""
        if self._text and not self._skipping and not self._hidden and self._paragraphs:
            self._paragraphs[-1].append(raised(data) if self._raised else data)

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        line = with_plain_raised("".join(self._paragraphs.pop()))
        said = self._numbered.pop()
        number = self._numbering.next(*(said.get(name, "") for name in _NUMBERED))
        line = number + line if line.strip() else line
        if self._paragraphs:  # a text box inside another paragraph comes after it
            self._boxed.append(line)
            return
        self._line(line)
        boxed, self._boxed = self._boxed, []
        for text in boxed:
            self._line(text)

    def _line(self, line: str) -> None:
        """Put a line into the cell it stands in, or into the document."""
        if self._cells:
            self._cells[-1].append(line.replace("\f", ""))
            return
        before, broken, after = line.rpartition("\f")
        if broken:
            self._out.add(f"{before}\n" if before else "")
            self._flush_notes(self._due)
            self._out.add("\f")
        self._out.add(f"{after}\n" if after or not broken else "")

    def _flush_notes(self, due: int) -> None:
        """Put the notes that were referred to before a page break at the foot of the page."""
        for note in self._waiting[:due]:
            self._out.add(f"{note}\n")
        del self._waiting[:due]

    def finish(self) -> str:
        """Return the text, with the notes that no page break has called for yet."""
        self._flush_notes(len(self._waiting))
        return self._out.text()


def _notes(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the text of each note of a part by its id."""
    found: dict[str, str] = {}
    reader: list[_Reader] = []
    current: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name in ("footnote", "endnote"):
            current[:] = [attributes.get("id", "")]
            reader[:] = [] if "type" in attributes else [_Reader({}, Numbering())]  # separators have a type
        elif reader:
            reader[0].start(name, attributes)

    def end(name: str) -> None:
        if name in ("footnote", "endnote") and reader:
            found[current[0]] = " ".join(reader.pop().finish().split("\n")).strip()
        elif reader:
            reader[0].end(name)

    parse_part(package, part, start, end, lambda data: reader[0].characters(data) if reader else None)
    return found


def _properties(package: zipfile.ZipFile) -> dict[str, str]:
    """Return title and author, as far as the package names them."""
    values: dict[str, list[str]] = {"title": [], "creator": []}
    current: list[str] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        current.append(name)

    def end(_: str) -> None:
        current.pop()

    def characters(data: str) -> None:
        if current and current[-1] in values:
            values[current[-1]].append(data)

    try:
        parse_part(package, "docProps/core.xml", start, end, characters)
    except InputError:
        return {}  # the text is what counts
    return described("".join(values["title"]), "".join(values["creator"]))
