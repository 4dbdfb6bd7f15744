"""Facts about the seeds that a person can name, looked up in their warehouse: which articles tell one incident.

Belongs here: these facts and their check. Does not belong: scores over many pairs (``resolution.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dagster_project.warehouse import sql

JUNE_2021 = {"000_a335af0c2d9854f5.txt", "001_c52d7f38339ded0c.txt", "004_9cf14b2d4f1f0b8e.txt"}
FEBRUARY_2021 = "002_808bcec10c8f3a9f.txt"
FEBRUARY_2024 = "003_f006952e98d6398b.txt"


@dataclass(frozen=True, slots=True)
class Told:
    """An incident with the files that tell it."""

    event_type: str
    start: date | None
    is_aggregate: bool
    files: frozenset[str]


def incidents(warehouse: Path) -> list[Told]:
    """The incidents of a published file that have reports."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(sql.text("evaluation", "incident_report")).fetchall()
    files: dict[str, set[str]] = {}
    for incident_id, *_, file in rows:
        files.setdefault(incident_id, set()).add(file)
    return list(
        {
            incident_id: Told(kind, start, is_aggregate, frozenset(files[incident_id]))
            for incident_id, kind, start, is_aggregate, _ in rows
        }.values()
    )


def check(found: list[Told]) -> dict[str, bool]:
    """What is asked of the seeds read with their manifest -> whether it holds."""
    strikes = [i for i in found if i.event_type == "airstrike" and not i.is_aggregate]
    june = [i for i in strikes if i.start == date(2021, 6, 27)]
    february_2021 = [i for i in strikes if FEBRUARY_2021 in i.files]
    february_2024 = [i for i in strikes if FEBRUARY_2024 in i.files]
    drones = [i for i in found if i.event_type == "drone_attack" and i.is_aggregate]
    return {
        "the three articles of June 2021 tell one airstrike": [i.files for i in june] == [JUNE_2021],
        "the strikes of February 2021 and of February 2024 are apart": (
            bool(february_2021 and february_2024) and all(len(i.files) == 1 for i in february_2021 + february_2024)
        ),
        "the drone attacks since April 2021 are one aggregate, from three articles": (
            [(i.start, i.files) for i in drones] == [(date(2021, 4, 1), JUNE_2021)]
        ),
    }


def show(warehouse: Path) -> dict[str, bool]:
    """Check a published file, print a line for each fact."""
    facts = check(incidents(warehouse))
    for fact, holds in facts.items():
        print(f"{'holds' if holds else 'FAILS'}: {fact}", flush=True)
    return facts
