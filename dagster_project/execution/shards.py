"""Extraction shards: documents cut into Parquet files that any worker can read and answer with Parquet files.

A shard is named by what it holds, answered in a folder of its name that appears whole, and therefore safe to repeat, to
interrupt and to share on a common path. Workers never open a database.

Layout below ``work/reading/<fingerprint>/``: ``in/<shard>.parquet`` (DOCUMENT rows), ``out/<shard>/<table>.parquet``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dagster_project.files import remove, sync, written_aside
from dagster_project.reading.rows import SCHEMAS

DOCUMENT_COLUMNS = (
    "document_id", "content_hash", "clean_text", "title_end", "clean_starts", "clean_lengths", "raw_starts", "raw_lengths",
    "raw_text", "published_on", "publisher", "language", "word_count",
)  # fmt: skip
READ_LANGUAGE = "en"
# Below the least, a shard's files cost more than the time that one worker waits for another in the end.
LEAST_WORDS = 5_000


class LostAnswers(RuntimeError):
    """A document was neither read, nor failed, nor left unread."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard: its name, its folder, and how many documents and words it holds."""

    name: str
    root: Path
    documents: int
    words: int

    @property
    def input(self) -> Path:
        return self.root / "in" / f"{self.name}.parquet"

    @property
    def output(self) -> Path:
        return self.root / "out" / self.name


def _answers(root: Path) -> list[Path]:
    """The folders of whole answers under one fingerprint. What a killed worker left aside begins with a dot and is none."""
    return sorted(path.parent for path in (root / "out").glob("[!.]*/reading.parquet"))


def read_already(root: Path) -> pl.DataFrame:
    """(document_id, content_hash) of every document answered under this fingerprint."""
    paths = [folder / "reading.parquet" for folder in _answers(root)]
    schema = {"document_id": pl.String, "content_hash": pl.String}
    if not paths:
        return pl.DataFrame(schema=schema)
    return pl.scan_parquet(paths).select(*schema).unique().collect()


def plan(documents: Path, root: Path, shard_words: int, workers: int | None = None) -> list[Shard]:
    """Write the input files of all documents not answered yet, cut by words; the same documents give the same shards.

    ``workers``: a shard holds at most half of a worker's share of what is left, so that none waits long for the last.
    """
    pending = (
        pl.scan_parquet(documents)
        .filter(pl.col("language") == READ_LANGUAGE)
        .select("document_id", "content_hash", "word_count")
        .collect()
        .join(read_already(root), on=["document_id", "content_hash"], how="anti")
        .sort("document_id")
    )
    shards: list[Shard] = []
    for group in _cut(pending, shard_words, workers):
        name = hashlib.sha256("".join(f"{d} {c};" for d, c in group.select("document_id", "content_hash").rows()).encode())
        shard = Shard(name.hexdigest()[:20], root, len(group), int(group["word_count"].sum()))
        write_input(shard, documents, group["document_id"].to_list())
        shards.append(shard)
    return shards


def write_input(shard: Shard, documents: Path, document_ids: list[str]) -> None:
    rows = pl.scan_parquet(documents).filter(pl.col("document_id").is_in(document_ids)).select(DOCUMENT_COLUMNS)
    with written_aside(shard.input) as path:
        rows.sort("document_id").collect().write_parquet(path, compression="zstd")


def _cut(pending: pl.DataFrame, shard_words: int, workers: int | None) -> Iterator[pl.DataFrame]:
    left = int(pending["word_count"].sum())
    start = words = 0
    for number, count in enumerate(pending["word_count"]):
        most = min(shard_words, max((left + words) // (2 * workers), LEAST_WORDS)) if workers else shard_words
        if number > start and words + count > most:
            yield pending[start:number]
            start, words = number, 0
        words += count
        left -= count
    if start < len(pending):
        yield pending[start:]


def write_output(shard: Shard, tables: dict[str, pl.DataFrame]) -> None:
    """The whole answer of a shard, or nothing."""
    if shard.output.exists():
        return  # another worker answered the same shard with the same rows
    with written_aside(shard.output) as folder:
        folder.mkdir()
        for name, table in tables.items():
            table.write_parquet(folder / f"{name}.parquet", compression="zstd")
    remove(shard.input)


def forget(reading_dir: Path, document_ids: list[str], *, is_failed_only: bool = False) -> int:
    """Take documents out of every answer and every waiting shard below ``work/reading``; how many answers were changed.

    They are read again if they are still there. A crash in between loses an answer at most, which is then given again.
    ``is_failed_only``: only answers that say the document could not be read.
    """
    for path in reading_dir.glob("*/in/*.parquet"):
        if pl.read_parquet(path, columns=["document_id"])["document_id"].is_in(document_ids).any():
            remove(path)
    changed = 0
    for answer in sorted(reading_dir.glob("*/out/[!.]*/reading.parquet")):
        told = pl.col("document_id").is_in(document_ids)
        if is_failed_only:
            told &= pl.col("outcome") == "failed"
        gone = pl.read_parquet(answer).filter(told)["document_id"].to_list()
        if not gone:
            continue
        folder = answer.parent
        aside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
        remove(aside)
        aside.mkdir()
        for table in sorted(folder.glob("*.parquet")):
            kept = pl.read_parquet(table).filter(~pl.col("document_id").is_in(gone))
            kept.write_parquet(aside / table.name, compression="zstd")
        sync(aside)
        remove(folder)
        os.replace(aside, folder)
        changed += 1
    return changed


def keep_newest(reading_dir: Path, current: str, keep: int) -> int:
    """Remove the answers of all pipelines but the ``current`` one and the ``keep`` used last before it; how many went."""
    others = (
        [path for path in reading_dir.iterdir() if path.is_dir() and path.name != current] if reading_dir.is_dir() else []
    )
    stale = sorted(others, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)[keep:]
    for path in stale:
        remove(path)
    return len(stale)


def collect(root: Path, documents: Path, target: Path) -> None:
    """One Parquet file a reading table in ``target``, of the current documents only, sorted by document.

    Documents in other languages get their ``unread`` row here. Streams: memory stays bounded by the largest table.

    Raises:
        LostAnswers: some document has no answer; what it tells would be missing without a word.
    """
    current = pl.scan_parquet(documents).select("document_id", "content_hash", "language")
    folders = _answers(root)
    answered = [
        pl.scan_parquet(folder / "reading.parquet").with_columns(pl.lit(folder.name).alias("shard")) for folder in folders
    ]
    reading = pl.concat(answered) if answered else pl.LazyFrame(schema={**SCHEMAS["reading"], "shard": pl.String})
    # A document whose date or publisher changed was answered more than once: the answer to its present content counts.
    chosen = (
        reading.join(current, on=["document_id", "content_hash"], how="semi")
        .sort("document_id", "shard")
        .unique("document_id", keep="first", maintain_order=True)
        .collect()
    )
    unread = (
        current.filter(pl.col("language") != READ_LANGUAGE)
        .select(
            "document_id",
            "content_hash",
            pl.lit("unread").alias("outcome"),
            pl.format("the language is {}, not English", "language").alias("reason"),
            pl.lit(0, pl.Int64).alias("sentence_count"),
            pl.lit(0, pl.Int64).alias("token_count"),
        )
        .collect()
    )
    if missing := current.select(pl.len()).collect().item() - len(chosen) - len(unread):
        raise LostAnswers(f"{missing} documents have no answer in {root}: nothing is built without them, run again")
    target.mkdir(parents=True, exist_ok=True)
    pl.concat([chosen.drop("shard"), unread]).sort("document_id").write_parquet(target / "reading.parquet")
    wanted = chosen.select("document_id", "shard").lazy()
    for name in SCHEMAS:
        if name == "reading":
            continue
        parts = [
            pl.scan_parquet(folder / f"{name}.parquet", row_index_name="row").with_columns(
                pl.lit(folder.name).alias("shard")
            )
            for folder in folders
        ]
        schema = {"row": pl.get_index_type(), **SCHEMAS[name], "shard": pl.String}
        rows = pl.concat(parts) if parts else pl.LazyFrame(schema=schema)
        # A streamed join keeps no order: a document's rows stay as its pipeline gave them by their number in the shard.
        rows = rows.join(wanted, on=["document_id", "shard"], how="semi").sort("document_id", "row")
        rows.drop("row", "shard").sink_parquet(target / f"{name}.parquet", compression="zstd")
