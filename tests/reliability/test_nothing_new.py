"""A run with nothing new is seen before Dagster plans it, and never where there is something to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from dagster_project.operations import withdraw
from dagster_project.orchestration.jobs import UNCHANGED, daily
from dagster_project.orchestration.resources import WarehouseSettings
from dagster_project.settings import Settings
from tests.reliability.conftest import copy_warehouse
from tests.support.standin import article, sentence


@pytest.fixture
def day(server, world, tmp_path) -> tuple[Path, Path]:
    """(articles, warehouse) of a warehouse that is up to date: the first day's, run once more in a folder of its own."""
    shutil.copytree(world.first_day, tmp_path / "articles", copy_function=shutil.copy2)
    copy_warehouse(world.published, tmp_path / "data")
    assert server.run(tmp_path / "articles", tmp_path / "data")["success"]
    return tmp_path / "articles", tmp_path / "data"


def test_a_second_run_makes_only_what_says_that_all_stays(server, day):
    published = day[1] / "warehouse.duckdb"
    before = published.stat().st_mtime_ns
    shutil.rmtree(day[1] / "report", ignore_errors=True)
    answer = server.run(*day, job="warehouse_job")
    assert answer["success"], answer
    assert answer["made"] == sorted(key.to_user_string() for key in UNCHANGED)
    assert published.stat().st_mtime_ns == before
    assert (day[1] / "report" / "index.html").is_file(), "what was removed beside the file is put back"
    with duckdb.connect(str(day[1] / "work" / "working.duckdb"), read_only=True) as connection:
        last = connection.execute("select outcome from staging.run order by started_at desc limit 1").fetchone()
    assert last == ("unchanged",)


def new_file(articles: Path, warehouse: Path) -> None:
    (articles / "new.txt").write_text(article("Attack in Baghdad", sentence("Baghdad", "2024-03-09", 11)))


def touched_content(articles: Path, warehouse: Path) -> None:
    (articles / "two.txt").write_text(article("Officials count the dead", sentence("Erbil", "2024-02-03", 8)))


def removed_file(articles: Path, warehouse: Path) -> None:
    (articles / "two.txt").unlink()


def new_refusal(articles: Path, warehouse: Path) -> None:
    (articles / "nowhere.txt").symlink_to(articles / "is-not-there")


def decision(articles: Path, warehouse: Path) -> None:
    (articles / "overrides.csv").write_text("action,subject,object\n")


def withdrawal(articles: Path, warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as connection:
        ((identity,), *_) = connection.execute("select document_id from raw.document order by all").fetchall()
    settings = Settings.from_environment({"ARTICLES_DIR": str(articles), "WAREHOUSE_DIR": str(warehouse)})
    withdraw.record(settings, identity, "asked for", datetime.now(UTC))


def lost_warehouse(articles: Path, warehouse: Path) -> None:
    (warehouse / "warehouse.duckdb").unlink()


def torn_table(articles: Path, warehouse: Path) -> None:
    table = warehouse / "work" / "current" / "rejected.parquet"
    os.truncate(table, table.stat().st_size // 2)


def lost_answers(articles: Path, warehouse: Path) -> None:
    (warehouse / "work" / "current" / "incident.parquet").unlink()


@pytest.mark.parametrize(
    "change",
    [new_file, touched_content, removed_file, new_refusal, decision, withdrawal, lost_warehouse, lost_answers, torn_table],
    ids=lambda change: change.__name__,
)
def test_whatever_is_new_is_seen(server, day, change: Callable[[Path, Path], None]):
    assert server.run(*day)["is_nothing_new"]
    change(*day)
    answer = server.run(*day)
    assert answer["success"], answer
    assert not answer["is_nothing_new"]
    assert server.run(*day)["is_nothing_new"]


def test_a_run_that_died_between_taking_in_and_describing_leaves_something_to_do(server, day):
    new_file(*day)
    recorded = day[1].with_name("recorded")
    copy_warehouse(day[1], recorded)
    calls = server.run(day[0], recorded, record=True)["calls"]
    first = next(i for i, call in enumerate(calls) if Path(call[2]).name == "document_state.parquet")
    before = (day[1] / "warehouse.duckdb").stat().st_mtime_ns
    assert server.run(*day, kill_at=first, how="before")["signal"] == 9
    answer = server.run(*day)
    assert answer["success"]
    assert not answer["is_nothing_new"]
    assert (day[1] / "warehouse.duckdb").stat().st_mtime_ns != before


def test_a_file_that_could_not_be_opened_is_tried_again_by_every_run(server, day):
    secret = day[0] / "secret.txt"
    secret.write_text(article("Attack in Baghdad", sentence("Baghdad", "2024-03-09", 11)))
    os.chmod(secret, 0)
    assert server.run(*day, ordinary=True)["success"]
    # Permissions leave no trace in a file's size and time.
    os.chmod(secret, 0o600)
    answer = server.run(*day, ordinary=True)
    assert not answer["is_nothing_new"]
    assert answer["outcome"] == "published"


def test_the_schedule_asks_for_what_is_needed(day):
    watched = WarehouseSettings(articles_dir=str(day[0]), warehouse_dir=str(day[1]))
    new_file(*day)
    context = dg.build_schedule_context(resources={"watched": watched})
    (request,) = daily.evaluate_tick(context).run_requests
    assert request.asset_selection is None
