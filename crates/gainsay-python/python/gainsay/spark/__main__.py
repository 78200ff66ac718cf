"""``python -m gainsay.spark IN OUT``: reads and weighs an archive; called again, it goes on where it was stopped."""

from __future__ import annotations

import argparse
import sys

from .._errors import GainsayError
from ._archive import run


def main() -> int:
    """Exit 0 is done, 2 is bad usage or bad input, as with the command line."""
    parser = argparse.ArgumentParser(prog="python -m gainsay.spark", description=__doc__)
    parser.add_argument("given", metavar="IN", help="reports: Parquet or JSON lines, a file, a folder or a pattern")
    parser.add_argument("out", metavar="OUT", help="folder for reports, claims and what weighing found")
    parser.add_argument("--anew", action="store_true", help="take nothing over from an earlier run")
    parser.add_argument("--partitions", type=int, help="into how many tasks a stage is cut; three a core is good")
    parser.add_argument("--master", help="Spark's master, where spark-submit gives none")
    typed = parser.parse_args()

    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("gainsay")
    if typed.master:
        builder = builder.master(typed.master)
    spark = builder.getOrCreate()
    try:
        done = run(typed.given, typed.out, spark=spark, resume=not typed.anew, partitions=typed.partitions)
    except GainsayError as error:
        print(f"gainsay: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    for warning in done.warnings:
        print(f"gainsay: {warning}", file=sys.stderr)
    print(done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
