"""Where the examples lie, and reports without end."""

from __future__ import annotations

import itertools
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples" / "deir-ez-zor" / "reports"
FIELDS = ["id", "text", "published", "publisher", "title", "url", "language"]


def endless(reports):
    """Reports without end, each with an id of its own."""
    for n, report in zip(itertools.count(), itertools.cycle(reports)):
        yield {**report, "id": f"{report['id']}-{n}"}
