"""Raised characters of web pages: marks of notes and exponents, written so that no figure swallows them."""

from __future__ import annotations

import re
from typing import Any

from pdtool.corpus.parsing.page_elements import elements
from pdtool.corpus.parsing.raised import LOOK_BACK, plain_raised

__all__ = ["lower_raised"]

_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)


def lower_raised(tree: Any) -> None:
    """Replace the raised characters of a page by plain ones, in place."""
    for element in [one for one in tree.iter("sup", "span", "a") if _is_raised(one)]:
        _lower(element)


def _is_raised(element: Any) -> bool:
    return element.tag == "sup" or _RAISED.search(element.get("style", "")) is not None


def _lower(element: Any) -> None:
    """Replace raised characters by plain ones, in place."""
    mark = "".join(element.itertext())
    plain = plain_raised(_text_before(element), mark)
    if plain == mark or len(mark) > LOOK_BACK:
        return
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.text, element.tail = plain, tail
    element.tag = "span"


def _text_before(element: Any) -> str:
    """Return the last characters before an element in its block."""
    text, current = "", element
    while len(text) < LOOK_BACK:
        previous = current.getprevious()
        parent = current.getparent()
        if previous is not None:
            whole = "".join(previous.itertext()) if isinstance(previous.tag, str) else ""
            text = whole[-LOOK_BACK:] + (previous.tail or "") + text
            if previous.tag in elements("blocks"):
                break
            current = previous
        elif parent is not None:
            text = (parent.text or "") + text
            if parent.tag in elements("blocks"):
                break
            current = parent
        else:
            break
    return text[-LOOK_BACK:]
