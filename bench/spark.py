"""How long reading and weighing on Spark take, step by step: ``python bench/spark.py REPORTS WORKERS``.

Needs the wheel and pyspark. Reports are made of the examples, as the tests of Spark make them; each worker is a process
of one core. Printed: seconds of each step, and the bytes that were shuffled and written.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "crates" / "gainsay-python" / "tests" / "spark"))

from archives import made, session, write  # noqa: E402


def shuffled(log: Path) -> int:
    """Bytes that tasks wrote for others to fetch, of Spark's log of events."""
    total = 0
    for path in log.rglob("*"):
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
            if line.startswith('{"Event":"SparkListenerTaskEnd"'):
                metrics = json.loads(line).get("Task Metrics") or {}
                total += (metrics.get("Shuffle Write Metrics") or {}).get("Shuffle Bytes Written", 0)
    return total


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    many, workers = int(sys.argv[1]), int(sys.argv[2])
    folder = Path(tempfile.mkdtemp(prefix="gainsay-bench-"))
    (folder / "log").mkdir()
    given = write(made(many), folder / "reports.jsonl")
    begun = time.monotonic()
    options = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": f"file://{folder}/log",
        "spark.eventLog.compress": "false",
        "spark.sql.shuffle.partitions": str(2 * workers),
        "spark.default.parallelism": str(2 * workers),
        "spark.sql.codegen.wholeStage": "true",
        "spark.driver.extraJavaOptions": "-Xss4m",
        "spark.executor.extraJavaOptions": "-Xss4m",
    }
    spark = session(f"local-cluster[{workers},1,1024]", options)
    import gainsay.spark

    started = time.monotonic()
    done = gainsay.spark.run(given, str(folder / "out"), spark=spark)
    ended = time.monotonic()
    spark.stop()
    for step, seconds in done.seconds.items():
        print(f"{seconds:8.1f}  {step}")
    out = folder / "out"
    print(f"{many} reports of {Path(given).stat().st_size / many:.0f} bytes, {done.claims} claims, {done.events} events; {workers} workers")
    print(f"session {started - begun:.1f} s, run {ended - started:.1f} s")
    print(f"shuffled {shuffled(folder / 'log') / 1e6:.1f} MB; stages {size(out / 'stages') / 1e6:.1f} MB; claims {size(out / 'claims') / 1e6:.1f} MB")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
