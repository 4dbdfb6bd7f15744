"""What a build takes: the frames of the earlier stages as Parquet files, and what is known about the run.

Belongs here: the names and schemas of the input tables and their strict check. Does not belong: what becomes of them
(``build.py`` and ``sql/``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import polars as pl

from dagster_project.ingest import documents
from dagster_project.reading import rows as reading
from dagster_project.reference import REFERENCE_DIR
from dagster_project.resolution import rows as resolution

_Schema = Mapping[str, "pl.DataType | type[pl.DataType]"]
_UTC = pl.Datetime("us", "UTC")

# What ingest knows about a document beyond its content; one row per document.
DOCUMENT_STATE: _Schema = {
    "document_id": pl.String,
    "first_seen_at": _UTC,
    "duplicate_of": pl.String,  # document_id of the near-duplicate that stands for it
    "superseded_by": pl.String,  # document_id of the later version of the same file
}
# One row per file or record ever seen.
SOURCE_STATE: _Schema = {**documents.SOURCE, "first_seen_at": _UTC, "last_seen_at": _UTC, "is_present": pl.Boolean}
# Everything refused that is still refused, with the run that refused it.
REJECTED_STATE: _Schema = {**documents.REJECTED, "run_id": pl.String, "rejected_at": _UTC}

# Columns of DOCUMENT that only reading needs are not loaded.
DOCUMENT: _Schema = {
    name: dtype
    for name, dtype in documents.DOCUMENT.items()
    if name not in {"clean_text", "title_end", "clean_starts", "raw_starts", "lengths", "content_hash"}
}

SCHEMAS: Mapping[str, _Schema] = {
    "document": DOCUMENT,
    "document_state": DOCUMENT_STATE,
    "source": SOURCE_STATE,
    "rejected": REJECTED_STATE,
    **reading.SCHEMAS,
    **resolution.SCHEMAS,
}
# Per-document actors and places reach the warehouse only as resolved ones, refused rows through ``rejected``.
NOT_LOADED = frozenset({"actor", "place", "refused"})
LOADED: tuple[str, ...] = tuple(name for name in SCHEMAS if name not in NOT_LOADED)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The run that builds; times are aware datetimes, taken by the caller (the build asks no clock)."""

    run_id: str
    started_at: datetime
    finished_at: datetime
    code_version: str
    model_version: str
    documents_in: int
    documents_new: int
    documents_quarantined: int
    git_revision: str | None = None
    rules_version: str | None = None
    manifest_version: str | None = None
    overrides_version: str | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A row that the audit refused: ``table`` is schema.table, ``row_id`` its primary key, values joined by ``|``."""

    table: str
    row_id: str
    reason_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """Everything a build depends on.

    files: input table -> Parquet files (extra columns are ignored, missing ones raise); an empty list is an empty table.
    previous: the published file that this version follows; gives incident versions and earlier runs.
    excluded: rows that an audit of the same inputs refused.
    """

    files: Mapping[str, tuple[Path, ...]]
    run: RunRecord
    previous: Path | None = None
    is_text_published: bool = True
    excluded: tuple[Exclusion, ...] = ()
    reference_dir: Path = field(default=REFERENCE_DIR)

    def __post_init__(self) -> None:
        if missing := [name for name in LOADED if name not in self.files]:
            raise ValueError(f"inputs without files: {', '.join(missing)}")


def files_in(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Input files by convention: ``<folder>/<table>.parquet`` or ``<folder>/<table>/**/*.parquet``.

    Raises:
        FileNotFoundError: neither exists for some input table.
    """
    found: dict[str, tuple[Path, ...]] = {}
    for name in LOADED:
        single, many = folder / f"{name}.parquet", folder / name
        if single.is_file():
            found[name] = (single,)
        elif many.is_dir():
            found[name] = tuple(sorted(many.rglob("*.parquet")))
        else:
            raise FileNotFoundError(f"{folder}: neither {name}.parquet nor a folder {name}")
    return found


def write_frames(frames: Mapping[str, pl.DataFrame], folder: Path) -> dict[str, tuple[Path, ...]]:
    """Write frames as ``<folder>/<table>.parquet``, each checked against its declared schema.

    Raises:
        ValueError: a frame is no input table, or lacks a column or type of its schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        schema = SCHEMAS.get(name)
        if schema is None:
            raise ValueError(f"{name} is no input table of the warehouse")
        wrong = [c for c, dtype in schema.items() if frame.schema.get(c) != dtype]
        if wrong:
            raise ValueError(f"{name}: columns {wrong} are missing or of another type than declared")
        frame.select(list(schema)).write_parquet(folder / f"{name}.parquet")
    return {name: (folder / f"{name}.parquet",) for name in frames}
