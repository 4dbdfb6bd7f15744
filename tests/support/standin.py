"""A stand-in for the reading pipeline: milliseconds instead of seconds, where language is not the point.

It knows one kind of sentence, "Gunmen attacked Town on YEAR-MONTH-DAY, killing N people, an official said." Each gives a
report with its place, day, participants, a claim, a statement and mentions; "N" may be any integer.
"""

from __future__ import annotations

import os
import re
from datetime import date
from typing import Any

from dagster_project.ingest.documents import CleanDocument
from dagster_project.reading.rows import SCHEMAS
from dagster_project.reading.validity import refuse_invalid

TOWNS = {
    "Erbil": ("geonames:95446", "IRQ", 36.19, 44.01),
    "Baghdad": ("geonames:98182", "IRQ", 33.34, 44.40),
    "Kharkiv": ("geonames:706483", "UKR", 49.98, 36.25),
}
SENTENCE = re.compile(
    rf"Gunmen (attacked) ({'|'.join(TOWNS)}) on (\d{{4}}-\d\d-\d\d), killing (-?\d+) people, (an official) said\."
)


def sentence(town: str, day: str, killed: int) -> str:
    """A sentence that the stand-in reads."""
    return f"Gunmen attacked {town} on {day}, killing {killed} people, an official said."


def article(title: str, *sentences: str) -> str:
    """An article that is recognised as English."""
    words = "The governor of the province asked for calm and promised that the injured would be treated in the hospital."
    return f"{title}\n\n{' '.join(sentences)}\n\n{words}\n"


def read(batch: list[dict[str, Any]], nlp: object) -> list[tuple[dict[str, Any], dict[str, list]]]:
    """The same as ``execution.worker._read``; a text with the words POISON DOCUMENT raises, unless MENDED=yes."""
    answers = []
    for row in batch:
        if "POISON DOCUMENT" in row["clean_text"] and os.environ.get("MENDED") != "yes":
            raise RuntimeError("poison")
        outcome = {
            "document_id": row["document_id"],
            "content_hash": row["content_hash"],
            "outcome": "read",
            "reason": None,
            "sentence_count": 1,
            "token_count": row["word_count"],
        }
        answers.append((outcome, _rows(CleanDocument.from_row(row))))
    return answers


def _rows(document: CleanDocument) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS if name not in ("reading", "refused")}

    def add(table: str, **given: Any) -> None:
        row = dict.fromkeys(SCHEMAS[table]) | {"document_id": document.document_id} | given
        assert row.keys() == SCHEMAS[table].keys(), f"{table}: {row.keys() ^ SCHEMAS[table].keys()}"
        rows[table].append(row)

    def span(name: str, start: int, end: int) -> dict[str, Any]:
        first, last = document.offsets.span(start, end)
        return {name: document.raw_text[first:last], "char_start": first, "char_end": last}

    found = list(SENTENCE.finditer(document.text))
    if found:
        people = {"is_generic": True, "aliases": [], "confidence": 0.8}
        add("actor", actor_no=0, name="gunmen", actor_type="armed_group", **people)
        add("actor", actor_no=1, name="an official", actor_type="government", **people)
        # Beyond any town: exactly one row for each country.
        for number, (iso3, name) in enumerate((("IRQ", "Iraq"), ("UKR", "Ukraine"))):
            add(
                "place", place_no=number, place_id=f"country:{iso3}", name=name, kind="country", country_iso3=iso3,
                latitude=33.0, longitude=44.0, where_prec=6, confidence=0.9,
            )  # fmt: skip
    for number, match in enumerate(found):
        place_id, iso3, latitude, longitude = TOWNS[match[2]]
        add(
            "place", place_no=number + 2, place_id=place_id, name=match[2], kind="city", country_iso3=iso3,
            latitude=latitude, longitude=longitude, geonames_id=int(place_id.split(":")[1]), where_prec=1, confidence=0.9,
        )  # fmt: skip
        evidence = span("evidence", *match.span())
        day = date.fromisoformat(match[3])
        add(
            "report", report_no=number, event_type="shooting", is_aggregate=False, date_text=match[3], date_start=day,
            date_end=day, date_precision="day", extractor="stand-in", confidence=0.9, **evidence,
        )  # fmt: skip
        add(
            "argument", report_no=number, role="place", attribution="asserted", filler_type="place", place_no=number + 2,
            confidence=0.9, **span("text", *match.span(2)),
        )  # fmt: skip
        add(
            "argument", report_no=number, role="initiator", attribution="asserted", filler_type="group", actor_no=0,
            confidence=0.9, **span("text", match.start(), match.start() + 6),
        )  # fmt: skip
        add("entity_mention", entity_type="GPE", place_no=number + 2, confidence=0.9, **span("text", *match.span(2)))
        trigger = span("trigger", *match.span(1))
        add(
            "event_mention", report_no=number, trigger=trigger["trigger"], trigger_start=trigger["char_start"],
            trigger_end=trigger["char_end"], event_type="shooting", realis="actual", **evidence,
        )  # fmt: skip
        add(
            "claim", claim_no=number, report_no=number, kind="killed", count_low=int(match[4]), count_high=int(match[4]),
            count_qualifier="exact", count_text=match[4], victims="people", victim_class="unknown", claimed_by_actor_no=1,
            confidence=0.9, **evidence,
        )  # fmt: skip
        add(
            "statement", statement_no=number, speaker_actor_no=1, report_no=number, category="CONSULT",
            is_direct_quote=False, confidence=0.9, **evidence,
        )  # fmt: skip
    rows["refused"] = refuse_invalid(rows, document.document_id, None)
    return rows
