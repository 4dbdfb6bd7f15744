"""The full reading pipeline: the language model plus the components, in the order of ``types.py``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dagster_project.reading.extensions import register
from dagster_project.reading.language import load_language

if TYPE_CHECKING:
    from spacy import Language

COMPONENTS = (
    "names",
    "actors",
    "places",
    "times",
    "speech",
    "events",
    "roles",
    "casualties",
    "incidents",
    "statements",
)


def build_pipeline(model: str | None = None) -> Language:
    """Load the language model (``None``: the configured one) and add every reading component.

    Raises:
        LanguageModelNotFound: no such model; the message says what to do.
    """
    register()
    nlp = load_language(model)
    for component in COMPONENTS:
        import_module(f"dagster_project.reading.{component}")  # registers its factory
        nlp.add_pipe(f"conflict_{component}")
    return nlp
