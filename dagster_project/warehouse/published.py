"""What the published file says about itself: for run summaries and for asset metadata.

Belongs here: small reads of a finished warehouse. Does not belong: analysis (``sql/analysis/``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dagster_project.contract import catalog
from dagster_project.warehouse.session import quote, read_only


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts for the end of a run."""

    documents: int
    incidents: int
    aggregates: int
    claims: int
    statements: int
    rejected: int
    checks_passed: int
    checks: int
    undated_documents: int
    unnamed_documents: int
    unread_documents: int


_SUMMARY = """
    select
        (select count(*) from marts.dim_document where document_key <> -1),
        (select count(*) from marts.fact_incident where incident_key <> -1 and not is_aggregate),
        (select count(*) from marts.fact_incident where incident_key <> -1 and is_aggregate),
        (select count(*) from marts.fact_casualty_claim),
        (select count(*) from marts.fact_statement),
        (select count(*) from quarantine.rejected),
        (select count(*) from meta.validation where outcome = 'passed'),
        (select count(*) from meta.validation),
        (select count(*) from marts.dim_document where document_key <> -1 and published_on is null),
        (select count(*) from marts.dim_document where document_key <> -1 and publisher_key = -1),
        (select count(*) from marts.dim_document where document_key <> -1 and language <> 'en')
"""


def summary(path: Path) -> Summary:
    """Counts of a published (or built) warehouse file."""
    stat = path.stat()
    return _summary(path, stat.st_ino, stat.st_mtime_ns)


@lru_cache(maxsize=1)
def _summary(path: Path, inode: int, changed_ns: int) -> Summary:
    with read_only(path) as connection:
        row = connection.execute(_SUMMARY).fetchone()
    assert row is not None
    return Summary(*row)


def document_ids(path: Path) -> list[str]:
    """All documents of a warehouse file."""
    with read_only(path) as connection:
        return [row[0] for row in connection.execute("select document_id from raw.document").fetchall()]


def incidents_told_by(path: Path, document_id: str) -> list[str]:
    """Ids of the incidents that a document reports."""
    with read_only(path) as connection:
        rows = connection.execute(
            """select distinct incident_id
               from marts.fact_incident_report
               join marts.fact_incident using (incident_key)
               join marts.dim_document using (document_key)
               where document_id = $1 and incident_key <> -1
               order by all""",
            [document_id],
        ).fetchall()
    return [row[0] for row in rows]


class UnreadableVersion(RuntimeError):
    """A file in the place of the published version is no warehouse; the message says what to do."""


def schema_version(path: Path) -> str:
    """The version of the contract a warehouse file was built by.

    Raises:
        UnreadableVersion: it is damaged or something else.
    """
    import duckdb

    try:
        with read_only(path) as connection:
            row = connection.execute("select schema_version from meta.build").fetchone()
    except duckdb.Error as error:
        raise UnreadableVersion(
            f"{path} is no warehouse that can be opened ({error}): publish the version before it again with "
            "`python -m dagster_project rollback`, or move the file away and build from the articles"
        ) from error
    if row is None:
        raise UnreadableVersion(f"{path}: meta.build is empty: move the file away and build from the articles")
    return row[0]


def rejected(path: Path, limit: int) -> list[dict[str, Any]]:
    """The first refusals: stage, object_id, reason_code, reason."""
    with read_only(path) as connection:
        cursor = connection.execute(
            "select stage, object_id, reason_code, reason from quarantine.rejected order by all limit $1", [limit]
        )
        return _dicts(cursor)


def validation(path: Path) -> list[dict[str, Any]]:
    """The rows of ``meta.validation``."""
    with read_only(path) as connection:
        return _dicts(connection.execute("select * from meta.validation order by suite, expectation"))


def previews(path: Path, rows: int) -> dict[str, tuple[int, list[dict[str, Any]]]]:
    """schema.table -> (row count, its first rows) for every table of the contract."""
    found: dict[str, tuple[int, list[dict[str, Any]]]] = {}
    with read_only(path) as connection:
        for table in catalog.TABLES:
            name = quote(table.full_name)
            count = connection.execute(f"select count(*) from {name}").fetchone()
            assert count is not None
            found[table.full_name] = (count[0], _dicts(connection.execute(f"select * from {name} limit {int(rows)}")))
    return found


def _dicts(cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
