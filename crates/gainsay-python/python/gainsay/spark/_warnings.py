"""Lines about what could not be taken, collected from all tasks."""

from __future__ import annotations

from collections.abc import Iterable

from pyspark.accumulators import AccumulatorParam
from pyspark.sql import SparkSession

MOST = 1000


class _Lines(AccumulatorParam[dict[str, int]]):
    """Lines, each with how often it came; a task that is run again says its lines again."""

    def zero(self, value: dict[str, int]) -> dict[str, int]:
        return {}

    def addInPlace(self, value1: dict[str, int], value2: dict[str, int]) -> dict[str, int]:
        for line, many in value2.items():
            if line in value1 or len(value1) < MOST:
                value1[line] = value1.get(line, 0) + many
        return value1


class Warnings:
    """Warnings of one run."""

    MOST = MOST

    def __init__(self, spark: SparkSession) -> None:
        lines = spark.sparkContext.accumulator({}, _Lines())
        self._lines = lines

        def add(more: Iterable[str]) -> None:
            for line in more:
                lines.add({line: 1})

        #: Adds lines; may be called in tasks.
        self.add = add

    def all(self) -> list[str]:
        """The lines so far, each once, sorted."""
        return sorted(self._lines.value)
