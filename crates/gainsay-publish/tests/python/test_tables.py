"""csv, jsonl and parquet say the same, to pandas, pyarrow, DuckDB and Python's own csv."""

import csv
import datetime

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import lines

NOUNS = ["reports", "claims", "events", "disputes", "sources", "tally", "holdings", "sieges", "ties"]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_table_of_each_format(exports, noun):
    rows = lines(exports / "jsonl" / f"{noun}.jsonl")
    assert rows, noun
    assert pq.read_table(exports / "parquet" / f"{noun}.parquet").num_rows == len(rows)
    with open(exports / "csv" / f"{noun}.csv", newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in table), "every row has a cell a column"
    # Disputes have a row a side, tallies one for all voices and one for each.
    if noun == "disputes":
        assert len(table) == sum(len(row["sides"]) for row in rows)
    elif noun == "tally":
        assert len(table) == sum(1 + len(row["by_source"]) for row in rows)
    else:
        assert len(table) == len(rows)


def test_lines_end_as_rfc_4180_has_it(exports):
    raw = (exports / "csv" / "events.csv").read_bytes()
    assert raw.endswith(b"\r\n") and raw.count(b"\r\n") >= 91
    raw.decode("utf-8")


def test_pandas_reads_events_as_they_are(exports, events):
    table = pd.read_csv(exports / "csv" / "events.csv", parse_dates=["time_start", "time_end"]).set_index("id")
    assert set(table.index) == set(events)
    assert table["time_start"].dt.year.between(2014, 2016).all()
    for name, event in events.items():
        row = table.loc[name]
        for part in ["low", "best", "high"]:
            said = event["killed"][part]
            assert (pd.isna(row[f"killed_{part}"]) and said is None) or row[f"killed_{part}"] == said
        assert row["voices"] == len(event["roots"])
        assert (row["places"] if isinstance(row["places"], str) else "") == ";".join(event["places"])
    # The massacre of January 2016 has its place on the map.
    row = table.loc["2016-01-18-attack-al-boghaliyyah"]
    assert (row["lat"], row["lon"], row["country"]) == (35.379, 40.07, "Syria")
    assert "count" in row["disputed"].split(";")


def test_arrow_reads_claims_as_they_are(exports, claims):
    table = pq.read_table(exports / "parquet" / "claims.parquet").to_pylist()
    assert {row["id"] for row in table} == set(claims)
    for row in table:
        claim = claims[row["id"]]
        assert [filler["id"] for filler in row["actor"]] == claim["actor_id"]
        assert [filler["mention"] for filler in row["actor"]] == [filler[0] for filler in claim["actor"]]
        time = claim["time"] or {}
        start = time.get("start")
        assert (row["time"] or {}).get("start") == (start and datetime.date.fromisoformat(start))
        assert row["evidence"] == claim["evidence"]


def test_duckdb_counts_the_claims_of_an_event(exports, events):
    path = exports / "parquet" / "claims.parquet"
    name = "2016-01-18-attack-al-boghaliyyah"
    [(number,)] = duckdb.sql(f"SELECT count(*) FROM '{path}' WHERE event = '{name}'").fetchall()
    assert number == len(events[name]["claims"])


def test_claims_point_into_the_texts_beside_them(exports, claims):
    texts = {report["id"]: report["text"] for report in lines(exports / "jsonl" / "reports.jsonl")}
    for claim in claims.values():
        for evidence in claim["evidence"]:
            assert texts[claim["document"]][evidence["start"] : evidence["end"]] == evidence["exact"]


def test_loss_reports_count_what_is_there(exports, claims):
    import json

    loss = json.loads((exports / "csv" / "loss.json").read_text())
    lost = {(line["of"], line["field"]): line for line in loss["lost"]}
    grounds = sum(len(claim.get("grounds", [])) for claim in claims.values())
    assert lost["claims", "grounds"]["values"] == grounds
    assert loss["written"]["claims"] == len(claims)
    ged = json.loads((exports / "ged.csv.loss.json").read_text())
    assert ged["written"]["events"] + sum(
        line["values"] for line in ged["lost"] if (line["of"], line["field"]) == ("events", "*")
    ) == len(lines(exports / "jsonl" / "events.jsonl"))
