"""One article as it was found, before any cleaning, and the refusal that takes its place when it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Record:
    """The decoded visible text of one file or table row with what came along with it.

    ``text`` is what ``raw.document.raw_text`` becomes. ``main`` lists the (start, end) spans of ``text`` that a boilerplate
    remover took for the article (None: nobody looked). ``published_on`` and ``stated_on`` are ISO dates or free text.
    """

    source_file: str
    record_number: int  # 0 for a file of one article, else 1-based row
    bytes_hash: str
    media_type: str
    encoding: str
    text: str
    title: str | None = None
    external_id: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    stated_on: str | None = None
    language: str | None = None
    main: tuple[tuple[int, int], ...] | None = None

    def with_manifest(self, url: str | None, publisher: str | None) -> Record:
        """The record with url and publisher filled from a manifest where it has none."""
        return replace(self, url=self.url or url, publisher=self.publisher or publisher)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file or record was not taken. ``object_id`` is ``path`` or ``path#row``."""

    object_id: str
    reason_code: str
    reason: str
    payload_excerpt: str = ""


# Refusals of a single value or of a manifest's row: the document itself was taken.
VALUE_CODES = ("bad_date", "bad_manifest", "bad_manifest_row")


def excerpt(data: bytes | str, limit: int = 200) -> str:
    """The beginning of a payload as printable text."""
    text = data[: limit * 2].decode("utf-8", "replace") if isinstance(data, bytes) else data
    return "".join(c if c.isprintable() else " " for c in text[:limit])
