"""Merges the separately trained parts into one pipeline and fills in its meta data."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from training.vectors import keep_attribute

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = Path(__file__).resolve().parents[1] / "dagster_project" / "reading" / "model" / "en_conflict_cnn"
VERSION = "1.2.0"
DESCRIPTION = (
    "English pipeline for news of armed conflict: tags, morphology, Universal Dependencies, lemmas, sentence boundaries and "
    "17 kinds of names and values (OntoNotes' kinds plus WEAPON, VEHICLE, ARMED_GROUP). See training/README.md."
)
SOURCES = [
    {"name": "UD English EWT", "url": "https://github.com/UniversalDependencies/UD_English-EWT", "license": "CC BY-SA 4.0"},
    {
        "name": "UD English GUM (free genres)",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
        "license": "CC BY 4.0",
    },
    {
        "name": "Universal NER, English EWT (dev)",
        "url": "https://github.com/UniversalNER/UNER_English-EWT",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "re3d (without BBC)",
        "url": "https://github.com/dstl/re3d",
        "license": "OGL v3, public domain, CC BY 3.0 AU, EU notice, CC BY-SA 3.0",
    },
    {"name": "GeoNames (names of places)", "url": "https://www.geonames.org", "license": "CC BY 4.0"},
    {
        "name": "all-MiniLM-L6-v2 (distilled word vectors)",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "license": "Apache-2.0",
    },
    {"name": "wordfreq (list of frequent words)", "url": "https://github.com/rspeer/wordfreq", "license": "CC BY-SA 4.0"},
    {"name": "Conflict news of this project, open half", "url": "training/data/conflict", "license": "CC BY 4.0"},
]
META = {
    "name": "conflict_cnn",
    "version": VERSION,
    "description": DESCRIPTION,
    "license": "CC BY-SA 4.0",
    "author": "Conflict news warehouse",
    "sources": SOURCES,
}


def merge(parsing: Path, names: Path, vectors: Path) -> Language:
    """The pipeline `parsing` with the recogniser of `names` and all hints.

    Only what is trained: plain `spacy.load` opens it, and `load_language` adds the components made of rules.
    """
    import spacy

    nlp = spacy.load(parsing)
    recogniser = spacy.load(names)
    nlp.add_pipe("ner", source=recogniser)
    # Same columns as in training, more forms: the gazetteer's hints that training withheld.
    nlp.vocab.vectors = spacy.load(vectors).vocab.vectors
    return nlp


def save(nlp: Language, target: Path = MODEL, scores: dict | None = None) -> int:
    """Writes the pipeline without what only a trainer needs; returns its size in bytes. The licence file stays."""
    nlp.meta.update(META)
    nlp.meta["performance"] = scores or {}
    for section in ("initialize", "paths", "corpora", "training"):
        nlp.config[section] = {}
    licence = target / "LICENSE.txt"
    kept = licence.read_text(encoding="utf-8") if licence.exists() else None
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(target)
    keep_attribute(target)
    if kept is not None:
        licence.write_text(kept, encoding="utf-8")
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
