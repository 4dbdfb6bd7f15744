"""The whole line on small articles of our own: what is published, and that doing it again gives the same."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dagster_project.contract import catalog

ARTICLES = Path(__file__).parent / "articles"
ROOT = Path(__file__).resolve().parents[2]


def run(articles: Path, warehouse: Path, **environ: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "dagster_project", "run", "--quiet"],
        cwd=ROOT,
        env={
            **os.environ,
            "ARTICLES_DIR": str(articles),
            "WAREHOUSE_DIR": str(warehouse),
            "DAGSTER_HOME": "",
            "BACKEND": "inline",
            **environ,
        },
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("line")
    done = run(ARTICLES, folder / "data")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "data" / "warehouse.duckdb"


def rows(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def contents(path: Path) -> dict[str, list[tuple]]:
    """Every table without the columns that record time or runs."""
    found = {}
    for table in catalog.TABLES:
        columns = [f'"{c.name}"' for c in table.columns if not c.records_time]
        if table.schema == "meta" or not columns:
            continue
        found[table.full_name] = rows(path, f"select {', '.join(columns)} from {table.full_name} order by all")
    return found


def test_two_articles_on_one_attack_are_one_incident_with_both_tolls(published):
    found = rows(
        published,
        """select i.incident_id, i.document_count, i.killed_low, i.killed_high
           from marts.fact_incident i join marts.dim_event_type t using (event_type_key)
           where t.event_type = 'bombing' and not i.is_aggregate and i.incident_key <> -1""",
    )
    assert len(found) == 1
    assert found[0][1] == 2
    claims = rows(published, "select distinct kind, count_low from marts.fact_casualty_claim where kind = 'killed'")
    assert {("killed", 5), ("killed", 7)} <= set(claims)


def test_the_day_is_read_from_the_words_and_the_publication_date(published):
    found = rows(
        published,
        """select distinct r.date_start from marts.fact_incident_report r join marts.dim_event_type t using (event_type_key)
           where t.event_type = 'bombing'""",
    )
    assert [str(day) for (day,) in found] == ["2019-03-03"]


def test_a_habit_of_attacks_is_an_aggregate_apart(published):
    found = rows(published, "select attack_count_low from marts.fact_incident where is_aggregate and incident_key <> -1")
    assert (40,) in found


def test_a_vow_is_no_incident(published):
    found = rows(
        published, "select realis from marts.fact_event_mention where trigger ilike '%retaliat%' and realis = 'actual'"
    )
    assert found == []


def test_every_number_leads_back_to_its_characters(published):
    for table, words in (
        ("fact_casualty_claim", "evidence"),
        ("fact_incident_report", "evidence"),
        ("fact_statement", "evidence"),
        ("fact_event_mention", "evidence"),
        ("fact_incident_argument", "text"),
        ("fact_entity_mention", "text"),
    ):
        total, exact = rows(
            published,
            f"""select count(*), count(*) filter (
                    substring(r.raw_text, f.char_start + 1, f.char_end - f.char_start) = f.{words})
                from marts.{table} f join marts.dim_document d using (document_key) join raw.document r using (document_id)""",
        )[0]
        assert total > 0, table
        assert exact == total, table


def test_every_view_answers(published):
    for view in catalog.VIEWS:
        rows(published, f"select * from {view.full_name} limit 5")


def test_all_blocking_checks_passed(published):
    assert rows(published, "select count(*) from meta.validation where severity = 'error' and outcome <> 'passed'") == [(0,)]


def test_a_second_run_leaves_the_published_file_untouched(published):
    before = hashlib.sha256(published.read_bytes()).hexdigest(), published.stat().st_mtime_ns
    done = run(ARTICLES, published.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (hashlib.sha256(published.read_bytes()).hexdigest(), published.stat().st_mtime_ns) == before


def test_another_order_and_several_runs_give_the_same_rows_and_keys(published, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("other.txt", "daily.txt", "wire.txt"):
        shutil.copy(ARTICLES / name, articles)
    done = run(articles, tmp_path / "data", BACKEND="processes", WORKERS="2", SHARD_WORDS="60")
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(tmp_path / "data" / "warehouse.duckdb") == contents(published)
