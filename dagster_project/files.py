"""Files that are whole or absent, and fingerprints of files.

Belongs here: writing aside and renaming, moving files and folders into place, hashing code. Does not belong: what is
written, or when.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

# Readers other than the owner may look at what is published, nobody else may write.
FILE_MODE = 0o644
FOLDER_MODE = 0o755
# Texts, readings and logs that nobody published are the owner's alone.
PRIVATE_FOLDER_MODE = 0o700
_ASIDE = re.compile(r"\..+\.\d+\.tmp")


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
    _flush(target.parent)


def remove_asides(folder: Path) -> int:
    """Remove what writers that died inside :func:`written_aside` left below ``folder``; how many there were.

    The caller makes sure that nobody is writing there.
    """
    found = [path for path in folder.rglob(".*.tmp") if _ASIDE.fullmatch(path.name)]
    for path in found:
        remove(path)
    return len(found)


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter (an existing one is closed to others as well)."""
    path.mkdir(parents=True, exist_ok=True)
    os.chmod(path, PRIVATE_FOLDER_MODE)
    return path


def sync(path: Path) -> None:
    """Flush a file, or a folder with the files in it, to the disk."""
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.is_file():
                _flush(child)
    _flush(path)


def _flush(path: Path) -> None:
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


def replace_file(new: Path, target: Path) -> None:
    """Put ``new`` in place of ``target`` atomically and durably (both in one file system)."""
    os.chmod(new, FILE_MODE)
    _flush(new)
    os.replace(new, target)
    _flush(target.parent)


def replace_folder(new: Path, target: Path) -> None:
    """Put the folder ``new`` in place of ``target``.

    Two renames, as folders cannot be exchanged portably; :func:`recover_folder` undoes a crash between them.
    """
    for folder, _, files in os.walk(new):
        os.chmod(folder, FOLDER_MODE)
        for name in files:
            os.chmod(Path(folder, name), FILE_MODE)
            _flush(Path(folder, name))
        _flush(Path(folder))
    old = _old(target)
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
        os.rename(target, old)
    os.rename(new, target)
    _flush(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def recover_folder(target: Path) -> None:
    """Bring back the former folder where a crash left :func:`replace_folder` between its two renames."""
    old = _old(target)
    if not old.exists():
        return
    if target.exists():
        shutil.rmtree(old)
    else:
        os.rename(old, target)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def code_fingerprint(paths: list[Path]) -> str:
    """Hash of the files named, and of all regular files in the folders named (``__pycache__`` apart)."""
    digest = hashlib.sha256()
    for root in paths:
        files = sorted(p for p in root.rglob("*") if p.is_file()) if root.is_dir() else [root]
        for file in files:
            if "__pycache__" in file.parts:
                continue
            digest.update(file.relative_to(root).as_posix().encode() if file != root else file.name.encode())
            stat = file.stat()
            digest.update(_content_hash(file, stat.st_size, stat.st_mtime_ns))
    return digest.hexdigest()[:16]


@lru_cache(maxsize=4096)
def _content_hash(file: Path, size: int, mtime_ns: int) -> bytes:
    """Hash of a file as it is at this size and time; a run asks for the same ones many times."""
    return hashlib.sha256(file.read_bytes()).digest()
