"""Runs the plan of weighing: Spark brings rows together, the wheel says what they give.

Every step writes its tables, and is done when Spark has put ``_SUCCESS`` beside them: a step that is done is never run
again, and a worker that dies costs its tasks and no more.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import Broadcast
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .. import _gainsay
from ._files import Files
from ._graph import stars
from ._rank import ranks

ROWS = "of string, key binary, row binary"

#: What Spark runs on rows.
Task = Callable[[Iterable[pa.RecordBatch]], Iterable[pa.RecordBatch]]

#: So many bytes of rows are given to the wheel at once, or all of one key if these are more.
AT_ONCE = 32 << 20


class Step(NamedTuple):
    """One step, as the wheel's plan has it."""

    name: str
    how: str
    takes: list[str]
    gives: list[str]
    beside: str | None


PLAN = [Step(*line) for line in _gainsay.stage_plan()]


class Plan:
    """Tables of rows in a folder, and the steps that write them."""

    def __init__(self, spark: SparkSession, folder: str, partitions: int) -> None:
        self.spark, self.folder, self.partitions = spark, folder, partitions
        self.files = Files(spark)

    def _of(self, n: int) -> str:
        return f"{self.folder}/{n:02}-{PLAN[n].name.replace(' ', '-')}"

    def table(self, name: str) -> DataFrame | None:
        """The rows of a table, of all steps that gave some so far; ``None`` where none did."""
        paths = [f"{self._of(n)}/of={name}" for n, step in enumerate(PLAN) if name in step.gives]
        paths = [path for path in [f"{self.folder}/{name}", *paths] if self.files.exists(path)]
        if not paths:
            return None
        found = self.spark.read.schema("key binary, row binary").parquet(*paths)
        return found.select(F.lit(name).alias("of"), "key", "row")

    def given(self, name: str, rows: DataFrame) -> None:
        """Puts the rows of a first table there, unless they are."""
        path = f"{self.folder}/{name}"
        if not self.files.done(path):
            rows.select("key", "row").write.mode("overwrite").parquet(path)

    def run(self, watch: Callable[[str, bool], None]) -> None:
        """Runs all steps that are not done; ``watch`` is told of each, before and after."""
        for n, step in enumerate(PLAN):
            path = self._of(n)
            if self.files.done(path):
                continue
            watch(step.name, False)
            rows = self._rows(n, step)
            rows.write.mode("overwrite").partitionBy("of").parquet(path)
            watch(step.name, True)

    def _rows(self, n: int, step: Step) -> DataFrame:
        tables = [table for table in map(self.table, step.takes) if table is not None]
        if not tables:
            # Nothing is given for nothing.
            return self.spark.createDataFrame([], ROWS)
        rows = functools.reduce(lambda rows, more: rows.unionByName(more), tables)
        if step.how == "group":
            beside = self._beside(step)
            rows = rows.repartition(self.partitions, "key").sortWithinPartitions("key")
            return rows.mapInArrow(_task(step.name, beside), ROWS)
        if step.how == "all":
            return rows.distinct().repartition(1).mapInArrow(_whole(step.name), ROWS)
        of = F.lit(step.gives[0]).alias("of")
        beside_it = f"{self._of(n)}-rounds"
        if step.how == "rank":
            numbered = ranks(rows.select("key"), beside_it, self.partitions, self.files)
            return numbered.select(of, "key", "row")
        edges = rows.select(F.col("key").alias("a"), F.col("row").alias("b"))
        found = stars(edges, beside_it, self.partitions, self.files)
        key, row = ("least", "node") if step.how == "by least" else ("node", "least")
        return found.select(of, F.col(key).alias("key"), F.col(row).alias("row"))

    def _beside(self, step: Step) -> Broadcast[bytes] | None:
        if step.beside is None:
            return None
        table = self.table(step.beside)
        if table is None:
            return None
        table = table.toArrow()
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        return self.spark.sparkContext.broadcast(sink.getvalue().to_pybytes())


def _stage(step: str, beside: Broadcast[bytes] | None) -> _gainsay.Stage:
    table = None if beside is None else pa.ipc.open_stream(beside.value).read_all()
    return _gainsay.Stage(step, table)


def _task(step: str, beside: Broadcast[bytes] | None) -> Task:
    """Rows sorted by key, given to the wheel some keys at a time: never a part of a key's."""

    def task(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        stage = _stage(step, beside)
        held: list[pa.RecordBatch] = []
        size = 0
        for batch in batches:
            if batch.num_rows == 0:
                continue
            last = batch.column("key")[-1]
            if size + batch.nbytes >= AT_ONCE:
                # The rows of the last key so far may go on in the next batch.
                cut = pc.index(batch.column("key"), last).as_py()
                if held and cut == 0 and held[-1].column("key")[-1] != last:
                    yield from _run(stage, held)
                    held, size = [], 0
                elif cut > 0:
                    yield from _run(stage, [*held, batch.slice(0, cut)])
                    held, size = [], 0
                    # A copy, so that what was given away is let go.
                    batch = pa.RecordBatch.from_struct_array(pa.concat_arrays([batch.slice(cut).to_struct_array()]))
            held.append(batch)
            size += batch.nbytes
        if held:
            yield from _run(stage, held)

    return task


def _whole(step: str) -> Task:
    def task(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held = [batch for batch in batches if batch.num_rows]
        if held:
            yield from _run(_stage(step, None), held)

    return task


def _run(stage: _gainsay.Stage, held: list[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    yield from pa.table(stage.run(pa.Table.from_batches(held))).to_batches(max_chunksize=10_000)
