"""The queries in the documentation run, and the pages show the queries that are there."""

import pytest

from dagster_project.warehouse import session, sql
from dagster_project.warehouse.build import build
from tests.support.rows import small_world
from tools import examples


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    return build(folder / "w.duckdb", small_world().inputs(folder / "in")).path


def test_there_are_five():
    assert len(examples.EXAMPLES) == 5


@pytest.mark.parametrize("example", examples.EXAMPLES, ids=lambda example: example.question)
def test_every_query_of_the_readme_runs_and_stands_there(warehouse, example):
    with session.read_only(warehouse) as connection:
        assert examples.table(connection, example.query).startswith(("| ", "*No rows"))
    assert f"```sql\n{example.query};\n```" in examples.README.read_text(encoding="utf-8"), "run python -m tools.examples"


def test_the_readme_keeps_everything_around_the_queries(warehouse):
    before = examples.README.read_text(encoding="utf-8")
    with session.read_only(warehouse) as connection:
        after = examples.readme(connection, before)
    assert after.partition(examples.BEGIN)[0] == before.partition(examples.BEGIN)[0]
    assert after.partition(examples.END)[2] == before.partition(examples.END)[2]


def test_every_question_is_answered_on_its_page():
    page = examples.ANALYSIS.read_text(encoding="utf-8")
    assert [name for name in sql.names("analysis") if f"[{name}.sql]" not in page] == []


def test_words_of_articles_are_no_markup_in_a_table(warehouse):
    with session.read_only(warehouse) as connection:
        assert r"\<b\>\|" in examples.table(connection, "select '<b>|' as words")
