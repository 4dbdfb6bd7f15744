"""Entries of pages that tell many things one after the other: live blogs, digests, chronicles, lists.

Belongs here: where an entry begins. Does not belong: which incidents an entry tells (``incidents.py``).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FEWEST = 3  # a page of fewer entries is an article with a list in it
# "18:40", "20:30 GMT - Barracks taken", "9.15am: ...": when a live blog posted what follows.
_CLOCK = re.compile(
    r"^[012]?\d[:.][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:GMT|BST|CET|EST|EDT|UTC|local time))?\s*(?:$|[-–—:|])", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[•▪●◦‣*]|\d{1,2}/\d{0,2})\s")  # "3/", "3/12": posts of a thread
# "Djibo. On 6 June, ...", "May 25, 2013: rebels ...": the place or day that a paragraph is about.
_HEADING_LENGTH = 6


def entry_of_sentences(doc: Doc) -> dict[int, int]:
    """Start of each sentence -> number of the entry it stands in; empty for a page that has no entries."""
    breaks = [0, *(t.i + 1 for t in doc if t.is_space and "\n" in t.text), len(doc)]
    opened = [start for start, end in pairwise(breaks) if start < end and _opens(doc, start, end)]
    opened = [start for start in opened if doc[start].idx >= doc._.source.title_end]
    joined = [start for n, start in enumerate(opened) if n == 0 or not _is_bare_clock(doc, opened[n - 1], start)]
    if len(joined) < _FEWEST:
        return {}
    return {s.start: sum(start <= s.start for start in joined) for s in doc.sents}


def _opens(doc: Doc, start: int, end: int) -> bool:
    text = doc[start:end].text.strip()
    return bool(_CLOCK.match(text) or _BULLET.match(text) or _is_headed(doc, start, end))


def _is_bare_clock(doc: Doc, start: int, following: int) -> bool:
    """Whether an entry is but the hour above the next one."""
    return len(doc[start:following].text.strip()) < _HEADING_LENGTH + 6 and bool(
        _CLOCK.match(doc[start:following].text.strip())
    )


def _is_headed(doc: Doc, start: int, end: int) -> bool:
    """Whether a paragraph opens with nothing but a place or a day and a stop or colon."""
    stop = next((i for i in range(start, min(start + _HEADING_LENGTH, end)) if doc[i].text in {".", ":"}), None)
    if stop is None or stop == start or stop + 1 >= end or doc[start].is_upper:
        return False
    return all(i in doc._.place_at or doc[i].ent_type_ == "DATE" for i in range(start, stop))
