"""No name of a private person comes out of the package unless ``names=True`` asks for it.

Every public function, method and attribute is found by looking at the package itself: one that is not looked at below,
or has a parameter that nothing is tried for, fails. The reports are those of ``suite/people/people.txt``, whose private
persons people marked by hand.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import pickle
import re

import pyarrow.parquet
import pytest

import gainsay
from shared import ROOT

PEOPLE = (ROOT / "suite" / "people" / "people.txt").read_text(encoding="utf-8")

#: What gives names back to whoever handed them in.
YOURS = {
    "extract": "reads texts that are handed in: names are the reader's own",
    "extract_batches": "as extract",
    "Batches.warnings": "what could not be read of texts that are handed in",
    "Ledger.path": "as it was given",
}
#: What says nothing of any report.
BARE = {"__version__", "init", "open", "weigh", "Ledger.refresh", "Ledger.close", "Weighed.close"}
#: On Spark tables are of mentions and ids that whoever runs it wrote there; none of it leaves by itself.
SPARK = {"Weighed", "read", "reports", "run", "weigh"}

#: What each parameter is asked with: something that is there, and the name of somebody private.
PROBES = {
    "a": ["Islamic State", "Samira Zarqouni"],
    "according_to": ["Euphrates Wire", "samira-zarqouni"],
    "actor": ["Islamic State", "Zarqouni"],
    "at": ["2014-06-20", "zarqouni"],
    "b": ["Nusra Front", "Samira Zarqouni"],
    "event": ["{event}", "samira-zarqouni"],
    "from_": ["2014-01-01", "zarqouni"],
    "group": ["civilians", "zarqouni"],
    "id": ["{claim}", "samira-zarqouni"],
    "kind": ["casualties", "zarqouni"],
    "known_by": ["2014-12-31", "zarqouni"],
    "measure": ["killed", "zarqouni"],
    "place": ["Deir ez-Zor", "Samira Zarqouni"],
    "policy": ["ucdp", "zarqouni"],
    "report": ["{report}", "r00-zarqouni"],
    "source": ["Euphrates Wire", "Wisam al-Bazzini"],
    "to": ["2014-12-31", "zarqouni"],
}


def marked(text, open_, close):
    """The words of five letters or more between two signs."""
    inside = re.findall(re.escape(open_) + "(.*?)" + re.escape(close), text, re.DOTALL)
    return {word.lower() for part in inside for word in re.findall(r"[^\W_]{5,}", part)}


NAMES = marked(PEOPLE, "[[", "]]") | marked(PEOPLE, "<<", ">>")
NAMES -= marked(PEOPLE, "{{", "}}") | {"example"}


def shown(text, typed=""):
    """The private names that stand in a text as whole words; what was typed may be said again."""
    words = set(re.findall(r"[^\W_]+", str(text).lower()))
    return sorted(name for name in NAMES & words if name not in typed.lower())


@pytest.fixture(scope="module")
def reports():
    """Reports that name people, in their text, title, id and address, and as their author."""
    made = []
    for at, part in enumerate(PEOPLE.split("\n## ")[1:]):
        plain = re.sub(r"\[\[|\]\]|<<|>>|\{\{|\}\}", "", part)
        title, _, rest = plain.partition("\n")
        said = dict(re.findall(r"^\((published|outlet) (.*)\)$", rest, re.MULTILINE))
        text = re.sub(r"^\(.*\)\n", "", rest, flags=re.MULTILINE).strip()
        made.append(
            {
                "id": f"r{at:02}-samira-zarqouni",
                "published": said["published"],
                "publisher": said["outlet"],
                "title": title,
                "text": text,
                "author": "Samira Zarqouni",
                "url": f"https://example.org/{at}/samira-zarqouni",
            }
        )
    return made


@pytest.fixture(scope="module")
def ledger(reports, tmp_path_factory):
    """A ledger of them."""
    folder = tmp_path_factory.mktemp("leaks")
    (folder / "reports.jsonl").write_text("".join(json.dumps(one) + "\n" for one in reports), encoding="utf-8")
    with gainsay.init(folder / "gainsay.gpkg", by="Samira Zarqouni") as ledger:
        assert ledger.add(folder / "reports.jsonl", by="Samira Zarqouni").added == len(reports)
        yield ledger


@pytest.fixture(scope="module")
def loose(reports):
    """The same without a ledger."""
    table = pyarrow.Table.from_pylist(reports)
    with pytest.warns(gainsay.InputWarning, match="does not read yet"):
        claims = gainsay.extract(table)
    with gainsay.weigh(claims, table) as weighed:
        yield weighed


def asked(of):
    """The methods that can show names, and do not unless they are asked to."""
    found = {name: getattr(of, name) for name in dir(of) if not name.startswith("_")}
    return {name: one for name, one in found.items() if callable(one) and "names" in inspect.signature(one).parameters}


def texts(table, folder):
    """All that a table says, by every way it can be had."""
    file = folder / "table.parquet"
    table.write_parquet(file)
    again = pickle.loads(pickle.dumps(table))
    return {
        "Table.nbytes": table.nbytes,
        "Table.schema": (table.schema.names, table.schema.metadata),
        "Schema.metadata": table.schema.metadata,
        "Schema.names": table.schema.names,
        "Table.to_pandas": table.to_pandas().to_json(date_format="iso", default_handler=str, force_ascii=False),
        "Table.to_polars": table.to_polars().to_dicts(),
        "Table.to_pyarrow": table.to_pyarrow().to_pylist(),
        "Table.to_pylist": (table.to_pylist(), again.to_pylist(), repr(table), str(table)),
        "Table.warnings": table.warnings,
        "Table.write_parquet": (pyarrow.parquet.read_table(file).to_pylist(), pyarrow.parquet.read_schema(file)),
    }


def calls(weighed):
    """Every such method, with every parameter by itself: name, words typed, and the call."""
    event = weighed.events().to_pylist()[0]["id"]
    claim = weighed.claims().to_pylist()[0]
    ids = {"{event}": event, "{claim}": claim["id"], "{report}": claim["report"]}
    for name, method in asked(weighed).items():
        parameters = [one for one in inspect.signature(method).parameters.values() if one.name != "names"]
        needed = {one.name: ids.get(PROBES[one.name][0], PROBES[one.name][0]) for one in parameters if one.default is one.empty}
        yield name, "", method, needed
        for one in parameters:
            for probe in PROBES[one.name]:
                typed = ids.get(probe, probe)
                yield name, typed, method, {**needed, one.name: typed}


def public():
    """All that is public, by its name."""
    for name in gainsay.__all__:
        one = getattr(gainsay, name)
        if not inspect.isclass(one):
            yield name
            continue
        own = set(vars(one)) if issubclass(one, BaseException) else set(dir(one))
        if dataclasses.is_dataclass(one):
            own |= {field.name for field in dataclasses.fields(one)}
        yield from (f"{name}.{attribute}" for attribute in sorted(own) if not attribute.startswith("_"))


def test_all_that_is_public_is_looked_at(ledger, loose, tmp_path):
    looked = {f"{kind}.{name}" for kind in ("Ledger", "Weighed") for name in asked(getattr(gainsay, kind))}
    looked |= set(texts(ledger.events(), tmp_path)) | {"Ledger.add", "Ledger.verify"}
    looked |= {f"Added.{field.name}" for field in dataclasses.fields(gainsay.Added)}
    looked |= {f"Verified.{field.name}" for field in dataclasses.fields(gainsay.Verified)} | {"Verified.ok"}
    found = set(public())
    # What instances have beside.
    kinds = {"Ledger": ledger, "Weighed": loose}
    found |= {f"{kind}.{name}" for kind, one in kinds.items() for name in vars(one) if not name.startswith("_")}
    looked |= {"Ledger.warnings", "Weighed.warnings"}
    known = looked | set(YOURS) | BARE
    assert sorted(found - known) == [], "say here what comes out of it, and look through that"
    assert sorted(known - found) == [], "is no more"
    parameters = {name for kind in kinds.values() for one in asked(kind).values() for name in inspect.signature(one).parameters}
    assert sorted(parameters - {"names"} - set(PROBES)) == [], "say what to try it with"
    spark = (ROOT / "crates/gainsay-python/python/gainsay/spark/__init__.py").read_text(encoding="utf-8")
    listed = [ast.literal_eval(one.value) for one in ast.parse(spark).body if isinstance(one, ast.Assign)]
    assert set(listed[0]) == SPARK, "say whether it shows names to others than who runs it"


@pytest.mark.parametrize("kind", ["ledger", "loose"])
def test_no_answer_and_no_error_shows_a_name(kind, request, tmp_path):
    weighed = request.getfixturevalue(kind)
    wrong, answers, errors = [], 0, 0
    for name, typed, method, given in calls(weighed):
        try:
            answer = method(**given)
        except gainsay.GainsayError as error:
            errors += 1
            found = {"error": (str(error), error.args, getattr(error, "__notes__", None))}
        else:
            answers += 1
            found = texts(answer, tmp_path) if isinstance(answer, gainsay.Table) else {"answer": answer}
        for what, text in found.items():
            wrong += [f"{name}({given}): {what} shows {shown(text, typed)}" for _ in [0] if shown(text, typed)]
    assert wrong == []
    assert answers > 100 and errors > 50, (answers, errors)
    assert shown((repr(weighed), str(weighed), weighed.warnings)) == []
    # The names are there, and come when they are asked for.
    assert len(shown(weighed.claims(names=True).to_pylist())) > 10


def test_what_stands_behind_an_id_shows_no_name(ledger):
    ids = [row["id"] for table in (ledger.claims(), ledger.events(), ledger.disputes()) for row in table.to_pylist()]
    behind = [ledger.why(one) for one in ids]
    assert len(behind) > 30 and shown(behind) == []
    assert len(shown([ledger.why(row["id"], names=True) for row in ledger.claims(names=True).to_pylist()])) > 10


def test_what_is_said_of_reports_and_of_the_ledger_shows_no_name(ledger, tmp_path):
    bad = tmp_path / "bad.jsonl"
    lines = [
        {"id": "x", "published": "Samira Zarqouni", "text": "a"},
        {"id": "y", "text": ["Samira Zarqouni"]},
        {"id": "z", "text": "b", "publisher": {"Samira": "Zarqouni"}},
    ]
    bad.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"id": "v", "text": "Samira Zarqouni', encoding="utf-8")
    added = ledger.add(bad, by="Samira Zarqouni")
    assert added.refused and shown(added) == []
    verified = ledger.verify()
    assert verified.ok and shown((verified, verified.ok)) == []


def test_the_id_that_stands_for_a_report_can_be_asked_for(ledger):
    claim = ledger.claims().to_pylist()[0]
    assert claim["report"].startswith("v~")
    assert claim["id"] in [row["id"] for row in ledger.claims(report=claim["report"]).to_pylist()]
