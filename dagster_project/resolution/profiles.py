"""What a report says, in the form that reports are compared in.

Belongs here: gathering a report's time, places, sides, victims, tolls, weapons and words from the reading tables. Does not
belong: comparing (``features.py``) or deciding (``clustering.py``).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import polars as pl

from dagster_project.reading.transliteration import fold_name, plain
from dagster_project.reference import split, table
from dagster_project.resolution.hierarchy import STATE_BODIES, Hierarchy
from dagster_project.resolution.places import Atlas

Key = tuple[str, int]

# Spans up to this many days are a date for blocking and comparison, longer ones a period (UCDP's `days` and `week`).
SHORT_SPAN_DAYS = 8
# Fillers whose rule is less sure than this (places inferred from the whole text) say nothing in a comparison. The rule's
# own score, not the calibrated confidence: a new calibration must not move incidents.
_DOUBTED = 0.4
# Attributions that say who did it, against those that only suspect.
_FIRM = frozenset({"asserted", "claimed"})
_WORD = re.compile(r"[a-z0-9]+")
# What stops an attack is no weapon of it.
_DEFENCES = frozenset({"air defense system"})
# A night is told by the day it begins on or by the day it ends on.
_NIGHT = re.compile(r"\b(night|overnight|midnight|nightfall)\b", re.IGNORECASE)
# "The death toll rose to 12 yesterday": the day is the count's, the attack was before.
_TOLL_ROSE = re.compile(
    r"\b(toll|number of (the )?(dead|deaths|victims|killed|casualties))\b.*?"
    r"\b(rose|risen|rises|climbed|jumped|went up|gone up|increased|passed|reached)\b",
    re.IGNORECASE | re.DOTALL,
)
_STOP = frozenset(
    _WORD.findall(
        "a an the of in on at to for from by with and or but that which who whom whose this these those it its he she they "
        "them his her their is are was were be been being has have had do does did not no as into after before during over "
        "near about more than least up said say says told reported according also one two some other others when where "
        "while there then around between against under since until out off"
    )
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One report, ready for comparison. Actor and place ids are resolved ones; tuples are sorted."""

    key: Key
    event_type: str
    is_aggregate: bool
    is_counted: bool  # false: its document was superseded, it follows others and bridges none
    published: date | None
    start: date | None
    end: date | None
    precision: str
    is_night: bool  # its day may be the next one by another clock
    since: str  # an aggregate's open start in its words, where no date came of them: "since April"
    places: tuple[str, ...]
    guessed_places: tuple[str, ...]  # where the whole text is set, of a report that names no place
    initiators: tuple[str, ...]  # asserted, claimed, or claiming
    suspects: tuple[str, ...]  # blamed or suspected
    targets: tuple[str, ...]  # targets and victims that are actors
    target_sides: tuple[str, ...]  # of what is told as a target by its nation alone: "US targets"
    people: tuple[str, ...]  # named persons among them
    vessels: tuple[str, ...]  # vehicles named in its sentences: "Galaxy Star"
    near_places: tuple[str, ...]  # areas and sites named in its sentences, whatever their role
    near_people: tuple[str, ...]  # named persons and groups in its sentences, whatever their role
    target_words: frozenset[str]
    target_texts: tuple[str, ...]  # as written, of targets that are no resolved actor
    victim_classes: tuple[str, ...]
    weapons: tuple[str, ...]
    killed: tuple[tuple[int | None, int | None], ...]
    injured: tuple[tuple[int | None, int | None], ...]
    attacks: tuple[int | None, int | None]
    target_counts: tuple[int | None, int | None]
    words: frozenset[str]
    sketch: tuple[int, ...]  # smallest hashes of its three-word shingles
    confidence: float
    digest: str  # of all that a comparison depends on, actors and places included

    @property
    def is_dated(self) -> bool:
        return self.start is not None or self.end is not None

    @property
    def has_short_date(self) -> bool:
        """Whether the text says the day, give or take a week."""
        return self.start is not None and self.end is not None and (self.end - self.start).days < SHORT_SPAN_DAYS


@cache
def weapon_classes() -> dict[str, str]:
    """Weapon class by canonical name."""
    found: dict[str, str] = {}
    for row in table("weapons"):
        found.setdefault(row["name"], row["weapon_class"])
    return found


# What a profile is made of, beside resolved actors and places.
READS: dict[str, tuple[str, ...]] = {
    "report": (
        "document_id", "report_no", "event_type", "is_aggregate", "attack_count_low", "attack_count_high", "target_count_low",
        "target_count_high", "date_text", "date_start", "date_end", "date_precision", "evidence", "char_start", "char_end",
        "confidence",
    ),
    "argument": ("document_id", "report_no", "role", "attribution", "text", "actor_no", "place_no", "weapon", "rule_score"),
    "claim": (
        "document_id", "report_no", "kind", "count_low", "count_high", "count_qualifier", "victims", "victim_class",
        "victim_actor_no", "part_of_claim_no",
    ),
    "event_mention": ("document_id", "report_no", "realis", "evidence", "char_start", "char_end"),
    "entity_mention": ("document_id", "entity_type", "text", "char_start", "actor_no", "place_no"),
    "document": ("document_id", "published_on"),
    "document_state": ("document_id", "superseded_by"),
}  # fmt: skip


def profiles_of(
    tables: Mapping[str, pl.DataFrame],
    actor_ids: Mapping[Key, str],
    place_ids: Mapping[Key, str],
    hierarchy: Hierarchy,
    atlas: Atlas,
) -> list[Profile]:
    """Profiles of the reports in ``tables``, sorted by key.

    Args:
        tables: with the columns of ``READS``.
        actor_ids, place_ids: (document_id, number) -> resolved id.
    """
    published = dict(tables["document"].select("document_id", "published_on").iter_rows())
    superseded = set(tables["document_state"].filter(pl.col("superseded_by").is_not_null())["document_id"])
    arguments = _by_report(tables["argument"])
    claims = _by_report(tables["claim"])
    mentions = _by_report(tables["event_mention"].filter(pl.col("realis") == "actual"))
    named = _named_spans(tables["entity_mention"])
    vessels = _vessel_spans(tables["entity_mention"])
    found = []
    for report in tables["report"].sort("document_id", "report_no").iter_rows(named=True):
        key = (report["document_id"], report["report_no"])
        found.append(
            _profile(
                key,
                report,
                arguments.get(key, []),
                claims.get(key, []),
                mentions.get(key, []),
                named.get(key[0], []),
                vessels.get(key[0], []),
                published.get(key[0]),
                key[0] not in superseded,
                actor_ids,
                place_ids,
                hierarchy,
                atlas,
            )
        )
    return found


def _by_report(frame: pl.DataFrame) -> dict[Key, list[dict[str, Any]]]:
    grouped: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for row in frame.filter(pl.col("report_no").is_not_null()).iter_rows(named=True):
        grouped[row["document_id"], row["report_no"]].append(row)
    return grouped


def _profile(
    key: Key,
    report: dict[str, Any],
    arguments: list[dict[str, Any]],
    claims: list[dict[str, Any]],
    mentions: list[dict[str, Any]],
    named: list[_Named],
    vessels: list[_Vessel],
    published: date | None,
    is_counted: bool,
    actor_ids: Mapping[Key, str],
    place_ids: Mapping[Key, str],
    hierarchy: Hierarchy,
    atlas: Atlas,
) -> Profile:
    document = key[0]
    places: set[str] = set()
    guessed: set[str] = set()
    firm: set[str] = set()
    suspects: set[str] = set()
    targets: set[str] = set()
    weapons: set[str] = set()
    target_words: set[str] = set()
    target_texts: set[str] = set()
    persons: set[str] = set()
    for argument in arguments:
        if argument["rule_score"] is not None and argument["rule_score"] < _DOUBTED:
            if argument["role"] == "place" and argument["place_no"] is not None:
                guessed.add(place_ids[document, argument["place_no"]])
            continue
        role, attribution = argument["role"], argument["attribution"]
        actor = actor_ids.get((document, argument["actor_no"])) if argument["actor_no"] is not None else None
        if role == "place":
            if argument["place_no"] is not None:
                places.add(place_ids[document, argument["place_no"]])
        elif role == "weapon":
            if argument["weapon"] and argument["weapon"] not in _DEFENCES:
                weapons.add(argument["weapon"])
        elif role in ("initiator", "claimant"):
            if actor is not None and attribution != "denied":
                (firm if attribution in _FIRM else suspects).add(actor)
        else:
            target_words |= content_words(argument["text"])
            if actor is not None and attribution != "denied":
                targets.add(actor)
                if _is_named_person(hierarchy, actor):
                    persons.add(argument["text"])
            elif actor is None and role == "target":
                target_texts.add(" ".join(argument["text"].split()))
    tolls: dict[str, set[tuple[int | None, int | None]]] = {"killed": set(), "injured": set()}
    victim_classes: set[str] = set()
    for claim in claims:
        if (
            claim["victim_class"]
            and claim["part_of_claim_no"] is None
            and claim["count_qualifier"] not in ("none", "denied")
        ):
            victim_classes.add(claim["victim_class"])
        # "A senior Iranian officer, Qasem Soleimani" is himself the target, and not his army.
        is_named = claim["victims"] is not None and any(person in claim["victims"] for person in persons)
        if claim["victim_actor_no"] is not None and not is_named:
            victim = actor_ids.get((document, claim["victim_actor_no"]))
            if victim is not None:
                targets.add(victim)
        is_counted_claim = (
            claim["kind"] in tolls
            and claim["part_of_claim_no"] is None
            and claim["count_qualifier"] not in ("denied", "unclear", "vague")
            and (claim["count_low"] is not None or claim["count_high"] is not None)
        )
        if is_counted_claim:
            tolls[claim["kind"]].add((claim["count_low"], claim["count_high"]))
    # One that is both, as in two-sided fighting, is known as initiator.
    targets -= firm
    if _speaks_for_victims(firm, targets, victim_classes, places, hierarchy, atlas):
        firm = set()
    start, end, precision = _time_told(report)
    evidence = " ".join(dict.fromkeys([report["evidence"], *(m["evidence"] for m in mentions)]))
    stretches = {(told["char_start"], told["char_end"]) for told in (report, *mentions)}
    near_actors, near_places = _inside(stretches, named)
    parts: dict[str, Any] = {
        "event_type": report["event_type"],
        "is_aggregate": report["is_aggregate"],
        "is_counted": is_counted,
        "published": published,
        "start": start,
        "end": end,
        "precision": precision,
        "is_night": precision == "day" and bool(_NIGHT.search(report["date_text"] or "")),
        "since": _since(report) if start is None and end is None else "",
        "places": tuple(sorted(places)),
        "guessed_places": () if places else tuple(sorted(guessed)),
        "initiators": tuple(sorted(firm)),
        "suspects": tuple(sorted(suspects - firm)),
        "targets": tuple(sorted(targets)),
        "near_places": tuple(sorted(p for n in near_places if (p := place_ids[document, n]) and _is_local(atlas, p))),
        "near_people": tuple(sorted(a for n in near_actors if _is_somebody(hierarchy, a := actor_ids[document, n]))),
        "target_sides": _sides_named(target_texts),
        "vessels": tuple(sorted({name for at, name in vessels if any(b <= at < e for b, e in stretches)})),
        "people": tuple(sorted(t for t in targets if _is_named_person(hierarchy, t))),
        "target_texts": tuple(sorted(target_texts)),
        "victim_classes": tuple(sorted(victim_classes)),
        "weapons": tuple(sorted(weapons)),
        "killed": tuple(sorted(tolls["killed"], key=repr)),
        "injured": tuple(sorted(tolls["injured"], key=repr)),
        "attacks": (report["attack_count_low"], report["attack_count_high"]),
        "target_counts": (report["target_count_low"], report["target_count_high"]),
        "sketch": _sketch(report["evidence"]),
        "confidence": report["confidence"] if report["confidence"] is not None else 0.5,
    }
    words = content_words(evidence)
    context = [hierarchy.describe(i) for i in sorted(firm | suspects | targets)]
    context += [atlas.describe(p) for p in sorted({*places, *parts["guessed_places"], *parts["near_places"]})]
    content = f"{sorted(parts.items())} {sorted(target_words)} {sorted(words)} {context}"
    digest = hashlib.sha256(content.encode()).hexdigest()[:20]
    return Profile(key=key, target_words=frozenset(target_words), words=frozenset(words), digest=digest, **parts)


def _time_told(report: dict[str, Any]) -> tuple[date | None, date | None, str]:
    """The bounds and precision of a report's time; none where its words date the count alone."""
    start, end = report["date_start"], report["date_end"]
    precision = report["date_precision"] or "unknown"
    words = report["date_text"]
    if precision == "day" and words:
        before, found, _ = report["evidence"].partition(words)
        clause = re.split(r"[.;,]|\b(?:after|since|as|when|from)\b", before)[-1] if found else ""
        if _TOLL_ROSE.search(before) and re.search(
            r"\b(toll|rose|risen|climbed|jumped|up|increased|passed|reached|to)\b", clause
        ):
            return None, None, "unknown"
    if precision == "day" and end is None:
        end = start
    return start, end, precision


def _since(report: dict[str, Any]) -> str:
    words = " ".join((report["date_text"] or "").lower().split())
    return words if report["is_aggregate"] and words.startswith("since ") else ""


def _speaks_for_victims(
    doers: set[str], targets: set[str], victim_classes: set[str], places: set[str], hierarchy: Hierarchy, atlas: Atlas
) -> bool:
    """Whether all who are told as attackers are bodies of the state whose soldiers died at home.

    A reader that takes "the attackers, the defence ministry said" for the ministry's attack errs; a state that shells its own
    garrison is not news of this kind.
    """
    nodes = [hierarchy.nodes.get(d) for d in doers]
    countries = {n.country for n in nodes if n is not None and n.actor_type in STATE_BODIES and n.country}
    if len(countries) != 1 or any(n is None or n.actor_type not in STATE_BODIES for n in nodes):
        return False
    home = {c for p in places for c in atlas.nodes[p].countries}
    aimed = [n for t in targets if (n := hierarchy.nodes.get(t)) is not None]
    others = any(n.actor_type == "armed_group" or (n.country and n.country not in countries) for n in aimed)
    return victim_classes - {"unknown"} == {"military"} and home == countries and not others


@cache
def _nations() -> dict[str, str]:
    """Country by its adjective, in plain letters."""
    found = {"us": "USA", "u.s": "USA", "uk": "GBR"}
    for row in table("countries"):
        for word in split(row["demonyms_adjective"]):
            found.setdefault(plain(word), row["iso3"])
    return found


def _sides_named(texts: Iterable[str]) -> tuple[str, ...]:
    """Sides (``Hierarchy.side``) of states whose adjective leads the words of a target that is no actor of its own."""
    found = set()
    for text in texts:
        words = [w.strip(".") for w in plain(text).split() if w not in ("the", "a", "an")]
        if words and words[0] in _nations():
            found.add(f"state:{_nations()[words[0]]}")
    return tuple(sorted(found))


# A named vehicle in a text: where it begins, its name folded.
_Vessel = tuple[int, str]


def _vessel_spans(mentions: pl.DataFrame) -> dict[str, list[_Vessel]]:
    """Vehicles by name, of two words or more ("Galaxy Star"; "Mirage" is a make)."""
    grouped: dict[str, list[_Vessel]] = defaultdict(list)
    kept = mentions.filter(
        (pl.col("entity_type") == "VEHICLE") & pl.col("actor_no").is_null() & pl.col("place_no").is_null()
    )
    for document, start, text in kept.select("document_id", "char_start", "text").iter_rows():
        words = text.split()
        if len(words) > 1 and all(w[:1].isupper() for w in words):
            grouped[document].append((start, fold_name(text)))
    return grouped


# A name in a text: where it begins, actor number, place number.
_Named = tuple[int, int | None, int | None]


def _named_spans(mentions: pl.DataFrame) -> dict[str, list[_Named]]:
    """Names that stand for an actor or a place, by document and position."""
    grouped: dict[str, list[_Named]] = defaultdict(list)
    kept = mentions.filter(pl.col("actor_no").is_not_null() | pl.col("place_no").is_not_null())
    for document, start, actor, place in kept.select("document_id", "char_start", "actor_no", "place_no").iter_rows():
        grouped[document].append((start, actor, place))
    for names in grouped.values():
        names.sort(key=lambda n: n[0])
    return grouped


def _inside(stretches: set[tuple[int, int]], named: list[_Named]) -> tuple[set[int], set[int]]:
    """Actor and place numbers named inside the stretches."""
    actors: set[int] = set()
    places: set[int] = set()
    for start, end in stretches:
        for at in range(bisect_left(named, start, key=lambda n: n[0]), len(named)):
            begin, actor, place = named[at]
            if begin >= end:
                break
            if actor is not None:
                actors.add(actor)
            if place is not None:
                places.add(place)
    return actors, places


def _is_local(atlas: Atlas, place_id: str) -> bool:
    return atlas.nodes[place_id].kind != "country"


def _is_somebody(hierarchy: Hierarchy, actor_id: str) -> bool:
    """Persons and armed groups by name: who else is named in a story says little about which incident it tells."""
    node = hierarchy.nodes.get(actor_id)
    return node is not None and not node.is_generic and node.actor_type in ("person", "armed_group", "company")


def _is_named_person(hierarchy: Hierarchy, actor_id: str) -> bool:
    node = hierarchy.nodes.get(actor_id)
    return node is not None and node.actor_type == "person" and not node.is_generic


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """A rough stem: enough that "bombed" meets "bombing" and "strikes" meets "strike"."""
    for ending in ("ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry content."""
    return frozenset(_stem(w) for w in _WORD.findall(plain(text)) if w not in _STOP and len(w) > 1)


def _sketch(text: str) -> tuple[int, ...]:
    """The four smallest hashes of the text's three-word shingles: texts that share most words share one of them."""
    words = _WORD.findall(plain(text))
    if len(words) < 8:
        return ()
    # Thirty-two bits are enough: a chance meeting costs one comparison.
    hashes = sorted({crc32(" ".join(words[i : i + 3]).encode()) for i in range(len(words) - 2)})
    return tuple(hashes[:4])
