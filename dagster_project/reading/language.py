"""Loads the language pipeline: the bundled one, or an installed spaCy pipeline by name or path.

Belongs here: finding, loading and completing a pipeline (news words, sentence constraints, checked lemmas, noun
chunks), so that every pipeline behaves alike. Components that read events stay out: `pipeline` adds them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.settings import ConfigurationError

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = Path(__file__).parent / "model"
BUNDLED = MODELS / "en_conflict_minilm"
# What the reading components build on, and spaCy's component for it.
NEEDED = {"token.tag": "tagger", "token.dep": "parser", "doc.ents": "ner"}


class LanguageModelNotFound(ConfigurationError):
    """The pipeline named by SPACY_MODEL cannot be used; the message says what to do."""


def load_language(name: str | None = None) -> Language:
    """The spaCy pipeline `name` (one of ours, an installed package or a folder), by default that of SPACY_MODEL, else
    the bundled default.

    Every pipeline comes with news abbreviations in its tokenizer, `conflict_sentences` before its parser,
    `entity_rules` after its recogniser, `parse_repairs` and `checked_lemmas` at its end; one with Universal Dependencies labels gets `noun_chunks` that understand them.

    Raises:
        LanguageModelNotFound: there is no such pipeline, or it has no tagger, parser or named entities.
    """
    wanted = name or os.environ.get("SPACY_MODEL") or str(BUNDLED)
    nlp = _load(str(bundled(wanted) or wanted))
    missing = [component for need, component in NEEDED.items() if not _assigning(nlp, need)]
    if missing:
        raise LanguageModelNotFound(
            f"The language pipeline {wanted!r} has no {' and no '.join(missing)}, which reading needs. "
            "Name a full English pipeline in SPACY_MODEL, or unset it to use the bundled one."
        )
    _complete(nlp)
    return nlp


def bundled(name: str) -> Path | None:
    """The folder of the pipeline of that name that comes with the project, if one does."""
    folder = MODELS / name
    return folder if name.isidentifier() and folder.is_dir() else None


def _assigning(nlp: Language, need: str) -> list[str]:
    """The components that set an attribute, in their order."""
    return [name for name in nlp.pipe_names if need in nlp.get_pipe_meta(name).assigns]


def _load(wanted: str) -> Language:
    import spacy

    # Registers the factories of our components, which a saved pipeline may name.
    import dagster_project.reading.contextual
    import dagster_project.reading.entity_rules
    import dagster_project.reading.lemmas
    import dagster_project.reading.repairs
    import dagster_project.reading.sentences  # noqa: F401

    try:
        # spaCy's default arithmetic (BLIS) gives a document the same bits alone and in any batch, which numpy's
        # faster BLAS does not: keep it, or rows would depend on how documents are sharded.
        return spacy.load(wanted)
    except OSError as error:
        reason = str(error).splitlines()[0]
        raise LanguageModelNotFound(
            f"The language pipeline {wanted!r} cannot be loaded ({reason}). "
            "Unset SPACY_MODEL to use the bundled pipeline, or install the one you want into this environment "
            "(for example `python -m spacy download en_core_web_lg`) and give its name, or give the folder that holds it."
        ) from None


def _complete(nlp: Language) -> None:
    from dagster_project.reading.noun_chunks import noun_chunks
    from dagster_project.reading.tokens import keep_news_words

    keep_news_words(nlp)
    parser, recogniser = _assigning(nlp, "token.dep")[0], _assigning(nlp, "doc.ents")[-1]
    if "conflict_sentences" not in nlp.pipe_names:
        nlp.add_pipe("conflict_sentences", before=parser)
    if "entity_rules" not in nlp.pipe_names:
        nlp.add_pipe("entity_rules", after=recogniser)
    if "parse_repairs" not in nlp.pipe_names:
        nlp.add_pipe("parse_repairs", before="checked_lemmas" if "checked_lemmas" in nlp.pipe_names else None)
    if "checked_lemmas" not in nlp.pipe_names:
        nlp.add_pipe("checked_lemmas")
    if "nsubj:pass" in nlp.pipe_labels[parser]:
        # spaCy declares spans, but its Doc takes (start, end, label) as its own iterators give them.
        nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]
