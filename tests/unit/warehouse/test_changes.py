"""``analytics.changes``: what differs from the version before, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dagster_project.warehouse import session
from dagster_project.warehouse.build import build
from tests.support.rows import ROCKETS, STRIKE, World, run_record, small_world

FIRST = replace(run_record(), rules_version="rules 1", overrides_version=None)
LATER = replace(run_record("run-2", hour=15), rules_version="rules 1", overrides_version=None)
BETWEEN = datetime(2024, 5, 1, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    return build(folder / "first.duckdb", small_world().inputs(folder / "in", run=FIRST)).path


@pytest.fixture
def changes(first, tmp_path):
    """The rows of the version that follows the small world, in short."""

    def of(world: World, run=LATER, **more) -> list[tuple]:
        inputs = world.inputs(tmp_path / "in", run=run, previous=first, **more)
        path = build(tmp_path / "second.duckdb", inputs).path
        with session.read_only(path) as connection:
            return connection.execute("select change, incident_id, detail, reason from analytics.changes").fetchall()

    return of


def seen_later(world: World, document_id: str) -> None:
    """The document came in with the second run."""
    for row in world.rows["document_state"]:
        if row["document_id"] == document_id:
            row["first_seen_at"] = BETWEEN


def forget(world: World, incident_id: str) -> None:
    """Resolution gives nothing for an incident any more."""
    gone = {(r["document_id"], r["report_no"]) for r in world.rows["incident_map"] if r["incident_id"] == incident_id}
    world.rows["incident"] = [r for r in world.rows["incident"] if r["incident_id"] != incident_id]
    for table in ("report", "incident_map"):
        world.rows[table] = [r for r in world.rows[table] if (r["document_id"], r["report_no"]) not in gone]


def test_the_first_version_is_all_new_by_new_articles(first):
    with session.read_only(first) as connection:
        found = connection.execute("select distinct change, detail, reason from analytics.changes").fetchall()
    assert found == [("new", "not known before", "new articles")]


def test_a_version_that_changes_no_incident_has_no_rows(changes):
    world = small_world()
    world.document("doc-c", "A quiet day\n\nNothing happened.")
    seen_later(world, "doc-c")
    assert changes(world) == []


def test_a_new_article_is_the_reason_for_a_new_incident_and_for_a_changed_one(changes):
    world = small_world()
    world.document("doc-c", f"Later\n\n{STRIKE} {ROCKETS}")
    seen_later(world, "doc-c")
    world.report("doc-c", 0, "inc-strike", STRIKE)
    world.claim("doc-c", 0, 0, STRIKE, number=9)
    world.incident("inc-more", "rocket_attack")
    world.report("doc-c", 1, "inc-more", ROCKETS, event_type="rocket_attack")
    assert changes(world) == [
        ("changed", "inc-strike", "documents, killed", "new articles"),
        ("new", "inc-more", "not known before", "new articles"),
    ]


def test_an_edited_article_changes_an_incident_and_takes_one_away(changes):
    world = small_world()
    world.document("doc-c", f"Corrected\n\n{STRIKE}")
    seen_later(world, "doc-c")
    world.report("doc-c", 0, "inc-strike", STRIKE)
    for row in world.rows["document_state"]:
        if row["document_id"] == "doc-b":
            row["superseded_by"] = "doc-c"
    found = changes(world)
    assert [(change, incident, reason) for change, incident, _, reason in found] == [
        ("changed", "inc-strike", "edited articles"),
        ("gone", "inc-rockets", "edited articles"),
    ]
    assert found[1][2] == "no document tells it any more"


def test_an_override_is_the_reason_where_nothing_else_is(changes):
    world = small_world()
    world.claim("doc-a", 1, 0, STRIKE, number=9)
    world.rows["report"][0]["extractor"] = "override"
    assert changes(world, replace(LATER, overrides_version="one")) == [("changed", "inc-strike", "killed", "overrides")]


def test_new_rules_and_a_new_model_are_named(changes):
    world = small_world()
    forget(world, "inc-habit")
    run = replace(LATER, rules_version="rules 2", model_version="another")
    assert changes(world, run) == [("gone", "inc-habit", "no document tells it any more", "new rules, new model")]


def test_a_merged_incident_names_the_one_it_ended_in_and_why(changes):
    world = small_world()
    forget(world, "inc-rockets")
    world.document("doc-c", f"Later\n\n{STRIKE}")
    seen_later(world, "doc-c")
    world.report("doc-c", 0, "inc-strike", STRIKE)
    world.row(
        "incident_id_history",
        old_incident_id="inc-rockets", new_incident_id="inc-strike", changed_at=BETWEEN, reason="merged",
    )  # fmt: skip
    assert ("merged", "inc-rockets", "now inc-strike", "new articles") in changes(world)


def test_a_withdrawn_article_is_named(changes):
    world = small_world()
    forget(world, "inc-habit")
    world.row(
        "rejected", stage="withdrawn", object_id="doc-z", reason_code="withdrawn", reason="asked for", payload_excerpt="",
        run_id="run-2", rejected_at=BETWEEN,
    )  # fmt: skip
    assert changes(world) == [("gone", "inc-habit", "no document tells it any more", "withdrawn articles")]


def test_a_new_manifest_is_the_reason_where_no_new_article_is(changes):
    world = small_world()
    world.rows["incident"][1]["date_precision"] = "days"
    assert changes(world, replace(LATER, manifest_version="one")) == [("changed", "inc-rockets", "date", "manifest")]


def test_other_causes_are_not_passed_off_as_new_articles(changes):
    world = small_world()
    world.claim("doc-a", 1, 0, STRIKE, number=9)
    assert changes(world) == [("changed", "inc-strike", "killed", "articles read or described anew")]
