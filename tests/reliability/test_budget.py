"""A document that takes too long, eats memory or kills its process costs itself alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor

import polars as pl
import pytest

from dagster_project import budget
from dagster_project.execution import worker
from dagster_project.execution.backends import _halves, _pool
from dagster_project.execution.shards import DOCUMENT_COLUMNS, Shard, write_input
from dagster_project.execution.worker import record_failure
from tests.support import standin


def rows(*texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "document_id": f"d{number}", "content_hash": f"h{number}", "clean_text": text, "title_end": 0, "clean_starts": [0],
                "clean_lengths": [len(text)], "raw_starts": [0], "raw_lengths": [len(text)], "raw_text": text, "published_on": None,
                "publisher": None, "language": "en", "word_count": 5,
            }
            for number, text in enumerate(texts)
        ],
        schema_overrides={"published_on": pl.Date, "publisher": pl.String},
    ).select(DOCUMENT_COLUMNS)  # fmt: skip


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setattr(worker, "pipeline", lambda model: None)
    monkeypatch.setattr(worker, "_read", standin.read)


def shard_of(tmp_path, frame: pl.DataFrame) -> Shard:
    frame.write_parquet(tmp_path / "documents.parquet")
    shard = Shard("s", tmp_path, len(frame), int(frame["word_count"].sum()))
    write_input(shard, tmp_path / "documents.parquet", frame["document_id"].to_list())
    return shard


def test_a_poison_document_fails_alone(tmp_path, stand_in):
    shard = shard_of(tmp_path, rows(standin.sentence("Erbil", "2024-02-03", 5), "POISON DOCUMENT", "Nothing to tell."))
    assert worker.read_shard(shard, None) == {"read": 2, "failed": 1, "words": 15}
    told = pl.read_parquet(shard.output / "reading.parquet")
    assert told.filter(pl.col("outcome") == "failed").select("document_id", "reason").rows() == [
        ("d1", "RuntimeError: poison")
    ]


def test_a_document_that_takes_too_long_fails_alone(tmp_path, stand_in, monkeypatch):
    monkeypatch.setattr(worker, "SECONDS_LEAST", 0.3)

    def slow(batch, nlp):
        while any("ENDLESS" in row["clean_text"] for row in batch):
            pass
        return standin.read(batch, nlp)

    monkeypatch.setattr(worker, "_read", slow)
    shard = shard_of(tmp_path, rows("ENDLESS story", "Nothing to tell."))
    assert worker.read_shard(shard, None)["failed"] == 1
    told = pl.read_parquet(shard.output / "reading.parquet").filter(pl.col("outcome") == "failed")
    assert told["document_id"].to_list() == ["d0"]
    assert "OverBudget" in told["reason"][0]


def test_what_a_busy_machine_delays_is_not_refused():
    with budget.time_budget(0.2):
        time.sleep(0.6)  # another process has the processor


def test_waiting_has_an_end_as_well(monkeypatch):
    monkeypatch.setattr(budget, "PATIENCE", 2.0)
    with pytest.raises(budget.OverBudget, match="waited"), budget.time_budget(0.1):
        time.sleep(30)


def eat(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def test_a_worker_cannot_hold_more_memory_than_its_budget():
    with _pool(1, 600) as pool:
        assert pool.submit(eat, 10).result() > 0
        with pytest.raises(MemoryError):
            pool.submit(eat, 2_000).result()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_document_that_kills_its_process_is_found_by_halving_and_recorded(tmp_path):
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool, pytest.raises(Exception, match="terminated"):
        pool.submit(die).result()
    shard = shard_of(tmp_path, rows("one", "two", "three"))
    first, second = _halves(shard)
    assert [first.documents, second.documents] == [1, 2]
    assert record_failure(first, "it killed its process")["failed"] == 1
    assert budget.OverBudget
