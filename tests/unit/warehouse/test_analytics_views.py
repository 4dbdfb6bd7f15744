"""The views: no -1 incident, aggregates apart, superseded documents out, totals that count each incident once."""

from __future__ import annotations

from datetime import date

import pytest

from dagster_project.contract import catalog
from dagster_project.warehouse import session
from dagster_project.warehouse.build import build
from tests.support.rows import STRIKE, small_world


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("views")
    world = small_world()
    # an old version of doc-a, whose incident nobody else tells
    world.document("doc-old", f"Old\n\n{STRIKE}", superseded_by="doc-a")
    world.incident("inc-withdrawn")
    world.report("doc-old", 0, "inc-withdrawn", STRIKE)
    world.claim("doc-old", 0, 0, STRIKE, number=100)
    # a part of the strike, with a toll that is in the strike's already, and a strike of the habit's
    june = {"date_start": date(2021, 6, 27), "date_end": date(2021, 6, 27), "date_precision": "day"}
    world.incident("inc-part", part_of_incident_id="inc-strike", place_id="geonames:174448", type_of_violence=1, **june)
    world.report("doc-a", 7, "inc-part", STRIKE)
    world.claim("doc-a", 7, 7, STRIKE, number=4)
    world.rows["incident"][1]["part_of_incident_id"] = "inc-habit"
    return build(folder / "w.duckdb", world.inputs(folder / "in")).path


def rows(path, query: str) -> list[tuple]:
    with session.read_only(path) as connection:
        return connection.execute(query).fetchall()


def test_incident_has_single_incidents_that_some_valid_document_tells(warehouse):
    assert rows(warehouse, "select incident_id from analytics.incident order by 1") == [
        ("inc-part",),
        ("inc-rockets",),
        ("inc-strike",),
    ]


def test_aggregates_have_a_view_of_their_own(warehouse):
    assert rows(
        warehouse, "select incident_id, attack_count_low, single_incident_count from analytics.incident_aggregate"
    ) == [("inc-habit", 301, 1)]


def test_no_view_shows_the_unknown_incident(warehouse):
    for view in catalog.VIEWS:
        for column in view.columns:
            if column.endswith("incident_id"):
                found = rows(warehouse, f"select count(*) from {view.full_name} where {column} = 'unknown'")
                assert found == [(0,)], view.name


def test_no_view_counts_superseded_documents(warehouse):
    for view in ("claim", "coverage", "statement", "conflicting_claims"):
        assert rows(warehouse, f"select count(*) from analytics.{view} where document_id = 'doc-old'") == [(0,)]


def test_monthly_totals_leave_out_parts_of_other_incidents_and_aggregates(warehouse):
    assert rows(
        warehouse,
        "select month::varchar, incident_count, incidents_with_toll, killed_low, killed_best, killed_high, injured_best "
        "from analytics.casualties_by_month order by month",
    ) == [("2021-02-01", 1, 0, None, None, None, 0), ("2021-06-01", 1, 1, 5, 5, 7, None)]


def test_conflicting_claims_stand_side_by_side_with_their_words(warehouse):
    assert rows(
        warehouse,
        "select who_says, count_low, evidence from analytics.conflicting_claims where topic = 'killed' order by count_low",
    )[0] == ("Reuters", 5, STRIKE)
    assert {row[0] for row in rows(warehouse, "select who_says from analytics.conflicting_claims")} == {
        "Reuters",
        "Syrian Observatory",
    }


def test_dyads_name_who_did_it_to_whom(warehouse):
    assert rows(
        warehouse, "select initiator, target, incident_count, killed_low, killed_high from analytics.actor_dyad"
    ) == [("US military", "Kataib Hezbollah", 1, 5, 7)]


def test_denied_roles_are_no_roles(tmp_path):
    world = small_world()
    world.rows["argument"][0]["attribution"] = "denied"
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select count(*) from analytics.actor_dyad") == [(0,)]
    assert rows(path, "select initiators from analytics.incident where incident_id = 'inc-strike'") == [(None,)]
    assert rows(path, "select attribution from marts.bridge_incident_actor where role = 'initiator'") == [("denied",)]


def test_incidents_of_low_confidence_are_to_be_looked_at(tmp_path):
    world = small_world()
    for row, confidence in zip(world.rows["incident"], (0.69, 0.7, 0.95), strict=True):
        row["confidence"] = confidence
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    query = "select incident_id, score from analytics.review_queue where reason = 'low confidence'"
    assert rows(path, query) == [("inc-strike", 0.69)]


def test_the_strongest_footing_stands_in_the_bridge(tmp_path):
    world = small_world()
    world.argument("doc-b", 0, "initiator", "strike", actor_no=0, attribution="blamed", attributed_by_actor_no=2)
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select attribution, document_count from marts.bridge_incident_actor where role = 'initiator'") == [
        ("asserted", 2)
    ]


def test_macros_answer_common_questions(warehouse):
    assert rows(warehouse, "select incident_id, role from analytics.incidents_of('us MILITARY')") == [
        ("inc-strike", "initiator")
    ]
    assert rows(warehouse, "select count_low from analytics.claims_about('inc-strike') order by 1") == [(5,), (7,)]
    assert rows(warehouse, "select count(*) from analytics.believed_on(date '2024-04-30')") == [(0,)]
    assert rows(warehouse, "select count(*) from analytics.believed_on(date '2024-05-01')") == [(5,)]
    assert rows(warehouse, "select analytics.toll(5, 7), analytics.toll(0, 0), analytics.toll(null, null)") == [
        ("5-7", "0", "not reported")
    ]
