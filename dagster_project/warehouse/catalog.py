"""The working database: what ingest has seen, which content lies in which batch file, what was refused.

Belongs here: the only SQL on the working database. Does not belong: the published file, or how anything is read.
Deleting it loses history, never correctness: the next run reads everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dagster_project.files import private_folder, remove, written_aside
from dagster_project.ingest.documents import CONTENT
from dagster_project.ingest.records import VALUE_CODES
from dagster_project.warehouse.session import literal

SQL_DIR = Path(__file__).resolve().parents[2] / "sql" / "working"


FILE_NAME = "working.duckdb"
Refusals = list[dict[str, str | None]]
# Columns that later versions of this project added, for working databases of earlier ones: (table, column, type).
_ADDED = (
    ("rejected", "source_file", "varchar"),
    ("withdrawn", "incident_ids", "varchar[] default []"),
    ("withdrawn", "is_erased", "boolean default false"),
)


class WorkingDatabaseError(RuntimeError):
    """The working database cannot be opened; the message says what to do."""


class Catalog:
    """One open working database. Times are aware datetimes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, documents_dir: Path) -> None:
        self._con = connection
        self._documents_dir = documents_dir

    @classmethod
    @contextmanager
    def open(cls, work_dir: Path) -> Iterator[Catalog]:
        """Open (and make, where it is new) the working database in ``work_dir``."""
        documents = private_folder(work_dir) / "documents"
        documents.mkdir(exist_ok=True)
        path = work_dir / FILE_NAME
        try:
            connection = duckdb.connect(path)
        except (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException) as error:
            raise WorkingDatabaseError(
                f"{path} cannot be opened: {error}. Close other programs that have it open. If it is damaged, delete it: "
                "the next run reads all articles again, the published version and its ids stay"
            ) from error
        with connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(_sql("schema"))
            _upgrade(connection)
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
        refusals: Refusals,
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
                   where stage = 'ingest' and source_file in (select source_file from finished)"""
            )
            self._con.execute(
                """insert or replace into staging.file
                   select source_file, size, mtime_ns, fingerprint, record_count, refused_count from finished"""
            )
            for name in ("new_contents", "new_sources", "finished"):
                self._con.unregister(name)
            self._insert_refusals(refusals, run_id, now)

    def finish_listing(self, listed: Iterable[str], refusals: Refusals, run_id: str, now: datetime) -> None:
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
            self._con.execute("delete from staging.rejected where stage = 'ingest' and source_file not in (from listed)")
            self._con.unregister("listed")
            self._keep_only("ingest", refusals)
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

    def _keep_only(self, stage: str, refusals: Sequence[Mapping[str, str | None]]) -> None:
        """Of a stage's refusals that stand in no file, those that hold still."""
        keys = pl.DataFrame(
            {"object_id": [r["object_id"] for r in refusals], "reason_code": [r["reason_code"] for r in refusals]},
            schema={"object_id": pl.String, "reason_code": pl.String},
        )
        self._con.register("refused_now", keys.to_arrow())
        self._con.execute(
            """delete from staging.rejected
               where stage = $1 and source_file is null
                   and (object_id, reason_code) not in (select (object_id, reason_code) from refused_now)""",
            [stage],
        )
        self._con.unregister("refused_now")

    def _insert_refusals(self, refusals: Refusals, run_id: str, now: datetime) -> None:
        columns = ("stage", "object_id", "reason_code", "reason", "payload_excerpt", "source_file")
        frame = pl.DataFrame(refusals, schema=dict.fromkeys(columns, pl.String))
        self._con.register("new_refusals", frame.unique(["stage", "object_id", "reason_code"], keep="first").to_arrow())
        self._con.execute(
            """insert into staging.rejected by name
               select stage, object_id, reason_code, reason, payload_excerpt, $1 as run_id, $2 as rejected_at, source_file
               from new_refusals
               on conflict (stage, object_id, reason_code) do update set
                   reason = excluded.reason, payload_excerpt = excluded.payload_excerpt,
                   source_file = excluded.source_file""",
            [run_id, now],
        )
        self._con.unregister("new_refusals")

    def replace_stage_refusals(
        self, stage: str, refusals: Sequence[Mapping[str, str | None]], run_id: str, now: datetime
    ) -> None:
        """What a later stage refuses now; what it refused before and now takes disappears."""
        with self._transaction():
            self._keep_only(stage, list(refusals))
            self._insert_refusals([{"source_file": None, **refusal, "stage": stage} for refusal in refusals], run_id, now)

    # -- what later stages take -----------------------------------------------------------------------------------

    def write_documents(self, target: Path) -> int:
        """Write every content with its merged metadata to a Parquet file (columns: see sql/working/document.sql).

        Returns the number of documents.
        """
        batches = self._batches()
        if not batches:
            if not self.withdrawn():
                raise NothingIngested(f"no article could be read: put files into ARTICLES_DIR{self._refused_in_words()}")
            # The last document was withdrawn: what is published next says nothing of it.
            batches = ["none.parquet"]
            pl.DataFrame(schema=CONTENT).write_parquet(self._documents_dir / batches[0])
        paths = [str(self._documents_dir / batch) for batch in batches]
        query = self._con.sql(_sql("document"), params={"batches": paths})
        query.write_parquet(str(target), compression="zstd")
        return pl.scan_parquet(target).select(pl.len()).collect().item()

    def documents_digest(self) -> str:
        """What :meth:`write_documents` depends on, in a few characters; the same for the same rows in any order."""
        digests = []
        for table, columns in (
            ("content", "document_id, batch, first_seen_at"),
            ("source", "* exclude (last_seen_at)"),
            ("manifest", "*"),
            ("withdrawn", "document_id"),
        ):
            count, rows = self._con.execute(
                f"select count(*), coalesce(bit_xor(hash(found)), 0) from (select {columns} from staging.{table}) as found"
            ).fetchone()  # type: ignore[misc]  # an aggregate has one row
            digests.append(f"{table} {count} {rows:x}")
        return "; ".join(digests)

    def sources(self) -> pl.DataFrame:
        """All rows of staging.source whose content was not withdrawn."""
        return self._con.sql(
            """from staging.source where document_id not in (select document_id from staging.withdrawn)
               order by source_file, record_number, document_id"""
        ).pl()

    def _refused_in_words(self) -> str:
        rows = self._con.execute(
            "select object_id, reason from staging.rejected where stage = 'ingest' order by all limit 5"
        ).fetchall()
        return "".join(f"; {name}: {reason}" for name, reason in rows)

    def rejected(self) -> pl.DataFrame:
        """Everything refused that is still refused, and the tombstones of withdrawn documents."""
        return self._con.sql(
            """select stage, object_id, reason_code, reason, payload_excerpt, run_id, rejected_at
               from staging.rejected order by stage, object_id, reason_code"""
        ).pl()

    def ingest_counts(self) -> dict[str, int]:
        """What the folder holds: ``records`` (and unusable files) that readers told of, ``refused`` ones among them, ``sources``
        present in the warehouse and the distinct ``documents`` in them.

        Records are counted from what readers gave file by file, not from what became of them: that is what conservation is
        checked against.
        """
        row = self._con.execute(
            """with refused as (
                   select distinct source_file, object_id from staging.rejected
                   where stage = 'ingest' and not list_contains($1, reason_code)
               )
               select
                   (select coalesce(sum(record_count + refused_count), 0)::bigint from staging.file)
                       + (select count(*) from refused where source_file is null),
                   (select count(*) from refused),
                   (select count(*) from staging.source where is_present),
                   (select count(distinct document_id) from staging.source where is_present)""",
            [list(VALUE_CODES)],
        ).fetchone()
        assert row is not None
        return {"records": row[0], "refused": row[1], "sources": row[2], "documents": row[3]}

    # -- retrying, withdrawing, tidying ---------------------------------------------------------------------------

    def forget_refused_files(self) -> int:
        """Have the files in which anything was refused read again by the next pass; how many they are."""
        row = self._con.execute(
            """delete from staging.file where source_file in
                   (select source_file from staging.rejected where stage = 'ingest')"""
        ).fetchone()
        return row[0] if row else 0

    def withdrawn(self) -> dict[str, str]:
        """document_id -> reason of every withdrawn document."""
        return dict(self._con.execute("select document_id, reason from staging.withdrawn order by all").fetchall())

    def not_erased(self) -> list[str]:
        """Withdrawn documents of which something may be left somewhere."""
        rows = self._con.execute("select document_id from staging.withdrawn where not is_erased order by all").fetchall()
        return [row[0] for row in rows]

    def forgotten_incidents(self) -> list[str]:
        """Incidents whose earlier states told what withdrawn documents said."""
        rows = self._con.execute("select distinct unnest(incident_ids) from staging.withdrawn order by all").fetchall()
        return [row[0] for row in rows]

    def knows(self, document_id: str) -> bool:
        """Whether the document was ever taken in."""
        return bool(self._con.execute("select 1 from staging.content where document_id = $1", [document_id]).fetchall())

    def files_holding(self, document_id: str) -> list[str]:
        """Input files in which the document stands now."""
        rows = self._con.execute(
            "select distinct source_file from staging.source where is_present and document_id = $1 order by all",
            [document_id],
        ).fetchall()
        return [row[0] for row in rows]

    def withdraw(self, document_id: str, reason: str, incident_ids: Sequence[str], run_id: str, now: datetime) -> None:
        """Set the tombstone of a document: it is refused from now on, whatever file brings it."""
        with self._transaction():
            self._con.execute(
                """insert into staging.withdrawn by name
                   select $1 as document_id, $2 as reason, $3 as withdrawn_at, $4::varchar[] as incident_ids, false as is_erased
                   on conflict (document_id) do update set
                       reason = excluded.reason, is_erased = false,
                       incident_ids = list_distinct(list_concat(incident_ids, excluded.incident_ids))""",
                [document_id, reason, now, list(incident_ids)],
            )
            self._insert_refusals(
                [
                    {
                        "stage": "withdrawn", "object_id": document_id, "reason_code": "withdrawn", "reason": reason,
                        "payload_excerpt": "", "source_file": None,
                    }
                ],
                run_id,
                now,
            )  # fmt: skip

    def erase(self, document_ids: Sequence[str]) -> None:
        """Remove withdrawn documents from batch files and tables; safe to repeat.

        Files that hold them are read again by the next pass, which refuses them. Call :func:`compact` after closing.
        """
        for batch in self._batches():
            path = self._documents_dir / batch
            frame = pl.read_parquet(path)
            if frame["document_id"].is_in(document_ids).any():
                with written_aside(path) as aside:
                    frame.filter(~pl.col("document_id").is_in(document_ids)).write_parquet(aside, compression="zstd")
        with self._transaction():
            ids = {"ids": list(document_ids)}
            self._con.execute(
                """create or replace temporary table holding as
                   select distinct source_file from staging.source where list_contains($ids, document_id)""",
                ids,
            )
            self._con.execute("delete from staging.file where source_file in (from holding)")
            self._con.execute("delete from staging.rejected where source_file in (from holding)")
            self._con.execute(
                """delete from staging.rejected
                   where stage <> 'withdrawn' and list_contains($ids, regexp_extract(object_id, '^[^#]*'))""",
                ids,
            )
            self._con.execute("delete from staging.source where list_contains($ids, document_id)", ids)
            self._con.execute("delete from staging.content where list_contains($ids, document_id)", ids)
            self._con.execute("drop table holding")

    def erased(self, document_ids: Sequence[str]) -> None:
        """Nothing of the documents is left anywhere."""
        self._con.execute(
            "update staging.withdrawn set is_erased = true where list_contains($1, document_id)", [list(document_ids)]
        )

    def remove_unused_batches(self) -> int:
        """Remove batch files that no content lies in (left by dead runs, or all read again); how many there were."""
        live = set(self._batches())
        stale = [path for path in self._documents_dir.glob("*.parquet") if path.name not in live]
        for path in stale:
            remove(path)
        return len(stale)

    def _batches(self) -> list[str]:
        return [row[0] for row in self._con.execute("select distinct batch from staging.content order by 1").fetchall()]

    # -- runs -----------------------------------------------------------------------------------------------------

    def start_run(self, run_id: str, now: datetime) -> None:
        # The caller holds the run's lock: a run that says it is running has died or failed.
        self._con.execute("update staging.run set outcome = 'failed' where outcome = 'running' and run_id <> $1", [run_id])
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


def compact(work_dir: Path) -> None:
    """Write the working database anew: deleted rows stay readable in the free blocks of a database file."""
    path = work_dir / FILE_NAME
    with written_aside(path) as aside, duckdb.connect(":memory:") as connection:
        connection.execute(f"attach {literal(str(path))} as old (read_only)")
        connection.execute(f"attach {literal(str(aside))} as fresh")
        connection.execute("copy from database old to fresh")
        connection.execute("detach fresh")


def _upgrade(connection: duckdb.DuckDBPyConnection) -> None:
    for table, column, kind in _ADDED:
        connection.execute(f"alter table staging.{table} add column if not exists {column} {kind}")
    connection.execute("drop macro if exists source_of")


class NothingIngested(RuntimeError):
    """There is no document to build a warehouse from."""


def _sql(name: str) -> str:
    return (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")
