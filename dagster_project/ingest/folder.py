"""The articles' folder and its manifest: which files are there, and what is said about them from outside.

Belongs here: safe listing. Does not belong: opening articles.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dagster_project.ingest.records import Refusal
from dagster_project.settings import Settings

MANIFEST_COLUMNS = ("source_file", "url", "publisher", "published_on")
# Beside the articles, never articles.
NOT_ARTICLES = {"manifest.csv", "overrides.csv", "readme.md", "readme.txt"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A regular file inside the folder. ``source_file`` is its path relative to the folder, with ``/``."""

    path: Path
    source_file: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ManifestRow:
    url: str | None
    publisher: str | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in the articles' folder. ``state``: a hash of it and of the tables beside it; equal states give equal passes."""

    files: list[Listed]
    refusals: list[Refusal]
    state: str


def list_articles(settings: Settings) -> Listing:
    """All files below the folder in name order; links leading outside, dangling links and odd files are refused.

    Hidden files and folders are no articles, nor is anything below the warehouse's folder, if it lies there.
    """
    found = list(_list_files(settings.articles_dir, settings.manifest, settings.warehouse_dir))
    files = [item for item in found if isinstance(item, Listed)]
    refusals = [item for item in found if isinstance(item, Refusal)]
    return Listing(files, refusals, _state(found, settings.articles_dir, settings.manifest))


def _list_files(folder: Path, manifest: Path | None, leave_out: Path) -> Iterator[Listed | Refusal]:
    root = folder.resolve()
    left_out = leave_out.resolve()
    closed: list[OSError] = []
    paths: list[Path] = []
    # Links to folders are never followed: they lead outside or around in circles.
    for where, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".") and Path(where, name).resolve() != left_out]
        paths += [Path(where, name) for name in (*folders, *files)]
    for error in closed:
        name = Path(str(error.filename or folder)).relative_to(folder).as_posix()
        yield Refusal(_printable(name), "unreadable_folder", f"the folder cannot be listed: {error.strerror or error}")
    for path in sorted(paths, key=lambda p: p.as_posix().encode("utf-8", "surrogateescape")):
        name = path.relative_to(folder).as_posix()
        printable = _printable(name)
        if path.name.startswith(".") or path.name.lower() in NOT_ARTICLES or path == manifest:
            continue
        try:
            yield from _look(path, name, printable, root)
        except OSError as error:  # gone, or changed under our eyes
            yield Refusal(printable, "unreadable_file", f"the file cannot be looked at: {error.strerror or error}")


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _look(path: Path, name: str, printable: str, root: Path) -> Iterator[Listed | Refusal]:
    if path.is_symlink():
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            yield Refusal(printable, "dangling_link", "the link leads nowhere")
            return
        if not target.is_relative_to(root):
            yield Refusal(printable, "link_outside", "the link leads outside the articles' folder")
            return
        if target.is_dir():
            yield Refusal(printable, "link_to_folder", "the link leads to a folder: folders are read once, where they are")
            return
    if path.is_dir():
        if path.suffix:  # "article.txt/": somebody expects it to be read
            yield Refusal(printable, "directory", "a directory is named like a file")
        return
    if not path.is_file():
        yield Refusal(printable, "not_a_file", "neither a regular file nor a directory")
        return
    if printable != name:
        yield Refusal(printable, "bad_name", "the file's name is not valid UTF-8: rename it")
        return
    stat = path.stat()
    yield Listed(path, name, stat.st_size, stat.st_mtime_ns)


def _state(found: Iterable[Listed | Refusal], folder: Path, manifest: Path | None) -> str:
    state = hashlib.sha256()
    for item in found:
        if isinstance(item, Refusal):
            state.update(f"{item.object_id}\0{item.reason_code}\0".encode())
        else:
            state.update(f"{item.source_file}\0{item.size}\0{item.mtime_ns}\0".encode())
    for table in (manifest, folder / "overrides.csv"):
        if table and table.is_file():
            state.update(table.read_bytes())
        state.update(b"\0")
    return state.hexdigest()


def read_manifest(path: Path | None) -> tuple[dict[str, ManifestRow], str, list[Refusal]]:
    """Rows by source_file, a hash of the file ("" without one), and what is wrong in it, row by row.

    A manifest that cannot be used at all gives no rows and one refusal; the articles are read without it.
    """
    if path is None:
        return {}, "", []
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        return {}, "", [Refusal(name, "bad_manifest", f"the manifest cannot be read: {error.strerror or error}")]
    digest = hashlib.sha256(data).hexdigest()
    try:
        reader = csv.DictReader(data.decode("utf-8-sig").splitlines(), restkey="")
        header = reader.fieldnames or []
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        return {}, digest, [Refusal(name, "bad_manifest", f"the manifest is not a UTF-8 CSV file: {error}")]
    if missing := [column for column in MANIFEST_COLUMNS if column not in header]:
        return {}, digest, [Refusal(name, "bad_manifest", f"the manifest lacks the columns {', '.join(missing)}")]
    found: dict[str, ManifestRow] = {}
    refused: list[Refusal] = []
    for number, row in enumerate(rows, start=1):
        object_id = f"{name}#{number}"
        source_file = (row["source_file"] or "").strip()
        value = (row["published_on"] or "").strip()
        if not source_file or "" in row:
            refused.append(Refusal(object_id, "bad_manifest_row", "the row names no source_file or has too many cells"))
        elif source_file in found:
            refused.append(Refusal(object_id, "bad_manifest_row", f"{source_file} stands twice; the first row counts"))
        else:
            try:
                published_on = date.fromisoformat(value) if value else None
            except ValueError:
                refused.append(Refusal(object_id, "bad_date", f"published_on {value!r} is not a date like 2024-02-05"))
                published_on = None
            url, publisher = (row["url"] or "").strip() or None, (row["publisher"] or "").strip() or None
            found[source_file] = ManifestRow(url, publisher, published_on)
    return found, digest, refused
