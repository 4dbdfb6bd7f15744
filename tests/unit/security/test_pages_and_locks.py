"""Pages of other makers run no script; dependencies are pinned with hashes; nothing is fetched at run time."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dagster_project.audit import pages
from dagster_project.settings import PROJECT_ROOT
from dagster_project.warehouse.session import read_only


def test_validation_pages_get_a_policy_once(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.html").write_text(
        "<html><HEAD lang=en><script src=https://cdn/x.js></script></head><body>x</body></html>"
    )
    (tmp_path / "bare.html").write_text("<p>no head</p>")
    assert pages.guard(tmp_path) == 2
    assert pages.guard(tmp_path) == 0
    page = (tmp_path / "a" / "one.html").read_text()
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "script-src 'none'" in page


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt", "bootstrap.txt"])
def test_every_dependency_is_pinned_with_a_hash(name):
    text = (PROJECT_ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.findall(r"^([A-Za-z0-9_.\[\]-]+)==[^\s\\]+((?:[^\n]*\\\n\s+--hash=[^\n]+)+)", text, re.MULTILINE)
    pins = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", text, re.MULTILINE)
    assert len(entries) == len(pins) > 0
    assert not re.search(r"^[A-Za-z0-9_.-]+\s*(?:>=|~=|$)", text, re.MULTILINE)


def test_our_connections_to_the_published_file_reach_nothing_else(tmp_path):
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t as select 1 as a")
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with read_only(path) as connection:
        for statement in (
            f"select * from read_csv('{tmp_path / 'secret.csv'}')",
            f"copy t to '{tmp_path / 'out.csv'}'",
            f"attach '{tmp_path / 'other.duckdb'}'",
            "install httpfs",
            "set enable_external_access = true",
            "create table u as select 1",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert not Path(tmp_path / "out.csv").exists()
