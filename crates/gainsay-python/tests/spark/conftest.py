"""One Spark for all: two workers, each a process of its own, so that nothing is shared by accident."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pyspark = pytest.importorskip("pyspark")

from archives import session  # noqa: E402


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Spark and what it imports warn of much that is none of ours; warnings of ours are looked for where they count."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java 17")
    started = session()
    yield started
    name = started.sparkContext.applicationId
    started.stop()
    # The workers of such a cluster write into Spark's own folder.
    shutil.rmtree(Path(pyspark.__file__).parent / "work" / name, ignore_errors=True)
