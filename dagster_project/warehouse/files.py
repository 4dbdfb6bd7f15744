"""Moving whole files and folders into place so that a reader, or a crash, never meets half of one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Readers other than the owner may look, nobody else may write.
FILE_MODE = 0o644
FOLDER_MODE = 0o755


def sync(path: Path) -> None:
    """Flush a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(new: Path, target: Path) -> None:
    """Put ``new`` in place of ``target`` atomically and durably (both in one file system)."""
    os.chmod(new, FILE_MODE)
    sync(new)
    os.replace(new, target)
    sync(target.parent)


def replace_folder(new: Path, target: Path) -> None:
    """Put the folder ``new`` in place of ``target``.

    Two renames, as folders cannot be exchanged portably; :func:`recover_folder` undoes a crash between them.
    """
    for folder, _, files in os.walk(new):
        os.chmod(folder, FOLDER_MODE)
        for name in files:
            os.chmod(Path(folder, name), FILE_MODE)
            sync(Path(folder, name))
        sync(Path(folder))
    old = _old(target)
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
        os.rename(target, old)
    os.rename(new, target)
    sync(target.parent)
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
