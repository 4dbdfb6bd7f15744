"""Assembling the code location."""

from __future__ import annotations

import dagster as dg

from dagster_project.orchestration.assets.ingest import cleaned_documents, raw_documents
from dagster_project.orchestration.assets.reading import reading, readings_by_day
from dagster_project.orchestration.assets.report import exports, report
from dagster_project.orchestration.assets.resolution import resolution
from dagster_project.orchestration.assets.warehouse import published_warehouse, star_schema
from dagster_project.orchestration.failures import failure_alert
from dagster_project.orchestration.jobs import daily, new_articles, read_by_day, retry_quarantine, warehouse_job
from dagster_project.orchestration.resources import Warehouse, WarehouseSettings
from dagster_project.orchestration.terminal import terminal_logger


def build_definitions(warehouse: Warehouse | None = None) -> dg.Definitions:
    """All assets, checks, jobs, schedules and sensors; ``warehouse`` replaces the default one of the environment."""
    warehouse = warehouse or Warehouse()
    # A sensor only looks: it must not hold the run's lock.
    watched = WarehouseSettings(
        articles_dir=warehouse.articles_dir, warehouse_dir=warehouse.warehouse_dir, manifest=warehouse.manifest
    )
    return dg.Definitions(
        assets=[
            raw_documents,
            cleaned_documents,
            reading,
            readings_by_day,
            resolution,
            star_schema,
            published_warehouse,
            report,
            exports,
        ],
        jobs=[warehouse_job, retry_quarantine, read_by_day],
        schedules=[daily],
        sensors=[new_articles, failure_alert],
        resources={"warehouse": warehouse, "watched": watched},
        loggers={"console": terminal_logger},
        # One process: the stages share the run's lock, and the heavy work has processes of its own.
        executor=dg.in_process_executor,
    )
