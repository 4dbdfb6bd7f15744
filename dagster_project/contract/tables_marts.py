"""The star schema: dimensions, facts and bridges of ``marts``."""

from __future__ import annotations

from dagster_project.contract import vocabulary
from dagster_project.contract.model import Column, Table


def _key(name: str, what: str) -> Column:
    return Column(name, "BIGINT", f"Surrogate key of {what}: a stable hash of the business key; -1 is the unknown member.")


def _reference(name: str, table: str, what: str) -> Column:
    return Column(name, "BIGINT", f"{what}; -1 where unknown or not applicable.", references=table)


def _span(of: str) -> tuple[Column, Column]:
    return (
        Column(
            "char_start",
            "BIGINT",
            f"First character of {of} in raw.document.raw_text, 0-based, in Unicode code points.",
            minimum=0,
        ),
        Column(
            "char_end",
            "BIGINT",
            f"End of {of} in raw.document.raw_text, exclusive, in Unicode code points.",
            minimum=1,
        ),
    )


_DOCUMENT = _reference("document_key", "marts.dim_document", "The document that says so")
_INCIDENT = _reference("incident_key", "marts.fact_incident", "The incident")
_EVENT_TYPE = _reference("event_type_key", "marts.dim_event_type", "The kind of event")
_CONFIDENCE = Column(
    "confidence",
    "DOUBLE",
    "Probability that the row is right, 0 to 1, calibrated on annotated articles (codebook).",
    minimum=0,
    maximum=1,
)
_EVIDENCE = Column("evidence", "VARCHAR", "The sentence or clause that says it, verbatim from raw_text.")


def _dates(of: str) -> tuple[Column, Column, Column]:
    return (
        Column(
            "date_start",
            "DATE",
            f"First day {of} can have happened, as far as the text licenses; null = open or unknown.",
            True,
        ),
        Column(
            "date_end",
            "DATE",
            f"Last day {of} can have happened, as far as the text licenses; null = open or unknown.",
            True,
        ),
        Column(
            "date_precision",
            "VARCHAR",
            "How precise the bounds are (UCDP date_prec: day 1, days 2, week 3, month 4, year 5; range by its length).",
            allowed=vocabulary.DATE_PRECISION,
        ),
    )


def _count(name: str, description: str) -> Column:
    return Column(name, "INTEGER", description, True, minimum=0)


def _tolls(bounds: tuple[str, ...], kinds: tuple[str, ...] = vocabulary.CASUALTY_KIND) -> tuple[Column, ...]:
    words = {
        "low": "lowest reliable claim",
        "best": "most specific and most recent claim among the best attributed",
        "high": "highest claim",
    }
    return tuple(
        _count(
            f"{kind}_{bound}",
            f"People {kind}: the {words[bound]} (toll rule, see meta.build). Null = not reported, 0 = reported as none.",
        )
        for kind in kinds
        for bound in bounds
    )


_MEASURES = (
    Column(
        "is_aggregate",
        "BOOLEAN",
        "Whether this is a number or habit of attacks over a period, never added to single incidents.",
    ),
    _count("attack_count_low", "Attacks an aggregate stands for, at least. Null = not stated."),
    _count("attack_count_high", "Attacks an aggregate stands for, at most. Null = not stated."),
    _count("target_count_low", "Targets hit, at least. Null = not stated."),
    _count("target_count_high", "Targets hit, at most. Null = not stated."),
)
_INCIDENT_TAIL = (
    *_tolls(("low", "best", "high")),
    Column(
        "type_of_violence",
        "INTEGER",
        "UCDP GED: 1 state-based, 2 non-state, 3 one-sided; null where the actors do not tell.",
        True,
        minimum=1,
        maximum=3,
    ),
    Column("conflict_name", "VARCHAR", "UCDP's sense of conflict, derived from the actors.", True),
    Column("dyad_name", "VARCHAR", "The two sides, derived from the actors.", True),
    Column(
        "document_count", "INTEGER", "Documents that report it, near-duplicates included, superseded ones not.", minimum=0
    ),
    Column(
        "publisher_count",
        "INTEGER",
        "Publishers that report it, an agency in place of the outlet that only hands on its report; near-duplicates "
        "count once, unknown publishers together as one.",
        minimum=0,
    ),
    Column("has_conflicting_claims", "BOOLEAN", "Whether sources contradict each other on a toll or on who did it."),
    Column("title", "VARCHAR", "One readable line."),
    _CONFIDENCE,
)
# What the toll rule gives by construction; what a single bad row of the input can break is left to the audit, which can
# quarantine the row where a constraint would fail the whole load.
TOLL_CHECKS = tuple(
    check for kind in vocabulary.CASUALTY_KIND for check in (f"{kind}_low <= {kind}_best", f"{kind}_best <= {kind}_high")
)

DIMENSIONS = (
    Table(
        "marts",
        "dim_date",
        "a calendar day",
        (
            Column("date_key", "BIGINT", "yyyymmdd of the day; -1 is the unknown day."),
            Column("date", "DATE", "The day (Gregorian); null in the unknown member only.", True),
            Column("year", "INTEGER", "Calendar year.", True),
            Column("quarter", "INTEGER", "Quarter of the year, 1 to 4.", True, minimum=1, maximum=4),
            Column("month", "INTEGER", "Month of the year, 1 to 12.", True, minimum=1, maximum=12),
            Column("month_name", "VARCHAR", "English name of the month.", True),
            Column("iso_week", "INTEGER", "ISO 8601 week, 1 to 53.", True, minimum=1, maximum=53),
            Column("day_of_week", "INTEGER", "ISO 8601 day of the week: 1 Monday to 7 Sunday.", True, minimum=1, maximum=7),
            Column("is_weekend", "BOOLEAN", "Whether the day is a Saturday or Sunday.", True),
        ),
        primary_key=("date_key",),
        notes="Every day of every year in which a date of the warehouse falls.",
        lineage=("incident", "report", "document", "statement"),
        unknown_member=True,
    ),
    Table(
        "marts",
        "dim_publisher",
        "an outlet",
        (
            _key("publisher_key", "the publisher"),
            Column("name", "VARCHAR", "Name of the outlet."),
            Column("country_iso3", "VARCHAR", "Home country (ISO 3166-1 alpha-3), from the reference table.", True),
            Column("kind", "VARCHAR", "Kind of outlet, from the reference table.", True),
            Column(
                "reliability_grade",
                "VARCHAR",
                "Admiralty scale, A completely reliable to F cannot be judged; from the reference table.",
                True,
                vocabulary.RELIABILITY_GRADE,
            ),
            Column("in_reference", "BOOLEAN", "Whether seeds/reference/publishers.csv knows it."),
        ),
        primary_key=("publisher_key",),
        lineage=("document", "seeds/reference/publishers.csv"),
        unknown_member=True,
    ),
    Table(
        "marts",
        "dim_document",
        "a document",
        (
            _key("document_key", "the document"),
            Column("document_id", "VARCHAR", "Hash of title and text as read; the key of raw.document."),
            Column("external_id", "VARCHAR", "The id given with the input, if any.", True),
            Column(
                "source_file", "VARCHAR", "The (first) input file that holds it, relative to the articles' folder.", True
            ),
            Column("title", "VARCHAR", "Headline.", True),
            Column("byline", "VARCHAR", "Who wrote it, as printed.", True),
            _reference("publisher_key", "marts.dim_publisher", "The outlet"),
            Column("url", "VARCHAR", "Address, where given.", True),
            Column("published_on", "DATE", "Day of publication; null where nothing tells it.", True),
            _reference("published_date_key", "marts.dim_date", "Day of publication"),
            Column(
                "published_on_basis",
                "VARCHAR",
                "Where published_on comes from: stated in the text, given with the input, the manifest, or unknown.",
                allowed=vocabulary.PUBLISHED_ON_BASIS,
            ),
            Column("language", "VARCHAR", "ISO 639-1 code of the language; only English is read.", True),
            Column("word_count", "BIGINT", "Words of the cleaned text.", minimum=0),
            Column("duplicate_of", "VARCHAR", "document_id of the document that this one nearly repeats, or null.", True),
            Column(
                "superseded_by",
                "VARCHAR",
                "document_id of the later version of the same file; its reports no longer count.",
                True,
            ),
            Column("is_present", "BOOLEAN", "Whether a file or record of the input still holds it."),
            Column(
                "outcome",
                "VARCHAR",
                "What reading did: read, unread (not English) or failed.",
                allowed=("read", "unread", "failed"),
            ),
        ),
        primary_key=("document_key",),
        unique=(("document_id",),),
        lineage=("document", "source", "document_state", "reading"),
        unknown_member=True,
    ),
    Table(
        "marts",
        "dim_actor",
        "a resolved actor, a person or a collective",
        (
            _key("actor_key", "the actor"),
            Column("actor_id", "VARCHAR", "Stable natural id; for known actors that of seeds/reference/actors.csv."),
            Column("name", "VARCHAR", "Canonical, short English name."),
            Column("actor_type", "VARCHAR", "Kind of actor.", allowed=vocabulary.ACTOR_TYPE),
            Column("country_iso3", "VARCHAR", "Country it belongs to (ISO 3166-1 alpha-3).", True),
            Column(
                "backer", "VARCHAR", "Sponsoring state (ISO 3166-1 alpha-3), where reference table or text says so.", True
            ),
            Column(
                "parent_actor_key",
                "BIGINT",
                "Person to organisation, organisation to state; -1 = none known.",
                references="marts.dim_actor",
            ),
            Column("aliases", "VARCHAR[]", "The surface forms seen."),
            Column("in_reference", "BOOLEAN", "Whether the reference table knows it."),
            Column("is_generic", "BOOLEAN", 'Whether it is described, not named ("gunmen").'),
        ),
        primary_key=("actor_key",),
        unique=(("actor_id",),),
        lineage=("resolved_actor",),
        unknown_member=True,
    ),
    Table(
        "marts",
        "dim_location",
        "a resolved place",
        (
            _key("location_key", "the place"),
            Column("place_id", "VARCHAR", "Stable natural id (country:IRQ, geonames:98182, ...)."),
            Column("name", "VARCHAR", "Short English name."),
            Column("kind", "VARCHAR", "Kind of place.", allowed=vocabulary.PLACE_KIND),
            Column("admin1", "VARCHAR", "First-order division, by name.", True),
            Column("country_iso3", "VARCHAR", "Country (ISO 3166-1 alpha-3); null at sea or across borders.", True),
            Column("latitude", "DOUBLE", "Degrees north, WGS 84.", True, minimum=-90, maximum=90),
            Column("longitude", "DOUBLE", "Degrees east, WGS 84.", True, minimum=-180, maximum=180),
            Column("geonames_id", "BIGINT", "GeoNames id, where the place is in the gazetteer.", True, minimum=1),
            Column(
                "where_prec",
                "INTEGER",
                "UCDP GED: 1 exact place to 7 sea or international air space.",
                True,
                minimum=1,
                maximum=7,
            ),
        ),
        primary_key=("location_key",),
        unique=(("place_id",),),
        notes="Exactly one country row per country_iso3.",
        lineage=("resolved_place",),
        unknown_member=True,
    ),
    Table(
        "marts",
        "dim_event_type",
        "a kind of event",
        (
            _key("event_type_key", "the kind of event"),
            Column(
                "event_type",
                "VARCHAR",
                "Our code: physical kinds in lower case, verbal ones the PLOVER category or STATEMENT.",
            ),
            Column("plover_category", "VARCHAR", "PLOVER category.", True),
            Column("plover_mode", "VARCHAR", "PLOVER mode.", True),
            Column("cameo_root", "VARCHAR", "CAMEO root code, two digits.", True),
            Column(
                "quad_class",
                "INTEGER",
                "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
                True,
                minimum=1,
                maximum=4,
            ),
            Column("goldstein", "DOUBLE", "PLOVER's conflict-cooperation scale, -10 to +10.", True, minimum=-10, maximum=10),
            Column("acled_event_type", "VARCHAR", "ACLED event type.", True),
            Column("acled_sub_event_type", "VARCHAR", "ACLED sub-event type.", True),
            Column("is_violent", "BOOLEAN", "Whether it is physical violence."),
            Column("description", "VARCHAR", "What the code means.", True),
        ),
        primary_key=("event_type_key",),
        unique=(("event_type",),),
        lineage=("seeds/reference/event_types.csv",),
        unknown_member=True,
    ),
    Table(
        "marts",
        "dim_weapon",
        "a weapon or means that some document names",
        (
            _key("weapon_key", "the weapon"),
            Column("name", "VARCHAR", "Canonical name of seeds/reference/weapons.csv."),
            Column("weapon_class", "VARCHAR", "Class of weapon.", allowed=vocabulary.WEAPON_CLASS),
        ),
        primary_key=("weapon_key",),
        unique=(("name",),),
        lineage=("entity_mention", "argument", "seeds/reference/weapons.csv"),
        unknown_member=True,
    ),
)

FACTS = (
    Table(
        "marts",
        "fact_incident",
        "one real-world physical incident, resolved across documents",
        (
            _key("incident_key", "the incident"),
            Column("incident_id", "VARCHAR", "Stable id; changes are in marts.incident_id_history."),
            _EVENT_TYPE,
            _reference("location_key", "marts.dim_location", "Primary place"),
            _reference("start_date_key", "marts.dim_date", "First day, -1 unless day-precise"),
            _reference("end_date_key", "marts.dim_date", "Last day, -1 unless day-precise"),
            *_dates("it"),
            *_MEASURES,
            Column(
                "part_of_incident_key",
                "BIGINT",
                "The aggregate or operation it falls inside; -1 = none.",
                references="marts.fact_incident",
            ),
            *_INCIDENT_TAIL,
        ),
        primary_key=("incident_key",),
        unique=(("incident_id",),),
        checks=TOLL_CHECKS,
        notes="The row -1 means no incident and is excluded by every view. Aggregates are never added to single incidents.",
        lineage=("incident", "incident_map", "claim", "report"),
        unknown_member=True,
    ),
    Table(
        "marts",
        "fact_incident_report",
        "an incident as told by one document",
        (
            _INCIDENT,
            _DOCUMENT,
            _EVENT_TYPE,
            Column("date_text", "VARCHAR", "The words that date it.", True),
            *_dates("it"),
            *_tolls(("low", "high"), ("killed", "injured")),
            _EVIDENCE,
            *_span("the evidence"),
            Column("extractor", "VARCHAR", "Which rule or component found it."),
            _CONFIDENCE,
        ),
        primary_key=("incident_key", "document_key"),
        notes="Tolls by the rule of fact_incident, this document alone.",
        lineage=("report", "incident_map", "claim"),
    ),
    Table(
        "marts",
        "fact_incident_argument",
        "one filler of one role of one incident in one document",
        (
            _key("argument_key", "the filler"),
            _INCIDENT,
            _DOCUMENT,
            Column(
                "role", "VARCHAR", "Part the filler plays; claimant = who claims responsibility.", allowed=vocabulary.ROLE
            ),
            Column("attribution", "VARCHAR", "On what footing the text says so.", allowed=vocabulary.ATTRIBUTION),
            _reference("attributed_by_actor_key", "marts.dim_actor", "Who claims, blames, suspects or denies"),
            Column("text", "VARCHAR", "The filler as written."),
            Column("filler_type", "VARCHAR", "What the filler is.", allowed=vocabulary.FILLER_TYPE),
            _reference("actor_key", "marts.dim_actor", "The filler as an actor"),
            _reference("location_key", "marts.dim_location", "The filler as a place"),
            _reference("weapon_key", "marts.dim_weapon", "The filler as a weapon"),
            *_span("the text"),
            _CONFIDENCE,
        ),
        primary_key=("argument_key",),
        lineage=("argument", "incident_map", "actor_map", "place_map"),
    ),
    Table(
        "marts",
        "fact_casualty_claim",
        "one casualty statement in one document, repeats too",
        (
            _key("claim_key", "the claim"),
            _INCIDENT,
            _DOCUMENT,
            Column("kind", "VARCHAR", "What happened to the people.", allowed=vocabulary.CASUALTY_KIND),
            _count("count_low", "People, at least. Null = no lower bound stated."),
            _count("count_high", "People, at most. Null = no upper bound stated."),
            Column("count_qualifier", "VARCHAR", "How the number is meant.", allowed=vocabulary.COUNT_QUALIFIER),
            Column("count_text", "VARCHAR", "The count as written.", True),
            Column("victims", "VARCHAR", "The victims as written.", True),
            Column("victim_class", "VARCHAR", "Who the victims are.", allowed=vocabulary.VICTIM_CLASS),
            _reference("victim_actor_key", "marts.dim_actor", "The victims' side"),
            Column(
                "part_of_claim_key",
                "BIGINT",
                "The total of which this is a sub-count; null = none.",
                True,
                references="marts.fact_casualty_claim",
            ),
            Column(
                "addend_group_key",
                "BIGINT",
                "First of the coordinated claims that add up with this one, so that tolls count them as one "
                "(3 soldiers and 2 civilians: 5); null = it stands alone.",
                True,
                references="marts.fact_casualty_claim",
            ),
            Column(
                "revises_claim_key",
                "BIGINT",
                "The earlier claim this one replaces; null = none.",
                True,
                references="marts.fact_casualty_claim",
            ),
            _reference("claimed_by_actor_key", "marts.dim_actor", "Who says so"),
            _EVIDENCE,
            *_span("the evidence"),
            _CONFIDENCE,
        ),
        primary_key=("claim_key",),
        notes="At least N: low N, high null. Up to N: low null, high N. About N: both N. No one: 0, 0. Vague words: documented bounds.",
        lineage=("claim", "incident_map", "actor_map"),
    ),
    Table(
        "marts",
        "fact_statement",
        "one verbal or diplomatic act in one document",
        (
            _key("statement_key", "the statement"),
            _reference("speaker_actor_key", "marts.dim_actor", "Who speaks"),
            _reference("target_actor_key", "marts.dim_actor", "Whom it is directed at"),
            _reference("incident_key", "marts.fact_incident", "The incident it is about"),
            _EVENT_TYPE,
            Column("is_direct_quote", "BOOLEAN", "Whether words are quoted."),
            Column("quote", "VARCHAR", "The quoted words.", True),
            Column("said_on", "DATE", "The day it was said, where the text tells.", True),
            _DOCUMENT,
            _EVIDENCE,
            *_span("the evidence"),
            _CONFIDENCE,
        ),
        primary_key=("statement_key",),
        lineage=("statement", "actor_map", "incident_map"),
    ),
    Table(
        "marts",
        "fact_entity_mention",
        "one mention in one document",
        (
            _key("mention_key", "the mention"),
            _DOCUMENT,
            Column("entity_type", "VARCHAR", "The model's label (OntoNotes labels plus WEAPON, VEHICLE, ARMED_GROUP)."),
            Column("text", "VARCHAR", "The mention as written."),
            *_span("the text"),
            _reference("actor_key", "marts.dim_actor", "The actor it means"),
            _reference("location_key", "marts.dim_location", "The place it means"),
            _reference("weapon_key", "marts.dim_weapon", "The weapon it means"),
            _CONFIDENCE,
        ),
        primary_key=("mention_key",),
        lineage=("entity_mention", "actor_map", "place_map"),
    ),
    Table(
        "marts",
        "fact_event_mention",
        "one trigger of a physical event in one document, of every realis",
        (
            _key("event_mention_key", "the mention"),
            _DOCUMENT,
            _reference("incident_key", "marts.fact_incident", "The incident it tells, -1 unless actual"),
            Column("trigger", "VARCHAR", "The word that tells the event, verbatim."),
            Column(
                "trigger_start", "BIGINT", "First character of the trigger in raw_text, 0-based, in code points.", minimum=0
            ),
            Column("trigger_end", "BIGINT", "End of the trigger in raw_text, exclusive, in code points.", minimum=1),
            _EVENT_TYPE,
            Column("realis", "VARCHAR", "Whether the text presents it as having happened.", allowed=vocabulary.REALIS),
            _EVIDENCE,
            *_span("the evidence"),
        ),
        primary_key=("event_mention_key",),
        lineage=("event_mention", "incident_map"),
    ),
)

BRIDGES = (
    Table(
        "marts",
        "bridge_incident_actor",
        "an incident, an actor and a role, over all its documents",
        (
            _INCIDENT,
            _reference("actor_key", "marts.dim_actor", "The actor"),
            Column("role", "VARCHAR", "Part the actor plays.", allowed=vocabulary.ACTOR_ROLE),
            Column(
                "attribution",
                "VARCHAR",
                "The strongest footing on which any document says so.",
                allowed=vocabulary.ATTRIBUTION,
            ),
            Column("document_count", "INTEGER", "Documents that say so, superseded ones not.", minimum=1),
        ),
        primary_key=("incident_key", "actor_key", "role"),
        lineage=("argument",),
    ),
    Table(
        "marts",
        "bridge_incident_location",
        "an incident and a place",
        (
            _INCIDENT,
            _reference("location_key", "marts.dim_location", "The place"),
            Column("is_primary", "BOOLEAN", "Whether it is the incident's primary place."),
        ),
        primary_key=("incident_key", "location_key"),
        lineage=("argument", "incident"),
    ),
    Table(
        "marts",
        "bridge_incident_weapon",
        "an incident and a weapon",
        (_INCIDENT, _reference("weapon_key", "marts.dim_weapon", "The weapon")),
        primary_key=("incident_key", "weapon_key"),
        lineage=("argument",),
    ),
    Table(
        "marts",
        "incident_link",
        "a pair of reports that was merged, or nearly",
        (
            _key("link_key", "the pair"),
            _reference("document_key_a", "marts.dim_document", "Document of the first report"),
            Column("report_no_a", "BIGINT", "Number of the first report in its document, 0-based.", minimum=0),
            _reference("incident_key_a", "marts.fact_incident", "Incident of the first report"),
            _reference("document_key_b", "marts.dim_document", "Document of the second report"),
            Column("report_no_b", "BIGINT", "Number of the second report in its document, 0-based.", minimum=0),
            _reference("incident_key_b", "marts.fact_incident", "Incident of the second report"),
            Column("score", "DOUBLE", "Score of the pair by the resolution's scorer."),
            Column("features", "VARCHAR", "JSON object: feature name to value."),
            Column("decision", "VARCHAR", "What was decided.", allowed=vocabulary.LINK_DECISION),
            Column("reason", "VARCHAR", "Why, in words."),
        ),
        primary_key=("link_key",),
        lineage=("incident_link",),
    ),
    Table(
        "marts",
        "incident_id_history",
        "an incident id that changed",
        (
            Column("old_incident_id", "VARCHAR", "The id that is no longer used."),
            Column(
                "new_incident_id",
                "VARCHAR",
                "The id that stands for it now; `unknown` (no incident) where no report tells it.",
            ),
            Column("changed_at", "TIMESTAMP", "When, UTC."),
            Column("reason", "VARCHAR", "Why: merged, split, retired, told again."),
        ),
        primary_key=("old_incident_id", "new_incident_id"),
        lineage=("incident_id_history",),
    ),
    Table(
        "marts",
        "incident_version",
        "an incident's state over load time (slowly changing dimension, type 2)",
        (
            Column("incident_key", "BIGINT", "Surrogate key of the incident; it may be gone from fact_incident."),
            Column("incident_id", "VARCHAR", "Stable id."),
            Column("event_type", "VARCHAR", "Kind of event then."),
            Column("place", "VARCHAR", "Primary place then, by name.", True),
            *_dates("it"),
            *_MEASURES,
            *_INCIDENT_TAIL,
            Column("valid_from", "TIMESTAMP", "When this state was loaded, UTC."),
            Column("valid_to", "TIMESTAMP", "When another state replaced it, UTC; null = still believed.", True),
        ),
        primary_key=("incident_id", "valid_from"),
        lineage=("fact_incident", "the previous published version"),
    ),
)

TABLES = (*DIMENSIONS, *FACTS, *BRIDGES)
