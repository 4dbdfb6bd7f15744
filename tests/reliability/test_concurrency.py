"""Two runs at once, readers that never let go, and readers that come and go while versions are published."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from dagster_project.execution.lock import AnotherRunIsWorking, run_lock
from dagster_project.publication.publish import build_path, publish
from dagster_project.warehouse.build import build
from tests.reliability.conftest import contents
from tests.support.rows import run_record, small_world

READER = """
import sys, time, duckdb
path, stop = sys.argv[1], sys.argv[2]
import os
seen, errors, torn, reads = set(), 0, 0, 0
parent = os.getppid()
while not os.path.exists(stop) and os.getppid() == parent:
    try:
        with duckdb.connect(path, read_only=True) as con:
            run, = con.execute("select run_id from meta.build").fetchone()
            incidents, = con.execute("select count(*) from marts.fact_incident where incident_key <> -1").fetchone()
            claims, = con.execute("select count(*) from marts.fact_casualty_claim").fetchone()
            told = con.execute("select incidents, claims from meta.run where run_id = $1", [run]).fetchone()
            views, = con.execute("select count(*) from analytics.incident").fetchone()
            again, = con.execute("select run_id from meta.build").fetchone()
        torn += told != (incidents, claims) or again != run
        seen.add(run)
        reads += 1
    except Exception as error:
        print(error, file=sys.stderr)
        errors += 1
    time.sleep(0.25)  # the publisher needs a share of the processor as well
print(reads, errors, torn, len(seen))
"""


def test_a_second_run_stops_with_a_message_that_names_the_first(tmp_path):
    with (
        run_lock(tmp_path / "work", "first", 0),
        pytest.raises(AnotherRunIsWorking, match="first"),
        run_lock(tmp_path / "work", "second", 0.3),
    ):
        pass


def test_a_second_run_waits_while_it_may(tmp_path):
    told: list[str] = []
    order: list[str] = []

    def first() -> None:
        with run_lock(tmp_path / "work", "first", 0):
            held.set()
            release.wait(10)
            order.append("first ends")

    held, release = threading.Event(), threading.Event()
    thread = threading.Thread(target=first)
    thread.start()
    held.wait(10)
    threading.Timer(0.3, release.set).start()
    with run_lock(tmp_path / "work", "second", 10, told.append):
        order.append("second begins")
    thread.join()
    assert order == ["first ends", "second begins"]
    assert len(told) == 1
    assert "first" in told[0]


def test_a_dead_holder_holds_nothing(tmp_path):
    code = f"""
import sys, time
from pathlib import Path
from dagster_project.execution.lock import run_lock
with run_lock(Path({str(tmp_path / "work")!r}), "doomed", 0):
    print("held", flush=True)
    time.sleep(60)
"""
    root = Path(__file__).resolve().parents[2]
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root)
    assert holder.stdout.readline().strip() == "held"
    with pytest.raises(AnotherRunIsWorking, match="doomed"), run_lock(tmp_path / "work", "next", 0):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    with run_lock(tmp_path / "work", "next", 0):
        pass


def test_the_job_stops_with_a_message_while_another_run_works(server, world, warehouse):
    with run_lock(warehouse / "work", "the one before", 0):
        answer = server.run(world.articles, warehouse, job="warehouse_job", env={"LOCK_WAIT_SECONDS": "1"})
    assert not answer["success"]
    assert "the one before" in " ".join(answer["reasons"])
    assert contents(warehouse / "warehouse.duckdb") == world.first


def test_a_reader_that_never_lets_go_blocks_nobody_and_keeps_its_version(server, world, warehouse):
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as reader:
        before = reader.execute("select count(*) from marts.fact_casualty_claim").fetchone()
        run = reader.execute("select run_id from meta.build").fetchone()
        assert server.run(world.articles, warehouse)["success"]
        assert reader.execute("select count(*) from marts.fact_casualty_claim").fetchone() == before
        assert reader.execute("select run_id from meta.build").fetchone() == run
        assert reader.execute("select count(*) from raw.document").fetchone() == (len(world.first["raw.document"]),)
    # One that connects anew sees the new version.
    assert contents(warehouse / "warehouse.duckdb") == world.second


def soak(folder: Path, publishes: int, readers: int) -> tuple[int, int, int, int]:
    """(reads, errors, torn reads, versions that at least one reader saw) of readers that loop while versions are published."""
    data = folder / "data"
    data.mkdir()
    stop = folder / "stop"
    _publish(folder, data, 0)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(data / "warehouse.duckdb"), str(stop)],
            stdout=subprocess.PIPE,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            text=True,
        )
        for _ in range(readers)
    ]
    for number in range(1, publishes):
        _publish(folder, data, number)
        time.sleep(0.05)
    stop.touch()
    told = [[int(n) for n in process.communicate(timeout=300)[0].split()] for process in processes]
    return sum(t[0] for t in told), sum(t[1] for t in told), sum(t[2] for t in told), max(t[3] for t in told)


def _publish(folder: Path, data: Path, number: int) -> None:
    world = small_world()
    for extra in range(number % 3):  # versions differ in their counts
        world.claim("doc-a", 10 + extra, 0, "killing five fighters", number=number, count_text="five", victims="fighters")
    target = build_path(data, f"run-{number}")
    # A minute apart: two runs never begin at the same instant.
    at = timedelta(minutes=number)
    run = run_record(f"run-{number}")
    run = replace(run, started_at=run.started_at + at, finished_at=run.finished_at + at)
    build(target, world.inputs(folder / "in", run=run, previous=data / "warehouse.duckdb" if number else None))
    assert publish(target, data, keep_versions=2).is_changed


def test_readers_meet_no_error_and_no_half_version_while_versions_change(tmp_path, tally):
    reads, errors, torn, _ = soak(tmp_path, publishes=4, readers=2)
    tally("soak", publishes=4, reads=reads, reader_errors=errors, torn_reads=torn)
    assert (errors, torn) == (0, 0)
    assert reads > 0


@pytest.mark.slow
def test_thirty_publications_under_eight_readers(tmp_path, tally):
    reads, errors, torn, versions = soak(tmp_path, publishes=30, readers=8)
    tally("soak", publishes=30, reads=reads, reader_errors=errors, torn_reads=torn)
    assert (errors, torn) == (0, 0)
    assert versions > 3
