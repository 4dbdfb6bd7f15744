"""What the reliability and hostile-input suites found, as a table at the end of the test run."""

from __future__ import annotations

from collections import Counter

import pytest

TALLY: dict[str, Counter[str]] = {}


@pytest.fixture(scope="session")
def tally():
    """``tally("crashes", injected=1, survived=1)`` adds to the table at the end."""

    def add(what: str, **counts: int) -> None:
        TALLY.setdefault(what, Counter()).update(counts)

    return add


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)  # of a worker process of pytest-xdist
    if output is not None:
        output["tally"] = {what: dict(counts) for what, counts in TALLY.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Add what a worker process of pytest-xdist counted."""
    for what, counts in getattr(node, "workeroutput", {}).get("tally", {}).items():
        TALLY.setdefault(what, Counter()).update(counts)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not TALLY:
        return
    terminalreporter.section("faults, hostile input, concurrency")
    width = max(map(len, TALLY))
    for what, counts in sorted(TALLY.items()):
        told = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in sorted(counts.items()))
        terminalreporter.write_line(f"{what:<{width}}  {told}")
