"""A document's text as it is analysed: repaired, without page noise, each character traceable to the raw text.

Belongs here: what is cut and repaired. Does not belong: metadata (``metadata.py``) or reading. Nothing is lost: raw_text
keeps all of it, the cleaned copy only leaves out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate

from dagster_project.ingest.offsets import OffsetMap
from dagster_project.reference import table

# Longer paragraphs are repaired character by character only where ftfy asks for it; aligning them would be quadratic.
MAX_REPAIRED = 20_000
SENTENCE_END = re.compile(r"""[.!?…:;][\s"'”’»)\]]*$""")
BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–—-]\s+)")
HALF_TAG = re.compile(
    r"""<\/?[a-z][^<>]{0,300}>|^[\w-]{0,20}=["'][^"'<>]{0,200}["'][^<>]{0,80}>$|&(?:nbsp|amp|quot|lt|gt|#\d{1,6});""",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"""^(?:by|from)\s+(?P<name>(?:(?-i:[^\W\d_a-z])[\w.’'-]*(?:\s+(?:de|del|van|von|der|al|el|bin|and|&)|,)?\s*){1,8})(?P<rest>$|[|,–—-].{0,80}$|\s+in\s+.{0,40}$|\s+for\s+.{0,40}$)""",
    re.IGNORECASE,
)  # fmt: skip
# "Key figures: 38 civilians killed": a line of a report's own table, not the headline of another story.
TOLL_LINE = re.compile(
    r"^(?:[\w-]+\s+){0,3}(?:figures|casualties|toll|losses|victims|fatalities|killed|dead|injured|wounded|missing)\s*:\s*\S",
    re.IGNORECASE,
)
# A line this long is a paragraph, whatever ends it.
MAX_TEASER_WORDS = 18


@dataclass(slots=True)
class Cleaned:
    """``text``: title (if the page shows it), then paragraphs, separated by blank lines."""

    text: str
    title: str | None
    title_end: int
    byline: str | None
    offsets: OffsetMap
    removed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    start: int  # of its stripped content in the raw text
    end: int
    text: str
    after_blank: bool


def clean(raw: str, title: str | None = None, main: tuple[tuple[int, int], ...] | None = None) -> Cleaned:
    """Clean one document.

    Args:
        raw: the decoded visible text.
        title: the title given beside the text; None: the first non-empty line is the title.
        main: spans of the article within ``raw`` where a boilerplate remover found them.
    """
    lines = _lines(raw)
    title_line = _title_line(lines, title)
    shown_title = lines[title_line].text if title_line is not None else None
    if title is None:
        title = shown_title
    byline: str | None = None
    removed: list[str] = []
    kept: list[_Line] = []
    noise, tail = _noise_patterns()
    spans = sorted(main or ())
    starts = [start for start, _ in spans]
    ends = list(accumulate((end for _, end in spans), max))
    for number, line in enumerate(lines):
        if number == title_line:
            continue
        folded = line.text.replace("’", "'")
        if (main is not None and not _is_inside(line, starts, ends)) or (
            title and _same_words(BULLET.sub("", line.text), title)
        ):
            removed.append(line.text)
        elif tail.fullmatch(folded):
            removed += [rest.text for rest in lines[number:]]
            break
        elif noise.fullmatch(folded) or HALF_TAG.fullmatch(line.text):
            removed.append(line.text)
        elif len(kept) < 6 and (match := BYLINE.match(line.text)) and len(line.text) < 120:
            byline = byline or match["name"].strip(" ,|–—-") or None
            removed.append(line.text)
        else:
            kept.append(line)
    paragraphs = _paragraphs(kept)
    paragraphs, teasers = _without_teasers(paragraphs)
    removed += teasers
    builder = _Builder(raw)
    title_end = 0
    if title_line is not None:
        builder.paragraph([lines[title_line]])
        title_end = builder.length
    for paragraph in paragraphs:
        builder.paragraph(paragraph)
    return Cleaned("".join(builder.parts), title, title_end, byline, builder.offsets(), removed)


def _is_inside(line: _Line, starts: list[int], ends: list[int]) -> bool:
    """Whether a line shares characters with a span; ``ends``: the furthest end of the spans up to each start."""
    before = bisect_left(starts, line.end)
    return before > 0 and ends[before - 1] > line.start


def _lines(raw: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = True
    for match in re.finditer(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+", raw):
        before = raw[lines[-1].end if lines else 0 : match.start()]
        blank = blank or before.count("\n") + before.count("\u2029") + (before.count("\r") if "\n" not in before else 0) > 1
        content = match.group().strip("\ufeff\u200b \t\u00a0\u3000")
        if not content:
            blank = True
            continue
        start = match.start() + match.group().find(content)
        lines.append(_Line(start, start + len(content), content, blank))
        blank = False
    return lines


def _title_line(lines: list[_Line], title: str | None) -> int | None:
    if title is None:
        # A first line that is a long paragraph is no title.
        return 0 if lines and len(lines[0].text) <= 300 else None
    return next((i for i, line in enumerate(lines[:40]) if _same_words(line.text, title)), None)


def _same_words(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _paragraphs(lines: list[_Line]) -> list[list[_Line]]:
    """Blocks between blank lines; a block of hard-wrapped lines is one paragraph, else each line is one."""
    blocks: list[list[_Line]] = []
    for line in lines:
        if line.after_blank or not blocks:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    paragraphs: list[list[_Line]] = []
    for block in blocks:
        if _is_wrapped(block):
            paragraphs.append(block)
        else:
            paragraphs += [[line] for line in block]
    return paragraphs


def _is_wrapped(block: list[_Line]) -> bool:
    if len(block) < 2 or any(BULLET.match(line.text) for line in block):
        return False
    lengths = [len(line.text) for line in block[:-1]]
    unfinished = sum(not SENTENCE_END.search(line.text) for line in block[:-1])
    return max(lengths) <= 100 and min(lengths) >= 40 and unfinished * 2 >= len(lengths)


def _without_teasers(paragraphs: list[list[_Line]]) -> tuple[list[list[_Line]], list[str]]:
    """Drop headline-like lines between paragraphs of sentences: other stories' teasers and subheadings."""
    finished = [bool(SENTENCE_END.search(p[-1].text)) for p in paragraphs]
    long = [len(" ".join(line.text for line in p).split()) > MAX_TEASER_WORDS for p in paragraphs]
    sentences = sum(f or is_long for f, is_long in zip(finished, long, strict=True))
    if sentences * 2 < len(paragraphs):  # a page of headlines, bullets or verse: nothing stands out
        return paragraphs, []
    kept: list[list[_Line]] = []
    dropped: list[str] = []
    for paragraph, done, is_long in zip(paragraphs, finished, long, strict=True):
        text = " ".join(line.text for line in paragraph)
        if done or is_long or BULLET.match(text) or TOLL_LINE.match(text):
            kept.append(paragraph)
        else:
            dropped.append(text)
    return kept, dropped


@cache
def _noise_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = table("page_noise")
    line, tail = ("|".join(f"(?:{r['pattern']})" for r in rows if r["scope"] == scope) for scope in ("line", "tail"))
    return re.compile(line, re.IGNORECASE), re.compile(tail, re.IGNORECASE)


class _Builder:
    """Collects the cleaned text and where each stretch of it came from."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.length = 0
        self._stretches: list[tuple[int, int, int, int]] = []

    def paragraph(self, lines: list[_Line]) -> None:
        if self.length:
            self._text("\n\n")
        for number, line in enumerate(lines):
            if number:
                self._text(" ")
            start = line.start
            if number == 0 and (bullet := BULLET.match(line.text)):
                start += bullet.end()
            self._raw(start, line.end)

    def offsets(self) -> OffsetMap:
        columns = tuple(zip(*self._stretches, strict=True)) or ((), (), (), ())
        return OffsetMap(*columns)

    def _text(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _raw(self, start: int, end: int) -> None:
        import ftfy

        source = self.raw[start:end]
        position = 0
        for tag in HALF_TAG.finditer(source):  # left-over markup inside a line
            self._repaired(start + position, source[position : tag.start()], ftfy)
            if tag.group().startswith("&") and self.parts and not self.parts[-1].endswith(" "):
                self._text(" ")
            position = tag.end()
        self._repaired(start + position, source[position:], ftfy)

    def _repaired(self, start: int, source: str, ftfy) -> None:
        if not source:
            return
        fixed = source if source.isascii() and source.isprintable() else _repair(source, ftfy)
        if fixed == source:
            self._stretch(start, len(source), fixed)
            return
        if len(source) == len(fixed):
            self._stretch(start, len(source), fixed)
            return
        if len(source) > MAX_REPAIRED:
            self._stretch(start, len(source), source)
            return
        for op, i, j, k, m in SequenceMatcher(None, source, fixed, autojunk=False).get_opcodes():
            if op == "equal" or j - i == m - k:
                self._stretch(start + i, j - i, fixed[k:m])
            elif m > k:
                # An insertion stands for the raw character before it.
                raw_start, raw_length = (start + i, j - i) if j > i else (max(start + i - 1, start), 1)
                self._stretch(raw_start, raw_length, fixed[k:m])

    def _stretch(self, raw_start: int, raw_length: int, text: str) -> None:
        if not text:
            return
        self._stretches.append((self.length, len(text), raw_start, raw_length))
        self._text(text)


@cache
def _ftfy_config():
    from ftfy import TextFixerConfig

    # Quotes stay as they are: they carry who says what. Width and ligatures would shift characters for nothing.
    return TextFixerConfig(uncurl_quotes=False, unescape_html=False, normalization=None, fix_character_width=False)


# Zero-width and bidirectional controls: invisible, they only hide or split words.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]"
)
ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")


def _repair(text: str, ftfy) -> str:
    return ODD_SPACE.sub(" ", INVISIBLE.sub("", ftfy.fix_text(text, _ftfy_config())))
