"""Whether two warehouse files say the same, but for times and runs."""

from __future__ import annotations

from pathlib import Path

from dagster_project.contract import catalog
from dagster_project.warehouse import session

# The log of runs grows with every run, whatever it found.
_LOGS = frozenset({"meta.run"})
# A new revision of the code that gives the same rows is no new version of the warehouse.
_NOT_CONTENT = frozenset({("meta.build", "git_revision")})


def content(path: Path) -> dict[str, tuple]:
    """What the file says, comparable with another file's within one process.

    Per table the number of rows and order-free sums of row hashes without the columns that record times or runs; per
    view its statement; per table, view and column its comment. (DuckDB's ``hash`` is not stable across versions; it
    is used here only to compare two files under one version.)
    """
    found: dict[str, tuple] = {}
    with session.read_only(path) as connection:
        present = {
            row[0]: row[1]
            for row in connection.execute(
                "select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns() "
                "where not internal and schema_name != 'analytics' group by all"
            ).fetchall()
        }
        declared = {table.full_name: table for table in catalog.TABLES}
        for name, columns in sorted(present.items()):
            if name in _LOGS:
                continue
            told = [c for c in columns if (name, c) not in _NOT_CONTENT]
            if name in declared:
                timed = {c.name for c in declared[name].columns if c.records_time}
                told = [c for c in told if c not in timed]
            parts = ", ".join(map(session.quote, told))
            row = connection.execute(
                f"select count(*), sum(hash(row({parts}))::hugeint), bit_xor(hash(row({parts}, 1))) from {session.quote(name)}"
            ).fetchone()
            found[name] = (tuple(told), row)
        for kind, query in {
            "views": "select schema_name, view_name, sql, comment from duckdb_views() where not internal",
            "macros": "select schema_name, function_name, macro_definition, comment from duckdb_functions() "
            "where not internal",
            "tables": "select schema_name, table_name, comment from duckdb_tables()",
            "columns": "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() "
            "where not internal",
        }.items():
            found[kind] = tuple(sorted(connection.execute(query).fetchall(), key=repr))
    return found


def is_same(a: Path, b: Path) -> bool:
    """Whether both files say the same; an unreadable or older file is never the same as a new one."""
    import duckdb

    try:
        return content(a) == content(b)
    except (duckdb.IOException, duckdb.SerializationException, duckdb.CatalogException):
        return False
