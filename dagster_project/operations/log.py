"""The log of a run: one JSON object a line, with the ids that let one follow a document through the line.

Belongs here: the form of a line, where logs lie, how many are kept. Does not belong: what the stages say.

``WAREHOUSE_DIR/logs/<time>-<run id>.jsonl``; fields: at (UTC), level, run_id, stage, document_id, message, and what else a
stage says. Articles' texts are never logged: a withdrawn document leaves nothing here but its id.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from dagster_project.files import private_folder

# A run that says more than this goes on in a second file, and then loses its oldest lines.
MAX_BYTES = 10 * 1024 * 1024
LOGGER = "dagster_project"
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what was given as ``extra`` becomes fields."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "run_id": self._run_id,
            "stage": None,
            "document_id": None,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


@contextmanager
def run_log(folder: Path, run_id: str, started_at: datetime, keep: int) -> Iterator[Path]:
    """Write what the project's modules log during the block to a file of its own; the newest ``keep`` files stay.

    Yields the path of the file.
    """
    private_folder(folder)
    path = folder / f"{started_at:%Y%m%dT%H%M%S}-{re.sub(r'[^A-Za-z0-9-]', '_', run_id)}.jsonl"
    handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(JsonLines(run_id))
    handler.setLevel(logging.INFO)
    logger = logging.getLogger(LOGGER)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield path
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)
        handler.close()
        prune(folder, keep)


def prune(folder: Path, keep: int) -> None:
    """Remove all logs but the newest ``keep`` runs' (names begin with their time)."""
    for stale in sorted(folder.glob("*.jsonl"), reverse=True)[keep:]:
        stale.unlink()
        stale.with_name(stale.name + ".1").unlink(missing_ok=True)
