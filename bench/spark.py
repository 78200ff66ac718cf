"""How long reading and weighing on Spark take, step by step: ``python bench/spark.py REPORTS WORKERS``.

Needs the wheel and pyspark. Reports are made of the examples, as the tests of Spark make them; each worker is a process
of one core. Printed: seconds of each step, processor time, and the bytes that were shuffled and
written.
"""

from __future__ import annotations

import json
import os
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


def spent() -> dict[str, float]:
    """Seconds of processor time so far of the processes that this one started: the driver's JVM, the workers' JVMs, and
    their Pythons."""
    stats: dict[int, tuple[int, float, float, str]] = {}
    tick = os.sysconf("SC_CLK_TCK")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                line = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            own, children = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
            stats[int(entry.name)] = (int(fields[1]), own / tick, children / tick, line)

    def ours(pid: int) -> bool:
        while pid in stats and pid != os.getpid():
            pid = stats[pid][0]
        return pid == os.getpid()

    kinds = {"CoarseGrainedExecutorBackend": "workers' JVMs", "pyspark.daemon": "workers' Pythons", "pyspark.worker": "workers' Pythons"}
    total = dict.fromkeys(["driver", *kinds.values()], 0.0)
    for pid, (_, own, children, line) in stats.items():
        if pid != os.getpid() and ours(pid):
            kind = next((kind for word, kind in kinds.items() if word in line), "driver")
            # Of Pythons that ended, the one that started them knows.
            total[kind] += own + (children if "pyspark.daemon" in line else 0.0)
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

    started, marks = time.monotonic(), {"": spent()}
    reading: list[float] = []

    def watch(step: str, ended: bool) -> None:
        if step.startswith("claims of"):
            reading.append((1 if ended else -1) * time.monotonic())
            marks["read" if ended else "begun"] = spent()

    done = gainsay.spark.run(given, str(folder / "out"), spark=spark, watch=watch)
    ended = time.monotonic()
    marks["end"] = spent()
    spark.stop()
    for step, seconds in done.seconds.items():
        print(f"{seconds:8.1f}  {step}")
    out = folder / "out"
    print(f"{many} reports of {Path(given).stat().st_size / many:.0f} bytes, {done.claims} claims, {done.events} events; {workers} workers")
    print(f"session {started - begun:.1f} s, run {ended - started:.1f} s")
    print(f"shuffled {shuffled(folder / 'log') / 1e6:.1f} MB; stages {size(out / 'stages') / 1e6:.1f} MB; claims {size(out / 'claims') / 1e6:.1f} MB")
    for name, a, b in (("reading", "begun", "read"), ("all", "", "end")):
        took = ", ".join(f"{kind} {marks[b][kind] - marks[a][kind]:.1f} s" for kind in marks[b])
        print(f"processor time of {name}: {took}")
    print(f"reading took {sum(reading):.1f} s")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
