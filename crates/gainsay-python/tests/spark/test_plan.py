"""How rows are handed to the wheel, and when a run goes on."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import gainsay
from gainsay.spark import _plan
from gainsay.spark._archive import _begin, _jobs
from gainsay.spark._files import Files


class Seen:
    """A stage that keeps in mind what it was given."""

    def __init__(self) -> None:
        self.tables: list[pa.Table] = []

    def run(self, table: pa.Table) -> pa.Table:
        self.tables.append(table)
        return table


def test_no_key_is_cut_however_small_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(1)
    for at_once in (1, 60, 300, 100_000):
        keys = sorted(dice.choice(b"abcdefgh").to_bytes(1, "big") for _ in range(200))
        rows = [{"of": "said", "key": key, "row": bytes([n % 251]) * dice.randrange(9)} for n, key in enumerate(keys)]
        schema = pa.schema([("of", pa.string()), ("key", pa.binary()), ("row", pa.binary())])
        batches, at = [], 0
        while at < len(rows):
            many = dice.randrange(0, 20)
            batches.append(pa.RecordBatch.from_pylist(rows[at : at + many], schema=schema))
            at += many
        seen = Seen()
        monkeypatch.setattr(_plan, "AT_ONCE", at_once)
        monkeypatch.setattr(_plan, "_stage", lambda step, beside, seen=seen: seen)
        given = [row for batch in _plan._task("x", None)(iter(batches)) for row in batch.to_pylist()]
        assert given == rows, "all rows, in their order"
        of_key = [set(table.column("key").to_pylist()) for table in seen.tables]
        assert sum(map(len, of_key)) == len(set(keys)), "every key in one piece"
        assert at_once > 1000 or len(of_key) > 3, "and not all keys in one"


def test_every_table_is_given_before_it_is_taken() -> None:
    there = {"report", "claim"}
    for step in _plan.PLAN:
        assert set(step.takes) <= there and step.beside in {None, *there}, step.name
        there |= set(step.gives)
    assert {"events", "weighed"} <= there


def test_months_are_read_together_until_they_are_worth_a_job() -> None:
    months = [("2014-01", 5), ("2014-02", 5), ("2014-03", 50), ("2014-04", 1)]
    assert _jobs(months, 10) == [["2014-01", "2014-02"], ["2014-03"], ["2014-04"]]
    assert _jobs([], 10) == []


def test_a_run_goes_on_only_with_the_same_files(spark: Any, tmp_path: Path) -> None:
    files, given, out = Files(spark), tmp_path / "in.jsonl", tmp_path / "out"
    given.write_text("{}\n", encoding="utf-8")
    assert not _begin(files, str(given), str(out), resume=True)
    (out / "claims").mkdir()
    assert _begin(files, str(given), str(out), resume=True) and (out / "claims").exists()
    assert not _begin(files, str(given), str(out), resume=False) and not (out / "claims").exists()
    (out / "claims").mkdir()
    given.write_text("{}\n{}\n", encoding="utf-8")
    assert not _begin(files, str(given), str(out), resume=True) and not (out / "claims").exists()


def test_what_somebody_else_keeps_in_the_folder_stays(spark: Any, tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out"
    given.write_text("{}\n", encoding="utf-8")
    (out / "reports").mkdir(parents=True)
    with pytest.raises(gainsay.InputError, match="give another folder"):
        _begin(Files(spark), str(given), str(out), resume=False)
    assert (out / "reports").exists()


def test_a_stage_refuses_what_is_no_row(spark: Any) -> None:
    stage = gainsay._gainsay.Stage("tellings")
    rows = pa.table({"of": ["said"], "key": [b"x"], "row": [b"\xff\xff"]})
    with pytest.raises(gainsay.InputError, match="another version of gainsay"):
        stage.run(rows)
    with pytest.raises(gainsay.InputError, match="no stage has a table"):
        stage.run(rows.set_column(0, "of", pa.array(["nothing"])))
    with pytest.raises(gainsay.InputError, match="no column"):
        stage.run(rows.drop_columns(["key"]))


def test_offsets_of_columns_that_hold_nothing_are_nobodys_business() -> None:
    # As Spark's Java hands them over: a list of which every row is empty, its items' offsets never written.
    rubbish = pa.py_buffer((-189153672).to_bytes(4, "little", signed=True))
    items = pa.Array.from_buffers(pa.string(), 0, [None, rubbish, pa.py_buffer(b"")])
    zeros = pa.py_buffer(bytes(4 * 3))
    lists = pa.Array.from_buffers(pa.list_(pa.string()), 2, [None, zeros], children=[items])
    table = pa.table({"text": ["a", "b"], "cut": lists})
    assert gainsay.Table(table).to_pylist() == [{"text": "a", "cut": []}, {"text": "b", "cut": []}]
    broken = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\xff" * 8), pa.py_buffer(b"x")])
    with pytest.raises(gainsay.InputError, match="cannot be taken in"):
        gainsay.Table(pa.table({"text": broken}))
