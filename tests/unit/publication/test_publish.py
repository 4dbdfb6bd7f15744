"""The published file is always one whole version; what is around it can be brought back."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading

import duckdb
import polars as pl
import pytest

from dagster_project import files
from dagster_project.contract import catalog
from dagster_project.publication import publish as publication
from dagster_project.publication.publish import (
    PublishError,
    build_path,
    clean_up,
    publish,
    rollback,
    versions,
)
from dagster_project.warehouse import session
from dagster_project.warehouse.build import build
from tests.support.rows import STRIKE, run_record, small_world

BUILT: dict[tuple[int, int], bytes] = {}


def build_version(folder, number: int, claims: int = 0):
    """The small world with some claims more, built by run ``number``, in its place beside the published file."""
    target = build_path(folder, f"run-{number}")
    if (number, claims) not in BUILT:
        world = small_world()
        for extra in range(claims):
            world.claim("doc-a", 10 + extra, 0, STRIKE, number=20 + extra)
        build(target, world.inputs(folder.parent / "in", run=run_record(f"run-{number}", hour=10 + number)))
        BUILT[number, claims] = target.read_bytes()
    target.write_bytes(BUILT[number, claims])
    return target


def claim_count(path) -> int:
    with session.read_only(path) as connection:
        row = connection.execute("select count(*) from marts.fact_casualty_claim").fetchone()
    assert row is not None
    return row[0]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_a_build_becomes_the_published_file(home):
    target = build_version(home, 1)
    result = publish(target, home)
    assert result.is_changed
    assert result.path == home / "warehouse.duckdb"
    assert not target.exists()
    assert (result.tables, result.views) == (len(catalog.TABLES), len(catalog.VIEWS))
    assert sorted(path.name for path in home.iterdir()) == ["parquet", "warehouse.duckdb"]


def test_comments_and_keys_survive(home):
    publish(build_version(home, 1), home)
    with session.read_only(home / "warehouse.duckdb") as connection:
        comments = connection.execute("select count(comment) from duckdb_columns() where not internal").fetchone()
        keys = connection.execute(
            "select count(*) from duckdb_constraints() where constraint_type = 'FOREIGN KEY'"
        ).fetchone()
    assert comments == (sum(len(t.columns) for t in (*catalog.TABLES, *catalog.VIEWS)),)
    assert keys == (sum(target != t.full_name for t in catalog.TABLES for _, target in t.foreign_keys()),)


def test_a_version_that_says_the_same_is_not_rewritten(home):
    publish(build_version(home, 1), home)
    before = (home / "warehouse.duckdb").stat()
    result = publish(build_version(home, 2), home)
    after = (home / "warehouse.duckdb").stat()
    assert not result.is_changed
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert sorted(path.name for path in home.iterdir()) == ["parquet", "warehouse.duckdb"]


@pytest.mark.parametrize(
    "change",
    [
        "update marts.dim_actor set name = 'Somebody' where name = 'US military'",
        "comment on column marts.dim_actor.name is 'another meaning'",
        "create or replace view analytics.timeline as select 1 as one",
        "delete from marts.bridge_incident_weapon",
    ],
)
def test_any_other_difference_is_noticed(home, change):
    publish(build_version(home, 1), home)
    target = build_version(home, 2)
    with session.read_write(target) as connection:
        connection.execute(change)
    assert not publication.digest.is_same(target, home / "warehouse.duckdb")


def test_parquet_holds_every_table_and_view_of_the_published_version(home):
    publish(build_version(home, 1), home)
    publish(build_version(home, 2, claims=2), home)
    for table in catalog.TABLES:
        frame = pl.read_parquet(home / "parquet" / table.schema / f"{table.name}.parquet")
        assert frame.columns == [column.name for column in table.columns]
    for view in catalog.VIEWS:
        assert (home / "parquet" / "analytics" / f"{view.name}.parquet").is_file()
    claims = pl.read_parquet(home / "parquet" / "marts" / "fact_casualty_claim.parquet")
    assert claims.height == claim_count(home / "warehouse.duckdb") == 5


def test_earlier_versions_are_kept_up_to_a_number(home):
    for number in range(1, 6):
        publish(build_version(home, number, claims=number), home, keep_versions=2)
    assert [path.name.rpartition("-run-")[2] for path in versions(home)] == ["4.duckdb", "3.duckdb"]


def test_rollback_brings_the_earlier_version_back(home):
    publish(build_version(home, 1), home)
    publish(build_version(home, 2, claims=2), home)
    rollback(home)
    assert claim_count(home / "warehouse.duckdb") == 3
    assert pl.read_parquet(home / "parquet" / "marts" / "fact_casualty_claim.parquet").height == 3
    with pytest.raises(PublishError, match="keeps no such version"):
        rollback(home)


def test_a_build_with_a_broken_view_leaves_the_published_version(home):
    publish(build_version(home, 1), home)
    before = (home / "warehouse.duckdb").read_bytes()
    target = build_version(home, 2, claims=1)
    with session.read_write(target) as connection:
        connection.execute("create or replace view analytics.timeline as select cast('x' as integer) as one")
    with pytest.raises(PublishError, match=r"analytics\.timeline"):
        publish(target, home)
    assert (home / "warehouse.duckdb").read_bytes() == before


def test_a_file_that_is_no_warehouse_is_not_published(home):
    target = build_path(home, "run-1")
    target.write_bytes(b"not a database")
    with pytest.raises(PublishError, match="cannot be opened"):
        publish(target, home)


def test_a_crash_between_the_swaps_is_repaired_by_the_next_publication(home, monkeypatch):
    publish(build_version(home, 1), home)
    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_folder", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            publish(build_version(home, 2, claims=2), home)
    assert claim_count(home / "warehouse.duckdb") == 5
    publish(build_version(home, 3, claims=2), home)
    assert pl.read_parquet(home / "parquet" / "marts" / "fact_casualty_claim.parquet").height == 5
    assert sorted(path.name for path in home.iterdir()) == ["parquet", "versions", "warehouse.duckdb"]


def test_a_crash_between_the_renames_of_a_folder_loses_nothing(home):
    publish(build_version(home, 1), home)
    os.rename(home / "parquet", home / ".parquet.old")
    clean_up(home)
    assert (home / "parquet" / "marts" / "fact_incident.parquet").is_file()


def test_leftovers_of_dead_runs_are_removed(home):
    (home / ".building-dead.duckdb").write_text("x")
    (home / ".building-dead.duckdb.wal").write_text("x")
    (home / ".building-dead.duckdb.spill").mkdir()
    (home / ".parquet.building").mkdir()
    publish(build_version(home, 1), home)
    assert sorted(path.name for path in home.iterdir()) == ["parquet", "warehouse.duckdb"]


def test_published_files_can_be_read_by_all_and_written_by_the_owner(home):
    publish(build_version(home, 1), home)
    for path in (home / "warehouse.duckdb", *(home / "parquet").rglob("*.parquet")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert stat.S_IMODE((home / "parquet").stat().st_mode) == 0o755


def test_a_reader_keeps_its_version_and_the_next_one_sees_the_new(home):
    publish(build_version(home, 1), home)
    reader = duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)
    publish(build_version(home, 2, claims=2), home)
    assert reader.execute("select count(*) from marts.fact_casualty_claim").fetchone() == (3,)
    reader.close()
    assert claim_count(home / "warehouse.duckdb") == 5


def test_readers_in_other_processes_never_meet_a_half_version(home):
    publish(build_version(home, 1), home)
    probe = (
        "import duckdb, sys\n"
        "for line in sys.stdin:\n"
        "    c = duckdb.connect(sys.argv[1], read_only=True)\n"
        "    claims, = c.execute('select count(*) from marts.fact_casualty_claim').fetchone()\n"
        "    said, = c.execute('select claims from meta.run order by started_at desc limit 1').fetchone()\n"
        "    c.close()\n"
        "    print(claims == said, flush=True)\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", probe, str(home / "warehouse.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    done = threading.Event()
    answers: list[str] = []

    def ask() -> None:
        while not done.is_set():
            reader.stdin.write("\n")
            reader.stdin.flush()
            answers.append(reader.stdout.readline().strip())

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for number in range(2, 5):
            publish(build_version(home, number, claims=number), home)
    finally:
        done.set()
        asking.join()
        reader.stdin.close()
        reader.wait()
    assert answers
    assert set(answers) == {"True"}
