"""The typed rows that ingest hands on: documents, where they came from, and what was refused.

Belongs here: schemas and the one-document view that reading takes. Does not belong: how files are read or cleaned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from dagster_project.ingest.offsets import OffsetMap

# What the content alone says: one row per document_id (hash of title and text as read). clean_text: the analysed copy,
# title first, then paragraphs, separated by blank lines; clean_starts ... raw_lengths: its OffsetMap to raw_text;
# signature: MinHash of its word shingles, for near-duplicates.
CONTENT: dict[str, pl.DataType | type[pl.DataType]] = {
    "document_id": pl.String,
    "title": pl.String,
    "raw_text": pl.String,
    "clean_text": pl.String,
    "title_end": pl.Int64,
    "clean_starts": pl.List(pl.Int64),
    "clean_lengths": pl.List(pl.Int64),
    "raw_starts": pl.List(pl.Int64),
    "raw_lengths": pl.List(pl.Int64),
    "encoding": pl.String,
    "media_type": pl.String,
    "byline": pl.String,
    "stated_on": pl.Date,  # publication date the page itself states
    "language": pl.String,
    "word_count": pl.Int64,
    "signature": pl.List(pl.UInt64),
}

# One row per input file or record, with what came beside its text.
SOURCE: dict[str, pl.DataType | type[pl.DataType]] = {
    "document_id": pl.String,
    "source_file": pl.String,
    "record_number": pl.Int64,
    "external_id": pl.String,
    "bytes_hash": pl.String,
    "url": pl.String,
    "publisher": pl.String,
    "given_on": pl.Date,  # publication date in a column of the input
}

# A document with the metadata of all its sources: what reading takes and dim_document shows.
DOCUMENT: dict[str, pl.DataType | type[pl.DataType]] = {
    **{name: kind for name, kind in CONTENT.items() if name not in {"stated_on", "signature"}},
    "publisher": pl.String,
    "url": pl.String,
    "published_on": pl.Date,
    "published_on_basis": pl.String,  # stated | given | manifest | unknown
    "content_hash": pl.String,  # of all that reading depends on: clean_text, title_end, language, published_on, publisher
    "duplicate_of": pl.String,  # document_id of the near-duplicate that stands for it
    "superseded_by": pl.String,  # document_id that replaced it in its file
}

# One row per refused file, record or row. stage: ingest | reading | audit.
REJECTED: dict[str, pl.DataType | type[pl.DataType]] = {
    "stage": pl.String,
    "object_id": pl.String,
    "reason_code": pl.String,
    "reason": pl.String,
    "payload_excerpt": pl.String,
}


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """One document as reading takes it."""

    document_id: str
    text: str
    title_end: int
    offsets: OffsetMap
    raw_text: str
    published_on: date | None
    publisher: str | None
    language: str

    @classmethod
    def from_row(cls, row: dict) -> CleanDocument:
        """From a row of a DOCUMENT frame (``frame.iter_rows(named=True)``)."""
        return cls(
            document_id=row["document_id"],
            text=row["clean_text"],
            title_end=row["title_end"],
            offsets=OffsetMap(
                tuple(row["clean_starts"]),
                tuple(row["clean_lengths"]),
                tuple(row["raw_starts"]),
                tuple(row["raw_lengths"]),
            ),
            raw_text=row["raw_text"],
            published_on=row["published_on"],
            publisher=row["publisher"],
            language=row["language"],
        )
