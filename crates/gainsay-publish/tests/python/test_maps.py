"""geojson and gpkg, read by GDAL, SQLite and a JSON Schema."""

import json
import shutil
import sqlite3
import subprocess

import jsonschema
import pytest

# RFC 7946, as far as points and collections go.
POSITION = {"type": "array", "prefixItems": [{"minimum": -180, "maximum": 180}, {"minimum": -90, "maximum": 90}], "minItems": 2, "maxItems": 2, "items": {"type": "number"}}
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "crs": False,
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "id", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": "object", "required": ["noun"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {"type": "object", "properties": {"type": {"const": "Point"}, "coordinates": POSITION}, "required": ["type", "coordinates"]},
                            {"type": "object", "properties": {"type": {"const": "MultiPoint"}, "coordinates": {"type": "array", "items": POSITION, "minItems": 2}}, "required": ["type", "coordinates"]},
                        ]
                    },
                },
            },
        },
    },
}

needs_gdal = pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="no ogrinfo on this machine")


def ogrinfo(*args):
    ran = subprocess.run(["ogrinfo", *map(str, args)], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == "", "GDAL has something to complain of"
    return ran.stdout


@pytest.fixture(scope="module")
def collection(exports):
    return json.loads((exports / "all.geojson").read_text(encoding="utf-8"))


def test_geojson_is_as_the_standard_has_it(collection):
    jsonschema.Draft202012Validator(GEOJSON).validate(collection)
    ids = [feature["id"] for feature in collection["features"]]
    assert len(ids) == len(set(ids))


def test_features_bear_ids_times_figures_and_roots(collection, events):
    found = {f["properties"]["id"]: f for f in collection["features"] if f["properties"]["noun"] == "event"}
    assert set(found) == set(events)
    feature = found["2016-01-18-attack-al-boghaliyyah"]
    own = feature["properties"]
    event = events[own["id"]]
    assert feature["geometry"]["coordinates"][0] == [40.07, 35.379], "longitude first"
    assert (own["time_start"], own["said_first"]) == ("2016-01-18", "2016-01-18")
    assert own["killed_best"] == event["killed"]["best"] and own["roots"] == event["roots"]
    assert own["grade_occurrence"] == event["grade"]["occurrence"]
    holdings = [f["properties"] for f in collection["features"] if f["properties"]["noun"] == "holding"]
    assert holdings and len({own["at"] for own in holdings}) == 1, "one day"


@needs_gdal
def test_gdal_reads_the_geojson(exports, events):
    out = ogrinfo("-al", "-so", exports / "all.geojson")
    assert "Feature Count:" in out


@needs_gdal
def test_gdal_opens_the_geopackage_without_a_word(exports, events, claims):
    out = ogrinfo("-al", "-so", exports / "all.gpkg")
    counts = {}
    layer = None
    for line in out.splitlines():
        if line.startswith("Layer name: "):
            layer = line.removeprefix("Layer name: ")
        if line.startswith("Feature Count: "):
            counts[layer] = int(line.removeprefix("Feature Count: "))
    assert counts["events"] == len(events)
    assert counts["claims"] == len(claims)
    assert set(counts) >= {"control", "holdings", "events", "areas", "claims"}
    assert "Geometry: Polygon" in out and "Geometry: Point" in out
    where = ogrinfo("-al", "-where", "id = '2016-01-18-attack-al-boghaliyyah'", exports / "all.gpkg", "events")
    assert "POINT (40.07 35.379)" in where
    assert "time_start (Date) = 2016/01/18" in where


def test_the_geopackage_has_styles_and_nothing_raw(exports):
    conn = sqlite3.connect(exports / "all.gpkg")
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not tables & {"reports", "readings", "log"}, "no texts, no bytes, no log"
    styled = dict(conn.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    layers = {name for (name,) in conn.execute("SELECT table_name FROM gpkg_geometry_columns")}
    assert set(styled) == layers
    import xml.etree.ElementTree as tree

    for name, style in styled.items():
        root = tree.fromstring(style)
        renderer = root.find("renderer-v2")
        columns = {row[1] for row in conn.execute(f"PRAGMA table_info({name})")}
        assert renderer.get("attr") in columns
        symbols = {symbol.get("name") for symbol in renderer.find("symbols")}
        values = {category.get("value") for category in renderer.find("categories")}
        assert {category.get("symbol") for category in renderer.find("categories")} <= symbols
        shown = {row[0] for row in conn.execute(f"SELECT DISTINCT {renderer.get('attr')} FROM {name}")}
        assert shown <= values, f"{name}: every value has a symbol"
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
