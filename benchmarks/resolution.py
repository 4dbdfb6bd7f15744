"""Work: resolution alone on made-up reports (argument: how many), from nothing and with a hundred more."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.measure import report
from evaluation.synthetic_reports import measure


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), int(sys.argv[1]))
    report(**asdict(found))


if __name__ == "__main__":
    main()
