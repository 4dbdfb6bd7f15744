"""Everything the published warehouse contains, in load order: the one list that DDL, suites and dictionary read."""

from __future__ import annotations

from dagster_project.contract import tables_marts, tables_other, views
from dagster_project.contract.model import Table, View

SCHEMA_VERSION = "1"

SCHEMAS: dict[str, str] = {
    "raw": "What came in, as read: one row per content and one per input file or record.",
    "quarantine": "What was refused, and why.",
    "marts": "The star schema: dimensions, facts and bridges.",
    "analytics": "Views for people and BI tools: plain columns, no keys needed.",
    "meta": "Runs, validation results and the build itself.",
}

# Referenced tables come before those that reference them.
TABLES: tuple[Table, ...] = (
    *tables_other.RAW,
    *tables_marts.DIMENSIONS,
    *tables_marts.FACTS,
    *tables_marts.BRIDGES,
    *tables_other.QUARANTINE,
    *tables_other.META,
)
VIEWS: tuple[View, ...] = views.VIEWS

_BY_NAME: dict[str, Table] = {table.full_name: table for table in TABLES}


def table(full_name: str) -> Table:
    """The table named ``schema.table``; KeyError when the contract has none."""
    return _BY_NAME[full_name]
