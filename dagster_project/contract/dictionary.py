"""The data dictionary, ``docs/data_dictionary.md``, from the metadata that writes the DDL: ``python -m dagster_project.contract.dictionary``.

Belongs here: laying the contract out as a page. Does not belong: any fact about a table or column.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from dagster_project.contract import catalog
from dagster_project.contract.model import Column, Table, View
from dagster_project.files import written_aside
from dagster_project.settings import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "data_dictionary.md"


def page() -> str:
    """The whole page as Markdown.

    Raises:
        ValueError: a table, view or column without a description.
    """
    lines = [
        "# Data dictionary",
        "",
        "<!-- written by `python -m dagster_project.contract.dictionary`; edit dagster_project/contract/ instead -->",
        "",
        f"Version {catalog.SCHEMA_VERSION} of the contract. The same words are the comments in `warehouse.duckdb`. "
        "What counts as what: [codebook.md](codebook.md).",
        "",
        "## How the tables hang together",
        "",
        "```mermaid",
        "erDiagram",
        *_relations(),
        "```",
        "",
        "Every dimension and `fact_incident` have a row `-1`, the unknown member.",
    ]
    for schema, about in catalog.SCHEMAS.items():
        lines += ["", f"## `{schema}`", "", about]
        for table in catalog.TABLES:
            if table.schema == schema:
                lines += ["", *_table(table)]
        if schema == "analytics":
            for view in catalog.VIEWS:
                lines += ["", *_view(view)]
    return "\n".join(lines) + "\n"


def _relations() -> Iterator[str]:
    seen = set()
    for table in catalog.TABLES:
        for column, other in table.foreign_keys():
            line = f'    {other.split(".")[1]} ||--o{{ {table.name} : "{column}"'
            if line not in seen:
                seen.add(line)
                yield line


def _table(table: Table) -> Iterator[str]:
    yield f"### `{table.full_name}`"
    yield ""
    yield _told(table.comment, table.full_name)
    if table.primary_key:
        yield ""
        yield f"Key: {', '.join(f'`{name}`' for name in table.primary_key)}."
    if table.lineage:
        yield ""
        yield f"From: {', '.join(f'`{name}`' for name in table.lineage)}."
    yield ""
    yield "| column | type | null | meaning |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        null = "yes" if column.nullable else ""
        yield f"| `{column.name}` | {column.type} | {null} | {_meaning(table, column)} |"


def _meaning(table: Table, column: Column) -> str:
    words = [_told(column.description, f"{table.full_name}.{column.name}")]
    if column.allowed:
        words.append("One of " + ", ".join(f"`{value}`" for value in column.allowed) + ".")
    if column.references:
        words.append(f"References `{column.references}`.")
    if column.minimum is not None or column.maximum is not None:
        low = "" if column.minimum is None else f"at least {column.minimum:g}"
        high = "" if column.maximum is None else f"at most {column.maximum:g}"
        words.append(f"Bounds: {', '.join(filter(None, (low, high)))}.")
    return _cell(" ".join(words))


def _view(view: View) -> Iterator[str]:
    yield f"### `{view.full_name}`"
    yield ""
    yield _told(view.comment, view.full_name)
    yield ""
    yield f"From: [`sql/analytics/{view.name}.sql`](../sql/analytics/{view.name}.sql)."
    yield ""
    yield "| column | meaning |"
    yield "| --- | --- |"
    for name, description in view.columns.items():
        yield f"| `{name}` | {_cell(_told(description, f'{view.full_name}.{name}'))} |"


def _told(description: str, what: str) -> str:
    if not description.strip():
        raise ValueError(f"{what} has no description")
    return description


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dagster_project.contract.dictionary", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 where the page is stale")
    if parser.parse_args().check:
        is_fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page()
        print(
            "the page is up to date" if is_fresh else "the page is stale: run python -m dagster_project.contract.dictionary"
        )
        return 0 if is_fresh else 1
    with written_aside(PAGE) as path:
        path.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(PROJECT_ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
