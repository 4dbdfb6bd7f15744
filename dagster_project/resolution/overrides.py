"""A person's decisions about reports: read, checked, and found in the reading.

``overrides.csv`` lies beside the articles and is applied at every build; ``docs/overrides.md`` says what may stand in it. A
row that cannot be used is refused with the reason and changes nothing.

Belongs here: the file, its checks, which report a row means, links. Does not belong: what a correction changes
(``corrections.py``).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import polars as pl

from dagster_project.resolution.profiles import Key

COLUMNS = (
    "action",
    "document",
    "evidence",
    "char_start",
    "char_end",
    "other_document",
    "other_evidence",
    "other_char_start",
    "other_char_end",
    "field",
    "old_value",
    "new_value",
    "author",
    "reason",
)
_REQUIRED = ("action", "document", "author", "reason")
ACTIONS = ("must_link", "cannot_link", "correct")


class OverrideError(ValueError):
    """A row that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One changed value of one report."""

    line: int
    key: Key
    field: str
    old_value: str
    new_value: str
    author: str
    reason: str


@dataclass(slots=True)
class Overrides:
    """Decisions that can be applied, and rows refused (object_id, reason_code, reason, payload_excerpt)."""

    together: dict[tuple[Key, Key], str] = field(default_factory=dict)  # pair, a < b -> who and why
    apart: dict[tuple[Key, Key], str] = field(default_factory=dict)
    corrections: list[tuple[Correction, dict[str, str]]] = field(default_factory=list)  # with the row as written
    refused: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, line: int, row: Mapping[str, str], reason: str) -> None:
        self.refused.append(
            {
                "object_id": f"overrides.csv:{line}",
                "reason_code": "bad_override",
                "reason": reason,
                "payload_excerpt": ",".join(row.values())[:200],
            }
        )


def read_overrides(path: Path | None, tables: Mapping[str, pl.DataFrame], sources: pl.DataFrame | None) -> Overrides:
    """The decisions in ``path``, checked against what was read.

    Args:
        path: the file; None or absent for none.
        tables: report and event_mention of reading's schemas.
        sources: source_file, document_id of every document, so that rows may name files.
    """
    found = Overrides()
    if path is None or not path.is_file():
        return found
    rows = _rows(path, found)
    finder = _Finder(tables, sources)
    aggregates = {(d, n): a for d, n, a in tables["report"].select("document_id", "report_no", "is_aggregate").iter_rows()}
    component = _Components()
    links: list[tuple[int, dict[str, str], tuple[Key, Key]]] = []
    for line, row in rows:
        try:
            _check(row)
            key = finder.find(row["document"], row["evidence"], row["char_start"], row["char_end"])
            if row["action"] == "correct":
                found.corrections.append((_correction(line, key, row), row))
                continue
            other = finder.find(
                row["other_document"], row["other_evidence"], row["other_char_start"], row["other_char_end"], "other_"
            )
            if key == other:
                raise OverrideError("both sides are the same report")
            pair = (key, other) if key < other else (other, key)
            if row["action"] == "must_link":
                if aggregates[key] != aggregates[other]:
                    raise OverrideError("an aggregate and a single incident are never one incident")
                found.together[pair] = f"{row['author']}: {row['reason']}"
                component.join(*pair)
            else:
                links.append((line, row, pair))
        except OverrideError as error:
            found.refuse(line, row, str(error))
    for line, row, pair in links:
        if component.top(pair[0]) == component.top(pair[1]):
            found.refuse(line, row, "must_link rows tie the same two reports together")
        else:
            found.apart[pair] = f"{row['author']}: {row['reason']}"
    return found


def _rows(path: Path, found: Overrides) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        found.refuse(1, {"file": path.name}, f"the file is not UTF-8: {error}")
        return []
    reader = csv.DictReader(text.splitlines(keepends=True), restkey="_more", restval="")
    header = reader.fieldnames or []
    missing, unknown = [c for c in _REQUIRED if c not in header], [c for c in header if c not in COLUMNS]
    if missing or unknown:
        wrong = [*(f"no column {c}" for c in missing), *(f"unknown column {c}" for c in unknown)]
        found.refuse(1, {"header": ",".join(header)}, f"the header is not that of an overrides file: {', '.join(wrong)}")
        return []
    rows = []
    for raw in reader:
        line = reader.line_num
        if "_more" in raw:
            found.refuse(line, {"row": str(raw["_more"])}, "more cells than the header has")
            continue
        row = {c: (raw.get(c) or "").strip() for c in COLUMNS}
        if any(row.values()):
            rows.append((line, row))
    return rows


def _check(row: Mapping[str, str]) -> None:
    if row["action"] not in ACTIONS:
        raise OverrideError(f"action {row['action']!r} is none of {', '.join(ACTIONS)}")
    for column in ("author", "reason"):
        if not row[column]:
            raise OverrideError(f"every decision needs its {column}")


def _correction(line: int, key: Key, row: Mapping[str, str]) -> Correction:
    return Correction(line, key, row["field"], row["old_value"], row["new_value"], row["author"], row["reason"])


class _Components:
    """Which reports must_link rows tie together."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def top(self, key: Key) -> Key:
        while key in self._above:
            key = self._above[key]
        return key

    def join(self, a: Key, b: Key) -> None:
        one, other = self.top(a), self.top(b)
        if one != other:
            self._above[max(one, other)] = min(one, other)


class _Finder:
    """Finds the report a row means: by its document and words of its evidence, or characters."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], sources: pl.DataFrame | None) -> None:
        self._documents: dict[str, set[str]] = defaultdict(set)
        if sources is not None:
            for file, document_id in sources.select("source_file", "document_id").drop_nulls().iter_rows():
                self._documents[file].add(document_id)
                self._documents[PurePosixPath(file).name].add(document_id)
        # (report_no, words, start, end, is the report's own evidence)
        self._told: dict[str, list[tuple[int, str, int, int, bool]]] = defaultdict(list)
        columns = ["document_id", "report_no", "evidence", "char_start", "char_end"]
        for d, n, words, start, end in tables["report"].select(columns).iter_rows():
            self._told[d].append((n, _squeeze(words), start, end, True))
        mentions = tables["event_mention"].filter(pl.col("report_no").is_not_null() & (pl.col("realis") == "actual"))
        for d, n, words, start, end in mentions.select(columns).iter_rows():
            self._told[d].append((n, _squeeze(words), start, end, False))
        for document_id in tables["report"]["document_id"].unique():
            self._documents[document_id].add(document_id)

    def find(self, document: str, evidence: str, start: str, end: str, prefix: str = "") -> Key:
        """The one report meant.

        Raises:
            OverrideError: none, or more than one.
        """
        if not document:
            raise OverrideError(f"no {prefix}document")
        documents = self._documents.get(document, set())
        if not documents:
            raise OverrideError(f"no report is known of the document {document!r}")
        if len(documents) > 1:
            raise OverrideError(f"{document!r} names {len(documents)} documents: give the document_id")
        document_id = next(iter(documents))
        grades: dict[int, int] = {}
        for number, words, begin, stop, is_own in self._told.get(document_id, []):
            grade = _grade(words, begin, stop, evidence, start, end, prefix)
            if grade:
                grades[number] = max(grades.get(number, 0), 2 * grade + is_own)
        if not grades:
            raise OverrideError(f"no report of {document!r} has this {prefix}evidence")
        best = max(grades.values())
        numbers = sorted(n for n, g in grades.items() if g == best)
        if len(numbers) > 1:
            raise OverrideError(
                f"{len(numbers)} reports of {document!r} have this {prefix}evidence: quote more of it, or give characters"
            )
        return document_id, numbers[0]


def _grade(words: str, begin: int, stop: int, evidence: str, start: str, end: str, prefix: str) -> int:
    """How well a told stretch fits: 3 exactly, 2 it holds what is asked, 1 they overlap; 0 not at all."""
    if start or end:
        try:
            wanted = int(start), int(end)
        except ValueError as error:
            raise OverrideError(f"{prefix}char_start and {prefix}char_end are not two whole numbers") from error
        if wanted == (begin, stop):
            return 3
        if begin <= wanted[0] and wanted[1] <= stop:
            return 2
        return 1 if begin < wanted[1] and wanted[0] < stop else 0
    asked = _squeeze(evidence)
    if not asked:
        raise OverrideError(f"neither {prefix}evidence nor {prefix}char_start and {prefix}char_end")
    if asked == words:
        return 3
    return 2 if asked in words else 1 if words in asked else 0


def _squeeze(text: str) -> str:
    return " ".join(text.split())
