"""``make bench``: build corpora, run the line on them, and print where the time and the memory go, as it is measured.

Sizes come from BENCH_SIZES (default 100,1000,10000); ratios are taken at 1,000 documents, in this one run. BENCH_PARTS names
what is measured beside the line itself (default: all of floor, processes, incremental, resolution, dagster, views).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from io import TextIOWrapper
from pathlib import Path

from benchmarks import corpus, measure

WORK = measure.ROOT / ".bench" / "speed"
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "100,1000,10000").split(",")]
INCIDENTS = int(os.environ.get("BENCH_INCIDENTS", "1000000"))
REPORTS = int(os.environ.get("BENCH_REPORTS", "20000"))
PARTS = ("floor", "processes", "incremental", "resolution", "dagster", "views")
CHOSEN = os.environ.get("BENCH_PARTS", ",".join(PARTS)).split(",")


def main() -> int:
    if unknown := set(CHOSEN) - {*PARTS, ""}:
        print(f"BENCH_PARTS: {', '.join(sorted(unknown))} is none of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    shutil.rmtree(WORK, ignore_errors=True)
    print_header()
    runs = {}
    for size in SIZES:
        runs[size] = whole_line(size)
        print_run(size, runs[size])
    print_memory(runs)
    reference = 1000 if 1000 in runs else SIZES[-1]
    floor = bare(reference) if "floor" in CHOSEN else None
    if floor:
        print_floor(runs[reference], floor, reference)
    if "processes" in CHOSEN:
        one_process(reference, runs[reference], floor)
    if "incremental" in CHOSEN:
        incremental(SIZES[-1], runs[SIZES[-1]])
    if "resolution" in CHOSEN:
        resolution()
    if "dagster" in CHOSEN:
        jobs()
    if "views" in CHOSEN:
        views()
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


def print_header() -> None:
    print(
        f"{'documents':>10} {'words':>9} {'seconds':>8} {'docs/s':>7} {'words/s':>8} {'peak MiB':>9} {'together':>9} {'file MiB':>9}  by stage"
    )


def print_run(size: int, run: measure.Measured) -> None:
    words = run.result["words"]
    print(
        f"{size:>10} {words:>9} {run.seconds:>8.1f} {size / run.seconds:>7.1f} {words / run.seconds:>8.0f} "
        f"{run.peak_mib:>9.0f} {run.together_mib:>9.0f} {run.result['published_mib']:>9.1f}  {by_stage(run.result['stages'])}"
    )
    print(f"{'CPU seconds':>20} {run.cpu_seconds:>8.1f} {'':>45}  {by_stage(run.result['cpu'])}")


def by_stage(times: dict[str, float]) -> str:
    return "  ".join(f"{name} {seconds:.1f}" for name, seconds in times.items())


def print_memory(runs: dict[int, measure.Measured]) -> None:
    if len(runs) > 1:
        small, large = sorted(runs)[-2:]
        print(
            f"peak memory at {large} documents is {runs[large].peak_mib / runs[small].peak_mib:.2f} of that at {small} in the "
            f"largest process, {runs[large].together_mib / runs[small].together_mib:.2f} in all processes together"
        )


def print_floor(run: measure.Measured, floor: dict[str, measure.Measured], size: int) -> None:
    print(f"\nthe floor: a bare nlp.pipe over the same {size} documents, one process")
    for which, measured in floor.items():
        result = measured.result
        print(
            f"  {which:<9} {result['seconds']:7.1f} s  {result['words'] / result['seconds']:7.0f} words/s  "
            f"{result['words'] / result['cpu_seconds']:7.0f} words per CPU-second  (load {result['load']:.1f} s)"
        )
    imports, load = run.result["stages"]["imports"], floor["pipeline"].result["load"]
    print(f"  start-up (imports {imports:.1f} s, model and gazetteer {load:.1f} s) subtracted:")
    cores = os.cpu_count() or 1
    print(
        f"  the line with {cores} processes against the floor's time shared by {cores} cores: {of_floor(run, floor, cores)}"
    )


def of_floor(run: measure.Measured, floor: dict[str, measure.Measured], cores: int) -> str:
    """The parts of the line as shares of the floor on as many cores, without what both need to start."""
    pipeline = floor["pipeline"].result["seconds"] / cores
    load = floor["pipeline"].result["load"]
    reading = run.result["stages"]["reading"] - load
    whole = run.seconds - load - run.result["stages"]["imports"]
    return f"extraction {pipeline / reading:.2f}, the whole line {pipeline / whole:.2f}"


def one_process(size: int, run: measure.Measured, floor: dict[str, measure.Measured] | None) -> None:
    alone = whole_line(size, "one_process", WORKERS="1")
    one, several = alone.result["stages"]["reading"], run.result["stages"]["reading"]
    print(
        f"\nreading {size} documents with 1 process: {one:.1f} s, with {os.cpu_count()}: {several:.1f} s, {one / several:.2f} x"
    )
    if floor:
        print(f"  like for like, the line with 1 process against the floor's one: {of_floor(alone, floor, 1)}")


def incremental(size: int, full: measure.Measured) -> None:
    """A run with nothing new, one with ten documents more, one with a hundredth more."""
    print(f"\non top of {size} documents ({full.seconds:.1f} s, {full.cpu_seconds:.1f} CPU seconds)")
    same = measure.run("line", **folders(size))
    print(f"  nothing new: {same.seconds:.1f} s, {same.result['read']} documents read   {by_stage(same.result['stages'])}")
    added = 0
    for more in (10, max(size // 100, 1)):
        corpus.write(WORK / f"{size}", size + added, more)
        added += more
        run = measure.run("line", **folders(size))
        print(
            f"  +{more}: {run.seconds:.1f} s, {run.seconds / full.seconds:.1%} of the full build (CPU "
            f"{run.cpu_seconds / full.cpu_seconds:.1%}), {run.result['read']} documents read   {by_stage(run.result['stages'])}"
        )


def resolution() -> None:
    """Resolution alone, from nothing and with a hundred reports more."""
    run = measure.run("resolution", str(REPORTS))
    found = run.result
    share = found["worked_more"] / found["worked"]
    print(
        f"\nresolution of {found['reports']:,} made-up reports: {found['seconds']:.1f} s ({found['worked']:.1f} CPU seconds), "
        f"{found['compared']:,} pairs compared, peak {run.peak_mib:.0f} MiB\n"
        f"  +{found['more']}: {found['seconds_more']:.1f} s ({found['worked_more']:.1f} CPU seconds, {share:.1%} of the whole), "
        f"{found['compared_more']:,} pairs compared"
    )


def jobs() -> None:
    """The five seeds through Dagster, with its history kept, and the job again with nothing new, against an empty one."""
    home = WORK / "dagster"
    home.mkdir(parents=True)
    shutil.copy(measure.ROOT / "dagster.yaml", home)
    environ = {
        "ARTICLES_DIR": str(measure.ROOT / "seeds" / "articles"),
        "WAREHOUSE_DIR": str(WORK / "seeds"),
        "DAGSTER_HOME": str(home),
    }
    seeds = measure.run("job", "warehouse", **environ)
    print(f"\nthrough Dagster: the five seeds {seeds.seconds:.1f} s, {seeds.cpu_seconds:.1f} CPU seconds")
    # The first of each is warm-up: Dagster makes its files, Python compiles.
    same, empty = ([measure.run("job", which, **environ) for _ in range(4)][1:] for which in ("warehouse", "empty"))
    for name, runs in (("nothing new", same), ("an empty job with the same imports", empty)):
        print(
            f"  {name}: {statistics.median(run.seconds for run in runs):.2f} s, "
            f"{statistics.median(run.cpu_seconds for run in runs):.2f} CPU seconds"
        )
    ratio = statistics.median(run.cpu_seconds for run in same) / statistics.median(run.cpu_seconds for run in empty)
    print(f"  nothing new costs {ratio:.2f} of the empty job's CPU time")


def views() -> None:
    million = measure.run("views", str(INCIDENTS))
    size = million.result["size_mib"]
    print(f"\nanalytics views at {INCIDENTS:,} incidents ({size:.0f} MiB), by filter, milliseconds (of all cores together)")
    for name, times in sorted(million.result["views"].items(), key=lambda item: -max(item[1].values())[0]):
        print(
            f"  {name:<36} "
            + "  ".join(f"{what} {took * 1000:.0f} ({cpu * 1000:.0f})" for what, (took, cpu) in times.items())
        )


if __name__ == "__main__":
    sys.exit(main())
