"""What resolution hands to the warehouse: schemas of its output tables.

``actor_id``, ``place_id`` and ``incident_id`` are natural ids (strings); surrogate keys are the warehouse's business.
The reading tables stay as they are; the ``*_map`` tables say what their per-document numbers mean across documents.
"""

from __future__ import annotations

import polars as pl

SCHEMAS: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    # one row per resolved actor; a generic actor is kept apart per document unless description and country agree
    "resolved_actor": {
        "actor_id": pl.String,
        "name": pl.String,
        "actor_type": pl.String,
        "country_iso3": pl.String,
        "backer_iso3": pl.String,
        "parent_actor_id": pl.String,
        "aliases": pl.List(pl.String),
        "in_reference": pl.Boolean,
        "is_generic": pl.Boolean,
    },
    "actor_map": {"document_id": pl.String, "actor_no": pl.Int64, "actor_id": pl.String},
    # one row per resolved place (place_id of reading), plus the country row of every country used
    "resolved_place": {
        "place_id": pl.String,
        "name": pl.String,
        "kind": pl.String,
        "admin1": pl.String,
        "country_iso3": pl.String,
        "latitude": pl.Float64,
        "longitude": pl.Float64,
        "geonames_id": pl.Int64,
        "where_prec": pl.Int64,
    },
    "place_map": {"document_id": pl.String, "place_no": pl.Int64, "place_id": pl.String},
    # one row per incident; tolls and source counts are derived in SQL from the claims and reports
    "incident": {
        "incident_id": pl.String,
        "event_type": pl.String,
        "place_id": pl.String,
        "date_start": pl.Date,
        "date_end": pl.Date,
        "date_precision": pl.String,
        "is_aggregate": pl.Boolean,
        "attack_count_low": pl.Int64,
        "attack_count_high": pl.Int64,
        "target_count_low": pl.Int64,
        "target_count_high": pl.Int64,
        "part_of_incident_id": pl.String,
        "type_of_violence": pl.Int64,
        "conflict_name": pl.String,
        "dyad_name": pl.String,
        "title": pl.String,
        "confidence": pl.Float64,
    },
    "incident_map": {"document_id": pl.String, "report_no": pl.Int64, "incident_id": pl.String},
    # one row per compared pair of reports that was merged or nearly; a < b by (document_id, report_no)
    "incident_link": {
        "document_id_a": pl.String,
        "report_no_a": pl.Int64,
        "document_id_b": pl.String,
        "report_no_b": pl.Int64,
        "score": pl.Float64,
        "features": pl.String,  # JSON object, feature name -> value
        "decision": pl.String,  # merged | near_miss | forbidden | must_link | cannot_link
        "reason": pl.String,
    },
    "incident_id_history": {
        "old_incident_id": pl.String,
        "new_incident_id": pl.String,
        "changed_at": pl.Datetime("us", "UTC"),
        "reason": pl.String,
    },
}
