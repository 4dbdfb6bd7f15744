"""A run with nothing new does nothing again, and a backfill by day reads only its day, once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dagster_project.execution import extract, worker
from dagster_project.orchestration import line
from dagster_project.settings import Settings
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
    always = {"source.parquet", "rejected.parquet"}
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
