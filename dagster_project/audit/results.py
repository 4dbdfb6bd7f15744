"""What an audit found, as typed values; nothing here knows Great Expectations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dagster_project.warehouse.inputs import Exclusion


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """One expectation on one version. outcome: passed, failed, or not_evaluated (it could not be checked: detail says why).

    Counts are of rows, null for expectations that look at a table as a whole. quarantined_count: rows that broke it
    in the first build and are not in this one.
    """

    suite: str
    name: str
    table: str
    severity: str
    scope: str
    why: str
    outcome: str
    unexpected_count: int | None = None
    element_count: int | None = None
    quarantined_count: int = 0
    detail: str | None = None
    row_ids: tuple[str, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """Whether this result alone stops publishing."""
        return self.severity == "error" and self.outcome != "passed"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """A build and its audit. ``blocked_by``: why it must not be published, empty when it may."""

    path: Path
    row_counts: Mapping[str, int]
    results: tuple[ExpectationResult, ...]
    quarantined: tuple[Exclusion, ...]
    blocked_by: tuple[str, ...]

    @property
    def is_publishable(self) -> bool:
        """Whether nothing blocks publishing."""
        return not self.blocked_by


class AuditBlocked(RuntimeError):
    """The build must not be published; the published version stays as it was."""
