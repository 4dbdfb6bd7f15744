"""A person's corrections, applied to the reading tables before anything is resolved from them.

A corrected report has the extractor ``override``; corrected arguments and claims name who corrected them and why in the
column ``corrected_by``. Reading's own files stay as they are.

Belongs here: what a correction of a field changes. Does not belong: the file and its checks (``overrides.py``).
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from dagster_project.reading import rows as reading
from dagster_project.reading.transliteration import fold_name
from dagster_project.reference import REFERENCE_DIR, table
from dagster_project.resolution.actors import reference_actors
from dagster_project.resolution.overrides import Correction, OverrideError, Overrides
from dagster_project.resolution.places import country_row

ACTOR_ROLES = ("initiator", "target", "victim", "claimant")
COUNTS = ("killed", "injured", "missing", "captured")
FIELDS = (*ACTOR_ROLES, "place", "date", "event_type", *COUNTS, "claimed_by")
CORRECTED_TABLES = ("report", "argument", "claim")
_COUNT = re.compile(r"(?P<low>\d+)-(?P<high>\d+)|(?P<sign>>=|<=|~)?(?P<number>\d+)")


def apply_corrections(tables: dict[str, pl.DataFrame], overrides: Overrides) -> int:
    """Apply the corrections to ``tables`` in place, in the order of the file; what cannot be applied is refused.

    Args:
        tables: actor, place, report, argument, claim of reading's schemas; afterwards argument and claim have the
            further column corrected_by (String), null where nothing was corrected.

    Returns:
        How many corrections were applied.
    """
    if not overrides.corrections:
        return 0
    desk = _Desk(tables)
    applied = 0
    for correction, row in overrides.corrections:
        try:
            desk.apply(correction)
            applied += 1
        except OverrideError as error:
            overrides.refuse(correction.line, row, str(error))
    tables.update(desk.frames())
    return applied


class _Desk:
    """The tables as rows, while they are corrected."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self.rows = {name: tables[name].to_dicts() for name in ("actor", "place", *CORRECTED_TABLES)}
        for name in ("argument", "claim"):
            for row in self.rows[name]:
                row["corrected_by"] = None
        self.reports = {(r["document_id"], r["report_no"]): r for r in self.rows["report"]}
        self.of_document: dict[str, dict[str, list[dict[str, Any]]]] = {n: defaultdict(list) for n in ("actor", "place")}
        for name, grouped in self.of_document.items():
            for row in self.rows[name]:
                grouped[row["document_id"]].append(row)

    def frames(self) -> dict[str, pl.DataFrame]:
        frames = {}
        for name, rows in self.rows.items():
            schema = dict(reading.SCHEMAS[name])
            if name in ("argument", "claim"):
                schema["corrected_by"] = pl.String
            frames[name] = pl.DataFrame(rows, schema=schema)
        return frames

    def apply(self, c: Correction) -> None:
        """Change what the correction says.

        Raises:
            OverrideError: its field or value is not known, or there is nothing to change; nothing was changed.
        """
        if c.field == "date":
            start, end, precision = parse_date(c.new_value)
            self.reports[c.key].update(date_start=start, date_end=end, date_precision=precision)
        elif c.field == "event_type":
            self.reports[c.key]["event_type"] = _event_type(c.new_value)
        elif c.field == "place":
            self._replace(c, "place", "place_no", self._place(c) if c.new_value else None, "place")
        elif c.field in ACTOR_ROLES:
            self._replace(c, c.field, "actor_no", self._actor(c) if c.new_value else None, "group")
        elif c.field in COUNTS:
            self._count(c)
        elif c.field == "claimed_by":
            claimant = self._actor(c) if c.new_value else None
            for claim in self._claims(c, None):
                claim.update(claimed_by_actor_no=claimant, corrected_by=_who(c))
        else:
            raise OverrideError(f"field {c.field!r} is none of {', '.join(FIELDS)}")
        self.reports[c.key]["extractor"] = "override"

    def _replace(self, c: Correction, role: str, column: str, number: int | None, filler: str) -> None:
        """All fillers of the role (those whose text holds the old value) give way to one; without any, one is added."""
        report = self.reports[c.key]
        old = " ".join(c.old_value.split()).lower()
        fillers = [
            a
            for a in self.rows["argument"]
            if (a["document_id"], a["report_no"]) == c.key
            and a["role"] == role
            and old in " ".join(a["text"].split()).lower()
        ]
        if not fillers and (old or number is None):
            raise OverrideError(f"the report has no {role} {c.old_value!r}".replace(" ''", ""))
        kept = fillers[0] if fillers and number is not None else None
        drop = {id(a) for a in fillers if a is not kept}
        self.rows["argument"] = [a for a in self.rows["argument"] if id(a) not in drop]
        if number is None:
            return
        if kept is None:
            kept = {
                **dict.fromkeys(reading.SCHEMAS["argument"]),
                "document_id": c.key[0],
                "report_no": c.key[1],
                "role": role,
                "text": report["evidence"],
                "char_start": report["char_start"],
                "char_end": report["char_end"],
            }
            self.rows["argument"].append(kept)
        kept.update(
            {column: number, "filler_type": filler, "attribution": kept["attribution"] or "asserted"},
            confidence=1.0,
            corrected_by=_who(c),
        )

    def _claims(self, c: Correction, kind: str | None) -> list[dict[str, Any]]:
        old = " ".join(c.old_value.split()).lower()
        found = [
            claim
            for claim in self.rows["claim"]
            if (claim["document_id"], claim["report_no"]) == c.key
            and kind in (None, claim["kind"])
            and (not old or old in " ".join((claim["count_text"] or "").split()).lower())
        ]
        if not found:
            raise OverrideError(
                f"the report has no such claim{f' of {kind}' if kind else ''} {c.old_value!r}".replace(" ''", "")
            )
        return found

    def _count(self, c: Correction) -> None:
        low, high, qualifier = parse_count(c.new_value)
        claims = [x for x in self._claims(c, c.field) if c.old_value or x["part_of_claim_no"] is None]
        told = {(x["count_low"], x["count_high"], x["count_qualifier"]) for x in claims}
        # A number that headline and text both tell is one.
        if len(told) != 1:
            raise OverrideError(f"the report has {len(told)} claims of {c.field}: give the words of one as old_value")
        for claim in claims:
            claim.update(count_low=low, count_high=high, count_qualifier=qualifier, confidence=1.0, corrected_by=_who(c))

    def _actor(self, c: Correction) -> int:
        """The number, in the report's document, of the actor named by reference id or by a name of the document."""
        document = self.of_document["actor"][c.key[0]]
        folded = fold_name(c.new_value)
        for actor in document:
            names = (actor["name"], *(actor["aliases"] or ()))
            if c.new_value == actor["reference_id"] or folded in {fold_name(n) for n in names}:
                return actor["actor_no"]
        known = reference_actors().get(c.new_value)
        if known is None:
            raise OverrideError(f"{c.new_value!r} is neither an actor_id of the reference table nor named in the document")
        row: dict[str, Any] = {
            **dict.fromkeys(reading.SCHEMAS["actor"]),
            "document_id": c.key[0],
            "actor_no": max((a["actor_no"] for a in document), default=-1) + 1,
            "reference_id": known["actor_id"],
            "name": known["name"],
            "actor_type": known["actor_type"],
            "country_iso3": known["country_iso3"] or None,
            "backer_iso3": known["backer_iso3"] or None,
            "parent_reference_id": known["parent_id"] or None,
            "aliases": [],
            "is_generic": False,
            "confidence": 1.0,
        }
        document.append(row)
        self.rows["actor"].append(row)
        return row["actor_no"]

    def _place(self, c: Correction) -> int:
        """The number, in the report's document, of the place with that id."""
        document = self.of_document["place"][c.key[0]]
        for place in document:
            if place["place_id"] == c.new_value:
                return place["place_no"]
        row = next((p for p in self.rows["place"] if p["place_id"] == c.new_value), None) or known_place(c.new_value)
        row = {
            **row,
            "document_id": c.key[0],
            "place_no": max((p["place_no"] for p in document), default=-1) + 1,
            "confidence": 1.0,
        }
        document.append(row)
        self.rows["place"].append(row)
        return row["place_no"]


def _who(c: Correction) -> str:
    return f"{c.author}: {c.reason}"


def _event_type(text: str) -> str:
    physical = {r["event_type"] for r in table("event_types") if r["event_type"].islower()}
    if text not in physical:
        raise OverrideError(f"{text!r} is no physical event type")
    return text


def parse_date(text: str) -> tuple[date | None, date | None, str]:
    """Bounds and precision of "2021-06-27", "2021-06-27/2021-06-29", "2021-06", "2021", "2021-04-01/", "unknown".

    Raises:
        OverrideError: anything else.
    """
    if text == "unknown":
        return None, None, "unknown"
    first, slash, last = text.partition("/")
    try:
        start, end, precision = _bounds(first)
        if not slash:
            return start, end, precision
        if not last:
            return start, None, "range"
        end = _bounds(last)[1]
    except ValueError as error:
        raise OverrideError(f"{text!r} is no date, month, year, range of dates or 'unknown'") from error
    if end < start:
        raise OverrideError(f"{text!r} ends before it begins")
    days = (end - start).days
    return start, end, "day" if days == 0 else "days" if days < 6 else "week" if days == 6 else "range"


def _bounds(text: str) -> tuple[date, date, str]:
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day, "day"
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    (year,) = parts
    return date(year, 1, 1), date(year, 12, 31), "year"


def parse_count(text: str) -> tuple[int | None, int | None, str]:
    """Bounds and qualifier of "4", "4-6", ">=4", "<=4", "~4", "0", "unknown".

    Raises:
        OverrideError: anything else.
    """
    if text == "unknown":
        return None, None, "unspecified"
    match = _COUNT.fullmatch(text)
    if match is None:
        raise OverrideError(f"{text!r} is no count: 4, 4-6, >=4, <=4, ~4 or 'unknown'")
    if match["low"]:
        low, high = int(match["low"]), int(match["high"])
        if high < low:
            raise OverrideError(f"{text!r} ends below its beginning")
        return low, high, "range"
    number = int(match["number"])
    return {
        ">=": (number, None, "at_least"),
        "<=": (None, number, "at_most"),
        "~": (number, number, "about"),
        None: (number, number, "exact" if number else "none"),
    }[match["sign"]]


@cache
def known_place(place_id: str) -> dict[str, Any]:
    """A reading row, without document and number, of a country or a gazetteer entry.

    Raises:
        OverrideError: no such place.
    """
    kind, _, rest = place_id.partition(":")
    row: dict[str, Any] | None = None
    if kind == "country" and any(r["iso3"] == rest for r in table("countries")):
        row = country_row(rest)
    elif kind == "geonames" and rest.isdigit():
        frame = pl.scan_parquet(REFERENCE_DIR / "gazetteer.parquet").filter(pl.col("geonames_id") == int(rest)).collect()
        for entry in frame.head(1).iter_rows(named=True):
            is_division = entry["kind"] == "admin"
            row = {
                "place_id": f"admin1:{entry['country_iso3']}.{entry['admin1_code']}" if is_division else place_id,
                "name": entry["name"],
                "kind": "admin" if is_division else "city",
                "admin1": entry["admin1"],
                "country_iso3": entry["country_iso3"],
                "latitude": entry["latitude"],
                "longitude": entry["longitude"],
                "geonames_id": entry["geonames_id"],
                "where_prec": 4 if is_division else 1,
            }
    elif kind == "admin1":
        country, _, code = rest.partition(".")
        for entry in table("admin1"):
            if (entry["country_iso3"], entry["admin1_code"]) == (country, code):
                row = {
                    "place_id": place_id,
                    "name": entry["name"],
                    "kind": "admin",
                    "admin1": entry["name"],
                    "country_iso3": country,
                    "latitude": float(entry["latitude"]),
                    "longitude": float(entry["longitude"]),
                    "geonames_id": None,
                    "where_prec": 4,
                }
    if row is None:
        raise OverrideError(
            f"{place_id!r} is no place: use country:ISO3, admin1:ISO3.CODE, geonames:ID, or an id of the text"
        )
    return row
