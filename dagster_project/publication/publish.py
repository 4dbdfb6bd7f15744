"""Publishing an audited build: smoke queries, atomic swap, Parquet beside it, earlier versions kept for rollback.

Belongs here: what happens to files in ``WAREHOUSE_DIR``. Does not belong: whether a build is good enough (``audit/``),
other exports and the report (modules beside this one).

At every moment ``warehouse.duckdb`` is one whole version. A crash leaves at most temporary files and an older
``parquet/``; the next publication finishes or removes them. Only one publication may run at a time: callers hold the
run lock.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dagster_project import files
from dagster_project.contract import catalog
from dagster_project.publication import digest
from dagster_project.warehouse import session

PUBLISHED = "warehouse.duckdb"
PARQUET = "parquet"
VERSIONS = "versions"
BUILD_PREFIX = ".building-"
_PARQUET_BUILD = ".parquet.building"
_MARKER = "_version.txt"
_VERSION_NAME = re.compile(r"warehouse-(\d{8}T\d{12})-[\w.-]+\.duckdb")


class PublishError(RuntimeError):
    """The build was not published; the published version is as it was."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """``is_changed`` False: the published file said the same already and was left untouched."""

    path: Path
    is_changed: bool
    build_id: str
    tables: int
    views: int


def build_path(warehouse_dir: Path, run_id: str) -> Path:
    """Where a run builds: beside the published file, so that the swap stays inside one file system."""
    return warehouse_dir / f"{BUILD_PREFIX}{re.sub(r'[^A-Za-z0-9-]', '_', run_id)}.duckdb"


def publish(build_file: Path, warehouse_dir: Path, keep_versions: int = 3, threads: int | None = None) -> PublishResult:
    """Make the audited ``build_file`` (in ``warehouse_dir``) the published version.

    The build file is consumed: moved into place, or removed where the published version says the same.

    Raises:
        PublishError: there is no such build, or a table or view cannot be queried or does not match the contract.
        OSError: the disk is full or the folder cannot be written; the published version is as it was.
    """
    if not build_file.is_file():
        raise PublishError("this run has built nothing to publish: run the whole of warehouse_job")
    tables, views = smoke(build_file, threads)
    published = warehouse_dir / PUBLISHED
    clean_up(warehouse_dir, keep=build_file)
    is_changed = not (published.exists() and digest.is_same(build_file, published))
    if is_changed:
        parquet = warehouse_dir / _PARQUET_BUILD
        export_parquet(build_file, parquet, threads)
        if published.exists():
            _keep_version(published, warehouse_dir / VERSIONS)
        files.replace_file(build_file, published)
        files.replace_folder(parquet, warehouse_dir / PARQUET)
    else:
        build_file.unlink()
        _repair_parquet(published, warehouse_dir)
    _prune(warehouse_dir / VERSIONS, keep_versions)
    return PublishResult(published, is_changed, _build_id(published), tables, views)


def smoke(path: Path, threads: int | None = None) -> tuple[int, int]:
    """Query every table and view of the contract through a read-only connection; (tables, views) queried.

    Raises:
        PublishError: one is missing, fails, or has other columns than the contract.
    """
    import duckdb

    problems = []
    try:
        with session.read_only(path, threads) as connection:
            for name, columns in (
                *((t.full_name, [c.name for c in t.columns]) for t in catalog.TABLES),
                *((v.full_name, list(v.columns)) for v in catalog.VIEWS),
            ):
                try:
                    described = connection.execute(f"describe {session.quote(name)}").fetchall()
                    if (have := [row[0] for row in described]) != columns:
                        problems.append(f"{name} has the columns {have}, the contract says {columns}")
                        continue
                    # A limit may skip the work that fails; count(columns) reads every value of every row.
                    probe = ", ".join(f"count({session.quote(c)})" for c in columns)
                    connection.execute(f"select count(*), {probe} from {session.quote(name)}").fetchall()
                except duckdb.Error as error:
                    problems.append(f"{name}: {error}")
    except duckdb.Error as error:
        problems.append(f"{path.name} cannot be opened: {error}")
    if problems:
        raise PublishError("smoke queries failed: " + "; ".join(problems))
    return len(catalog.TABLES), len(catalog.VIEWS)


def export_parquet(source: Path, folder: Path, threads: int | None = None) -> None:
    """Write every table and view as ``<folder>/<schema>/<name>.parquet``, in the order of its key.

    Raises:
        PublishError: a table or view cannot be read or written.
    """
    import duckdb

    try:
        session.with_little_memory(partial(_export_parquet, source, folder, threads))
    except duckdb.Error as error:
        raise PublishError(f"Parquet export failed: {error}") from error
    (folder / _MARKER).write_text(_build_id(source) + "\n", encoding="utf-8")


def _export_parquet(source: Path, folder: Path, threads: int | None, memory_mb: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    orders = {t.full_name: ", ".join(map(session.quote, t.primary_key)) or "all" for t in catalog.TABLES}
    orders |= {v.full_name: "all" for v in catalog.VIEWS}
    spill = folder.with_name(folder.name + ".spill")
    try:
        with session.workbench((source.parent, folder), spill, threads, memory_mb) as connection:
            connection.execute(f"attach {session.literal(str(source))} as warehouse (read_only)")
            connection.execute("use warehouse")
            for name, order in orders.items():
                schema, table = name.split(".")
                (folder / schema).mkdir(exist_ok=True)
                target = session.literal(str(folder / schema / f"{table}.parquet"))
                connection.execute(
                    f"copy (select * from {session.quote(name)} order by {order}) to {target} "
                    "(format parquet, compression zstd)"
                )
            connection.execute("use memory")
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def versions(warehouse_dir: Path) -> list[Path]:
    """Kept earlier versions, newest first."""
    folder = warehouse_dir / VERSIONS
    return sorted((p for p in folder.glob("*.duckdb") if _VERSION_NAME.fullmatch(p.name)), reverse=True)


def remove_versions_holding(warehouse_dir: Path, document_ids: Sequence[str]) -> list[str]:
    """Remove the kept versions in which one of the documents stands; their names.

    A version that cannot be opened is removed as well: nobody can tell what it holds, and nobody can roll back to it.
    """
    removed = [path for path in versions(warehouse_dir) if holds_any(path, document_ids) is not False]
    for path in removed:
        path.unlink()
    return [path.name for path in removed]


def holds_any(path: Path, document_ids: Sequence[str]) -> bool | None:
    """Whether one of the documents stands in a warehouse file; None where the file cannot be opened."""
    import duckdb

    try:
        with session.read_only(path) as connection:
            found = connection.execute(
                "select 1 from raw.document where list_contains($1, document_id) limit 1", [list(document_ids)]
            ).fetchall()
    except duckdb.Error:
        return None
    return bool(found)


def rollback(warehouse_dir: Path, version: Path | None = None) -> Path:
    """Publish an earlier version again (the newest kept one by default); the current one is not kept.

    Raises:
        PublishError: no earlier version is kept, or it fails its smoke queries.
    """
    kept = versions(warehouse_dir)
    chosen = version or (kept[0] if kept else None)
    if chosen is None or chosen not in kept:
        raise PublishError(f"{warehouse_dir / VERSIONS} keeps no such version; kept: {[p.name for p in kept]}")
    smoke(chosen)
    copy = build_path(warehouse_dir, "rollback")
    shutil.copyfile(chosen, copy)
    parquet = warehouse_dir / _PARQUET_BUILD
    export_parquet(copy, parquet)
    files.replace_file(copy, warehouse_dir / PUBLISHED)
    files.replace_folder(parquet, warehouse_dir / PARQUET)
    chosen.unlink()
    return warehouse_dir / PUBLISHED


def clean_up(warehouse_dir: Path, keep: Path | None = None) -> None:
    """Remove what dead runs left behind; the caller holds the run lock, so nothing of a live run is there but ``keep``."""
    files.recover_folder(warehouse_dir / PARQUET)
    for leftover in sorted(warehouse_dir.glob(f"{BUILD_PREFIX}*")):
        if keep is not None and leftover.name.startswith(keep.name):
            continue
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    for folder in (_PARQUET_BUILD, _PARQUET_BUILD + ".spill"):
        shutil.rmtree(warehouse_dir / folder, ignore_errors=True)


def _repair_parquet(published: Path, warehouse_dir: Path) -> None:
    """Export again where a crash between the two swaps left the Parquet files of another version."""
    marker = warehouse_dir / PARQUET / _MARKER
    if marker.is_file() and marker.read_text(encoding="utf-8").strip() == _build_id(published):
        return
    parquet = warehouse_dir / _PARQUET_BUILD
    export_parquet(published, parquet)
    files.replace_folder(parquet, warehouse_dir / PARQUET)


def _build_id(path: Path) -> str:
    """Time and run of the build, fit for a file name and sorting by time."""
    with session.read_only(path) as connection:
        row = connection.execute("select built_at, run_id from meta.build").fetchone()
    if row is None:
        raise PublishError(f"{path.name}: meta.build is empty")
    return f"{row[0]:%Y%m%dT%H%M%S%f}-{re.sub(r'[^A-Za-z0-9-]', '_', row[1])}"


def _keep_version(published: Path, folder: Path) -> None:
    folder.mkdir(mode=files.FOLDER_MODE, exist_ok=True)
    target = folder / f"warehouse-{_build_id(published)}.duckdb"
    if target.exists():
        return
    try:
        os.link(published, target)
    except OSError:  # a file system without hard links
        temporary = target.with_suffix(".copying")
        shutil.copyfile(published, temporary)
        files.replace_file(temporary, target)


def _prune(folder: Path, keep: int) -> None:
    for stale in versions(folder.parent)[max(keep, 0) :]:
        stale.unlink()
    for unfinished in folder.glob("*.copying"):
        unfinished.unlink()
