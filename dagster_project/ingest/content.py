"""A record to the row of its content: cleaned text, byline, stated date, language, signature, identity.

Belongs here: what depends on the record alone. Does not belong: manifests and other sources of the same content
(``documents.py`` says what they add, the catalog joins them).
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache

import numpy as np

from dagster_project.ingest.clean import clean
from dagster_project.ingest.metadata import detect_language, given_date, is_plausible, stated_publication_date
from dagster_project.ingest.records import Record, Refusal, excerpt

PERMUTATIONS = 64
SCHEME = "affine32"  # signatures are kept: their scheme must not follow a default
SHINGLE_WORDS = 5
WORD = re.compile(r"\w+")


def document_id(title: str | None, raw_text: str) -> str:
    """Hash of title and text as read: 20 hexadecimal digits of SHA-256."""
    return hashlib.sha256(f"{title or ''}\0{raw_text}".encode()).hexdigest()[:20]


def read_content(record: Record, today: date) -> tuple[dict, dict, list[Refusal]]:
    """(row of CONTENT, row of SOURCE, refusals of single values) of one record.

    A date that is no date, or lies after ``today`` or before 1900, is refused alone: the document stays, its date unknown.
    """
    cleaned = clean(record.text, record.title, record.main)
    object_id = f"{record.source_file}#{record.record_number}" if record.record_number else record.source_file
    refusals: list[Refusal] = []
    stated_on = given_date(record.stated_on) or stated_publication_date(record.text.splitlines())
    given_on = given_date(record.published_on)
    if record.published_on and given_on is None:
        reason = f"published_on {record.published_on[:60]!r} is not a date"
        refusals.append(Refusal(object_id, "bad_date", reason, excerpt(record.published_on)))
    if stated_on and not is_plausible(stated_on, today):
        refusals.append(Refusal(object_id, "bad_date", f"the page states {stated_on}, which is in the future"))
        stated_on = None
    if given_on and not is_plausible(given_on, today):
        refusals.append(Refusal(object_id, "bad_date", f"published_on {given_on} is in the future"))
        given_on = None
    identity = document_id(record.title or cleaned.title, record.text)
    content = {
        "document_id": identity,
        "title": cleaned.title,
        "raw_text": record.text,
        "clean_text": cleaned.text,
        "title_end": cleaned.title_end,
        "clean_starts": list(cleaned.offsets.clean_starts),
        "clean_lengths": list(cleaned.offsets.clean_lengths),
        "raw_starts": list(cleaned.offsets.raw_starts),
        "raw_lengths": list(cleaned.offsets.raw_lengths),
        "encoding": record.encoding,
        "media_type": record.media_type,
        "byline": cleaned.byline,
        "stated_on": stated_on,
        "language": detect_language(cleaned.text, record.language),
        "word_count": len(cleaned.text.split()),
        "signature": signature(cleaned.text[cleaned.title_end :]),
    }
    source = {
        "document_id": identity,
        "source_file": record.source_file,
        "record_number": record.record_number,
        "external_id": record.external_id,
        "bytes_hash": record.bytes_hash,
        "url": record.url,
        "publisher": record.publisher,
        "given_on": given_on,
    }
    return content, source, refusals


@cache
def _empty_sketch():
    """Its permutations take longer to make than a text takes to hash."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, scheme=SCHEME)


def signature(text: str) -> list[int]:
    """MinHash signature (64 permutations) of the text's word 5-grams; empty for a text shorter than one."""
    words = WORD.findall(text.casefold())
    shingles = sorted({" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)})
    if not shingles:
        return []
    sketch = _empty_sketch().copy()
    sketch.update_batch([s.encode() for s in shingles])
    return np.asarray(sketch.hashvalues, dtype=np.uint64).tolist()
