"""A reader with the bundled language model and the components up to a named one, for tests of real sentences."""

from __future__ import annotations

from importlib import import_module

from dagster_project.reading.extensions import register
from dagster_project.reading.language import load_language
from dagster_project.reading.pipeline import COMPONENTS


def reader(last: str):
    """A pipeline that ends with the component ``conflict_<last>``."""
    register()
    nlp = load_language()
    for component in COMPONENTS[: COMPONENTS.index(last) + 1]:
        import_module(f"dagster_project.reading.{component}")
        nlp.add_pipe(f"conflict_{component}")
    return nlp
