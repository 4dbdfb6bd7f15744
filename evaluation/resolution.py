"""``python -m evaluation.resolution``: resolution alone, on gold readings: are reports of one incident brought together?

Prints pairwise precision, recall and F1 over reports of different documents, CoNLL F1 (mean of MUC, B-cubed and CEAF-e)
over all reports, and how the near misses of the own corpus and its same-incident pairs came out. The seeds are scored
with and without their manifest where their gold is there.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import polars as pl

from dagster_project.resolution.resolve import resolve
from evaluation.gold_reading import GoldSet, read_gold

ROOT = Path(__file__).resolve().parents[1]
OPEN = ROOT / "training" / "data" / "conflict" / "open"
SEEDS = ROOT / "seeds" / "articles"
NOW = datetime(2025, 1, 1, tzinfo=UTC)
Key = tuple[str, int]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="folder with gold/seeds")
    parser.add_argument("--errors", action="store_true", help="list wrong and missed pairs")
    parser.add_argument("--keep", type=Path, help="leave the tables of each set in this folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = args.keep or Path(folder)
        from training.corpus import articles

        texts = {article.name: article.text for article in articles("open")}
        gold = read_gold(OPEN, texts, OPEN / "manifest.csv")
        score_set("own corpus, open half", gold, base / "open", args.errors, OPEN / "near_misses.csv")
        seeds = args.data / "gold" / "seeds"
        if not seeds.is_dir():
            print(f"skipped: {args.data} holds no gold/seeds; name the evaluation data with --data DIR")
            return 0
        seed_texts = {p.stem: p.read_text(encoding="utf-8") for p in SEEDS.glob("*.txt")}
        score_set(
            "seeds, with the manifest", read_gold(seeds, seed_texts, SEEDS / "manifest.csv"), base / "seeds", args.errors
        )
        score_set("seeds, without the manifest", read_gold(seeds, seed_texts, None), base / "undated", args.errors)
    return 0


def score_set(title: str, gold: GoldSet, folder: Path, with_errors: bool, near_misses: Path | None = None) -> None:
    """Resolve a gold set and print how it came out."""
    gold.write(folder)
    resolve(folder, None, None, NOW)
    found = {(d, n): i for d, n, i in pl.read_parquet(folder / "incident_map.parquet").iter_rows()}
    precision, recall, f1, wrong, missed = pairwise(gold.incident_of, found)
    print(
        f"\n== {title}: {len(found)} reports, {len(set(gold.incident_of.values()))} gold incidents, {len(set(found.values()))} found"
    )
    print(f"same incident, pairs of different documents: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    print("CoNLL F1 {:.3f} (MUC {:.3f}, B3 {:.3f}, CEAFe {:.3f})".format(*conll(gold.incident_of, found)))
    if near_misses is not None:
        _near_misses(near_misses, gold, found, with_errors)
    if with_errors:
        links = {
            (r["document_id_a"], r["report_no_a"], r["document_id_b"], r["report_no_b"]): r
            for r in pl.read_parquet(folder / "incident_link.parquet").to_dicts()
        }
        for name, pairs in (("wrongly merged", wrong), ("missed", missed)):
            for a, b in pairs:
                link = links.get((*a, *b), {})
                print(
                    f"  {name}: {gold.incident_of[a]} / {gold.incident_of[b]}: {a[0]} {b[0]}: {link.get('decision')} {link.get('score')} {link.get('reason')}"
                )


def _near_misses(path: Path, gold: GoldSet, found: Mapping[Key, str], with_errors: bool) -> None:
    at = {(d, incident): found[d, n] for (d, n), incident in gold.incident_of.items()}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    merged = [r for r in rows if at[r["doc_a"], r["incident_a"]] == at[r["doc_b"], r["incident_b"]]]
    print(f"near misses kept apart: {len(rows) - len(merged)} of {len(rows)}")
    if with_errors:
        for r in merged:
            print(f"  merged near miss: {r['incident_a']} / {r['incident_b']}: {r['why']}")


def pairwise(
    gold: Mapping[Key, str], found: Mapping[Key, str]
) -> tuple[float, float, float, list[tuple[Key, Key]], list[tuple[Key, Key]]]:
    """Precision, recall and F1 of pairs of different documents; wrong and missed pairs."""
    hit, wrong, missed = 0, [], []
    for a, b in combinations(sorted(gold), 2):
        if a[0] == b[0]:
            continue
        is_gold, is_found = gold[a] == gold[b], found[a] == found[b]
        hit += is_gold and is_found
        if is_found and not is_gold:
            wrong.append((a, b))
        if is_gold and not is_found:
            missed.append((a, b))
    precision = hit / (hit + len(wrong)) if hit + len(wrong) else 1.0
    recall = hit / (hit + len(missed)) if hit + len(missed) else 1.0
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1.0), wrong, missed


def conll(gold: Mapping[Key, str], found: Mapping[Key, str]) -> tuple[float, float, float, float]:
    """CoNLL F1, MUC, B-cubed and CEAF-e F1 of two partitions of the same reports."""
    key, response = _clusters(gold), _clusters(found)
    muc = _f1(_muc(key, found), _muc(response, gold))
    cubed = _f1(_b_cubed(gold, found, key, response), _b_cubed(found, gold, response, key))
    ceaf = _ceaf_e(list(key.values()), list(response.values()))
    return (muc + cubed + ceaf) / 3, muc, cubed, ceaf


def _clusters(of: Mapping[Key, str]) -> dict[Hashable, set[Key]]:
    clusters: dict[Hashable, set[Key]] = defaultdict(set)
    for report, name in of.items():
        clusters[name].add(report)
    return clusters


def _f1(recall: float, precision: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc(clusters: Mapping[Hashable, set[Key]], other: Mapping[Key, str]) -> float:
    links = sum(len(c) - 1 for c in clusters.values())
    kept = sum(len(c) - len({other[r] for r in c}) for c in clusters.values())
    return kept / links if links else 1.0


def _b_cubed(
    of: Mapping[Key, str],
    other: Mapping[Key, str],
    clusters: Mapping[Hashable, set[Key]],
    others: Mapping[Hashable, set[Key]],
) -> float:
    return sum(len(clusters[of[r]] & others[other[r]]) / len(clusters[of[r]]) for r in of) / len(of)


def _ceaf_e(key: list[set[Key]], response: list[set[Key]]) -> float:
    """F1 of the best one-to-one alignment of clusters (entity-based CEAF)."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    similarity = np.array([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])
    rows, columns = linear_sum_assignment(-similarity)
    total = similarity[rows, columns].sum()
    return _f1(float(total / len(key)), float(total / len(response)))


if __name__ == "__main__":
    sys.exit(main())
