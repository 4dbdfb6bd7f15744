"""Writing the report's folder: the page, a page for each document; nothing is done where they are of this version already.

Belongs here: templates and files. Does not belong: what the page shows (``content.py``), cutting texts (``spans.py``).
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dagster_project import files
from dagster_project.publication import html
from dagster_project.publication.report import content as contents
from dagster_project.publication.report.spans import SENTENCES, segments
from dagster_project.settings import PROJECT_ROOT
from dagster_project.warehouse import session

REPORT = "report"
_BUILD = ".report.building"
_MARKER = "_version.txt"
_TEMPLATES = Path(__file__).parent / "templates"
_WORLD = PROJECT_ROOT / "seeds" / "reference" / "world_110m.topojson"
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")
# Makes the one function the page calls known to it; the bundle is a module of its own.
_EXPOSE = "window.vegaEmbed = vegaEmbed;"
PRECISION = {
    1: "exact place",
    2: "near the place",
    3: "district",
    4: "province",
    5: "region, vaguely",
    6: "country only",
    7: "sea or air space",
}
PARTS = (
    ("timeline", "What happened"),
    ("map", "Where"),
    ("dyads", "Who against whom"),
    ("weapons", "With what"),
    ("incidents", "Incidents"),
    ("aggregates", "Aggregates"),
    ("conflicting", "Conflicting claims"),
    ("statements", "Statements"),
    ("coverage", "Coverage"),
    ("quality", "Data quality"),
    ("changes", "Changes"),
    ("documents", "Documents"),
)
LAYERS = (
    ("mention", "names"),
    ("argument", "roles"),
    ("event", "events"),
    ("claim", "casualty claims"),
    ("report", "incidents"),
    ("statement", "statements"),
)


@dataclass(frozen=True, slots=True)
class ReportResult:
    """``is_changed`` False: the report was of this version already and was left untouched."""

    path: Path
    is_changed: bool
    incidents: int
    documents: int


def write(published: Path, warehouse_dir: Path, version: str, cache_dir: Path) -> ReportResult:
    """Write ``warehouse_dir/report`` from the published file, aside, and swap it in.

    ``version`` names what the pages are made from: where it is the version of the pages that are there, they stay.
    ``cache_dir`` keeps the bundle of Vega's JavaScript, which takes seconds to make.
    """
    target = warehouse_dir / REPORT
    files.recover_folder(target)
    marker = target / _MARKER
    if marker.is_file() and (known := marker.read_text(encoding="utf-8").split("\n"))[0] == version:
        return ReportResult(target / "index.html", False, int(known[1]), int(known[2]))
    folder = warehouse_dir / _BUILD
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "documents").mkdir(parents=True)
    environment = html.environment(_TEMPLATES)
    style = Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8"))
    with session.read_only(published) as connection:
        content = contents.read(connection)
        pages = [i for row in content.documents.rows if _FILE_NAME.fullmatch(i := row["document_id"])]
        index = _index(environment, style, content, frozenset(pages), _vega(cache_dir))
        (folder / "index.html").write_text(index, encoding="utf-8")
        for document, text, found in contents.documents(connection, pages):
            page = document_page(environment, style, document, text, found)
            (folder / "documents" / f"{document['document_id']}.html").write_text(page, encoding="utf-8")
    incidents = content.incidents.total + content.aggregates.total
    (folder / _MARKER).write_text(f"{version}\n{incidents}\n{len(pages)}\n", encoding="utf-8")
    files.replace_folder(folder, target)
    return ReportResult(target / "index.html", True, incidents, len(pages))


def document_page(
    environment, style: Markup, document: dict[str, Any], text: str | None, found: list[dict[str, Any]]
) -> str:
    """The page of one document; without its text the sentences that were read from, each with what was read."""
    if text is not None:
        parts = [segments(text, found)]
    else:
        parts = [_moved(segments(*_alone(row, found)), row["char_start"]) for row in _sentences(found)]
    return environment.get_template("document.html.j2").render(
        policy=html.policy(),
        style=style,
        document=document,
        has_text=text is not None,
        parts=parts,
        layers=LAYERS,
        numbers=[row for row in found if row["layer"] == "claim"],
        reports=[row for row in found if row["layer"] == "report"],
        statements=[row for row in found if row["layer"] == "statement"],
    )


def _sentences(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The widest sentences that were read from, none inside another."""
    kept: list[dict[str, Any]] = []
    for row in found:  # in the order of the text, longer ones first
        if row["layer"] in SENTENCES and (not kept or row["char_end"] > kept[-1]["char_end"]):
            kept.append(row)
    return kept


def _alone(sentence: dict[str, Any], found: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """A sentence and what was read inside it, with offsets that count from its beginning."""
    start, end = sentence["char_start"], sentence["char_end"]
    inside = [row for row in found if start <= row["char_start"] and row["char_end"] <= end]
    return sentence["text"], [
        row | {"char_start": row["char_start"] - start, "char_end": row["char_end"] - start} for row in inside
    ]


def _moved(made, start: int):
    """Segments of a sentence with the anchors of the whole text."""
    return [type(s)(s.text, s.layers, s.explanation, s.ending, None if s.anchor is None else s.anchor + start) for s in made]


def _index(environment, style: Markup, content: contents.Content, pages: frozenset[str], vega: str) -> str:
    script = (_TEMPLATES / "report.js").read_text(encoding="utf-8")
    rows = [*content.incidents.rows, *content.aggregates.rows]
    incidents = [_incident(row) for row in rows]
    return environment.get_template("index.html.j2").render(
        policy=html.policy((vega, script)),
        style=style,
        content=content,
        pages=pages,
        listed={row["incident_id"] for row in rows},
        parts=PARTS,
        precision=PRECISION,
        rejected=sum(row["value"] for row in content.quality if row["topic"] == "quarantine"),
        actors=sorted(
            {actor for i in incidents for actor in i["actors"]} | {s for s, _ in content.speakers if s != "not identified"}
        ),
        places=sorted({name for row in rows for name in (row["place"], row["country"]) if name}),
        kinds=sorted({row["event_type"] for row in rows}),
        data={
            "incidents": incidents,
            "reports": [[key, r["publisher"] or "unknown"] for key, told in content.coverage.items() for r in told],
        },
        world=_world(),
        vega=Markup(vega),
        script=Markup(script),
    )


def _incident(row: dict[str, Any]) -> dict[str, Any]:
    sides = {name: _names(row[name]) for name in ("initiators", "targets", "victims")}
    return {
        "id": row["incident_id"],
        "title": row["title"],
        "kind": row["event_type"],
        "aggregate": "attack_count_low" in row,
        "part": row.get("part_of_incident_id"),
        "start": row["date_start"],
        "end": row["date_end"],
        "place": row["place"],
        "country": row["country"],
        "lat": row["latitude"],
        "lon": row["longitude"],
        "prec": row["where_prec"],
        **sides,
        "actors": sorted({name for names in sides.values() for name in names}),
        "weapons": _names(row["weapons"]),
        "killed": [row["killed_low"], row["killed_best"], row["killed_high"]],
    }


def _names(joined: str | None) -> list[str]:
    return joined.split("; ") if joined else []


@cache
def _world() -> Markup:
    return html.data_block(json.loads(_WORLD.read_text(encoding="utf-8")))


def _vega(cache_dir: Path) -> str:
    """Vega, Vega-Lite and Vega-Embed in one script, as the vl-convert package bundles them."""
    kept = cache_dir / f"vega-{metadata.version('vl-convert-python')}.js"
    if not kept.is_file():
        import vl_convert

        cache_dir.mkdir(parents=True, exist_ok=True)
        bundle = vl_convert.javascript_bundle(_EXPOSE)
        with files.written_aside(kept) as path:
            path.write_text(bundle, encoding="utf-8")
    bundle = kept.read_text(encoding="utf-8")
    if "</script" in bundle.lower() or "<!--" in bundle:
        raise ValueError("vl-convert's bundle cannot stand inside a script element")
    return bundle
