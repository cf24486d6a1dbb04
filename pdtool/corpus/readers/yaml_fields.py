"""What a Markdown text says of itself in the block of fields before it."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from pdtool.data_files import data_json
from pdtool.text.yaml_head import yaml_head

__all__ = ["fields_of"]

_JOINED = "; "


def fields_of(text: str) -> dict[str, str]:
    r"""Return what the block of fields before a text says: ``title``, ``author``, ``date``, ``keywords`` ….

    Args:
        text: The decoded text.

    >>> fields_of("---\ntitle: 通知\ntags: [河道, 防洪]\ndate: 2022-06-18 10:00:00\n---\n正文。")
    {'title': '通知', 'date': '2022-06-18', 'keywords': '河道; 防洪'}
    """
    span = yaml_head(text)
    said = _loaded(text[slice(*span)]) if span else None
    if not isinstance(said, dict):
        return {}
    known = {str(name).strip().casefold(): value for name, value in said.items()}
    found = {role: _first(known, names) for role, names in _names().items()}
    return {role: value for role, value in found.items() if value}


def _loaded(block: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None  # the text is what counts


def _first(known: dict[str, Any], names: list[str]) -> str:
    return next((shown for name in names if (shown := _shown(known.get(name)))), "")


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return _JOINED.join(filter(None, map(_shown, value)))
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    return " ".join(str(value).split()) if isinstance(value, (str, int)) else ""


@cache
def _names() -> dict[str, list[str]]:
    table = data_json("yaml_fields.json")
    return {role: names for role, names in table.items() if role != "source"}
