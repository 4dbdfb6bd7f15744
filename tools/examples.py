"""Queries with their real answers for the documentation: ``python -m tools.examples WAREHOUSE_DIR`` (of the seed articles).

Belongs here: which queries the README shows, and laying answers out. Does not belong: the questions of ``sql/analysis``,
whose answers go to ``docs/analysis.md``.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project.files import written_aside
from dagster_project.settings import PROJECT_ROOT
from dagster_project.warehouse import session, sql

if TYPE_CHECKING:
    import duckdb

README = PROJECT_ROOT / "README.md"
ANALYSIS = PROJECT_ROOT / "docs" / "analysis.md"
BEGIN, END = "<!-- queries: written by `python -m tools.examples`, which runs them on the seeds -->", "<!-- /queries -->"
ROWS_SHOWN = 8
CELL = 90


@dataclass(frozen=True, slots=True)
class Example:
    """A query that the README shows."""

    question: str
    query: str


EXAMPLES = (
    Example(
        "What happened, when, where, and how many died?",
        "select title, date_start, place, analytics.toll(killed_low, killed_high) as killed\n"
        "from analytics.incident\n"
        "order by date_start nulls last, title\n"
        "limit 6",
    ),
    Example(
        "Who says how many were killed, and in which words?",
        "select count_text, victims, claimed_by, evidence\n"
        "from analytics.claim\n"
        "where kind = 'killed' and count_low is not null\n"
        "order by document_id, char_start\n"
        "limit 4",
    ),
    Example(
        "Who acts against whom?",
        "select initiator, target, incident_count, killed_best\n"
        "from analytics.actor_dyad\n"
        "order by incident_count desc, initiator, target\n"
        "limit 6",
    ),
    Example(
        "What was threatened, denied or only imagined, and so never counted?",
        "select event_type, realis, trigger, evidence\n"
        "from marts.fact_event_mention\n"
        "inner join marts.dim_event_type using (event_type_key)\n"
        "where realis != 'actual'\n"
        "order by realis, evidence, trigger_start\n"
        "limit 5",
    ),
    Example(
        "From a number to its characters",
        "select incident_title, substring(raw_text, char_start + 1, char_end - char_start) = evidence as is_verbatim, evidence\n"
        "from analytics.claim\n"
        "inner join raw.document using (document_id)\n"
        "where incident_id is not null\n"
        "order by document_id, char_start\n"
        "limit 3",
    ),
)


def readme(connection: duckdb.DuckDBPyConnection, page: str) -> str:
    """The README with the answers between its marks.

    Raises:
        ValueError: the marks are not there.
    """
    parts = re.split(r"<!-- queries.*?-->|<!-- /queries -->", page)
    if len(parts) != 3:
        raise ValueError("README.md has no marks for the queries")
    told = "".join(
        f"\n**{example.question}**\n\n```sql\n{example.query};\n```\n\n{table(connection, example.query)}\n"
        for example in EXAMPLES
    )
    return parts[0] + BEGIN + "\n" + told + "\n" + END + parts[2]


def analysis(connection: duckdb.DuckDBPyConnection) -> str:
    """Every question of ``sql/analysis`` with its answer."""
    lines = [
        "# Questions and answers",
        "",
        "<!-- written by `python -m tools.examples`; edit sql/analysis/ instead -->",
        "",
        "Each query of [sql/analysis](../sql/analysis/), from simple to expert, on the five seed articles: too few for most of "
        f"them to shine, enough to show their shape. At most {ROWS_SHOWN} rows are shown.",
    ]
    for name in sql.names("analysis"):
        text = sql.text("analysis", name)
        title, question = (line.removeprefix("-- ").removeprefix("Question: ") for line in text.splitlines()[:2])
        lines += [
            "",
            f"## {title}",
            "",
            f"{question} ([{name}.sql](../sql/analysis/{name}.sql))",
            "",
            table(connection, text),
        ]
    return "\n".join(lines) + "\n"


def table(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The first rows of an answer as a Markdown table."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchmany(ROWS_SHOWN + 1)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows[:ROWS_SHOWN]]
    if not rows:
        return "*No rows: nothing in the five articles answers it.*"
    return "\n".join(lines) + ("\n\n..." if len(rows) > ROWS_SHOWN else "")


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= CELL else text[: CELL - 1] + "…"
    return re.sub(r"([\\`|<>*_\[\]])", r"\\\1", text)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.examples", description=__doc__)
    parser.add_argument("warehouse_dir", type=Path, help="a warehouse of seeds/articles")
    published = parser.parse_args().warehouse_dir / "warehouse.duckdb"
    with session.read_only(published) as connection:
        pages = {README: readme(connection, README.read_text(encoding="utf-8")), ANALYSIS: analysis(connection)}
    for path, page in pages.items():
        with written_aside(path) as aside:
            aside.write_text(page, encoding="utf-8")
        print(f"written: {path.relative_to(PROJECT_ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
