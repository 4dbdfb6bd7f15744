"""How a stage fails: transient errors are tried again, later and later; others end the run in words, and are alerted.

Belongs here: Dagster's side of failing. Does not belong: the words (``operations/explain.py``), delivery
(``operations/alerts.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from dagster_project.operations.alerts import Failure, alert
from dagster_project.operations.explain import explain
from dagster_project.orchestration.resources import WarehouseSettings
from dagster_project.retry import is_transient
from dagster_project.settings import Settings

logger = logging.getLogger(__name__)
RETRIES = 2
FIRST_WAIT_SECONDS = 2
# Runs of the command line alert by themselves; the sensor takes those that the daemon launched.
LAUNCHED_BY = "warehouse/launched_by"
COMMAND_LINE = "command line"


@contextmanager
def told(context: dg.AssetExecutionContext, stage: str, settings: Settings) -> Iterator[None]:
    """Turn an error of a stage into a retry (transient) or a failure that says what happened, where and what to do."""
    try:
        yield
    except (dg.Failure, dg.RetryRequested):
        raise
    except Exception as error:
        words = explain(error, stage, settings.warehouse_dir)
        if is_transient(error) and context.retry_number < RETRIES:
            wait = FIRST_WAIT_SECONDS * 2**context.retry_number
            logger.warning("tried again in %d s: %s", wait, words, extra={"stage": stage})
            raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=wait) from error
        logger.exception(words, extra={"stage": stage})
        raise dg.Failure(description=words, allow_retries=False) from error


def reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    """Why an in-process run failed, one entry for each failed step or check, in words."""
    found: list[str] = []
    of_run: list[str] = []  # say again what a step said, or why no step could start
    for event in result.all_events:
        if event.event_type_value == "ASSET_CHECK_EVALUATION":
            check: Any = event.event_specific_data
            if not check.passed and check.blocking:
                detail = check.metadata.get("detail")
                found.append(
                    f"{check.asset_key.to_user_string()}: {check.check_name} failed: {detail.value if detail else ''}"
                )
        if event.is_step_failure:
            data = event.step_failure_data
            words = data.user_failure_data.description if data.user_failure_data else None
            found.append(words or _root(data.error))
        elif event.is_run_failure or event.event_type_value == "RESOURCE_INIT_FAILURE":
            error = getattr(event.event_specific_data, "error", None)
            if error is not None:
                of_run.append(_root(error))
    found = found or of_run
    return list(dict.fromkeys(reason for reason in found if reason)) or ["the job did not succeed; `make ui` shows its log"]


def _root(error) -> str:
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else ""


@dg.run_failure_sensor(
    name="failure_alert",
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells ALERT_WEBHOOK and ALERT_EMAIL of runs that failed; nobody, where neither is set.",
)
def failure_alert(context: dg.RunFailureSensorContext, watched: WarehouseSettings) -> dg.SkipReason | None:
    if context.dagster_run.tags.get(LAUNCHED_BY) == COMMAND_LINE:
        return dg.SkipReason("the command line told of it")
    settings = watched.settings()
    if not (settings.alert_webhook or settings.alert_email):
        return dg.SkipReason("neither ALERT_WEBHOOK nor ALERT_EMAIL is set")
    said = [event.message or "" for event in (*context.get_step_failure_events(), context.failure_event)]
    reason = "; ".join(dict.fromkeys(words for words in said if words))
    run = context.dagster_run
    alert(Failure(run.run_id, run.job_name, str(settings.warehouse_dir), reason), settings)
    return None
