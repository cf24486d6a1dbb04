"""Web pages (.html, .mht): the article, without the page around it.

trafilatura tells the article from navigation, links and advertisement; which blocks of the page it keeps is
what is taken from it, and the blocks themselves are read from the page, in the page's order. Where it leaves
next to nothing of what the page shows (short notices, tables, pages of an unusual make), all of the visible
text is taken, and a warning says so; the furniture step of the normaliser then sees the page around it.
"""

from __future__ import annotations

import email
import email.policy
import logging
import re
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from pdtool.corpus.damage import decode_document
from pdtool.corpus.encodings import UnknownEncodingError
from pdtool.corpus.parsing.extract import Extracted, described
from pdtool.corpus.parsing.package import damaged
from pdtool.corpus.parsing.page_article import kept_blocks
from pdtool.corpus.parsing.page_blocks import Block, blocks, is_deeper, prepare
from pdtool.corpus.parsing.page_title import page_titles, title_among
from pdtool.errors import InputError, UsageError
from pdtool.language import N_, _

__all__ = ["parse", "parse_archived"]

_LARGEST = 10_000_000
"""Bytes of a page: its tree takes twenty times as much memory, and articles have a thousandth of that."""
_MOST_PARTS = 20_000
"""Parts of a page that was saved with all its files."""
_LEAST = 60
"""The fewest characters of an article."""
_LEAST_SHARE = 0.25
"""The least share of the visible sentences that an article must hold."""
_DEEPEST = 200
"""Elements within each other: the extractor loses without a word what lies deeper than 255."""
_NO_DATE = "none"
"""No format of a date: so none is looked for, which would take a tenth of the time of a page."""
_NO_ARTICLE = N_("no article was found in the page")
_NESTED = N_("the page nests more than {most} elements, too deep to look for its article")

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HEAD = 4096
"""Bytes in which a page declares its encoding."""
_SENTENCE = re.compile("[，。；！？,.;!?]")


def parse(path: str) -> Extracted:
    """Read a page.

    Raises:
        InputError: If it is too large, in no known encoding, or shows no text.
    """
    return _page(_bounded(path))


def parse_archived(path: str) -> Extracted:
    """Read a page that a browser saved with all its files (.mht).

    Raises:
        InputError: If it is damaged, or as for :func:`parse`.
    """
    data = _bounded(path)
    if data.count(b"\n--") > _MOST_PARTS:  # the line that begins a part
        raise InputError(
            _("has more than {MOST_PARTS:,} parts", MOST_PARTS=_MOST_PARTS),
            _("save the page again in a browser, as .html"),
        )
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage), "the policy says so"
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload:
                return _page(payload, part.get_content_charset())
    raise InputError(_("holds no web page"), _("save the page again in a browser, as .html"))


def _bounded(path: str) -> bytes:
    size = Path(path).stat().st_size
    if size > _LARGEST:
        raise InputError(
            _(
                "is too large for a web page ({size:,} bytes; at most {LARGEST:,} are read)",
                size=size,
                LARGEST=_LARGEST,
            ),
            _("save the article's text as .txt"),
        )
    return Path(path).read_bytes()


def _page(data: bytes, charset: str | None = None) -> Extracted:
    text, encoding, warnings = _decoded(data, charset)
    tree = _tree(text)
    titles = page_titles(tree)
    prepare(tree)
    shown = blocks(tree)
    if not shown:
        raise InputError(_("shows no text"), _("save the article's text as .txt"))
    deep = is_deeper(tree, _DEEPEST)
    article, title, author = ("", None, None) if deep else _article(tree)
    kept = kept_blocks(shown, article)
    meta = described(title_among((*titles, title), shown), author)
    if _is_enough(kept, shown):
        return Extracted(_lines(kept), meta, warnings, encoding)
    said = _(
        "{reason}; all of its text is taken", reason=_(_NESTED, most=_DEEPEST) if deep else _(_NO_ARTICLE)
    )
    return Extracted(_lines(shown), meta, (*warnings, said), encoding)


def _decoded(data: bytes, charset: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Decode a page by its bytes or, where these do not tell their encoding, by what it declares."""
    try:
        found = decode_document(data)
    except UnknownEncodingError:
        declared = _CHARSET.search(data[:_HEAD])
        name = charset or (declared[1].decode("ascii") if declared else "")
        try:
            found = decode_document(data, name)
        except UsageError:
            raise InputError(
                _("is in an encoding that is not known"), _("save it again in a browser")
            ) from None
    return found.text, found.encoding, found.warnings


def _tree(text: str) -> Any:
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        if "unknown error" in str(error):  # libxml2's word for memory it did not get
            raise MemoryError from error
        raise damaged(N_("web page"), error) from error
    for fault in parser.error_log:
        if fault.level == lxml.etree.ErrorLevels.FATAL:  # the rest of the page is not in the tree
            raise InputError(
                _(
                    "is a web page that its parser gives up at line {line} ({message})",
                    line=fault.line,
                    message=fault.message,
                ),
                _("open it in a browser and save the article's text as .txt"),
            )
    return tree


def _article(tree: Any) -> tuple[str, str | None, str | None]:
    """Return the article as trafilatura sees it, and its title and author."""
    import trafilatura

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # it would complain of every page
    try:
        found = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            with_metadata=True,
            as_dict=False,
            date_extraction_params={"outputformat": _NO_DATE},
        )
    except Exception:
        return "", None, None
    if found is None or isinstance(found, dict):
        return "", None, None
    return str(found.text or ""), found.title, found.author


def _is_enough(kept: Sequence[Block], shown: Sequence[Block]) -> bool:
    """Return whether an article keeps enough of the sentences that a page shows."""
    sentences = sum(len(line) for block in shown for line in block.text.split("\n") if _SENTENCE.search(line))
    size = sum(len(block.text) + 1 for block in kept)
    return size >= _LEAST and size >= _LEAST_SHARE * sentences


def _lines(shown: Sequence[Block]) -> str:
    return "".join(f"{block.text}\n" for block in shown)
