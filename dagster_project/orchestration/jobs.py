"""Jobs, the schedule and the sensor."""

import dagster as dg

from dagster_project.ingest.folder import list_articles
from dagster_project.orchestration import line
from dagster_project.orchestration.assets.ingest import RETRY_TAG
from dagster_project.orchestration.assets.reading import readings_by_day
from dagster_project.orchestration.assets.report import exports, report
from dagster_project.orchestration.assets.warehouse import published_warehouse
from dagster_project.orchestration.resources import WarehouseSettings
from dagster_project.settings import Settings

# The line publishes everything at once; a backfill by day only reads, and stands apart.
LINE = dg.AssetSelection.all() - dg.AssetSelection.assets(readings_by_day)
# What is left to do where nothing is new: say that the published version is today's, and put back pages that were removed.
UNCHANGED = (published_warehouse.key, report.key, exports.key)

warehouse_job = dg.define_asset_job(
    "warehouse_job",
    selection=LINE,
    description="The whole line: read what is new, resolve, build beside, audit, publish.",
    executor_def=dg.in_process_executor,
)

retry_quarantine = dg.define_asset_job(
    "retry_quarantine",
    selection=LINE,
    description="The whole line, reading again every file, record and document that was refused.",
    executor_def=dg.in_process_executor,
    tags={RETRY_TAG: "yes"},
)


def needed(settings: Settings, job: str) -> list[dg.AssetKey] | None:
    """The assets of a job that a run started now has to make; None for all of them.

    Where nothing is new, Dagster need not plan, and answer for, every table and check of the version that stays.
    """
    return list(UNCHANGED) if job == warehouse_job.name and line.is_nothing_new(settings) else None


@dg.schedule(
    name="daily",
    job=warehouse_job,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    description="Every morning at five, UTC.",
)
def daily(watched: WarehouseSettings) -> dg.RunRequest:
    return dg.RunRequest(asset_selection=needed(watched.settings(), warehouse_job.name))


read_by_day = dg.define_asset_job(
    "read_by_day",
    selection=dg.AssetSelection.assets(readings_by_day),
    description="Backfill: read the documents that came in on the chosen days; `warehouse_job` publishes afterwards.",
    executor_def=dg.in_process_executor,
)


@dg.sensor(
    name="new_articles",
    job=warehouse_job,
    minimum_interval_seconds=60,
    description="Starts a run when files in the articles' folder are new, changed or gone.",
)
def new_articles(context: dg.SensorEvaluationContext, watched: WarehouseSettings) -> dg.SensorResult | dg.SkipReason:
    settings = watched.settings()
    found = list_articles(settings)
    if found.state == context.cursor:
        return dg.SkipReason(f"nothing changed among {len(found.files)} files of {settings.articles_dir}")
    # The same state of the folder never starts two runs, even if this tick is repeated.
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=found.state)], cursor=found.state)
