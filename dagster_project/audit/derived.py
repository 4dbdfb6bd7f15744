"""Expectations written from the contract's metadata: short forms of the suites, as queries for the rows that break them.

Belongs here: type name of ``suites.DERIVED`` -> Great Expectations type and arguments. Every row query returns the
primary key of the table first, so that the rows can be found again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dagster_project.audit.suites import Expectation
from dagster_project.contract import catalog
from dagster_project.contract.model import Table
from dagster_project.warehouse.session import literal, quote

# What queries of suites call the table they look at. Great Expectations' own {batch} brings an alias of its own.
CHECKED = "{checked}"
_CHECKED = "(select * from {batch}) as checked"
ROWS = "unexpected_rows_expectation"


def native(expectation: Expectation) -> tuple[str, dict[str, Any]]:
    """The Great Expectations type and arguments that stand for an expectation."""
    make = _MAKERS.get(expectation.type)
    type_, arguments = (
        make(catalog.table(expectation.table), expectation.arguments)
        if make is not None
        else (expectation.type, expectation.arguments)
    )
    if type_ == ROWS:
        arguments = {"unexpected_rows_query": arguments["unexpected_rows_query"].replace(CHECKED, _CHECKED)}
    return type_, arguments


def _query(table: Table, condition: str, source: str = "{checked}") -> tuple[str, dict[str, Any]]:
    keys = ", ".join(f"checked.{quote(name)}" for name in table.primary_key or [c.name for c in table.columns])
    return ROWS, {"unexpected_rows_query": f"select {keys} from {source} where {condition}"}


def _columns(table: Table, _: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Columns in the declared order and types: rows of the difference, either way."""
    declared = ", ".join(
        f"({position}, {literal(c.name)}, {literal(c.type)})" for position, c in enumerate(table.columns, start=1)
    )
    have = (
        "select ordinal_position::integer as position, column_name as name, data_type as type "
        "from information_schema.columns "
        f"where table_schema = {literal(table.schema)} and table_name = {literal(table.name)}"
    )
    want = f"select * from (values {declared}) as declared(position, name, type)"
    # The table must appear, or Great Expectations warns that the query does not look at it.
    return ROWS, {
        "unexpected_rows_query": f"select * from (({have} except {want}) union all ({want} except {have})) as difference "
        "where (select count(*) from {checked}) >= 0"
    }


def _key(table: Table, _: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    keys = ", ".join(map(quote, table.primary_key))
    return ROWS, {"unexpected_rows_query": f"select {keys} from {{checked}} group by {keys} having count(*) > 1"}


def _required(table: Table, _: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    tests = [f"checked.{quote(c.name)} is null" for c in table.columns if not c.nullable]
    return _query(table, " or ".join(tests))


def _vocabulary(table: Table, _: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    tests = [f"checked.{quote(c.name)} not in ({', '.join(map(literal, c.allowed))})" for c in table.columns if c.allowed]
    return _query(table, " or ".join(tests))


def _range(table: Table, _: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    tests = [f"checked.{quote(c.name)} < {c.minimum}" for c in table.columns if c.minimum is not None]
    tests += [f"checked.{quote(c.name)} > {c.maximum}" for c in table.columns if c.maximum is not None]
    tests += [f"isnan(checked.{quote(c.name)})" for c in table.columns if c.type == "DOUBLE"]
    return _query(table, " or ".join(tests))


def _references(table: Table, _: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Rows with a key that its dimension does not have; ``-1`` is a row of every dimension, null points nowhere."""
    tests = []
    for column, target in table.foreign_keys():
        has_unknown = catalog.table(target).unknown_member
        key = quote(catalog.table(target).primary_key[0])
        unknown = "" if has_unknown else f" and checked.{quote(column)} != '-1'"
        tests.append(
            f"(checked.{quote(column)} is not null{unknown} and not exists "
            f"(select 1 from {quote(target)} as target where target.{key} = checked.{quote(column)}))"
        )
    return _query(table, " or ".join(tests))


def _span(table: Table, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    start, end, words = (f"checked.{quote(arguments[name])}" for name in ("start", "end", "words"))
    source = (
        "{checked} inner join marts.dim_document as document using (document_key) "
        "inner join raw.document as original using (document_id)"
    )
    # Texts that are not published are counted while loading (meta.build.span_mismatch_count).
    return _query(
        table,
        f"original.raw_text is not null and substring(original.raw_text, {start} + 1, {end} - {start}) "
        f"is distinct from {words}",
        source,
    )


_MAKERS: dict[str, Callable[[Table, dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "contract_columns": _columns,
    "contract_key": _key,
    "contract_required": _required,
    "contract_vocabulary": _vocabulary,
    "contract_range": _range,
    "contract_references": _references,
    "span_slices_to_words": _span,
}
