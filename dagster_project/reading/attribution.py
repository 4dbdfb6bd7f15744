"""Whose words a token stands in: look-ups over ``doc._.speech`` for the components that attribute what they read.

Belongs here: finding the speech around a token. Does not belong: reading speech (``speech.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading.types import Speech

if TYPE_CHECKING:
    from spacy.tokens import Doc


def sources_of(doc: Doc, i: int) -> list[Speech]:
    """Every speech whose words hold token ``i``, the innermost first."""
    holding = [s for s in doc._.speech if s.start <= i < s.end and s.cue != i]
    return sorted(holding, key=lambda s: (s.end - s.start, s.start, s.cue))


def source_of(doc: Doc, i: int) -> Speech | None:
    """The innermost speech whose words hold token ``i``; None where the text speaks for itself."""
    found = sources_of(doc, i)
    return found[0] if found else None


def speaker_of(doc: Doc, i: int) -> int | None:
    """The actor (index into ``doc._.actors``) whose words token ``i`` belongs to: the innermost known one."""
    return next((s.speaker for s in sources_of(doc, i) if s.speaker is not None), None)


def is_denied(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is part of what somebody denies."""
    return any(s.denies for s in sources_of(doc, i))


def quotes_at(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """The attributed quotations (inside their marks) that overlap tokens ``start:end``, in text order."""
    found = {q for s in doc._.speech for q in s.quotes if q[0] < end and start < q[1]}
    return sorted(found)
