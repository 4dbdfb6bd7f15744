"""Confidence: the probability that a row of reading is right, from what the text shows of it.

The components say how sure each rule is (a hand-set score). Here, once a document is read, that score and named features
of the row (a trigger that is a verb, a stated day, a described actor, a guessed place, ...) give one raw score, and the
raw score's kind gives a probability. Weights and maps are data: ``confidence_features.csv`` and
``confidence_calibration.csv``, both fitted by ``python -m evaluation.calibration --fit``; what "right" means is in the
codebook.

Belongs here: features of rows, and applying the tables. Does not belong: the rules' own scores (the components), fitting.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# The kinds of rows that have a map of their own; whoever claims an act is one of its initiators.
_ROLE_KINDS = {"initiator": "initiator", "claimant": "initiator", "target": "target", "victim": "victim", "place": "place", "weapon": "weapon"}
_SURE_PLACE = 0.5


def kind_of(table: str, row: Row) -> str:
    """The kind whose map a row takes: its table, or its role."""
    return _ROLE_KINDS[row["role"]] if table == "argument" else table


def features(rows: Rows) -> dict[str, list[set[str]]]:
    """What each row with a confidence shows, by table, in the order of its rows."""
    document = _Document(rows)
    return {
        "report": [set(document.of_report(r)) for r in rows["report"]],
        "argument": [set(document.of_argument(r)) for r in rows["argument"]],
        "claim": [set(document.of_claim(r)) for r in rows["claim"]],
        "statement": [set(document.of_statement(r)) for r in rows["statement"]],
        "entity_mention": [set(document.of_mention(r)) for r in rows["entity_mention"]],
    }


class _Document:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.actors = {r["actor_no"]: r for r in rows["actor"]}
        self.places = {r["place_no"]: r for r in rows["place"]}
        self.reports = {r["report_no"]: r for r in rows["report"]}
        self.arguments = _grouped(rows["argument"])
        self.mentions = _grouped([m for m in rows["event_mention"] if m["realis"] == "actual"])
        self.claims = _grouped(rows["claim"])
        self.kinds = Counter(r["event_type"] for r in rows["report"])
        self.values = Counter((c["kind"], c["count_low"], c["count_high"]) for c in rows["claim"])
        self.texts = Counter((m["entity_type"], m["text"]) for m in rows["entity_mention"])
        self.linked = Counter((m["actor_no"], m["place_no"]) for m in rows["entity_mention"])

    def of_report(self, row: Row) -> Iterator[str]:
        told = self.mentions[row["report_no"]]
        yield row["extractor"].split(":")[0]
        yield "mentions_" + ("1" if len(told) < 2 else "2" if len(told) == 2 else "3")
        if row["date_start"] or row["date_end"]:
            yield "dated"
            if row["date_precision"] == "day": yield "day"
        elif row["date_text"]:
            yield "date_unresolved"
        roles = {a["role"] for a in self.arguments[row["report_no"]]}
        for r in ("target","victim","weapon"):
            if r in roles: yield "has_" + r
        who = [a for a in self.arguments[row["report_no"]] if a["role"] == "initiator"]
        if any(a["actor_no"] is not None and not self.actors[a["actor_no"]]["is_generic"] for a in who):
            yield "named_initiator"
        elif who: yield "described_initiator"
        where = [a for a in self.arguments[row["report_no"]] if a["role"] == "place"]
        if any(a["confidence"] >= _SURE_PLACE for a in where): yield "place_told"
        if self.claims[row["report_no"]]: yield "has_claim"
        if row["is_aggregate"]: yield "aggregate"
        if row["event_type"] == "other_attack": yield "unspecific"
        if self.kinds[row["event_type"]] > 1: yield "sibling_of_kind"
        if len(self.reports) > 4: yield "many_reports"
        if row["report_no"] == 0: yield "first"
        elif row["report_no"] >= 3: yield "late"

    def of_argument(self, row: Row) -> Iterator[str]:
        report = self.reports[row["report_no"]]
        yield "attr_" + row["attribution"]
        if report["char_start"] <= row["char_start"] < report["char_end"]:
            yield "in_evidence"
        actor = self.actors.get(row["actor_no"]) if row["actor_no"] is not None else None
        if actor is None: yield "no_actor"
        else:
            if actor["reference_id"]: yield "in_reference"
            if actor["is_generic"]: yield "described"
            yield "actor_" + actor["actor_type"]
        yield "filler_" + row["filler_type"]
        same = [a for a in self.arguments[row["report_no"]] if a["role"] == row["role"]]
        yield "alone" if len(same) == 1 else "rivals_2" if len(same)==2 else "rivals_3"
        if row["text"][:1].isupper(): yield "capital"
        if len(row["text"].split()) > 4: yield "long"
        if row["role"] == "place":
            place = self.places.get(row["place_no"]) if row["place_no"] is not None else None
            if place is None: yield "unplaced"
            else:
                yield "place_" + place["kind"]
                if place["place_id"].startswith("text:"): yield "place_unknown"
                if place["confidence"] < 0.7: yield "place_doubt"
            if row["confidence"] < .5: yield "guessed"
        if row["role"] == "weapon" and row["weapon"] is None: yield "weapon_unknown"
        if len(self.mentions[row["report_no"]]) < 2: yield "single_mention"
        if report["is_aggregate"]: yield "aggregate"
        if self.kinds[report["event_type"]] > 1: yield "sibling_of_kind"
        if report["confidence"] < .75: yield "report_doubt"
        if report["confidence"] > .85: yield "report_sure"

    def of_claim(self, row: Row) -> Iterator[str]:
        yield "q_" + row["count_qualifier"]
        yield "kind_" + row["kind"]
        if row["victims"] is None: yield "no_victims"
        if row["count_text"] is None: yield "no_count"
        elif any(c.isdigit() for c in row["count_text"]): yield "digits"
        if row["report_no"] is None: yield "no_report"
        if row["part_of_claim_no"] is not None: yield "part"
        if row["addend_group_no"] is not None: yield "addend"
        if row["victim_class"] == "unknown": yield "class_unknown"
        if row["claimed_by_actor_no"] is not None: yield "claimed"
        if self.values[row["kind"], row["count_low"], row["count_high"]] > 1: yield "told_again"

    def of_statement(self, row: Row) -> Iterator[str]:
        if row["is_direct_quote"]: yield "direct"
        if row["category"] != "STATEMENT": yield "category"
        speaker = self.actors.get(row["speaker_actor_no"]) if row["speaker_actor_no"] is not None else None
        if speaker is None: yield "no_speaker"
        else:
            yield "speaker_" + speaker["actor_type"]
            if speaker["is_generic"]: yield "described"
            if speaker["reference_id"]: yield "in_reference"
            n=[str(a).lower() for a in (*speaker["aliases"], speaker["name"])]
            if any(x in row["evidence"].lower() for x in n): yield "speaker_in_evidence"
        if row["target_actor_no"] is not None: yield "target"
        if row["report_no"] is not None: yield "report"
        if len(row["evidence"]) > 200: yield "long"
        if len(row["evidence"]) < 60: yield "short"

    def of_mention(self, row: Row) -> Iterator[str]:
        yield "label_" + row["entity_type"]
        yield f"rule_{row['confidence']}"
        yield f"rl_{row['confidence']}_{row['entity_type']}"
        if row["actor_no"] is not None and self.actors[row["actor_no"]]["reference_id"]: yield "in_reference"
        if row["actor_no"] is not None and self.actors[row["actor_no"]]["is_generic"]: yield "described"
        if self.texts[row["entity_type"], row["text"]] > 1: yield "repeated"
        if len(row["text"].split()) > 1: yield "several_words"
        if len(row["text"].split()) > 3: yield "long"
        if row["text"][:1].islower(): yield "lower"
        if row["text"][:1].isdigit(): yield "digit"
        if row["place_no"] is not None and self.places[row["place_no"]]["place_id"].startswith("text:"): yield "place_unknown"


def _grouped(rows: list[Row]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["report_no"]].append(row)
    return found


def logit(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))
