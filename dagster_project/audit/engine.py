"""The one place that knows Great Expectations: suites in, typed results and Data Docs out.

It is imported inside functions, as it takes seconds; its telemetry is switched off before that; nothing here uses a
network. Its DuckDB trouble (results are fetched after the connection is given back) is cured by a listener.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project import files
from dagster_project.audit import derived, pages
from dagster_project.audit.results import ExpectationResult
from dagster_project.audit.suites import Expectation, Suite
from dagster_project.contract import catalog
from dagster_project.contract.model import Table

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext
    from great_expectations.expectations.core import UnexpectedRowsExpectation

_SEVERITY = {"error": "CRITICAL", "warn": "WARNING"}
_DETAIL_LIMIT = 500
_WHOLE = "whole table"


class EngineError(RuntimeError):
    """Great Expectations did not evaluate what it was given; nothing can be said about the build."""


@dataclass(frozen=True, slots=True)
class Validated:
    """What was found, and the means to write it as Data Docs to a folder, which takes about as long and can wait."""

    results: tuple[ExpectationResult, ...]
    write_docs: Callable[[Path], None]


def validate(path: Path, suites: Sequence[Suite], threads: int | None = None) -> Validated:
    """Evaluate every expectation against the file, read-only.

    Raises:
        EngineError: an expectation was dropped, or answered for by nobody.
    """
    results: list[ExpectationResult] = []
    with _context(path, suites, threads) as (context, datasource):
        for suite in suites:
            results += _run_suite(context, datasource, suite, "SUMMARY")
    return Validated(tuple(results), partial(_write_docs, context))


def failing_rows(path: Path, suite: Suite, names: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Row ids (primary key, values joined by ``|``) that break the named row expectations of a suite."""
    chosen = Suite(suite.name, suite.table, suite.about, tuple(e for e in suite.expectations if e.name in names))
    with _context(path, (chosen,)) as (context, datasource):
        return {r.name: r.row_ids for r in _run_suite(context, datasource, chosen, "COMPLETE")}


@contextmanager
def _context(path: Path, suites: Sequence[Suite], threads: int | None = None) -> Iterator[tuple[EphemeralDataContext, Any]]:
    # Before the import: the library reads its settings there.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )
    from sqlalchemy import URL

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    _listen()
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
        data_docs_sites={},
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    query = {"access_mode": "read_only", **({} if threads is None else {"threads": str(threads)})}
    url = URL.create("duckdb", database=str(path), query=query).render_as_string()
    settings: dict[str, Any] = {
        "name": "warehouse",
        # A dollar sign would be taken for the name of a setting.
        "connection_string": url.replace("$", r"\$"),
        # All tables at once: for each one added later the whole configuration would be written anew.
        "assets": [_asset(suite.name, catalog.table(suite.table)) for suite in suites],
    }
    datasource = context.data_sources.add_sql(**settings)
    try:
        yield context, datasource
    finally:
        # Both engines that the library keeps; an open one would lock the file for the writer that comes next.
        datasource.get_execution_engine().close()
        datasource.get_engine().dispose()


def _asset(name: str, table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "name": name,
        "table_name": table.name,
        "schema_name": table.schema,
        "batch_definitions": [{"name": _WHOLE}],
    }


@cache
def _counted_rows() -> type[UnexpectedRowsExpectation]:
    """The library's expectation asks each query twice, for the rows and for their number; this one only for the number."""
    from great_expectations.expectations.core import UnexpectedRowsExpectation

    class UnexpectedRowsCounted(UnexpectedRowsExpectation):
        metric_dependencies = ("unexpected_rows_query.row_count",)

        def _validate(self, metrics: dict[str, Any], *given: Any, **named: Any) -> Any:
            return super()._validate({**metrics, "unexpected_rows_query.table": []}, *given, **named)

    return UnexpectedRowsCounted


def _listen() -> None:
    """Fetch DuckDB's results while the connection is still held (once per process)."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    if not event.contains(Engine, "after_cursor_execute", _buffer):
        event.listen(Engine, "after_cursor_execute", _buffer)


def _buffer(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

    if context is None or context.dialect.name != "duckdb" or executemany or cursor.description is None:
        return
    context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())


def _run_suite(context: EphemeralDataContext, datasource: Any, suite: Suite, result_format: str) -> list[ExpectationResult]:
    import great_expectations as gx
    from great_expectations.expectations.metadata_types import FailureSeverity
    from great_expectations.expectations.registry import get_expectation_impl

    table = catalog.table(suite.table)
    batch = datasource.get_asset(suite.name).get_batch_definition(_WHOLE)
    made = gx.ExpectationSuite(suite.name)
    for expectation in suite.expectations:
        type_, arguments = derived.native(expectation)
        is_counted = type_ == derived.ROWS and result_format == "SUMMARY"
        implementation = _counted_rows() if is_counted else get_expectation_impl(type_)
        made.add_expectation(
            implementation(
                **arguments,
                severity=FailureSeverity[_SEVERITY[expectation.severity]],
                description=f"{expectation.name}: {expectation.why}",
                meta={"name": expectation.name},
            )
        )
    made = context.suites.add(made)
    if len(made.expectations) != len(suite.expectations):
        raise EngineError(f"{suite.name}: {len(made.expectations)} of {len(suite.expectations)} expectations were taken")
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=suite.name, data=batch, suite=made))
    index = list(table.primary_key)
    outcome = definition.run(
        result_format={"result_format": result_format, **({"unexpected_index_column_names": index} if index else {})}
    )
    answers = {
        (answer.expectation_config.meta or {}).get("name"): answer
        for answer in outcome.results
        if answer.expectation_config is not None
    }
    if missing := [e.name for e in suite.expectations if e.name not in answers]:
        raise EngineError(f"{suite.name}: nothing was said about {', '.join(missing)}")
    return [_result(expectation, answers[expectation.name], index) for expectation in suite.expectations]


def _result(expectation: Expectation, answer: Any, index: list[str]) -> ExpectationResult:
    found = answer.result or {}
    trouble = _exception(answer.exception_info)
    if answer.success:
        outcome, detail = "passed", None
    elif trouble is not None or not found:
        outcome, detail = "not_evaluated", trouble or "no result was given"
    else:
        outcome, detail = "failed", _detail(found)
    unexpected = found.get("unexpected_count")
    rows = (found.get("details") or {}).get("unexpected_rows") or found.get("unexpected_index_list") or []
    if unexpected is None and expectation.type != "expect_table_row_count_to_be_between":
        observed = found.get("observed_value")
        unexpected = observed if isinstance(observed, int) else (0 if answer.success else None)
    return ExpectationResult(
        suite=expectation.suite,
        name=expectation.name,
        table=expectation.table,
        severity=expectation.severity,
        scope=expectation.scope,
        why=expectation.why,
        outcome=outcome,
        unexpected_count=unexpected,
        element_count=found.get("element_count"),
        detail=detail[:_DETAIL_LIMIT] if detail else None,
        row_ids=tuple(sorted({"|".join(str(row[key]) for key in index) for row in rows}))
        if expectation.scope == "row" and index
        else (),
    )


def _exception(info: Any) -> str | None:
    """The message of the first exception; the library nests one dictionary per metric, or gives a flat one."""
    if not info:
        return None
    if "raised_exception" in info:
        return str(info.get("exception_message")) if info["raised_exception"] else None
    return next((str(one.get("exception_message")) for one in info.values() if one.get("raised_exception")), None)


def _detail(found: dict[str, Any]) -> str:
    rows = (found.get("details") or {}).get("unexpected_rows")
    if rows:
        return f"{found.get('observed_value')} rows, such as {sorted(map(str, rows))[:3]}"
    if "unexpected_count" in found:
        return f"{found['unexpected_count']} values, such as {found.get('partial_unexpected_list', [])[:3]}"
    return f"observed {found.get('observed_value')}"


def _write_docs(context: EphemeralDataContext, docs: Path) -> None:
    """Make the site, copy it beside its place, then swap it in, so that nobody reads half of it."""
    files.recover_folder(docs)
    building = docs.with_name(f".{docs.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    with tempfile.TemporaryDirectory() as site:
        settings: Any = {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": site},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        }
        context.add_data_docs_site("local", settings)
        context.build_data_docs()
        shutil.copytree(site, building)
    # The pages show values that articles gave: no script of theirs, and none from a network, may run.
    pages.guard(building)
    files.replace_folder(building, docs)
