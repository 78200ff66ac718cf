"""What goes in: Parquet and JSON lines, sound and broken."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import gainsay
import gainsay.spark
from gainsay.spark._warnings import Warnings

TEXT = "Shells killed 5 civilians in Al-Qusour yesterday, activists said."


def test_lines_broken_twice_and_without_an_id_cost_a_warning_each(spark: Any, tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": "%s", "published": "2014-06-03", "outlet": "Euphrates Wire"}' % TEXT,
        '{"id": "a", "text": "Another text under the same id.", "published": "2014-06-03"}',
        '{"text": "%s", "published": "2014-06-09"}' % TEXT,
        '{"text": "%s", "published": "2014-06-09"}' % TEXT,
        "[1, 2",
        "",
    ]
    path = tmp_path / "reports.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    warnings = Warnings(spark)
    found = gainsay.spark.reports(spark, str(path), warnings=warnings).collect()
    assert len(found) == 2
    by_id = {row["id"]: row for row in found}
    assert str(by_id["a"]["published"]) == "2014-06-03"
    said = " | ".join(warnings.all())
    assert "another report has the id 'a'" in said and "no JSON object" in said
    assert len(warnings.all()) == 2


def test_claims_of_parquet_are_those_of_extract(spark: Any, tmp_path: Path) -> None:
    table = pa.table({"id": ["a", "b"], "text": [TEXT, None], "published": ["2014-06-03", None], "outlet": ["X", None]})
    pq.write_table(table, tmp_path / "reports.parquet")
    claims = gainsay.spark.read(spark, str(tmp_path / "reports.parquet")).toArrow().to_pylist()
    alone = gainsay.extract([TEXT], published="2014-06-03", outlet="X", id="a").to_pylist()
    assert claims == alone and len(claims) > 0


def test_what_is_no_archive_is_one_line(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(gainsay.InputError, match="no such file"):
        gainsay.spark.read(spark, str(tmp_path / "nothing"))
    pq.write_table(pa.table({"words": ["x"]}), tmp_path / "other.parquet")
    with pytest.raises(gainsay.InputError, match="no column text; it has words"):
        gainsay.spark.read(spark, str(tmp_path / "other.parquet"))
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 is not enough")
    with pytest.raises(gainsay.InputError, match="no Parquet"):
        gainsay.spark.read(spark, str(tmp_path / "broken.parquet"))
