"""Assets of the warehouse: every table of the contract, audited, and the published version."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from dagster_project.audit.suites import load_suites
from dagster_project.contract import catalog
from dagster_project.contract.model import Table
from dagster_project.orchestration import line, preview
from dagster_project.orchestration.assets.ingest import OWNER, cleaned_documents
from dagster_project.orchestration.assets.reading import TABLES as READING
from dagster_project.orchestration.assets.resolution import TABLES as RESOLUTION
from dagster_project.orchestration.failures import told
from dagster_project.orchestration.history import prune
from dagster_project.orchestration.resources import Warehouse
from dagster_project.warehouse import published

PREVIEW_ROWS = 5
INGESTED = ("raw", "quarantine", "meta")


def table_key(table: Table) -> dg.AssetKey:
    return dg.AssetKey([table.schema, table.name])


def _spec(table: Table) -> dg.AssetSpec:
    read = [cleaned_documents.key] if table.schema in INGESTED else [*READING, *RESOLUTION]
    return dg.AssetSpec(
        table_key(table),
        deps=read,
        group_name="warehouse",
        kinds={"duckdb", "table"},
        owners=[OWNER],
        description=table.comment,
        metadata={
            "dagster/column_schema": dg.TableSchema(
                [
                    dg.TableColumn(
                        c.name, c.type, description=c.description, constraints=dg.TableColumnConstraints(nullable=c.nullable)
                    )
                    for c in table.columns
                ]
            )
        },
    )


SUITES = load_suites()
CHECKS = [
    dg.AssetCheckSpec(
        expectation.name,
        asset=table_key(catalog.table(expectation.table)),
        description=expectation.why,
        blocking=expectation.severity == "error",
        metadata={"severity": expectation.severity, "suite": suite.name},
    )
    for suite in SUITES
    for expectation in suite.expectations
]


@dg.multi_asset(name="build_and_audit", specs=[_spec(table) for table in catalog.TABLES], check_specs=CHECKS)
def star_schema(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Any]:
    run = warehouse.run
    if line.is_published(run):
        context.log.info("nothing changed since the published version was built: it stays as it is")
        results, path = published.validation(run.settings.published), run.settings.published
        by_name = {(r["suite"], r["expectation"]): r for r in results}
    else:
        with told(context, "building and auditing", run.settings):
            report = line.build_and_audit(run)
        path = report.path
        by_name = {
            (r.suite, r.name): {
                "outcome": r.outcome,
                "unexpected_count": r.unexpected_count,
                "element_count": r.element_count,
                "quarantined_count": r.quarantined_count,
                "detail": r.detail,
            }
            for r in report.results
        }
        for reason in report.blocked_by:
            context.log.error(f"publishing is blocked: {reason}")
    for name, (count, rows) in published.previews(path, PREVIEW_ROWS).items():
        yield dg.MaterializeResult(
            asset_key=table_key(catalog.table(name)),
            metadata={"dagster/row_count": count, "preview": dg.MetadataValue.md(preview.markdown(rows))},
        )
    for suite in SUITES:
        for expectation in suite.expectations:
            yield _check(by_name[suite.name, expectation.name], expectation)


def _check(result: dict[str, Any], expectation) -> dg.AssetCheckResult:
    # A row that failed and was quarantined is out of the build: the check passes and says how many there were.
    metadata = {k: v for k, v in result.items() if k in {"outcome", "unexpected_count", "element_count"} and v is not None}
    metadata |= {"quarantined": result["quarantined_count"]}
    if result["detail"]:
        metadata["detail"] = str(result["detail"])[:500]
    return dg.AssetCheckResult(
        asset_key=table_key(catalog.table(expectation.table)),
        check_name=expectation.name,
        passed=result["outcome"] == "passed",
        severity=dg.AssetCheckSeverity.ERROR if expectation.severity == "error" else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


@dg.asset(
    deps=[table_key(table) for table in catalog.TABLES],
    group_name="publication",
    kinds={"duckdb", "parquet"},
    owners=[OWNER],
    description=(
        "The published warehouse: the audited build swapped in atomically, Parquet beside it, the previous versions kept. "
        "Left untouched when nothing changed, and when an audit blocks."
    ),
    # Daily runs; a run a little late is no reason to wake anybody.
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=line.FRESH_FAIL, warn_window=line.FRESH_WARN),
)
def published_warehouse(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    run = warehouse.run
    if line.is_published(run):
        outcome = "unchanged"
    else:
        with told(context, "publishing", run.settings):
            outcome = "published" if line.publish_version(run).is_changed else "unchanged"
    with told(context, "closing the run", run.settings):
        line.finish(run, outcome)
        prune(context.instance)
    found = published.summary(run.settings.published)
    docs = run.settings.warehouse_dir / "docs" / "index.html"
    return dg.MaterializeResult(
        metadata={
            "outcome": outcome,
            "file": dg.MetadataValue.path(str(run.settings.published)),
            "data_docs": dg.MetadataValue.path(str(docs)),
            "documents": found.documents,
            "incidents": found.incidents,
            "aggregates": found.aggregates,
            "casualty_claims": found.claims,
            "statements": found.statements,
            "rejected": found.rejected,
            "checks": f"{found.checks_passed} of {found.checks} passed",
        }
    )
