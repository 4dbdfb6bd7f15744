"""Files that are whole or absent, and fingerprints of files.

Belongs here: writing aside and renaming, hashing code. Does not belong: what is written.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A path beside ``target`` to write a file or a folder to; renamed to ``target`` when the block ends well.

    The content is on the disk before the name is. An existing ``target`` file is replaced; an existing folder must not be
    there (folders written so are named by their content).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    remove(aside)
    try:
        yield aside
        sync(aside)
        os.replace(aside, target)
    except BaseException:
        remove(aside)
        raise
    sync(target.parent)


def sync(path: Path) -> None:
    """Flush a file, or a folder with the files in it, to the disk."""
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.is_file():
                sync(child)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def code_fingerprint(paths: list[Path]) -> str:
    """Hash of the files named, and of all regular files in the folders named (``__pycache__`` apart)."""
    digest = hashlib.sha256()
    for root in paths:
        files = sorted(p for p in root.rglob("*") if p.is_file()) if root.is_dir() else [root]
        for file in files:
            if "__pycache__" in file.parts:
                continue
            digest.update(file.relative_to(root).as_posix().encode() if file != root else file.name.encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
