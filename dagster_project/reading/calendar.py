"""Calendar expressions in running text and the days they can mean.

Belongs here: pure functions from text and a publication date to closed day bounds. Does not belong: Docs, or which event a
date dates. The rule of the house: never more than the text licenses; without a publication date a relative
expression or one without a year stays unresolved.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dagster_project.ingest.metadata import EARLIEST, MONTHS
from dagster_project.reading.types import DatePrecision

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}
SMALL_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two couple", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
# Thirds of a year or month: "late 2019" is its last third.
THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Characters ``start:end`` of the text and the days they mean; bounds are closed, an open side is None."""

    start: int
    end: int
    date_start: date | None
    date_end: date | None
    precision: DatePrecision
    is_duration: bool = False
    is_open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against.

    ``published_on``: publication date, if known. ``named_day``: a day another expression of the sentence names, which
    "overnight" or "two days earlier" refer to. ``told_day``: the day the text told of last, before this sentence, which
    "the following day" refers to. ``is_future``: its clause speaks of the future.
    """

    published_on: date | None = None
    named_day: date | None = None
    told_day: date | None = None
    is_future: bool = False


Bounds = tuple[date | None, date | None, DatePrecision]
UNKNOWN: Bounds = (None, None, "unknown")
_RECENT = 31  # days

_month = "|".join(sorted(MONTHS, key=len, reverse=True))
_weekday = "|".join(sorted((w for w in WEEKDAYS if len(w) > 4), key=len, reverse=True))
_number = rf"\d{{1,3}}|{'|'.join(sorted(SMALL_NUMBERS, key=len, reverse=True))}"
_year = r"(?:18|19|20)\d\d"
_YEAR_TOLD = re.compile(rf"\b{_year}\b")
_part = r"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?:morning|afternoon|evening|night|dawn|noon|midnight|midday|dusk|hours|(?:early|small)\s+hours)"
_day = r"(?:0?[1-9]|[12]\d|3[01])"
_ordinal = r"(?:st|nd|rd|th)?"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source.replace(" ", r"\s+"), re.IGNORECASE)


def _after(*words: str) -> str:
    """Lookbehind for one of the words and a space."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words) + ")"


def _int(word: str) -> int:
    return int(word) if word.isdecimal() else SMALL_NUMBERS[word.lower()]


def _month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_month(year: int, month: int) -> Bounds:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def _one_day(day: date | None) -> Bounds:
    return (day, day, "day") if day else UNKNOWN


def _minus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# -- one function an expression form -------------------------------------------------------------------------------


def _full(match: re.Match[str], context: Context) -> Bounds:
    return _one_day(_safe_date(int(match["year"]), _month_number(match["month"]), int(match["day"])))


def _iso(match: re.Match[str], context: Context) -> Bounds:
    return _one_day(_safe_date(int(match["year"]), int(match["m"]), int(match["day"])))


def _numeric(match: re.Match[str], context: Context) -> Bounds:
    """ "14/03/2019", "3.4.2019": dots put the day first; with slashes only a number over twelve tells which it is."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["mark"] == "." or first > 12 or first == second:
        return _one_day(_safe_date(year, second, first))
    return _one_day(_safe_date(year, first, second)) if second > 12 else UNKNOWN


def _weekend(match: re.Match[str], context: Context) -> Bounds:
    """ "over the weekend": the one that publication falls in or that came before it."""
    if context.published_on is None or context.is_future:
        return UNKNOWN
    saturday = context.published_on - timedelta(days=(context.published_on.weekday() - 5) % 7)
    return saturday, saturday + timedelta(days=1), "days"


def _day_range(match: re.Match[str], context: Context) -> Bounds:
    month, first, last = _month_number(match["month"]), int(match["day"]), int(match["last"])
    year = int(match["year"]) if match["year"] else _year_of(month, last, context)
    if year is None:
        return UNKNOWN
    start, end = _safe_date(year, month, first), _safe_date(year, month, last)
    if start is None or end is None or end < start:
        return UNKNOWN
    return start, end, _span_precision(start, end)


def _span_precision(start: date, end: date) -> DatePrecision:
    length = (end - start).days + 1
    return "day" if length == 1 else "days" if length <= 6 else "week" if length == 7 else "range"


def _year_of(month: int, day: int, context: Context) -> int | None:
    """The year of a day without one: the latest that is not after publication, the next one when future is meant."""
    if context.published_on is None:
        return None
    year = context.published_on.year
    day = min(day, monthrange(year, month)[1])
    if context.is_future:
        return year if date(year, month, day) >= context.published_on else year + 1
    # A day's slack: papers of a day east of the event.
    return year if date(year, month, day) <= context.published_on + timedelta(days=1) else year - 1


def _month_day(match: re.Match[str], context: Context) -> Bounds:
    month, day = _month_number(match["month"]), int(match["day"])
    year = _year_told(match, context) or _year_of(month, day, context)
    return _one_day(_safe_date(year, month, day)) if year else UNKNOWN


def _year_told(match: re.Match[str], context: Context) -> int | None:
    """ "On January 4 last year", "in March of this year"."""
    if context.published_on is None or not match["of_year"]:
        return None
    return context.published_on.year - (match["of_year"].lower() == "last")


def _month_year(match: re.Match[str], context: Context) -> Bounds:
    year, month = int(match["year"]), _month_number(match["month"])
    return _third(match["third"], *_whole_month(year, month)[:2]) if match["third"] else _whole_month(year, month)


def _month_alone(match: re.Match[str], context: Context) -> Bounds:
    if context.published_on is None:
        return UNKNOWN
    month = _month_number(match["month"])
    published = context.published_on
    year = _year_told(match, context)
    if year is None:
        which = (match["which"] or "").lower()
        if context.is_future or which == "next":
            year = published.year + (month < published.month)
        else:
            year = published.year - (month > published.month or (which == "last" and month == published.month))
    start, end, precision = _whole_month(year, month)
    return _third(match["third"], start, end) if match["third"] else (start, end, precision)


def _third(word: str, start: date | None, end: date | None) -> Bounds:
    assert start is not None
    assert end is not None
    third = next(THIRDS[part] for part in re.findall(r"[a-z]+", word.lower()) if part in THIRDS)
    length = (end - start).days + 1
    if length > 31:  # a year: whole months
        first = date(start.year, 1 + 4 * third, 1)
        last_month = 4 + 4 * third
        return first, date(start.year, last_month, monthrange(start.year, last_month)[1]), "range"
    first = start + timedelta(days=10 * third)
    last = end if third == 2 else first + timedelta(days=9)
    return first, last, "range"


def _year_alone(match: re.Match[str], context: Context) -> Bounds:
    year = int(match["year"])
    start, end = date(year, 1, 1), date(year, 12, 31)
    return _third(match["third"], start, end) if match["third"] else (start, end, "year")


def _decade(match: re.Match[str], context: Context) -> Bounds:
    first = int(match["year"])
    return date(first, 1, 1), date(first + 9, 12, 31), "range"


def _on_weekday(match: re.Match[str], context: Context) -> Bounds:
    if context.published_on is None:
        return UNKNOWN
    which, number = (match["which"] or "").lower(), WEEKDAYS[match["weekday"].lower()]
    published = context.published_on
    back = (published.weekday() - number) % 7
    if which in {"next", "coming"} or context.is_future:
        return _one_day(published + timedelta(days=(number - published.weekday()) % 7 or 7))
    if which in {"last", "previous", "past"} and back == 0:
        back = 7
    day = published - timedelta(days=back)
    if match["week_ago"]:
        day -= timedelta(days=7)
    return _one_day(day)


def _today(match: re.Match[str], context: Context) -> Bounds:
    return _one_day(context.published_on)


def _yesterday(match: re.Match[str], context: Context) -> Bounds:
    if context.published_on is None:
        return UNKNOWN
    before = 2 if match.group().lower().startswith("the day before") else 1
    return _one_day(context.published_on - timedelta(days=before))


def _overnight(match: re.Match[str], context: Context) -> Bounds:
    morning = context.named_day or context.published_on
    return (morning - timedelta(days=1), morning, "days") if morning else UNKNOWN


def _tomorrow(match: re.Match[str], context: Context) -> Bounds:
    return _one_day(context.published_on + timedelta(days=1)) if context.published_on else UNKNOWN


def _length(match: re.Match[str]) -> tuple[int, str]:
    """How many of which unit: "five weeks"; one where no number is told."""
    return _int(match["count"] or "one"), match["unit"].lower().rstrip("s")


def _ago(match: re.Match[str], context: Context) -> Bounds:
    direction = match["direction"].lower()
    # "two days earlier" than what, "a day after the attack" of when? Only a day told before says so.
    told = context.named_day or context.told_day
    anchor = (context.named_day or context.published_on) if direction == "ago" else told
    if anchor is None:
        return UNKNOWN
    count, unit = _length(match)
    is_before = direction == "after" and COMES.search(match.string[: match.start()])
    return _back(anchor, -count if direction in {"later", "after"} and not is_before else count, unit)


def _came_after(match: re.Match[str], context: Context) -> Bounds:
    """ "The carnage comes five weeks after 19 died": counted back, roughly, from the day told last or today."""
    anchor = context.told_day or context.published_on
    return _back(anchor, *_length(match)) if anchor else UNKNOWN


def _years_before(match: re.Match[str], context: Context) -> Bounds:
    """ "Ten years after a mine killed four, the widow returned": counted from today, unless the text tells of another time."""
    published, told = context.published_on, context.told_day
    if published is None or _YEAR_TOLD.search(match.string) or (told and (published - told).days > _RECENT):
        return UNKNOWN
    return _back(published, *_length(match))


def _told_day(match: re.Match[str], context: Context) -> Bounds:
    """ "the same day", "the following night": beside the day told last."""
    told = context.named_day or context.told_day
    if told is None:
        return UNKNOWN
    which = match["which"].lower()
    step = 0 if which == "same" else 1 if which in {"following", "next", "after"} else -1
    return _one_day(told + timedelta(days=step))


def _beside_told_day(match: re.Match[str], context: Context) -> Bounds:
    """ "Hours later", "earlier that night": on the day told last."""
    return _one_day(context.named_day or context.told_day)


def _back(anchor: date, count: int, unit: str) -> Bounds:
    if unit == "hour":
        return _one_day(anchor) if abs(count) < 6 else UNKNOWN
    if unit in UNIT_DAYS:
        day = anchor - timedelta(days=count * UNIT_DAYS[unit])
        if unit == "day":
            return _one_day(day)
        return day - timedelta(days=3), day + timedelta(days=3), "week"
    if unit == "month":
        month = _minus_months(anchor, count)
        return _whole_month(month.year, month.month)
    years = count * (10 if unit == "decade" else 1)
    if unit == "decade" or anchor.year - years < EARLIEST.year:
        return UNKNOWN
    return date(anchor.year - years, 1, 1), date(anchor.year - years, 12, 31), "year"


def _past_period(match: re.Match[str], context: Context) -> Bounds:
    """ "in the past three days", "over the last 24 hours": from then to publication."""
    if context.published_on is None:
        return UNKNOWN
    count, unit = _length(match)
    end = context.published_on
    if unit == "hour":
        start = end - timedelta(days=-(-count // 24))
    elif unit in UNIT_DAYS:
        start = end - timedelta(days=count * UNIT_DAYS[unit])
    elif unit == "month":
        start = _minus_months(end, count)
    else:
        start = _minus_months(end, 12 * count * (10 if unit == "decade" else 1))
    if start < EARLIEST:
        return UNKNOWN
    return start, end, _span_precision(start, end)


def _calendar_unit(match: re.Match[str], context: Context) -> Bounds:
    """ "last week", "this month", "earlier this year"."""
    published = context.published_on
    if published is None:
        return UNKNOWN
    which, unit = match["which"].lower(), match["unit"].lower()
    step = -1 if which in {"last", "previous", "past"} else 1 if which in {"next", "coming"} else 0
    if unit == "week":
        monday = published - timedelta(days=published.weekday() - 7 * step)
        return monday, min(monday + timedelta(days=6), published) if step == 0 else monday + timedelta(days=6), "week"
    if unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        if which in {"last", "past"} and published.weekday() >= 5:
            saturday -= timedelta(days=7)
        if step == 1:
            saturday += timedelta(days=7)
        return saturday, saturday + timedelta(days=1), "days"
    if unit == "month":
        month = _minus_months(published, -step)
        return _whole_month(month.year, month.month)
    return date(published.year + step, 1, 1), date(published.year + step, 12, 31), "year"


def _part_of_unit(match: re.Match[str], context: Context) -> Bounds:
    """ "At the beginning of the month", "since the start of the year"; what is yet to come is of the month or year before."""
    published = context.published_on
    if published is None:
        return UNKNOWN
    is_month, step = match["unit"].lower() == "month", int(match["which"].lower() == "last")
    for back in (step, step + 1):
        month = _minus_months(published, back)
        start, end, _ = (
            _whole_month(month.year, month.month)
            if is_month
            else (date(published.year - back, 1, 1), date(published.year - back, 12, 31), "year")
        )
        part = _third(match["third"], start, end)
        if part[0] is not None and part[0] <= published:
            break
    return part


def _named_day(match: re.Match[str], context: Context) -> Bounds:
    name = re.sub(r"[^a-z]+", " ", match["holiday"].lower().replace("’", "").replace("'", "")).strip()
    month, day = HOLIDAYS[name]
    year = int(match["year"]) if match["year"] else _year_of(month, day, context)
    return _one_day(_safe_date(year, month, day)) if year else UNKNOWN


def _no_anchor(match: re.Match[str], context: Context) -> Bounds:
    return UNKNOWN


HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new years day": (1, 1), "new years eve": (12, 31), "valentines day": (2, 14), "may day": (5, 1),
}  # fmt: skip
_in_of_by = _after("in", "of", "by")
_since_until = _after("since", "from", "during", "until")
_of_day = (
    rf"(?:(?:early|late|at|before|after|shortly|around|just)\s+)*(?:(?:in|during|at|on)\s+)?(?:{_part}\s+)?(?:(?:of|on)\s+)?"
)
# "on Wednesday, June 19": the weekday is part of the date, not a day of its own.
_with_weekday = rf"(?:{_of_day}(?:{_weekday}),? \(?(?:the )?)?"
_deed = "attacks?|bombings?|raid|killings?|strikes?|blasts?|explosions?|ambush|massacre|shootings?|assault|incident|murders?|shelling|clash(?:es)?"
_of_year = r"(?:,? (?:of )?(?P<of_year>last|this) year\b)?"
_until = r"(?:-|–|—|\s+to\s+|\s+and\s+|\s+through\s+|\s+until\s+)"

# First match wins at a position: the longer forms stand first.
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], Bounds]], ...] = (
    (_pattern(rf"\b(?P<day>{_day}){_ordinal}{_until}(?P<last>{_day}){_ordinal} (?P<month>{_month})\b\.?(?:,? (?P<year>{_year}))?\b"), _day_range),
    (_pattern(rf"\b(?P<month>{_month})\b\.? (?P<day>{_day}){_ordinal}{_until}(?P<last>{_day}){_ordinal}(?!\d)(?:,? (?P<year>{_year}))?\b"), _day_range),
    (_pattern(rf"\b{_with_weekday}(?P<day>{_day}){_ordinal}(?: of)? (?P<month>{_month})\b\.?,? (?P<year>{_year})\b"), _full),
    (_pattern(rf"\b{_with_weekday}(?P<month>{_month})\b\.? (?P<day>{_day}){_ordinal},? (?P<year>{_year})\b"), _full),
    (re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)"), _iso),
    (re.compile(r"(?<![\d./])(?P<first>\d\d?)(?P<mark>[./])(?P<second>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d./]\d)"), _numeric),
    (_pattern(rf"\b(?P<holiday>christmas(?: day| eve)?|new year['’]?s (?:day|eve)|boxing day|valentine['’]?s day)(?: (?P<year>{_year}))?\b"), _named_day),
    (_pattern(rf"\b(?:(?P<third>early|late|mid|(?:the )?(?:beginning|end|start|middle) of)[ -])?(?P<month>{_month})\b\.?,?(?: of)? (?P<year>{_year})\b"), _month_year),
    (_pattern(rf"\b{_with_weekday}(?P<day>{_day}){_ordinal}(?: of)? (?P<month>{_month})\b{_of_year}"), _month_day),
    (_pattern(rf"\b{_with_weekday}(?P<month>{_month})\b\.? (?P<day>{_day}){_ordinal}\b(?!,?\d|%){_of_year}"), _month_day),
    (_pattern(rf"\b{_of_day}(?:(?P<which>last|previous|past|next|coming|this) )?(?P<weekday>{_weekday})\b(?:['’]s)?(?P<week_ago> week)?(?:(?:,)? (?:{_part}))?"), _on_weekday),
    (_pattern(r"\b(?:(?:early|earlier|late|later) )?(?:today|tonight|this (?:morning|afternoon|evening))(?: (?:morning|afternoon|evening|night))?\b"), _today),
    (_pattern(r"\b(?:(?:early|earlier|late) )?(?:yesterday(?: (?:morning|afternoon|evening|night))?|last (?:night|evening)|the day before yesterday)\b"), _yesterday),
    (_pattern(r"\bovernight\b"), _overnight),
    (_pattern(r"\btomorrow\b"), _tomorrow),
    (_pattern(rf"\b(?P<count>{_number})(?: of)? (?P<unit>hours?|days?|weeks?|fortnights?|months?|years?|decades?) (?P<direction>ago|earlier|before|previously|later)\b"), _ago),
    (_pattern(rf"\b(?P<count>{_number}) (?P<unit>days?|weeks?) (?P<direction>after) the (?:[a-z]+ )?(?:{_deed})\b"), _ago),
    (_pattern(rf"\b(?:comes?|came) (?:just |only |barely )?(?P<count>{_number}) (?P<unit>weeks?|months?) after\b(?! the )"), _came_after),
    (_pattern(rf"\b(?P<count>{_number}) (?P<unit>years?|decades?) after\b"), _years_before),
    (_pattern(r"\b(?:(?:just|only|a few|some|several) )?(?:moments|minutes|hours|(?:half )?an hour) (?:later|earlier|before|afterwards)\b"), _beside_told_day),
    (_pattern(r"\b(?:(?:later|earlier|late|early) )?(?:on )?that (?:same )?(?:day|night|morning|evening|afternoon)\b"), _beside_told_day),
    (_pattern(rf"\b(?:(?:in|over|during|for|within) )?the (?:past|last|previous|preceding) (?:(?P<count>{_number}) )?(?P<unit>hours?|days?|weeks?|fortnights?|months|years|decades?)\b"), _past_period),
    (_pattern(r"\b(?:(?:earlier|later|late|early) )?(?:over )?(?:the )?(?P<which>last|this|previous|past|next|coming) (?P<unit>week|weekend|month|year)\b"), _calendar_unit),
    (_pattern(r"\bthe (?P<third>beginning|start|middle|end) of (?P<which>the|this|last) (?P<unit>month|year)\b"), _part_of_unit),
    (_pattern(r"\b(?:over|at|during) the weekend\b"), _weekend),
    (_pattern(rf"\bfor (?:(?:more than|nearly|almost|about|over|at least|many|several|some|the past few) )?(?:(?:{_number}) )?(?:hours|days|weeks|months|years|decades)\b"), _no_anchor),
    (_pattern(r"\b(?:in )?recent (?:days|weeks|months|years)\b"), _no_anchor),
    (_pattern(r"\b(?:on |in |during )?(?:the )(?P<which>same|following|next|previous|preceding) (?:day|night|morning|evening|afternoon)\b"), _told_day),
    (_pattern(r"\bthe day (?P<which>before|after)\b(?! yesterday| tomorrow)"), _told_day),
    (re.compile(rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)?\s*(?:(?P<third>(?:[Ee]arly|[Ll]ate|[Mm]id)|(?:the\s+)?(?:beginning|end|start|middle)\s+of)[\s-]+)?\b(?P<month>{'|'.join(m.capitalize() for m in MONTHS if (len(m) > 3 and m != 'sept') or m == 'may')})\b(?!\s+\d)(?:\s+(?:of\s+)?(?P<of_year>last|this)\s+year\b)?"), _month_alone),
    (_pattern(r"\b(?:the )?(?P<year>(?:19|20)\d0)['’]?s\b"), _decade),
    (_pattern(rf"{_in_of_by}(?P<third>early|late|mid)?[ -]*(?P<year>{_year})\b(?!\s*(?:people|troops|soldiers|men|civilians|km|miles|meters|metres))"), _year_alone),
    (_pattern(rf"\b(?P<third>early|late|mid)[ -]+(?P<year>{_year})\b"), _year_alone),
    (_pattern(rf"{_since_until}(?P<third>)(?P<year>{_year})\b"), _year_alone),
)  # fmt: skip
SINCE = re.compile(r"\b(?:(?:ever )?since|starting|beginning)(?:\s+(?:in|on))?\s+(?:the\s+)?$", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:until|till|before|by|up to)\s+(?:the\s+)?$", re.IGNORECASE)
# "The raid came ten days after the ambush": the span after "came" tells when the ambush was.
COMES = re.compile(r"\b(?:comes?|came|coming)(?:\s+(?:just|only|barely|less\s+than))?\s+$", re.IGNORECASE)
# "March" the verb and "May" the modal are months only with something of a date about them.
MONTH_LIKE_WORDS = {"may", "march"}
BEFORE_MONTH = re.compile(
    r"\b(?:in|since|last|next|this|early|late|mid|until|by|during|of|from|before|after)[\s-]+$", re.IGNORECASE
)
FIXED = {_full, _iso, _month_day, _on_weekday, _today, _yesterday, _named_day}


def expressions(text: str, context_at: Callable[[int, int], Context]) -> Iterator[Resolved]:
    """All calendar expressions of a text in order, none overlapping.

    Args:
        context_at: the context of the expression at characters ``start:end``; asked once for each.
    """
    position = 0
    found: list[tuple[int, int, int, re.Match[str], Callable]] = []
    for rank, (form, resolve) in enumerate(FORMS):
        for match in form.finditer(text):
            if not _is_month_like_word(match, resolve, text):
                found.append((match.start(), -match.end(), rank, match, resolve))
    found.sort(key=lambda f: f[:3])
    for start, minus_end, _, match, resolve in found:
        end = -minus_end
        if start < position:
            continue
        position = end
        start += len(match.group()) - len(match.group().lstrip())
        first, last, precision = resolve(match, context_at(start, end))
        before = text[max(0, start - 30) : start]
        since = SINCE.search(before)
        until = None if since else UNTIL.search(before)
        if since:
            yield Resolved(
                since.start() + max(0, start - 30), end, first, None, "range" if first else "unknown", False, True
            )
        elif until and resolve is not _on_weekday:
            yield Resolved(start, end, None, last, "range" if last else "unknown")
        else:
            duration = match.group().lower().startswith("for ") or resolve is _past_period
            yield Resolved(start, end, first, last, precision, is_duration=duration)


def _is_month_like_word(match: re.Match[str], resolve: Callable, text: str) -> bool:
    if resolve is not _month_alone or match["month"].lower() not in MONTH_LIKE_WORDS:
        return False
    return not (
        match["which"]
        or match["third"]
        or BEFORE_MONTH.search(text[max(0, match.start("month") - 12) : match.start("month")])
    )


def named_days(text: str, published_on: date | None) -> list[tuple[int, date]]:
    """(position, day) of the expressions that name one day by themselves, for others to refer to."""
    plain = Context(published_on)
    days: list[tuple[int, date]] = []
    for form, resolve in FORMS:
        if resolve in FIXED:
            for match in form.finditer(text):
                first, last, precision = resolve(match, plain)
                if first and first == last and precision == "day":
                    days.append((match.start(), first))
    return sorted(days)
