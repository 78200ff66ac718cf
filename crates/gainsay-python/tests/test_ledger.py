"""Ledgers from Python: the same answers as from the command line, as tables."""

import datetime
import json
import pathlib

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import gainsay

ANSWERS = {
    "claims": {},
    "events": {},
    "disputes": {},
    "sources": {},
    "actors": {},
    "places": {},
    "tally": {},
    "control": {"at": "2014-06-20"},
    "holdings": {},
    "sieges": {},
    "ties": {"a": "islamic-state", "b": "al-nusra-front"},
    "displacement": {},
    "needs": {},
    "access": {"place": "Deir ez-Zor", "at": datetime.date(2015, 6, 1)},
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_is_a_table(ledger, answer):
    table = getattr(ledger, answer)(**ANSWERS[answer])
    assert len(table) > 0
    rows = table.to_pylist()
    assert table.to_pyarrow().to_pylist() == rows
    assert table.to_polars().to_dicts() == rows
    assert len(table.to_pandas()) == len(rows)
    # Every answer leads back to claims: each of these words names some.
    behind = {"claims", "by_source", "sides", "evidence", "hands"}
    assert any(row.get(name) for row in rows for name in behind)
    assert getattr(ledger, answer)(**ANSWERS[answer]).to_pyarrow() == table.to_pyarrow()


def test_the_bridge_falls(ledger):
    (event,) = ledger.events(kind="capture", place="Siyasiyeh bridge").to_pylist()
    assert event["id"] == "2014-06-03-capture-siyasiyeh-bridge"
    assert event["actors"] == ["islamic-state"]
    claims = ledger.claims(event=event["id"]).to_pylist()
    assert {claim["id"] for claim in claims} == set(event["claims"])
    assert {claim["event"] for claim in claims} == {event["id"]}
    assert all(claim["outlet"] and claim["published"] for claim in claims)


def test_a_toll_that_disagrees(ledger):
    (dispute,) = (
        d
        for d in ledger.disputes(kind="count").to_pylist()
        if d["about"]["group"] == "government-side" and not d["revision"]
    )
    assert [side["value"] for side in dispute["sides"]] == ["50", "65", "167"]
    asked = {"measure": "killed", "group": "government-side", "event": dispute["about"]["event"]}
    (ucdp,) = ledger.tally("ucdp", **asked).to_pylist()
    assert (ucdp["low"], ucdp["high"]) == (50, 167)
    (acled,) = ledger.tally("acled", **asked).to_pylist()
    assert acled["best"] == 50 and acled["policy"] == "acled/1"
    (plain,) = ledger.tally("by-source", **asked).to_pylist()
    assert plain["best"] is None and len(plain["by_source"]) == 3


def test_control_on_a_day(ledger):
    def state(**asked):
        (row,) = ledger.control(place="siyasiyeh-bridge", **asked).to_pylist()
        return row["state"], row["holders"]

    assert state(at="2014-06-04") == ("held", ["islamic-state"])
    assert state(at=datetime.date(2014, 6, 4), known_by="2014-06-03")[0] == "unknown"
    assert state(at="2014-06-04", according_to="SANA")[0] == "unknown"


def test_filters_are_those_of_the_command_line(ledger):
    all_claims = len(ledger.claims())
    assert 0 < len(ledger.claims(known_by="2014-06-10")) < all_claims
    assert 0 < len(ledger.claims(from_="2016-01-01", to="2016-12-31")) < all_claims
    one, two = ledger.claims(place="al-qusour"), ledger.claims(place=["al-qusour", "al-joura"])
    assert 0 < len(one) < len(two)
    assert len(ledger.claims(actor="ISIS")) == len(ledger.claims(actor=("Islamic State",))) > 0
    assert len(ledger.claims(report="04-bridge-falls")) == len(
        [c for c in ledger.claims().to_pylist() if c["report"] == "04-bridge-falls"]
    )


@pytest.mark.parametrize(
    ("ask", "error", "line"),
    [
        (lambda l: l.claims(place="Atlantis"), gainsay.NotFound, "no place is called `Atlantis`; nearest: "),
        (lambda l: l.claims(report="none"), gainsay.NotFound, "no report has the id `none`"),
        (lambda l: l.tally(event="none"), gainsay.NotFound, "no event has the id `none`; events() lists them"),
        (lambda l: l.why("none"), gainsay.NotFound, "no claim, event or dispute has the id `none`"),
        (lambda l: l.claims(kind="war"), gainsay.InputError, "no kind is called `war`; one of clash, "),
        (lambda l: l.claims(place=3), TypeError, ""),
        (lambda l: l.claims(place=[3]), gainsay.InputError, "place is int; give a name or id, or a list of them"),
        (lambda l: l.control("June"), gainsay.InputError, "at: `June` is no day; write it as 2014-06-20"),
        (lambda l: l.control(20), gainsay.InputError, "at is int; give a date, or text like 2014-06-20"),
        (lambda l: l.control(None), gainsay.InputError, 'no day is given; write at="2014-06-20"'),
        (
            lambda l: l.claims(from_="2016-01-02", to="2016-01-01"),
            gainsay.InputError,
            "from_ 2016-01-02 is later than to 2016-01-01; swap them",
        ),
        (lambda l: l.tally("mine"), gainsay.InputError, "no policy is called `mine`; one of ucdp, acled, airwars, by-source"),
        (lambda l: l.tally(measure="x"), gainsay.InputError, "no measure is called `x`; one of killed, "),
        (lambda _: gainsay.open("/none.gpkg"), gainsay.LedgerError, "/none.gpkg: no such file"),
        (lambda _: gainsay.open(__file__), gainsay.LedgerError, ""),
    ],
)
def test_what_is_wrong_is_one_line(ledger, ask, error, line):
    with pytest.raises(error) as raised:
        ask(ledger)
    assert str(raised.value).startswith(line)
    assert "\n" not in str(raised.value)


def test_a_ledger_is_made_filled_checked_and_closed(tmp_path, reports):
    path = tmp_path / "new.gpkg"
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps(report) + "\n" for report in reports[:3]) + "broken\n", encoding="utf-8")
    with gainsay.init(path, by="me") as ledger:
        assert len(ledger.claims()) == 0
        added = ledger.add(feed, by="me")
        assert (added.added, added.unchanged) == (3, 0)
        assert len(added.refused) == 1 and "feed.jsonl:4:" in added.refused[0]
        assert len(ledger.claims()) == added.claims > 0
        again = ledger.add(feed, by="me", threads=1)
        assert (again.added, again.unchanged) == (0, 3)
        checked = ledger.verify()
        assert checked.ok and (checked.reports, checked.claims, checked.stale) == (3, added.claims, False)
        assert repr(ledger) == f"<gainsay.Ledger {path}>"
    with pytest.raises(gainsay.LedgerError, match="the ledger is closed"):
        ledger.claims()
    with pytest.raises(gainsay.LedgerError, match="the ledger is closed"):
        ledger.add(feed)
    with pytest.raises(gainsay.LedgerError):
        gainsay.init(path)


def test_answers_are_of_the_ledger_as_it_stood(tmp_path, reports):
    path = tmp_path / "new.gpkg"
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps(reports[0]) + "\n", encoding="utf-8")
    with gainsay.init(path, by="me") as first, gainsay.open(path) as second:
        first.add(feed, by="me")
        assert len(second.claims()) == 0
        second.refresh()
        assert len(second.claims()) == len(first.claims()) > 0


PERSON = "Khaled al-Rifai"
NAMING = f"""{PERSON}, a baker in al-Qusour, said that shells killed his daughter Maryam al-Rifai on Monday.

{PERSON} said that soldiers detained 4 men in al-Joura."""


def leaks(table) -> bool:
    return any(part in json.dumps(table.to_pylist(), default=str).lower() for part in ("khaled", "rifai", "maryam"))


@pytest.fixture
def naming(tmp_path):
    path = tmp_path / "naming.gpkg"
    report = {"id": "r", "text": NAMING, "published": "2014-06-03", "publisher": "Euphrates Wire",
              "title": f"{PERSON} speaks"}
    (tmp_path / "r.jsonl").write_text(json.dumps(report), encoding="utf-8")
    with gainsay.init(path, by="me") as ledger:
        ledger.add(tmp_path / "r.jsonl", by="me")
        yield ledger


def test_private_persons_bear_pseudonyms(naming):
    assert leaks(naming.claims(names=True)), "the example must name somebody"
    for answer in ("claims", "events", "disputes", "sources", "actors", "places", "tally", "holdings", "displacement"):
        assert not leaks(getattr(naming, answer)()), answer
    claim = naming.claims().to_pylist()[0]["id"]
    assert "Rifai" not in json.dumps(naming.why(claim))
    assert "Rifai" in json.dumps(naming.why(claim, names=True))


def test_a_pseudonym_may_be_asked_for(naming):
    signs = [source["id"] for source in naming.sources().to_pylist() if source["id"].startswith("v~")]
    assert signs, "somebody private is a source"
    claims = naming.claims(source=signs[0])
    assert len(claims) > 0 and not leaks(claims)


def test_weighing_without_a_ledger_is_the_same(tmp_path, reports):
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    table = pa.Table.from_pylist(reports)
    weighed = gainsay.weigh(gainsay.extract(table), table)
    with gainsay.init(tmp_path / "new.gpkg", by="me") as ledger:
        ledger.add(feed, by="me")
        for answer, asked in ANSWERS.items():
            mine = getattr(weighed, answer)(**asked, names=True).to_pylist()
            theirs = getattr(ledger, answer)(**asked, names=True).to_pylist()
            assert mine == theirs, answer
    assert weighed.warnings == []


def test_weighing_takes_any_library_s_tables(reports):
    frame = pd.DataFrame(reports)
    claims = gainsay.extract(frame)
    events = gainsay.weigh(claims, frame).events().to_pylist()
    assert events
    assert gainsay.weigh(claims.to_polars(), pl.DataFrame(reports)).events().to_pylist() == events
    assert gainsay.weigh(claims.to_pandas(), frame).events().to_pylist() == events


def test_weighing_says_what_it_leaves_out(reports):
    claims = gainsay.extract(pa.Table.from_pylist(reports[:3]))
    with pytest.warns(gainsay.InputWarning, match="are of reports that were not given, and were left out"):
        weighed = gainsay.weigh(claims, pa.Table.from_pylist(reports[:2]))
    assert 0 < len(weighed.claims()) < len(claims)
    with pytest.warns(gainsay.InputWarning, match="another report has the id"):
        gainsay.weigh(claims, pa.Table.from_pylist(reports[:3] + reports[:1]))
    with pytest.raises(gainsay.InputError, match='claims: no column "document"'):
        gainsay.weigh(pa.table({"x": [1]}), pa.Table.from_pylist(reports[:1]))
    with pytest.raises(gainsay.InputError, match="reports: list is no Arrow table"):
        gainsay.weigh(claims, [])
    with pytest.raises(gainsay.LedgerError, match="only a ledger keeps"):
        weighed._answers.why("x", False)


def test_paths_are_any_path(path):
    for form in (str(path), pathlib.Path(path)):
        with gainsay.open(form) as ledger:
            assert ledger.path == str(path)
