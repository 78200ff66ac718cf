"""What the docstrings show is so, and the stubs say what there is."""

import doctest
import importlib.util
import inspect
import json
import re
import shutil
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import gainsay
from shared import ROOT
from gainsay import _ledger, _read


@pytest.mark.parametrize("module", [_read, _ledger])
def test_examples_do_what_they_show(module, ledger, path):
    known = {"gainsay": gainsay, "ledger": ledger, "path": path}
    found = doctest.testmod(module, extraglobs=known, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted > 3
    assert found.failed == 0


def test_everything_public_is_described():
    for name in gainsay.__all__:
        thing = getattr(gainsay, name)
        if not isinstance(thing, str):
            assert inspect.getdoc(thing), name
    for kind in (gainsay.Ledger, gainsay.Weighed):
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_"):
                assert inspect.getdoc(method), name


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_stubs_say_what_there_is(tmp_path):
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\nignore_missing_imports = true\ndisable_error_code = import-untyped\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "gainsay._gainsay", "--ignore-missing-stub", "--concise",
         "--mypy-config-file", str(config)],
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_the_package_is_typed():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--cache-dir=/dev/null",
         "-p", "gainsay", "--exclude", "spark"],
        capture_output=True, text=True, check=False,
    )
    wrong = [line for line in done.stdout.splitlines() if ": error:" in line and "/spark/" not in line]
    assert wrong == []


def test_the_guide_does_what_it_shows(path, reports, tmp_path, monkeypatch, capsys):
    guide = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    shown = re.findall(r"```python\n(.*?)```", guide, flags=re.DOTALL)
    assert len(shown) >= 6
    table = pa.Table.from_pylist(reports)
    pq.write_table(table, tmp_path / "reports.parquet")
    lines = "".join(json.dumps(report) + "\n" for report in reports)
    (tmp_path / "reports.jsonl").write_text(lines, encoding="utf-8")
    shutil.copy(path, tmp_path / "gainsay.gpkg")
    monkeypatch.chdir(tmp_path)
    known: dict = {}
    for block in shown:
        exec(compile(block, "docs/python.md", "exec"), known)
    assert capsys.readouterr().out == f"{len(reports)} {known['added'].claims} []\n"
    assert len(known["deaths"]) > 10
    assert pq.read_table(tmp_path / "archive-claims.parquet").num_rows > 100
    assert len(known["disputes"]) > 0
    assert known["behind"]["event"]["event"]["kind"] == "capture"
    assert len(known["weighed"].events()) > 0
