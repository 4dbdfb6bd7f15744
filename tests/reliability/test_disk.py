"""A full disk, a limit on file sizes, a folder that cannot be written: a clear message, and the old version intact."""

from __future__ import annotations

import pytest

from tests.reliability.conftest import contents, copy_warehouse


def fails_clearly(answer, warehouse, world, *words: str) -> None:
    assert not answer["success"]
    told = " ".join(answer["reasons"])
    for word in words:
        assert word in told, told
    assert "Traceback" not in told
    assert contents(warehouse / "warehouse.duckdb") == world.first


def test_a_limit_on_file_sizes_stops_the_run_with_a_message(server, world, warehouse, tally):
    answer = server.run(world.articles, warehouse, max_file=200_000)
    fails_clearly(answer, warehouse, world, "disk", "make room", str(warehouse))
    assert server.run(world.articles, warehouse)["success"]
    assert contents(warehouse / "warehouse.duckdb") == world.second
    tally("full disk", injected=1, survived=1)


@pytest.mark.slow
@pytest.mark.parametrize("size", [20_000, 60_000, 400_000, 800_000, 1_500_000, 3_000_000])
def test_any_limit_leaves_a_whole_version(server, world, warehouse, tally, size):
    answer = server.run(world.articles, warehouse, max_file=size)
    if answer["success"]:
        pytest.skip("nothing as large is written")
    fails_clearly(answer, warehouse, world, "make room")
    assert server.run(world.articles, warehouse)["success"]
    assert contents(warehouse / "warehouse.duckdb") == world.second
    tally("full disk", injected=1, survived=1)


@pytest.mark.slow
def test_no_space_left_at_many_points(server, world, tmp_path, tally):
    """A writer that says ENOSPC, spread over the run; a failed flush of a copy that is not needed may pass unnoticed."""
    for number in range(20, 520, 50):
        target = tmp_path / str(number)
        copy_warehouse(world.published, target)
        answer = server.run(world.articles, target, full_at=number)
        assert contents(target / "warehouse.duckdb") in (world.first, world.second)
        if not answer["success"]:
            assert "make room" in " ".join(answer["reasons"]), (number, answer)
        assert server.run(world.articles, target)["success"]
        assert contents(target / "warehouse.duckdb") == world.second
        tally("full disk", injected=1, survived=1)


def test_the_job_itself_says_so_in_words(server, world, warehouse, tally):
    answer = server.run(world.articles, warehouse, max_file=200_000, job="warehouse_job")
    fails_clearly(answer, warehouse, world, "make room")
    tally("full disk", injected=1, survived=1)


def test_an_output_folder_that_cannot_be_written_is_named(server, world, warehouse, tally):
    warehouse.chmod(0o555)
    try:
        answer = server.run(world.articles, warehouse, job="warehouse_job", ordinary=True)
    finally:
        warehouse.chmod(0o755)
    fails_clearly(answer, warehouse, world, "check who owns", str(warehouse))
    tally("unwritable folder", injected=1, survived=1)


def test_a_file_in_the_place_of_the_output_folder_is_told(server, world, tmp_path):
    (tmp_path / "data").write_text("not a folder")
    answer = server.run(world.articles, tmp_path / "data", job="warehouse_job")
    assert not answer["success"]
    assert str(tmp_path / "data") in " ".join(answer["reasons"])
