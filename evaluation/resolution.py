"""``python -m evaluation.resolution``: resolution alone, on gold readings: are reports of one incident brought together?

Prints pairwise precision, recall and F1 over reports of different documents, CoNLL F1 (mean of MUC, B-cubed and CEAF-e)
over all reports, and how the near misses of the own corpus and its same-incident pairs came out, by what makes them hard.
The seeds are scored with and without their manifest where their gold is there. ``make evaluate`` prints the same.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import polars as pl

from dagster_project.resolution.resolve import resolve
from evaluation.gold_reading import GoldSet, read_gold

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "training" / "data" / "conflict"
SEEDS = ROOT / "seeds" / "articles"
NOW = datetime(2025, 1, 1, tzinfo=UTC)
Key = tuple[str, int]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="folder with gold/seeds")
    parser.add_argument("--errors", action="store_true", help="list wrong and missed pairs")
    parser.add_argument("--keep", type=Path, help="leave the tables of each set in this folder")
    args = parser.parse_args()
    measure(args.data, args.errors, args.keep)
    return 0


def measure(data: Path, with_errors: bool = False, keep: Path | None = None) -> dict[str, dict[str, float | int]]:
    """Resolve the gold readings of the own corpus and of the seeds, print how it came out; set -> measure -> value.

    Of the sealed half scores only, whatever is asked.
    """
    from training.corpus import articles

    scores: dict[str, dict[str, float | int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        base = keep or Path(folder)
        for half in ("open", "sealed"):
            folder_of = CORPUS / half
            texts = {article.name: article.text for article in articles(half)}
            gold = read_gold(folder_of, texts, folder_of / "manifest.csv")
            title = f"own corpus, {half} half"
            is_shown = with_errors and half == "open"
            scores[title] = score_set(title, gold, base / half, is_shown, folder_of / "near_misses.csv")
        seeds = data / "gold" / "seeds"
        if not seeds.is_dir():
            print(f"skipped: {data} holds no gold/seeds; name the evaluation data with --data DIR")
            return scores
        seed_texts = {p.stem: p.read_text(encoding="utf-8") for p in SEEDS.glob("*.txt")}
        for title, manifest in (("seeds, with the manifest", SEEDS / "manifest.csv"), ("seeds, without the manifest", None)):
            scores[title] = score_set(title, read_gold(seeds, seed_texts, manifest), base / title, with_errors)
    return scores


def score_set(
    title: str, gold: GoldSet, folder: Path, with_errors: bool, near_misses: Path | None = None
) -> dict[str, float | int]:
    """Resolve a gold set, print how it came out and return it."""
    gold.write(folder)
    resolve(folder, None, None, NOW)
    found = {(d, n): i for d, n, i in pl.read_parquet(folder / "incident_map.parquet").iter_rows()}
    precision, recall, f1, wrong, missed = pairwise(gold.incident_of, found)
    f1_conll, *parts = conll(gold.incident_of, found)
    print(
        f"\n== resolution alone, on gold readings: {title}: {len(found)} reports, {len(set(gold.incident_of.values()))} gold "
        f"incidents, {len(set(found.values()))} found"
    )
    print(f"same incident, pairs of different documents: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    print("CoNLL F1 {:.3f} (MUC {:.3f}, B3 {:.3f}, CEAFe {:.3f})".format(f1_conll, *parts))
    scores: dict[str, float | int] = {"pair P": precision, "pair R": recall, "pair F1": f1, "CoNLL F1": f1_conll}
    if near_misses is not None:
        scores |= _hard_pairs(near_misses, gold, found, with_errors)
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
    return scores


def _hard_pairs(path: Path, gold: GoldSet, found: Mapping[Key, str], with_errors: bool) -> dict[str, float | int]:
    """The pairs of one incident and the look-alikes listed in ``path``, by what makes them hard."""
    at = {(d, incident): found[d, n] for (d, n), incident in gold.incident_of.items()}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    merged = [r for r in rows if at[r["doc_a"], r["incident_a"]] == at[r["doc_b"], r["incident_b"]]]
    tolls = _tolls(gold)
    same = [
        (
            "toll revised" if tolls.get(a) and tolls.get(b) and not tolls[a] & tolls[b] else "one incident",
            found[a] == found[b],
        )
        for a, b in combinations(sorted(gold.incident_of), 2)
        if a[0] != b[0] and gold.incident_of[a] == gold.incident_of[b]
    ]
    hits = sum(is_found for _, is_found in same)
    print(f"{len(same) + len(rows)} pairs of own making: {len(same)} of one incident, {len(rows)} near misses")
    for kind in sorted({kind for kind, _ in same}):
        print(
            f"  {kind + ', brought together':<42} {sum(f for k, f in same if k == kind)} of {sum(k == kind for k, _ in same)}"
        )
    for kind, count in sorted(Counter(_kind(r) for r in rows).items()):
        apart = count - sum(_kind(r) == kind for r in merged)
        print(f"  {kind.replace('_', ' ') + ', kept apart':<42} {apart} of {count}")
    if with_errors:
        for r in merged:
            print(f"  merged near miss: {r['incident_a']} / {r['incident_b']}: {r['why']}")
    return {
        "own pairs": len(same) + len(rows),
        "own pairs P": hits / (hits + len(merged)) if hits + len(merged) else 1.0,
        "own pairs R": hits / len(same),
        "near misses apart": len(rows) - len(merged),
        "of near misses": len(rows),
    }


def _kind(near_miss: Mapping[str, str]) -> str:
    return near_miss.get("kind") or "look-alike"  # only the open half's are told apart by kind


def _tolls(gold: GoldSet) -> dict[Key, set[tuple[int | None, int | None]]]:
    """The tolls of dead that each report gives, parts of others left out."""
    found: dict[Key, set[tuple[int | None, int | None]]] = defaultdict(set)
    for claim in gold.rows["claim"]:
        if claim["kind"] == "killed" and claim["part_of_claim_no"] is None:
            found[claim["document_id"], claim["report_no"]].add((claim["count_low"], claim["count_high"]))
    return found


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
