"""Between cleaned documents and Docs: making a Doc to read, and turning a read Doc into rows with raw offsets."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dagster_project.ingest.documents import CleanDocument
from dagster_project.reading.confidence import calibrate
from dagster_project.reading.extensions import Source
from dagster_project.reading.validity import refuse_invalid

if TYPE_CHECKING:
    from spacy import Language
    from spacy.tokens import Doc

Rows = dict[str, list[dict[str, Any]]]


def make_doc(nlp: Language, document: CleanDocument) -> Doc:
    """The tokenized Doc of a cleaned document, with ``doc._.source`` set."""
    doc = nlp.make_doc(document.text)
    doc._.source = Source(document.document_id, document.title_end, document.published_on, document.publisher)
    return doc


def doc_to_rows(doc: Doc, document: CleanDocument) -> Rows:
    """All rows of one read Doc, keyed by the tables of ``rows.SCHEMAS`` (without ``reading``)."""
    rows = _Rows(doc, document).all()
    # A day's slack: papers of a day east of the event.
    latest = document.published_on + timedelta(days=1) if document.published_on else None
    rows["refused"] = refuse_invalid(rows, document.document_id, latest)
    calibrate(rows)
    return rows


class _Rows:
    def __init__(self, doc: Doc, document: CleanDocument) -> None:
        self.doc = doc
        self.document = document

    def all(self) -> Rows:
        return {
            "actor": [self._actor(n, a) for n, a in enumerate(self.doc._.actors)],
            "place": [self._place(n, p) for n, p in enumerate(self.doc._.places)],
            "entity_mention": [self._entity(n) for n in self.doc._.names],
            "report": [self._report(n, r) for n, r in enumerate(self.doc._.reports)],
            "argument": [self._argument(n, a) for n, r in enumerate(self.doc._.reports) for a in r.arguments],
            "event_mention": [self._event(e) for e in self.doc._.events],
            "claim": [self._claim(n, c) for n, c in enumerate(self.doc._.claims)],
            "statement": [self._statement(n, s) for n, s in enumerate(self.doc._.statements)],
        }

    def _chars(self, start: int, end: int) -> tuple[int, int]:
        span = self.doc[start:end]
        return self.document.offsets.span(span.start_char, span.end_char)

    def _span(self, start: int, end: int, name: str) -> dict[str, Any]:
        first, last = self._chars(start, end)
        return {name: self.document.raw_text[first:last], "char_start": first, "char_end": last}

    def _text(self, start: int | None, end: int | None) -> str | None:
        if start is None or end is None:
            return None
        first, last = self._chars(start, end)
        return self.document.raw_text[first:last]

    def _actor(self, number: int, actor) -> dict[str, Any]:
        return {
            "document_id": self.document.document_id,
            "actor_no": number,
            "reference_id": actor.reference_id,
            "name": actor.name,
            "actor_type": actor.actor_type,
            "country_iso3": actor.country_iso3,
            "backer_iso3": actor.backer_iso3,
            "parent_reference_id": actor.parent_reference_id,
            "parent_actor_no": actor.parent,
            "aliases": list(actor.aliases),
            "is_generic": actor.is_generic,
            "office": actor.office,
            "confidence": actor.confidence,
        }

    def _place(self, number: int, place) -> dict[str, Any]:
        return {
            "document_id": self.document.document_id,
            "place_no": number,
            "place_id": place.place_id,
            "name": place.name,
            "kind": place.kind,
            "admin1": place.admin1,
            "country_iso3": place.country_iso3,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "geonames_id": place.geonames_id,
            "where_prec": place.where_prec,
            "confidence": place.confidence,
        }

    def _entity(self, name) -> dict[str, Any]:
        return {
            "document_id": self.document.document_id,
            "entity_type": name.label,
            **self._span(name.start, name.end, "text"),
            "actor_no": name.actor,
            "place_no": name.place,
            "weapon": name.weapon,
            "rule_score": name.confidence,
            "confidence": None,  # set by calibrate
        }

    def _report(self, number: int, report) -> dict[str, Any]:
        time = self.doc._.times[report.time] if report.time is not None else None
        attacks, targets = report.attack_count or (None, None), report.target_count or (None, None)
        return {
            "document_id": self.document.document_id,
            "report_no": number,
            "event_type": report.event_type,
            "is_aggregate": report.is_aggregate,
            "attack_count_low": attacks[0],
            "attack_count_high": attacks[1],
            "target_count_low": targets[0],
            "target_count_high": targets[1],
            "part_of_report_no": report.part_of,
            "date_text": self._text(time.start, time.end) if time else None,
            "date_start": time.date_start if time else None,
            "date_end": time.date_end if time else None,
            "date_precision": time.precision if time else "unknown",
            **self._span(report.start, report.end, "evidence"),
            "extractor": report.extractor,
            "rule_score": report.confidence,
            "confidence": None,  # set by calibrate
        }

    def _argument(self, report_no: int, argument) -> dict[str, Any]:
        return {
            "document_id": self.document.document_id,
            "report_no": report_no,
            "role": argument.role,
            "attribution": argument.attribution,
            "attributed_by_actor_no": argument.attributed_by,
            "filler_type": argument.filler_type,
            "actor_no": argument.actor,
            "place_no": argument.place,
            "weapon": argument.weapon,
            **self._span(argument.start, argument.end, "text"),
            "rule_score": argument.confidence,
            "confidence": None,  # set by calibrate
        }

    def _event(self, event) -> dict[str, Any]:
        start, end = self._chars(event.trigger_start, event.trigger_end)
        return {
            "document_id": self.document.document_id,
            "report_no": event.report if event.realis == "actual" else None,
            "trigger": self.document.raw_text[start:end],
            "trigger_start": start,
            "trigger_end": end,
            "event_type": event.event_type,
            "realis": event.realis,
            **self._span(event.start, event.end, "evidence"),
        }

    def _claim(self, number: int, claim) -> dict[str, Any]:
        return {
            "document_id": self.document.document_id,
            "claim_no": number,
            "report_no": claim.report,
            "kind": claim.kind,
            "count_low": claim.count_low,
            "count_high": claim.count_high,
            "count_qualifier": claim.qualifier,
            "count_text": self._text(claim.count_start, claim.count_end),
            "victims": self._text(claim.victims_start, claim.victims_end),
            "victim_class": claim.victim_class,
            "victim_actor_no": claim.victim_actor,
            "part_of_claim_no": claim.part_of,
            "addend_group_no": claim.addend_group,
            "revises_claim_no": claim.revises,
            "claimed_by_actor_no": claim.claimed_by,
            **self._span(claim.start, claim.end, "evidence"),
            "rule_score": claim.confidence,
            "confidence": None,  # set by calibrate
        }

    def _statement(self, number: int, statement) -> dict[str, Any]:
        said_on = self.doc._.times[statement.said_on] if statement.said_on is not None else None
        return {
            "document_id": self.document.document_id,
            "statement_no": number,
            "speaker_actor_no": statement.speaker,
            "target_actor_no": statement.target,
            "report_no": statement.report,
            "category": statement.category,
            "is_direct_quote": statement.is_direct_quote,
            "quote": self._text(*statement.quote) if statement.quote else None,
            "said_on": said_on.date_start if said_on and said_on.precision == "day" else None,
            **self._span(statement.start, statement.end, "evidence"),
            "rule_score": statement.confidence,
            "confidence": None,  # set by calibrate
        }
