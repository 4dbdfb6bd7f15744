"""The log of scores: one line a commit and set in ``docs/evaluation_log.csv``, the last table in ``docs/evaluation.md``.

Belongs here: writing what was measured. Does not belong: measuring (``__main__.py``).
"""

from __future__ import annotations

import csv
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOG = ROOT / "docs" / "evaluation_log.csv"
PAGE = ROOT / "docs" / "evaluation.md"
NEWS = (
    "incident", "incident type", "aggregate", "casualty", "claimant", "initiator", "target", "person", "group", "place",
    "statement", "statement type", "same incident",
)  # fmt: skip
MUC = (
    "doc relevance", "incident type", "entity lenient: MICRO", "template lenient: MICRO", "casualty", "country",
    "date (single-day gold)",
)  # fmt: skip
# What issue-level targets ask for, as F1; read beside the figures.
TARGETS = {"incident": 0.95, "incident type": 0.95, "casualty": 0.95, "claimant": 0.85, "initiator": 0.90, "person": 0.97,
           "group": 0.90, "place": 0.90, "statement": 0.85}  # fmt: skip


def revision() -> str:
    """Short commit of the working tree, with ``+`` when something is not committed."""
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    dirty = subprocess.run(["git", "status", "--porcelain", "-uno"], cwd=ROOT, capture_output=True, text=True, check=True)
    return head.stdout.strip() + ("+" if dirty.stdout.strip() else "")


def news_row(result: dict[str, Any]) -> dict[str, float | int]:
    """F1 by measure, dates right, missing and wrong, traps read as actual, share of exact provenance."""
    row: dict[str, float | int] = {name: result[name]["f1"] for name in NEWS}
    row |= {f"dates {name}": count for name, count in result["date"].items()}
    row |= {"traps": result["trap"]["read_as_actual"], "of traps": result["trap"]["of"]}
    row["provenance"] = result["provenance"]["share"]
    return row


def muc_row(printed: str) -> dict[str, float | int]:
    """F1 by measure from the lines that the MUC-4 scorer prints."""
    row: dict[str, float | int] = {}
    for name in MUC:
        match = re.search(rf"^{re.escape(name)}\s+\d+\s+\d+\s+\d+\s+[\d.]+\s+[\d.]+\s+([\d.]+)$", printed, re.MULTILINE)
        if match:
            row[name] = float(match.group(1))
    return row


Scores = dict[str, dict[str, float | int]]  # set name -> measure -> value


def write(scores: Scores, facts: dict[str, bool], resolved: Scores) -> None:
    """Append the scores to the log and write the page anew.

    Args:
        scores: of readings.
        facts: what is asked of the seeds' incidents -> whether it holds.
        resolved: of resolution alone, on gold readings.
    """
    LOG.parent.mkdir(exist_ok=True)
    is_new = not LOG.exists()
    commit, today = revision(), date.today().isoformat()
    with LOG.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        if is_new:
            rows.writerow(["date", "commit", "set", "measure", "value"])
        told = {**scores, **{f"resolution alone: {name}": row for name, row in resolved.items()}}
        for name, measures in told.items():
            for measure, value in measures.items():
                rows.writerow([today, commit, name, measure, value])
    PAGE.write_text(_page(scores, facts, resolved, commit, today), encoding="utf-8")


def _page(scores: Scores, facts: dict[str, bool], resolved: Scores, commit: str, today: str) -> str:
    news = {name: row for name, row in scores.items() if "incident type" in row and "doc relevance" not in row}
    lines = [
        "# Evaluation",
        "",
        "Written by `make evaluate` (`python -m evaluation --record`); every figure below was printed by that command on the",
        f"commit `{commit}`, {today}. F1 unless said otherwise. Scorers and the gold of the seeds and of MUC-4 lie outside the",
        "project (DATA=...); the own corpus is in `training/data/conflict/`. Rules were developed on the seeds, the open half and",
        "MUC-4's training texts; the sealed half was only ever scored, its errors unread. Its numbers were seen between changes, and a",
        "few times decided between two forms of a rule. The open half is development text: what articles nobody had tuned on",
        "scored when first read stands in its README (`training/data/conflict/README.md`, At first sight).",
        "",
        "| measure | " + " | ".join(news) + " | asked on the seeds |",
        "| --- |" + " --- |" * (len(news) + 1),
    ]
    for measure in _measures(news):
        lines.append(f"| {measure} | " + " | ".join(_cells(news, measure)) + f" | {TARGETS.get(measure, '')} |")
    for name, row in scores.items():
        if "doc relevance" in row:
            lines += ["", f"## {name}", "", "| measure | F1 |", "| --- | --- |"]
            lines += [f"| {measure} | {value:.3f} |" for measure, value in row.items()]
    if facts:
        lines += ["", "## Incidents of the seeds, with the manifest", ""]
        lines += [f"- {'holds' if holds else '**fails**'}: {fact}" for fact, holds in facts.items()]
    if resolved:
        lines += [
            "",
            "## Resolution alone",
            "",
            "On reports made from the gold readings (`python -m evaluation.resolution`), so that no misreading counts. The weights",
            "were set by hand on those of the seeds and the open half; the sealed half was only scored. Pairs of reports of different",
            "documents; own pairs are those that tell one incident and the look-alikes of `near_misses.csv`.",
            "",
            "| measure | " + " | ".join(resolved) + " |",
            "| --- |" + " --- |" * len(resolved),
        ]
        lines += [f"| {measure} | " + " | ".join(_cells(resolved, measure)) + " |" for measure in _measures(resolved)]
    lines += [
        "",
        "Earlier figures, one line a commit, set and measure: [evaluation_log.csv](evaluation_log.csv).",
        "",
    ]
    return "\n".join(lines)


def _measures(scores: Scores) -> list[str]:
    return list(dict.fromkeys(measure for row in scores.values() for measure in row))


def _cells(scores: Scores, measure: str) -> list[str]:
    values = [row.get(measure, "") for row in scores.values()]
    return [f"{value:.3f}" if isinstance(value, float) else str(value) for value in values]
