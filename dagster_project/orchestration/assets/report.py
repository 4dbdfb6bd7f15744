"""Assets for people: the report with its document pages, and the exports in the field's shapes."""

import dagster as dg

from dagster_project.orchestration import line
from dagster_project.orchestration.assets.ingest import OWNER
from dagster_project.orchestration.assets.warehouse import published_warehouse
from dagster_project.orchestration.failures import told
from dagster_project.orchestration.resources import Warehouse
from dagster_project.warehouse import published


@dg.asset(
    deps=[published_warehouse],
    group_name="publication",
    kinds={"html"},
    owners=[OWNER],
    description=(
        "The pictures: timeline, map, dyads, conflicting claims, quality and changes in one page that needs no network, and "
        "a page for each document with what was read from it. Left untouched when the published version is the same."
    ),
)
def report(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    run = warehouse.run
    with told(context, "writing the report", run.settings):
        written = line.write_report(run)
    found = published.summary(run.settings.published)
    preview = (
        f"[index.html]({written.path.as_uri()}): {found.incidents} incidents, {found.aggregates} aggregates, "
        f"{found.claims} casualty claims and {found.statements} statements of {found.documents} documents; "
        f"{found.rejected} rejected."
    )
    return dg.MaterializeResult(
        metadata={
            "outcome": "written" if written.is_changed else "unchanged",
            "page": dg.MetadataValue.path(str(written.path)),
            "preview": dg.MetadataValue.md(preview),
            "incidents": written.incidents,
            "document_pages": written.documents,
        }
    )


@dg.asset(
    deps=[published_warehouse],
    group_name="publication",
    kinds={"csv", "json"},
    owners=[OWNER],
    description=(
        "The published version in shapes that others have code for: UCDP GED and ACLED columns, PLOVER records, GeoJSON, and "
        "a data package that describes the Parquet files with their hashes."
    ),
)
def exports(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    run = warehouse.run
    with told(context, "writing the exports", run.settings):
        written = line.write_exports(run)
    return dg.MaterializeResult(
        metadata={
            "outcome": "written" if written.is_changed else "unchanged",
            "folder": dg.MetadataValue.path(str(written.folder)),
            **{f"{name} (rows)": count for name, count in written.rows.items()},
        }
    )
