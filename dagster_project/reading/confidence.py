"""Confidence: the probability that a row of reading is right, from what the text shows of it.

The components leave on each row how sure their rule is (``rule_score``, set by hand: it orders the rows of one rule).
Here, once a document is read, that score and named features of the row (told twice, a day stated, a described actor, a
guessed place, ...) are weighed into a raw score, and a monotone map makes a probability of it. Weights and maps are
data, ``confidence_features.csv`` and ``confidence_calibration.csv``, fitted on annotated articles by
``python -m evaluation.calibration --fit``. What "right" means for each kind of row is in ``docs/codebook.md``.

Belongs here: features of rows, and applying the tables, which nothing else does. Does not belong: the rules' own scores
(the components), judging and fitting (``evaluation/``).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from dagster_project.reference import table as reference_table

Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]

TABLES = ("report", "argument", "claim", "statement", "entity_mention")
# An argument's map is that of its role; who claims an act is taken for its author.
_ROLE_OF = {"claimant": "initiator"}
# Places below are inferred from the whole text, not told of the event (reading/scenes.py).
_TOLD = 0.5
_DOUBTFUL, _SURE = 0.75, 0.85  # rule scores of an incident in the lowest and the highest third, about
_SHORT, _LONG = 60, 200  # characters of a statement's words


def kind_of(table: str, row: Row) -> str:
    """The kind whose weights and map a row takes: its table, or the role of an argument."""
    if table != "argument":
        return table
    role: str = row["role"]
    return _ROLE_OF.get(role, role)


def calibrate(rows: Rows) -> None:
    """Set ``confidence`` of every row of TABLES of one document, in place, from ``rule_score`` and the row's features."""
    for table, found in features(rows).items():
        for row, shown in zip(rows[table], found, strict=True):
            kind = kind_of(table, row)
            row["confidence"] = calibrated(kind, raw_score(kind, row["rule_score"], shown))


def raw_score(kind: str, rule_score: float, shown: set[str]) -> float:
    """Logistic of the weights of what a row shows, 0 to 1. A feature without a weight of its kind says nothing.

    Raises:
        KeyError: the kind has no weights.
    """
    return logistic(odds(_weights()[kind], rule_score, shown))


def odds(weights: Mapping[str, float], rule_score: float, shown: Collection[str]) -> float:
    """Log-odds that the weights of a kind give to what a row shows."""
    base = weights["always"] + weights["rule_score"] * logit(rule_score)
    # Sums of floats depend on their order.
    return base + sum(weights.get(feature, 0.0) for feature in sorted(shown))


def calibrated(kind: str, raw: float) -> float:
    """The probability at a raw score: linear between the knots of the kind's map.

    Raises:
        KeyError: the kind has no map.
    """
    knots, values = _maps()[kind]
    n = min(max(bisect_right(knots, raw), 1), len(knots) - 1)
    share = (raw - knots[n - 1]) / (knots[n] - knots[n - 1])
    return round(values[n - 1] + share * (values[n] - values[n - 1]), 3)


def logit(share: float) -> float:
    """Log-odds; shares beyond 0.01 and 0.99 count as these."""
    share = min(max(share, 0.01), 0.99)
    return math.log(share / (1 - share))


def logistic(log_odds: float) -> float:
    """The share at log-odds."""
    return 1 / (1 + math.exp(-log_odds))


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in reference_table("confidence_features"):
        found[row["kind"]][row["feature"]] = float(row["weight"])
    return dict(found)


@cache
def _maps() -> dict[str, tuple[list[float], list[float]]]:
    found: dict[str, tuple[list[float], list[float]]] = {}
    for row in reference_table("confidence_calibration"):
        knots, values = found.setdefault(row["kind"], ([], []))
        knots.append(float(row["raw"]))
        values.append(float(row["calibrated"]))
    return found


def features(rows: Rows) -> dict[str, list[set[str]]]:
    """What each row of TABLES of one document shows, by table, in the order of its rows."""
    document = _Document(rows)
    return {
        "report": [set(document.of_report(r)) for r in rows["report"]],
        "argument": [set(document.of_argument(r)) for r in rows["argument"]],
        "claim": [set(document.of_claim(r)) for r in rows["claim"]],
        "statement": [set(document.of_statement(r)) for r in rows["statement"]],
        "entity_mention": [set(document.of_mention(r)) for r in rows["entity_mention"]],
    }


class _Document:
    """The rows of one document, by what they are looked up by."""

    def __init__(self, rows: Rows) -> None:
        self.actors: dict[int | None, Row] = {r["actor_no"]: r for r in rows["actor"]}
        self.places: dict[int | None, Row] = {r["place_no"]: r for r in rows["place"]}
        self.reports = {r["report_no"]: r for r in rows["report"]}
        self.arguments = _by_report(rows["argument"])
        self.mentions = Counter(m["report_no"] for m in rows["event_mention"])
        self.claims = _by_report(rows["claim"])
        self.tolls = Counter((c["kind"], c["count_low"], c["count_high"]) for c in rows["claim"])
        self.names = Counter((m["entity_type"], m["text"]) for m in rows["entity_mention"])

    def of_report(self, row: Row) -> Iterator[str]:
        number = row["report_no"]
        yield f"trigger {row['extractor'].split(':')[0]}"
        if self.mentions[number] > 1:
            yield "told twice"
        if self.mentions[number] > 2:
            yield "told three times"
        if row["date_start"] or row["date_end"]:
            yield "dated"
        elif row["date_text"]:
            yield "date unresolved"
        arguments = self.arguments[number]
        doers = [self.actors.get(a["actor_no"]) for a in arguments if a["role"] == "initiator"]
        if any(actor is not None and not actor["is_generic"] for actor in doers):
            yield "initiator named"
        elif doers:
            yield "initiator described"
        if any(a["role"] in {"target", "victim"} for a in arguments):
            yield "target or victim told"
        if any(a["role"] == "weapon" for a in arguments):
            yield "weapon told"
        if any(a["role"] == "place" and a["rule_score"] >= _TOLD for a in arguments):
            yield "place told"
        if self.claims[number]:
            yield "casualties told"
        if row["event_type"] == "other_attack":
            yield "kind unspecific"
        if number == 0:
            yield "first of the text"

    def of_argument(self, row: Row) -> Iterator[str]:
        report = self.reports[row["report_no"]]
        if row["attribution"] != "asserted":
            yield "attributed"
        if report["char_start"] <= row["char_start"] < report["char_end"]:
            yield "in the evidence"
        rivals = sum(a["role"] == row["role"] for a in self.arguments[row["report_no"]])
        if rivals > 1:
            yield "two in the role"
        if rivals > 2:
            yield "three in the role"
        if self.mentions[row["report_no"]] > 1:
            yield "told twice"
        if report["rule_score"] < _DOUBTFUL:
            yield "incident doubtful"
        elif report["rule_score"] > _SURE:
            yield "incident sure"
        yield f"filler {row['filler_type']}"
        actor = self.actors.get(row["actor_no"])
        if actor is None:
            yield "no actor"
        elif actor["reference_id"]:
            yield "actor in reference"
        elif actor["is_generic"]:
            yield "actor described"
        if actor is not None:
            yield f"actor {actor['actor_type']}"
        if row["role"] == "place":
            place = self.places.get(row["place_no"])
            yield f"place {place['kind'] if place else 'unknown'}"
            if row["rule_score"] < _TOLD:
                yield "inferred"
        if row["role"] == "weapon" and row["weapon"] is None:
            yield "weapon unknown"

    def of_claim(self, row: Row) -> Iterator[str]:
        yield f"kind {row['kind']}"
        if row["count_text"] is None:
            yield "no count"
        elif not any(c.isdigit() for c in row["count_text"]):
            yield "count in words"
        if row["count_qualifier"] not in {"exact", "none"}:
            yield "count qualified"
        if row["victims"] is None:
            yield "no victims"
        elif row["victim_class"] == "unknown":
            yield "victims of no class"
        if row["report_no"] is None:
            yield "no incident"
        if row["part_of_claim_no"] is not None or row["addend_group_no"] is not None:
            yield "part"
        if row["claimed_by_actor_no"] is not None:
            yield "claimant named"
        if self.tolls[row["kind"], row["count_low"], row["count_high"]] > 1:
            yield "told twice"

    def of_statement(self, row: Row) -> Iterator[str]:
        if row["is_direct_quote"]:
            yield "quoted"
        if row["category"] != "STATEMENT":
            yield "act"
        speaker = self.actors.get(row["speaker_actor_no"])
        if speaker is None:
            yield "no speaker"
        else:
            yield f"speaker {speaker['actor_type']}"
            if speaker["is_generic"]:
                yield "speaker described"
            words = row["evidence"].lower()
            if any(form.lower() in words for form in (speaker["name"], *speaker["aliases"])):
                yield "speaker in the evidence"
        if row["target_actor_no"] is not None:
            yield "target"
        if row["report_no"] is not None:
            yield "of an incident"
        if len(row["evidence"]) < _SHORT:
            yield "short"
        if len(row["evidence"]) > _LONG:
            yield "long"

    def of_mention(self, row: Row) -> Iterator[str]:
        label = row["entity_type"]
        yield label
        yield f"{label} at {row['rule_score']}"  # a vocabulary's labels are as sure as its words are unambiguous
        if row["text"][:1].islower():
            yield "lower case"
        if " " in row["text"]:
            yield "several words"
        if self.names[label, row["text"]] > 1:
            yield "told twice"
        actor, place = self.actors.get(row["actor_no"]), self.places.get(row["place_no"])
        if actor is not None and actor["reference_id"]:
            yield "actor in reference"
        if actor is not None and actor["is_generic"]:
            yield "actor described"
        if place is not None and place["place_id"].startswith("text:"):
            yield "place unknown"


def _by_report(rows: Sequence[Row]) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["report_no"]].append(row)
    return found
