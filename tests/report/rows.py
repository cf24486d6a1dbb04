"""Rows for tests of the report."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pdtool.inspection.rows import InspectRow

__all__ = ["inspected"]


def inspected(doc: str, title: str, issuer: tuple[str, ...], date: str) -> InspectRow:
    """Return what is known about a document, all else being empty."""
    empty: dict[str, Any] = {"int": 0, "str": "", "tuple[str, ...]": ()}
    values = {field.name: empty[str(field.type)] for field in fields(InspectRow)}
    return InspectRow(**{**values, "doc": doc, "title": title, "issuer": issuer, "date": date})
