"""Exports of the example reports, read by programs that know nothing of gainsay.

The folder of exports is made by crates/gainsay-cli/tests/exports.rs, which names it in GAINSAY_EXPORTS.
"""

import json
import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def exports() -> Path:
    folder = os.environ.get("GAINSAY_EXPORTS")
    if not folder:
        pytest.skip("GAINSAY_EXPORTS names no folder of exports")
    return Path(folder)


def lines(path: Path) -> list:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def events(exports) -> dict:
    """The events as the JSON lines have them, by id."""
    return {event["id"]: event for event in lines(exports / "jsonl" / "events.jsonl")}


@pytest.fixture(scope="session")
def claims(exports) -> dict:
    return {claim["id"]: claim for claim in lines(exports / "jsonl" / "claims.jsonl")}
