"""A warehouse of an earlier schema version, a working database of an earlier layout, and files that are no warehouse."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.warehouse import published
from dagster_project.warehouse.catalog import Catalog, WorkingDatabaseError
from tests.reliability.conftest import contents


def test_a_published_file_of_an_earlier_version_is_rebuilt_and_ids_are_kept(server, world, warehouse):
    path = warehouse / "warehouse.duckdb"
    before = {
        row[0]
        for row in duckdb.connect(str(path), read_only=True)
        .execute("select incident_id from marts.fact_incident")
        .fetchall()
    }
    with duckdb.connect(str(path)) as connection:
        connection.execute("update meta.build set schema_version = '0'")
        for column in ("documents", "documents_absent", "documents_duplicate", "claims_in", "claims_quarantined"):
            connection.execute(f"alter table meta.run drop column {column}")
    (warehouse / "work" / "published.json").unlink()
    assert server.run(world.first_day, warehouse)["success"]
    assert published.schema_version(path) != "0"
    now = contents(path)
    assert {row[1] for row in now["marts.fact_incident"]} == before
    assert now["marts.incident_id_history"] == []
    (log,) = [p for p in (warehouse / "logs").glob("*.jsonl") if "schema version 0" in p.read_text()]
    assert "ids are kept" in log.read_text()


def test_a_working_database_of_an_earlier_layout_is_brought_up_to_date(tmp_path):
    with Catalog.open(tmp_path):
        pass
    with duckdb.connect(str(tmp_path / "working.duckdb")) as connection:
        connection.execute("alter table staging.rejected drop column source_file")
        connection.execute("alter table staging.withdrawn drop column incident_ids")
        connection.execute("alter table staging.withdrawn drop column is_erased")
        connection.execute("insert into staging.withdrawn values ('d', 'asked for', now())")
    with Catalog.open(tmp_path) as catalog:
        assert catalog.withdrawn() == {"d": "asked for"}
        assert catalog.not_erased() == ["d"]


def test_a_damaged_working_database_says_what_to_do(tmp_path):
    (tmp_path / "working.duckdb").write_bytes(b"not a database" * 1_000)
    with pytest.raises(WorkingDatabaseError, match="delete it"), Catalog.open(tmp_path):
        pass


def test_something_else_in_the_place_of_the_published_file_is_not_overwritten(server, world, warehouse):
    path = warehouse / "warehouse.duckdb"
    path.write_bytes(b"somebody's notes" * 1_000)
    answer = server.run(world.articles, warehouse)
    assert not answer["success"]
    assert "rollback" in " ".join(answer["reasons"])
    assert path.read_bytes().startswith(b"somebody's notes")
