"""The closed vocabularies of coded columns, one name each.

Those that reading assigns are taken from its types, so that a new value cannot be added in one place only.
"""

from __future__ import annotations

from typing import get_args

from dagster_project.reading import types as reading

ACTOR_TYPE: tuple[str, ...] = get_args(reading.ActorType)
ATTRIBUTION: tuple[str, ...] = get_args(reading.Attribution)
CASUALTY_KIND: tuple[str, ...] = get_args(reading.CasualtyKind)
COUNT_QUALIFIER: tuple[str, ...] = get_args(reading.CountQualifier)
DATE_PRECISION: tuple[str, ...] = get_args(reading.DatePrecision)
FILLER_TYPE: tuple[str, ...] = get_args(reading.FillerType)
PLACE_KIND: tuple[str, ...] = get_args(reading.PlaceKind)
REALIS: tuple[str, ...] = get_args(reading.Realis)
ROLE: tuple[str, ...] = get_args(reading.Role)
VICTIM_CLASS: tuple[str, ...] = get_args(reading.VictimClass)
ACTOR_ROLE = ("initiator", "target", "victim", "claimant")
PUBLISHED_ON_BASIS = ("stated", "given", "manifest", "unknown")
RELIABILITY_GRADE = ("A", "B", "C", "D", "E", "F")
WEAPON_CLASS = (
    "aircraft",
    "drone",
    "missile",
    "rocket",
    "artillery",
    "explosive",
    "firearm",
    "vehicle",
    "blade",
    "chemical",
    "cyber",
    "other",
)
LINK_DECISION = ("merged", "near_miss", "forbidden", "must_link", "cannot_link")
SEVERITY = ("error", "warn")
OUTCOME = ("passed", "failed", "not_evaluated")
STAGE = ("ingest", "reading", "resolution", "load", "audit", "withdrawn")
