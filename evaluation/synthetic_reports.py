"""Made-up reading tables of any size: many wars, incidents told by several documents with slips and gaps.

Belongs here: the generator, and the measurement of resolution's speed on it (``python -m evaluation.synthetic_reports``).
Places and groups come from the reference tables; everything else is drawn from a seeded generator, so that two runs make
the same tables. The true incident of each report comes with them.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.reading import rows as reading
from dagster_project.reference import REFERENCE_DIR, table
from dagster_project.resolution.resolve import ResolveResult, resolve
from evaluation.gold_reading import GoldSet

_COUNTRIES = ("UKR", "SYR", "IRQ", "YEM", "NGA", "MLI", "SDN", "MMR", "AFG", "SOM", "COD", "COL", "ISR", "LBN", "PAK", "BFA")
_KINDS = (
    "airstrike", "drone_attack", "rocket_attack", "missile_attack", "shelling", "bombing", "suicide_bombing", "shooting",
    "ground_assault", "kidnapping",
)  # fmt: skip
_TARGETS = (
    "a market",
    "an army base",
    "a checkpoint",
    "a village",
    "a convoy",
    "a hospital",
    "a power station",
    "a mosque",
    "a police post",
)
_FIRST_DAY = date(2022, 1, 1)
_DAYS = 730


@dataclass(frozen=True, slots=True)
class _Incident:
    name: str
    country: str
    town: dict[str, Any]
    day: date
    kind: str
    initiator: dict[str, str] | None
    target: str
    killed: int
    injured: int


def make(reports: int, seed: int = 7, first: int = 0) -> GoldSet:
    """``reports`` reports, the true incident of each in ``incident_of``.

    Args:
        first: number of the first incident; sets with the same seed and other numbers go together.
    """
    draw = random.Random(f"{seed}-{first}")
    towns, groups = _towns(), _groups()
    gold = GoldSet()
    told: list[tuple[_Incident, date]] = []
    number = first
    while len(told) < reports:
        incident = _incident(draw, number, towns, groups)
        number += 1
        for _ in range(min(12, 1 + int(draw.expovariate(0.5)))):
            told.append((incident, incident.day + timedelta(days=draw.choice((0, 0, 1, 1, 1, 2, 3, 30)))))
    told = told[:reports]
    told.sort(key=lambda t: (t[1], t[0].name))
    document: dict[str, tuple[_Incident, date]] = {}
    size = 0
    for incident, published in told:
        # A document tells an incident once; the next telling is the next document's.
        if len(document) == size or incident.name in document:
            _document(gold, draw, f"doc-{seed}-{first}", document)
            document, size = {}, draw.choice((1, 2, 3, 4))
        document[incident.name] = (incident, published)
    _document(gold, draw, f"doc-{seed}-{first}", document)
    return gold


def _incident(
    draw: random.Random, number: int, towns: dict[str, list[dict[str, Any]]], groups: dict[str, list[dict[str, str]]]
) -> _Incident:
    country = draw.choice(_COUNTRIES)
    # Wars have their hot towns.
    town = towns[country][min(int(draw.expovariate(0.06)), len(towns[country]) - 1)]
    known = groups[country]
    return _Incident(
        name=f"incident-{number:06d}",
        country=country,
        town=town,
        day=_FIRST_DAY + timedelta(days=draw.randrange(_DAYS)),
        kind=draw.choice(_KINDS),
        initiator=draw.choice(known) if known and draw.random() < 0.7 else None,
        target=draw.choice(_TARGETS),
        killed=int(draw.expovariate(0.12)),
        injured=int(draw.expovariate(0.06)),
    )


def _document(gold: GoldSet, draw: random.Random, prefix: str, told_by_name: dict[str, tuple[_Incident, date]]) -> None:
    """Add a document; none where it would tell nothing."""
    if not told_by_name:
        return
    told = list(told_by_name.values())
    document_id = f"{prefix}-{len(gold.documents):07d}"
    published = max(day for _, day in told)
    gold.documents.append({"document_id": document_id, "published_on": published, "title": document_id})
    at = 0

    def add(rows_of: str, **values: Any) -> None:
        gold.rows[rows_of].append({**dict.fromkeys(reading.SCHEMAS[rows_of]), "document_id": document_id, **values})

    for number, (incident, _) in enumerate(told):
        gold.incident_of[document_id, number] = incident.name
        is_dated = draw.random() < 0.7
        killed = max(0, incident.killed + draw.choice((0, 0, 0, 1, -1, 2)))
        where = incident.town["name"]
        evidence = (
            f"{incident.initiator['name'] if incident.initiator else 'Unknown attackers'} carried out "
            f"{draw.choice(('a deadly', 'another', 'a'))} {incident.kind.replace('_', ' ')} on {incident.target} in {where}, "
            f"killing {killed} people and wounding {incident.injured}, {draw.choice(('officials', 'police', 'witnesses'))} said."
        )
        span = {"char_start": at, "char_end": at + len(evidence)}
        kind = incident.kind if draw.random() < 0.85 else "other_attack"
        add(
            "report", report_no=number, event_type=kind, is_aggregate=False, evidence=evidence, extractor="synthetic",
            date_start=incident.day if is_dated else None, date_end=incident.day if is_dated else None,
            date_precision="day" if is_dated else "unknown", confidence=0.8, **span,
        )  # fmt: skip
        add(
            "event_mention", report_no=number, trigger="attack", trigger_start=at, trigger_end=at + 6, event_type=kind,
            realis="actual", evidence=evidence, **span,
        )  # fmt: skip
        at += len(evidence) + 1
        town = incident.town
        add(
            "place", place_no=number, place_id=f"geonames:{town['geonames_id']}", name=town["name"], kind="city",
            admin1=town["admin1"], country_iso3=incident.country, latitude=town["latitude"], longitude=town["longitude"],
            geonames_id=town["geonames_id"], where_prec=1, confidence=0.9,
        )  # fmt: skip
        common = {"report_no": number, "attribution": "asserted", "confidence": 0.8, **span}
        add("argument", role="place", text=where, filler_type="place", place_no=number, **common)
        add("argument", role="target", text=incident.target, filler_type="object", **common)
        if incident.initiator is not None and draw.random() < 0.8:
            add(
                "actor", actor_no=number, reference_id=incident.initiator["actor_id"], name=incident.initiator["name"],
                actor_type=incident.initiator["actor_type"], country_iso3=incident.country,
                aliases=[incident.initiator["name"]], is_generic=False, confidence=0.9,
            )  # fmt: skip
            add(
                "argument", role="initiator", text=incident.initiator["name"], filler_type="group", actor_no=number, **common
            )
        for claim_no, (claim_kind, count) in enumerate((("killed", killed), ("injured", incident.injured))):
            add(
                "claim", claim_no=2 * number + claim_no, report_no=number, kind=claim_kind, count_low=count, count_high=count,
                count_qualifier="exact" if count else "none", count_text=str(count), victims="people",
                victim_class="unknown", evidence=evidence, confidence=0.8, **span,
            )  # fmt: skip


def _towns() -> dict[str, list[dict[str, Any]]]:
    frame = (
        pl.read_parquet(REFERENCE_DIR / "gazetteer.parquet")
        .filter(pl.col("country_iso3").is_in(_COUNTRIES) & (pl.col("kind") != "admin"))
        .sort("population", "geonames_id", descending=[True, False])
    )
    return {c: frame.filter(pl.col("country_iso3") == c).head(120).to_dicts() for c in _COUNTRIES}


def _groups() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {c: [] for c in _COUNTRIES}
    for row in table("actors"):
        if row["country_iso3"] in found and row["actor_type"] in ("armed_group", "military"):
            found[row["country_iso3"]].append(row)
    return {c: rows[:6] for c, rows in found.items()}


def joined(one: GoldSet, other: GoldSet) -> GoldSet:
    """Two sets as one."""
    return GoldSet(
        {name: one.rows[name] + other.rows[name] for name in one.rows},
        one.documents + other.documents,
        {**one.incident_of, **other.incident_of},
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a resolution from nothing, and of one with some more reports, with those of them that the processor worked
    for it (the rest waited for other work on the machine); pairs compared in each."""

    reports: int
    seconds: float
    worked: float
    compared: int
    more: int
    seconds_more: float
    worked_more: float
    compared_more: int


def measure(folder: Path, reports: int = 20_000, more: int = 100) -> Measured:
    """Resolve ``reports`` made-up reports in ``folder``, then again with ``more`` of them, and time both."""
    now = datetime(2025, 1, 1, tzinfo=UTC)
    one = make(reports)
    one.write(folder)
    first, seconds, worked = _timed(folder, now)
    joined(one, make(more, first=10_000_000)).write(folder)
    second, seconds_more, worked_more = _timed(folder, now)
    return Measured(first.reports, seconds, worked, first.compared, more, seconds_more, worked_more, second.compared)


def _timed(folder: Path, now: datetime) -> tuple[ResolveResult, float, float]:
    began, at_work = time.monotonic(), time.process_time()
    result = resolve(folder, None, None, now)
    return result, time.monotonic() - began, time.process_time() - at_work


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), args.reports)
    print(
        f"{found.reports} reports: {found.seconds:.1f} s ({found.worked:.1f} s of processor), {found.compared} pairs compared"
    )
    print(
        f"{found.more} more: {found.seconds_more:.1f} s ({found.worked_more:.1f} s of processor), {found.compared_more} pairs compared"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
