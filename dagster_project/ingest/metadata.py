"""What a page says about itself: publication date and language.

Belongs here: recognising stated dates and the language. Does not belong: dates of events (reading's business).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import islice

# With fewer letters a language cannot be told.
LETTERS_TO_TELL = 60

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
FORMS = (
    re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)"),
)
# "13-03-2024", "3/15/2024": only where one of the numbers can be no month.
NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<year>\d{4})(?!\d)")
# "Monitored in Spanish 1200 GMT 7 Aug 98": a header of a monitoring service, with its two-digit year.
MONITORED = re.compile(rf"\b\d{{4}}\s+GMT\s+{_DAY}\s+{_MONTH}\s+(?P<year>\d{{2}}(?:\d\d)?)\s*$", re.IGNORECASE)
# Titles that name the period they report on: "Summary of operations, 20 June 2024".
PERIODIC = re.compile(
    r"\b(?:summary|report|update|bulletin|briefing|communiqu[eé]|round-?up|digest|assessment|situation)\b", re.IGNORECASE
)
# "SAN SALVADOR, 4 Feb 90 (ACAN-EFE) --": only a dateline licenses a two-digit year.
SHORT_DATELINE = re.compile(rf"^[A-Z][A-Z .,'’()-]{{2,60}},?\s+{_DAY}\s+{_MONTH}\s+(?P<year>\d{{2}})\b(?!\d)", re.IGNORECASE)
# A point ends a dateline, unless it shortens a month: "GROZNY, Russia, Jan. 19, 2000 -", "(Nairobi, February 25, 2020) -".
DATELINE = re.compile(
    r"^\(?[^\W\d_](?:[^.!?]|(?<=\b[A-Z][a-z]{2})\.(?=\s\d)|(?<=\bSept)\.(?=\s\d)){1,70}(?:\([^()]{2,40}\)\s*)?\s[-–—]{1,2}\s"
    r"|^[A-Z][A-Z .,'’-]{2,60},\s[^.!?]{3,40}\([^()]{2,40}\)"
)
META_LINE = re.compile(
    r"^(?:(?:first\s+)?published|posted|updated|last\s+(?:updated|modified)|date|issued|publication\s+date|filed)\b\s*(?:on|at)?\s*[:|]?", re.IGNORECASE
)  # fmt: skip
EARLIEST = date(1900, 1, 1)


def parse_date(text: str) -> date | None:
    """The one full calendar date in a short text ("June 28, 2021 4:05 PM"), None without one or with an impossible one."""
    for form in FORMS:
        match = form.search(text)
        if match:
            return _date(match)
    if match := NUMERIC.search(text):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second:
            return _calendar_day(int(match["year"]), second, first)
        if second > 12 >= first:
            return _calendar_day(int(match["year"]), first, second)
    return None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found >= EARLIEST else None


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else MONTHS[parts["month"].lower()]
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 1900 if year >= 50 else 2000
    return _calendar_day(year, month, int(parts["day"]))


def stated_publication_date(lines: list[str]) -> date | None:
    """The publication date that the head or foot of a page states.

    A full date counts in a dateline, in a line that is little more than a date, or after "Published", "Updated" and the
    like; never a date told in a sentence. "Published" wins over "Updated".
    """
    candidates: list[tuple[int, date]] = []
    shown = [text for text in (line.strip() for line in lines) if text]
    for number, text in enumerate([*shown[:8], *shown[8:][-4:]]):
        head = text[:120]
        if (dateline := SHORT_DATELINE.match(head)) and (found := _date(dateline)):
            candidates.append((1, found))
            continue
        if number < 4 and (monitored := MONITORED.search(text)) and (found := _date(monitored)):
            candidates.append((1, found))
            continue
        found = parse_date(head)
        if found is None:
            continue
        if META_LINE.match(text) and len(text) <= 120:
            candidates.append((3 if re.match(r"(?:last\s+)?(?:updated|modified)", text, re.IGNORECASE) else 0, found))
        elif _is_bare_date(text) or (number < 4 and _is_header(text, is_title=number == 0)):
            candidates.append((2, found))
        elif (dateline := DATELINE.match(head)) and parse_date(dateline.group()) == found:
            candidates.append((1, found))
    return min(candidates, key=lambda c: c[0])[1] if candidates else None


def _is_header(text: str, is_title: bool) -> bool:
    """A short line that is no sentence and closes with a date: "News release - 16 February 2024", "Madrid, 22 July 2003 (EFE)"."""
    if len(text) > 120 or re.search(r"[.!?:;,]$", text):
        return False
    if is_title and not PERIODIC.search(text):
        return False
    text = re.sub(r"\s*\([A-Z][^()]{1,40}\)$", "", text)  # the agency
    closing = re.sub(r"[\s,]*\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?$", "", text, flags=re.IGNORECASE)
    return any(any(m.end() == len(closing) for m in form.finditer(closing)) for form in (*FORMS, NUMERIC))


def _is_bare_date(text: str) -> bool:
    rest = text
    for form in FORMS:
        rest = form.sub(" ", rest, count=1)
    words = re.findall(r"[A-Za-z]{2,}", rest)
    # A weekday, a clock time and its zone, or "by Name |" may stand beside it.
    extra = [w for w in words if w.lower() not in _BESIDE_DATES]
    return (len(text) <= 60 and len(extra) <= 1) or (bool(re.match(r"^by\s", text, re.IGNORECASE)) and len(words) <= 6)


_BESIDE_DATES = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "am", "pm", "gmt", "utc", "est", "edt", "cet", "bst", "ist", "at", "on",
}  # fmt: skip


def given_date(value: str | None) -> date | None:
    """A date given in a column: an ISO date or date-time, or a full calendar date. None when it is no date."""
    if not value:
        return None
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return parse_date(value)
    return found if found >= EARLIEST else None


def is_plausible(published_on: date, today: date) -> bool:
    """Not after tomorrow (time zones) and not before 1900."""
    return EARLIEST <= published_on <= today + timedelta(days=1)


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def forget_languages() -> None:
    """Give back the memory of the model of languages, which is two hundred megabytes, until it is asked again."""
    _identifier.cache_clear()


def detect_language(text: str, given: str | None) -> str:
    """ISO 639-1 code: detected where the text is long enough to tell, else the given one, else ``und``."""
    letters = sum(1 for _ in islice(filter(str.isalpha, text[:4000]), LETTERS_TO_TELL))
    known = (given or "").strip().lower()[:2] or None
    if letters < LETTERS_TO_TELL:
        return known or ("en" if text.isascii() and letters >= 15 else "und")
    code, probability = _identifier().classify(text[:4000])
    if probability < 0.9 and known:
        return known
    return str(code)
