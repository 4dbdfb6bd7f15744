"""The typed extension attributes of a Doc, registered once.

Belongs here: names, defaults and types of ``Doc._``. The values' classes are in ``types.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a document before it is read."""

    document_id: str = ""
    title_end: int = 0  # characters of the text that are the title (0 = none)
    published_on: date | None = None
    publisher: str | None = None


LISTS = ("names", "actors", "places", "times", "speech", "events", "claims", "reports", "statements")


def register() -> None:
    """Register the attributes on ``spacy.tokens.Doc``; calling it again changes nothing.

    ``doc._.source``: Source. ``doc._.<list>`` for each of LISTS: a fresh list per Doc of the dataclass in ``types.py``.
    ``doc._.actor_at`` / ``doc._.place_at``: dict from token index to the index of the innermost actor / place there.
    """
    from spacy.tokens import Doc

    if Doc.has_extension("source"):
        return
    Doc.set_extension("source", default=Source())
    for name in LISTS:
        Doc.set_extension(name, getter=_stored(name, list), setter=_store(name))
    for name in ("actor_at", "place_at"):
        Doc.set_extension(name, getter=_stored(name, dict), setter=_store(name))


def _stored(name: str, make: type):
    # spaCy copies no mutable defaults: keep the value in user_data and make it on first use.
    def get(doc):
        return doc.user_data.setdefault(("reading", name), make())

    return get


def _store(name: str):
    def put(doc, value):
        doc.user_data["reading", name] = value

    return put
