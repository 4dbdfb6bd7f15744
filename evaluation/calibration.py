"""``python -m evaluation.calibration --data DIR [--fit]``: how often rows of a confidence are right, and the tables behind it.

Reads the own corpus, judges what is published of it (``judged.py``), fits the weights and maps of
``reading/confidence.py`` and prints a reliability table. ``--fit`` writes the tables to ``seeds/reference/`` and the
reliability table to ``docs/codebook.md``.

Held back: rules were developed on the open half, where they are right too often. So the open half only helps to weigh
features (its rows carry an offset of their own, which is dropped), and a map is fitted on held-back rows alone, on raw
scores whose weights were fitted without their article. The reliability table is of the sealed half, parted in two by a
hash of the articles' names: each part is judged with weights and maps fitted without it. The tables written are fitted on
all. Numbers only are printed of the sealed half.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dagster_project.reading import confidence
from dagster_project.reference import REFERENCE_DIR
from evaluation.__main__ import CORPUS, ROOT, WORK, build, news_sets
from evaluation.judged import judge, key_of, scorer

PARTS = 2  # of the sealed half, for the reliability table
FOLDS = 5  # of all articles, for raw scores that do not know their article
# Penalty on weights (log-odds, a Gaussian prior of standard deviation 0.58): few rows move a weight little. The rule's own
# score is drawn towards being believed as it stands, a map towards leaving the raw score as it is.
PENALTY, MAP_PENALTY = 3.0, 2.0
LEAST_ROWS = 8  # a feature shown, or not shown, by fewer rows says nothing
LEAST_SLOPE = 0.1  # a map rises, however little a raw score says
KNOTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
KINDS = ("report", "initiator", "target", "victim", "place", "weapon", "claim", "statement", "entity_mention")
NAMES = "entity_mention"
FEATURES_SOURCE, MAPS_SOURCE = "own corpus, both halves", "own corpus, sealed half"
CODEBOOK = ROOT / "docs" / "codebook.md"
BEGIN = "<!-- reliability: written by `python -m evaluation.calibration --fit` -->"
END = "<!-- /reliability -->"


@dataclass(frozen=True, slots=True)
class Sample:
    """A judged row: what the reader knows of it, and whether it is right."""

    article: str
    is_held_back: bool
    kind: str
    rule_score: float
    shown: frozenset[str]
    is_right: bool
    incident: str | None = None  # of a report


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights by kind and feature, and a map by kind: intercept and slope in log-odds."""

    weights: dict[str, dict[str, float]]
    maps: dict[str, tuple[float, float]]

    def raw(self, sample: Sample) -> float:
        return confidence.odds(self.weights[sample.kind], sample.rule_score, sample.shown)

    def calibrated(self, sample: Sample) -> float:
        intercept, slope = self.maps[sample.kind]
        return confidence.logistic(intercept + slope * self.raw(sample))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared", help="folder with benchmarks/news/score_news.py"
    )
    parser.add_argument("--fit", action="store_true", help="write the tables and the codebook's reliability table")
    args = parser.parse_args()
    if not (args.data / "benchmarks" / "news" / "score_news.py").is_file():
        print(f"skipped: {args.data} holds no benchmarks/news/score_news.py; name the evaluation data with --data DIR")
        return 0
    samples = [
        sample
        for news in news_sets(args.data, {"open", "sealed"})
        for sample in collect(
            args.data, build(news.name, news.articles, news.manifest), CORPUS / news.name, news.name == "sealed"
        )
    ]
    shutil.rmtree(WORK, ignore_errors=True)
    page = reliability(samples)
    print(page)
    tables = tables_of(fit(samples), samples)
    for name, rows in tables.items():
        path = REFERENCE_DIR / f"{name}.csv"
        text = _csv(rows)
        if args.fit:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")
        elif path.read_text(encoding="utf-8") != text:
            print(f"{path.relative_to(ROOT)} is not what these rows give: fit it anew with --fit")
    if args.fit:
        CODEBOOK.write_text(_between_marks(CODEBOOK.read_text(encoding="utf-8"), page), encoding="utf-8")
        print(f"written: {CODEBOOK.relative_to(ROOT)}")
    return 0


def collect(data: Path, warehouse: Path, annotations: Path, is_held_back: bool) -> list[Sample]:
    """The judged rows of a warehouse, with what reading left of them in the folder beside it."""
    current = warehouse.parent / "work" / "current"
    incidents = {
        (row["document_id"], row["report_no"]): row["incident_id"]
        for row in pl.read_parquet(current / "incident_map.parquet").iter_rows(named=True)
    }
    documents: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for table in (*confidence.TABLES, "actor", "place", "event_mention"):
        for row in pl.read_parquet(current / f"{table}.parquet").iter_rows(named=True):
            documents[row["document_id"]][table].append(row)
    read: dict[tuple[Any, ...], tuple[dict[str, Any], set[str]]] = {}
    for document_id, rows in documents.items():
        for table, shown in confidence.features(rows).items():
            for row, features in zip(rows[table], shown, strict=True):
                incident = incidents.get((document_id, row.get("report_no")))
                key = (document_id, table, key_of(table, {**row, "incident_id": incident}))
                # The surer of two rows that the warehouse holds for one, as it does.
                if key not in read or row["confidence"] > read[key][0]["confidence"]:
                    read[key] = row, features
    samples = []
    for judged in judge(scorer(data), warehouse, annotations):
        row, features = read[judged.document_id, judged.table, judged.key]
        incident = judged.key[0] if judged.table == "report" else None
        kind = confidence.kind_of(judged.table, row)
        samples.append(
            Sample(judged.article, is_held_back, kind, row["rule_score"], frozenset(features), judged.is_right, incident)
        )
    return samples


# --- fitting


def fit(samples: Sequence[Sample]) -> Fit:
    """Weights from all rows, maps from those held back. The order of the rows does not matter.

    Raises:
        ValueError: a kind has no held-back rows.
    """
    weights, maps = {}, {}
    for kind in KINDS:
        # Sums of floats depend on their order.
        own = sorted(
            (s for s in samples if s.kind == kind), key=lambda s: (s.article, s.rule_score, sorted(s.shown), s.is_right)
        )
        if not any(s.is_held_back for s in own):
            raise ValueError(f"no held-back rows of the kind {kind}")
        weights[kind] = _weigh(own)
        odds, right = [], []
        for fold in range(FOLDS):
            seen = [s for s in own if _part(s.article, FOLDS) != fold]
            unseen = [s for s in own if s.is_held_back and _part(s.article, FOLDS) == fold]
            if seen and unseen:
                without = _weigh(seen)
                odds += [confidence.odds(without, s.rule_score, s.shown) for s in unseen]
                right += [s.is_right for s in unseen]
        design = np.column_stack([np.ones(len(odds)), np.array(odds)])
        intercept, slope = _logistic_regression(design, right, np.array([0.0, 1.0]), np.full(2, MAP_PENALTY))
        maps[kind] = float(intercept), max(float(slope), LEAST_SLOPE)
    return Fit(weights, maps)


def _weigh(samples: Sequence[Sample]) -> dict[str, float]:
    shown = Counter(feature for s in samples for feature in s.shown)
    names = sorted(f for f, count in shown.items() if LEAST_ROWS <= count <= len(samples) - LEAST_ROWS)
    # The third column is the offset of the open half.
    design = np.array(
        [[1.0, confidence.logit(s.rule_score), not s.is_held_back, *(n in s.shown for n in names)] for s in samples],
        dtype=float,
    )
    prior = np.zeros(design.shape[1])
    prior[1] = 1.0
    penalty = np.full(design.shape[1], PENALTY)
    penalty[0] = 0.01
    found = _logistic_regression(design, [s.is_right for s in samples], prior, penalty)
    return {"always": float(found[0]), "rule_score": float(found[1])} | dict(zip(names, map(float, found[3:]), strict=True))


def _logistic_regression(design: np.ndarray, right: Sequence[bool], prior: np.ndarray, penalty: np.ndarray) -> np.ndarray:
    """Coefficients by Newton's method, each drawn towards its prior. Steps that overshoot are halved: the loss is convex.

    Raises:
        ArithmeticError: it does not settle.
    """
    wanted = np.array(right, dtype=float)

    def loss(at: np.ndarray) -> float:
        odds = design @ at
        return float(np.sum(np.logaddexp(0, odds) - wanted * odds) + np.sum(penalty * (at - prior) ** 2) / 2)

    found = prior.copy()
    for _ in range(200):
        share = 1 / (1 + np.exp(-(design @ found)))
        slope = design.T @ (share - wanted) + penalty * (found - prior)
        step = np.linalg.solve(design.T @ (design * (share * (1 - share))[:, None]) + np.diag(penalty), slope)
        while np.abs(step).max() > 1e-9 and loss(found - step) > loss(found):
            step /= 2
        found = found - step
        if np.abs(step).max() <= 1e-9:
            return found
    raise ArithmeticError("the regression does not settle")


def _part(article: str, parts: int) -> int:
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % parts


def tables_of(found: Fit, samples: Sequence[Sample]) -> dict[str, list[dict[str, Any]]]:
    """A fit as rows of ``confidence_features`` and ``confidence_calibration``."""
    rows = Counter(s.kind for s in samples)
    held_back = Counter(s.kind for s in samples if s.is_held_back)
    shown = Counter((s.kind, f) for s in samples for f in s.shown)
    features = [
        {
            "kind": kind,
            "feature": name,
            "weight": f"{weight:.3f}",
            "rows": shown.get((kind, name), rows[kind]),
            "source": FEATURES_SOURCE,
        }
        for kind, weights in found.weights.items()
        for name, weight in weights.items()
    ]
    knots = [
        {"kind": kind, "raw": raw, "calibrated": f"{value:.3f}", "rows": held_back[kind], "source": MAPS_SOURCE}
        for kind, (intercept, slope) in found.maps.items()
        for raw, value in ((k, confidence.logistic(intercept + slope * confidence.logit(k))) for k in KNOTS)
    ]
    return {"confidence_features": features, "confidence_calibration": knots}


def _csv(rows: list[dict[str, Any]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# --- measuring


def reliability(samples: Sequence[Sample]) -> str:
    """Two Markdown tables of the held-back rows: measures by kind, and shares right by bin of confidence."""
    told: list[tuple[Sample, float]] = []
    for part in range(PARTS):
        unseen = [s for s in samples if s.is_held_back and _part(s.article, PARTS) == part]
        found = fit([s for s in samples if not (s.is_held_back and _part(s.article, PARTS) == part)])
        told += [(s, found.calibrated(s)) for s in unseen]
    groups: dict[str, tuple[list[float], list[float], list[bool]]] = {}
    for kind in KINDS:
        own = [(s, p) for s, p in told if s.kind == kind]
        groups[kind] = [s.rule_score for s, _ in own], [p for _, p in own], [s.is_right for s, _ in own]
    groups["incident, of all its reports"] = _incidents(told)
    every = [s.rule_score for s, _ in told], [p for _, p in told], [s.is_right for s, _ in told]
    lines = [
        "| kind | rows | right | mean confidence | calibration error | Brier score | AUC |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, (rule, after, right) in {**groups, "all rows": every}.items():
        lines.append(
            f"| {name} | {len(right)} | {np.mean(right):.2f} | {np.mean(rule):.2f} → {np.mean(after):.2f} "
            + "".join(
                f"| {measure(rule, right):.3f} → {measure(after, right):.3f} " for measure in (calibration_error, brier, auc)
            )
            + "|"
        )
    lines += ["", "| rows | confidence | count | mean confidence | right |", "| --- | --- | --- | --- | --- |"]
    for name, is_wanted in (("all but names", lambda s: s.kind != NAMES), ("names", lambda s: s.kind == NAMES)):
        own = [(p, s.is_right) for s, p in told if is_wanted(s)]
        for low, high, count, mean, share in bins([p for p, _ in own], [right for _, right in own]):
            lines.append(f"| {name} | {low:.2f} to {high:.2f} | {count} | {mean:.2f} | {share:.2f} |")
    return "\n".join(lines)


def _incidents(told: Sequence[tuple[Sample, float]]) -> tuple[list[float], list[float], list[bool]]:
    """Incidents as resolution sums them up: noisy-or of their reports; right if one of these is."""
    reports: dict[str, list[tuple[Sample, float]]] = defaultdict(list)
    for sample, value in told:
        if sample.incident:
            reports[sample.incident].append((sample, value))
    found = list(reports.values())
    return (
        [_either([s.rule_score for s, _ in group]) for group in found],
        [_either([p for _, p in group]) for group in found],
        [any(s.is_right for s, _ in group) for group in found],
    )


def _either(shares: Sequence[float]) -> float:
    return min(0.99, 1 - float(np.prod([1 - share for share in shares])))


def bins(shares: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int, float, float]]:
    """(from, to, rows, mean confidence, share right) of each bin that holds rows; the upper bound belongs to the last alone."""
    found = []
    for low, high in itertools.pairwise(BINS):
        own = [n for n, share in enumerate(shares) if low <= share < high or share == high == BINS[-1]]
        if own:
            found.append(
                (low, high, len(own), float(np.mean([shares[n] for n in own])), float(np.mean([right[n] for n in own])))
            )
    return found


def calibration_error(shares: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: mean distance of confidence and share right over the bins, by their rows."""
    return sum(count * abs(mean - share) for _, _, count, mean, share in bins(shares, right)) / len(right)


def brier(shares: Sequence[float], right: Sequence[bool]) -> float:
    """Mean squared distance of confidence and truth (Brier 1950)."""
    return float(np.mean([(share - is_right) ** 2 for share, is_right in zip(shares, right, strict=True)]))


def auc(shares: Sequence[float], right: Sequence[bool]) -> float:
    """How often a right row has more confidence than a wrong one (ties half)."""
    good = np.array([s for s, is_right in zip(shares, right, strict=True) if is_right])
    bad = np.array([s for s, is_right in zip(shares, right, strict=True) if not is_right])
    if not len(good) or not len(bad):
        return float("nan")
    return float((good[:, None] > bad).mean() + (good[:, None] == bad).mean() / 2)


def _between_marks(page: str, told: str) -> str:
    parts = re.split(r"<!-- reliability.*?-->|<!-- /reliability -->", page)
    if len(parts) != 3:
        raise ValueError(f"{CODEBOOK.name} has no marks for the reliability table")
    return f"{parts[0]}{BEGIN}\n\n{told}\n\n{END}{parts[2]}"


if __name__ == "__main__":
    sys.exit(main())
