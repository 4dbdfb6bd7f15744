"""Where shards are read: in this process, in a pool of processes, or on a Ray cluster. The shards do not know.

Belongs here: starting workers and surviving their death. Does not belong: what is done with a shard (``worker.py``).
Ray is an existing distributed engine and an optional extra: it is imported only when it is chosen.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

import polars as pl

from dagster_project.budget import start_worker
from dagster_project.execution.shards import Shard, write_input
from dagster_project.execution.worker import read_shard, record_failure
from dagster_project.settings import ConfigurationError, Settings

Outcome = dict[str, int]
Read = Callable[[Shard, str | None], Outcome]
# spaCy's string store and caches grow with every new word: a worker is replaced after this many shards.
SHARDS_PER_WORKER = 10
# So many machines may go while they read a shard until it is held to be the cause.
MACHINES_LOST = 3
# A shard whose worker dies is halved, down to the one document that kills.
DIED = "the worker process died while reading it (out of memory or a crash in native code)"


def run_shards(
    shards: list[Shard], settings: Settings, read: Read = read_shard, when_idle: Callable[[], None] | None = None
) -> Iterator[Outcome]:
    """Read all shards with the configured backend; yields the outcome of each as it is done, in any order.

    Args:
        read: what a worker does with a shard; a function of a module, so that workers elsewhere can import it.
        when_idle: called when the last shard has been handed out: a core will soon have nothing to read, or has already.
            Once or more often; by ``processes`` only.

    Raises:
        ConfigurationError: the backend needs a package that is not installed.
    """
    if not shards:
        return iter(())
    # One worker process is a process all the same: a document that kills it, or eats memory, costs itself and not the run.
    if settings.backend == "inline":
        return (read(shard, settings.spacy_model) for shard in shards)
    if settings.backend == "ray":
        return _on_ray(shards, settings, read)
    return _in_processes(shards, settings, read, when_idle)


def _in_processes(
    shards: list[Shard], settings: Settings, read: Read, when_idle: Callable[[], None] | None
) -> Iterator[Outcome]:
    # The largest first, so that none trails alone in the end.
    waiting = sorted(shards, key=lambda s: (s.words, s.name))
    suspects: list[Shard] = []  # were in flight when a worker died: read one at a time until the culprit is found
    while waiting or suspects:
        queue, width = (suspects, 1) if suspects else (waiting, min(settings.workers, len(waiting)))
        in_flight: dict[Future[Outcome], Shard] = {}
        try:
            with _single_threaded(), _pool(width, settings.worker_memory_mb) as pool:
                while queue or in_flight:
                    while queue and len(in_flight) < width:
                        # A pool that broke meanwhile raises here: the shard must still be in the queue.
                        in_flight[pool.submit(read, queue[-1], settings.spacy_model)] = queue[-1]
                        queue.pop()
                    if when_idle and not (waiting or suspects):
                        when_idle()
                    done, _ = wait(in_flight, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()
                        del in_flight[future]
                        yield outcome
        except BrokenProcessPool:
            lost = [shard for shard in in_flight.values() if not shard.output.exists()]
            if width > 1:
                suspects += lost
                continue
            for shard in lost:
                if shard.documents == 1:
                    yield record_failure(shard, DIED)
                else:
                    suspects += _halves(shard)


@contextmanager
def _pool(width: int, memory_mb: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(
        width,
        multiprocessing.get_context("spawn"),
        initializer=start_worker,
        initargs=(memory_mb,),
        max_tasks_per_child=SHARDS_PER_WORKER,
    )
    try:
        yield pool
    finally:
        # Nobody waits while they end: a process with a model in it takes half a second.
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _single_threaded() -> Iterator[None]:
    """One worker is one core: processes started inside this block start no threads for linear algebra."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _halves(shard: Shard) -> list[Shard]:
    if shard.documents == 1:
        return [shard]
    rows = pl.read_parquet(shard.input).select("document_id", "word_count")
    middle = len(rows) // 2
    halves = []
    for letter, part in (("a", rows[:middle]), ("b", rows[middle:])):
        half = Shard(f"{shard.name}{letter}", shard.root, len(part), int(part["word_count"].sum()))
        write_input(half, shard.input, part["document_id"].to_list())
        halves.append(half)
    shard.input.unlink()
    return halves


def _on_ray(shards: list[Shard], settings: Settings, read: Read) -> Iterator[Outcome]:
    try:
        import ray
    except ImportError as error:
        raise ConfigurationError("BACKEND=ray needs the extra: install the project with [ray]") from error
    if not ray.is_initialized():
        # RAY_ADDRESS names a running cluster; without it Ray starts locally with our number of workers.
        address = os.environ.get("RAY_ADDRESS")
        try:
            ray.init(num_cpus=None if address else settings.workers, include_dashboard=False, log_to_driver=False)
        except ConnectionError as error:
            raise ConnectionError(
                f"the Ray cluster at RAY_ADDRESS={address} cannot be reached: start it, and give this machine its token "
                "(docs/performance.md)"
            ) from error
    remote = ray.remote(num_cpus=1, max_retries=0)(read)
    waiting = list(shards)
    pending: dict[Any, Shard] = {}
    machines_lost: Counter[Shard] = Counter()
    while waiting or pending:
        pending |= {remote.remote(shard, settings.spacy_model): shard for shard in waiting}
        waiting = []
        done, _ = ray.wait(list(pending), num_returns=1)
        shard = pending.pop(done[0])
        try:
            yield ray.get(done[0])
            continue
        except ray.exceptions.NodeDiedError:
            # A machine goes seldom because of what was read there: the others read it.
            machines_lost[shard] += 1
            is_suspect = machines_lost[shard] == MACHINES_LOST
        except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError):
            is_suspect = True
        if shard.output.exists():
            continue  # answered before its worker died
        if not is_suspect:
            waiting = [shard]
        elif shard.documents == 1:
            yield record_failure(shard, DIED)
        else:
            waiting = _halves(shard)
