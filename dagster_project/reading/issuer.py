"""Whose own paper a page is: the body that issues a communique, a statement, an announcement.

Such a page speaks in its issuer's name throughout, so that "we" is the issuer and what no other source is given for is the
issuer's claim. Belongs here: telling such a page and its issuer. Does not belong: a report about a communique.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ISSUED = frozenset({"communique", "communiqué", "announcement", "statement", "declaration"})
_BODIES = frozenset({"government", "military", "armed_group", "igo", "other", "company"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = 80  # tokens after the title in which the issuer names itself


def issuer(doc: Doc) -> int | None:
    """The issuer (index into ``doc._.actors``) of a page whose headline is the name of such a paper; else None."""
    title = _paper_title(doc)
    spoken = [s.speaker for s in doc._.speech if s.speaker is not None and s.cue < len(title) + _OPENING] if title else []
    named = named_issuer(doc)
    return named if named is not None else next((n for n in spoken if doc._.actors[n].actor_type in _BODIES), None)


def named_issuer(doc: Doc) -> int | None:
    """The issuer that the headline itself names before its paper: "Ministry of Defence - Communique"."""
    at, actors = doc._.actor_at, doc._.actors
    named = [at[t.i] for t in _paper_title(doc) if t.i in at]
    return next((n for n in named if actors[n].actor_type not in {"person", "state"}), None)


def _paper_title(doc: Doc) -> list[Token]:
    """The headline's tokens up to the word for the paper; none where it is a report: "Army statement denies raid"."""
    title = [t for t in doc if t.idx < doc._.source.title_end]
    paper = next((n for n, t in enumerate(title) if t.lower_ in _ISSUED), None)
    is_report = any(t.tag_ in _FINITE for t in title)
    return [] if paper is None or is_report else title[: paper + 1]
