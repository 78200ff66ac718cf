"""What the tests share: the example reports, and a ledger of them."""

from __future__ import annotations

import json
import pathlib

import pytest

import gainsay
from shared import EXAMPLES, FIELDS


@pytest.fixture(scope="session")
def reports() -> list[dict]:
    """The example reports that come as JSON lines."""
    lines = (EXAMPLES / "feed.jsonl").read_text(encoding="utf-8").splitlines()
    return [{name: report.get(name) for name in FIELDS} for report in map(json.loads, lines)]


@pytest.fixture(scope="session")
def path(tmp_path_factory) -> pathlib.Path:
    """A ledger of all example reports; nobody writes to it."""
    path = tmp_path_factory.mktemp("ledger") / "gainsay.gpkg"
    with gainsay.init(path, by="test") as ledger:
        assert ledger.add(EXAMPLES, by="test").added == 26
    return path


@pytest.fixture(scope="session")
def ledger(path):
    """The same, open."""
    with gainsay.open(path) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def long_text(reports) -> str:
    """A text of some hundred kilobytes."""
    return "\n\n".join(report["text"] for report in reports) * 4
