"""The working database: what ingest has seen, which content lies in which batch file, what was refused.

Belongs here: the only SQL on the working database. Does not belong: the published file, or how anything is read.
Deleting it loses history, never correctness: the next run reads everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

SQL_DIR = Path(__file__).resolve().parents[2] / "sql" / "working"


class Catalog:
    """One open working database. Times are aware datetimes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, documents_dir: Path) -> None:
        self._con = connection
        self._documents_dir = documents_dir

    @classmethod
    @contextmanager
    def open(cls, work_dir: Path) -> Iterator[Catalog]:
        """Open (and make, where it is new) the working database in ``work_dir``."""
        documents = work_dir / "documents"
        documents.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(work_dir / "working.duckdb") as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(_sql("schema"))
            yield cls(connection, documents)

    # -- ingest ---------------------------------------------------------------------------------------------------

    def unchanged_files(self, fingerprint: str) -> dict[str, tuple[int, int]]:
        """source_file -> (size, mtime_ns) of the files read by the same code and settings."""
        rows = self._con.execute(
            "select source_file, size, mtime_ns from staging.file where fingerprint = $1", [fingerprint]
        ).fetchall()
        return {name: (size, mtime) for name, size, mtime in rows}

    def known_contents(self) -> set[str]:
        """document_id of every content ever taken."""
        return {row[0] for row in self._con.execute("select document_id from staging.content").fetchall()}

    def commit_batch(
        self,
        batch: str,
        contents: pl.DataFrame,
        sources: pl.DataFrame,
        files: pl.DataFrame,
        refusals: list[dict[str, str]],
        run_id: str,
        now: datetime,
    ) -> None:
        """Record a written batch file and the files that were read to their end, all or nothing.

        Args:
            contents: column document_id; they are found in ``batch`` from now on.
            sources: schema SOURCE; they are present from now on.
            files: source_file, size, mtime_ns, fingerprint, record_count, refused_count. What a finished file held before
                and was not seen at ``now`` is absent from now on.
            refusals: what was refused in the finished files; replaces what was refused in them before.
        """
        with self._transaction():
            for name, frame in (("new_contents", contents), ("new_sources", sources), ("finished", files)):
                self._con.register(name, frame.to_arrow())
            self._con.execute(
                """insert into staging.content select distinct document_id, $batch, $now from new_contents
                   on conflict (document_id) do update set batch = excluded.batch""",
                {"batch": batch, "now": now},
            )
            self._con.execute(
                """insert into staging.source
                   select source_file, record_number, document_id, external_id, bytes_hash, url, publisher, given_on,
                       $now, $now, true
                   from new_sources
                   on conflict (source_file, record_number, document_id) do update set
                       external_id = excluded.external_id, bytes_hash = excluded.bytes_hash, url = excluded.url,
                       publisher = excluded.publisher, given_on = excluded.given_on,
                       last_seen_at = excluded.last_seen_at, is_present = true""",
                {"now": now},
            )
            self._con.execute(
                """update staging.source set is_present = false
                   where last_seen_at < $1 and source_file in (select source_file from finished)""",
                [now],
            )
            self._con.execute(
                """delete from staging.rejected
                   where stage = 'ingest' and source_of(object_id) in (select source_file from finished)"""
            )
            self._con.execute(
                """insert or replace into staging.file
                   select source_file, size, mtime_ns, fingerprint, record_count, refused_count from finished"""
            )
            for name in ("new_contents", "new_sources", "finished"):
                self._con.unregister(name)
            self._insert_refusals(refusals, run_id, now)

    def finish_listing(self, listed: Iterable[str], refusals: list[dict[str, str]], run_id: str, now: datetime) -> None:
        """All files were listed: those gone are absent from now on, and so are refusals of files that are gone."""
        names = pl.DataFrame({"source_file": list(listed)}, schema={"source_file": pl.String})
        with self._transaction():
            self._con.register("listed", names.to_arrow())
            self._con.execute(
                "update staging.source set last_seen_at = $1 where is_present and source_file in (from listed)", [now]
            )
            self._con.execute(
                "update staging.source set is_present = false where source_file not in (from listed) and is_present"
            )
            self._con.execute("delete from staging.file where source_file not in (from listed)")
            self._con.execute(
                """delete from staging.rejected
                   where stage = 'ingest' and source_of(object_id) not in (from listed)"""
            )
            self._con.unregister("listed")
            self._insert_refusals(refusals, run_id, now)

    def replace_manifest(self, rows: pl.DataFrame) -> None:
        """``rows``: source_file, url, publisher, published_on."""
        with self._transaction():
            self._con.register("manifest_rows", rows.to_arrow())
            self._con.execute("delete from staging.manifest")
            self._con.execute(
                "insert into staging.manifest select source_file, url, publisher, published_on from manifest_rows"
            )
            self._con.unregister("manifest_rows")

    def _insert_refusals(self, refusals: list[dict[str, str]], run_id: str, now: datetime) -> None:
        columns = ("stage", "object_id", "reason_code", "reason", "payload_excerpt")
        frame = pl.DataFrame(refusals, schema=dict.fromkeys(columns, pl.String))
        self._con.register("new_refusals", frame.unique(["stage", "object_id", "reason_code"], keep="first").to_arrow())
        self._con.execute(
            """insert into staging.rejected
               select stage, object_id, reason_code, reason, payload_excerpt, $1, $2 from new_refusals
               on conflict (stage, object_id, reason_code) do update set
                   reason = excluded.reason, payload_excerpt = excluded.payload_excerpt""",
            [run_id, now],
        )
        self._con.unregister("new_refusals")

    def replace_stage_refusals(self, stage: str, refusals: list[dict[str, str]], run_id: str, now: datetime) -> None:
        """What a later stage refuses now; what it refused before and now takes disappears."""
        with self._transaction():
            keys = pl.DataFrame(
                {"object_id": [r["object_id"] for r in refusals], "reason_code": [r["reason_code"] for r in refusals]},
                schema={"object_id": pl.String, "reason_code": pl.String},
            )
            self._con.register("refused_now", keys.to_arrow())
            self._con.execute(
                """delete from staging.rejected
                   where stage = $1 and (object_id, reason_code) not in (select (object_id, reason_code) from refused_now)""",
                [stage],
            )
            self._con.unregister("refused_now")
            self._insert_refusals([{**refusal, "stage": stage} for refusal in refusals], run_id, now)

    # -- what later stages take -----------------------------------------------------------------------------------

    def write_documents(self, target: Path) -> int:
        """Write every content with its merged metadata to a Parquet file (columns: see sql/working/document.sql).

        Returns the number of documents.
        """
        batches = [row[0] for row in self._con.execute("select distinct batch from staging.content order by 1").fetchall()]
        if not batches:
            raise NothingIngested("no article has been read yet: put files into ARTICLES_DIR and see quarantine.rejected")
        paths = [str(self._documents_dir / batch) for batch in batches]
        query = self._con.sql(_sql("document"), params={"batches": paths})
        query.write_parquet(str(target), compression="zstd")
        return pl.scan_parquet(target).select(pl.len()).collect().item()

    def sources(self) -> pl.DataFrame:
        """All rows of staging.source whose content was not withdrawn."""
        return self._con.sql(
            """from staging.source where document_id not in (select document_id from staging.withdrawn)
               order by source_file, record_number, document_id"""
        ).pl()

    def rejected(self) -> pl.DataFrame:
        return self._con.sql("from staging.rejected order by stage, object_id, reason_code").pl()

    def ingest_counts(self) -> dict[str, int]:
        """Records in force: ``sources`` present, distinct ``documents`` among them, ``refused`` files and records."""
        row = self._con.execute(
            """select
                   (select count(*) from staging.source where is_present),
                   (select count(distinct document_id) from staging.source where is_present),
                   (select count(distinct object_id) from staging.rejected
                       where stage = 'ingest' and reason_code not in ('bad_date', 'bad_manifest', 'bad_manifest_row'))"""
        ).fetchone()
        assert row is not None
        return {"sources": row[0], "documents": row[1], "refused": row[2]}

    # -- runs -----------------------------------------------------------------------------------------------------

    def start_run(self, run_id: str, now: datetime) -> None:
        self._con.execute(
            """insert into staging.run (run_id, started_at, outcome) values ($1, $2, 'running')
               on conflict (run_id) do nothing""",
            [run_id, now],
        )

    def finish_run(self, run_id: str, now: datetime, outcome: str, counts: dict[str, int]) -> None:
        self._con.execute(
            """update staging.run set finished_at = $2, outcome = $3, documents_in = $4, documents_new = $5,
                   documents_quarantined = $6, incidents = $7, claims = $8
               where run_id = $1""",
            [
                run_id, now, outcome, counts.get("documents_in"), counts.get("documents_new"),
                counts.get("documents_quarantined"), counts.get("incidents"), counts.get("claims"),
            ],
        )  # fmt: skip

    def runs(self) -> pl.DataFrame:
        return self._con.sql("from staging.run order by started_at, run_id").pl()

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._con.begin()
        try:
            yield
        except BaseException:
            self._con.rollback()
            raise
        self._con.commit()


class NothingIngested(RuntimeError):
    """There is no document to build a warehouse from."""


def _sql(name: str) -> str:
    return (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")
