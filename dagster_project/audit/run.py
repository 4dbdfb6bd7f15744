"""Building and auditing in one go: bad rows are taken out and quarantined, bad tables block.

Belongs here: the decision what may be published. Does not belong: evaluating (``engine.py``), building (``warehouse/``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.audit import engine
from dagster_project.audit.results import AuditBlocked, AuditReport, ExpectationResult
from dagster_project.audit.suites import Suite, load_suites
from dagster_project.contract import catalog
from dagster_project.execution.apart import apart
from dagster_project.warehouse import session
from dagster_project.warehouse.build import BuildResult, build
from dagster_project.warehouse.inputs import BuildInputs, Exclusion, RunRecord

# Failing rows are quarantined while they are fewer than this share of their table (the contract's bound).
QUARANTINE_BOUND = 0.01
# Tables whose rows the build can leave out, with what depends on them; elsewhere a bad row blocks. In the order in which
# one table's rows follow from another's: a bad claim is taken out before the incident whose toll it spoils is judged.
QUARANTINABLE = (
    frozenset({"marts.dim_document"}),
    frozenset({"marts.dim_actor", "marts.dim_location"}),
    frozenset(
        {
            "marts.fact_casualty_claim",
            "marts.fact_incident_argument",
            "marts.fact_statement",
            "marts.fact_entity_mention",
            "marts.fact_event_mention",
        }
    ),
    frozenset({"marts.fact_incident_report"}),
    frozenset({"marts.fact_incident"}),
)
# One round per tier and some for what a row taken out uncovers; more rounds say that something else is wrong.
_ROUNDS = 2 * len(QUARANTINABLE)
_VALIDATION: dict[str, Any] = {
    **dict.fromkeys(("suite", "expectation", "table_name", "severity", "outcome"), pl.String),
    **dict.fromkeys(("unexpected_count", "element_count", "quarantined_count"), pl.Int64),
    **dict.fromkeys(("why", "detail", "run_id"), pl.String),
    "validated_at": pl.Datetime("us"),
}


def audited_build(
    target: Path,
    inputs: BuildInputs,
    docs: Path | None = None,
    suites: Sequence[Suite] | None = None,
    threads: int | None = None,
) -> AuditReport:
    """:func:`build_and_validate`, with Data Docs in the folder ``docs``."""
    report, write_docs = build_and_validate(target, inputs, suites, threads)
    if docs is not None:
        write_docs(docs)
    return report


def build_and_validate(
    target: Path,
    inputs: BuildInputs,
    suites: Sequence[Suite] | None = None,
    threads: int | None = None,
    is_apart: bool = False,
) -> tuple[AuditReport, Callable[[Path], None]]:
    """Build, validate, take out the rows that fail, build again; the file at ``target`` carries its own meta.validation.

    A blocked build is left at ``target`` to be looked at; publishing it is the caller's mistake to avoid
    (:func:`require_publishable`).

    Args:
        is_apart: build in a process of its own.

    Raises:
        BuildError: the inputs cannot be loaded.
        SuiteError, EngineError: the audit itself is broken.
    """
    chosen = tuple(suites) if suites is not None else load_suites()
    excluded: tuple[Exclusion, ...] = inputs.excluded
    for _ in range(_ROUNDS):
        given = target, replace(inputs, excluded=excluded), threads
        built = apart(build, *given) if is_apart else build(*given)
        found = engine.validate(target, chosen, threads)
        refused, blocked_by = _judge(target, built, found.results, chosen)
        if not refused:
            break
        excluded += refused
    else:
        blocked_by = ("taking out the failing rows uncovered new ones again and again",)
    quarantined = tuple(e for e in excluded if e not in inputs.excluded)
    if too_many := _over_bound(built, quarantined):
        blocked_by += too_many
    results = tuple(replace(r, quarantined_count=_count(quarantined, r), row_ids=()) for r in found.results)
    record(target, results, inputs.run)
    return AuditReport(target, built.row_counts, results, quarantined, blocked_by), found.write_docs


def require_publishable(report: AuditReport) -> None:
    """Raise AuditBlocked with every reason where the build must not be published."""
    if not report.is_publishable:
        raise AuditBlocked("not published, the earlier version stays: " + "; ".join(report.blocked_by))


def record(path: Path, results: Sequence[ExpectationResult], run: RunRecord) -> None:
    """Replace the rows of ``meta.validation`` in an unpublished file."""
    rows = pl.DataFrame(
        [
            {
                "suite": r.suite,
                "expectation": r.name,
                "table_name": r.table,
                "severity": r.severity,
                "outcome": r.outcome,
                "unexpected_count": r.unexpected_count,
                "element_count": r.element_count,
                "quarantined_count": r.quarantined_count,
                "why": r.why,
                "detail": r.detail,
                "run_id": run.run_id,
                "validated_at": run.finished_at.astimezone(UTC).replace(tzinfo=None),
            }
            for r in results
        ],
        schema=_VALIDATION,
    )
    with session.read_write(path) as connection:
        connection.execute("delete from meta.validation")
        # One statement: each would be a transaction of its own, flushed to the disk.
        connection.register("results", rows.to_arrow())
        connection.execute("insert into meta.validation by name select * from results")
        connection.unregister("results")


def _judge(
    target: Path, built: BuildResult, results: Sequence[ExpectationResult], suites: Sequence[Suite]
) -> tuple[tuple[Exclusion, ...], tuple[str, ...]]:
    """Rows to take out next, and what blocks if nothing is taken out."""
    blocked_by: list[str] = []
    repairable: list[ExpectationResult] = []
    for result in results:
        if not result.is_blocking:
            continue
        name = f"{result.suite}.{result.name}"
        if result.outcome == "not_evaluated":
            blocked_by.append(f"{name} could not be evaluated: {result.detail}")
        elif result.scope == "table" or not any(result.table in tier for tier in QUARANTINABLE):
            blocked_by.append(f"{name} failed: {result.detail}")
        elif (result.unexpected_count or 0) >= QUARANTINE_BOUND * _rows(built, result.table):
            blocked_by.append(
                f"{name} failed for {result.unexpected_count} of {_rows(built, result.table)} rows, "
                f"{QUARANTINE_BOUND:.0%} or more: {result.detail}"
            )
        else:
            repairable.append(result)
    for tier in QUARANTINABLE:
        if chosen := [result for result in repairable if result.table in tier]:
            return _exclusions(target, chosen, suites), ()
    return (), tuple(blocked_by)


def _exclusions(target: Path, results: Sequence[ExpectationResult], suites: Sequence[Suite]) -> tuple[Exclusion, ...]:
    """The rows that break the expectations, each with the first one it breaks as its reason."""
    refused: dict[tuple[str, str], Exclusion] = {}
    for suite in suites:
        broken = {result.name: result for result in results if result.suite == suite.name}
        if not broken:
            continue
        found = engine.failing_rows(target, suite, frozenset(broken))
        for name in sorted(broken):
            if not found[name]:
                raise engine.EngineError(f"{suite.name}.{name} failed, but no row that breaks it was named")
            for row_id in found[name]:
                exclusion = Exclusion(suite.table, row_id, name, broken[name].why)
                refused.setdefault((suite.table, row_id), exclusion)
    return tuple(refused.values())


def _rows(built: BuildResult, table: str) -> int:
    return built.row_counts[table] - catalog.table(table).unknown_member


def _over_bound(built: BuildResult, quarantined: Sequence[Exclusion]) -> tuple[str, ...]:
    """Tables that lost their bound or more over all rounds and expectations together."""
    lost: dict[str, int] = {}
    for exclusion in quarantined:
        lost[exclusion.table] = lost.get(exclusion.table, 0) + 1
    return tuple(
        f"{table}: {count} failing rows are {QUARANTINE_BOUND:.0%} of the table or more"
        for table, count in sorted(lost.items())
        if count >= QUARANTINE_BOUND * (_rows(built, table) + count)
    )


def _count(quarantined: Sequence[Exclusion], result: ExpectationResult) -> int:
    return sum(e.table == result.table and e.reason_code == result.name for e in quarantined)
