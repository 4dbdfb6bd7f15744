"""All reports in the order of their keys, remembered from run to run.

What a report says (its profile) and the blocks it belongs to follow from its document's rows, from the actors and places
they name, and from the rules. A document of which all that is as it was is not profiled again, and a profile is read from
its file when somebody asks for it: a run with a few new documents asks for few, and however many there are, only some are
in memory. What is remembered is a Parquet file and a folder of profiles; deleting them costs time, never correctness.

Belongs here: this sequence and its memory. Does not belong: what a profile holds (``profiles.py``), the blocks
(``blocking.py``), the files of profiles (``profile_files.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dagster_project.resolution import blocking
from dagster_project.resolution.actors import ResolvedActors
from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.memory import keep, recall
from dagster_project.resolution.places import Atlas, ResolvedPlaces
from dagster_project.resolution.profile_files import ProfileFiles, Writer
from dagster_project.resolution.profiles import READS, Key, Profile, profiles_of

_PROFILE: dict[str, Any] = {
    "document_key": pl.String,  # of all that the profiles of a document depend on
    "document_id": pl.String,
    "report_no": pl.Int64,
    "digest": pl.String,
    "is_counted": pl.Boolean,
    "file": pl.String,  # where the profile is written
    "at": pl.Int64,
    "size": pl.Int64,
}
_REMEMBERED = {**_PROFILE, **blocking.SCHEMA}
# Documents are profiled, and pairs ordered, so many at a time.
_BATCH = 1000
# And so many profiles are held at once, which is some thirty megabytes.
HELD = 4_000


class Reports:
    """The profiles by position; ``frame`` has a row for each with what is known of it without its profile."""

    def __init__(self, frame: pl.DataFrame, files: ProfileFiles, made: Mapping[Key, Profile]) -> None:
        self.frame = frame
        self.keys: list[Key] = list(frame.select("document_id", "report_no").iter_rows())
        self.digests: list[str] = frame["digest"].to_list()
        self._files = files
        self._names = files.open(frame["file"].unique())
        self._file = frame["file"].cast(pl.Enum(self._names)).to_physical().to_numpy()
        self._at, self._size = frame["at"].to_numpy(), frame["size"].to_numpy()
        self._held = {i: made[key] for i, key in enumerate(self.keys) if key in made}

    def __getitem__(self, index: int) -> Profile:
        found = self._held.pop(index, None)
        if found is None:
            found = self._files.read(self._names[self._file[index]], int(self._at[index]), int(self._size[index]))
            if len(self._held) >= HELD:
                # The one asked for longest ago stands first.
                del self._held[next(iter(self._held))]
        self._held[index] = found
        return found

    def __len__(self) -> int:
        return len(self.keys)

    def in_time_order(self, pairs: pl.DataFrame) -> Iterator[int]:
        """The rows of ``pairs`` (a, b) in an order in which the same profiles are asked for again soon.

        Most pairs are neighbours in time.
        """
        rank = self.frame["block_order"].rank("ordinal").to_numpy()
        one, other = rank[pairs["a"].to_numpy()], rank[pairs["b"].to_numpy()]
        order = np.lexsort((np.maximum(one, other), np.minimum(one, other)))
        for start in range(0, len(order), _BATCH):
            yield from order[start : start + _BATCH].tolist()


def build_reports(
    tables: Mapping[str, pl.LazyFrame],
    actors: ResolvedActors,
    places: ResolvedPlaces,
    hierarchy: Hierarchy,
    atlas: Atlas,
    memory: Path,
) -> Reports:
    """All reports, sorted by key.

    Args:
        tables: with the columns of ``READS``.
        memory: reports of an earlier run, read and written; the folder of profiles stands beside it.
    """
    keys = _document_keys(tables, actors, places)
    known = recall(memory, _REMEMBERED)
    files = ProfileFiles(memory.with_suffix(""))
    kept = known.filter(pl.col("file").is_in(files.names())).join(keys, on=["document_id", "document_key"], how="semi")
    fresh = keys.join(kept, on="document_id", how="anti").sort("document_id")
    made: dict[Key, Profile] = {}
    frames = [kept]
    if len(fresh):
        with files.write() as writer:
            frames = [writer.gather(kept)]
            for batch in fresh.iter_slices(_BATCH):
                profiles = _profiles(batch, tables, actors, places, hierarchy, atlas)
                frames.append(_rows(profiles, batch, writer, hierarchy, atlas))
                made |= {p.key: p for p in profiles[: HELD - len(made)]}
    frame = pl.concat(frames).sort("document_id", "report_no")
    if len(fresh) or len(kept) != len(known) or not memory.is_file():
        keep(frame, memory)
        files.forget_all_but(frame["file"].unique())
    return Reports(frame, files, made)


def _profiles(
    documents: pl.DataFrame,
    tables: Mapping[str, pl.LazyFrame],
    actors: ResolvedActors,
    places: ResolvedPlaces,
    hierarchy: Hierarchy,
    atlas: Atlas,
) -> list[Profile]:
    """Profiles of the reports of some documents, which are sorted."""
    first, last = documents["document_id"][0], documents["document_id"][-1]
    chosen = documents.lazy().select("document_id")

    def of_them(table: pl.LazyFrame) -> pl.DataFrame:
        # By their range first, which leaves whole parts of a file unread.
        inside = table.filter(pl.col("document_id").is_between(pl.lit(first), pl.lit(last)))
        return inside.join(chosen, on="document_id", how="semi").collect()

    rows = {name: of_them(tables[name].select(columns)) for name, columns in READS.items()}
    actor_ids, place_ids = (
        {(document, number): i for document, number, i in of_them(ids.lazy()).iter_rows()}
        for ids in (actors.ids, places.ids)
    )
    return profiles_of(rows, actor_ids, place_ids, hierarchy, atlas)


def _rows(profiles: list[Profile], keys: pl.DataFrame, writer: Writer, hierarchy: Hierarchy, atlas: Atlas) -> pl.DataFrame:
    """Rows of ``_REMEMBERED``."""
    told = [(*p.key, p.digest, p.is_counted, writer.name, *writer.write(p)) for p in profiles]
    columns = {name: dtype for name, dtype in _PROFILE.items() if name != "document_key"}
    frame = pl.DataFrame(told, schema=columns, orient="row").join(keys, on="document_id", maintain_order="left")
    return frame.hstack(blocking.describe(profiles, hierarchy, atlas)).select(list(_REMEMBERED))


def _document_keys(tables: Mapping[str, pl.LazyFrame], actors: ResolvedActors, places: ResolvedPlaces) -> pl.DataFrame:
    """document_id, document_key of every document with reports."""
    frames = {name: tables[name].select(columns) for name, columns in READS.items()}
    frames["actor"] = actors.ids.lazy().join(_described(actors.resolved).lazy(), on="actor_id")
    places_told = places.resolved.select("place_id", described=pl.struct(pl.all()).hash())
    frames["place"] = places.ids.lazy().join(places_told.lazy(), on="place_id")
    found = tables["report"].select("document_id").unique()
    for name, frame in frames.items():
        # A sum does not depend on the order of rows.
        hashed = frame.select("document_id", pl.struct(pl.all()).hash().alias(name)).group_by("document_id").sum()
        found = found.join(hashed, on="document_id", how="left")
    columns = [pl.col(name).cast(pl.String).fill_null("-") for name in frames]
    return found.select("document_id", document_key=pl.concat_str(columns, separator="|")).collect(engine="streaming")


def _described(resolved: pl.DataFrame) -> pl.DataFrame:
    """actor_id, described: a hash of all that relations of the actor depend on, what stands above it included."""
    parent = pl.col("parent_actor_id")
    nodes = resolved.select("actor_id", parent, own=pl.struct(pl.all().exclude("aliases", "in_reference")).hash())
    above = nodes.select(parent_actor_id="actor_id", next="parent_actor_id", of_parent="own")
    found, chain = nodes.select("actor_id", described="own"), nodes.drop_nulls("parent_actor_id")
    while len(chain):
        chain = chain.join(above, on="parent_actor_id").select(
            "actor_id", own=pl.struct("own", "of_parent").hash(), parent_actor_id="next"
        )
        found = found.update(chain.select("actor_id", described="own"), on="actor_id")
        chain = chain.drop_nulls("parent_actor_id")
    return found
