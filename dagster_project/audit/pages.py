"""Data Docs as we hand them on: pages of another maker that show values from articles, kept from running anything.

Belongs here: the policy put into those pages. Does not belong: pages of our own (``publication/html.py``).
"""

from __future__ import annotations

import re
from pathlib import Path

# No script runs and nothing is fetched from a network; the pages stay readable without either.
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; script-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def guard(folder: Path) -> int:
    """Put the policy into every page below ``folder`` that has none; how many there were."""
    guarded = 0
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if "Content-Security-Policy" in page:
            continue
        head = _HEAD.search(page)
        at = head.end() if head else 0
        meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        path.write_text(page[:at] + meta + page[at:], encoding="utf-8")
        guarded += 1
    return guarded
