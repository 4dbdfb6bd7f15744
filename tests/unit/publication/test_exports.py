"""Exports: every record has the shape that its schema says, and nothing in a CSV file is a formula."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import jsonschema
import pytest

from dagster_project.publication import exports
from dagster_project.resolution.registry import known_before
from dagster_project.warehouse import session, sql
from dagster_project.warehouse.build import build
from tests.support import hostile
from tests.support.rows import STRIKE, small_world

SCHEMAS = Path(exports.__file__).parent / "schemas"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = hostile.published(tmp_path_factory.mktemp("exports"))
    result = exports.write(home / "warehouse.duckdb", home, "v1")
    assert result.is_changed
    return home


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", exports.CSV)
def test_rows_of_csv_files_fit_their_schema(home, name):
    check = validator(name)
    with session.read_only(home / "warehouse.duckdb") as connection:
        cursor = connection.execute(sql.text("exports", name))
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    assert columns == list(check.schema["properties"])
    assert rows
    for row in rows:
        check.validate(json.loads(json.dumps(dict(zip(columns, row, strict=True)), default=str)))
    with (home / "exports" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    assert written[0] == columns
    assert len(written) == len(rows) + 1


def test_the_exported_registry_says_what_the_published_file_says_of_ids(home):
    def told(published, registry):
        known = known_before(published, registry)
        return known.minted_at, sorted(known.spans.rows()), known.history

    of_file = told(home / "warehouse.duckdb", None)
    assert of_file[1]
    assert told(None, home / "exports" / "incident_registry.csv") == of_file
    assert told(home / "warehouse.duckdb", home / "exports" / "incident_registry.csv") == of_file


def test_an_unknown_toll_is_an_empty_cell_and_never_0(home):
    with (home / "exports" / "acled.csv").open(encoding="utf-8", newline="") as file:
        by_id = {row["event_id_cnty"]: row for row in csv.DictReader(file)}
    assert by_id["inc-rockets"]["fatalities"] == ""
    assert by_id["inc-strike"]["fatalities"] in {"5", "7", "9"}


def test_acled_codes_of_actors_follow_what_is_known_of_them(tmp_path):
    world = small_world()
    world.actor("syrian-army", "Syrian Army", "military", country_iso3="SYR")
    world.actor("hamlet", "villagers", "civilians", is_generic=True)
    for number, actor_id in ((3, "syrian-army"), (4, "hamlet")):
        world.knows_actor("doc-a", number, actor_id)
        world.knows_actor("doc-b", number, actor_id)
    world.argument("doc-b", 1, "initiator", "Rockets", actor_no=2)
    world.argument("doc-b", 1, "target", "a base", actor_no=4)
    world.incident("inc-home", "shooting", place_id="geonames:174448")
    world.report("doc-a", 9, "inc-home", STRIKE, event_type="shooting")
    world.argument("doc-a", 9, "initiator", "American warplanes", actor_no=3)
    world.argument("doc-a", 9, "victim", "five fighters", actor_no=4)
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    with session.read_only(path) as connection:
        rows = connection.execute(
            f"select event_id_cnty, actor1, inter1, actor2, inter2, interaction from ({sql.text('exports', 'acled')})"
        ).fetchall()
    assert sorted(rows) == [
        ("inc-home", "Syrian Army", 1, "villagers", 7, 17),  # at home
        ("inc-rockets", "Syrian Observatory", None, "villagers", 7, None),  # a kind of actor that has no code
        ("inc-strike", "US military", 8, "Kataib Hezbollah", 2, 28),  # abroad, on a known group
    ]


def test_aggregates_are_no_events(home):
    assert "inc-habit" not in (home / "exports" / "ged.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_neutralised(text):
    assert exports.neutral(text) == "'" + text


def test_numbers_below_zero_stay_numbers():
    assert exports.neutral(-7.2) == -7.2


def test_no_cell_of_a_csv_file_is_a_formula(home):
    text = (home / "exports" / "ged.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    with (home / "exports" / "ged.csv").open(encoding="utf-8", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "@"))]


def test_lines_of_plover_fit_their_schema(home):
    check = validator("plover")
    lines = (home / "exports" / "plover.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    records = [json.loads(line) for line in lines]
    assert {record["event"][0] for record in records} >= {"ASSAULT", "THREATEN", "ACCUSE"}
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        check.validate(record)


def test_the_map_file_fits_its_schema(home):
    features = json.loads((home / "exports" / "incidents.geojson").read_text(encoding="utf-8"))
    validator("geojson").validate(features)
    by_id = {feature["id"]: feature for feature in features["features"]}
    assert by_id["inc-strike"]["geometry"]["coordinates"] == [40.92, 34.45]


def test_the_data_package_describes_every_parquet_file_with_its_hash(home):
    package = json.loads((home / "datapackage.json").read_text(encoding="utf-8"))
    validator("datapackage").validate(package)
    assert {r["path"] for r in package["resources"]} == {
        str(path.relative_to(home)) for path in (home / "parquet").rglob("*.parquet")
    }
    for resource in package["resources"]:
        assert resource["hash"] == "sha256:" + hashlib.sha256((home / resource["path"]).read_bytes()).hexdigest()


def test_exports_of_the_same_version_are_left_untouched(home):
    assert not exports.write(home / "warehouse.duckdb", home, "v1").is_changed
