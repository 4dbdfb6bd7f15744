"""The resolution stage: reading's tables in, resolved actors, places and incidents out.

Belongs here: the order of steps and the files. Does not belong: any of the steps.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from dagster_project.files import remove, written_aside
from dagster_project.reading import rows as reading
from dagster_project.resolution.actors import COLUMNS as actor_columns
from dagster_project.resolution.actors import resolve_actors
from dagster_project.resolution.aggregates import parts
from dagster_project.resolution.blocking import candidate_pairs
from dagster_project.resolution.clustering import Rules, partition
from dagster_project.resolution.corrections import CORRECTED_TABLES, apply_corrections
from dagster_project.resolution.features import Comparer
from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.incidents import Outline, outline
from dagster_project.resolution.links import link_frames
from dagster_project.resolution.memory import Memory
from dagster_project.resolution.overrides import Overrides, read_overrides
from dagster_project.resolution.pairs import hundredths, in_words, score_pairs
from dagster_project.resolution.places import COLUMNS as place_columns
from dagster_project.resolution.places import Atlas, resolve_places
from dagster_project.resolution.profiles import READS, Key
from dagster_project.resolution.registry import Anchors, history_frame, known_before, name_incidents, registry_frame
from dagster_project.resolution.reports import Reports, build_reports
from dagster_project.resolution.rows import SCHEMAS
from dagster_project.resolution.scoring import score, threshold

REGISTRY_FILE = "incident_registry.parquet"
_PAIRS_FILE = "incident_pairs.parquet"
_REPORTS_FILE = "resolution_reports.parquet"
_CLUSTERS_FILE = "resolution_clusters.parquet"
_LINKS_FILE = "resolution_links.parquet"
_MEMORY_FILE = "resolution_memory.tsv"
READING_TABLES = ("actor", "place", "report", "argument", "claim", "event_mention", "entity_mention")


@dataclass(frozen=True, slots=True)
class ResolveResult:
    """What a resolution did: counts, files that replace reading's, overrides that could not be applied.

    corrected: reading tables with a person's corrections, to be loaded instead of reading's own.
    refused_overrides: rows of object_id, reason_code, reason, payload_excerpt.
    """

    reports: int
    incidents: int
    aggregates: int
    actors: int
    places: int
    pairs: int
    compared: int
    merged_ids: int
    split_ids: int
    corrected: dict[str, Path] = field(default_factory=dict)
    refused_overrides: list[dict[str, str]] = field(default_factory=list)
    applied_overrides: int = 0


def resolve(
    current: Path, published: Path | None, overrides: Path | None, now: datetime, registry: Path | None = None
) -> ResolveResult:
    """Resolve everything reading found in ``current`` and write the tables of ``rows.py`` there.

    Args:
        current: folder with ``<table>.parquet`` of reading, document and document_state.
        published: the published warehouse, which gives ids; None or absent for a first run.
        overrides: a person's decisions; None or absent for none.
        now: the run's time, aware; stamps changes of ids.
        registry: an exported registry of ids (``incident_registry.parquet``, or CSV with its columns).

    Raises:
        RegistryError: ``published`` or ``registry`` is unusable.
    """
    with _without_collections():
        return _resolve(current, published, overrides, now, registry)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Resolution holds many objects and makes no cycles: to look for some again and again costs a fifth of a small run."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _resolve(
    current: Path, published: Path | None, overrides: Path | None, now: datetime, registry: Path | None
) -> ResolveResult:
    tables, decisions, corrected, applied = _decided(current, overrides)
    actors = resolve_actors(tables["actor"].select(actor_columns).collect())
    places = resolve_places(tables["place"].select(place_columns).collect())
    hierarchy, atlas = Hierarchy.of(actors.resolved), Atlas.of(places.resolved)
    memory = Memory(current / _MEMORY_FILE)
    reports = build_reports(tables, actors, places, hierarchy, atlas, current / _REPORTS_FILE)
    comparer = Comparer(hierarchy, atlas)
    at = {key: i for i, key in enumerate(reports.keys)}
    together = {(at[a], at[b]) for a, b in decisions.together}
    apart = {(at[a], at[b]) for a, b in decisions.apart}
    candidates = candidate_pairs(reports.frame)
    if together or apart:
        decided = pl.DataFrame(sorted(together | apart), schema=candidates.schema, orient="row")
        candidates = pl.concat([candidates, decided]).unique().sort("a", "b")
    scored = score_pairs(candidates, reports, comparer, current / _PAIRS_FILE)
    rules = Rules(
        counted=reports.frame["is_counted"].to_list(),
        documents=reports.frame["document_id"].to_list(),
        contradicts=lambda i, j: comparer.contradiction(reports[i], reports[j]),
        score=lambda i, j: score(comparer.features(reports[i], reports[j])),
        together=frozenset(together),
        apart=frozenset(apart),
    )
    clusters = partition(reports.frame, _accepted(scored.frame, reports), rules, current / _CLUSTERS_FILE)
    members = clusters.members()
    keys = [[reports.keys[i] for i in cluster] for cluster in members]
    anchors = _anchors(tables)
    known = known_before(published, registry)
    naming = name_incidents(keys, anchors, known, now)
    outlines = [outline(cluster, reports, hierarchy, atlas, memory) for cluster in members]
    rows = _incident_rows(naming.ids, outlines, keys, hierarchy, atlas, tables["report"])
    before = {(c.old, c.new) for c in known.history}
    new = [c for c in naming.history if (c.old, c.new) not in before]
    mapped = [(d, n, i) for i, group in zip(naming.ids, keys, strict=True) for d, n in group]
    incident_map = pl.DataFrame(mapped, schema=SCHEMAS["incident_map"], orient="row").sort("document_id", "report_no")
    frames = {
        **actors.frames(),
        **places.frames(),
        "incident": pl.DataFrame(rows, schema=SCHEMAS["incident"]).sort("incident_id"),
        "incident_map": incident_map,
        "incident_id_history": history_frame(naming.history),
    }
    for name, frame in frames.items():
        _write(frame.lazy().select(list(SCHEMAS[name])), current / f"{name}.parquet")
    _write(registry_frame(naming, incident_map, anchors).lazy(), current / REGISTRY_FILE)
    links = link_frames(scored.frame, reports, clusters, rules, comparer, decisions, current / _LINKS_FILE)
    _write(_in_parts(links, SCHEMAS["incident_link"]), current / "incident_link.parquet")
    memory.write()
    return ResolveResult(
        reports=len(reports),
        incidents=len(rows),
        aggregates=sum(r["is_aggregate"] for r in rows),
        actors=len(actors.resolved),
        places=len(places.resolved),
        pairs=len(scored.frame),
        compared=scored.compared,
        merged_ids=sum(c.reason.startswith("merged") for c in new),
        split_ids=sum(c.reason.startswith("split") for c in new),
        corrected=corrected,
        refused_overrides=decisions.refused,
        applied_overrides=applied + len(together) + len(apart),
    )


def _decided(current: Path, overrides: Path | None) -> tuple[dict[str, pl.LazyFrame], Overrides, dict[str, Path], int]:
    """The tables as a person's decisions leave them, those decisions, corrected files, how many corrections were applied."""
    tables = {
        name: pl.scan_parquet(current / f"{name}.parquet").select(list(reading.SCHEMAS[name])) for name in READING_TABLES
    }
    for name in ("document", "document_state"):
        tables[name] = pl.scan_parquet(current / f"{name}.parquet").select(READS[name])
    remove(current / "corrected")
    if overrides is None or not overrides.is_file():
        return tables, Overrides(), {}, 0
    frames = {name: tables[name].collect() for name in READING_TABLES}
    decisions = read_overrides(overrides, frames, _sources(current))
    applied = apply_corrections(frames, decisions)
    if not applied:
        return tables, decisions, {}, 0
    return (
        tables | {name: frame.lazy() for name, frame in frames.items()},
        decisions,
        _write_corrected(frames, current),
        applied,
    )


def _sources(current: Path) -> pl.DataFrame | None:
    path = current / "source.parquet"
    return pl.read_parquet(path, columns=["source_file", "document_id"]) if path.is_file() else None


def _write_corrected(tables: dict[str, pl.DataFrame], current: Path) -> dict[str, Path]:
    """Corrected tables beside reading's own."""
    folder = current / "corrected"
    folder.mkdir()
    for name in CORRECTED_TABLES:
        _write(tables[name].lazy(), folder / f"{name}.parquet")
    return {name: folder / f"{name}.parquet" for name in CORRECTED_TABLES}


def _accepted(pairs: pl.DataFrame, reports: Reports) -> pl.DataFrame:
    """a, b, score of the pairs that may join incidents."""
    worth = pairs.filter((pl.col("hundredths") >= hundredths(threshold(False))) & (pl.col("contradiction") == 0))
    document = reports.frame["document_id"]
    is_one = document.gather(worth["a"]) == document.gather(worth["b"])
    enough = pl.when(is_one).then(hundredths(threshold(True))).otherwise(hundredths(threshold(False)))
    return in_words(worth.filter(pl.col("hundredths") >= enough)).select("a", "b", "score")


def _anchors(tables: Mapping[str, pl.LazyFrame]) -> Anchors:
    reports = tables["report"].select("document_id", "report_no", start="char_start", end="char_end")
    triggers = (
        tables["event_mention"]
        .filter(pl.col("realis") == "actual")
        .select("document_id", "report_no", start="trigger_start", end="trigger_end")
        .join(reports, on=["document_id", "report_no"], how="semi")
    )
    columns = ["document_id", "report_no", "start", "end"]
    return Anchors(pl.concat([reports, triggers]).unique().sort(columns).collect(engine="streaming"))


def _incident_rows(
    ids: list[str],
    outlines: list[Outline],
    keys: list[list[Key]],
    hierarchy: Hierarchy,
    atlas: Atlas,
    reports: pl.LazyFrame,
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"incident_id": incident_id, "part_of_incident_id": None, **made.row}
        for incident_id, made in zip(ids, outlines, strict=True)
    ]
    told = {
        (d, n): (d, whole)
        for d, n, whole in reports.select("document_id", "report_no", "part_of_report_no").drop_nulls().collect().iter_rows()
    }
    part_of = parts(rows, outlines, keys, told, hierarchy, atlas)
    for row in rows:
        row["part_of_incident_id"] = part_of.get(row["incident_id"])
    return rows


def _in_parts(parts: Iterator[pl.DataFrame], schema: Mapping[str, Any]) -> pl.LazyFrame:
    """A frame that is made part by part while it is written; once."""

    def made(columns: list[str] | None, *_: Any) -> Iterator[pl.DataFrame]:
        # All rows are written: nothing is left out or cut short.
        for part in parts:
            yield part if columns is None else part.select(columns)

    return register_io_source(made, schema=pl.Schema(schema))


def _write(frame: pl.LazyFrame, path: Path) -> None:
    with written_aside(path) as aside:
        frame.sink_parquet(aside)
