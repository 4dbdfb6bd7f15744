"""The new-files sensor: one run for each state of the folder."""

import dagster as dg
import pytest

from dagster_project.orchestration.jobs import new_articles
from dagster_project.orchestration.resources import WarehouseSettings


@pytest.fixture
def warehouse(tmp_path):
    (tmp_path / "articles").mkdir()
    return WarehouseSettings(articles_dir=str(tmp_path / "articles"), warehouse_dir=str(tmp_path / "data"))


def tick(warehouse, cursor):
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor, resources={"watched": warehouse})
        return new_articles.evaluate_tick(context)


def test_a_new_file_starts_one_run(warehouse, tmp_path):
    first = tick(warehouse, None)
    assert len(first.run_requests) == 1
    again = tick(warehouse, first.cursor)
    assert again.run_requests == []
    assert "nothing changed" in again.skip_message
    (tmp_path / "articles" / "a.txt").write_text("Raid\n\nSoldiers raided Bela.")
    changed = tick(warehouse, first.cursor)
    assert len(changed.run_requests) == 1
    assert changed.run_requests[0].run_key != first.run_requests[0].run_key
