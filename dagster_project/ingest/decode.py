"""Bytes to text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
# Signatures of what people drop into a folder by mistake.
BINARY_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"MZ\x90",
)


class NotText(ValueError):
    """The bytes are no text in any encoding we recognise."""


def decode(data: bytes, *, html: bool = False) -> tuple[str, str]:
    """Text and the name of its encoding.

    Order: byte order mark, strict UTF-8, the charset a page declares, detection. NULs and lone surrogates are kept out.

    Raises:
        NotText: a binary file, or bytes that no likely encoding explains.
    """
    if data.startswith(BINARY_SIGNATURES):
        raise NotText("the file begins like a binary format (PDF, archive, image, office document or program)")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            try:
                return _whole(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise NotText(f"the byte order mark says {encoding}, the bytes do not: {error.reason}") from error
    try:
        return _whole(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if html and (declared := DECLARED.search(data[:4096])):
        name = declared.group(1).decode("ascii")
        try:
            return _whole(data.decode(name), codecs.lookup(name).name)
        except (LookupError, UnicodeDecodeError):
            pass  # a page that declares the wrong charset: detect instead
    if data.count(b"\0") > len(data) // 100:
        raise NotText("the file holds NUL bytes and has no byte order mark: binary, or UTF-16 without its mark")
    return _detected(data)


def _detected(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    # Mostly UTF-8 with a few broken bytes is damaged UTF-8, whatever a detector would make of it.
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("�")
    if any(byte >= 0x80 for byte in data) and broken <= max(1, (len(lenient) - len(data.decode("ascii", "ignore"))) // 4):
        return _whole(lenient, "utf-8-damaged")
    best = from_bytes(data[:200_000]).best()
    if best is not None:
        return _whole(data.decode(best.encoding, "replace"), best.encoding)
    try:
        return _whole(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError as error:
        raise NotText("no likely encoding explains the bytes") from error


def _whole(text: str, encoding: str) -> tuple[str, str]:
    if text.count("\0") > len(text) // 100:
        raise NotText("the text is full of NUL characters: a binary file")
    text = text.removeprefix("\ufeff")
    return text.encode("utf-8", "replace").decode("utf-8"), encoding
