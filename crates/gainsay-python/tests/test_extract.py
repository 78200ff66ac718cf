"""Texts to claims, from whatever people have them in."""

import datetime
import decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import gainsay

SHELLS = "Shells killed 5 civilians in Al-Qusour yesterday, activists said."
BRIDGE = "Fighters of the Islamic State seized the Siyasiyeh bridge on Tuesday."


def said(claims) -> list[tuple]:
    return [(c["document"], c["kind"], c["evidence"][0]["exact"], c["time"]) for c in claims.to_pylist()]


def test_a_claim_has_all_that_was_read():
    claims = gainsay.extract([SHELLS], published="2014-06-03", outlet="Euphrates Wire", id=["r-1"])
    (claim,) = claims.to_pylist()
    assert claim["document"] == "r-1"
    assert claim["kind"] == "casualties"
    assert claim["time"] == {"start": datetime.date(2014, 6, 2), "end": datetime.date(2014, 6, 2)}
    assert claim["count"] == {"what": "killed", "low": 5, "high": 5, "group": "civilians", "scope": "incident"}
    assert claim["place"] == [{"mention": "Al-Qusour", "name": "al-Qusour", "id": "al-qusour"}]
    assert claim["source"] == [{"mention": "activists", "name": None, "id": None}]
    (evidence,) = claim["evidence"]
    assert SHELLS[evidence["start"] : evidence["end"]] == evidence["exact"]
    assert claims.schema.metadata["gainsay:table"] == "claims"
    assert claims.warnings == []


def test_offsets_count_what_python_counts():
    text = "دير الزور 🕊 — " + SHELLS
    (claim,) = gainsay.extract([text], published="2014-06-03").to_pylist()
    for evidence in claim["evidence"]:
        assert text[evidence["start"] : evidence["end"]] == evidence["exact"]


TABLES = {
    "pyarrow table": lambda rows: pa.Table.from_pylist(rows),
    "pyarrow in chunks": lambda rows: pa.concat_tables([pa.Table.from_pylist([row]) for row in rows]),
    "record batch": lambda rows: pa.RecordBatch.from_pylist(rows),
    "reader": lambda rows: pa.Table.from_pylist(rows).to_reader(max_chunksize=2),
    "large strings": lambda rows: pa.Table.from_pylist(rows).cast(
        pa.schema([(name, pa.large_string()) for name in rows[0]])
    ),
    "string views": lambda rows: pa.table(
        {name: pa.array([row[name] for row in rows], pa.string_view()) for name in rows[0]}
    ),
    "dictionaries": lambda rows: pa.table(
        {name: pa.array([row[name] for row in rows], pa.string()).dictionary_encode() for name in rows[0]}
    ),
    "polars": lambda rows: pl.DataFrame(rows),
    "polars categories": lambda rows: pl.DataFrame(rows).with_columns(pl.col("publisher").cast(pl.Categorical)),
    "pandas": lambda rows: pd.DataFrame(rows),
    "pandas of arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, days": lambda rows: pd.DataFrame(rows).assign(published=lambda f: pd.to_datetime(f["published"])),
    "pandas, odd index": lambda rows: pd.DataFrame(rows, index=range(len(rows), 0, -1)),
    "duckdb": lambda rows: duckdb.from_arrow(pa.Table.from_pylist(rows)),
    "our own": lambda rows: gainsay.Table(pa.Table.from_pylist(rows)),
}


@pytest.fixture(scope="module")
def wanted(reports):
    rows = reports[:4]
    lists = {name: [row[name] for row in rows] for name in rows[0]}
    lists["outlet"] = lists.pop("publisher")
    claims = gainsay.extract(lists.pop("text"), **lists)
    assert len(claims) > 10
    return claims.to_pylist()


@pytest.mark.parametrize("library", TABLES)
def test_any_library_s_table_gives_the_same(library, reports, wanted):
    rows = [{name: row[name] for name in row} for row in reports[:4]]
    assert gainsay.extract(TABLES[library](rows)).to_pylist() == wanted


COLUMNS = {
    "tuple": tuple,
    "generator": lambda texts: (text for text in texts),
    "pyarrow": pa.array,
    "pyarrow in chunks": lambda texts: pa.chunked_array([[texts[0]], texts[1:]]),
    "polars": pl.Series,
    "pandas": pd.Series,
    "pandas of arrow": lambda texts: pd.Series(texts, dtype="string[pyarrow]"),
    "numpy": lambda texts: pd.Series(texts).to_numpy(),
}


@pytest.mark.parametrize("library", COLUMNS)
def test_any_library_s_column_gives_the_same(library):
    texts = [SHELLS, BRIDGE, "No such thing."]
    days = [datetime.date(2014, 6, 3), datetime.datetime(2014, 6, 4, 23, 30), None]
    plain = gainsay.extract(texts, published=["2014-06-03", "2014-06-04", None], outlet="Euphrates Wire")
    assert [claim["document"] for claim in plain.to_pylist()] == ["0", "1"]
    given = gainsay.extract(COLUMNS[library](texts), published=days, outlet="Euphrates Wire")
    assert given.to_pylist() == plain.to_pylist()


def test_days_may_be_a_column_of_moments():
    moments = pa.array([1401834600], pa.timestamp("s", "+03:00"))
    (claim,) = gainsay.extract([SHELLS], published=moments).to_pylist()
    assert claim["time"]["start"] == datetime.date(2014, 6, 3)
    frame = pd.DataFrame({"text": [SHELLS, SHELLS], "day": pd.to_datetime(["2014-06-03", None])})
    first, second = gainsay.extract(frame["text"], published=frame["day"]).to_pylist()
    assert first["time"]["start"] == datetime.date(2014, 6, 2)
    assert second["time"] is None


def test_what_a_table_lacks_is_filled_by_what_is_given():
    table = pa.table({"text": [SHELLS, SHELLS], "published": ["2014-06-10", None], "id": [7, 8]})
    first, second = gainsay.extract(table, published="2014-06-03").to_pylist()
    assert (first["document"], first["time"]["start"]) == ("7", datetime.date(2014, 6, 9))
    assert (second["document"], second["time"]["start"]) == ("8", datetime.date(2014, 6, 2))


def test_what_cannot_be_read_is_said_and_the_rest_goes_on():
    with pytest.warns(gainsay.InputWarning, match=r"reports\[1\]: .*\(and 2 more; see .warnings\)"):
        claims = gainsay.extract([SHELLS, None, "  ", BRIDGE], published=["2014-06-03", None, None, "soon"])
    assert [claim["document"] for claim in claims.to_pylist()] == ["0", "3"]
    assert claims.warnings == [
        'reports[1]: the report has no field "text"; add it',
        "reports[2]: the report's text is empty; add it or take the report out",
        "reports[3]: report 3: its date is no day; write it as 2016-01-18",
    ]


def test_nothing_gives_an_empty_table():
    for nothing in ([], pa.array([], pa.string()), pl.DataFrame({"text": []}, schema={"text": pl.String})):
        claims = gainsay.extract(nothing)
        assert len(claims) == 0
        assert claims.to_pyarrow().num_columns == 18
    assert list(gainsay.extract_batches([])) == []


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: gainsay.extract(SHELLS), "texts is one text; give a list of texts: [text]"),
        (lambda: gainsay.extract(3), "int cannot be read; give a list of texts, an Arrow column, or a table of reports"),
        (lambda: gainsay.extract([b"x"]), "texts[0] is bytes; give text or None"),
        (lambda: gainsay.extract([SHELLS, 3]), "texts[1] is int; give text or None"),
        (lambda: gainsay.extract(["\ud800"]), "texts[0] holds half a character; encode it as UTF-8"),
        (
            lambda: gainsay.extract([SHELLS], published=["2014-06-03"] * 2),
            "published has 2 values for 1 texts; give one for each, or one for all",
        ),
        (
            # Found out before the end is reached: an archive is long.
            lambda: gainsay.extract(pa.array([SHELLS] * 2), published=["2014-06-03"]),
            "published has 1 values for 2 or more texts; give one for each, or one for all",
        ),
        (
            lambda: gainsay.extract(pa.array([SHELLS]), published=["2014-06-03"] * 2),
            "published has 2 values for 1 texts; give one for each, or one for all",
        ),
        (lambda: gainsay.extract([SHELLS], outlet=3), "publisher is int; give one text for all, a list, or an Arrow column"),
        (
            lambda: gainsay.extract(pa.table({"body": ["x"]})),
            'reports: no column "text" (there are: body); name the columns id, text, published, publisher, author, '
            "title, url, language",
        ),
        (lambda: gainsay.extract(pa.table({"text": [1]})), 'reports: column "text" holds Int64, not text; write it so'),
        (
            lambda: gainsay.extract(pa.table({"text": ["x"], "published": [decimal.Decimal("1.5")]})),
            'reports: column "published" holds Decimal128(2, 1), not days (date, timestamp, or text like 2016-01-18); '
            "write it so",
        ),
        (
            lambda: gainsay.extract([SHELLS], words="/none"),
            "/none: no folder of lists, and no ledger",
        ),
        (lambda: gainsay.extract([SHELLS], threads=0), "threads=0 reads nothing; give 1 or more, or None for all cores"),
    ],
)
def test_bad_input_is_one_line(call, line):
    with pytest.raises(gainsay.InputError) as raised:
        call()
    assert str(raised.value) == line
    assert isinstance(raised.value, (gainsay.GainsayError, ValueError))


def test_bad_utf8_in_a_column_is_said():
    bad = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    with pytest.raises(gainsay.InputError, match="the Arrow data cannot be taken in"):
        gainsay.extract(bad)


def test_a_stream_that_breaks_says_why():
    def batches():
        yield pa.record_batch({"text": [SHELLS]})
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches())
    with pytest.raises(gainsay.InputError, match="the disk is gone"):
        gainsay.extract(reader)


def test_the_number_of_threads_changes_no_byte(reports):
    table = pa.Table.from_pylist(reports)
    one, two = gainsay.extract(table, threads=1), gainsay.extract(table, threads=2)
    assert one.__reduce__()[1][0] == two.__reduce__()[1][0]
    # Nor does how the texts come.
    batches = pa.Table.from_batches([pa.record_batch(b) for c in gainsay.extract_batches(table.to_reader(3))
                                     for b in c.to_pyarrow().to_batches()])
    assert batches.combine_chunks() == one.to_pyarrow().combine_chunks()


def test_batches_are_a_stream_of_arrow_too(reports):
    table = pa.Table.from_pylist(reports)
    whole = gainsay.extract(table).to_pyarrow()
    stream = pa.RecordBatchReader.from_stream(gainsay.extract_batches(table))
    assert stream.schema == whole.schema
    assert stream.read_all().combine_chunks() == whole.combine_chunks()
    batches = gainsay.extract_batches(table)
    assert duckdb.sql("select count(*) from batches").fetchall() == [(len(whole),)]
    with pytest.raises(gainsay.InputError, match="handed over already"):
        next(batches)


def test_batches_keep_what_was_not_read():
    batches = gainsay.extract_batches([None] * 1500)
    assert sum(map(len, batches)) == 0
    assert len(batches.warnings) == 1001
    assert batches.warnings[-1] == "reports: 500 more warnings were not kept"
