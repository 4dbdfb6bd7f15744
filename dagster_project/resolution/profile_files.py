"""Profiles in files that are written once and read one profile at a time.

A run adds one file with what is new in it. Where there are many files, the next one takes in all that is still of use.

Belongs here: the files, and a profile as text. Does not belong: which profiles are of use (``reports.py``).
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from dagster_project.files import remove, written_aside
from dagster_project.resolution.profiles import Profile

_MANY = 8


class ProfileFiles:
    """The files in ``folder``, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, BinaryIO] = {}

    def names(self) -> list[str]:
        return sorted(path.name for path in self._folder.glob("[!.]*"))

    def open(self, names: Iterable[str]) -> list[str]:
        """Open those files; their names, sorted. Closed with this object."""
        found = sorted(names)
        self._opened |= {name: (self._folder / name).open("rb") for name in found if name not in self._opened}
        return found

    def read(self, name: str, at: int, size: int) -> Profile:
        """The profile that stands there in an opened file."""
        return _revived(json.loads(self.text(name, at, size)))

    def text(self, name: str, at: int, size: int) -> bytes:
        return os.pread(self._opened[name].fileno(), size, at)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """A new file, there when the block ends well."""
        name = uuid.uuid4().hex
        with written_aside(self._folder / name) as path, path.open("wb") as file:
            yield Writer(name, self, file)

    def forget_all_but(self, names: Iterable[str]) -> None:
        for name in set(self.names()) - set(names):
            remove(self._folder / name)


@dataclass(slots=True)
class Writer:
    """Writes profiles to one new file."""

    name: str
    _files: ProfileFiles
    _file: BinaryIO
    _at: int = 0

    def write(self, profile: Profile) -> tuple[int, int]:
        """Where the profile stands now: its first byte and how many."""
        return self._append(json.dumps(_kept(profile), separators=(",", ":")).encode())

    def gather(self, kept: pl.DataFrame) -> pl.DataFrame:
        """``kept`` (file, at, size of profiles written before) as it is; where their files are many, moved to this one."""
        if kept["file"].n_unique() < _MANY:
            return kept
        self._files.open(kept["file"].unique())
        moved = [self._append(self._files.text(*place)) for place in kept.select("file", "at", "size").iter_rows()]
        at = pl.DataFrame(moved, schema={"at": pl.Int64, "size": pl.Int64}, orient="row")
        return kept.with_columns(at["at"], at["size"], file=pl.lit(self.name))

    def _append(self, text: bytes) -> tuple[int, int]:
        at, size = self._at, len(text)
        self._file.write(text)
        self._at += size
        return at, size


_FIELDS = tuple(f.name for f in fields(Profile))


def _kept(profile: Profile) -> list[Any]:
    """A profile as JSON can hold it."""
    values: list[Any] = []
    for name in _FIELDS:
        value = getattr(profile, name)
        if isinstance(value, date):
            value = value.toordinal()
        elif isinstance(value, frozenset):
            value = sorted(value)
        values.append(value)
    return values


def _revived(values: list[Any]) -> Profile:
    """A profile out of ``_kept``."""
    given = dict(zip(_FIELDS, values, strict=True))
    for name in _DATES:
        if given[name] is not None:
            given[name] = date.fromordinal(given[name])
    for name in _SETS:
        given[name] = frozenset(given[name])
    for name in _PAIRS:
        given[name] = tuple(map(tuple, given[name]))
    for name in _TUPLES:
        given[name] = tuple(given[name])
    return Profile(**given)


_DATES = ("published", "start", "end")
_SETS = ("target_words", "words")
_PAIRS = ("killed", "injured")
_TUPLES = (
    "key", "places", "initiators", "suspects", "targets", "target_sides", "people", "vessels", "near_places", "near_people",
    "target_texts", "victim_classes", "weapons", "attacks", "target_counts", "sketch",
)  # fmt: skip
