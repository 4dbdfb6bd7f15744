"""What reading hands on: the schemas of its output tables, one frame per table, all offsets in raw_text.

``document_id`` and the ``*_no`` columns (0-based, per document) are the only keys; everything that crosses documents is
resolution's business. ``char_*`` are code points of ``raw.document.raw_text``, end exclusive. ``rule_score`` is how sure a rule is of what
it found, ``confidence`` the probability that the row is right (``confidence.py``).
"""

from __future__ import annotations

import polars as pl

_SPAN = {"char_start": pl.Int64, "char_end": pl.Int64}
_COUNTS = {
    "attack_count_low": pl.Int64,
    "attack_count_high": pl.Int64,
    "target_count_low": pl.Int64,
    "target_count_high": pl.Int64,
}

SCHEMAS: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    # outcome: read | unread (not English) | failed (reason says why)
    "reading": {
        "document_id": pl.String,
        "content_hash": pl.String,
        "outcome": pl.String,
        "reason": pl.String,
        "sentence_count": pl.Int64,
        "token_count": pl.Int64,
    },
    "actor": {
        "document_id": pl.String,
        "actor_no": pl.Int64,
        "reference_id": pl.String,
        "name": pl.String,
        "actor_type": pl.String,
        "country_iso3": pl.String,
        "backer_iso3": pl.String,
        "parent_reference_id": pl.String,
        "parent_actor_no": pl.Int64,
        "aliases": pl.List(pl.String),
        "is_generic": pl.Boolean,
        "office": pl.String,
        "confidence": pl.Float64,
    },
    "place": {
        "document_id": pl.String,
        "place_no": pl.Int64,
        "place_id": pl.String,
        "name": pl.String,
        "kind": pl.String,
        "admin1": pl.String,
        "country_iso3": pl.String,
        "latitude": pl.Float64,
        "longitude": pl.Float64,
        "geonames_id": pl.Int64,
        "where_prec": pl.Int64,
        "confidence": pl.Float64,
    },
    "entity_mention": {
        "document_id": pl.String,
        "entity_type": pl.String,
        "text": pl.String,
        **_SPAN,
        "actor_no": pl.Int64,
        "place_no": pl.Int64,
        "weapon": pl.String,
        "rule_score": pl.Float64,
        "confidence": pl.Float64,
    },
    "report": {
        "document_id": pl.String,
        "report_no": pl.Int64,
        "event_type": pl.String,
        "is_aggregate": pl.Boolean,
        **_COUNTS,
        "part_of_report_no": pl.Int64,
        "date_text": pl.String,
        "date_start": pl.Date,
        "date_end": pl.Date,
        "date_precision": pl.String,
        "evidence": pl.String,
        **_SPAN,
        "extractor": pl.String,
        "rule_score": pl.Float64,
        "confidence": pl.Float64,
    },
    "argument": {
        "document_id": pl.String,
        "report_no": pl.Int64,
        "role": pl.String,
        "attribution": pl.String,
        "attributed_by_actor_no": pl.Int64,
        "text": pl.String,
        "filler_type": pl.String,
        "actor_no": pl.Int64,
        "place_no": pl.Int64,
        "weapon": pl.String,
        **_SPAN,
        "rule_score": pl.Float64,
        "confidence": pl.Float64,
    },
    "event_mention": {
        "document_id": pl.String,
        "report_no": pl.Int64,
        "trigger": pl.String,
        "trigger_start": pl.Int64,
        "trigger_end": pl.Int64,
        "event_type": pl.String,
        "realis": pl.String,
        "evidence": pl.String,
        **_SPAN,
    },
    "claim": {
        "document_id": pl.String,
        "claim_no": pl.Int64,
        "report_no": pl.Int64,
        "kind": pl.String,
        "count_low": pl.Int64,
        "count_high": pl.Int64,
        "count_qualifier": pl.String,
        "count_text": pl.String,
        "victims": pl.String,
        "victim_class": pl.String,
        "victim_actor_no": pl.Int64,
        "part_of_claim_no": pl.Int64,
        # coordinated claims of one harm, to be added up: number of the first of them; null where one stands alone
        "addend_group_no": pl.Int64,
        "revises_claim_no": pl.Int64,
        "claimed_by_actor_no": pl.Int64,
        "evidence": pl.String,
        **_SPAN,
        "rule_score": pl.Float64,
        "confidence": pl.Float64,
    },
    "statement": {
        "document_id": pl.String,
        "statement_no": pl.Int64,
        "speaker_actor_no": pl.Int64,
        "target_actor_no": pl.Int64,
        "report_no": pl.Int64,
        "category": pl.String,
        "is_direct_quote": pl.Boolean,
        "quote": pl.String,
        "said_on": pl.Date,
        "evidence": pl.String,
        **_SPAN,
        "rule_score": pl.Float64,
        "confidence": pl.Float64,
    },
    # rows and dates that contradict themselves; object: what of the document, "claim:3"
    "refused": {
        "document_id": pl.String,
        "object": pl.String,
        "reason_code": pl.String,
        "reason": pl.String,
        "payload_excerpt": pl.String,
    },
}


def frame(table: str, rows: list[dict]) -> pl.DataFrame:
    """Rows of one reading table as a frame of its declared schema (missing or extra columns raise)."""
    schema = SCHEMAS[table]
    for row in rows:
        if row.keys() != schema.keys():
            raise ValueError(f"{table}: columns {sorted(row.keys() ^ schema.keys())} do not match the schema")
    return pl.DataFrame(rows, schema=schema)
