"""``make bench``: build corpora, run the line on them, and print where the time and the memory go.

Sizes come from BENCH_SIZES (default 100,1000,10000); ratios are taken at 1,000 documents, in this one run.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from benchmarks import corpus, measure

WORK = measure.ROOT / ".bench" / "speed"
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "100,1000,10000").split(",")]
INCIDENTS = int(os.environ.get("BENCH_INCIDENTS", "1000000"))


def main() -> int:
    shutil.rmtree(WORK, ignore_errors=True)
    runs = {size: whole_line(size) for size in SIZES}
    reference = 1000 if 1000 in runs else SIZES[-1]
    print_runs(runs)
    floor = bare(reference)
    print_floor(runs[reference], floor, reference)
    one = whole_line(reference, "one_process", WORKERS="1")
    print(
        f"\nreading {reference} documents with 1 process: {one.result['stages']['reading']:.1f} s, with "
        f"{os.cpu_count()}: {runs[reference].result['stages']['reading']:.1f} s"
    )
    incremental(SIZES[-1], runs[SIZES[-1]])
    views = measure.run("views", str(INCIDENTS))
    print(f"\nanalytics views at {INCIDENTS:,} incidents ({views.result['size_mib']:.0f} MiB), by filter, in milliseconds")
    for name, times in sorted(views.result["views"].items(), key=lambda item: -max(item[1].values())):
        print(f"  {name:<36} " + "  ".join(f"{what} {seconds * 1000:.0f}" for what, seconds in times.items()))
    shutil.rmtree(WORK, ignore_errors=True)
    return 0


def folders(size: int, name: str = "data") -> dict[str, str]:
    return {"ARTICLES_DIR": str(WORK / f"{size}"), "WAREHOUSE_DIR": str(WORK / f"{size}_{name}")}


def whole_line(size: int, name: str = "data", **environ: str) -> measure.Measured:
    """The whole line on a fresh warehouse."""
    if not Path(folders(size)["ARTICLES_DIR"]).exists():
        corpus.write(WORK / f"{size}", 0, size)
    return measure.run("line", **folders(size, name), **environ)


def bare(size: int) -> dict[str, measure.Measured]:
    """The full pipeline and the language model alone over the same texts, one process each."""
    environ = {**folders(size), "OMP_NUM_THREADS": "1"}
    return {which: measure.run("floor", which, **environ) for which in ("pipeline", "model")}


def print_runs(runs: dict[int, measure.Measured]) -> None:
    print(
        f"{'documents':>10} {'words':>9} {'seconds':>8} {'docs/s':>7} {'words/s':>8} {'peak MiB':>9} {'file MiB':>9}  by stage"
    )
    for size, run in runs.items():
        stages = "  ".join(f"{name} {seconds:.1f}" for name, seconds in run.result["stages"].items())
        words = run.result["words"]
        print(
            f"{size:>10} {words:>9} {run.seconds:>8.1f} {size / run.seconds:>7.1f} {words / run.seconds:>8.0f} "
            f"{run.peak_mib:>9.0f} {run.result['published_mib']:>9.1f}  {stages}"
        )
        used = "  ".join(f"{name} {seconds:.1f}" for name, seconds in run.result["cpu"].items())
        print(f"{'CPU seconds':>20} {run.cpu_seconds:>8.1f} {'':>35}  {used}")
    if len(runs) > 1:
        small, large = sorted(runs)[-2:]
        print(f"peak memory at {large} documents is {runs[large].peak_mib / runs[small].peak_mib:.2f} of that at {small}")


def print_floor(run: measure.Measured, floor: dict[str, measure.Measured], size: int) -> None:
    print(f"\nthe floor: a bare nlp.pipe over the same {size} documents, one process")
    for which, measured in floor.items():
        result = measured.result
        print(
            f"  {which:<9} {result['seconds']:7.1f} s  {result['words'] / result['seconds']:7.0f} words/s  "
            f"{result['words'] / result['cpu_seconds']:7.0f} words per CPU-second  (load {result['load']:.1f} s)"
        )
    # One process of the floor against the cores the line uses: compare CPU time, which both spend on the same texts.
    cores = os.cpu_count() or 1
    pipeline = floor["pipeline"].result["seconds"] / cores
    load = floor["pipeline"].result["load"]
    reading = run.result["stages"]["reading"] - load
    whole = run.seconds - load - run.result["stages"]["imports"]
    print(f"  start-up (imports {run.result['stages']['imports']:.1f} s, model and gazetteer {load:.1f} s) subtracted:")
    print(
        f"  extraction runs at {pipeline / reading:.2f} of the floor on {cores} cores, the whole line at {pipeline / whole:.2f}"
    )


def incremental(size: int, full: measure.Measured) -> None:
    """A run with nothing new, one with ten documents more, one with a hundredth more."""
    print(f"\non top of {size} documents ({full.seconds:.1f} s)")
    same = measure.run("line", **folders(size))
    print(f"  nothing new: {same.seconds:.1f} s, {same.result['read']} documents read")
    added = 0
    for more in (10, max(size // 100, 1)):
        corpus.write(WORK / f"{size}", size + added, more)
        added += more
        run = measure.run("line", **folders(size))
        stages = "  ".join(f"{name} {seconds:.1f}" for name, seconds in run.result["stages"].items())
        print(
            f"  +{more}: {run.seconds:.1f} s, {run.seconds / full.seconds:.1%} of the full build, "
            f"{run.result['read']} documents read   {stages}"
        )


if __name__ == "__main__":
    sys.exit(main())
