"""Files to records: one reader per input format of the contract.

Belongs here: containers (gzip, CSV, JSON Lines, Parquet) and their rows. Does not belong: cleaning, metadata in texts.
Every reader yields records and refusals and never raises for bad input.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import math
import os
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from dagster_project.ingest.decode import NotText, decode
from dagster_project.ingest.html import UnreadablePage, read_page
from dagster_project.ingest.records import Record, Refusal, excerpt
from dagster_project.retry import retried

Found = Iterator[Record | Refusal]
# Columns of tables and JSON Lines, and the other names people give them.
COLUMNS = {
    "text": ("text", "body", "content", "article"),
    "external_id": ("id", "external_id", "article_id"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "outlet"),
    "published_on": ("published_on", "published", "date", "publication_date"),
    "language": ("language", "lang"),
}
# A table may hold many articles, each of them bounded by MAX_DOCUMENT_BYTES; its own size is bounded as well, so that a
# compressed bomb stops early.
TABLE_FACTOR = 2_000


def read_file(path: Path, source_file: str, max_document_bytes: int) -> Found:
    """All records of one file. ``source_file`` is the path to record, relative to the articles' folder."""
    reader = READERS.get("".join(path.suffixes[-2:]).lower() if path.suffix.lower() == ".gz" else path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        yield Refusal(source_file, "unknown_format", f"the file's ending is none of {known}")
        return
    try:
        # Opening meets the troubles of network file systems; those that pass are waited for.
        if retried(lambda: _size(path)) == 0:
            yield Refusal(source_file, "empty_file", "the file is empty")
            return
        yield from reader(path, source_file, max_document_bytes)
    except OSError as error:
        yield Refusal(source_file, "unreadable_file", f"the file cannot be read: {error.strerror or error}")


def _size(path: Path) -> int:
    with path.open("rb") as file:
        file.read(1)
        return os.fstat(file.fileno()).st_size


def _single(path: Path, source_file: str, limit: int, *, html: bool) -> Found:
    # A page's markup may outweigh its text.
    data = _bounded(path, limit * (10 if html else 4))
    if data is None:
        yield Refusal(source_file, "too_large", f"the file is larger than MAX_DOCUMENT_BYTES={limit} allows")
        return
    digest = hashlib.sha256(data).hexdigest()
    try:
        text, encoding = decode(data, html=html)
        page = read_page(text) if html else None
    except (NotText, UnreadablePage) as error:
        code = "not_text" if isinstance(error, NotText) else "unreadable_page"
        yield Refusal(source_file, code, str(error), excerpt(data))
        return
    if page is None:
        record = Record(source_file, 0, digest, "text/plain", encoding, text)
    else:
        record = Record(
            source_file, 0, digest, "text/html", encoding, page.text, page.title, None, page.url, page.publisher, None,
            page.stated_on, None, page.main,
        )  # fmt: skip
    yield _checked(record, source_file, limit)


def read_text(path: Path, source_file: str, limit: int) -> Found:
    return _single(path, source_file, limit, html=False)


def read_html(path: Path, source_file: str, limit: int) -> Found:
    return _single(path, source_file, limit, html=True)


def read_jsonl(path: Path, source_file: str, limit: int) -> Found:
    """One JSON object a line; a broken line is refused alone."""
    read = 0
    with gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb") as file:
        number = 0
        while True:
            try:
                line = file.readline(limit * 8)
            except (OSError, EOFError, zlib.error) as error:
                yield Refusal(source_file, "broken_archive", f"the gzip stream breaks off after line {number}: {error}")
                return
            if not line:
                break
            number += 1
            read += len(line)
            object_id = f"{source_file}#{number}"
            if read > limit * TABLE_FACTOR:
                yield Refusal(object_id, "too_large", f"the file holds more than {TABLE_FACTOR} times MAX_DOCUMENT_BYTES")
                return
            if not line.endswith(b"\n") and len(line) >= limit * 8:
                yield Refusal(object_id, "too_large", "the line is longer than any document may be", excerpt(line))
                while line and not line.endswith(b"\n"):
                    line = file.readline(limit * 8)
                continue
            if not line.strip():
                continue
            yield _json_record(line, object_id, source_file, number, limit)


def _json_record(line: bytes, object_id: str, source_file: str, number: int, limit: int) -> Record | Refusal:
    try:
        value = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_no_duplicates)
    except (ValueError, RecursionError) as error:
        return Refusal(object_id, "bad_json", f"the line is not JSON: {error}", excerpt(line))
    if not isinstance(value, dict):
        return Refusal(object_id, "bad_json", "the line is not a JSON object", excerpt(line))
    return _row(value, object_id, source_file, number, "application/jsonl", "utf-8", limit)


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value: dict[str, object] = {}
    for key, item in pairs:
        if key in value and value[key] != item:
            raise ValueError(f"the key {key!r} stands twice with different values")
        value[key] = item
    return value


def read_csv(path: Path, source_file: str, limit: int) -> Found:
    data = _bounded(path, limit * TABLE_FACTOR)
    if data is None:
        yield Refusal(source_file, "too_large", f"the table holds more than {TABLE_FACTOR} times MAX_DOCUMENT_BYTES")
        return
    try:
        text, encoding = decode(data)
    except NotText as error:
        yield Refusal(source_file, "not_text", str(error), excerpt(data))
        return
    csv.field_size_limit(max(limit * 4, 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text))
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        yield Refusal(source_file, "bad_csv", f"the header cannot be read: {error}", excerpt(text))
        return
    if not any(name in header for name in COLUMNS["text"]):
        yield Refusal(source_file, "no_text_column", f"the table has no column 'text' but {header[:10]}", excerpt(text))
        return
    number = 0
    while True:
        number += 1
        object_id = f"{source_file}#{number}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(object_id, "bad_csv", f"the row cannot be read: {error}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reason = f"the row has {len(cells)} cells, the header {len(header)}"
            yield Refusal(object_id, "ragged_row", reason, excerpt(" | ".join(cells)))
            continue
        yield _row(dict(zip(header, cells, strict=True)), object_id, source_file, number, "text/csv", encoding, limit)


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)

    class Found(csv.excel):
        pass

    Found.delimiter = delimiter
    return Found


def read_parquet(path: Path, source_file: str, limit: int) -> Found:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(path)
        names = {name.lower(): name for name in file.schema_arrow.names}
        if not any(name in names for name in COLUMNS["text"]):
            yield Refusal(source_file, "no_text_column", f"the table has no column 'text' but {list(names)[:10]}")
            return
        wanted = [names[name] for names_ in COLUMNS.values() for name in names_ if name in names]
        number = 0
        size = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
        if size > limit * TABLE_FACTOR:
            yield Refusal(source_file, "too_large", f"the table holds more than {TABLE_FACTOR} times MAX_DOCUMENT_BYTES")
            return
        # Few rows at a time: a small file may hold the same large cell again and again.
        for batch in file.iter_batches(batch_size=32, columns=wanted):
            for position in range(batch.num_rows):
                number += 1
                object_id = f"{source_file}#{number}"
                try:
                    lowered = {name.lower(): batch.column(i)[position].as_py() for i, name in enumerate(batch.schema.names)}
                except (ValueError, OverflowError) as error:  # a day beyond the calendar, a text that is no UTF-8
                    yield Refusal(object_id, "bad_value", f"a value of the row cannot be read: {error}")
                    continue
                yield _row(lowered, object_id, source_file, number, "application/parquet", "utf-8", limit)
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        yield Refusal(source_file, "bad_parquet", f"the file is not readable Parquet: {str(error)[:200]}")


def _row(
    row: dict, object_id: str, source_file: str, number: int, media_type: str, encoding: str, limit: int
) -> Record | Refusal:
    found: dict[str, object] = {}
    for field, names in COLUMNS.items():
        found[field] = next((row[name] for name in names if row.get(name) is not None), None)
    text = found["text"]
    if not isinstance(text, str):
        kind = "nothing" if text is None else type(text).__name__
        return Refusal(object_id, "no_text", f"the column 'text' holds {kind}, not text", excerpt(str(row)))
    text = text.encode("utf-8", "replace").decode("utf-8")
    digest = hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()
    record = Record(
        source_file, number, digest, media_type, encoding, text, _text(found["title"]), _text(found["external_id"]),
        _text(found["url"]), _text(found["publisher"]), _text(found["published_on"]), None, _text(found["language"]),
    )  # fmt: skip
    return _checked(record, object_id, limit)


def _text(value: object) -> str | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text.encode("utf-8", "replace").decode("utf-8").strip() or None


def _checked(record: Record, object_id: str, limit: int) -> Record | Refusal:
    size = len(record.text.encode("utf-8"))
    if size > limit:
        reason = f"the text has {size} bytes, MAX_DOCUMENT_BYTES is {limit}"
        return Refusal(object_id, "too_large", reason, excerpt(record.text))
    if not any(c.isalnum() for c in record.text):
        return Refusal(object_id, "no_text", "the text holds no letter or digit", excerpt(record.text))
    return record


def _bounded(path: Path, limit: int) -> bytes | None:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    return None if len(data) > limit else data


READERS: dict[str, Callable[[Path, str, int], Found]] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
