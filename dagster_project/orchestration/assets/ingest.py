"""Assets of ingest: the articles as they came, and as they are analysed."""

import dagster as dg

from dagster_project.orchestration import line, preview
from dagster_project.orchestration.failures import told
from dagster_project.orchestration.progress import Progress
from dagster_project.orchestration.resources import Warehouse

OWNER = "team:warehouse"
# A run with this tag reads again what was refused before.
RETRY_TAG = "warehouse/retry_quarantine"


@dg.asset(
    group_name="ingest",
    kinds={"python", "file"},
    owners=[OWNER],
    description=(
        "Every file and record of the articles' folder, read once: new and changed ones are decoded, cleaned and kept with "
        "offsets back to the raw text; what cannot be used is refused with its reason."
    ),
)
def raw_documents(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    run = warehouse.run
    with told(context, "reading the articles' folder", run.settings):
        if context.run.tags.get(RETRY_TAG) == "yes":
            files, documents = line.retry_refused(run)
            context.log.info(f"refused input is read again: {files} files, {documents} documents")
        result = line.ingest_articles(run, Progress(context.log.info, "files read"))
    with run.catalog() as catalog:
        sources, rejected, counts = catalog.sources(), catalog.rejected(), catalog.ingest_counts()
    context.log.info(
        f"{result.files} files, {result.read} read now, {result.new} new documents, {counts['refused']} files or records refused"
    )
    shown = ("source_file", "record_number", "document_id", "publisher", "is_present")
    return dg.MaterializeResult(
        metadata={
            **preview.of_frame(sources.lazy(), shown),
            "files": result.files,
            "files_read": result.read,
            "documents_new": result.new,
            "refused": counts["refused"],
            "refusals": dg.MetadataValue.md(
                preview.markdown(rejected.select("stage", "object_id", "reason_code", "reason").head(20).to_dicts())
            ),
        }
    )


@dg.asset(
    deps=[raw_documents],
    group_name="ingest",
    kinds={"polars", "duckdb"},
    owners=[OWNER],
    description=(
        "Documents as they are analysed: page noise left out, publication date and publisher merged from the page, the input "
        "and the manifest, near-duplicates and superseded versions recognised."
    ),
)
def cleaned_documents(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    import polars as pl

    run = warehouse.run
    with told(context, "describing documents", run.settings):
        result = line.describe_documents(run)
    frame = pl.scan_parquet(run.current / "document.parquet")
    shown = ("document_id", "title", "byline", "published_on", "published_on_basis", "language", "word_count")
    return dg.MaterializeResult(
        metadata={
            **preview.of_frame(frame, shown),
            "english": result.english,
            "near_duplicates": result.duplicates,
            "superseded": result.superseded,
            "with_publication_date": result.dated,
        }
    )
