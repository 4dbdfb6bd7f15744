"""Reports as reading would hand them to resolution, written by hand: a test names what it is about.

``Newsroom`` collects documents and reports, ``resolve`` runs the stage on them and gives the outcome in plain words.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.reading import rows as reading
from dagster_project.resolution.resolve import ResolveResult, resolve
from dagster_project.warehouse.inputs import DOCUMENT_STATE

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
Key = tuple[str, int]


def _place(
    place_id: str, name: str, kind: str, iso3: str | None, at: tuple[float, float], precision: int, admin1: str | None = None
):
    return {
        "place_id": place_id, "name": name, "kind": kind, "admin1": admin1, "country_iso3": iso3, "latitude": at[0],
        "longitude": at[1], "geonames_id": None, "where_prec": precision, "confidence": 0.9,
    }  # fmt: skip


PLACES: dict[str, dict[str, Any]] = {
    "Iraq": _place("country:IRQ", "Iraq", "country", "IRQ", (33.0, 44.0), 6),
    "Syria": _place("country:SYR", "Syria", "country", "SYR", (35.0, 38.0), 6),
    "Iraq-Syria border": _place("border:IRQ-SYR", "Iraq-Syria border", "border", None, (34.5, 41.0), 5),
    "Baghdad": _place("geonames:98182", "Baghdad", "city", "IRQ", (33.34, 44.40), 1, "Baghdad"),
    "Erbil": _place("geonames:95446", "Erbil", "city", "IRQ", (36.19, 44.01), 1, "Erbil"),
    "Erbil airport": _place("facility:erbil-airport", "Erbil airport", "facility", "IRQ", (36.24, 43.96), 1, "Erbil"),
    "Erbil province": _place("admin1:IRQ.11", "Erbil", "admin", "IRQ", (36.2, 44.0), 4, "Erbil"),
    "Kharkiv": _place("geonames:706483", "Kharkiv", "city", "UKR", (49.98, 36.25), 1, "Kharkiv"),
    "Chuhuiv": _place("geonames:710229", "Chuhuiv", "city", "UKR", (49.83, 36.68), 1, "Kharkiv"),
    "Goma": _place("geonames:216281", "Goma", "city", "COD", (-1.68, 29.22), 1, "Nord-Kivu"),
    "the camp at Lac Vert": _place("text:lak virt|COD", "Lac Vert", "city", "COD", (-4.0, 22.0), 6),
    "eastern Nigeria": _place("part:NGA:eastern", "eastern Nigeria", "region", "NGA", (9.6, 9.6), 5),
    "Borno": _place("admin1:NGA.27", "Borno", "admin", "NGA", (11.9, 13.1), 4, "Borno"),
    "Sokoto": _place("admin1:NGA.51", "Sokoto", "admin", "NGA", (13.1, 5.2), 4, "Sokoto"),
    "Gulf of Aden": _place("region:gulf-of-aden", "Gulf of Aden", "water", None, (12.5, 48.0), 7),
    "Ukraine": _place("country:UKR", "Ukraine", "country", "UKR", (49.0, 32.0), 6),
}  # fmt: skip


def _actor(name: str, kind: str, reference: str | None = None, iso3: str | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "actor_type": kind, "reference_id": reference, "country_iso3": iso3, "is_generic": False, **more}


ACTORS: dict[str, dict[str, Any]] = {
    "the United States": _actor("United States", "state", "united-states", "USA"),
    "the US military": _actor("US military", "military", "us-military", "USA"),
    "the Biden administration": _actor("Biden administration", "government", "biden-administration", "USA"),
    "Russia": _actor("Russia", "state", "russia", "RUS"),
    "Ukraine's army": _actor("Ukrainian army", "military", None, "UKR"),
    "Israel": _actor("Israel", "state", "israel", "ISR"),
    "Kataib Hezbollah": _actor("Kataib Hezbollah", "armed_group", "kataib-hezbollah", "IRQ", backer_iso3="IRN"),
    "Iran-backed militias": _actor("Iran-backed militias", "armed_group", None, None, backer_iso3="IRN", is_generic=True),
    "gunmen": _actor("gunmen", "armed_group", None, None, is_generic=True),
    "Qasem Soleimani": _actor("Qasem Soleimani", "person", None, "IRN"),
    "soldiers": _actor("soldiers", "military", None, None, is_generic=True),
    "the Houthis": _actor("Houthis", "armed_group", "houthis", "YEM", backer_iso3="IRN"),
    "the Yemeni navy": _actor("Yemeni navy", "military", None, "YEM"),
    "the Ukrainian defence ministry": _actor("Ukrainian defence ministry", "government", None, "UKR"),
    "people": _actor("people", "civilians", None, None, is_generic=True),
    "Olena Bondar": _actor("Olena Bondar", "person"),
    "Adnan al-Nuaimi": _actor("Adnan al-Nuaimi", "person"),
    "Adnan al-Naimi": _actor("Adnan al-Naimi", "person"),
    "Colonel Viktor Salnik": _actor("Viktor Salnik", "person"),
    "the Southern Front": _actor("Southern Front", "armed_group"),
    "villagers": _actor("villagers", "civilians", None, None, is_generic=True),
}


@dataclass
class Outcome:
    """What resolution made of the reports."""

    folder: Path
    result: ResolveResult
    of: dict[Key, str]  # report -> incident_id

    def table(self, name: str) -> list[dict[str, Any]]:
        return self.frame(name).to_dicts()

    def frame(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / f"{name}.parquet")

    def are_one(self, *keys: Key) -> bool:
        """Whether the reports tell one incident."""
        return len({self.of[k] for k in keys}) == 1

    def incident(self, key: Key) -> dict[str, Any]:
        """The incident row of a report."""
        return next(r for r in self.table("incident") if r["incident_id"] == self.of[key])

    def actor(self, actor_id: str) -> dict[str, Any]:
        return next(r for r in self.table("resolved_actor") if r["actor_id"] == actor_id)

    def link(self, a: Key, b: Key) -> dict[str, Any] | None:
        """The row of the pair in ``incident_link``."""
        first, second = sorted((a, b))
        for row in self.table("incident_link"):
            if (row["document_id_a"], row["report_no_a"], row["document_id_b"], row["report_no_b"]) == (*first, *second):
                return row
        return None

    def partition(self) -> set[frozenset[Key]]:
        groups: dict[str, set[Key]] = {}
        for key, incident in self.of.items():
            groups.setdefault(incident, set()).add(key)
        return {frozenset(g) for g in groups.values()}


@dataclass
class Newsroom:
    """Reading tables in the making."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in reading.SCHEMAS})
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _at: dict[str, int] = field(default_factory=dict)

    def document(self, document_id: str, published: str | None = None, superseded_by: str | None = None) -> str:
        self.documents[document_id] = {
            "document_id": document_id,
            "published_on": date.fromisoformat(published) if published else None,
            "superseded_by": superseded_by,
        }
        return document_id

    def _next(self, table: str, document_id: str) -> int:
        number = self._numbers.get((table, document_id), 0)
        self._numbers[table, document_id] = number + 1
        return number

    def _add(self, table: str, **values: Any) -> None:
        self.rows[table].append({**dict.fromkeys(reading.SCHEMAS[table]), **values})

    def _number(self, table: str, document_id: str, row: dict[str, Any]) -> int:
        for have in self.rows[table]:
            if have["document_id"] == document_id and have["name"] == row["name"]:
                return have[f"{table}_no"]
        number = self._next(table, document_id)
        self._add(table, document_id=document_id, **{f"{table}_no": number, "confidence": 0.9, **row})
        return number

    def actor(self, document_id: str, name: str, **row: Any) -> int:
        """An actor of the document: a known one by its name in ACTORS, or as given."""
        given = {**ACTORS.get(name, {"name": name, "is_generic": False}), **row}
        return self._number("actor", document_id, {"aliases": [name], **given})

    def report(
        self,
        document_id: str,
        kind: str = "airstrike",
        *,
        on: str | tuple[str | None, str | None] | None = None,
        precision: str | None = None,
        date_text: str | None = None,
        at: str | tuple[str, ...] = (),
        perhaps_at: str | None = None,
        by: str | tuple[str, ...] = (),
        against: str | tuple[str, ...] = (),
        target: str | None = None,
        killed: int | tuple[int | None, int | None] | None = None,
        victim_class: str = "unknown",
        victims: tuple[str, str] | None = None,
        weapon: str | None = None,
        evidence: str | None = None,
        vessel: str | None = None,
        names: str | tuple[str, ...] = (),
        is_aggregate: bool = False,
        attacks: tuple[int | None, int | None] = (None, None),
        attribution: str = "asserted",
        part_of: int | None = None,
        confidence: float = 0.8,
    ) -> Key:
        """A report with its arguments and a death toll; returns its key.

        ``victims``: the dead as written, and their side.
        """
        if document_id not in self.documents:
            self.document(document_id)
        number = self._next("report", document_id)
        words = evidence or f"{kind} number {number} as told by {document_id}"
        begin = self._at.get(document_id, 0)
        self._at[document_id] = begin + len(words) + 1
        span = {"char_start": begin, "char_end": begin + len(words)}
        start, end = (on, on) if on is None or isinstance(on, str) else on
        days = [date.fromisoformat(d) if d else None for d in (start, end)]
        self._add(
            "report", document_id=document_id, report_no=number, event_type=kind, is_aggregate=is_aggregate,
            attack_count_low=attacks[0], attack_count_high=attacks[1], part_of_report_no=part_of, date_text=date_text, date_start=days[0],
            date_end=days[1], date_precision=precision or ("day" if start and start == end else "range" if start else "unknown"),
            evidence=words, extractor="test", confidence=confidence, **span,
        )  # fmt: skip
        self._add(
            "event_mention", document_id=document_id, report_no=number, trigger=words.split()[0], trigger_start=begin,
            trigger_end=begin + len(words.split()[0]), event_type=kind, realis="actual", evidence=words, **span,
        )  # fmt: skip
        common = {"document_id": document_id, "report_no": number, "confidence": 0.9, **span}
        for name in _many(names):
            number_of_actor = self.actor(document_id, name)
            told = {"entity_type": "ORG", "text": name, "actor_no": number_of_actor, "confidence": 0.9}
            self._add("entity_mention", document_id=document_id, **told, **span)
        if vessel:
            self._add("entity_mention", entity_type="VEHICLE", text=vessel, document_id=document_id, confidence=0.9, **span)
        for name in _many(at):
            place = self._number("place", document_id, PLACES[name])
            self._add(
                "argument", role="place", attribution="asserted", text=name, filler_type="place", place_no=place, **common
            )
        if perhaps_at:
            place = self._number("place", document_id, PLACES[perhaps_at])
            self._add(
                "argument", role="place", attribution="asserted", text=perhaps_at, filler_type="place", place_no=place,
                rule_score=0.3, **common,
            )  # fmt: skip
        for role, fillers in (("initiator", by), ("target", against)):
            for name in _many(fillers):
                self._add(
                    "argument", role=role, attribution=attribution if role == "initiator" else "asserted", text=name,
                    filler_type="group", actor_no=self.actor(document_id, name), **common,
                )  # fmt: skip
        if target:
            self._add("argument", role="target", attribution="asserted", text=target, filler_type="object", **common)
        if weapon:
            self._add(
                "argument", role="weapon", attribution="asserted", text=weapon, filler_type="weapon", weapon=weapon, **common
            )
        if killed is not None:
            low, high = killed if isinstance(killed, tuple) else (killed, killed)
            dead, side = victims or (None, None)
            self._add(
                "claim", document_id=document_id, claim_no=self._next("claim", document_id), report_no=number, kind="killed",
                count_low=low, count_high=high, count_qualifier="exact" if low == high else "at_least",
                count_text=f"{low or high} killed", victim_class=victim_class, victims=dead,
                victim_actor_no=self.actor(document_id, side) if side else None, evidence=words, confidence=0.9, **span,
            )  # fmt: skip
        return document_id, number

    def resolve(
        self,
        folder: Path,
        *,
        only: set[str] | None = None,
        shuffle: int | None = None,
        published: Path | None = None,
        registry: Path | None = None,
        overrides: Path | None = None,
        now: datetime = NOW,
    ) -> Outcome:
        """Run the stage on all documents, or on some (``only``), with rows in another order (``shuffle``, a seed)."""
        folder.mkdir(parents=True, exist_ok=True)
        documents = [d for d in self.documents.values() if only is None or d["document_id"] in only]
        for name, rows in self.rows.items():
            kept = [r for r in rows if only is None or r["document_id"] in only]
            self._write(reading.frame(name, kept), folder / f"{name}.parquet", shuffle)
        schema = {"document_id": pl.String, "published_on": pl.Date, "superseded_by": pl.String}
        frame = pl.DataFrame(documents, schema=schema)
        self._write(frame.select("document_id", "published_on"), folder / "document.parquet", shuffle)
        state = frame.select(
            "document_id", pl.lit(None).alias("first_seen_at"), pl.lit(None).alias("duplicate_of"), "superseded_by"
        )
        self._write(state.cast(dict(DOCUMENT_STATE)), folder / "document_state.parquet", shuffle)
        sources = frame.select("document_id", source_file=pl.col("document_id") + ".txt")
        self._write(sources, folder / "source.parquet", shuffle)
        result = resolve(folder, published, overrides, now, registry)
        found = pl.read_parquet(folder / "incident_map.parquet")
        return Outcome(folder, result, {(d, n): i for d, n, i in found.iter_rows()})

    def _write(self, frame: pl.DataFrame, path: Path, shuffle: int | None) -> None:
        if shuffle is not None:
            order = list(range(len(frame)))
            random.Random(shuffle).shuffle(order)
            frame = frame[order]
        frame.write_parquet(path)


def _many(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
