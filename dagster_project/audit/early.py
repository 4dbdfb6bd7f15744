"""Importing Great Expectations beside other work: it takes seconds, in which the process of a run often only waits."""

from __future__ import annotations

import os
import threading


def import_early() -> threading.Thread:
    """Start the import that ``engine.py`` needs later; an error of it is raised there, where it is needed."""

    def load() -> None:
        # Before the import: the library reads its settings there.
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations  # noqa: F401

    thread = threading.Thread(target=load, name="import great_expectations", daemon=True)
    thread.start()
    return thread
