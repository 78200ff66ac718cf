"""Tables as other libraries see them."""

import datetime
import gc
import pathlib
import pickle
import subprocess
import sys
import threading

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import gainsay


@pytest.fixture(scope="module")
def claims(reports):
    return gainsay.extract(pa.Table.from_pylist(reports[:6]))


def addresses(table: pa.Table) -> list[int]:
    """Where a table's buffers lie."""
    buffers = [buffer for column in table.columns for chunk in column.chunks for buffer in chunk.buffers()]
    return [buffer.address for buffer in buffers if buffer is not None and buffer.size > 0]


def test_one_object_four_libraries(claims):
    arrow, polars, pandas = claims.to_pyarrow(), claims.to_polars(), claims.to_pandas()
    assert isinstance(arrow, pa.Table) and isinstance(polars, pl.DataFrame) and isinstance(pandas, pd.DataFrame)
    rows = claims.to_pylist()
    assert arrow.to_pylist() == rows
    assert polars.to_dicts() == rows
    assert pandas["id"].tolist() == [row["id"] for row in rows]
    assert pl.DataFrame(claims).to_arrow().cast(arrow.schema).to_pylist() == rows
    count = duckdb.sql("select count(*), sum(count.low) from claims").fetchall()
    lows = [row["count"]["low"] for row in rows if row["count"] and row["count"]["low"]]
    assert count == [(len(rows), sum(lows))]
    assert len(claims) == len(rows) == arrow.num_rows


def test_nobody_copies(claims):
    # Given out twice, the buffers lie where they lay.
    first = addresses(pa.table(claims))
    assert len(first) > 40
    assert addresses(pa.table(claims)) == first
    # Taken in and given out again, too.
    theirs = pa.table({"id": ["a", "b"], "n": [1, 2], "day": [datetime.date(2014, 6, 3), None]})
    assert addresses(pa.table(gainsay.Table(theirs))) == addresses(theirs)
    # And a numeric column of polars' is ours.
    low = claims.to_polars()["unverified"]
    assert low.len() == len(claims)
    days = pl.Series("n", list(range(1000)), dtype=pl.Int64)
    ours = gainsay.Table(pl.DataFrame({"n": days}))
    assert addresses(ours.to_pyarrow())[0] == days.to_arrow().buffers()[1].address


def test_buffers_outlive_the_table(reports):
    table = gainsay.extract(pa.Table.from_pylist(reports[:2]))
    rows, arrow = table.to_pylist(), table.to_pyarrow()
    del table
    gc.collect()
    assert arrow.to_pylist() == rows


def test_a_schema_is_arrow_s_own(claims):
    assert pa.schema(claims.schema) == pa.schema(claims) == claims.to_pyarrow().schema
    assert claims.schema.names[:3] == ["id", "document", "kind"]
    assert len(claims.schema) == 18
    assert repr(claims.schema).startswith("gainsay.Schema\nid: Utf8\n")
    assert claims.schema == gainsay.Table(claims).schema


def test_a_table_says_what_it_is(claims):
    assert repr(claims).startswith(f"<gainsay.Table claims: {len(claims)} rows; id, document, kind, ")
    assert claims.nbytes > 1000


def test_pickling(claims):
    again = pickle.loads(pickle.dumps(claims))
    assert again.to_pyarrow() == claims.to_pyarrow()
    assert again.schema == claims.schema
    with pytest.warns(gainsay.InputWarning):
        table = gainsay.extract([None])
    assert pickle.loads(pickle.dumps(table)).warnings == table.warnings
    with pytest.raises(gainsay.InputError, match="no pickled table"):
        gainsay.Table._of_ipc(b"nothing", [])


def test_parquet(claims, tmp_path):
    path = tmp_path / "claims.parquet"
    claims.write_parquet(path)
    assert pq.read_table(path).to_pylist() == claims.to_pylist()
    assert pl.read_parquet(path).to_dicts() == claims.to_pylist()
    assert pq.read_metadata(path).metadata[b"gainsay:table"] == b"claims"
    first = path.read_bytes()
    claims.write_parquet(path)
    assert path.read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == ["claims.parquet"]
    with pytest.raises(gainsay.InputError, match="cannot be written"):
        claims.write_parquet(tmp_path / "none" / "claims.parquet")


def test_other_things_are_no_table():
    for other in (3, [1], pa.array([1])):
        with pytest.raises(gainsay.InputError, match="is no Arrow table; give one of"):
            gainsay.Table(other)


def test_a_capsule_is_used_once(claims):
    class Once:
        def __init__(self, capsule):
            self.capsule = capsule

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    once = Once(claims.__arrow_c_stream__())
    assert len(gainsay.Table(once)) == len(claims)
    with pytest.raises(gainsay.InputError, match="already released"):
        gainsay.Table(once)
    with pytest.raises(gainsay.InputError, match="gave no Arrow capsule"):
        gainsay.Table(Once(3))
    with pytest.raises(ValueError, match="PyCapsule"):
        gainsay.Table(Once(claims.__arrow_c_schema__()))


def test_an_array_is_used_once():
    class Once:
        def __init__(self, pair):
            self.pair = pair

        def __arrow_c_array__(self, requested_schema=None):
            return self.pair

    once = Once(pa.record_batch({"n": [1, 2]}).__arrow_c_array__())
    assert gainsay.Table(once).to_pylist() == [{"n": 1}, {"n": 2}]
    with pytest.raises(gainsay.InputError, match="was used before"):
        gainsay.Table(once)


def test_plain_rows_need_types_that_tables_have():
    with pytest.raises(gainsay.InputError, match="has no plain rows; use to_pyarrow"):
        gainsay.Table(pa.table({"x": pa.array([1], pa.uint8())})).to_pylist()
    assert gainsay.Table(pa.table({"x": pa.array([-1_000_000], pa.date32())})).to_pylist() == [{"x": None}]


EXPORTS = """
import gc, pathlib
import pyarrow as pa
import gainsay

def memory():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096

table = gainsay.extract(["Shells killed 5 civilians in Al-Qusour."] * 20)

def some(times):
    for n in range(times):
        pa.table(table)
        if n % 10 == 0:
            # A capsule that nobody takes is let go, too.
            table.__arrow_c_stream__()
            gainsay.Table(table)

some(1_000)
gc.collect()
before = memory()
some(20_000)
gc.collect()
print(memory() - before)
"""


@pytest.mark.skipif(not pathlib.Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_steady():
    # In a process of its own: what other tests let go of would blur it.
    done = subprocess.run([sys.executable, "-c", EXPORTS], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 4 << 20


def test_many_threads_look_at_one_table(claims):
    rows, wrong = claims.to_pylist(), []

    def look() -> None:
        for _ in range(20):
            if pa.table(claims).num_rows != len(rows) or len(pickle.dumps(claims)) < 100:
                wrong.append(1)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
