"""The event log that dagster.yaml names: Dagster's own files, kept open."""

import shutil
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from dagster_project.orchestration import event_log

ROOT = Path(__file__).parents[2]


@dg.asset(check_specs=[dg.AssetCheckSpec("holds", asset="thing")])
def thing():
    yield dg.Output(None)
    yield dg.AssetCheckResult(check_name="holds", passed=True)


@pytest.fixture
def home(tmp_path, monkeypatch):
    shutil.copy(ROOT / "dagster.yaml", tmp_path / "dagster.yaml")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    return tmp_path


def test_dagsters_own_event_log_reads_what_was_written(home):
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, event_log.OpenEventLog)
        run = dg.materialize([thing], instance=instance)
        wrote = [event.event_type_value for event in run.all_events]
    own = SqliteEventLogStorage(str(home / "history" / "runs"))
    read = [e.dagster_event.event_type_value for e in own.get_logs_for_run(run.run_id) if e.dagster_event]
    assert [kind for kind in read if not kind.endswith("_PLANNED")] == wrote
    checked = own.get_asset_check_execution_history(dg.AssetCheckKey(dg.AssetKey("thing"), "holds"), limit=2)
    assert [record.status.value for record in checked] == ["SUCCEEDED"]


def test_only_the_files_used_last_stay_open(home, monkeypatch):
    monkeypatch.setattr(event_log, "KEPT_OPEN", 2)
    with dg.DagsterInstance.get() as instance:
        runs = [dg.materialize([thing], instance=instance).run_id for _ in range(3)]
        storage = instance.event_log_storage
        assert all(storage.get_logs_for_run(run_id) for run_id in runs)
        assert len(storage._engines) == 2
