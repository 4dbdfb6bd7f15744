"""What a worker of the contract tests does with a shard: the real work around a stand-in for the language.

A module of its own, so that a process started afresh can import it by name.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from dagster_project.execution import worker
from dagster_project.execution.shards import Shard
from tests.support import standin

KILLER = "THIS DOCUMENT KILLS ITS WORKER"
ONCE = "THIS DOCUMENT KILLS ITS FIRST WORKER"


def read(shard: Shard, model: str | None) -> dict[str, int]:
    """The same as ``execution.worker.read_shard``; some documents kill the process that reads them."""
    worker.pipeline = lambda model: None  # type: ignore[assignment]
    worker._read = lambda batch, nlp: _read(batch, shard.root)  # type: ignore[assignment]
    return worker.read_shard(shard, model)


def _read(batch: list[dict[str, Any]], root: Path) -> list[tuple[dict[str, Any], dict[str, list]]]:
    for row in batch:
        if KILLER in row["clean_text"]:
            os.kill(os.getpid(), signal.SIGKILL)
        flag = root / "killed"
        if ONCE in row["clean_text"] and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return standin.read(batch, None)
