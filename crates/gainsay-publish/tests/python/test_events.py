"""hxl, ged, acled and plover, read as those who use these data read them."""

import json
import re

import hxl
import pandas as pd
import pytest

GED = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates where_description
adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end
deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob""".split()

ACLED = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude
longitude geo_precision source source_scale notes fatalities tags timestamp""".split()

ACLED_TYPES = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {"Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"},
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {"Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other"},
}

PLOVER_MODES = {
    "ASSAULT": set("abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional".split()),
}


def test_hxl_is_valid_for_libhxl(exports, events):
    source = hxl.data(str(exports / "events.hxl.csv"), hxl.InputOptions(allow_local=True))
    rows = list(source)
    assert len(rows) == len(events)
    report = hxl.validate(hxl.data(str(exports / "events.hxl.csv"), hxl.InputOptions(allow_local=True)))
    assert report["is_valid"] and report["stats"]["total"] == 0, report
    row = next(row for row in rows if row.get("#event+id") == "2016-01-18-attack-al-boghaliyyah")
    assert row.get("#adm1+code") == "SY09" and row.get("#country+code") == "SYR"
    assert int(row.get("#affected+killed+min")) == events["2016-01-18-attack-al-boghaliyyah"]["killed"]["low"]
    assert row.get("#date+occurred+start") == "2016-01-18"


@pytest.fixture(scope="module")
def ged(exports):
    return pd.read_csv(exports / "ged.csv")


def test_ged_columns_and_codes(ged):
    assert list(ged.columns) == GED
    assert ged["id"].is_unique and ged["id"].between(1, 2**53).all()
    assert ged["type_of_violence"].isin([1, 2, 3]).all()
    assert ged["where_prec"].between(1, 7).all() and ged["date_prec"].between(1, 5).all()
    assert ged["event_clarity"].isin([1, 2]).all() and ged["active_year"].isin([0, 1]).all()
    sides = ged[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (sides == ged["best"]).all()
    assert ((ged["low"] <= ged["best"]) & (ged["best"] <= ged["high"])).all()
    assert (ged["high"] > 0).all(), "at least one death in best, low or high"
    start = pd.to_datetime(ged["date_start"], format="%Y-%m-%d %H:%M:%S.%f")
    assert (start.dt.year == ged["year"]).all()
    assert (pd.to_datetime(ged["date_end"]) >= start).all()


def test_ged_points_lie_in_their_cells(ged):
    row = (ged["priogrid_gid"] - 1) // 720
    column = (ged["priogrid_gid"] - 1) % 720
    assert (((ged["latitude"] + 90) * 2).astype(int) == row).all()
    assert (((ged["longitude"] + 180) * 2).astype(int) == column).all()
    for _, event in ged.iterrows():
        lon, lat = map(float, re.fullmatch(r"POINT \((\S+) (\S+)\)", event["geom_wkt"]).groups())
        assert (lon, lat) == (event["longitude"], event["latitude"])


def test_ged_of_the_example_reports(ged):
    """The attack of 18 January 2016: state against Islamic State, at al-Boghaliyyah."""
    row = ged.set_index("relid").loc["2016-01-18-attack-al-boghaliyyah"]
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (1, "Government of Syria", "IS")
    assert (row["country_id"], row["gwnoa"]) == (652, 652) and pd.isna(row["gwnob"])
    assert (row["where_prec"], row["date_prec"], row["priogrid_gid"]) == (1, 1, 180441)
    # One voice says 50 of the government's dead, others 65 and 167; a tie takes the low one. 22 against 42 of the others.
    assert (row["deaths_a"], row["deaths_b"]) == (50, 22)
    # A truce that failed is told of for the whole country, over six weeks.
    summary = ged.set_index("relid").loc["2014-04-30-clash-syria"]
    assert (summary["where_prec"], summary["date_prec"], summary["event_clarity"]) == (6, 5, 2)
    assert summary["best"] == 634


@pytest.fixture(scope="module")
def acled(exports):
    return pd.read_csv(exports / "acled.csv", keep_default_na=False)


def test_acled_columns_and_codes(acled):
    assert list(acled.columns) == ACLED
    assert acled["event_id_cnty"].is_unique
    assert acled["event_id_cnty"].str.fullmatch(r"[A-Z]{3}\d+").all()
    for _, row in acled.iterrows():
        assert row["sub_event_type"] in ACLED_TYPES[row["event_type"]], row["event_type"]
        assert (row["disorder_type"] == "Strategic developments") == (row["event_type"] == "Strategic developments")
    assert acled["time_precision"].isin([1, 2, 3]).all() and acled["geo_precision"].isin([1, 2, 3]).all()
    assert (acled["fatalities"] >= 0).all()
    assert (pd.to_datetime(acled["event_date"]).dt.year == acled["year"]).all()
    assert (acled["actor1"] != "").all()
    assert set(acled["inter1"]) <= {"State forces", "Rebel group", "Political militia", "Identity militia", "External/Other forces"}
    assert (acled.loc[acled["event_type"] == "Violence against civilians", "inter2"] != "State forces").all()


def test_acled_of_the_example_reports(acled):
    def of(event):
        return acled[acled["tags"] == f"gainsay={event}"]

    # "Dozens" of militants killed near al-Muri'iyah: 12.
    assert of("2014-08-31-airstrike-muriiyah")["fatalities"].tolist() == [12]
    # The Siyasiyeh bridge fell to Islamic State and stayed with it.
    [bridge] = of("2014-06-03-capture-siyasiyeh-bridge")["sub_event_type"]
    assert bridge == "Non-state actor overtakes territory"
    # A strike by the coalition, on another state's ground.
    [row] = of("2015-12-08-bombing-damascus-city").to_dict("records")
    assert (row["inter1"], row["actor2"], row["fatalities"]) == ("External/Other forces", "Syrian Arab Army", 3)
    # 135 told in all, the lowest total; on one day.
    assert of("2016-01-18-attack-al-boghaliyyah")["fatalities"].tolist() == [135]


def test_plover_records(exports, events):
    records = json.loads((exports / "plover.json").read_text(encoding="utf-8"))
    assert {record["id"] for record in records} <= set(events)
    fields = "id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale mode context size link text text_info cite_info coder coded_date coded_time comment".split()
    quads = {"AGREE": "Q1", "SUPPORT": "Q1", "COOPERATE": "Q2", "AID": "Q2", "RETREAT": "Q2"}
    for record in records:
        assert list(record) == fields
        [kind] = record["event"]
        assert record["quad_code"] == quads.get(kind, "Q4")
        assert set(record["mode"]) <= PLOVER_MODES.get(kind, set(record["mode"]))
        assert not re.search(r"cameo", json.dumps(record), re.IGNORECASE)
        for entity in record["actor"] + record["recipient"]:
            assert set(entity) >= {"code", "sector", "entity_text", "identifier_id"}
