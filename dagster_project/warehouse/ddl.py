"""DDL and comments, written from the contract's metadata."""

from __future__ import annotations

from collections.abc import Iterator

from dagster_project.contract import catalog
from dagster_project.contract.model import Table
from dagster_project.warehouse.session import literal, quote


def create_table(table: Table) -> str:
    """``CREATE TABLE`` with its keys.

    NOT NULL is declared for keys only: a missing word in one row must end in quarantine, not in a failed load; the
    audit holds nullability of the rest. A table that references itself cannot be filled under a declared foreign key
    (DuckDB checks row by row), so the audit holds those too.
    """
    lines = [
        f"{quote(c.name)} {c.type}{' not null' if c.name in table.primary_key or (c.references and not c.nullable) else ''}"
        for c in table.columns
    ]
    if table.primary_key:
        lines.append(f"primary key ({', '.join(map(quote, table.primary_key))})")
    lines += [f"unique ({', '.join(map(quote, columns))})" for columns in table.unique]
    for column, target in table.foreign_keys():
        if target != table.full_name:
            target_key = catalog.table(target).primary_key
            lines.append(f"foreign key ({quote(column)}) references {quote(target)} ({', '.join(map(quote, target_key))})")
    lines += [f"check ({check})" for check in table.checks]
    return f"create table {quote(table.full_name)} (\n    " + ",\n    ".join(lines) + "\n)"


def comments() -> Iterator[str]:
    """Every ``COMMENT ON`` of the contract: tables, views and their columns (DuckDB has none on schemas)."""
    for table in catalog.TABLES:
        yield f"comment on table {quote(table.full_name)} is {literal(table.comment)}"
        for column in table.columns:
            yield f"comment on column {quote(table.full_name)}.{quote(column.name)} is {literal(column.description)}"
    for view in catalog.VIEWS:
        yield f"comment on view {quote(view.full_name)} is {literal(view.comment)}"
        for name, words in view.columns.items():
            yield f"comment on column {quote(view.full_name)}.{quote(name)} is {literal(words)}"
