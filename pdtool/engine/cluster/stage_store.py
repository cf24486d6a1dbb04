"""What the stages leave, as Parquet, and the SQL that is asked of it.

A view of Spark runs the functions below it again whenever it is asked: so whatever a function made is
written, and read back, under the name of its stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from pdtool.data_files import data_toml

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Batches", "Grouped", "Stages", "schema_of"]

Grouped = Callable[[Any], Any]
"""A function of the rows of a group, as a table of Arrow, that runs on the cluster."""
Batches = Callable[[Iterable[Any]], Iterator[Any]]
"""A function of record batches that runs on the cluster."""


@cache
def _data() -> dict[str, dict[str, str]]:
    return data_toml("cluster.toml")


def schema_of(stage: str) -> str:
    """Return the columns of a stage, as Spark declares them."""
    return " ".join(_data()["stages"][stage].split())


class Stages:
    """The stages of a run.

    Args:
        spark: The session.
        folder: A folder that all of the cluster can write to and read.
    """

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.spark = spark
        self.folder = folder.rstrip("/")

    def query(self, name: str, **figures: object) -> DataFrame:
        """Return what a query of the data gives, not worked out yet.

        Args:
            name: Its name.
            figures: What is put in.
        """
        text = _data()["queries"][name]
        return self.spark.sql(text.format(**figures) if figures else text)

    def one(self, name: str, **figures: object) -> dict[str, Any]:
        """Return the only row that a query gives."""
        return dict(self.query(name, **figures).toArrow().to_pylist()[0])

    def view(self, name: str, **figures: object) -> None:
        """Give a query its name, for others to ask."""
        self.query(name, **figures).createOrReplaceTempView(name)

    def write(self, stage: str, frame: DataFrame, part: str = "") -> None:
        """Write what a stage makes, and give it its name.

        Args:
            stage: The stage.
            frame: What it makes.
            part: What its folder is called besides, where it is written more than once.
        """
        frame.write.mode("overwrite").parquet(self._path(stage, part))
        self.name(stage, stage, part)

    def name(self, name: str, stage: str, part: str = "") -> None:
        """Give what a stage left a name, for queries to ask."""
        found = self.spark.read.schema(schema_of(stage)).parquet(self._path(stage, part))
        found.createOrReplaceTempView(name)

    def _path(self, stage: str, part: str) -> str:
        return f"{self.folder}/{stage}{part}"

    def run(self, stage: str, function: Batches, frame: DataFrame) -> None:
        """Write what a function makes of a table.

        Args:
            stage: The stage.
            function: Runs on the cluster; it and what it holds can be pickled.
            frame: What it is given.
        """
        self.write(stage, frame.mapInArrow(function, schema_of(stage)))

    def run_grouped(self, stage: str, function: Grouped, frame: DataFrame, *by: str) -> None:
        """Write what a function makes of each group of a table.

        Nothing is made of an order within parts: what asks for none in SQL may lose it on the way.

        Args:
            stage: The stage.
            function: Runs on the cluster; it and what it holds can be pickled.
            frame: What it is given.
            by: The columns by which rows are grouped.
        """

        def of_group(rows: Any) -> Any:  # the client counts parameters, and takes ``self`` for one
            return function(rows)

        self.write(stage, frame.groupBy(*by).applyInArrow(of_group, schema_of(stage)))
