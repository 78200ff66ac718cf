"""An archive read and weighed on Spark is what one machine makes of it, whoever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from archives import examples, made, write

import gainsay
import gainsay.spark


def table(path: Path) -> pa.Table:
    return ds.dataset(path, partitioning=None).to_table()


def rows(of: Any) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in of.to_pylist())


def executors() -> list[int]:
    """The worker processes of this test's own Spark."""
    own = os.getpid()
    parents, found = {}, []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if b"CoarseGrainedExecutorBackend" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue

    def ours(pid: int) -> bool:
        while pid > 1:
            if pid == own:
                return True
            pid = parents.get(pid, 0)
        return False

    return sorted(pid for pid in found if ours(pid))


@pytest.fixture(scope="module")
def archive(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A run whose driver is killed while it weighs, taken up by another, one of whose workers is killed."""
    folder = tmp_path_factory.mktemp("archive")
    reports = [*examples(), *made(90)]
    given, out = write(reports, folder / "reports.jsonl"), folder / "out"
    command = [sys.executable, "-m", "gainsay.spark", given, str(out), "--master", "local[2]", "--partitions", "2"]
    path = os.pathsep.join(path for path in sys.path if path)
    with open(folder / "first.log", "wb") as log:
        first = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": path, "SPARK_LOCAL_IP": "127.0.0.1"},
            stdout=log, stderr=log, start_new_session=True,
        )
        try:
            until = time.monotonic() + 400
            while not (out / "stages" / "weigh" / "03-one-text" / "_SUCCESS").exists():
                assert first.poll() is None, (folder / "first.log").read_text()[-2000:]
                assert time.monotonic() < until, "the first run does not come to weighing"
                time.sleep(0.05)
        finally:
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
    killed: list[int] = []

    def watch(step: str, done: bool) -> None:
        if step == "tellings" and not done:
            def kill() -> None:
                for pid in executors()[:1]:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

            threading.Timer(0.3, kill).start()

    done = gainsay.spark.run(given, str(out), spark=spark, partitions=2, watch=watch)
    return {"given": given, "out": out, "done": done, "killed": killed, "reports": reports}


def test_what_was_done_before_the_driver_died_is_not_done_again(archive: dict[str, Any]) -> None:
    steps = list(archive["done"].seconds)
    assert "reports" not in steps and "link" not in steps and "one text" not in steps
    assert steps[-1] == "roots" and "tellings" in steps


def test_a_worker_was_killed(archive: dict[str, Any]) -> None:
    assert len(archive["killed"]) == 1


def test_claims_are_those_that_one_machine_reads(archive: dict[str, Any]) -> None:
    alone = gainsay.extract(pa.Table.from_pylist(archive["reports"]), threads=1)
    assert rows(alone) == rows(table(archive["out"] / "claims"))
    assert len(alone) > 400


def test_entities_voices_and_events_are_those_of_one_machine(archive: dict[str, Any]) -> None:
    out = archive["out"]
    claims, reports = table(out / "claims"), table(out / "reports")
    alone = gainsay.weigh(claims, reports)
    events = table(out / "events")
    assert rows(alone.events(names=True).to_pyarrow().select(events.column_names)) == rows(events)
    lines = {line["id"]: line for line in alone.claims(names=True).to_pylist()}
    event_of = {row["claim"]: row["event"] for row in table(out / "event_of").to_pylist()}
    assert event_of == {id: line["event"] for id, line in lines.items() if line["event"]}
    roots = {row["claim"]: row for row in table(out / "roots").to_pylist()}
    assert {id: row["roots"] for id, row in roots.items()} == {id: line["roots"] for id, line in lines.items()}
    # There is something to be told from one another: copies, and names of every slot.
    assert sum(row["copy_of"] is not None for row in roots.values()) > 50
    assert {row["slot"] for row in table(out / "entities").to_pylist()} == {"actor", "target", "place", "source"}


def test_months_are_folders_and_an_unknown_one_is_apart(archive: dict[str, Any]) -> None:
    months = {path.name for path in (archive["out"] / "claims").glob("month=*")}
    assert {"month=2014-04", "month=2014-05", "month=2014-06"} <= months
    days = table(archive["out"] / "claims" / "month=2014-05")
    known = {row["id"]: row["published"] for row in table(archive["out"] / "reports").to_pylist()}
    assert {str(known[document])[:7] for document in days.column("document").to_pylist()} == {"2014-05"}


def test_a_run_that_is_done_does_nothing_and_other_files_are_read_anew(archive: dict[str, Any], spark: Any) -> None:
    again = gainsay.spark.run(archive["given"], str(archive["out"]), spark=spark, partitions=2)
    assert again.seconds == {}
    assert (again.reports, again.claims, again.events) == (
        archive["done"].reports, archive["done"].claims, archive["done"].events
    )


def test_a_ledger_takes_a_month_of_it_in(archive: dict[str, Any], tmp_path: Path) -> None:
    reports, claims = (archive["out"] / what / "month=2014-05" for what in ("reports", "claims"))
    gainsay.init(tmp_path / "desk.gpkg", by="test").close()
    with gainsay.open(tmp_path / "desk.gpkg") as ledger:
        added = ledger.add(reports, *sorted(claims.glob("*.parquet")), by="test")
        assert added.added == table(reports).num_rows
        held = ledger.claims(names=True).to_pylist()
    known = {row["id"] for row in table(claims).to_pylist()}
    assert {row["id"] for row in held} == known, added
