"""What is done where Ray loses a worker or a whole machine. Ray itself is stood in for: a cluster cannot be broken at will in a
test; the contract's cases (tests/contract) run on a real one where it is installed."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from dagster_project.execution import backends
from dagster_project.execution.shards import Shard
from dagster_project.settings import Settings


class NodeDiedError(Exception):
    pass


class WorkerCrashedError(Exception):
    pass


class OutOfMemoryError(Exception):
    pass


class StandIn:
    """As much of Ray as the backend uses. ``losses``: shard name -> the errors its next readings end with."""

    def __init__(self, losses: dict[str, list[type[Exception]]]) -> None:
        self.losses = losses
        self.read: Counter[str] = Counter()
        self.exceptions = SimpleNamespace(
            NodeDiedError=NodeDiedError, WorkerCrashedError=WorkerCrashedError, OutOfMemoryError=OutOfMemoryError
        )

    def is_initialized(self) -> bool:
        return True

    def remote(self, **_):
        return lambda read: SimpleNamespace(remote=lambda shard, model: (shard.name, shard, read))

    def wait(self, pending, num_returns):
        return pending[:num_returns], pending[num_returns:]

    def get(self, task):
        name, shard, read = task
        self.read[name] += 1
        if self.losses.get(name):
            raise self.losses[name].pop(0)
        return read(shard, None)


def read(shard: Shard, _model: str | None) -> dict[str, int]:
    return {"read": shard.documents, "failed": 0, "words": shard.words}


def shard(root: Path, name: str, documents: int) -> Shard:
    return Shard(name, root, documents, 10 * documents)


@pytest.fixture
def outcomes(tmp_path, monkeypatch):
    """Runs shards on the stand-in; what it was asked to read, and the sums of what came out."""
    # No documents stand behind these shards.
    monkeypatch.setattr(backends, "_halves", lambda s: [shard(s.root, f"{s.name}{x}", s.documents // 2) for x in ("a", "b")])
    recorded = []
    monkeypatch.setattr(
        backends,
        "record_failure",
        lambda s, reason: recorded.append((s.name, reason)) or {"read": 0, "failed": 1, "words": 0},
    )
    settings = Settings.from_environment(
        {"ARTICLES_DIR": str(tmp_path), "WAREHOUSE_DIR": str(tmp_path / "data"), "BACKEND": "ray"}
    )

    def run(shards: list[Shard], losses: dict[str, list[type[Exception]]]):
        ray = StandIn(losses)
        monkeypatch.setitem(sys.modules, "ray", ray)
        found = list(backends.run_shards(shards, settings, read))
        return ray.read, sum(o["read"] for o in found), recorded

    return run


def test_what_a_lost_machine_was_reading_is_read_by_another(tmp_path, outcomes):
    given = [shard(tmp_path, "one", 4), shard(tmp_path, "two", 4)]
    asked, documents, recorded = outcomes(given, {"one": [NodeDiedError, NodeDiedError]})
    assert asked == {"one": 3, "two": 1}
    assert documents == 8
    assert recorded == []


def test_a_shard_that_takes_machine_after_machine_with_it_is_halved_down_to_the_document(tmp_path, outcomes):
    losses = {name: [NodeDiedError] * backends.MACHINES_LOST for name in ("one", "onea", "oneaa")}
    asked, documents, recorded = outcomes([shard(tmp_path, "one", 4)], losses)
    assert recorded == [("oneaa", backends.DIED)]
    assert documents == 3
    assert asked["oneb"] == asked["oneab"] == 1


@pytest.mark.parametrize("error", [WorkerCrashedError, OutOfMemoryError])
def test_a_worker_that_dies_has_its_shard_halved_at_once(tmp_path, outcomes, error):
    asked, documents, recorded = outcomes([shard(tmp_path, "one", 2)], {"one": [error]})
    assert asked == {"one": 1, "onea": 1, "oneb": 1}
    assert (documents, recorded) == (2, [])


def test_a_shard_answered_before_its_machine_was_lost_is_not_read_again(tmp_path, outcomes):
    given = shard(tmp_path, "one", 2)
    given.output.mkdir(parents=True)
    asked, _, recorded = outcomes([given], {"one": [NodeDiedError]})
    assert asked == {"one": 1}
    assert recorded == []
