"""Jobs, the schedule and the sensor."""

import hashlib

import dagster as dg

from dagster_project.ingest.folder import list_files
from dagster_project.ingest.records import Refusal
from dagster_project.orchestration.assets.ingest import RETRY_TAG
from dagster_project.orchestration.assets.reading import readings_by_day
from dagster_project.orchestration.resources import WarehouseSettings

# The line publishes everything at once; a backfill by day only reads, and stands apart.
LINE = dg.AssetSelection.all() - dg.AssetSelection.assets(readings_by_day)

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

daily = dg.ScheduleDefinition(
    name="daily",
    job=warehouse_job,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    description="Every morning at five, UTC.",
)

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
    state = hashlib.sha256()
    count = 0
    for found in list_files(settings.articles_dir, settings.manifest, settings.warehouse_dir):
        if not isinstance(found, Refusal):
            state.update(f"{found.source_file}\0{found.size}\0{found.mtime_ns}\0".encode())
            count += 1
    if settings.manifest:
        state.update(settings.manifest.read_bytes())
    cursor = state.hexdigest()
    if cursor == context.cursor:
        return dg.SkipReason(f"nothing changed among {count} files of {settings.articles_dir}")
    # The same state of the folder never starts two runs, even if this tick is repeated.
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=cursor)], cursor=cursor)
