"""Numbers for keys in the order of their bytes, over all tasks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ._files import Files


def ranks(keys: DataFrame, folder: str, partitions: int, files: Files) -> DataFrame:
    """Each ``key`` once, with its number from 0 as eight bytes in ``row``, the greatest first.

    Sorted keys are written to ``folder`` with the task that wrote them and their place in it, so that a worker that dies
    later changes no number.
    """
    spark = keys.sparkSession
    path = f"{folder}/sorted"
    if not files.done(path):
        place = F.monotonically_increasing_id()
        placed = keys.distinct().repartitionByRange(partitions, "key").sortWithinPartitions("key")
        placed = placed.select("key", place.alias("place"))
        # Spark numbers rows by their task in the upper bits, and within it from 0.
        placed = placed.selectExpr("key", "shiftright(place, 33) AS task", "place & 8589934591L AS nth")
        placed.write.mode("overwrite").parquet(path)
    placed = spark.read.schema("key binary, task bigint, nth bigint").parquet(path)
    before, starts = 0, {}
    for task, many in sorted(placed.groupBy("task").count().collect()):
        starts[task] = before
        before += many

    def number(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            tasks, nth = batch.column("task").to_numpy(), batch.column("nth").to_numpy()
            first = np.array([starts[task] for task in tasks], dtype=np.int64)
            numbers = (first + nth).astype(">u8")
            offsets = np.arange(0, 8 * (len(numbers) + 1), 8, dtype=np.int32)
            buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(numbers.tobytes())]
            rows = pa.Array.from_buffers(pa.binary(), len(numbers), buffers)
            yield pa.RecordBatch.from_arrays([batch.column("key"), rows], names=["key", "row"])

    return placed.mapInArrow(number, "key binary, row binary")
