"""Actors across documents: which per-document actors are one person or collective.

- with a ``reference_id``: one actor per id; what the reference table says of it wins, its parents are added as rows even
  where no document mentions them;
- unknown named collectives: same folded name (``transliteration.py``) and type, and countries that do not contradict;
- persons: only with a full name (two words or more), and countries that do not contradict; one-word names stay in their
  document;
- generic actors ("gunmen", "Iran-backed militias"): one per document, unless description, type and country (or sponsor)
  agree.

Where several countries claim a name, each country makes an actor of its own, and those without a country stay in their
documents.

Most actors stand in one document alone, and there are some ten to a document: all of this is done column by column.

Belongs here: identity of actors and their parents. Does not belong: reading them in a text, or the sides of an incident.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dagster_project.reading.transliteration import fold_name
from dagster_project.reference import table
from dagster_project.resolution.hierarchy import STATE_BODIES
from dagster_project.resolution.rows import SCHEMAS


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """``resolved``: rows of resolved_actor, sorted; ``ids``: rows of actor_map, sorted."""

    resolved: pl.DataFrame
    ids: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        return {"resolved_actor": self.resolved, "actor_map": self.ids}


@cache
def reference_actors() -> dict[str, dict[str, str]]:
    """Rows of ``actors.csv`` by actor_id."""
    return {row["actor_id"]: row for row in table("actors")}


@cache
def states() -> dict[str, str]:
    """The actor id of each country's state, by iso3."""
    found: dict[str, str] = {}
    for row in table("actors"):
        if row["actor_type"] == "state" and row["country_iso3"] and not row["valid_to"]:
            found.setdefault(row["country_iso3"], row["actor_id"])
    return found


def resolve_actors(actors: pl.DataFrame) -> ResolvedActors:
    """Identity of all per-document actors of a frame with ``COLUMNS``, in any order of rows."""
    rows = actors.select(COLUMNS).sort("document_id", "actor_no")
    rows = rows.with_columns(actor_id=_identities(rows))
    ids = rows.select("document_id", "actor_no", "actor_id")
    resolved = _cut_cycles(_with_ancestors(_merged(rows)))
    schema = pl.Schema(SCHEMAS["resolved_actor"])
    return ResolvedActors(resolved.select(list(schema)).cast(schema).sort("actor_id"), ids)


def _identities(rows: pl.DataFrame) -> pl.Series:
    """The actor id of each row of a sorted frame."""
    names = rows["name"].unique()
    folded = pl.Series([fold_name(name) or name.strip().lower() for name in names], dtype=pl.String)
    kind, document = pl.col("actor_type"), pl.col("document_id")
    told = (
        rows.lazy()
        .with_row_index("at")
        .with_columns(folded=pl.col("name").replace_strict(names, folded, return_dtype=pl.String))
        .with_columns(pl.when(pl.col(c) != "").then(c) for c in ("reference_id", "country_iso3", "backer_iso3"))
        .with_columns(
            slug=pl.col("folded").str.replace_all(" ", "-", literal=True),
            is_described=pl.any_horizontal(pl.col("country_iso3", "backer_iso3").is_not_null()),
            is_grouped=pl.col("reference_id").is_null()
            & ~pl.col("is_generic")
            & ((kind != "person") | pl.col("folded").str.contains(" ", literal=True)),
        )
    )
    countries = (
        told.filter("is_grouped")
        .group_by("actor_type", "folded")
        .agg(countries=pl.col("country_iso3").drop_nulls().unique())
    )
    country, slug, several = pl.col("country_iso3"), pl.col("slug"), pl.col("countries").list.len() > 1
    one = pl.coalesce(country, pl.col("countries").list.first())
    named = pl.format("{}:{}", kind, slug)
    # None: the actor stays in its document.
    shared = (
        pl.when(pl.col("reference_id").is_not_null())
        .then("reference_id")
        .when(pl.col("is_generic"))
        .then(
            pl.when("is_described").then(
                pl.format("generic:{}:{}:{}:{}", kind, slug, country.fill_null(""), pl.col("backer_iso3").fill_null(""))
            )
        )
        .when(pl.col("is_grouped"))
        .then(pl.when(one.is_null()).then(named).when(~several | country.is_not_null()).then(pl.format("{}:{}", named, one)))
    )
    base = (
        pl.when("is_generic")
        .then(pl.format("generic:{}:{}@{}", kind, slug, document))
        .otherwise(pl.format("{}@{}", named, document))
    )
    grouped = pl.col("is_grouped")
    # Several of one name in one document are numbered, those that share their name with other documents last.
    order = [grouped, pl.when(grouped).then(kind), pl.when(grouped).then("folded"), pl.col("at")]
    number = pl.int_range(1, pl.len() + 1).over("base")
    local = pl.when(pl.col("number") == 1).then("base").otherwise(pl.format("{}#{}", "base", "number"))
    apart = told.join(countries, on=["actor_type", "folded"], how="left", maintain_order="left").with_columns(
        shared=shared, base=base
    )
    alone = apart.filter(pl.col("shared").is_null()).sort(order).with_columns(number=number).select("at", local=local)
    found = apart.join(alone, on="at", how="left", maintain_order="left").select(pl.coalesce("shared", "local"))
    return found.collect().to_series().alias("actor_id")


def _merged(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each actor_id; what the reference table says of it wins."""
    parent = rows.select(
        pl.col("document_id"), pl.col("actor_no").alias("parent_actor_no"), pl.col("actor_id").alias("parent_in_document")
    )
    rows = rows.join(parent, on=["document_id", "parent_actor_no"], how="left", maintain_order="left").with_columns(
        parent_actor_id=pl.coalesce("parent_reference_id", "parent_in_document")
    )
    told = rows.with_columns(pl.when(pl.col("parent_actor_id") != pl.col("actor_id")).then("parent_actor_id"))
    spelled = (
        told.group_by("actor_id", "name")
        .len()
        .sort("actor_id", "len", pl.col("name").str.len_chars(), "name", descending=[False, True, True, True])
    )
    merged = (
        told.group_by("actor_id")
        .agg(
            aliases=pl.concat([pl.col("aliases").explode(), pl.col("name")]).drop_nulls().unique().sort(),
            in_reference=((pl.col("reference_id") != "").fill_null(False)).any(),
            is_generic=pl.col("is_generic").all(),
        )
        .join(spelled.unique("actor_id", keep="first", maintain_order=True).select("actor_id", "name"), on="actor_id")
    )
    for column in ("actor_type", "country_iso3", "backer_iso3", "parent_actor_id"):
        merged = merged.join(_commonest(told, column), on="actor_id", how="left")
    bodies = pl.col("actor_type").is_in(list(STATE_BODIES))
    state = pl.when(bodies).then(pl.col("country_iso3").replace_strict(states(), default=None, return_dtype=pl.String))
    merged = merged.with_columns(
        pl.col("actor_type").fill_null("other"), parent_actor_id=pl.coalesce("parent_actor_id", state)
    )
    listed = _listed(merged["actor_id"].to_list()).drop("aliases").join(merged.select("actor_id", "aliases"), on="actor_id")
    return pl.concat(
        [
            merged.join(listed, on="actor_id", how="anti").select(list(SCHEMAS["resolved_actor"])),
            listed.select(list(SCHEMAS["resolved_actor"])),
        ]
    )


def _commonest(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """The commonest value of each actor that is not null, ties to the smallest."""
    counts = rows.drop_nulls(column).group_by("actor_id", column).len()
    best = counts.sort("actor_id", "len", column, descending=[False, True, False])
    return best.unique("actor_id", keep="first", maintain_order=True).select("actor_id", column)


def _listed(actor_ids: Iterable[str]) -> pl.DataFrame:
    """What the reference table says of those that it knows."""
    rows: list[dict[str, Any]] = [
        {
            "actor_id": row["actor_id"],
            "name": row["name"],
            "actor_type": row["actor_type"],
            "country_iso3": row["country_iso3"] or None,
            "backer_iso3": row["backer_iso3"] or None,
            "parent_actor_id": row["parent_id"] or None,
            "aliases": [],
            "in_reference": True,
            "is_generic": False,
        }
        for actor_id in actor_ids
        if (row := reference_actors().get(actor_id)) is not None
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["resolved_actor"])


def _with_ancestors(resolved: pl.DataFrame) -> pl.DataFrame:
    """Parents that no document mentions become rows; one that nothing describes gives way to the state of the country."""
    known = pl.concat([resolved["actor_id"], pl.Series([*reference_actors()], dtype=pl.String)]).unique()
    parent, state = (
        pl.col("parent_actor_id"),
        pl.col("country_iso3").replace_strict(states(), default=None, return_dtype=pl.String),
    )
    own_state = pl.when(state != pl.col("actor_id")).then(state)
    resolved = resolved.with_columns(
        parent_actor_id=pl.when(parent.is_null() | parent.is_in(known.implode())).then(parent).otherwise(own_state)
    )
    while True:
        absent = resolved["parent_actor_id"].drop_nulls().unique().sort()
        absent = absent.filter(~absent.is_in(resolved["actor_id"].implode()))
        if absent.is_empty():
            return resolved
        resolved = pl.concat([resolved, _listed(absent)])


def _cut_cycles(resolved: pl.DataFrame) -> pl.DataFrame:
    """A chain of parents that comes back to itself is cut at its smallest id."""
    below = resolved.drop_nulls("parent_actor_id").select("actor_id", "parent_actor_id")
    while True:
        # Whose parent has no parent stands in no circle.
        circling = below.join(below.select(parent_actor_id="actor_id"), on="parent_actor_id", how="semi")
        if len(circling) == len(below):
            break
        below = circling
    parents = dict(below.iter_rows())
    cut = set()
    for start in sorted(parents):
        seen: list[str] = []
        actor_id: str | None = start
        while actor_id is not None and actor_id not in seen:
            seen.append(actor_id)
            actor_id = parents[actor_id]
        if actor_id is not None:
            smallest = min(seen[seen.index(actor_id) :])
            cut.add(smallest)
            parents[smallest] = None
    if not cut:
        return resolved
    return resolved.with_columns(pl.when(~pl.col("actor_id").is_in(list(cut))).then("parent_actor_id"))


COLUMNS = (
    "document_id",
    "actor_no",
    "reference_id",
    "name",
    "actor_type",
    "country_iso3",
    "backer_iso3",
    "parent_reference_id",
    "parent_actor_no",
    "aliases",
    "is_generic",
)
