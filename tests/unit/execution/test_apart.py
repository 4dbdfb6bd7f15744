"""Work in a process of its own: what it gives, what it raises, and that it may die."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from dagster_project.execution import apart
from dagster_project.resolution.resolve import resolve
from dagster_project.resolution.rows import SCHEMAS
from evaluation.synthetic_reports import make

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def test_what_is_done_apart_is_what_is_done_here(tmp_path: Path) -> None:
    for name in ("here", "apart"):
        make(60).write(tmp_path / name)
    here = resolve(tmp_path / "here", None, None, NOW)
    assert apart.apart(resolve, tmp_path / "apart", None, None, NOW) == here
    for name in SCHEMAS:
        one, other = (pl.read_parquet(tmp_path / folder / f"{name}.parquet") for folder in ("here", "apart"))
        assert one.equals(other)


def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        apart.apart(int, "many")


def test_a_process_that_dies_is_an_error_in_words() -> None:
    with pytest.raises(apart.WorkDied, match="died"):
        apart.apart(os._exit, 9)


def test_a_corpus_is_large_by_its_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LARGE", 3)
    for count, expected in ((2, False), (3, True)):
        pl.DataFrame({"document_id": ["x"] * count}).write_parquet(tmp_path / "document.parquet")
        assert apart.is_large(tmp_path / "document.parquet") is expected
