"""Assets of reading: what the spaCy pipeline finds in each document."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from dagster_project.orchestration import line, preview
from dagster_project.orchestration.assets.ingest import OWNER, cleaned_documents
from dagster_project.orchestration.failures import told
from dagster_project.orchestration.progress import Progress
from dagster_project.orchestration.resources import Warehouse

TABLES = {
    "entities": ("entity_mention", "Names, weapons and values in each document, with the actor or place each stands for."),
    "event_mentions": ("event_mention", "Triggers of physical events with their realis: actual, negated, threatened, ..."),
    "incident_reports": ("report", "Event mentions of one document grouped into the incidents it tells."),
    "casualty_claims": ("claim", "Each statement of killed, injured, missing or captured people, with who says so."),
    "statements": ("statement", "Verbal and diplomatic acts: who said what to whom, by PLOVER category."),
}


@dg.multi_asset(
    name="read_documents",
    specs=[
        dg.AssetSpec(
            name, deps=[cleaned_documents], group_name="reading", kinds={"spacy"}, owners=[OWNER], description=description
        )
        for name, (_, description) in TABLES.items()
    ],
)
def reading(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:
    import polars as pl

    run = warehouse.run
    with told(context, "reading documents", run.settings):
        result = line.read_documents(run, Progress(context.log.info, "documents read"))
    context.log.info(f"{result.read} documents read in {result.seconds:.1f} s, {result.failed} could not be read")
    for name, (table, _) in TABLES.items():
        frame = pl.scan_parquet(run.current / f"{table}.parquet")
        yield dg.MaterializeResult(
            asset_key=name,
            metadata={
                **preview.of_frame(frame),
                "documents_read_now": result.read,
                "words_read_now": result.words,
                "seconds": round(result.seconds, 1),
            },
        )


# The first day from which backfills can be asked for; documents are filed by the day on which they came in.
FIRST_DAY = "2024-01-01"


@dg.asset(
    group_name="reading",
    kinds={"spacy"},
    owners=[OWNER],
    partitions_def=dg.DailyPartitionsDefinition(FIRST_DAY, timezone="UTC", end_offset=1),
    description=(
        "Backfill by load day: after a new model or new rules, the documents that came in on a day are read again, day by "
        "day and as often as wanted. The next run of the warehouse job finds them read and publishes."
    ),
)
def readings_by_day(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    run = warehouse.run
    day = date.fromisoformat(context.partition_key)
    with told(context, f"reading the documents of {day}", run.settings):
        result = line.read_day(run, day, Progress(context.log.info, "documents read"))
    return dg.MaterializeResult(
        metadata={"documents_read_now": result.read, "words_read_now": result.words, "failed": result.failed}
    )
