"""Work: the analytics views at a million incidents, filtered as a dashboard would, and the analysis queries.

The star schema is filled by SQL with made-up rows: the shape is real, the contents are not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.measure import report
from dagster_project.contract import catalog
from dagster_project.warehouse import session, sql

# What a dashboard filters by, by the column a view has for it: the first that fits.
MONTH = "between date '2021-03-01' and date '2021-03-31'"
FILTERS = {
    "month": {name: f"{name} {MONTH}" for name in ("date_start", "month", "published_on")},
    "country": {name: f"{name} = 'IRQ'" for name in ("country_iso3", "initiator_country_iso3", "speaker_country_iso3")},
    "actor": {
        **{name: f"{name} = 'Actor 8'" for name in ("initiator", "speaker", "claimed_by", "who_says")},
        "initiators": "list_contains(string_split(initiators, '; '), 'Actor 8')",
    },
}


def main() -> None:
    incidents = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.duckdb"
        started = time.monotonic()
        fill(path, incidents)
        made = time.monotonic() - started
        with session.read_only(path) as connection:
            times = {f"analytics.{view.name}": _timed(connection, view.name) for view in catalog.VIEWS}
        size = path.stat().st_size / 2**20
    report(incidents=incidents, made=made, size_mib=round(size, 1), views=times)


def _timed(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, tuple[float, float]]:
    """Seconds, and CPU seconds, for each filter that the view has a column for; of the view as it is, where it has none."""
    columns = [row[0] for row in connection.execute(f"describe analytics.{session.quote(view)}").fetchall()]
    conditions = {}
    for what, by_column in FILTERS.items():
        found = [condition for name, condition in by_column.items() if name in columns]
        if found:
            conditions[what] = found[0]
    times = {}
    for what, condition in (conditions or {"no filter": "true"}).items():
        started, worked = time.monotonic(), time.process_time()
        connection.execute(f"select * from analytics.{session.quote(view)} where {condition} limit 1000").fetchall()
        times[what] = time.monotonic() - started, time.process_time() - worked
    return times


def fill(path: Path, incidents: int) -> None:
    """A warehouse file of the contract with ``incidents`` made-up incidents, two reports and three claims each."""
    script = (Path(__file__).parent / "million.sql").read_text(encoding="utf-8")
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"attach {session.literal(str(path))} as warehouse (storage_version {session.literal(session.STORAGE_VERSION)})"
        )
        connection.execute("use warehouse")
        for schema in catalog.SCHEMAS:
            connection.execute(f"create schema {session.quote(schema)}")
        for table in catalog.TABLES:
            # Keys and checks are the build's business; here only the shape matters.
            columns = ", ".join(f"{session.quote(c.name)} {c.type}" for c in table.columns)
            connection.execute(f"create table {session.quote(table.full_name)} ({columns})")
        connection.execute(f"set variable incidents = {incidents:d}")
        connection.execute(script)
        for view in catalog.VIEWS:
            connection.execute(f"create view {session.quote(view.full_name)} as {sql.text('analytics', view.name)}")
        for name in sql.names("macros"):
            connection.execute(sql.text("macros", name))
        connection.execute("checkpoint warehouse")


if __name__ == "__main__":
    main()
