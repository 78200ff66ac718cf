"""Reports and their claims as data frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StringType, StructField, StructType

from .. import _gainsay
from .._errors import InputError
from ._files import Files
from ._warnings import Warnings

#: The columns of reports that are read, as intake knows them.
COLUMNS = ["id", "text", "published", "publisher", "author", "title", "url", "language"]

#: Other names under which reports come.
ALIASES = {"outlet": "publisher"}

LINES = (".jsonl", ".json", ".ndjson")


def reports(
    spark: SparkSession, path: str, *, warnings: Warnings | None = None, partitions: int | None = None
) -> DataFrame:
    """Reports of Parquet files or of JSON lines (``.jsonl``, ``.ndjson``, ``.json``, each also ``.gz``): a file, a
    folder, or a pattern.

    A column ``text`` is needed; ``id, published, publisher`` (or ``outlet``), ``author, title, url, language`` are taken
    where they are. A report without an id gets one made of its outlet, day and text, so that it is the same in every run.
    Of several reports with one id and other content the first by content stays, as a warning says.

    Raises ``InputError`` where there is no such file, or none of these columns.
    """
    warnings = warnings or Warnings(spark)
    raw = _raw(spark, path, warnings)
    if partitions:
        raw = raw.repartition(partitions)
    made = F.concat_ws("\n", "publisher", "published", "text")
    raw = raw.withColumn("id", F.coalesce("id", F.substring(F.sha2(made, 256), 1, 16)))
    raw = _first(raw, warnings)
    schema = report_schema()
    add = warnings.add

    def task(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                table = _gainsay.read_reports(batch)
                add(f"{path}: {warning}" for warning in table.warnings)
                yield from pa.table(table).to_batches()

    return raw.mapInArrow(task, schema)


def read(spark: SparkSession, path: str) -> DataFrame:
    """The claims of reports, as :func:`gainsay.extract` reads them: a row for each claim, with the same columns.

    ``path`` is as for :func:`reports`.
    """
    return claims_of(reports(spark, path))


def claims_of(read: DataFrame, warnings: Warnings | None = None) -> DataFrame:
    """The claims of a data frame of reports."""
    add = warnings.add if warnings else None

    def task(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                table = _gainsay.extract(batch, {}, 1)
                if add:
                    add(table.warnings)
                yield from pa.table(table).to_batches()

    return read.mapInArrow(task, claim_schema())


def _raw(spark: SparkSession, path: str, warnings: Warnings) -> DataFrame:
    files = Files(spark).listed(path)
    names = [name.removesuffix(".gz") for name, _, _ in files]
    lines = [name for name in names if name.endswith(LINES)]
    if not files:
        raise InputError(f"{path}: no files in it")
    if lines and len(lines) < len(names):
        raise InputError(f"{path}: JSON lines and other files in one; give them one after the other")
    if lines:
        broken = "_broken"
        schema = StructType([StructField(name, StringType()) for name in [*COLUMNS, *ALIASES, broken]])
        reader = spark.read.option("columnNameOfCorruptRecord", broken).option("recursiveFileLookup", True)
        raw = reader.schema(schema).json(path)
        add = warnings.add

        def sound(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
            for batch in batches:
                bad = [line for line in batch.column(broken).to_pylist() if line is not None]
                add(f"{path}: a line is no JSON object, and was left out: {line[:60]!r}" for line in bad)
                yield batch.filter(batch.column(broken).is_null())

        raw = raw.mapInArrow(sound, schema).drop(broken)
    else:
        try:
            raw = spark.read.option("recursiveFileLookup", True).parquet(path)
        except Exception as error:
            line = str(error).strip().splitlines()[0]
            raise InputError(f"{path}: no Parquet files ({line})") from None
    for other, name in ALIASES.items():
        if other in raw.columns:
            known = F.coalesce(name, other) if name in raw.columns else F.col(other)
            raw = raw.withColumn(name, known)
    if "text" not in raw.columns:
        raise InputError(f"{path}: no column text; it has {', '.join(raw.columns)}")
    none = F.lit(None).cast("string")
    columns = [F.col(name).cast("string") if name in raw.columns else none.alias(name) for name in COLUMNS]
    return raw.select(*columns)


def _first(raw: DataFrame, warnings: Warnings) -> DataFrame:
    """One report of each id."""
    content = F.sha2(F.to_json(F.struct(*COLUMNS)), 256)
    marked = raw.withColumn("_content", content)
    kept = marked.groupBy("id").agg(F.min("_content").alias("_first"), F.max("_content").alias("_last"), F.count("*").alias("_many"))
    twice = kept.where("_many > 1")
    several = twice.limit(1).count() > 0
    if not several:
        return raw
    for row in twice.where("_first <> _last").orderBy("id").limit(warnings.MOST).collect():
        warnings.add([f"another report has the id {row.id!r}; one was left out"])
    of = marked.join(twice.select("id", "_first"), "id", "left")
    of = of.where(F.col("_first").isNull() | (F.col("_first") == F.col("_content"))).drop("_first")
    return of.dropDuplicates(["id", "_content"]).select(*COLUMNS)


def report_schema() -> StructType:
    """The columns of reports, for Spark."""
    return _schema(_gainsay.read_reports(_NONE))


def claim_schema() -> StructType:
    """The columns of claims, for Spark."""
    return _schema(_gainsay.extract(_NONE, {}, 1))


_NONE = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})


def _schema(table: Any) -> StructType:
    return from_arrow_schema(pa.schema(table.schema).remove_metadata(), prefer_timestamp_ntz=True)
