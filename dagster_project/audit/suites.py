"""Reading the reviewed suites in ``expectations/``: strictly, and without Great Expectations.

Belongs here: the shape of a suite file and every reason to refuse one. Does not belong: evaluating (``engine.py``).
A suite that cannot be loaded whole is an error: Great Expectations itself would log it and go on with less.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project.contract import catalog, vocabulary

EXPECTATIONS_DIR = Path(__file__).resolve().parents[2] / "expectations"

# Great Expectations' own, which work on its SQL engine with DuckDB: type -> required, optional arguments.
NATIVE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "expect_table_row_count_to_be_between": (frozenset(), frozenset({"min_value", "max_value"})),
    "expect_table_row_count_to_equal": (frozenset({"value"}), frozenset()),
    "expect_column_values_to_not_be_null": (frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_between": (frozenset({"column"}), frozenset({"min_value", "max_value"})),
    "expect_column_values_to_be_in_set": (frozenset({"column", "value_set"}), frozenset()),
    "expect_column_values_to_be_unique": (frozenset({"column"}), frozenset()),
    "expect_compound_columns_to_be_unique": (frozenset({"column_list"}), frozenset()),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        frozenset({"column_A", "column_B"}),
        frozenset({"or_equal", "ignore_row_if"}),
    ),
    "expect_column_value_lengths_to_be_between": (frozenset({"column"}), frozenset({"min_value", "max_value"})),
    "unexpected_rows_expectation": (frozenset({"unexpected_rows_query"}), frozenset()),
}
# Written from the contract's metadata by derived.py, so that suite and contract cannot drift apart.
DERIVED: dict[str, frozenset[str]] = {
    "contract_columns": frozenset(),
    "contract_key": frozenset(),
    "contract_required": frozenset(),
    "contract_vocabulary": frozenset(),
    "contract_range": frozenset(),
    "contract_references": frozenset(),
    "span_slices_to_words": frozenset({"start", "end", "words"}),
}
_SUITE_KEYS = {"suite", "table", "about", "expectations"}
_REQUIRED = {"name", "severity", "scope", "type", "why"}


class SuiteError(ValueError):
    """A suite file cannot be used; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation as reviewed. scope ``row``: single rows can break it and be quarantined; ``table``: structural."""

    suite: str
    table: str
    name: str
    severity: str
    scope: str
    type: str
    why: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations on one table; ``conservation`` looks across tables, from where rows are counted."""

    name: str
    table: str
    about: str
    expectations: tuple[Expectation, ...]


def load_suites(folder: Path = EXPECTATIONS_DIR) -> tuple[Suite, ...]:
    """Every suite of the folder, by name.

    Raises:
        SuiteError: a file is no suite, has an unknown or missing key, type, table or column, or says something twice;
            or a table of the contract has no suite.
    """
    suites = tuple(_load(path) for path in sorted(folder.glob("*.json")))
    covered = {suite.table for suite in suites}
    if missing := [table.full_name for table in catalog.TABLES if table.full_name not in covered]:
        raise SuiteError(f"{folder.name}: no suite looks at {', '.join(missing)}")
    return suites


def _load(path: Path) -> Suite:
    try:
        data = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_without_repeats)
    except ValueError as error:
        raise SuiteError(f"{path.name}: {error}") from error
    if not isinstance(data, dict) or set(data) != _SUITE_KEYS or not isinstance(data["expectations"], list):
        raise SuiteError(f"{path.name}: a suite has exactly the keys {sorted(_SUITE_KEYS)}")
    if data["suite"] != path.stem:
        raise SuiteError(f"{path.name}: the suite calls itself {data['suite']!r}")
    try:
        catalog.table(data["table"])
    except KeyError:
        raise SuiteError(f"{path.name}: the contract has no table {data['table']!r}") from None
    expectations = tuple(_expectation(path.name, data, entry) for entry in data["expectations"])
    names = [expectation.name for expectation in expectations]
    if not names or len(set(names)) != len(names):
        raise SuiteError(f"{path.name}: expectations need names of their own, found {names}")
    return Suite(data["suite"], data["table"], data["about"], expectations)


def _expectation(file: str, suite: dict[str, Any], entry: Any) -> Expectation:
    where = f"{file}, {entry.get('name', '?') if isinstance(entry, dict) else entry!r}"
    if not isinstance(entry, dict) or not set(entry) >= _REQUIRED or set(entry) - _REQUIRED - {"arguments"}:
        raise SuiteError(f"{where}: an expectation has the keys {sorted(_REQUIRED)} and perhaps 'arguments'")
    if entry["severity"] not in vocabulary.SEVERITY or entry["scope"] not in ("row", "table"):
        raise SuiteError(f"{where}: severity is error or warn, scope is row or table")
    if not all(isinstance(entry[key], str) and entry[key].strip() for key in _REQUIRED):
        raise SuiteError(f"{where}: every key needs words")
    arguments = entry.get("arguments", {})
    if entry["type"] in NATIVE:
        required, optional = NATIVE[entry["type"]]
    elif entry["type"] in DERIVED:
        required, optional = DERIVED[entry["type"]], frozenset()
    else:
        raise SuiteError(f"{where}: unknown type {entry['type']!r}")
    if not required <= set(arguments) <= required | optional:
        raise SuiteError(f"{where}: {entry['type']} takes {sorted(required)} and perhaps {sorted(optional)}")
    table = catalog.table(suite["table"])
    known = {column.name for column in table.columns}
    for key in ("column", "column_A", "column_B", "start", "end", "words", "column_list"):
        named = arguments.get(key, [])
        for column in [named] if isinstance(named, str) else named:
            if column not in known:
                raise SuiteError(f"{where}: {table.full_name} has no column {column!r}")
    return Expectation(
        suite["suite"],
        table.full_name,
        entry["name"],
        entry["severity"],
        entry["scope"],
        entry["type"],
        entry["why"],
        arguments,
    )


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key is given twice in {keys}")
    return dict(pairs)
