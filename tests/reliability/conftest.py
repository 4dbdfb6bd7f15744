"""A small corpus in two states, and one server process for all tests of this folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from dagster_project.contract import catalog
from tests.support.line_server import LineServer
from tests.support.standin import article, sentence

Rows = dict[str, list[tuple]]


@pytest.fixture(scope="session")
def server():
    with LineServer() as one:
        yield one


def write_corpus(folder: Path) -> None:
    """Good, refused, duplicate and foreign input, twice told incidents."""
    folder.mkdir(parents=True)
    erbil = sentence("Erbil", "2024-02-03", 5)
    (folder / "one.txt").write_text(article("Attack in Erbil", erbil, sentence("Baghdad", "2024-02-04", 3)))
    (folder / "two.txt").write_text(article("Officials count the dead of Erbil", sentence("Erbil", "2024-02-03", 7)))
    (folder / "same.txt").write_text((folder / "one.txt").read_text())
    (folder / "changing.txt").write_text(article("Attack in the north", sentence("Kharkiv", "2024-03-01", 2)))
    (folder / "empty.txt").touch()
    (folder / "rows.csv").write_text(
        'text,title,date\n"Gunmen fled the town after the attack, police said.",Flight,31 Foo\n,No text,\n'
    )


def change_corpus(folder: Path) -> None:
    """What a second day brings: a new file, a changed one, one gone, one mended."""
    (folder / "three.txt").write_text(article("Attack in Baghdad", sentence("Baghdad", "2024-03-09", 11)))
    (folder / "changing.txt").write_text(article("Attack in the north, toll rises", sentence("Kharkiv", "2024-03-01", 4)))
    (folder / "same.txt").unlink()
    (folder / "empty.txt").write_text(article("No longer empty", sentence("Kharkiv", "2024-03-02", 0)))


@dataclass(frozen=True)
class World:
    """``published``: a warehouse after the first day; ``articles``: those of the second day, which no run has seen."""

    articles: Path
    first_day: Path
    published: Path
    first: Rows
    second: Rows


@pytest.fixture(scope="session")
def world(server, tmp_path_factory) -> World:
    root = tmp_path_factory.mktemp("world")
    articles = root / "articles"
    write_corpus(articles)
    first_day = root / "first_day"
    shutil.copytree(articles, first_day)
    assert server.run(articles, root / "data")["success"]
    change_corpus(articles)
    undisturbed = root / "undisturbed"
    copy_warehouse(root / "data", undisturbed)
    assert server.run(articles, undisturbed)["success"]
    return World(
        articles,
        first_day,
        root / "data",
        contents(root / "data" / "warehouse.duckdb"),
        contents(undisturbed / "warehouse.duckdb"),
    )


@pytest.fixture
def warehouse(world, tmp_path) -> Path:
    """A copy of the warehouse after the first day."""
    target = tmp_path / "data"
    copy_warehouse(world.published, target)
    return target


def copy_warehouse(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, copy_function=shutil.copy2)


def contents(path: Path) -> Rows:
    """Every table of a warehouse without the columns that record times or runs; Parquet beside it must say the same."""
    found: Rows = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for table in catalog.TABLES:
            columns = ", ".join(f'"{c.name}"' for c in table.columns if not c.records_time and c.name != "git_revision")
            found[table.full_name] = connection.execute(f"select {columns} from {table.full_name} order by all").fetchall()
    return found


def parquet_rows(folder: Path) -> dict[str, int]:
    with duckdb.connect() as connection:
        return {
            table.full_name: connection.execute(
                "select count(*) from read_parquet($1)", [str(folder / table.schema / f"{table.name}.parquet")]
            ).fetchone()[0]
            for table in catalog.TABLES
        }
