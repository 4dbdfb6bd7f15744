"""One pass over the articles' folder: what is new or changed is read, cleaned and written to batch files.

Belongs here: the order of the steps and what is remembered. Does not belong: formats, cleaning, SQL.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import polars as pl

from dagster_project.files import code_fingerprint, written_aside
from dagster_project.ingest.content import read_content
from dagster_project.ingest.documents import CONTENT, SOURCE
from dagster_project.ingest.folder import Listed, list_files, read_manifest
from dagster_project.ingest.readers import read_file
from dagster_project.ingest.records import Refusal
from dagster_project.reference import REFERENCE_DIR
from dagster_project.settings import Settings
from dagster_project.warehouse.catalog import Catalog

BATCH_CHARACTERS = 8_000_000


@dataclass(slots=True)
class IngestResult:
    """Counts of one pass: ``files`` listed, ``read`` now, ``new`` contents, ``refused`` in this pass."""

    files: int = 0
    read: int = 0
    new: int = 0
    refused: int = 0


def ingest(
    settings: Settings, catalog: Catalog, run_id: str, now: datetime, progress: Callable[[int, int], None] | None = None
) -> IngestResult:
    """Bring the catalog up to date with the folder; bad input is refused and recorded, never raised.

    Args:
        progress: called with (files done, files in all) now and then.
    """
    fingerprint = ingest_fingerprint(settings)
    result = IngestResult()
    manifest, _, listing_refusals = read_manifest(settings.manifest)
    listed: list[Listed] = []
    for found in list_files(settings.articles_dir, settings.manifest):
        if isinstance(found, Refusal):
            listing_refusals.append(found)
        else:
            listed.append(found)
    catalog.replace_manifest(
        pl.DataFrame(
            [{"source_file": name, **asdict(row)} for name, row in manifest.items()],
            schema={"source_file": pl.String, "url": pl.String, "publisher": pl.String, "published_on": pl.Date},
        )
    )
    unchanged = catalog.unchanged_files(fingerprint)
    batch = _Batch(catalog, settings.work_dir / "documents", run_id, now, catalog.known_contents())
    for number, file in enumerate(listed):
        if progress and number % 50 == 0:
            progress(number, len(listed))
        if unchanged.get(file.source_file) == (file.size, file.mtime_ns):
            continue
        result.read += 1
        records = 0
        refused: list[Refusal] = []
        for record in read_file(file.path, file.source_file, settings.max_document_bytes):
            if isinstance(record, Refusal):
                refused.append(record)
                continue
            content, source, refusals = read_content(record, now.date())
            refused += refusals
            records += 1
            result.new += batch.add(content, source)
        batch.finish(
            {
                "source_file": file.source_file,
                "size": file.size,
                "mtime_ns": file.mtime_ns,
                "fingerprint": fingerprint,
                "record_count": records,
                "refused_count": len({r.object_id for r in refused}),
            },
            _rows(refused),
        )
        result.refused += len(refused)
    batch.flush()
    seen = [file.source_file for file in listed] + [source_of(r.object_id) for r in listing_refusals]
    catalog.finish_listing(seen, _rows(listing_refusals), run_id, now)
    result.files = len(listed)
    result.refused += len(listing_refusals)
    if progress:
        progress(len(listed), len(listed))
    return result


def ingest_fingerprint(settings: Settings) -> str:
    """What a content row depends on besides the file: the code that makes it, its patterns, the size limit."""
    code = code_fingerprint([Path(__file__).parent, REFERENCE_DIR / "page_noise.csv"])
    return hashlib.sha256(f"{code} {settings.max_document_bytes}".encode()).hexdigest()[:16]


def source_of(object_id: str) -> str:
    """The file of an object_id (``path`` or ``path#row``)."""
    return re.sub(r"#\d+$", "", object_id)


def _rows(refusals: list[Refusal]) -> list[dict[str, str]]:
    return [{"stage": "ingest", **asdict(refusal)} for refusal in refusals]


FILE = {
    "source_file": pl.String,
    "size": pl.Int64,
    "mtime_ns": pl.Int64,
    "fingerprint": pl.String,
    "record_count": pl.Int64,
    "refused_count": pl.Int64,
}


@dataclass(slots=True)
class _Batch:
    """Contents and sources on their way to one Parquet file, so that memory stays bounded.

    A file counts as read only with the batch that holds its last record, in the same transaction.
    """

    catalog: Catalog
    folder: Path
    run_id: str
    now: datetime
    known: set[str]
    contents: dict[str, dict] = field(default_factory=dict)
    sources: list[dict] = field(default_factory=list)
    files: list[dict] = field(default_factory=list)
    refusals: list[dict[str, str]] = field(default_factory=list)
    characters: int = 0

    def add(self, content: dict, source: dict) -> int:
        """Returns 1 for a content never seen before, else 0."""
        identity = content["document_id"]
        is_new = identity not in self.known
        self.known.add(identity)
        if identity not in self.contents:
            self.contents[identity] = content
            self.characters += len(content["raw_text"])
        self.sources.append(source)
        if self.characters >= BATCH_CHARACTERS:
            self.flush()
        return int(is_new)

    def finish(self, file: dict, refusals: list[dict[str, str]]) -> None:
        self.files.append(file)
        self.refusals += refusals

    def flush(self) -> None:
        if not self.sources and not self.files:
            return
        contents = pl.DataFrame(list(self.contents.values()), schema=CONTENT).sort("document_id")
        sources = pl.DataFrame(self.sources, schema=SOURCE)
        digest = hashlib.sha256("".join(contents["document_id"]).encode() + self.now.isoformat().encode())
        name = f"{digest.hexdigest()[:20]}.parquet"
        if self.contents:
            with written_aside(self.folder / name) as path:
                contents.write_parquet(path, compression="zstd")
        files = pl.DataFrame(self.files, schema=FILE)
        self.catalog.commit_batch(name, contents, sources, files, self.refusals, self.run_id, self.now)
        self.contents, self.sources, self.files, self.refusals, self.characters = {}, [], [], [], 0
