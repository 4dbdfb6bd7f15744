"""``python -m evaluation --data DIR``: build a warehouse of each set and score it with the set's own scorer; then resolution
alone, on gold readings.

The scorers and most gold lie outside the project in DIR (``gold/``, ``benchmarks/``); where it is absent, what needs it is
skipped and said so. The sealed half of the own corpus prints scores only, whatever is asked.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from evaluation import named_facts, record, resolution

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "training" / "data" / "conflict"
WORK = ROOT / ".bench" / "evaluation"
SETS = ("seeds", "open", "sealed", "muc4", "resolution")


@dataclass(frozen=True, slots=True)
class NewsSet:
    """Articles with gold readings for the news scorer."""

    name: str
    title: str
    articles: Path
    gold: Path
    manifest: str | None  # path, or None to read without one
    show_errors: bool = True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="folder with gold/ and benchmarks/")
    parser.add_argument("--only", nargs="*", choices=SETS, help="these sets only")
    parser.add_argument("--errors", action="store_true", help="list what was missed and invented (never of the sealed half)")
    parser.add_argument("--record", action="store_true", help="write docs/evaluation.md and append to its log")
    parser.add_argument("--keep", action="store_true", help="keep the warehouses in .bench/evaluation")
    args = parser.parse_args()
    wanted = set(args.only or SETS)
    scorer = args.data / "benchmarks" / "news" / "score_news.py"
    if not scorer.is_file():
        print(f"skipped: {args.data} holds no benchmarks/news/score_news.py; name the evaluation data with DATA=DIR")
        return 0
    scores: dict[str, dict[str, float | int]] = {}
    facts: dict[str, bool] = {}
    for news in news_sets(args.data, wanted):
        warehouse = build(news.name, news.articles, news.manifest)
        command = [sys.executable, str(scorer), "--gold", str(news.gold), "--warehouse", str(warehouse)]
        command += ["--manifest"] if news.manifest else []
        print(f"\n== {news.title}", flush=True)
        subprocess.run(command + (["--errors"] if args.errors and news.show_errors else []), check=True)
        if args.record:
            printed = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout
            scores[news.title] = record.news_row(json.loads(printed))
        if news.name == "seeds":
            facts = named_facts.show(warehouse)
    if "muc4" in wanted:
        printed = score_muc4(args.data / "benchmarks" / "muc4")
        if args.record and printed:
            scores["MUC-4 dev"] = record.muc_row(printed)
    resolved = resolution.measure(args.data, args.errors) if "resolution" in wanted else {}
    if args.record:
        record.write(scores, facts, resolved)
    if not args.keep:
        shutil.rmtree(WORK, ignore_errors=True)
    return 0


def news_sets(data: Path, wanted: set[str]) -> list[NewsSet]:
    sets: list[NewsSet] = []
    if "seeds" in wanted:
        seeds, gold = ROOT / "seeds" / "articles", data / "gold" / "seeds"
        sets.append(NewsSet("seeds", "seeds, with the manifest", seeds, gold, str(seeds / "manifest.csv")))
        sets.append(NewsSet("seeds_undated", "seeds, without the manifest", seeds, gold, None))
    for half in ("open", "sealed"):
        if half in wanted and (CORPUS / half / "manifest.csv").is_file():
            articles = WORK / f"{half}_articles"
            shutil.rmtree(articles, ignore_errors=True)
            subprocess.run(
                [sys.executable, "-m", "training.corpus", "articles", str(articles), "--split", half], check=True, cwd=ROOT
            )
            gold = WORK / f"{half}_gold"  # the readings alone: the folder holds annotations of clauses as well
            shutil.rmtree(gold, ignore_errors=True)
            gold.mkdir(parents=True)
            for path in sorted((CORPUS / half).glob("*.yaml")):
                if not path.name.endswith(".clauses.yaml"):
                    shutil.copy(path, gold)
            manifest = str(CORPUS / half / "manifest.csv")
            title = f"own corpus, {half} half, with its manifest"
            sets.append(NewsSet(half, title, articles, gold, manifest, half != "sealed"))
    return sets


def build(name: str, articles: Path, manifest: str | None) -> Path:
    """Run the whole line on ``articles`` in a warehouse of its own; returns the published file."""
    folder = WORK / name
    environ = {**os.environ, "ARTICLES_DIR": str(articles), "WAREHOUSE_DIR": str(folder), "MANIFEST": manifest or "none"}
    done = subprocess.run(
        [sys.executable, "-m", "dagster_project", "run", "--quiet"], env=environ, cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"the run on {articles} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return folder / "warehouse.duckdb"


def score_muc4(benchmark: Path) -> str:
    """MUC-4 dev through the benchmark's own adapter and scorer, whose output is returned; its texts stay outside the project."""
    if not (benchmark / "dev.jsonl").is_file():
        print(f"\nskipped: MUC-4 is not in {benchmark}")
        return ""
    articles = WORK / "muc4_articles"
    adapter = [sys.executable, str(benchmark / "warehouse.py")]
    subprocess.run([*adapter, "articles", str(benchmark / "dev.input.jsonl"), str(articles)], check=True)
    warehouse = build("muc4", articles, None)
    predictions = WORK / "muc4.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        subprocess.run([*adapter, "predictions", str(warehouse)], check=True, stdout=out)
    command = [sys.executable, str(benchmark / "score.py"), str(benchmark / "dev.jsonl"), str(predictions)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"\n== MUC-4 dev\n{printed}", flush=True)
    return printed


if __name__ == "__main__":
    sys.exit(main())
