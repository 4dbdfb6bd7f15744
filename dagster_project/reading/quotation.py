"""Where a text stands between quotation marks, whatever the marks and however carelessly they are set.

Double marks (curly, straight, angular, doubled apostrophes) and single ones; apostrophes are no marks. A quotation that
opens a paragraph and is not closed runs to the paragraph's end, and goes on where the next paragraph opens with a mark
again; another unclosed one ends with its sentence.

Belongs here: pairs of marks. Does not belong: whose words they are (``speech.py``).
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_MARK = re.compile(r"``|''|[\"“”„«»‘’']")
_OPENING = {"“", "„", "«", "``"}
_CLOSING = {"”", "»", "''"}
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
# Words whose first letters an apostrophe stands for: no quotation opens there.
_ELIDED = re.compile(r"(?:\d0s|tis|twas|em|til|cause|bout|n)\b", re.IGNORECASE)
_LEAST_UNCLOSED_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks: tokens ``start:end`` without the marks, ``outer_start:outer_end`` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    opens_paragraph: bool
    closes_paragraph: bool
    is_closed: bool


def quotations(doc: Doc) -> list[Quotation]:
    """The outermost quotations of a Doc in text order; they do not overlap."""
    text = doc.text
    if not _MARK.search(text):
        return []
    token_starts = [t.idx for t in doc]
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        for start, end, closed in _pairs(paragraph.group()):
            quotation = _in_tokens(doc, token_starts, paragraph.start(), paragraph.end(), start, end, closed)
            if quotation is not None:
                found.append(quotation)
    return found


def _pairs(paragraph: str) -> list[tuple[int, int, bool]]:
    """(place of the opening mark, place after the closing mark, whether closed), in characters of one paragraph."""
    pairs: list[tuple[int, int, bool]] = []
    opened: int | None = None
    position = 0
    while (match := _MARK.search(paragraph, position)) is not None:
        place, position = match.start(), match.end()
        mark = match.group()
        if mark in {"‘", "’", "'"}:
            end = _single(paragraph, place) if opened is None else None
            if end is not None:
                pairs.append((place, end, end <= len(paragraph) and paragraph[end - 1] in "’'"))
                position = end
            continue
        opens, closes = _directions(paragraph, place, position, mark)
        if opened is None:
            if opens:
                opened = place
            elif closes and mark != "''":
                start = _sentence_start(paragraph, place, pairs[-1][1] if pairs else 0)
                if place - start > 1:
                    pairs.append((start, position, False))
        elif closes:
            pairs.append((opened, position, True))
            opened = None
        elif opens:  # the mark that should have closed the first one is missing
            pairs.append((opened, place, False))
            opened = place
    if opened is not None:
        if not paragraph[:opened].strip():
            end = len(paragraph)
        else:
            ending = _SENTENCE_END.search(paragraph, opened)
            end = ending.end() if ending else len(paragraph)
        if len(paragraph[opened:end].split()) >= _LEAST_UNCLOSED_WORDS:
            pairs.append((opened, end, False))
    return pairs


def _directions(paragraph: str, place: int, after: int, mark: str) -> tuple[bool, bool]:
    """Whether a double mark can open and can close, by its form and by the blanks around it."""
    before = paragraph[place - 1 : place]
    following = paragraph[after : after + 1]
    blank_before = not before or before.isspace() or before in "([{—–-/"
    blank_after = not following or following.isspace()
    if mark in _OPENING:
        if (not blank_before and blank_after) or (not following.strip() and not paragraph[after:].strip()):
            return False, True  # an opening form in a closing place
        return True, False
    if mark in _CLOSING:
        return (True, False) if blank_before and not blank_after and mark != "''" else (False, True)
    if blank_before and blank_after:
        return True, True
    return blank_before, not blank_before


def _single(paragraph: str, place: int) -> int | None:
    """The place after the mark that closes a single quotation opened at ``place``; None for an apostrophe."""
    before, following = paragraph[place - 1 : place], paragraph[place + 1 : place + 2]
    if (before and not before.isspace() and before not in "([—–-:") or not following or following.isspace():
        return None
    if _ELIDED.match(paragraph, place + 1) and paragraph[place] != "‘":
        return None
    doubtful: int | None = None
    for match in re.finditer(r"[’'](?!\w)", paragraph[place + 1 :]):
        close = place + 1 + match.start()
        if paragraph[close - 1].isspace():
            continue
        plural = paragraph[close - 1] == "s" and re.match(r"\s+[a-z]", paragraph[close + 1 :])
        if not plural:
            return close + 1
        doubtful = doubtful or close + 1
    if doubtful is not None:
        return doubtful
    if (
        not paragraph[:place].strip()
        and len(paragraph.split()) >= _LEAST_UNCLOSED_WORDS
        and not re.search(r"[“”\"]", paragraph)
    ):
        return len(paragraph)
    return None


def _sentence_start(paragraph: str, place: int, least: int) -> int:
    starts = [m.end() for m in _SENTENCE_END.finditer(paragraph, least, max(place - 1, least))]
    start = starts[-1] if starts else least
    while start < place and paragraph[start].isspace():
        start += 1
    return start


def _in_tokens(
    doc: Doc, token_starts: list[int], paragraph_start: int, paragraph_end: int, start: int, end: int, closed: bool
) -> Quotation | None:
    first = bisect.bisect_right(token_starts, paragraph_start + start) - 1
    last = bisect.bisect_left(token_starts, paragraph_start + end)  # exclusive
    inner_first, inner_last = first, last
    while inner_first < inner_last and not _has_word(doc[inner_first].text):
        inner_first += 1
    while inner_last > inner_first and _is_mark(doc[inner_last - 1].text):
        inner_last -= 1
    if not any(_has_word(t.text) for t in doc[inner_first:inner_last]):
        return None
    text = doc.text
    return Quotation(
        inner_first,
        inner_last,
        first,
        last,
        not text[paragraph_start : paragraph_start + start].strip(),
        not text[paragraph_start + end : paragraph_end].strip(),
        closed,
    )


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _is_mark(text: str) -> bool:
    return text.isspace() or all(c in "\"“”„«»‘’'`" for c in text)
