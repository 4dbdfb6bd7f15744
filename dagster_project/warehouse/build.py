"""Building a whole warehouse file from the frames of the earlier stages: one pure function, no clock, no network.

Belongs here: the order of loading. Does not belong: what the tables are (``contract/``), how rows are made (``sql/``),
whether they are good (``audit/``), what is published (``publication/``).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from dagster_project.contract import catalog
from dagster_project.contract.model import Table
from dagster_project.warehouse import ddl, session, sql
from dagster_project.warehouse.inputs import LOADED, SCHEMAS, BuildInputs

if TYPE_CHECKING:
    import duckdb

# The rule of sql/staging/toll.sql (and the claims it counts: counted_claim.sql). A changed rule is a new version.
TOLL_RULE = "best-attributed, v3"

# sql/staging, in the order in which they build on each other; the rest needs the dimensions of marts.
_STAGING = (
    "publisher",
    "document",
    "actor",
    "actor_of",
    "place",
    "place_of",
    "weapon",
    "report",
    "incident_of",
    "incident",
    "claim",
    "argument",
    "statement",
    "entity_mention",
    "event_mention",
    "counted_claim",
    "toll",
    "conflict",
    "source_count",
    "used_date",
)
_REFERENCE_COLUMNS = {
    "event_types": (
        "event_type",
        "plover_category",
        "plover_mode",
        "cameo_root",
        "quad_class",
        "goldstein",
        "acled_event_type",
        "acled_sub_event_type",
        "is_violent",
        "description",
    ),
    "publishers": (
        "publisher_id",
        "name",
        "aliases",
        "aliases_case_sensitive",
        "domain",
        "country_iso3",
        "kind",
        "reliability_grade",
    ),
    "weapons": ("name", "weapon_class"),
}


class BuildError(RuntimeError):
    """The inputs cannot be loaded; the message says which table and why. Nothing was published."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The file that was built, with its rows per table (the unknown member counted)."""

    path: Path
    row_counts: Mapping[str, int]


def build(target: Path, inputs: BuildInputs, threads: int | None = None) -> BuildResult:
    """Write a fresh, unpublished warehouse file at ``target`` (replaced if it is there).

    The same inputs give the same rows whatever the order of files and rows and the number of ``threads``.

    Raises:
        BuildError: an input lacks a column, a key is not unique, a reference has no target, a number does not fit.
    """
    return session.with_little_memory(partial(_build, target, inputs, threads))


def _build(target: Path, inputs: BuildInputs, threads: int | None, memory_mb: int | None) -> BuildResult:
    import duckdb

    target.parent.mkdir(parents=True, exist_ok=True)
    spill = target.with_name(target.name + ".spill")
    for leftover in (target, target.with_name(target.name + ".wal")):
        leftover.unlink(missing_ok=True)
    folders = {target.parent, inputs.reference_dir, *(path.parent for paths in inputs.files.values() for path in paths)}
    if inputs.previous is not None:
        folders.add(inputs.previous.parent)
    spill.mkdir(exist_ok=True)
    step = "opening"
    try:
        with session.workbench(folders, spill, threads, memory_mb) as connection:
            connection.execute(
                f"attach {session.literal(str(target))} as warehouse (storage_version {session.literal(session.STORAGE_VERSION)})"
            )
            for catalog_name in ("input", "reference", "staging"):
                connection.execute(f"attach ':memory:' as {catalog_name}")
            connection.execute("use warehouse")
            values = _values(inputs)
            for step in LOADED:
                _load_input(connection, step, inputs.files[step])
            step = "reference tables"
            _load_reference(connection, inputs.reference_dir)
            step = "the previous version"
            _load_previous(connection, inputs.previous)
            step = "exclusions"
            _load_exclusions(connection, inputs)
            connection.execute(sql.text("staging", "macros"))
            for name in _STAGING:
                step = f"staging/{name}"
                _run(connection, f"create table staging.{name} as {sql.text('staging', name)}", values)
            for schema in catalog.SCHEMAS:
                connection.execute(f"create schema {session.quote(schema)}")
            # A transaction a table: what is not committed stays in memory.
            for table in catalog.TABLES:
                step = table.full_name
                connection.execute("begin")
                connection.execute(ddl.create_table(table))
                if table.full_name not in ("meta.validation", "meta.load"):
                    _fill(connection, table, values)
                connection.execute("commit")
            # One for all the rest: hundreds of small statements would each be flushed to the disk.
            connection.execute("begin")
            step = "meta.load"
            _fill(connection, catalog.table("meta.load"), values)
            for view in catalog.VIEWS:
                step = view.full_name
                connection.execute(f"create view {session.quote(view.full_name)} as {sql.text('analytics', view.name)}")
            for name in sql.names("macros"):
                step = f"macros/{name}"
                connection.execute(sql.text("macros", name))
            step = "comments"
            for statement in ddl.comments():
                connection.execute(statement)
            connection.execute("commit")
            counts = {
                table.full_name: _scalar(connection, f"select count(*) from {session.quote(table.full_name)}")
                for table in catalog.TABLES
            }
            connection.execute("checkpoint warehouse")
            connection.execute("use memory")
            connection.execute("detach warehouse")
    except (duckdb.Error, pl.exceptions.PolarsError) as error:
        if memory_mb is not None and isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise BuildError(f"building {target.name}, {step}: {error}") from error
    finally:
        shutil.rmtree(spill, ignore_errors=True)
    return BuildResult(target, counts)


def _values(inputs: BuildInputs) -> dict[str, object]:
    run = inputs.run
    return {
        "is_text_published": inputs.is_text_published,
        "run_id": run.run_id,
        "loaded_at": _naive(run.started_at),
        "started_at": _naive(run.started_at),
        "finished_at": _naive(run.finished_at),
        "code_version": run.code_version,
        "model_version": run.model_version,
        "rules_version": run.rules_version,
        "manifest_version": run.manifest_version,
        "overrides_version": run.overrides_version,
        "documents_in": run.documents_in,
        "documents_new": run.documents_new,
        "documents_quarantined": run.documents_quarantined,
        "schema_version": catalog.SCHEMA_VERSION,
        "git_revision": run.git_revision,
        "toll_rule": TOLL_RULE,
    }


def _naive(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("the times of a run must know their time zone")
    return instant.astimezone(UTC).replace(tzinfo=None)


def _run(connection: duckdb.DuckDBPyConnection, statement: str, values: Mapping[str, object]) -> None:
    """Execute with the named values that the statement mentions (DuckDB refuses surplus ones)."""
    used = {name: value for name, value in values.items() if f"${name}" in statement}
    connection.execute(statement, used) if used else connection.execute(statement)


def _scalar(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


def _load_input(connection: duckdb.DuckDBPyConnection, name: str, paths: tuple[Path, ...]) -> None:
    columns = ", ".join(map(session.quote, SCHEMAS[name]))
    table = f"input.{session.quote(name)}"
    # The empty frame gives the types, so that a folder without files is an empty table of the right shape.
    connection.register("declared", pl.DataFrame(schema=dict(SCHEMAS[name])).to_arrow())
    connection.execute(f"create table {table} as select {columns} from declared")
    connection.unregister("declared")
    if paths:
        connection.execute(
            f"insert into {table} by name select {columns} from read_parquet($paths)",
            {"paths": [str(path) for path in paths]},
        )


def _load_reference(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name, columns in _REFERENCE_COLUMNS.items():
        connection.execute(
            f"create table reference.{name} as select {', '.join(columns)} "
            "from read_csv($path, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')",
            {"path": str(folder / f"{name}.csv")},
        )


def _load_previous(connection: duckdb.DuckDBPyConnection, previous: Path | None) -> None:
    """Earlier versions and runs; columns that an older contract had not are null, those it dropped are ignored."""
    attached = previous is not None
    if attached:
        connection.execute(f"attach {session.literal(str(previous))} as previous (read_only)")
    for name, source in (("previous_version", "marts.incident_version"), ("previous_run", "meta.run")):
        declared = catalog.table(source)
        columns = ", ".join(f"{session.quote(c.name)} {c.type}" for c in declared.columns)
        connection.execute(f"create table staging.{name} ({columns})")
        if attached:
            schema, table = source.split(".")
            have = {
                row[0]
                for row in connection.execute(
                    "select column_name from duckdb_columns() where database_name = 'previous' "
                    "and schema_name = ? and table_name = ?",
                    [schema, table],
                ).fetchall()
            }
            shared = ", ".join(session.quote(c.name) for c in declared.columns if c.name in have)
            if shared:
                connection.execute(f"insert into staging.{name} by name select {shared} from previous.{source}")
    if attached:
        connection.execute("detach previous")


def _load_exclusions(connection: duckdb.DuckDBPyConnection, inputs: BuildInputs) -> None:
    schema = dict.fromkeys(("table_name", "row_id", "reason_code", "reason"), pl.String)
    rows = [(e.table, e.row_id, e.reason_code, e.reason) for e in inputs.excluded]
    frame = pl.DataFrame(rows, schema=schema, orient="row").unique(
        ("table_name", "row_id"), keep="first", maintain_order=True
    )
    connection.register("exclusions", frame.to_arrow())
    connection.execute("create table staging.excluded as select * from exclusions")
    connection.unregister("exclusions")


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, values: Mapping[str, object]) -> None:
    """Insert the rows of ``sql/<schema>/<table>.sql``, in the order of the key, so that row order tells nothing."""
    columns = ", ".join(session.quote(c.name) for c in table.columns)
    order = ", ".join(map(session.quote, table.primary_key)) or "all"
    _run(
        connection,
        f"insert into {session.quote(table.full_name)} by name select {columns} "
        f"from ({sql.text(table.schema, table.name)}) order by {order}",
        values,
    )
