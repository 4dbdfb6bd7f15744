"""A folding key under which the usual Latin spellings of one foreign name are equal.

"Kata'ib", "Kataib" and "Kataeb", "Sayyid" and "Sayyed", "Houthi" and "Huthi", "Deir ez-Zor" and "Dayr az-Zawr".

Belongs here: spelling rules. Does not belong: which names exist (``lexicon.py``, ``geocode.py``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘`´ʿʾʼʻ"
# Before a hyphen the assimilated forms of the Arabic article too; before a blank only "al", the others are words.
HYPHENATED_ARTICLES = frozenset(
    {"al", "el", "as", "ash", "az", "an", "ad", "ar", "at", "ul", "ur", "us", "ud", "ez", "er", "es", "et", "il"}
)

_STRIP_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
# Letters that carry no combining mark to strip.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "a"}
)
# (pattern, replacement) in order; no look-around and no back-references, so that the same rules run in polars.
FOLDING_RULES = (
    (r"ee|oi", "i"),  # Hod(ee)da
    (r"oo|ou", "u"),  # H(ou)thi, Kh(oo)rmatu
    (r"ei|ey|ay", "ai"),  # Huss(ei)n, D(ay)r
    (r"aw([^aeiou]|\b)", "u$1"),  # Z(aw)r
    (r"au", "u"),
    (r"kh|ck|q", "k"),
    (r"c([^ehiy]|\b)", "k$1"),
    (r"gh", "g"),
    (r"dh", "d"),
    (r"dj", "j"),
    (r"ph", "f"),
    (r"w", "v"),
    (r"ie|y|e", "i"),  # Sa(yy)id, Sa(yye)d
    (r"o", "u"),  # M(o)hammed, M(u)hammed
    (r"i+ah?\b", "i"),  # Nabat(iyah), Nabat(ieh)
    (r"([aiu])h\b", "$1"),  # Hezbolla(h)
)
_COMPILED = [(re.compile(p), r.replace("$1", r"\1")) for p, r in FOLDING_RULES]
_DOUBLED = re.compile(r"(.)\1+")


def plain(text: str) -> str:
    """Text in lower-case letters without accents and apostrophes."""
    if text.isascii():
        return text.lower().translate(_STRIP_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS).translate(_STRIP_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The folding key of one plain word (see ``plain``) without hyphens or blanks."""
    if not word.isalpha():
        return word.replace(".", "")
    for pattern, replacement in _COMPILED:
        word = pattern.sub(replacement, word)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=200_000)
def words(text: str) -> tuple[str, ...]:
    """The plain words of a name or token, split at blanks and hyphens, without Arabic articles ("al-Shuhada": shuhada)."""
    parts = re.split(r"([^0-9a-z&.]+)", plain(text))
    found: list[str] = []
    for i in range(0, len(parts), 2):
        word = parts[i].strip(".") if parts[i].count(".") < 2 else parts[i].replace(".", "")
        if not word:
            continue
        following = parts[i + 1] if i + 2 < len(parts) and parts[i + 2] else ""
        is_article = (following == "-" and word in HYPHENATED_ARTICLES) or (following == " " and word == "al")
        if is_article and parts[i + 2][0].isalpha():  # "AR-15" is no article before a number
            continue
        found.append(word)
    return tuple(found)


def fold_name(text: str) -> str:
    """The folding key of a whole name: its folded words joined by blanks."""
    return " ".join(fold(w) for w in words(text))
