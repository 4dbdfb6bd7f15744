"""Withdrawing a document: a publisher's correction, a request for privacy.

Belongs here: recording that a document is withdrawn, and what it told. Does not belong: carrying it through, which every
run does (``orchestration/line.py``: tidy and finish_withdrawals), so that a crash in between loses nothing.

What goes: the document's rows and files in the working database, batches, readings, all tables and views, Parquet, exports,
report, validation pages, kept versions, and earlier states of the incidents it reported. What stays: its id and the reason.
"""

from __future__ import annotations

from datetime import datetime

from dagster_project.files import remove
from dagster_project.settings import Settings
from dagster_project.warehouse import published
from dagster_project.warehouse.catalog import Catalog


class UnknownDocument(LookupError):
    """No such document was ever taken in."""


def record(settings: Settings, document_id: str, reason: str, now: datetime) -> list[str]:
    """Set the tombstone. The caller holds the run's lock; the next run carries the withdrawal through.

    Returns:
        The input files that hold the document still, as far as the warehouse knows.

    Raises:
        UnknownDocument: the id is of no document.
    """
    is_published = settings.published.is_file()
    told = published.incidents_told_by(settings.published, document_id) if is_published else []
    with Catalog.open(settings.work_dir) as catalog:
        known = catalog.knows(document_id) or document_id in catalog.withdrawn()
        if not known and not (is_published and document_id in published.document_ids(settings.published)):
            raise UnknownDocument(
                f"there is no document {document_id!r}: ids are in analytics.document and in marts.dim_document"
            )
        files = catalog.files_holding(document_id)
        # From now on the published version is not what it should be: the next run has something to do.
        remove(settings.published_inputs)
        catalog.withdraw(document_id, reason, told, "withdraw", now)
    return files


def pending(settings: Settings) -> list[str]:
    """Withdrawn documents of which something is left."""
    with Catalog.open(settings.work_dir) as catalog:
        return catalog.not_erased()
