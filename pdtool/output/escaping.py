"""Text that is safe where it is shown: spreadsheets that run formulas, terminals that obey escapes."""

from __future__ import annotations

import re

from pdtool.late_patterns import late_pattern

__all__ = ["encodable", "escape_formula", "unescape_formula", "visible"]

_FORMULA = re.compile(
    # With the quotes it can be undone: what looks escaped already is escaped once more.
    r"'*(?:[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])"
)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_invisible = late_pattern(
    "["
    r"\x00-\x1f\x7f-\x9f"  # controls: C0 with the escape character, DEL, C1
    r"\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # formats, bidi overrides
    r"\U000e0000-\U000e007f"  # tags
    r"\ud800-\udfff\ufffe\uffff"  # what no encoding knows
    "]"
)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""Return ``text`` with every control and invisible character written as its escape.

    For messages and terminals, where a file name may hold a line break, an escape sequence or an override
    of the writing direction. The result is one line and can be encoded.

    >>> print(visible("\x1b[31mred\n"))
    \x1b[31mred\n
    """
    return _invisible().sub(_escape, text)


def encodable(text: str) -> str:
    r"""Return ``text`` with lone surrogates, which no encoding can carry, written as their escapes.

    >>> encodable("a\udc80党")
    'a\\udc80党'
    """
    return _LONE_SURROGATE.sub(_escape, text)


def escape_formula(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    A leading ``'`` is put before text that begins with ``= + - @``, their full-width forms, a tab, CR or
    LF; also where blanks or invisible characters stand before the sign, and where ``'`` already does, so
    that :func:`unescape_formula` can recognise it.

    See also: OWASP, "CSV Injection".

    >>> escape_formula("=1+1"), escape_formula("党建=治理"), escape_formula("'=1")
    ("'=1+1", '党建=治理', "''=1")
    """
    return "'" + text if _FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Return the text that :func:`escape_formula` was given.

    >>> unescape_formula("'=1+1"), unescape_formula("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
