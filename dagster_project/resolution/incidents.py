"""One row for each incident: what its reports agree on.

- event type: the most specific kind among those that most reports allow;
- place: the most specific place that no report of another place outvotes;
- date: the most specific date told that agrees with most reports; never an intersection that no text names;
- counts: as the surest, then latest report that counts gives them;
- confidence: noisy-or of the best report of each document, times the share of pairs of documents that were linked
  directly.

Reports of superseded documents say nothing where others do. Belongs here: consensus and titles. Does not belong: tolls
(SQL derives them from the claims), the partition, ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dagster_project.resolution.conflict import classify
from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.kinds import is_more_specific
from dagster_project.resolution.memory import Memory, key_of
from dagster_project.resolution.places import Atlas
from dagster_project.resolution.profiles import Profile
from dagster_project.resolution.reports import Reports

_PRECISION = ("day", "days", "week", "month", "range", "year", "unknown")
# A kind told by at least this share of the reports competes; below it is taken for a slip.
_MINORITY = 0.34


@dataclass(frozen=True, slots=True)
class Outline:
    """An incident: ``row`` of the resolution schema without its ids, and what decides whether it is part of an aggregate."""

    row: dict[str, Any]
    sides: tuple[str, ...]  # initiators and suspects of all its reports
    places: tuple[str, ...]  # the most specific of all its reports
    last_told: date | None  # the latest publication among its reports


def outline(positions: list[int], reports: Reports, hierarchy: Hierarchy, atlas: Atlas, memory: Memory) -> Outline:
    """What the reports at ``positions`` (at least one, sorted) agree on, as an earlier run found or anew."""
    key = key_of((reports.keys[i][0], reports.digests[i]) for i in positions)
    known = memory.get(key)
    if known is None:
        made = _outline([reports[i] for i in positions], hierarchy, atlas)
        dates = {name: value and value.toordinal() for name in _DATES for value in (made.row[name],)}
        last = made.last_told and made.last_told.toordinal()
        memory.put(key, [{**made.row, **dates}, made.sides, made.places, last])
        return made
    row, sides, places, last = known
    row |= {name: value and date.fromordinal(value) for name in _DATES for value in (row[name],)}
    return Outline(row, tuple(sides), tuple(places), last and date.fromordinal(last))


_DATES = ("date_start", "date_end")


def _outline(members: list[Profile], hierarchy: Hierarchy, atlas: Atlas) -> Outline:
    told = [p.published for p in members if p.published is not None]
    return Outline(
        row=_row(members, hierarchy, atlas),
        sides=tuple(sorted({a for p in members for a in (*p.initiators, *p.suspects)})),
        places=atlas.most_specific({place for p in members for place in p.places}),
        last_told=max(told, default=None),
    )


def _row(members: list[Profile], hierarchy: Hierarchy, atlas: Atlas) -> dict[str, Any]:
    told = [p for p in members if p.is_counted] or members
    initiators = _ranked(told, lambda p: p.initiators, hierarchy) or _ranked(told, lambda p: p.suspects, hierarchy)
    targets = [t for t in _ranked(told, lambda p: p.targets, hierarchy) if t not in initiators]
    classes = {c for p in told for c in p.victim_classes}
    violence = classify(initiators, targets, classes, hierarchy)
    start, end, precision = _date(told)
    row = {
        "event_type": _event_type(told),
        "place_id": _place(told, atlas),
        "date_start": start,
        "date_end": end,
        "date_precision": precision,
        "is_aggregate": told[0].is_aggregate,
        "type_of_violence": violence.type_of_violence,
        "conflict_name": violence.conflict_name,
        "dyad_name": violence.dyad_name,
        "confidence": _confidence(told),
    }
    row["attack_count_low"], row["attack_count_high"] = _counts(told, lambda p: p.attacks)
    row["target_count_low"], row["target_count_high"] = _counts(told, lambda p: p.target_counts)
    row["title"] = _title(row, told, initiators, targets, hierarchy, atlas)
    return row


def _ranked(told: list[Profile], actors: Callable[[Profile], tuple[str, ...]], hierarchy: Hierarchy) -> list[str]:
    """Actors by the documents that name them, specific ones first."""
    counts = Counter(actor for _, actor in {(p.key[0], a) for p in told for a in actors(p)})
    return sorted(counts, key=lambda a: (not hierarchy.is_specific(a), -counts[a], a))


def _event_type(told: list[Profile]) -> str:
    own = Counter(p.event_type for p in told)
    if len(own) == 1:
        return told[0].event_type
    counts = {kind: n + sum(m for other, m in own.items() if is_more_specific(kind, other)) for kind, n in own.items()}
    enough = [k for k in counts if own[k] >= _MINORITY * len(told)] or list(counts)
    return min(enough, key=lambda k: (-counts[k], k))


def _place(told: list[Profile], atlas: Atlas) -> str | None:
    """The place that most reports name or lie in; among those the most precise."""
    support: Counter[str] = Counter()
    places = sorted({place for p in told for place in p.places})
    if len(places) < 2:
        return places[0] if places else None
    naming: Counter[str] = Counter(place for p in told for place in p.places)
    for place in places:
        for p in told:
            if any(q == place or atlas.relation(place, q) in ("near", "inside", "area", "wide") for q in p.places):
                support[place] += 1
    most = max(support.values())
    agreed = [p for p in places if support[p] == most]
    return min(agreed, key=lambda p: (atlas.nodes[p].where_prec, -naming[p], p))


def _date(told: list[Profile]) -> tuple[date | None, date | None, str]:
    dated = [p for p in told if p.is_dated]
    if not dated:
        return None, None, "unknown"
    choices = Counter((p.start, p.end, p.precision) for p in dated)
    if len(choices) == 1:
        return next(iter(choices))

    def agreeing(choice: tuple[date | None, date | None, str]) -> int:
        start, end, _ = choice
        return sum(
            not ((start and p.end and start > p.end) or (end and p.start and p.start > end))
            and (not p.is_aggregate or p.start == start)
            for p in dated
        )

    def rank(choice: tuple[date | None, date | None, str]) -> tuple:
        start, end, precision = choice
        length = (end - start).days if start and end else 99_999
        return (-agreeing(choice), _PRECISION.index(precision), length, -choices[choice], str(start), str(end))

    return min(choices, key=rank)


def _counts(
    told: list[Profile], counts: Callable[[Profile], tuple[int | None, int | None]]
) -> tuple[int | None, int | None]:
    found = [p for p in told if counts(p) != (None, None)]
    if not found:
        return None, None
    return counts(max(found, key=lambda p: (p.confidence, p.published or date.min, p.key)))


def _confidence(told: list[Profile]) -> float:
    best: dict[str, float] = {}
    for p in told:
        best[p.key[0]] = max(best.get(p.key[0], 0.0), min(max(p.confidence, 0.0), 1.0))
    doubt = 1.0
    for value in best.values():
        doubt *= 1.0 - value
    # However many papers print it: the reading may err alike on all of them.
    return round(min(1.0 - doubt, 0.99), 3)


def _title(
    row: dict[str, Any],
    told: list[Profile],
    initiators: list[str],
    targets: list[str],
    hierarchy: Hierarchy,
    atlas: Atlas,
) -> str:
    kind = "attack" if row["event_type"] == "other_attack" else row["event_type"].replace("_", " ")
    if row["event_type"] == "seizure_of_ship":
        kind = "seizure of a ship" if not row["is_aggregate"] else "ship seizure"
    counted = [_number_of(row["attack_count_low"], row["attack_count_high"]), _plural(kind)]
    words = counted if row["is_aggregate"] else [kind]
    if initiators:
        words += ["by", hierarchy.nodes[initiators[0]].name]
    # Named sides say most, then what was hit ("hotel"); "people" says least.
    named = [t for t in targets if not hierarchy.nodes[t].is_generic or hierarchy.nodes[t].actor_type != "civilians"]
    things = sorted({t for p in told for t in p.target_texts}, key=lambda text: (len(text), text))
    aim = next(iter((*(hierarchy.nodes[t].name for t in named), *things, *(hierarchy.nodes[t].name for t in targets))), "")
    if aim:
        words += ["on" if row["event_type"] not in ("kidnapping", "arrest", "interception", "assassination") else "of", aim]
    parts = [" ".join(w for w in words if w)]
    if row["place_id"]:
        parts.append(atlas.nodes[row["place_id"]].name)
    when = _when(row["date_start"], row["date_end"], row["date_precision"])
    if when:
        parts.append(when)
    title = ", ".join(parts)
    return title[0].upper() + title[1:]


def _plural(kind: str) -> str:
    for ending, plural in (("y", "ies"), ("s", "ses")):
        if kind.endswith(ending):
            return kind[:-1] + plural if ending == "y" else kind + "es"
    return kind + "s"


def _number_of(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return str(low) if low == high else f"{low} to {high}"
    if low is not None:
        return f"at least {low}"
    return f"up to {high}" if high is not None else "several"


def _when(start: date | None, end: date | None, precision: str) -> str:
    if start is None:
        return f"until {_day(end)}" if end else ""
    if end is None:
        return f"since {_day(start)}"
    if precision == "year" and start.year == end.year:
        return str(start.year)
    if precision == "month":
        return f"{start:%B} {start.year}"
    return _day(start) if start == end else f"{_day(start)} to {_day(end)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
