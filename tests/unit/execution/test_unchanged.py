"""A run with nothing new does nothing again, a backfill by day reads only its day, once; ids come from a registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from dagster_project.execution import extract, worker
from dagster_project.orchestration import line
from dagster_project.resolution.resolve import REGISTRY_FILE
from dagster_project.settings import ConfigurationError, Settings
from tests.support import standin
from tests.support.standin import article, sentence

MONDAY, TUESDAY = datetime(2024, 3, 4, 9, tzinfo=UTC), datetime(2024, 3, 5, 9, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    monkeypatch.setattr(worker, "pipeline", lambda model: None)
    monkeypatch.setattr(worker, "_read", standin.read)
    for module in (extract, line):
        monkeypatch.setattr(module, "pipeline_fingerprint", lambda model: "stand-in")
    (tmp_path / "articles").mkdir()
    environ = {"ARTICLES_DIR": str(tmp_path / "articles"), "WAREHOUSE_DIR": str(tmp_path / "data"), "BACKEND": "inline"}
    write(tmp_path / "articles", "one", "Erbil", 3)
    return Settings.from_environment(environ)


def write(folder: Path, name: str, town: str, killed: int) -> None:
    (folder / f"{name}.txt").write_text(article(f"Attack on {town}", sentence(town, "2024-03-01", killed)))


def run(settings: Settings, now: datetime) -> line.Run:
    found = line.Run("run", now, settings)
    line.tidy(found)
    line.ingest_articles(found)
    line.describe_documents(found)
    return found


def stamps(folder: Path) -> dict[str, int]:
    always = {"source.parquet", "rejected.parquet", line.GIVEN}
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.*") if path.name not in always}


def test_nothing_new_describes_and_collects_nothing(settings):
    first = run(settings, MONDAY)
    line.read_documents(first)
    before = stamps(first.current)
    again = run(settings, TUESDAY)
    assert line.read_documents(again).read == 0
    assert stamps(first.current) == before


def test_one_more_document_is_described_and_read_alone(settings):
    line.read_documents(run(settings, MONDAY))
    write(settings.articles_dir, "two", "Kharkiv", 2)
    again = run(settings, TUESDAY)
    assert line.describe_documents(again).documents == 2
    assert line.read_documents(again).read == 1


def test_a_lost_table_is_collected_again_without_reading(settings):
    first = run(settings, MONDAY)
    line.read_documents(first)
    before = (first.current / "claim.parquet").read_bytes()
    (first.current / "claim.parquet").unlink()
    assert line.read_documents(run(settings, TUESDAY)).read == 0
    assert (first.current / "claim.parquet").read_bytes() == before


def test_a_backfill_reads_the_documents_of_its_day_once(settings):
    run(settings, MONDAY)
    write(settings.articles_dir, "two", "Kharkiv", 2)
    found = run(settings, TUESDAY)
    assert line.read_day(found, TUESDAY.date()).read == 1
    assert line.read_day(found, TUESDAY.date()).read == 0
    assert line.read_documents(found).read == 1


def test_a_rebuild_with_a_registry_keeps_its_ids(settings, tmp_path):
    first = run(settings, MONDAY)
    line.read_documents(first)
    line.resolve_incidents(first)
    registry = tmp_path / "registry.parquet"
    exported = pl.read_parquet(first.current / REGISTRY_FILE)
    exported.with_columns(incident_id=pl.lit("inc-of-another-warehouse")).write_parquet(registry)
    again = run(replace(settings, warehouse_dir=tmp_path / "rebuilt", incident_registry=registry), TUESDAY)
    line.read_documents(again)
    line.resolve_incidents(again)
    assert pl.read_parquet(again.current / "incident.parquet")["incident_id"].to_list() == ["inc-of-another-warehouse"]
    without = replace(again, settings=replace(again.settings, incident_registry=None))
    assert line.inputs_digest(again) != line.inputs_digest(without), "another registry is another input"


def test_a_registry_that_is_not_there_is_a_configuration_error(settings):
    environ = {"ARTICLES_DIR": str(settings.articles_dir), "WAREHOUSE_DIR": str(settings.warehouse_dir)}
    with pytest.raises(ConfigurationError, match=r"INCIDENT_REGISTRY=absent\.csv is not a file"):
        Settings.from_environment({**environ, "INCIDENT_REGISTRY": "absent.csv"})
