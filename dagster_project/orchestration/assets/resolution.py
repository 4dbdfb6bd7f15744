"""Assets of resolution: what the mentions of all documents stand for."""

from collections.abc import Iterator

import dagster as dg

from dagster_project.orchestration import line, preview
from dagster_project.orchestration.assets.ingest import OWNER
from dagster_project.orchestration.assets.reading import TABLES as READING
from dagster_project.orchestration.failures import told
from dagster_project.orchestration.resources import Warehouse

TABLES = {
    "resolved_actors": ("resolved_actor", {"polars"}, "Persons and collectives across documents, with parents and backers."),
    "resolved_places": ("resolved_place", {"polars"}, "Places across documents, geocoded with their precision."),
    "resolved_incidents": ("incident", {"polars"}, "Reports of all documents clustered into incidents with stable ids."),
}


@dg.multi_asset(
    name="resolve",
    specs=[
        dg.AssetSpec(name, deps=list(READING), group_name="resolution", kinds=kinds, owners=[OWNER], description=description)
        for name, (_, kinds, description) in TABLES.items()
    ],
)
def resolution(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult]:
    import polars as pl

    run = warehouse.run
    with told(context, "resolving incidents", run.settings):
        line.resolve_incidents(run)
    for name, (table, _, _) in TABLES.items():
        frame = pl.scan_parquet(run.current / f"{table}.parquet")
        yield dg.MaterializeResult(asset_key=name, metadata=preview.of_frame(frame))
