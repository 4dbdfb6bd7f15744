"""How much of its own history Dagster keeps: runs, their events, and the previews in them.

What each run published is in ``meta.run``; Dagster's history is for looking at the last months.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg

KEPT_RUNS = 200


def prune(instance: dg.DagsterInstance, keep: int = KEPT_RUNS) -> int:
    """Delete all finished runs but the newest ``keep``; how many went."""
    records = instance.get_run_records()
    return _delete(instance, [r.dagster_run for r in records[keep:] if r.dagster_run.is_finished])


def forget(instance: dg.DagsterInstance) -> int:
    """Delete every finished run: previews in its events may quote a document that was withdrawn."""
    return _delete(instance, [r.dagster_run for r in instance.get_run_records() if r.dagster_run.is_finished])


def _delete(instance: dg.DagsterInstance, runs: list[dg.DagsterRun]) -> int:
    for run in runs:
        instance.delete_run(run.run_id)
        if not instance.is_ephemeral:
            shutil.rmtree(Path(instance.storage_directory()) / run.run_id, ignore_errors=True)
    return len(runs)
