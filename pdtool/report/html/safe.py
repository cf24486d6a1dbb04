"""Text that is safe in a page: visible, escaped, or as data for its script."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from pdtool.output.escaping import visible

__all__ = ["html", "html_lines", "script_json"]

_LINE_BREAK = re.compile(r"\r\n|\n")
_NOT_IN_A_SCRIPT = re.compile(
    r"[<>&"  # would end the script, or begin a comment in it
    r"\x7f-\x9f\xad\u061c\u180e\u200b-\u200f"  # would not be seen
    r"\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # likewise
    r"\ud800-\udfff\ufffe\uffff]"  # no encoding knows them
)


def html(text: str) -> str:
    r"""Return text for a page: control and invisible characters as their escapes, markup as text.

    >>> html('<b>\u202e')
    '&lt;b&gt;\\u202e'
    """
    return escape(visible(text))


def html_lines(text: str) -> str:
    """Do as :func:`html` does, but let line breaks break lines."""
    return "\n".join(map(html, _LINE_BREAK.split(text)))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def script_json(value: Any) -> str:
    r"""Return JSON that can stand between ``<script>`` and ``</script>`` whatever it holds.

    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    return _NOT_IN_A_SCRIPT.sub(_escaped, json.dumps(value, ensure_ascii=False))
