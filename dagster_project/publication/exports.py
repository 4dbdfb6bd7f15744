"""Exports in shapes that the field has code for: GED and ACLED columns, PLOVER records, GeoJSON, a data package; and the ids
of incidents, for a rebuild.

Belongs here: formats and files. Does not belong: what is in a column (``sql/exports``), the DuckDB and Parquet files
(``publish.py``). Each file's shape is a JSON Schema in ``schemas/``.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project import files
from dagster_project.contract import catalog
from dagster_project.publication.publish import PARQUET
from dagster_project.warehouse import session, sql

if TYPE_CHECKING:
    import duckdb

EXPORTS = "exports"
DATA_PACKAGE = "datapackage.json"
CSV = ("ged", "acled", "incident_registry")
_BUILD = ".exports.building"
_MARKER = "_version.json"
# A spreadsheet takes text that begins so for a formula, which may call programs (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FRICTIONLESS_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "VARCHAR[]": "array",
}


@dataclass(frozen=True, slots=True)
class ExportResult:
    """``rows``: file name -> records in it. ``is_changed`` False: the files were of this version already."""

    folder: Path
    is_changed: bool
    rows: dict[str, int]


def write(published: Path, warehouse_dir: Path, version: str) -> ExportResult:
    """Write ``warehouse_dir/exports`` and ``warehouse_dir/datapackage.json``, aside, and swap them in.

    They are made from the published file and its Parquet files, unless those of ``version`` are there already.
    """
    target = warehouse_dir / EXPORTS
    files.recover_folder(target)
    marker = target / _MARKER
    if marker.is_file() and (known := json.loads(marker.read_text(encoding="utf-8")))["version"] == version:
        return ExportResult(target, False, known["rows"])
    folder = warehouse_dir / _BUILD
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    counts: dict[str, int] = {}
    with session.read_only(published) as connection:
        for name in CSV:
            counts[f"{name}.csv"] = _write_csv(connection, name, folder / f"{name}.csv")
        counts["plover.jsonl"] = _write_plover(connection, folder / "plover.jsonl")
        counts["incidents.geojson"] = _write_geojson(connection, folder / "incidents.geojson")
        built_at = connection.execute("select built_at from meta.build").fetchone()
    assert built_at is not None
    package = data_package(warehouse_dir / PARQUET, built_at[0])
    # A package's paths lead downwards from its own place, so that it stands above parquet/, beside the warehouse.
    with files.written_aside(warehouse_dir / DATA_PACKAGE) as path:
        _write_json(path, package)
    counts[DATA_PACKAGE] = len(package["resources"])
    _write_json(folder / _MARKER, {"version": version, "rows": counts})
    files.replace_folder(folder, target)
    return ExportResult(target, True, counts)


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe; everything else stays."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def plover(row: dict[str, Any]) -> dict[str, Any]:
    """One row of ``sql/exports/plover.sql`` as a PLOVER record."""
    return {
        "id": row["id"],
        "date": row["date"],
        "enddate": row["enddate"],
        "actor": _names(row["actors"]),
        "recipient": _names(row["recipients"]),
        "event": [row["event"]],
        "mode": [row["mode"]] if row["mode"] else [],
        "context": [],
        "quad_code": row["quad_code"],
        "event_scale": row["event_scale"],
        "event_loc": None
        if row["place"] is None
        else {
            "name": row["place"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "country": row["country_iso3"],
        },
        "size": {"dead": row["dead"], "injured": row["injured"], "arrested": None},
        "event_text": [row["event_text"]],
        "text_info": {"document_id": row["document_id"], "start": row["char_start"], "end": row["char_end"]},
        "cite_info": {
            "publisher": row["publisher"],
            "date": row["published_on"],
            "headline": row["document_title"],
            "url": row["url"],
        },
    }


def feature(row: dict[str, Any]) -> dict[str, Any]:
    """One row of ``sql/exports/geojson.sql`` as a GeoJSON feature; ``where_prec`` says how far to trust the point."""
    properties = {name: value for name, value in row.items() if name not in {"latitude", "longitude"}}
    return {
        "type": "Feature",
        "id": row["incident_id"],
        "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
        "properties": properties,
    }


def data_package(parquet: Path, built_at: datetime) -> dict[str, Any]:
    """A Frictionless Data Package of the Parquet files: their fields, keys, sizes and SHA-256 hashes."""
    resources = []
    for table in catalog.TABLES:
        fields: list[dict[str, Any]] = []
        for column in table.columns:
            constraints: dict[str, Any] = {} if column.nullable else {"required": True}
            if column.allowed:
                constraints["enum"] = list(column.allowed)
            fields.append(
                {
                    "name": column.name,
                    "type": _FRICTIONLESS_TYPES[column.type],
                    "description": column.description,
                    **({"constraints": constraints} if constraints else {}),
                }
            )
        schema: dict[str, Any] = {"fields": fields}
        if table.primary_key:
            schema["primaryKey"] = list(table.primary_key)
        keys = [
            {
                "fields": [column],
                "reference": {
                    "resource": "" if other == table.full_name else _resource(other),
                    "fields": list(catalog.table(other).primary_key),
                },
            }
            for column, other in table.foreign_keys()
        ]
        if keys:
            schema["foreignKeys"] = keys
        resources.append(_described(parquet, table.full_name, table.comment) | {"schema": schema})
    resources += [
        _described(parquet, view.full_name, view.comment)
        | {"schema": {"fields": [{"name": n, "type": "any", "description": d} for n, d in view.columns.items()]}}
        for view in catalog.VIEWS
    ]
    return {
        "profile": "data-package",
        "name": "conflict-news-warehouse",
        "title": "Conflict News Warehouse",
        "description": "Incidents, casualty claims and statements read from news articles, each with the words that say it.",
        "version": catalog.SCHEMA_VERSION,
        "created": f"{built_at:%Y-%m-%dT%H:%M:%SZ}",
        "resources": resources,
    }


def _described(parquet: Path, full_name: str, comment: str) -> dict[str, Any]:
    schema, name = full_name.split(".")
    path = parquet / schema / f"{name}.parquet"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": _resource(full_name),
        "path": f"{PARQUET}/{schema}/{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": comment,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _resource(full_name: str) -> str:
    return full_name.replace(".", "-").replace("_", "-")


def _write_csv(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> int:
    cursor = connection.execute(sql.text("exports", name))
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in cursor.description or ()])
        while rows := cursor.fetchmany(10_000):
            writer.writerows([[neutral(value) for value in row] for row in rows])
            count += len(rows)
    return count


def _write_plover(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in _dicts(connection, "plover"):
            file.write(_json(plover(row)) + "\n")
            count += 1
    return count


def _write_geojson(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    features = [feature(row) for row in _dicts(connection, "geojson")]
    _write_json(path, {"type": "FeatureCollection", "features": features})
    return len(features)


def _dicts(connection: duckdb.DuckDBPyConnection, name: str):
    cursor = connection.execute(sql.text("exports", name))
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def _names(joined: str | None) -> list[str]:
    return joined.split("; ") if joined else []


def _write_json(path: Path, value: Any) -> None:
    path.write_text(_json(value, indent=1) + "\n", encoding="utf-8")


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_day)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
