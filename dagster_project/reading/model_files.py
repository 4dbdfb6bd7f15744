"""Which files a language model is made of, and what identifies it, without loading spaCy."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from dagster_project.files import code_fingerprint
from dagster_project.reading.language import BUNDLED, LanguageModelNotFound, bundled


def model_folder(name: str | None) -> Path:
    """The folder of a model: one of ours, a path, or an installed package.

    Raises:
        LanguageModelNotFound: no such folder or package.
    """
    wanted = name or os.environ.get("SPACY_MODEL")
    if not wanted:
        return BUNDLED
    ours = bundled(wanted)
    if ours is not None:
        return ours
    if Path(wanted).is_dir():
        return Path(wanted)
    spec = find_spec(wanted) if wanted.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        raise LanguageModelNotFound(
            f"SPACY_MODEL={wanted} is neither a folder nor an installed package: install it, or unset SPACY_MODEL to use the "
            "bundled model"
        )
    return Path(spec.submodule_search_locations[0])


@cache
def model_fingerprint(name: str | None) -> str:
    """Hash of all files of the model: what identifies its output."""
    return code_fingerprint([model_folder(name)])


def model_version(name: str | None) -> str:
    """Name and version as the model's meta states them, with the beginning of its fingerprint."""
    folder = model_folder(name)
    metas = sorted(folder.rglob("meta.json"), key=lambda p: len(p.parts))
    meta = json.loads(metas[0].read_text(encoding="utf-8")) if metas else {}
    return (
        f"{meta.get('lang', 'xx')}_{meta.get('name', folder.name)}-{meta.get('version', '0')}+{model_fingerprint(name)[:8]}"
    )
