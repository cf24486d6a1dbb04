"""What is known about a document, written above its text as a block of YAML that reads back."""

from __future__ import annotations

from pdtool.documents.fields.describe import Description
from pdtool.documents.fields.field import FIELDS, JOINED, LISTS
from pdtool.output.escaping import encodable
from pdtool.text.yaml_head import LONGEST_HEAD, OWN_FIELD

__all__ = ["yaml_block"]

_RULE = "---\n"


def yaml_block(known: Description) -> str:
    """Return what is known about a document, between two rules.

    Fields without a value are left out; one that several bodies or people are named in is a list. What would
    make the block longer than one that is read back (20,000 characters) is left out from the end, the
    abstract first.

    Args:
        known: What is known about the document.

    >>> from pdtool.documents.fields.field import Field, Origin
    >>> print(yaml_block(Description((Field("title", "某通知", Origin.HEAD, 0.8),))), end="")
    ---
    described_by: pdtool
    title: 某通知
    ---
    """
    said: dict[str, str | list[str]] = {OWN_FIELD[0]: OWN_FIELD[1]}
    for name in FIELDS:
        values = [one for value in known.values(name) if (one := _one_line(value, name))]
        if values:
            said[name] = values if name in LISTS else values[0]
    order = sorted(said, key=lambda name: name == "abstract")
    block = _written(said)
    while len(block) > LONGEST_HEAD and len(order) > 1:
        del said[order.pop()]
        block = _written(said)
    return f"{_RULE}{block}{_RULE}"


def _one_line(value: str, name: str) -> str:
    """Return a value in one line; what parts values parts none of a list."""
    plain = " ".join(encodable(value).split())
    return plain.replace(JOINED, "；") if name in LISTS else plain


def _written(said: dict[str, str | list[str]]) -> str:
    import yaml

    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=LONGEST_HEAD)
