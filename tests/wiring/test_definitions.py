"""The code location: what it declares, and what loading it must not cost."""

import subprocess
import sys

import dagster as dg
import pytest

from dagster_project.audit.suites import load_suites
from dagster_project.contract import catalog
from dagster_project.definitions import defs

GRAPH = defs.resolve_asset_graph()
EXTERNAL = [GRAPH.get(key) for key in sorted(GRAPH.get_all_asset_keys())]


@pytest.mark.parametrize("asset", EXTERNAL, ids=lambda a: a.key.to_user_string())
def test_every_asset_says_what_it_is_and_whose(asset):
    assert asset.description
    assert len(asset.description) > 20
    assert asset.owners
    assert asset.kinds
    assert asset.group_name != "default"


def test_every_table_of_the_contract_is_an_asset_with_its_columns_and_checks():
    for table in catalog.TABLES:
        key = dg.AssetKey([table.schema, table.name])
        columns = GRAPH.get(key).metadata["dagster/column_schema"].columns
        assert [c.name for c in columns] == [c.name for c in table.columns]
        assert all(c.description for c in columns)
        assert GRAPH.get(key).check_keys, f"{table.full_name} has no check"


def test_every_expectation_is_an_asset_check_and_errors_block():
    expected = {(e.table, e.name): e.severity == "error" for suite in load_suites() for e in suite.expectations}
    found = {}
    for asset in EXTERNAL:
        for key in asset.check_keys:
            spec = GRAPH.get_check_spec(key)
            found[".".join(key.asset_key.path), key.name] = spec.blocking
            assert spec.description
    assert {name: blocking for name, blocking in found.items() if name in expected} == expected
    assert len(expected) > 100


def test_the_graph_reads_like_the_line():
    upstream = {
        "cleaned_documents": {"raw_documents"},
        "casualty_claims": {"cleaned_documents"},
        "resolved_incidents": {"casualty_claims", "incident_reports", "entities", "event_mentions", "statements"},
    }
    for name, parents in upstream.items():
        assert {k.to_user_string() for k in GRAPH.get(dg.AssetKey(name)).parent_keys} == parents
    published = GRAPH.get(dg.AssetKey("published_warehouse"))
    assert dg.AssetKey(["marts", "fact_incident"]) in published.parent_keys


def test_schedule_and_sensor_start_the_job():
    assert [s.job_name for s in defs.schedules] == ["warehouse_job"]
    assert [s.job_name for s in defs.sensors if s.name == "new_articles"] == ["warehouse_job"]


def test_loading_the_definitions_imports_no_heavy_library():
    code = (
        "import sys, dagster_project.definitions; "
        "print(sorted({'spacy', 'great_expectations', 'ray', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
