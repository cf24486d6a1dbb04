"""PDF documents, by PDFium: the text of each page in its order, a form feed between pages.

Lines are joined to paragraphs by where they stand on the page. Running heads and page numbers stay, and no
paragraph is joined across pages: that is the normaliser's work in any text with pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdtool.corpus.parsing.extract import Extracted, Pieces, described
from pdtool.corpus.parsing.package import damaged
from pdtool.corpus.parsing.printed_lines import PrintedLine, paragraphs
from pdtool.corpus.parsing.raised import raised, with_plain_raised
from pdtool.errors import InputError
from pdtool.language import N_, _, counted, listed

__all__ = ["parse"]

_PAGES = 20_000
"""The most pages that are read."""
_SOFT_HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line that does not belong to the word."""

_FIGURES = re.compile(r"[0-9*,，\-–−]")
"""What the mark of a note or an exponent consists of."""
_SMALL = 0.8
"""The most size of a raised figure, as a share of its line's."""
_HIGH = 0.2
"""How far the foot of a raised figure stands above its line's, as a share of the size."""


def parse(path: str) -> Extracted:
    """Read a document.

    Raises:
        InputError: If it is damaged, protected, too long, or holds pictures of text only.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                _("is protected by a password"), _("save it without one, as printing it to a PDF does")
            ) from error
        raise damaged(N_("PDF"), error) from error
    pages = len(document)
    if pages > _PAGES:
        raise InputError(
            _("has {pages:,} pages (at most {PAGES:,} are read)", pages=pages, PAGES=_PAGES), _("divide it")
        )
    out = Pieces()
    unread: list[int] = []
    for number in range(pages):
        try:
            text = _page_text(document[number])
        except pypdfium2.PdfiumError:
            text, unread = "", [*unread, number + 1]
        out.add(("\f" if number else "") + text)
    text = out.text()
    if not text.strip("\f\n "):
        raise _no_text(pages)
    said = document.get_metadata_dict()
    warnings = (_("has pages that cannot be read ({listed})", listed=_listed(unread)),) if unread else ()
    return Extracted(text, described(said.get("Title"), said.get("Author")), warnings)


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
        if len(text) != text_page.count_chars():  # offsets do not equal PDFium's indices of boxes
            return _plain(text)
        return paragraphs(list(_lines(text_page, text)))
    finally:
        text_page.close()
        page.close()


def _lines(text_page: Any, text: str) -> Iterator[PrintedLine]:
    """Yield the lines of a page with their coordinates on it."""
    start = 0
    for line in text.split("\r\n"):
        if line.strip():
            left, bottom, _, _ = text_page.get_charbox(start + len(line) - len(line.lstrip()), loose=True)
            right = text_page.get_charbox(start + len(line.rstrip()) - 1, loose=True)[2]
            size = _size(text_page, start, line)
            shown = _with_raised(text_page, start, line, bottom, size)
            yield PrintedLine(_plain(shown).strip(" "), left, right, bottom, size)
        start += len(line) + 2


def _size(text_page: Any, start: int, line: str) -> float:
    from pypdfium2 import raw

    middle = start + len(line) // 2
    return float(raw.FPDFText_GetFontSize(text_page, middle))


def _with_raised(text_page: Any, start: int, line: str, bottom: float, size: float) -> str:
    """Return a line in which small raised figures are set apart, or are exponents."""
    from pypdfium2 import raw

    def is_raised(index: int) -> bool:
        if raw.FPDFText_GetFontSize(text_page, index) > _SMALL * size:
            return False
        return bool(text_page.get_charbox(index, loose=True)[1] > bottom + _HIGH * size)

    figures = [match.start() for match in _FIGURES.finditer(line)]
    up = {offset for offset in figures if is_raised(start + offset)}
    if not up:
        return line
    marked = (raised(one) if offset in up else one for offset, one in enumerate(line))
    return with_plain_raised("".join(marked))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace(_SOFT_HYPHEN, "").replace("\f", "\n").replace("\0", "")


def _listed(numbers: list[int]) -> str:
    return listed([*map(str, numbers[:5]), "…"] if len(numbers) > 5 else map(str, numbers))


def _no_text(pages: int) -> InputError:
    if not pages:
        return InputError(_("has no pages"))
    return InputError(
        _(
            "holds no text ({pages}, pictures of text perhaps: a scan)",
            pages=counted(pages, "page"),
        ),
        _("recognise its text first, as ocrmypdf does"),
    )
