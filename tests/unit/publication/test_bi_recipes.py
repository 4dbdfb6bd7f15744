"""The recipes for other tools work on a published version."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from dagster_project.contract import catalog
from dagster_project.publication.publish import build_path, publish
from dagster_project.warehouse.build import build
from tests.support.rows import run_record, small_world

ROOT = Path(__file__).resolve().parents[3]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "bi.md").read_text(encoding="utf-8"), re.DOTALL)
NOTEBOOK = json.loads((ROOT / "bi" / "warehouse.ipynb").read_text(encoding="utf-8"))
CELLS = "\n".join("".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with ``data/`` as the project's has it."""
    folder = tmp_path_factory.mktemp("bi")
    (folder / "data").mkdir()
    target = build_path(folder / "data", "run-1")
    build(target, small_world().inputs(folder / "in", run=run_record("run-1")))
    publish(target, folder / "data")
    return folder


@pytest.mark.parametrize("code", ["\n".join(BLOCKS), CELLS], ids=["page", "notebook"])
def test_the_python_recipes_run_as_written(project, code):
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_names_types_comments_and_keys_reflect(project):
    engine = sa.create_engine(f"duckdb:///{project / 'data' / 'warehouse.duckdb'}?access_mode=read_only")
    try:
        inspector = sa.inspect(engine)
        for table in catalog.TABLES:
            columns = inspector.get_columns(table.name, schema=table.schema)
            assert [c["name"] for c in columns] == [c.name for c in table.columns]
            assert [c["comment"] for c in columns] == [c.description for c in table.columns]
            assert inspector.get_table_comment(table.name, schema=table.schema)["text"] == table.comment
            assert set(inspector.get_pk_constraint(table.name, schema=table.schema)["constrained_columns"]) == set(
                table.primary_key
            )
        views = inspector.get_view_names(schema="analytics")
        assert {view.name for view in catalog.VIEWS} <= set(views)
        keys = inspector.get_foreign_keys("fact_casualty_claim", schema="marts")
        assert {"fact_incident", "dim_document", "dim_actor"} <= {key["referred_table"] for key in keys}
    finally:
        engine.dispose()
