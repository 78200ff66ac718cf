"""What the tests share: the example reports, a ledger of them, and texts without end."""

from __future__ import annotations

import itertools
import json
import pathlib

import pytest

import gainsay

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples" / "deir-ez-zor" / "reports"
FIELDS = ["id", "text", "published", "publisher", "title", "url", "language"]


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


def endless(reports):
    """Reports without end, each with an id of its own."""
    for n, report in zip(itertools.count(), itertools.cycle(reports)):
        yield {**report, "id": f"{report['id']}-{n}"}
