"""A document whose answer is missing stops the run: what it tells must not be missing without a word."""

from __future__ import annotations

import polars as pl
import pytest

from dagster_project.execution.shards import LostAnswers, collect
from dagster_project.reading.rows import SCHEMAS
from tests.reliability.test_budget import rows


def test_documents_without_an_answer_stop_the_run(tmp_path):
    rows("one", "two").write_parquet(tmp_path / "documents.parquet")
    answer = tmp_path / "root" / "out" / "s"
    answer.mkdir(parents=True)
    for name, schema in SCHEMAS.items():
        pl.DataFrame(schema=schema).write_parquet(answer / f"{name}.parquet")
    with pytest.raises(LostAnswers, match="2 documents"):
        collect(tmp_path / "root", tmp_path / "documents.parquet", tmp_path / "current")
