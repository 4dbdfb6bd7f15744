"""SIGKILL at points all over a run: what is published stays whole, and a plain run afterwards ends where it would have.

A point is a call that changes something (a file renamed, flushed, removed or written, a statement on a database). The
process dies just before it, in the middle of it (half a Parquet file), or just after it.
"""

from __future__ import annotations

import pytest

from tests.reliability.conftest import contents, copy_warehouse, parquet_rows

STAGES = (
    "tidy", "ingest_articles", "describe_documents", "read_documents", "resolve_incidents", "build_and_audit",
    "publish_version", "finish",
)  # fmt: skip
# Points of a stage in the slow test: those that publish have more.
PER_STAGE = dict.fromkeys(STAGES, 6) | {"publish_version": 14, "read_documents": 8, "build_and_audit": 8}


@pytest.fixture(scope="module")
def calls(server, world, tmp_path_factory):
    """(stage, operation, what) of every counted call of an undisturbed second day, in order."""
    target = tmp_path_factory.mktemp("recorded") / "data"
    copy_warehouse(world.published, target)
    answer = server.run(world.articles, target, record=True)
    assert answer["success"]
    return [tuple(call) for call in answer["calls"]]


def points(calls, stage: str, count: int) -> list[tuple[int, str]]:
    """Spread over the stage and over its operations: (number of the call, how to die)."""
    mine = [n for n, (where, _, _) in enumerate(calls) if where == stage]
    rare = [
        n for n in mine if calls[n][1] in ("os.replace", "os.rename", "rmtree", "os.link", "duckdb.commit", "write_parquet")
    ]
    chosen = sorted({*spread(rare, count - count // 3), *spread(mine, count // 3)})
    ways = ("before", "torn", "after")
    return [(n, ways[i % 3] if calls[n][1] == "write_parquet" else ways[2 * (i % 2)]) for i, n in enumerate(chosen)]


def spread(numbers: list[int], count: int) -> list[int]:
    if len(numbers) <= count:
        return numbers
    return [numbers[round(i * (len(numbers) - 1) / max(count - 1, 1))] for i in range(count)]


def survives(server, world, target, tally, **fault) -> None:
    answer = server.run(world.articles, target, **fault)
    assert answer["signal"] == 9, f"the fault never struck: {fault} {answer}"
    now = contents(target / "warehouse.duckdb")
    assert now in (world.first, world.second), "the published file is no whole version"
    assert server.run(world.articles, target)["success"], "a plain run after the crash fails"
    assert contents(target / "warehouse.duckdb") == world.second
    assert parquet_rows(target / "parquet") == {name: len(rows) for name, rows in world.second.items()}
    left = [p.name for p in target.rglob(".*") if p.name.endswith(".tmp") or "building" in p.name or p.name.endswith(".old")]
    assert left == [], "leftovers of the dead run"
    tally("crashes (SIGKILL)", injected=1, survived=1)


@pytest.mark.parametrize("stage", ["read_documents", "publish_version"])
def test_a_killed_run_leaves_a_whole_version_and_the_next_one_finishes(server, world, calls, warehouse, tally, stage):
    chosen = [
        n for n, (where, operation, _) in enumerate(calls)
        if where == stage and operation in ("duckdb.commit", "write_parquet", "rmtree", "os.rename")
    ]  # fmt: skip
    number = chosen[-1]
    survives(
        server, world, warehouse, tally, kill_at=number, how="torn" if calls[number][1] == "write_parquet" else "before"
    )


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_many_points_of_every_stage(server, world, calls, tmp_path, tally, stage):
    for number, how in points(calls, stage, PER_STAGE[stage]):
        target = tmp_path / f"{number}-{how}"
        copy_warehouse(world.published, target)
        print(number, how, calls[number])
        survives(server, world, target, tally, kill_at=number, how=how)


@pytest.mark.slow
def test_killed_at_any_moment_whatever_it_is_doing(server, world, tmp_path, tally):
    for tenth in (1, 3, 6, 10, 15, 20, 26, 32):
        target = tmp_path / str(tenth)
        copy_warehouse(world.published, target)
        answer = server.run(world.articles, target, kill_after=tenth / 10)
        if answer["signal"] is None:
            continue  # this machine was done before
        assert contents(target / "warehouse.duckdb") in (world.first, world.second)
        assert server.run(world.articles, target)["success"]
        assert contents(target / "warehouse.duckdb") == world.second
        tally("crashes (SIGKILL)", injected=1, survived=1)


@pytest.mark.slow
def test_killed_again_and_again_in_a_row(server, world, calls, warehouse, tally):
    for number in spread(list(range(len(calls))), 8):
        answer = server.run(world.articles, warehouse, kill_at=number)
        assert contents(warehouse / "warehouse.duckdb") in (world.first, world.second)
        tally("crashes (SIGKILL)", injected=1, survived=1)
        if answer["signal"] is None:
            break  # what the earlier runs had finished was not done again
    assert server.run(world.articles, warehouse)["success"]
    assert contents(warehouse / "warehouse.duckdb") == world.second
