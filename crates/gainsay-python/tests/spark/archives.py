"""Reports to try Spark with, and a Spark to try it on."""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[4] / "examples" / "deir-ez-zor" / "reports"

MASTER = "local-cluster[2,1,1024]"


def session(master: str = MASTER, more: dict[str, str] | None = None) -> Any:
    """A Spark with little in it."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("gainsay tests").master(master)
    options = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.executor.memory": "1g",
        # Little data and many steps: most of the time goes into making programs of queries, and these faster ones.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.adaptive.enabled": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.processTreeMetrics.enabled": "false",
        # Tests find the package where Python finds it here.
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    for name, value in {**options, **(more or {})}.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def examples() -> list[dict[str, Any]]:
    """The example reports that are plain text."""
    lines = (EXAMPLES / "feed.jsonl").read_text(encoding="utf-8").splitlines()
    feed = [json.loads(line) for line in lines if line.strip()]
    texts = [{"id": path.stem, "text": path.read_text(encoding="utf-8")} for path in sorted(EXAMPLES.glob("*.txt"))]
    return [*feed, *texts]


OUTLETS = ["Euphrates Wire", "The Levant Paper", "Jazira Today", "SANA", "Reuters", "Desert Monitor"]


def made(many: int, seed: int = 7) -> list[dict[str, Any]]:
    """Reports made of the examples: on other days, by other outlets, with other figures; one in four carries the text
    of another, whole or with its last paragraph cut off."""
    dice = random.Random(seed)
    first = date(2014, 4, 1)
    base = [report["text"] for report in examples()]
    reports: list[dict[str, Any]] = []
    for n in range(many):
        day = first + timedelta(days=dice.randrange(90))
        if reports and dice.random() < 0.25:
            copied = dice.choice(reports)
            text = copied["text"]
            day = date.fromisoformat(copied["published"]) + timedelta(days=dice.randrange(3))
            if dice.random() < 0.5:
                text = text.rsplit("\n\n", 1)[0]
        else:
            text = dice.choice(base)
            cut = text.split("\n\n")
            text = "\n\n".join(cut[: dice.randrange(2, 9)])
            old, new = str(dice.randrange(2, 30)), str(dice.randrange(2, 30))
            text = text.replace(f" {old} ", f" {new} ")
        reports.append(
            {"id": f"r{n:05}", "text": text, "published": day.isoformat(), "publisher": dice.choice(OUTLETS)}
        )
    return reports


def write(reports: list[dict[str, Any]], path: Path) -> str:
    path.write_text("".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports), encoding="utf-8")
    return str(path)
