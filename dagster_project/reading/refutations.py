"""Lists of what is said and not so: "Rumours doing the rounds:", "Claims to treat with caution:", and bullets below.

Belongs here: which lines of a page stand under such a heading. Does not belong: denials by somebody (``speech.py``,
``realis.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HEADING = (
    r"\b(?:rumou?rs|hoax(?:es)?|myths|falsehoods|fake news|misinformation|disinformation"
    r"|(?:false|fake|unverified|unproven|misleading|debunked|refuted) (?:claims?|reports?|stor(?:y|ies))"
    r"|(?:claims?|reports?) to (?:treat with|take with|be wary of|disregard|ignore))\b"
)
# The heading's line, then bullets: one a line, or all in one line.
_LIST = re.compile(rf"{_HEADING}[^\n:]*:\s*((?:[•▪●◦‣*–-]\s[^\n]*(?:\n|$))+)", re.IGNORECASE)


def deny_refuted(doc: Doc) -> None:
    """Make the actual events of bullets under a heading of rumours negated, in place."""
    lists = [found.span(1) for found in _LIST.finditer(doc.text)]
    for event in doc._.events:
        at = doc[event.trigger].idx
        if event.realis == "actual" and any(start <= at < end for start, end in lists):
            event.realis = "negated"
