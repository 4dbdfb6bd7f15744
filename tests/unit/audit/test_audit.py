"""What must fail does fail: a good build is damaged in one way at a time, and one named expectation notices."""

from __future__ import annotations

import shutil
from datetime import date

import duckdb
import pytest

from dagster_project.audit import engine
from dagster_project.audit.results import AuditBlocked
from dagster_project.audit.run import QUARANTINE_BOUND, audited_build, require_publishable
from dagster_project.audit.suites import Expectation, Suite, load_suites
from dagster_project.contract import catalog
from dagster_project.warehouse import session
from dagster_project.warehouse.build import build
from tests.support.rows import STRIKE, small_world

SUITES = {suite.name: suite for suite in load_suites()}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    world = small_world()
    world.row("rejected", stage="ingest", object_id="x", reason_code="empty", reason="no text", run_id="r", rejected_at=None)
    world.rows["rejected"][0]["rejected_at"] = world.rows["document_state"][0]["first_seen_at"]
    return build(folder / "good.duckdb", world.inputs(folder / "in")).path


def unlocked(source, target) -> None:
    """A copy of the tables without any declared constraint, so that every damage can be done."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach {session.literal(str(source))} as good (read_only)")
        connection.execute(f"attach {session.literal(str(target))} as warehouse")
        for schema in catalog.SCHEMAS:
            connection.execute(f"create schema warehouse.{schema}")
        for table in catalog.TABLES:
            connection.execute(f"create table warehouse.{table.full_name} as from good.{table.full_name}")


@pytest.fixture(scope="module")
def template(good, tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "template.duckdb"
    unlocked(good, path)
    return path


def outcomes(path, *suites: str) -> dict[str, str]:
    chosen = [SUITES[name] for name in suites] if suites else list(SUITES.values())
    return {f"{r.suite}.{r.name}": r.outcome for r in engine.validate(path, chosen).results}


def test_a_good_build_passes_everything(good):
    assert [name for name, outcome in outcomes(good).items() if outcome != "passed"] == []


DAMAGES = [
    ("fact_casualty_claim.values_in_range", "update marts.fact_casualty_claim set count_low = -1 where count_low = 5"),
    ("fact_casualty_claim.low_not_above_high", "update marts.fact_casualty_claim set count_low = 9 where count_low = 5"),
    ("fact_casualty_claim.none_means_zero", "update marts.fact_casualty_claim set count_low = 1 where count_low = 0"),
    (
        "fact_casualty_claim.unclear_means_unknown",
        "update marts.fact_casualty_claim set count_qualifier = 'unclear' where count_low = 5",
    ),
    (
        "fact_casualty_claim.at_least_has_no_upper_bound",
        "update marts.fact_casualty_claim set count_qualifier = 'at_least' where count_low = 5",
    ),
    ("fact_casualty_claim.codes_are_in_their_vocabularies", "update marts.fact_casualty_claim set kind = 'sleepy'"),
    ("fact_casualty_claim.spans_slice_to_their_words", "update marts.fact_casualty_claim set char_start = char_start + 1"),
    ("fact_casualty_claim.required_values_are_there", "update marts.fact_casualty_claim set evidence = null"),
    ("fact_casualty_claim.references_hold", "update marts.fact_casualty_claim set document_key = 5"),
    ("fact_casualty_claim.references_hold", "update marts.fact_casualty_claim set part_of_claim_key = 5"),
    (
        "fact_casualty_claim.no_duplicate_grain",
        "insert into marts.fact_casualty_claim from marts.fact_casualty_claim limit 1",
    ),
    ("fact_casualty_claim.columns_as_contracted", "alter table marts.fact_casualty_claim alter count_low type bigint"),
    ("fact_casualty_claim.columns_as_contracted", "alter table marts.fact_casualty_claim add column surprise integer"),
    ("fact_incident.killed_low_not_above_best", "update marts.fact_incident set killed_low = 6 where killed_best = 5"),
    ("fact_incident.killed_best_not_above_high", "update marts.fact_incident set killed_best = 8 where killed_best = 5"),
    ("fact_incident.tolls_are_claimed", "update marts.fact_incident set killed_high = 12 where killed_high = 7"),
    ("fact_incident.start_not_after_end", "update marts.fact_incident set date_end = date_start - 1"),
    ("fact_incident.not_after_the_run", "update marts.fact_incident set date_start = date '2031-01-01', date_end = null"),
    (
        "fact_incident.not_before_1900_unless_stated",
        "update marts.fact_incident set date_start = date '1821-06-27' where killed_best = 5",
    ),
    ("fact_incident.every_incident_is_reported", "delete from marts.fact_incident_report"),
    ("fact_incident.has_the_unknown_member", "delete from marts.fact_incident where incident_key = -1"),
    ("fact_incident.values_in_range", "update marts.fact_incident set confidence = 'nan'::double"),
    (
        "fact_incident_report.not_before_1900_unless_stated",
        "update marts.fact_incident_report set date_start = date '1821-06-27'",
    ),
    ("fact_incident_argument.spans_slice_to_their_words", "update marts.fact_incident_argument set text = 'else'"),
    ("fact_statement.references_hold", "update marts.fact_statement set speaker_actor_key = 7"),
    ("fact_entity_mention.values_in_range", "update marts.fact_entity_mention set char_start = -3"),
    ("fact_event_mention.trigger_spans_slice_to_their_words", "update marts.fact_event_mention set trigger_end = 1"),
    ("fact_event_mention.only_actual_events_have_incidents", "update marts.fact_event_mention set realis = 'threat'"),
    ("dim_location.values_in_range", "update marts.dim_location set latitude = 91 where latitude = 33"),
    ("dim_location.not_in_the_gulf_of_guinea", "update marts.dim_location set latitude = 0, longitude = 0"),
    ("dim_location.one_country_row_per_code", "update marts.dim_location set country_iso3 = 'SYR' where kind = 'country'"),
    ("dim_document.unknown_date_has_no_basis", "update marts.dim_document set published_on = null"),
    ("dim_date.key_is_the_day", "update marts.dim_date set date = date + 1 where date_key > 0"),
    ("dim_event_type.physical_kinds_are_there", "delete from marts.dim_event_type where event_type = 'airstrike'"),
    ("conservation.rows_in_are_rows_out", "update meta.load set rows_in = rows_in + 1"),
    ("conservation.counted_rows_are_there", "delete from marts.fact_casualty_claim where count_low = 5"),
    ("conservation.every_fact_is_counted", "delete from meta.load where table_name like '%claim'"),
    ("incident_version.current_states_are_current", "delete from marts.incident_version where killed_best = 5"),
    ("bridge_incident_location.one_primary_place_at_most", "update marts.bridge_incident_location set incident_key = 1"),
    ("raw_document_source.paths_stay_inside_the_folder", "update raw.document_source set source_file = '../../etc/x'"),
    ("quarantine_rejected.reasons_are_given", "update quarantine.rejected set reason = ' '"),
    ("meta_build.spans_slice_to_their_words", "update meta.build set span_mismatch_count = 1"),
]


@pytest.mark.parametrize(("expectation", "damage"), DAMAGES, ids=[f"{e}-{i}" for i, (e, _) in enumerate(DAMAGES)])
def test_damage_is_noticed(template, tmp_path, expectation, damage):
    path = tmp_path / "damaged.duckdb"
    shutil.copyfile(template, path)
    with session.read_write(path) as connection:
        connection.execute(damage)
    assert outcomes(path, expectation.split(".")[0])[expectation] == "failed"


def test_what_cannot_be_evaluated_is_told_apart_from_what_fails(template, tmp_path):
    path = tmp_path / "damaged.duckdb"
    shutil.copyfile(template, path)
    with session.read_write(path) as connection:
        connection.execute("alter table marts.fact_casualty_claim drop column count_low")
    found = outcomes(path, "fact_casualty_claim")
    assert found["fact_casualty_claim.low_not_above_high"] == "not_evaluated"
    assert found["fact_casualty_claim.columns_as_contracted"] == "failed"


def crowded_world(claims: int = 150):
    """The small world with many good claims about the strike."""
    world = small_world()
    for number in range(claims):
        world.claim("doc-a", 10 + number, 0, STRIKE, number=5)
    return world


def test_a_single_bad_row_is_quarantined_and_the_rest_goes_on(tmp_path):
    world = crowded_world()
    world.claim("doc-a", 9, 0, STRIKE, number=-4, count_text="minus four")
    report = audited_build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in"), docs=tmp_path / "docs")
    require_publishable(report)
    assert [e.reason_code for e in report.quarantined] == ["values_in_range"]
    with session.read_only(report.path) as connection:
        assert connection.execute("select stage, reason_code, payload_excerpt from quarantine.rejected").fetchall() == [
            ("audit", "values_in_range", f"doc-a 9 killed minus four {STRIKE}")
        ]
        assert connection.execute("select min(killed_low) from marts.fact_incident").fetchone() == (5,)
        assert connection.execute(
            "select outcome, quarantined_count from meta.validation "
            "where suite = 'fact_casualty_claim' and expectation = 'values_in_range'"
        ).fetchone() == ("passed", 1)
        assert connection.execute("select count(*) from meta.validation").fetchone() == (
            sum(len(suite.expectations) for suite in SUITES.values()),
        )
    assert (tmp_path / "docs" / "index.html").is_file()


def test_bad_rows_at_the_bound_block(tmp_path):
    world = crowded_world(claims=96)
    world.claim("doc-a", 9, 0, STRIKE, number=-4)
    assert len(world.rows["claim"]) * QUARANTINE_BOUND == 1
    report = audited_build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in"), suites=[SUITES["fact_casualty_claim"]])
    assert len(report.blocked_by) == 1
    assert "values_in_range failed for 1 of" in report.blocked_by[0]
    with pytest.raises(AuditBlocked, match="the earlier version stays"):
        require_publishable(report)


def test_structural_failures_block_whatever_their_number(tmp_path):
    world = crowded_world()
    world.place("other:SYR", "Syria again", "country", country_iso3="SYR")
    report = audited_build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in"), suites=[SUITES["dim_location"]])
    assert "dim_location.one_country_row_per_code" in report.blocked_by[0]


def test_a_warning_blocks_nothing(tmp_path):
    world = small_world()
    world.rows["document"][0]["published_on"] = date(2031, 1, 1)
    report = audited_build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in"), suites=[SUITES["dim_document"]])
    assert report.is_publishable
    assert [r.name for r in report.results if r.outcome == "failed"] == ["published_before_the_run"]


def test_an_error_that_cannot_be_evaluated_blocks(tmp_path):
    broken = Expectation(
        "fact_statement",
        "marts.fact_statement",
        "broken",
        "error",
        "row",
        "unexpected_rows_expectation",
        "A query that cannot run.",
        {"unexpected_rows_query": "select nonsense from {checked}"},
    )
    suite = Suite("fact_statement", "marts.fact_statement", "broken", (broken,))
    report = audited_build(tmp_path / "w.duckdb", small_world().inputs(tmp_path / "in"), suites=[suite])
    assert "could not be evaluated" in report.blocked_by[0]


def test_a_path_with_odd_characters_can_be_audited(good, tmp_path):
    path = tmp_path / "a b$c%20'd?.duckdb"
    shutil.copyfile(good, path)
    assert set(outcomes(path, "dim_weapon").values()) == {"passed"}
