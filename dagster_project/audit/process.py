"""Building and auditing in a process of its own: importing Great Expectations and writing its docs go by beside other work.

Both take seconds. The import is spent by a core that has nothing to do, where :func:`start` is called early enough; where it
was not, the audit only starts later.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path

from dagster_project.audit.results import AuditReport
from dagster_project.execution.apart import death_told, is_large, new_process
from dagster_project.warehouse.inputs import BuildInputs


def start() -> None:
    """Have the process started and importing, for the next audit of this process."""
    _process()


def audited_build(target: Path, inputs: BuildInputs, docs: Path, threads: int | None = None) -> AuditReport:
    """:func:`dagster_project.audit.run.audited_build` there; the docs are still being written, see :func:`finish`.

    Raises:
        WorkDied: of memory that ran out, or a crash in native code.
        BuildError, SuiteError, EngineError: as it does.
    """
    process = _process()
    _process.cache_clear()
    _unfinished.clear()
    try:
        with death_told(_WHICH):
            report = process.submit(_build, target, inputs, threads).result()
            _unfinished.append(process.submit(_write_docs, docs))
    finally:
        process.shutdown(wait=False)
    return report


def finish() -> None:
    """Wait until the docs of the last audit are written; with them its process ends.

    Raises:
        WorkDied: as :func:`audited_build` does.
    """
    with death_told(_WHICH):
        while _unfinished:
            _unfinished.pop().result()


_unfinished: list[Future[None]] = []
_WHICH = "that builds and audits"


@cache
def _process() -> ProcessPoolExecutor:
    pool = new_process()
    pool.submit(_import)
    return pool


def _import() -> None:
    # Before the import: the library reads its settings there.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations  # noqa: F401


# In that process: what the last audit can still write.
_to_write: list[Callable[[Path], None]] = []


def _build(target: Path, inputs: BuildInputs, threads: int | None) -> AuditReport:
    from dagster_project.audit.run import build_and_validate

    is_apart = any(map(is_large, inputs.files["document"]))
    report, write = build_and_validate(target, inputs, threads=threads, is_apart=is_apart)
    _to_write[:] = [write]
    return report


def _write_docs(docs: Path) -> None:
    for write in _to_write:
        write(docs)
