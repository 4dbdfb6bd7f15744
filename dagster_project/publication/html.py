"""HTML from untrusted words: every value is escaped, every address checked, and a policy forbids what is not ours.

Belongs here: the Jinja environment, addresses, data blocks and the Content-Security-Policy. Does not belong: any page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup


def environment(templates: Path) -> jinja2.Environment:
    """Templates of a folder with autoescaping on; an undefined name is an error, not an empty word."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["web_address"] = web_address
    made.filters["data_block"] = data_block
    return made


def web_address(url: str | None) -> str | None:
    """The address, where it is one of the web (http or https) that a browser may be sent to; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def data_block(value: Any) -> Markup:
    """JSON for the inside of a ``<script type="application/json">``: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def policy(scripts: tuple[str, ...] = ()) -> str:
    """A Content-Security-Policy: no network, no frames, no forms, and no script but these, by their hashes."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes or chr(39) + 'none' + chr(39)}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
