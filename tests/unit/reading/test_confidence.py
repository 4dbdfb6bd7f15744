"""Confidence: features of rows, the weights, and the maps from raw scores to probabilities."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from dagster_project.reading.confidence import TABLES, calibrate, calibrated, features, kind_of, raw_score
from dagster_project.reading.rows import SCHEMAS
from dagster_project.reference import table

KINDS = ("report", "initiator", "target", "victim", "place", "weapon", "claim", "statement", "entity_mention")


def _rows(**given: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    names = (*TABLES, "actor", "place", "event_mention")
    return {name: [dict.fromkeys(SCHEMAS[name]) | row for row in given.get(name, [])] for name in names}


REPORT = {
    "report_no": 0,
    "extractor": "verb:attack",
    "event_type": "bombing",
    "char_start": 10,
    "char_end": 60,
    "rule_score": 0.8,
}
ARGUMENT = {
    "report_no": 0, "attribution": "asserted", "filler_type": "group", "text": "rebels", "char_start": 20, "char_end": 26, "rule_score": 0.9,
}  # fmt: skip
ACTOR = {"actor_no": 0, "name": "rebels", "actor_type": "armed_group", "aliases": ["rebels"], "is_generic": True}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_weights_and_a_map_over_all_raw_scores(kind):
    knots = [float(row["raw"]) for row in table("confidence_calibration") if row["kind"] == kind]
    assert knots[0] == 0
    assert knots[-1] == 1
    assert all(a < b for a, b in pairwise(knots))
    assert {"always", "rule_score"} <= {row["feature"] for row in table("confidence_features") if row["kind"] == kind}


@pytest.mark.parametrize("kind", KINDS)
def test_a_higher_raw_score_never_has_less_confidence(kind):
    values = [calibrated(kind, n / 1000) for n in range(1001)]
    assert all(a <= b for a, b in pairwise(values))
    assert 0 <= values[0] < values[-1] <= 1


def test_a_knot_has_the_value_of_the_table():
    for row in table("confidence_calibration"):
        assert calibrated(row["kind"], float(row["raw"])) == float(row["calibrated"])


def test_between_two_knots_the_map_is_linear():
    a, b = [row for row in table("confidence_calibration") if row["kind"] == "claim"][4:6]
    middle = (float(a["raw"]) + float(b["raw"])) / 2
    assert calibrated("claim", middle) == pytest.approx((float(a["calibrated"]) + float(b["calibrated"])) / 2, abs=0.001)


def test_what_has_no_weight_says_nothing():
    assert raw_score("claim", 0.8, {"never heard of"}) == raw_score("claim", 0.8, set())


def test_a_feature_moves_the_raw_score_the_way_of_its_weight():
    for row in table("confidence_features"):
        if row["feature"] not in {"always", "rule_score"} and float(row["weight"]):
            is_higher = raw_score(row["kind"], 0.8, {row["feature"]}) > raw_score(row["kind"], 0.8, set())
            assert is_higher == (float(row["weight"]) > 0), row


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        raw_score("rumour", 0.8, set())
    with pytest.raises(KeyError):
        calibrated("rumour", 0.8)


def test_who_claims_an_act_is_as_sure_as_its_author():
    assert kind_of("argument", {"role": "claimant"}) == kind_of("argument", {"role": "initiator"}) == "initiator"
    assert kind_of("claim", {}) == "claim"


def test_calibrate_sets_what_the_tables_say_and_leaves_the_rule_score():
    rows = _rows(report=[REPORT], argument=[ARGUMENT | {"role": "initiator", "actor_no": 0}], actor=[ACTOR])
    calibrate(rows)
    row = rows["argument"][0]
    shown = {"in the evidence", "filler group", "actor armed_group", "actor described"}
    assert row["confidence"] == calibrated("initiator", raw_score("initiator", 0.9, shown))
    assert row["rule_score"] == 0.9
    assert rows["report"][0]["confidence"] is not None


def test_what_a_report_shows():
    mentions = [
        {"report_no": 0, "realis": "actual"},
        {"report_no": 0, "realis": "actual"},
        {"report_no": None, "realis": "threat"},
    ]
    rows = _rows(
        report=[
            REPORT | {"date_start": "2024-05-01"},
            REPORT | {"report_no": 1, "date_text": "on Sunday", "event_type": "other_attack"},
        ],
        argument=[
            ARGUMENT | {"role": "initiator", "actor_no": 0},
            ARGUMENT | {"report_no": 1, "role": "place", "rule_score": 0.3},
        ],
        actor=[ACTOR],
        event_mention=mentions,
    )
    first, second = features(rows)["report"]
    assert first == {"trigger verb", "told twice", "dated", "initiator described", "first of the text"}
    assert second == {
        "trigger verb",
        "date unresolved",
        "kind unspecific",
    }  # a place inferred from the whole text is not told


def test_what_an_argument_shows():
    place = {"place_no": 0, "place_id": "country:MLI", "kind": "country"}
    rows = _rows(
        report=[REPORT, REPORT | {"report_no": 1, "rule_score": 0.9}, REPORT | {"report_no": 2, "rule_score": 0.7}],
        argument=[
            ARGUMENT | {"role": "initiator", "attribution": "blamed", "char_start": 80},
            ARGUMENT | {"role": "place", "place_no": 0, "filler_type": "place", "rule_score": 0.3},
            ARGUMENT | {"role": "weapon", "filler_type": "weapon", "report_no": 1},
            ARGUMENT | {"role": "target", "actor_no": 0, "report_no": 2},
        ],
        place=[place],
        actor=[ACTOR],
    )
    blamed, inferred, weapon, target = features(rows)["argument"]
    assert blamed == {"attributed", "filler group", "no actor"}
    assert inferred == {"in the evidence", "filler place", "no actor", "place country", "inferred"}
    assert weapon == {"in the evidence", "filler weapon", "no actor", "weapon unknown", "incident sure"}
    assert target == {"in the evidence", "filler group", "actor armed_group", "actor described", "incident doubtful"}


def test_what_a_claim_shows():
    killed = {
        "kind": "killed",
        "count_low": 5,
        "count_high": 5,
        "count_text": "five",
        "count_qualifier": "exact",
        "victims": "men",
    }
    rows = _rows(
        claim=[
            killed | {"claim_no": 0, "victim_class": "civilian", "report_no": 0},
            killed | {"claim_no": 1, "victim_class": "unknown", "count_text": "5", "claimed_by_actor_no": 0},
            {"claim_no": 2, "kind": "injured", "count_qualifier": "vague", "part_of_claim_no": 0, "report_no": 0},
        ]
    )
    told, claimed, vague = features(rows)["claim"]
    assert told == {"kind killed", "count in words", "told twice"}
    assert claimed == {"kind killed", "victims of no class", "no incident", "claimant named", "told twice"}
    assert vague == {"kind injured", "no count", "count qualified", "no victims", "part"}


def test_what_a_statement_shows():
    rows = _rows(
        statement=[
            {
                "category": "THREATEN",
                "is_direct_quote": True,
                "evidence": "Rebels said they would strike",
                "speaker_actor_no": 0,
            },
            {"category": "STATEMENT", "is_direct_quote": False, "evidence": "x" * 201, "target_actor_no": 0, "report_no": 0},
        ],
        actor=[ACTOR],
    )
    threat, long = features(rows)["statement"]
    assert threat == {"quoted", "act", "speaker armed_group", "speaker described", "speaker in the evidence", "short"}
    assert long == {"no speaker", "target", "of an incident", "long"}


def test_what_a_name_shows():
    rows = _rows(
        entity_mention=[
            {"entity_type": "GPE", "text": "El Obeid", "rule_score": 0.8, "place_no": 0},
            {"entity_type": "WEAPON", "text": "drone", "rule_score": 0.95},
            {"entity_type": "WEAPON", "text": "drone", "rule_score": 0.95},
        ],
        place=[{"place_no": 0, "place_id": "text:obeid|SDN"}],
    )
    town, drone, again = features(rows)["entity_mention"]
    assert town == {"GPE", "GPE at 0.8", "several words", "place unknown"}
    assert drone == again == {"WEAPON", "WEAPON at 0.95", "lower case", "told twice"}
