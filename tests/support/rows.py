"""Small, valid inputs of the warehouse, written by hand: two outlets on one air strike, a rocket attack, an aggregate.

``World`` collects rows and gives the frames; every row has sensible defaults, a test names only what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.warehouse.inputs import LOADED, SCHEMAS, BuildInputs, Exclusion, RunRecord, write_frames

SEEN = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def run_record(run_id: str = "run-1", hour: int = 13) -> RunRecord:
    """A run of 1 May 2024."""
    return RunRecord(
        run_id=run_id,
        started_at=datetime(2024, 5, 1, hour, 0, tzinfo=UTC),
        finished_at=datetime(2024, 5, 1, hour, 30, tzinfo=UTC),
        code_version="test",
        model_version="test",
        documents_in=2,
        documents_new=2,
        documents_quarantined=0,
    )


@dataclass
class World:
    """Rows of every input table; the ``add`` methods fill in what a test does not care about."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in LOADED})

    def _add(self, table: str, defaults: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = dict.fromkeys(SCHEMAS[table]) | defaults | given
        assert row.keys() == SCHEMAS[table].keys(), f"{table}: {row.keys() ^ SCHEMAS[table].keys()}"
        self.rows[table].append(row)
        return row

    def document(self, document_id: str, text: str, **given: Any) -> None:
        """A document that was read, from a file of its own."""
        state = {k: given.pop(k) for k in ("duplicate_of", "superseded_by") if k in given}
        outcome = given.pop("outcome", "read")
        self._add(
            "document",
            {
                "document_id": document_id,
                "title": text.partition("\n")[0],
                "raw_text": text,
                "encoding": "utf-8",
                "media_type": "text/plain",
                "published_on_basis": "given" if given.get("published_on") else "unknown",
                "language": "en",
                "word_count": len(text.split()),
            },
            given,
        )
        self._add("document_state", {"document_id": document_id, "first_seen_at": SEEN}, state)
        self._add(
            "source",
            {
                "document_id": document_id,
                "source_file": f"{document_id}.txt",
                "record_number": 0,
                "bytes_hash": document_id,
                "first_seen_at": SEEN,
                "last_seen_at": SEEN,
                "is_present": True,
            },
            {},
        )
        self._add("reading", {"document_id": document_id, "outcome": outcome, "sentence_count": 1, "token_count": 9}, {})

    def raw_text(self, document_id: str) -> str:
        """The text of a document added before."""
        return next(row["raw_text"] for row in self.rows["document"] if row["document_id"] == document_id)

    def _span(self, document_id: str, words: str) -> dict[str, int]:
        start = self.raw_text(document_id).index(words)
        return {"char_start": start, "char_end": start + len(words)}

    def actor(self, actor_id: str, name: str, actor_type: str = "state", **given: Any) -> None:
        """A resolved actor."""
        self._add(
            "resolved_actor",
            {
                "actor_id": actor_id,
                "name": name,
                "actor_type": actor_type,
                "aliases": [name],
                "in_reference": True,
                "is_generic": False,
            },
            given,
        )

    def knows_actor(self, document_id: str, actor_no: int, actor_id: str) -> None:
        """The actor numbers of a document."""
        self._add("actor_map", {"document_id": document_id, "actor_no": actor_no, "actor_id": actor_id}, {})

    def place(self, place_id: str, name: str, kind: str = "city", **given: Any) -> None:
        """A resolved place."""
        self._add("resolved_place", {"place_id": place_id, "name": name, "kind": kind, "where_prec": 1}, given)

    def incident(self, incident_id: str, event_type: str = "airstrike", **given: Any) -> None:
        """An incident of resolution, undated unless said."""
        self._add(
            "incident",
            {
                "incident_id": incident_id,
                "event_type": event_type,
                "date_precision": "unknown",
                "is_aggregate": False,
                "title": f"{event_type} {incident_id}",
                "confidence": 0.9,
            },
            given,
        )

    def report(self, document_id: str, report_no: int, incident_id: str, evidence: str, **given: Any) -> None:
        """A report of an incident in a document."""
        self._add(
            "report",
            {
                "document_id": document_id,
                "report_no": report_no,
                "event_type": "airstrike",
                "is_aggregate": False,
                "date_precision": "unknown",
                "evidence": evidence,
                **self._span(document_id, evidence),
                "extractor": "test",
                "confidence": 0.9,
            },
            given,
        )
        self._add("incident_map", {"document_id": document_id, "report_no": report_no, "incident_id": incident_id}, {})

    def claim(self, document_id: str, claim_no: int, report_no: int | None, evidence: str, **given: Any) -> None:
        """A casualty claim; ``number=5`` is short for exactly five."""
        if "number" in given:
            given["count_low"] = given["count_high"] = given.pop("number")
        self._add(
            "claim",
            {
                "document_id": document_id,
                "claim_no": claim_no,
                "report_no": report_no,
                "kind": "killed",
                "count_qualifier": "exact",
                "victim_class": "unknown",
                "evidence": evidence,
                **self._span(document_id, evidence),
                "confidence": 0.9,
            },
            given,
        )

    def argument(self, document_id: str, report_no: int, role: str, text: str, **given: Any) -> None:
        """A filler of a role."""
        self._add(
            "argument",
            {
                "document_id": document_id,
                "report_no": report_no,
                "role": role,
                "attribution": "asserted",
                "text": text,
                "filler_type": "group",
                **self._span(document_id, text),
                "confidence": 0.9,
            },
            given,
        )

    def mention(self, document_id: str, entity_type: str, text: str, **given: Any) -> None:
        """An entity mention."""
        self._add(
            "entity_mention",
            {
                "document_id": document_id,
                "entity_type": entity_type,
                "text": text,
                **self._span(document_id, text),
                "confidence": 0.9,
            },
            given,
        )

    def event(self, document_id: str, report_no: int | None, trigger: str, evidence: str, **given: Any) -> None:
        """An event mention."""
        span = self._span(document_id, trigger)
        self._add(
            "event_mention",
            {
                "document_id": document_id,
                "report_no": report_no,
                "trigger": trigger,
                "trigger_start": span["char_start"],
                "trigger_end": span["char_end"],
                "event_type": "airstrike",
                "realis": "actual",
                "evidence": evidence,
                **self._span(document_id, evidence),
            },
            given,
        )

    def statement(self, document_id: str, statement_no: int, evidence: str, **given: Any) -> None:
        """A verbal act."""
        self._add(
            "statement",
            {
                "document_id": document_id,
                "statement_no": statement_no,
                "category": "STATEMENT",
                "is_direct_quote": False,
                "evidence": evidence,
                **self._span(document_id, evidence),
                "confidence": 0.9,
            },
            given,
        )

    def row(self, table: str, **given: Any) -> None:
        """Any other row, as given."""
        self._add(table, {}, given)

    def frames(self, shuffle_seed: int | None = None) -> dict[str, pl.DataFrame]:
        """The frames, in the order added or shuffled."""
        frames = {name: pl.DataFrame(rows, schema=dict(SCHEMAS[name])) for name, rows in self.rows.items()}
        if shuffle_seed is not None:
            frames = {n: f.sample(fraction=1.0, shuffle=True, seed=shuffle_seed) for n, f in frames.items()}
        return frames

    def inputs(
        self,
        folder: Path,
        *,
        shuffle_seed: int | None = None,
        run: RunRecord | None = None,
        previous: Path | None = None,
        is_text_published: bool = True,
        excluded: tuple[Exclusion, ...] = (),
    ) -> BuildInputs:
        """Build inputs from the frames, written to ``folder``."""
        return BuildInputs(
            files=write_frames(self.frames(shuffle_seed), folder),
            run=replace(
                run or run_record(),
                documents_in=sum(row["is_present"] for row in self.rows["source"]) + len(self.rows["rejected"]),
                documents_quarantined=len(self.rows["rejected"]),
            ),
            previous=previous,
            is_text_published=is_text_published,
            excluded=excluded,
        )


STRIKE = "American warplanes struck a depot in Al Bukamal on Sunday, killing five fighters."
SECOND = "The strike near Al Bukamal killed seven, a monitor said; Iraq denied it."
ROCKETS = "Rockets hit a base in Iraq on 15 February 2021, and no one was hurt."
HABIT = "More than 300 attacks have been launched since late 2019."


def small_world() -> World:
    """Two documents on one strike (five or seven killed), one rocket attack without victims, one aggregate."""
    world = World()
    world.document("doc-a", f"Strike in Syria\n\n{STRIKE} {HABIT}", publisher="Reuters", published_on=date(2021, 6, 29))
    world.document("doc-b", f"Monitor: seven dead\n\n{SECOND} {ROCKETS}", published_on=date(2021, 6, 28))
    world.actor("state:USA", "United States", country_iso3="USA")
    world.actor("us-military", "US military", "military", country_iso3="USA", parent_actor_id="state:USA")
    world.actor("militia", "Kataib Hezbollah", "armed_group", country_iso3="IRQ", backer_iso3="IRN")
    world.actor("monitor", "Syrian Observatory", "other")
    for number, actor_id in enumerate(("us-military", "militia", "monitor")):
        world.knows_actor("doc-a", number, actor_id)
        world.knows_actor("doc-b", number, actor_id)
    world.place("country:SYR", "Syria", "country", country_iso3="SYR", where_prec=6, latitude=35.0, longitude=38.0)
    world.place("country:IRQ", "Iraq", "country", country_iso3="IRQ", where_prec=6, latitude=33.0, longitude=44.0)
    world.place("geonames:174448", "Al Bukamal", country_iso3="SYR", latitude=34.45, longitude=40.92)
    for document_id in ("doc-a", "doc-b"):
        for number, place_id in enumerate(("country:SYR", "country:IRQ", "geonames:174448")):
            world.row("place_map", document_id=document_id, place_no=number, place_id=place_id)
    day = {"date_start": date(2021, 6, 27), "date_end": date(2021, 6, 27), "date_precision": "day"}
    world.incident("inc-strike", place_id="geonames:174448", title="Air strike on Al Bukamal", type_of_violence=1, **day)
    rocket_day = {"date_start": date(2021, 2, 15), "date_end": date(2021, 2, 15), "date_precision": "day"}
    world.incident("inc-rockets", "rocket_attack", place_id="country:IRQ", **rocket_day)
    since = {"date_start": date(2019, 10, 1), "date_precision": "range"}
    world.incident("inc-habit", "other_attack", is_aggregate=True, attack_count_low=301, **since)
    world.report("doc-a", 0, "inc-strike", STRIKE, date_text="on Sunday", **day)
    world.report(
        "doc-a",
        1,
        "inc-habit",
        HABIT,
        date_text="since late 2019",
        event_type="other_attack",
        is_aggregate=True,
        attack_count_low=301,
        **since,
    )
    world.report("doc-b", 0, "inc-strike", SECOND)
    world.report(
        "doc-b", 1, "inc-rockets", ROCKETS, event_type="rocket_attack", date_text="on 15 February 2021", **rocket_day
    )
    world.claim("doc-a", 0, 0, STRIKE, number=5, count_text="five", victims="five fighters", victim_class="militant")
    world.claim("doc-b", 0, 0, SECOND, number=7, count_text="seven", victims="seven", claimed_by_actor_no=2)
    world.claim("doc-b", 1, 1, ROCKETS, number=0, count_qualifier="none", count_text="no one", kind="injured")
    world.argument("doc-a", 0, "initiator", "American warplanes", actor_no=0)
    world.argument("doc-a", 0, "target", "a depot", filler_type="facility")
    world.argument("doc-a", 0, "victim", "five fighters", actor_no=1)
    world.argument("doc-a", 0, "place", "Al Bukamal", filler_type="place", place_no=2)
    world.argument("doc-a", 0, "weapon", "warplanes", filler_type="weapon", weapon="fighter jet")
    world.mention("doc-a", "GPE", "Al Bukamal", place_no=2)
    world.mention("doc-b", "GPE", "Iraq", place_no=1)
    world.mention("doc-a", "WEAPON", "warplanes", weapon="fighter jet")
    world.event("doc-a", 0, "struck", STRIKE)
    world.event("doc-b", 1, "hit", ROCKETS, event_type="rocket_attack")
    world.statement("doc-b", 0, SECOND, speaker_actor_no=2, report_no=0, category="ACCUSE")
    world.row(
        "incident_link",
        document_id_a="doc-a",
        report_no_a=0,
        document_id_b="doc-b",
        report_no_b=0,
        score=0.8,
        features='{"kind": 1.0}',
        decision="merged",
        reason="same kind, place and day",
    )
    return world
