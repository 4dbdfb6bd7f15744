"""Reading of short texts up to the incidents, with short views of what was found, for tests of events."""

from __future__ import annotations

from datetime import date
from functools import cache

from full import reader

from dagster_project.reading.extensions import Source


@cache
def _reader():
    return reader("incidents")


def read(text: str, title_end: int = 0, published_on: date | None = None):
    """A Doc with everything up to ``doc._.reports``; ``title_end``: characters of the text that are its title."""
    nlp = _reader()
    doc = nlp.make_doc(text)
    doc._.source = Source("test", title_end, published_on)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def kinds_of(text: str) -> list[str]:
    """Event types of all mentions that name a kind."""
    return [e.event_type for e in read(text)._.events if not e.is_generic_noun]


def kinds_of_reports(text: str) -> list[str]:
    return [r.event_type for r in read(text)._.reports]


def fillers(doc, role: str) -> list[str]:
    """Words of the fillers of a role over the events of a Doc, each once, in text order."""
    found = {(a.start, a.end): doc[a.start : a.end].text for e in doc._.events for a in e.arguments if a.role == role}
    return list(dict.fromkeys(found[span] for span in sorted(found)))
