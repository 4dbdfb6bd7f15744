"""Gold readings as reading tables: what resolution would get from a reader that makes no mistakes.

Belongs here: turning a gold YAML file into rows. Does not belong: scoring (``resolution.py``), or reading texts.
Names are linked to the reference tables by their spelling alone, so what is measured with it is resolution, not linking.
"""

from __future__ import annotations

import calendar
import csv
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.reading import rows as reading
from dagster_project.reading.transliteration import fold_name, plain
from dagster_project.reference import REFERENCE_DIR, split, table
from dagster_project.warehouse.inputs import DOCUMENT_STATE

_GROUP_WORDS = re.compile(
    r"\b(militia|militias|militants?|rebels?|gunmen|insurgents?|fighters|guerrillas?|jihadists?|bandits|groups?|attackers|men)\b",
    re.I,
)
_FORCE_WORDS = re.compile(
    r"\b(army|forces?|troops|soldiers?|military|police|navy|air force|jets|garrison|recruits|patrol|convoy|destroyers?)\b",
    re.I,
)
_CIVILIAN_WORDS = re.compile(
    r"\b(civilians?|villagers|residents|people|workers?|children|worshippers|passengers|shoppers|families|crew)\b", re.I
)


@dataclass
class GoldSet:
    """Reading tables of several documents, and the gold incident of each report."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in reading.SCHEMAS})
    documents: list[dict[str, Any]] = field(default_factory=list)
    incident_of: dict[tuple[str, int], str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """The tables that resolution takes, as Parquet files."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            reading.frame(name, rows).write_parquet(folder / f"{name}.parquet")
        schema = {"document_id": pl.String, "published_on": pl.Date, "title": pl.String}
        documents = pl.DataFrame(self.documents, schema=schema)
        documents.write_parquet(folder / "document.parquet")
        state = documents.select(
            "document_id",
            pl.lit(None).alias("first_seen_at"),
            pl.lit(None).alias("duplicate_of"),
            pl.lit(None).alias("superseded_by"),
        )
        state.cast(dict(DOCUMENT_STATE)).write_parquet(folder / "document_state.parquet")


def read_gold(folder: Path, texts: dict[str, str], manifest: Path | None) -> GoldSet:
    """All gold files of a folder.

    Args:
        texts: document -> plain text, for the positions of the evidence.
        manifest: publication dates for pages that state none; None reads what the page alone licenses.
    """
    import yaml

    given: dict[str, str] = {}
    if manifest is not None:
        with manifest.open(encoding="utf-8", newline="") as file:
            given = {Path(r["source_file"]).stem: r["published_on"] for r in csv.DictReader(file)}
    gold = GoldSet()
    for path in sorted(p for p in folder.glob("*.yaml") if not p.stem.endswith(".clauses")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        _Document(gold, entry, texts[entry["doc_id"]], given.get(entry["doc_id"]), manifest is not None).read()
    return gold


class _Document:
    def __init__(self, gold: GoldSet, entry: dict[str, Any], text: str, given: str | None, with_manifest: bool) -> None:
        self.gold, self.entry, self.text, self.with_manifest = gold, entry, text, with_manifest
        self.document_id = entry["doc_id"]
        published = entry.get("published_on") or given or None
        self.published = date.fromisoformat(str(published)) if published else None
        self.actors: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.kinds = {
            name: g for key in ("persons", "organizations", "armed_groups") for g in self._listed(key) for name in g["names"]
        }

    def _listed(self, key: str) -> list[dict[str, Any]]:
        return [{**g, "list": key, "names": [g["name"], *(g.get("aliases") or [])]} for g in self.entry.get(key) or []]

    def _add(self, table_name: str, **values: Any) -> None:
        self.gold.rows[table_name].append(
            {**dict.fromkeys(reading.SCHEMAS[table_name]), "document_id": self.document_id, **values}
        )

    def read(self) -> None:
        self.gold.documents.append(
            {"document_id": self.document_id, "published_on": self.published, "title": self.entry["title"]}
        )
        claim_no = 0
        for number, incident in enumerate(self.entry.get("incidents") or []):
            self.gold.incident_of[self.document_id, number] = incident["id"]
            claim_no = self._incident(number, incident, claim_no)

    def _incident(self, number: int, incident: dict[str, Any], claim_no: int) -> int:
        told = incident.get("date_with_manifest" if self.with_manifest else "date") or {}
        start, end, precision = _dates(told)
        count = incident.get("count")
        low, high = (count.get("low"), count.get("high")) if isinstance(count, dict) else (count, count)
        is_aggregate = count != 1
        spans = [self._span(e) for e in incident["evidence"]]
        mode = "interception" if incident["mode"] == "intercept" else incident["mode"]
        self._add(
            "report",
            report_no=number,
            event_type=mode,
            is_aggregate=is_aggregate,
            attack_count_low=low if is_aggregate else None,
            attack_count_high=high if is_aggregate else None,
            date_text=told.get("text"),
            date_start=start,
            date_end=end,
            date_precision=precision,
            evidence=incident["evidence"][0],
            char_start=spans[0][0],
            char_end=spans[0][1],
            extractor="gold",
            confidence=0.9,
        )
        for evidence, (begin, stop) in zip(incident["evidence"], spans, strict=True):
            self._add(
                "event_mention",
                report_no=number,
                trigger=evidence.split()[0],
                trigger_start=begin,
                trigger_end=begin + len(evidence.split()[0]),
                event_type=mode,
                realis="actual",
                evidence=evidence,
                char_start=begin,
                char_end=stop,
            )
        self._arguments(number, incident, spans[0][0])
        return self._claims(number, incident, claim_no)

    def _arguments(self, number: int, incident: dict[str, Any], at: int) -> None:
        def add(role: str, text: str, **values: Any) -> None:
            self._add(
                "argument",
                report_no=number,
                role=role,
                attribution="asserted",
                text=text,
                filler_type=values.pop("filler_type", "other"),
                char_start=at,
                char_end=at + len(text),
                confidence=0.9,
                **values,
            )

        for name in incident.get("initiators") or []:
            add("initiator", name, actor_no=self._actor(name), filler_type="group")
        for name in incident.get("targets") or []:
            actor = self._actor(name, must=False)
            add("target", name, actor_no=actor, filler_type="group" if actor is not None else "object")
        for name in incident.get("places") or []:
            add("place", name, place_no=self._place(name), filler_type="place")
        for name in incident.get("weapons") or []:
            add("weapon", name, weapon=_weapon(name), filler_type="weapon")
        for victims in dict.fromkeys(c.get("victims") or "" for c in incident.get("casualties") or []):
            if victims and victims != "-":
                add("victim", victims, actor_no=self._actor(victims, must=False), filler_type="group")

    def _claims(self, number: int, incident: dict[str, Any], claim_no: int) -> int:
        total: int | None = None
        for claim in incident.get("casualties") or []:
            start, end = self._span(claim["text"])
            if not claim.get("subset"):
                total = claim_no
            qualifier = (
                "vague" if claim.get("vague") or (claim["low"] is None and claim["high"] is None)
                else "none" if claim["low"] == claim["high"] == 0
                else "exact" if claim.get("exact")
                else "at_least" if claim["high"] is None
                else "at_most" if claim["low"] is None
                else "about"
            )  # fmt: skip
            claimant = claim.get("claimed_by")
            self._add(
                "claim",
                claim_no=claim_no,
                report_no=number,
                kind=claim["kind"],
                count_low=claim["low"],
                count_high=claim["high"],
                count_qualifier=qualifier,
                count_text=claim["text"],
                victims=claim.get("victims"),
                victim_class=claim.get("victim_class") or "unknown",
                part_of_claim_no=total if claim.get("subset") and total != claim_no else None,
                claimed_by_actor_no=self._actor(claimant, must=False) if claimant else None,
                evidence=claim["text"],
                char_start=start,
                char_end=end,
                confidence=0.9,
            )
            claim_no += 1
        return claim_no

    def _span(self, words: str) -> tuple[int, int]:
        pattern = r"\s+".join(re.escape(w) for w in words.split())
        match = re.search(pattern, self.text)
        return (match.start(), match.end()) if match else (0, len(words))

    def _actor(self, name: str, must: bool = True) -> int | None:
        """The number of the actor a name stands for; None for what is no actor, unless it must be one."""
        if name in self.actors:
            return self.actors[name]
        row = self._linked(name) or self._described(name, must)
        if row is None:
            return None
        number = len(set(self.actors.values()))
        self.actors[name] = number
        self._add("actor", **{"actor_no": number, "aliases": [name], "is_generic": False, "confidence": 0.9, **row})
        return number

    def _linked(self, name: str) -> dict[str, Any] | None:
        reference = _reference_names().get(fold_name(name))
        if reference is None:
            return None
        return {
            "reference_id": reference["actor_id"],
            "name": reference["name"],
            "actor_type": reference["actor_type"],
            "country_iso3": reference["country_iso3"] or None,
            "backer_iso3": reference["backer_iso3"] or None,
            "parent_reference_id": reference["parent_id"] or None,
        }

    def _described(self, name: str, must: bool) -> dict[str, Any] | None:
        listed = self.kinds.get(name)
        countries = _countries_in(name)
        country = countries[0] if countries else None
        if listed is not None and listed["list"] == "persons":
            return {"name": listed["name"], "actor_type": "person", "country_iso3": _country(listed.get("affiliation"))}
        if listed is not None and listed["list"] == "organizations":
            kinds = {"government_body": "government", "party": "other"}
            kind = kinds.get(listed.get("type") or "other", listed.get("type") or "other")
            return {"name": name, "actor_type": kind, "country_iso3": listed.get("country") or country}
        if "backed" in name.lower() or "pro-" in name.lower():
            backer = countries[0] if countries else None
            where = countries[1] if len(countries) > 1 else None
            return {
                "name": name,
                "actor_type": "armed_group",
                "country_iso3": where,
                "backer_iso3": backer,
                "is_generic": True,
            }
        if listed is not None:
            return {
                "name": name,
                "actor_type": "armed_group",
                "country_iso3": country,
                "backer_iso3": _country(listed.get("backer")),
            }
        for pattern, kind in ((_FORCE_WORDS, "military"), (_GROUP_WORDS, "armed_group"), (_CIVILIAN_WORDS, "civilians")):
            if pattern.search(name):
                parent = _states().get(country or "") if kind == "military" else None
                return {
                    "name": name,
                    "actor_type": kind,
                    "country_iso3": country,
                    "is_generic": True,
                    "parent_reference_id": parent,
                }
        return {"name": name, "actor_type": "other", "country_iso3": country, "is_generic": True} if must else None

    def _place(self, name: str) -> int:
        if name in self.places:
            return self.places[name]
        listed = next((p for p in self._listed("places") if name in p["names"]), {})
        row = find_place(name, listed.get("kind") or "city", listed.get("country"))
        for number, place in enumerate(p for p in self.gold.rows["place"] if p["document_id"] == self.document_id):
            if place["place_id"] == row["place_id"]:
                self.places[name] = number
                return number
        number = len(set(self.places.values()))
        self.places[name] = number
        self._add("place", **{"place_no": number, "confidence": 0.9, **row})
        return number


def _dates(told: dict[str, Any]) -> tuple[date | None, date | None, str]:
    if told.get("skip") or not (told.get("start") or told.get("end")):
        return None, None, "unknown"
    start, precision = _bound(told.get("start"), False)
    if told.get("open_end") and not told.get("end"):
        return start, None, "range"
    end, _ = _bound(told.get("end") or told.get("start"), True)
    if told.get("end") and told.get("start") != told.get("end"):
        precision = "days" if start and end and (end - start).days < 6 else "range"
    return start, end, precision


def _bound(value: Any, is_end: bool) -> tuple[date | None, str]:
    if not value:
        return None, "unknown"
    parts = [int(p) for p in str(value).split("-")]
    if len(parts) == 3:
        return date(*parts), "day"
    if len(parts) == 2:
        last = calendar.monthrange(parts[0], parts[1])[1]
        return date(parts[0], parts[1], last if is_end else 1), "month"
    return (date(parts[0], 12, 31) if is_end else date(parts[0], 1, 1)), "year"


@cache
def _reference_names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in table("actors"):
        for cell in (row["name"], *split(row["aliases"]), *split(row["aliases_case_sensitive"]), *split(row["metonyms"])):
            found.setdefault(fold_name(cell), row)
    for row in table("countries"):
        for cell in (*split(row["demonyms_adjective"]), row["name"]):
            state = _states().get(row["iso3"])
            if state:
                found.setdefault(fold_name(cell), next(r for r in table("actors") if r["actor_id"] == state))
    return found


@cache
def _states() -> dict[str, str]:
    return {r["country_iso3"]: r["actor_id"] for r in table("actors") if r["actor_type"] == "state" and not r["valid_to"]}


@cache
def _country_words() -> dict[str, str]:
    found: dict[str, str] = {"us": "USA", "american": "USA"}
    for row in table("countries"):
        cells = (row["name"], *split(row["demonyms_adjective"]), *split(row["demonyms_people"]), *split(row["aliases"]))
        for cell in cells:
            found.setdefault(plain(cell), row["iso3"])
    return found


def _countries_in(text: str) -> list[str]:
    return [iso3 for word in re.split(r"[\s-]+", plain(text)) if (iso3 := _country_words().get(word))]


def _country(text: str | None) -> str | None:
    return _country_words().get(plain(text)) if text else None


@cache
def _weapon_patterns() -> list[tuple[str, str]]:
    return sorted(((plain(r["pattern"]), r["name"]) for r in table("weapons")), key=lambda x: (-len(x[0]), x))


@cache
def _weapon(text: str) -> str | None:
    words = f" {plain(text)} "
    return next((n for p, n in _weapon_patterns() if re.search(rf"(?<![a-z]){re.escape(p)}s?(?![a-z])", words)), None)


@cache
def _gazetteer() -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    frame = pl.read_parquet(REFERENCE_DIR / "gazetteer.parquet").sort("population", "geonames_id", descending=[True, False])
    for row in frame.iter_rows(named=True):
        for name in (row["plain_name"], *row["plain_alternates"]):
            key = (fold_name(name), row["country_iso3"])
            have = found.get(key)
            if have is None:
                found[key] = row
    return found


@cache
def find_place(name: str, kind: str, iso3: str | None) -> dict[str, Any]:
    """A place row for a gold place name of a kind and country."""
    names = {plain(c): r for r in table("countries") for c in (r["name"], *split(r["aliases"]))}
    if plain(name) in names and kind in ("country", "city", "region"):
        row = names[plain(name)]
        if kind == "country" or plain(name) != plain(row["capital"]):
            return _place_row(f"country:{row['iso3']}", row["name"], "country", None, row["iso3"], row, 6)
    if kind == "border":
        pair = sorted(set(_countries_in(re.sub(r"\b(of|and|the|border)\b", " ", name))))
        border = next((b for b in table("borders") if [b["country_a"], b["country_b"]] == pair), None)
        if border:
            return _place_row(f"border:{pair[0]}-{pair[1]}", border["name"], "border", None, None, border, 5)
    for region in table("regions"):
        if plain(name) in {plain(c) for c in (region["name"], *split(region["aliases"]))}:
            slug = plain(region["name"]).replace(" ", "-")
            return _place_row(
                f"region:{slug}", region["name"], region["kind"], None, None, region, int(region["where_prec"])
            )
    folded = fold_name(name)
    if kind == "region":
        stripped = fold_name(
            re.sub(r"\b(province|region|state|oblast|department|governorate|district)\b", "", name, flags=re.I)
        )
        for row in table("admin1"):
            if row["country_iso3"] == (iso3 or row["country_iso3"]) and stripped in {
                fold_name(c) for c in (row["name"], *split(row["aliases"]))
            }:
                place_id = f"admin1:{row['country_iso3']}.{row['admin1_code']}"
                return _place_row(place_id, row["name"], "admin", row["name"], row["country_iso3"], row, 4)
    town = _gazetteer().get((folded, iso3 or ""))
    if town is not None and town["kind"] != "admin":
        return _place_row(
            f"geonames:{town['geonames_id']}", town["name"], "city", town["admin1"], iso3, town, 1, town["geonames_id"]
        )
    country = next((r for r in table("countries") if r["iso3"] == iso3), None)
    return _place_row(
        f"text:{folded}|{iso3 or ''}", name, "city" if kind != "region" else "admin", None, iso3, country or {}, 6
    )


def _place_row(
    place_id: str,
    name: str,
    kind: str,
    admin1: str | None,
    iso3: str | None,
    at: Any,
    precision: int,
    geonames_id: int | None = None,
) -> dict[str, Any]:
    return {
        "place_id": place_id,
        "name": name,
        "kind": kind,
        "admin1": admin1,
        "country_iso3": iso3,
        "latitude": float(at["latitude"]) if at.get("latitude") not in (None, "") else None,
        "longitude": float(at["longitude"]) if at.get("longitude") not in (None, "") else None,
        "geonames_id": geonames_id,
        "where_prec": precision,
    }
