"""Weighing: claims to whom they name, who stands behind them, and which are about one event."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from .. import _gainsay
from .._errors import InputError
from ._plan import ROWS, Plan


def _nobody(step: str, done: bool) -> None:
    """Watches nothing."""


@dataclasses.dataclass(frozen=True)
class Weighed:
    """What weighing found, as data frames."""

    #: Events, with the columns of :meth:`gainsay.Weighed.events`.
    events: DataFrame
    #: ``claim``, ``event``: of every claim that is about one.
    event_of: DataFrame
    #: ``claim``, ``slot`` (actor, target, place, source), ``id``, ``mention``: whom every claim names.
    entities: DataFrame
    #: ``claim``, ``document``, ``outlet``, ``copy_of``, ``roots``, ``chain``: who stands behind every claim.
    roots: DataFrame


def weigh(
    claims: DataFrame,
    reports: DataFrame,
    *,
    work: str | None = None,
    partitions: int | None = None,
    watch: Callable[[str, bool], None] = _nobody,
) -> Weighed:
    """Weighs claims of any number, and finds what :func:`gainsay.weigh` finds of them on one machine.

    ``claims`` has the columns of :func:`gainsay.extract`, ``reports`` those of :func:`reports`; claims of reports that
    are not among them are left out. A claim's id is taken to be of one claim only.

    ``work`` is a folder that all workers see, for what stages hand on; called again with it, weighing goes on where it
    was stopped. On one machine a temporary folder will do, and is taken. ``partitions`` says into how many tasks a stage
    is cut: as many as ``spark.sql.shuffle.partitions`` where nothing is said. ``watch`` is told of every step, before it
    is begun and when it is done.
    """
    spark = claims.sparkSession
    if work is None:
        master = spark.sparkContext.master
        if not (master or "").startswith("local"):
            raise InputError(f"work: a folder that all workers see is needed with the master {master}")
        work = tempfile.mkdtemp(prefix="gainsay-")
    partitions = partitions or int(spark.conf.get("spark.sql.shuffle.partitions") or 200)
    plan = Plan(spark, work, partitions)
    known = reports.select(F.col("id").alias("document")).distinct()
    plan.given("report", _rows(reports, _gainsay.stage_reports))
    plan.given("claim", _rows(claims.join(known, "document", "leftsemi"), _gainsay.stage_claims))
    plan.run(watch)
    none = spark.createDataFrame([], ROWS)
    events = _shown(plan.table("events") or none, _gainsay.stage_events)
    lines = _shown(plan.table("weighed") or none, _gainsay.stage_weighed)
    entities = lines.select("claim", F.explode("entities").alias("one")).select("claim", "one.slot", "one.id", "one.mention")
    return Weighed(
        events=events,
        event_of=lines.where("event IS NOT NULL").select("claim", "event"),
        entities=entities,
        roots=lines.select("claim", "document", "outlet", "copy_of", "roots", "chain"),
    )


def _rows(frame: DataFrame, of: Callable[[Any], _gainsay.Table]) -> DataFrame:
    def task(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield from pa.table(of(batch)).to_batches()

    return frame.mapInArrow(task, ROWS)


def _shown(rows: DataFrame, of: Callable[[Any], _gainsay.Table]) -> DataFrame:
    none = pa.table({"of": pa.array([], pa.string()), "key": pa.array([], pa.binary()), "row": pa.array([], pa.binary())})
    schema = from_arrow_schema(pa.schema(of(none).schema).remove_metadata(), prefer_timestamp_ntz=True)

    def task(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield from pa.table(of(batch)).to_batches()

    return rows.mapInArrow(task, schema)
