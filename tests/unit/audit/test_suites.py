"""Suites are read whole or not at all, and need neither Great Expectations nor a database to be listed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from dagster_project.audit.suites import EXPECTATIONS_DIR, SuiteError, load_suites
from dagster_project.contract import catalog


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(EXPECTATIONS_DIR, tmp_path / "expectations")
    return tmp_path / "expectations"


def change(folder, suite: str, edit) -> None:
    path = folder / f"{suite}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_every_table_of_the_contract_has_a_suite():
    assert {suite.table for suite in load_suites()} == {table.full_name for table in catalog.TABLES}


def test_every_expectation_says_why_and_how_severe_it_is():
    for suite in load_suites():
        for expectation in suite.expectations:
            assert expectation.why.endswith("."), f"{suite.name}.{expectation.name}"
            assert expectation.severity in ("error", "warn")


def test_listing_suites_does_not_import_great_expectations():
    probe = (
        "import sys; from dagster_project.audit.suites import load_suites; load_suites(); "
        "import dagster_project.audit.run, dagster_project.publication.publish; "
        "print('great_expectations' in sys.modules, 'sqlalchemy' in sys.modules, 'pandas' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False", "False"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda d: d["expectations"][0].update(type="expect_the_moon"), "unknown type"),
        (lambda d: d["expectations"][0].update(severity="fatal"), "severity is error or warn"),
        (lambda d: d["expectations"][0].pop("why"), "has the keys"),
        (lambda d: d["expectations"][0].update(why=" "), "needs words"),
        (lambda d: d["expectations"][0].update(extra=1), "has the keys"),
        (lambda d: d["expectations"][0].update(arguments={"column": "x"}), "takes"),
        (lambda d: d["expectations"][1].update(name=d["expectations"][0]["name"]), "names of their own"),
        (lambda d: d["expectations"].clear(), "names of their own"),
        (lambda d: d["expectations"].append("not an object"), "has the keys"),
        (lambda d: d.update(table="marts.fact_nothing"), "no table"),
        (lambda d: d.update(suite="another"), "calls itself"),
        (lambda d: d.pop("about"), "exactly the keys"),
        (
            lambda d: d["expectations"].append(
                {
                    "name": "n",
                    "severity": "warn",
                    "scope": "row",
                    "why": "A column that is not there.",
                    "type": "expect_column_values_to_be_unique",
                    "arguments": {"column": "nothing"},
                }
            ),
            "no column",
        ),
    ],
)
def test_a_faulty_suite_is_refused(folder, edit, message):
    change(folder, "fact_casualty_claim", edit)
    with pytest.raises(SuiteError, match=message):
        load_suites(folder)


def test_a_suite_that_is_not_json_is_refused(folder):
    (folder / "fact_incident.json").write_text('{"suite": ', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"fact_incident\.json"):
        load_suites(folder)


def test_a_key_given_twice_is_refused(folder):
    (folder / "fact_incident.json").write_text('{"suite": "a", "suite": "b"}', encoding="utf-8")
    with pytest.raises(SuiteError, match="twice"):
        load_suites(folder)


def test_a_missing_suite_is_noticed(folder):
    (folder / "fact_statement.json").unlink()
    with pytest.raises(SuiteError, match="fact_statement"):
        load_suites(folder)
