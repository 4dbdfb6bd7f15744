"""Whether there is what training needs: the data, and an environment with its packages."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def status(data: Path, command: str, packages: tuple[str, ...]) -> int | None:
    """The exit status of a command that cannot train, which has then said why; None where it can."""
    if not (data / "ud_english_ewt" / "train.conllu").exists():
        print(f"skipped: no treebanks in {data} (give their folder with --data); nothing was trained")
        return 0
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        print(
            f"Training needs an environment of its own ({', '.join(missing)} missing here):\n"
            "  python -m venv training/work/venv\n"
            "  training/work/venv/bin/pip install -r training/requirements.txt\n"
            f"  training/work/venv/bin/python -m {command} --data DIR",
            file=sys.stderr,
        )
        return 2
    return None
