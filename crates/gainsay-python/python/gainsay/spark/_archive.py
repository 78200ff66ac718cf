"""From files of reports to files of claims and of what weighing found; what is done stays done."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from .. import _gainsay
from .._errors import InputError
from ._files import Files
from ._read import claim_schema, claims_of, report_schema, reports
from ._warnings import Warnings
from ._weigh import weigh

#: The month of a report that no day is known of.
UNKNOWN = "unknown"

#: How Parquet is packed: as gainsay's own tables are.
COMPRESSED = "zstd"

#: So many reports, at least, are read in one job; a run that is stopped loses no more than one job's.
IN_A_JOB = 200_000


@dataclasses.dataclass(frozen=True)
class Done:
    """What there is now."""

    reports: int
    claims: int
    events: int
    #: Seconds of each step that was run, in order; steps that were done before are not among them.
    seconds: dict[str, float]
    #: What could not be taken, and why.
    warnings: list[str]

    def __str__(self) -> str:
        took = sum(self.seconds.values())
        return f"{self.reports} reports, {self.claims} claims, {self.events} events; {took:.0f} s"


def run(
    given: str,
    out: str,
    *,
    spark: SparkSession | None = None,
    resume: bool = True,
    partitions: int | None = None,
    in_a_job: int = IN_A_JOB,
    watch: Callable[[str, bool], None] | None = None,
) -> Done:
    """Reads the reports in ``given`` and weighs what they claim. In ``out`` are then, as Parquet:

    - ``reports`` and ``claims``, by the month in which they were said (``month=2014-06``, ``month=unknown``);
    - ``events``, ``event_of``, ``entities``, ``roots``, as :func:`weigh` gives them;
    - ``stages``: what stages hand on to each other, and what says how far a run came. It may be taken away when done.

    Called again on the same files, it goes on where it was stopped: no step that was done is run again. With
    ``resume=False``, or where the files or gainsay are others than they were, all is made anew.

    ``in_a_job`` reports at least are read in one job, whole months together: a run that is stopped reads no more than
    these again. ``watch`` is told of every step, before it is begun and when it is done.
    """
    spark = spark or SparkSession.builder.appName("gainsay").getOrCreate()
    files, warnings, work = Files(spark), Warnings(spark), f"{out}/stages"
    _begin(files, given, out, resume)
    spent = _Spent(watch)

    if not files.done(f"{out}/reports"):
        spent.step("reports", False)
        by_month = _by_month(reports(spark, given, warnings=warnings, partitions=partitions), "published")
        _write(by_month, f"{out}/reports", "month")
        spent.step("reports", True)
        _keep(files, work, warnings)
    said = spark.read.schema(_monthly(report_schema())).option("basePath", f"{out}/reports")
    counted = said.parquet(f"{out}/reports").groupBy("month").count().collect()
    months: list[tuple[str, int]] = sorted((row[0], row[1]) for row in counted)
    for names in _jobs(months, in_a_job):
        marker = f"{work}/read/{names[0]}.json"
        if files.read(marker) == names:
            continue
        step = f"claims of {names[0]}" + (f" to {names[-1]}" if len(names) > 1 else "")
        spent.step(step, False)
        here = said.parquet(*[f"{out}/reports/month={name}" for name in names])
        dated = here.select(F.col("id").alias("document"), "month")
        read = claims_of(here.drop("month"), warnings)
        if len(names) == 1:
            read = read.withColumn("month", F.lit(names[0]))
        else:
            read = read.join(dated, "document")
        for name in names:
            files.remove(f"{out}/claims/month={name}")
        read.select(*[name for name in read.columns if name != "month"], "month").write.mode(
            "append"
        ).partitionBy("month").option("compression", COMPRESSED).parquet(f"{out}/claims")
        _keep(files, work, warnings)
        files.write(marker, names)
        spent.step(step, True)

    frame = said.parquet(f"{out}/reports").drop("month")
    claims = spark.createDataFrame([], claim_schema())
    if files.exists(f"{out}/claims"):
        claims = spark.read.schema(_monthly(claim_schema())).parquet(f"{out}/claims").drop("month")
    weighed = weigh(claims, frame, work=f"{work}/weigh", partitions=partitions, watch=spent.step)
    for name in ("events", "event_of", "entities", "roots"):
        if not files.done(f"{out}/{name}"):
            spent.step(name, False)
            _write(getattr(weighed, name), f"{out}/{name}")
            spent.step(name, True)
    many = claims.count()
    events = spark.read.parquet(f"{out}/events").count()
    return Done(sum(n for _, n in months), many, events, spent.seconds, _keep(files, work, warnings))


def _begin(files: Files, given: str, out: str, resume: bool) -> bool:
    """Whether an earlier run goes on; else what it left is taken away."""
    begun = {"gainsay": _gainsay.__version__, "given": [list(file) for file in files.listed(given)]}
    if not begun["given"]:
        raise InputError(f"{given}: no files in it")
    known = files.read(f"{out}/stages/begun.json")
    if resume and known == begun:
        return True
    made = ("reports", "claims", "events", "event_of", "entities", "roots", "stages")
    there = [name for name in made if files.exists(f"{out}/{name}")]
    if there and known is None:
        raise InputError(f"{out}: {there[0]} is there and is of no run of gainsay's; give another folder")
    for name in made:
        files.remove(f"{out}/{name}")
    files.write(f"{out}/stages/begun.json", begun)
    return False


def _keep(files: Files, work: str, warnings: Warnings) -> list[str]:
    """All warnings so far, those of a run that was stopped among them."""
    known = files.read(f"{work}/warnings.json") or []
    lines = sorted({*known, *warnings.all()})
    if lines != known:
        files.write(f"{work}/warnings.json", lines)
    return lines


def _monthly(schema: StructType) -> StructType:
    """With the month, as text: Spark would make a day of it."""
    return StructType([*schema.fields, StructField("month", StringType())])


def _by_month(frame: DataFrame, day: str) -> DataFrame:
    return frame.withColumn("month", F.coalesce(F.date_format(day, "yyyy-MM"), F.lit(UNKNOWN)))


def _jobs(months: list[tuple[str, int]], least: int) -> list[list[str]]:
    """Months one after the other, so many together that their reports are worth a job."""
    jobs: list[list[str]] = []
    here: list[str] = []
    held = 0
    for name, many in months:
        here.append(name)
        held += many
        if held >= least:
            jobs.append(here)
            here, held = [], 0
    return [*jobs, here] if here else jobs


def _write(frame: DataFrame, path: str, *by: str) -> None:
    frame.write.mode("overwrite").partitionBy(*by).option("compression", COMPRESSED).parquet(path)


class _Spent:
    """How long each step took; said on standard error where a step takes long enough that somebody waits."""

    def __init__(self, watch: Callable[[str, bool], None] | None) -> None:
        self._watch = watch
        self.seconds: dict[str, float] = {}
        self._begun = 0.0

    def step(self, name: str, done: bool) -> None:
        if self._watch:
            self._watch(name, done)
        now = time.monotonic()
        if not done:
            self._begun = now
            return
        self.seconds[name] = now - self._begun
        if self.seconds[name] >= 2:
            print(f"gainsay: {name}: {self.seconds[name]:.0f} s", file=sys.stderr)
