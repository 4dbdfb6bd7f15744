"""Every question of ``sql/analysis`` runs on a warehouse, and the answers do not depend on luck."""

from __future__ import annotations

import pytest

from dagster_project.warehouse import session, sql
from dagster_project.warehouse.build import build
from tests.support.rows import STRIKE, small_world

QUESTIONS = sql.names("analysis")


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory):
    """The small world with something for each question, built twice from differently ordered inputs."""
    folder = tmp_path_factory.mktemp("analysis")
    world = small_world()
    for number in range(len(world.rows["incident"])):
        world.rows["incident"][number]["dyad_name"] = "United States - Kataib Hezbollah"
    world.rows["incident"][1]["part_of_incident_id"] = "inc-habit"
    world.argument("doc-b", 0, "initiator", "strike", actor_no=0, attribution="denied", attributed_by_actor_no=0)
    world.argument("doc-b", 1, "initiator", "Rockets", actor_no=1)
    world.argument("doc-b", 1, "claimant", "Rockets", actor_no=1, attribution="claimed")
    world.event("doc-b", None, "strike", "The strike near Al Bukamal", realis="threat")
    world.statement(
        "doc-a", 0, STRIKE, speaker_actor_no=0, category="THREATEN", said_on=world.rows["incident"][0]["date_start"]
    )
    world.rows["incident"][0]["date_precision"] = "day"
    return [build(folder / f"{seed}.duckdb", world.inputs(folder / f"in-{seed}", shuffle_seed=seed)).path for seed in (1, 2)]


def test_there_are_at_least_25_questions():
    assert len(QUESTIONS) >= 25


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_answered(warehouses, name):
    text = sql.text("analysis", name)
    assert text.splitlines()[0].startswith("-- ")
    assert text.splitlines()[1].startswith("-- Question: ")
    assert text.splitlines()[1].endswith("?")
    answers = []
    for path in warehouses:
        with session.read_only(path) as connection:
            answers.append(connection.execute(text).fetchall())
    assert answers[0] == answers[1]
    assert answers[0], "the small world has an answer to every question"
