"""What the report shows, read from the ``analytics`` views of a warehouse file (and ``raw.document`` for the texts).

Belongs here: queries, limits and the shapes the templates take. Does not belong: HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

# A page that a phone can still hold; what is left out is said on the page and stands in the warehouse.
INCIDENTS_SHOWN = 2_000
AGGREGATES_SHOWN = 500
STATEMENTS_SHOWN = 2_000
CHANGES_SHOWN = 500
DOCUMENTS_SHOWN = 5_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of one part of the page, and how many there are in all."""

    rows: list[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Content:
    """All parts of the page."""

    built_at: str
    run_id: str
    is_text_published: bool
    incidents: Shown
    aggregates: Shown
    contested: list[tuple[str, str, list[Row]]]  # incident_id, title, claims
    speakers: list[tuple[str, list[Row]]]
    statements: Shown
    coverage: dict[str, list[Row]]  # incident_id -> documents that report it
    publishers: list[Row]
    months: list[Row]
    quality: list[Row]
    changes: Shown
    change_counts: list[tuple[str, str, int]]  # change, reason, incidents
    is_first: bool  # no version before this one
    documents: Shown


def read(connection: duckdb.DuckDBPyConnection) -> Content:
    """Everything the page shows, newest first where it has a date."""
    build = _rows(connection, "select built_at, run_id, is_text_published from meta.build")[0]
    incidents = _shown(
        connection, "incident", "coalesce(date_start, date_end) desc nulls last, incident_id", INCIDENTS_SHOWN
    )
    aggregates = _shown(
        connection,
        "incident_aggregate",
        "coalesce(date_start, date_end) desc nulls last, incident_id",
        AGGREGATES_SHOWN,
    )
    shown = [row["incident_id"] for row in (*incidents.rows, *aggregates.rows)]
    coverage = _rows(
        connection,
        "select * from analytics.coverage where list_contains($1, incident_id) "
        "order by incident_id, published_on nulls last, document_id",
        [shown],
    )
    contested = _rows(
        connection,
        "select claims.*, document.url from analytics.conflicting_claims as claims "
        "inner join analytics.document as document using (document_id) where list_contains($1, incident_id) "
        "order by incident_id, topic, published_on nulls last, document_id, char_start, claim",
        [shown],
    )
    statements = _shown(
        connection,
        "statement",
        "coalesce(said_on, published_on) desc nulls last, document_id, char_start, category, speaker",
        STATEMENTS_SHOWN,
    )
    by_speaker = sorted(statements.rows, key=lambda row: (row["speaker"] is None, row["speaker"] or ""))
    return Content(
        built_at=f"{build['built_at']:%Y-%m-%d %H:%M} UTC",
        run_id=build["run_id"],
        is_text_published=build["is_text_published"],
        incidents=incidents,
        aggregates=aggregates,
        contested=[
            (key[0], key[1], list(rows))
            for key, rows in groupby(contested, key=lambda row: (row["incident_id"], row["incident_title"]))
        ],
        speakers=[
            (speaker or "not identified", list(rows)) for speaker, rows in groupby(by_speaker, lambda row: row["speaker"])
        ],
        statements=statements,
        coverage={key: list(rows) for key, rows in groupby(coverage, key=lambda row: row["incident_id"])},
        publishers=_rows(connection, _PUBLISHERS),
        months=_rows(connection, "select * from analytics.casualties_by_month order by all"),
        quality=_rows(connection, "select * from analytics.data_quality order by topic, measure"),
        changes=_shown(connection, "changes", "change, incident_id", CHANGES_SHOWN),
        change_counts=connection.execute(
            "select change, reason, count(*) from analytics.changes group by all order by count(*) desc, change, reason"
        ).fetchall(),
        is_first=_rows(connection, "select count(*) = 1 as is_first from meta.run")[0]["is_first"],
        documents=_shown(connection, "document", "published_on desc nulls last, document_id", DOCUMENTS_SHOWN),
    )


_PUBLISHERS = """
    select
        coalesce(document.publisher, 'unknown') as publisher,
        count(distinct document.document_id) as document_count,
        count(distinct coverage.incident_id) as incident_count,
        min(document.published_on) as first_day,
        max(document.published_on) as last_day,
    from analytics.document as document
    left join analytics.coverage as coverage using (document_id)
    where not document.is_superseded
    group by all
    order by incident_count desc, document_count desc, publisher
"""


def documents(connection: duckdb.DuckDBPyConnection, wanted: list[str]) -> Iterator[tuple[Row, str | None, list[Row]]]:
    """(document, its text or None, what was read from it in the order of the text) for each wanted document."""
    known = {row["document_id"]: row for row in _rows(connection, "select * from analytics.document")}
    for start in range(0, len(wanted), 200):
        batch = wanted[start : start + 200]
        texts = dict(
            connection.execute(
                "select document_id, raw_text from raw.document where list_contains($1, document_id)", [batch]
            ).fetchall()
        )
        read_from = _rows(
            connection,
            "select * from analytics.highlight where list_contains($1, document_id) "
            "order by document_id, char_start, char_end desc, layer, label, detail, incident_id",
            [batch],
        )
        by_document = {key: list(rows) for key, rows in groupby(read_from, key=lambda row: row["document_id"])}
        for document_id in batch:
            yield known[document_id], texts.get(document_id), by_document.get(document_id, [])


def _shown(connection: duckdb.DuckDBPyConnection, view: str, order: str, limit: int) -> Shown:
    total = connection.execute(f"select count(*) from analytics.{view}").fetchone()
    assert total is not None
    return Shown(_rows(connection, f"select * from analytics.{view} order by {order} limit {limit}"), total[0])


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None) -> list[Row]:
    cursor = connection.execute(sql, values or [])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
