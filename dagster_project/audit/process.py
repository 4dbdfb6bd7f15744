"""Building and auditing in a process of its own, which imports Great Expectations beside other work.

The import takes seconds. A core that has nothing to do spends them where :func:`start` is called early enough; where it was
not, the audit only starts later.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path

from dagster_project.audit.results import AuditReport
from dagster_project.budget import end_with_parent
from dagster_project.warehouse.inputs import BuildInputs


class AuditDied(RuntimeError):
    """The process of the audit died; nothing can be said about the build."""


def start() -> None:
    """Have the process started and importing; once for all audits of this process."""
    _process()


def audited_build(target: Path, inputs: BuildInputs, docs: Path) -> AuditReport:
    """:func:`dagster_project.audit.run.audited_build` there.

    Raises:
        AuditDied: of memory that ran out, or a crash in native code.
        BuildError, SuiteError, EngineError: as it does.
    """
    try:
        return _process().submit(_audited_build, target, inputs, docs).result()
    except BrokenProcessPool as error:
        _process.cache_clear()
        raise AuditDied("the process that builds and audits died (out of memory, or a crash in native code)") from error


@cache
def _process() -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=end_with_parent)
    pool.submit(_import)
    return pool


def _import() -> None:
    # Before the import: the library reads its settings there.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations  # noqa: F401


def _audited_build(target: Path, inputs: BuildInputs, docs: Path) -> AuditReport:
    from dagster_project.audit.run import audited_build

    return audited_build(target, inputs, docs)
