"""The Superset dashboard: the committed file is its sources, and asks only for columns that the views have."""

from __future__ import annotations

import zipfile

import pytest
import yaml

from dagster_project.contract import catalog
from tools import superset

VIEWS = {view.name: set(view.columns) for view in catalog.VIEWS}


def parts(folder: str) -> dict[str, dict]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (superset.SOURCE / folder).rglob("*.yaml")}


DATASETS = parts("datasets")


def test_the_committed_file_is_made_of_its_sources(tmp_path):
    superset.pack(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == superset.FILE.read_bytes(), "run python -m tools.superset"


def test_a_file_for_a_warehouse_knows_its_address_and_opens_it_read_only(tmp_path):
    superset.pack(tmp_path / "own.zip", "/data/warehouse.duckdb")
    with zipfile.ZipFile(tmp_path / "own.zip") as archive:
        [name] = [name for name in archive.namelist() if "/databases/" in name]
        assert yaml.safe_load(archive.read(name))["sqlalchemy_uri"] == (
            "duckdb:////data/warehouse.duckdb?access_mode=read_only"
        )


@pytest.mark.parametrize("name", DATASETS)
def test_datasets_have_the_columns_of_their_views(name):
    dataset = DATASETS[name]
    assert dataset["schema"] == "analytics"
    assert {column["column_name"] for column in dataset["columns"]} == VIEWS[dataset["table_name"]]


def test_every_chart_stands_on_a_dataset_and_on_the_dashboard():
    charts = parts("charts")
    known = {dataset["uuid"]: VIEWS[dataset["table_name"]] for dataset in DATASETS.values()}
    [dashboard] = parts("dashboards").values()
    shown = {
        part["meta"]["uuid"]
        for part in dashboard["position"].values()
        if isinstance(part, dict) and "chartId" in part.get("meta", {})
    }
    assert shown == {chart["uuid"] for chart in charts.values()}
    for chart in charts.values():
        params, columns = chart["params"], known[chart["dataset_uuid"]]
        named = [*params.get("all_columns", []), params.get("x_axis"), params.get("entity")]
        assert {column for column in named if column} <= columns, chart["slice_name"]
