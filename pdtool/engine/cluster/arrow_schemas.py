"""The columns of a stage as Arrow has them, from how Spark declares them."""

from __future__ import annotations

from functools import cache
from typing import Any

from pdtool.engine.cluster.stage_store import schema_of

__all__ = ["arrow_schema"]


@cache
def arrow_schema(stage: str) -> Any:
    """Return the columns of a stage, as a schema of Arrow.

    Args:
        stage: Its name.

    >>> arrow_schema("labels").names
    ['key', 'label']
    """
    import pyarrow as pa

    kinds = {
        "long": pa.int64(),
        "int": pa.int32(),
        "double": pa.float64(),
        "string": pa.string(),
        "binary": pa.binary(),
        "boolean": pa.bool_(),
        "array<long>": pa.list_(pa.int64()),
    }
    columns = (column.split() for column in schema_of(stage).split(","))
    return pa.schema([(name, kinds[kind]) for name, kind in columns])
