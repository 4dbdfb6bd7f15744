"""Dates, times, numbers, amounts, ordinals and nationalities, found by rule in tokenized training text.

These labels are regular enough that rules annotate them for the trainer; names are the business of `names`.
Conventions are OntoNotes': modifiers ("at least", "nearly") belong to the amount, ages are DATE, prepositions stay out.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[1] / "seeds" / "reference"

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan\.?|feb\.?|mar\.|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon\.|tue\.|tues\.|wed\.|thu\.|thurs\.|fri\.|sat\.|sun\.)"
)
_UNIT_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|mn|bn)"
_PLURAL = r"(?:hundreds|thousands|millions|billions|dozens|scores|tens)"
_DIGITS = r"\d[\d,]*(?:\.\d+)?(?: \d/\d)?"
_NUMBER = (
    rf"(?:(?:{_DIGITS}|{_UNIT_WORD}(?: - {_UNIT_WORD}|-{_UNIT_WORD})?|an?(?= {_SCALE}\b)|half a(?= {_SCALE}\b)|several(?= {_SCALE}\b))"
    rf"(?: (?:and )?{_SCALE}| {_SCALE}s)*(?: and (?:a half|{_UNIT_WORD}))?|{_PLURAL}(?: of {_PLURAL})*)"
)
_RANGE = rf"{_NUMBER}(?: (?:to|or|-|–|and) {_NUMBER}(?! and\b))?"
_ABOUT = (
    r"(?:(?:at least|at most|more than|less than|fewer than|no more than|no fewer than|as many as|as much as|up to|close to|"
    r"nearly|almost|about|around|roughly|approximately|some|over|under|an estimated|another|only|just over|just under|well over|"
    r"up to about|between) )"
)
_DAY_UNIT = r"(?:days?|weeks?|months?|years?|decades?|centur(?:y|ies)|fortnight|quarters?|weekends?)"
_HOUR_UNIT = r"(?:hours?|minutes?|seconds?|mins?|hrs?)"
_PART = r"(?:morning|afternoon|evening|night|midnight|noon|midday|dawn|dusk)"
_YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
_ORDINAL_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_MOD = r"(?:early|late|mid|mid-|earlier|later|the end of|the start of|the beginning of|the middle of)"
_RELATIVE = r"(?:last|next|this|past|previous|following|coming|same|recent)"
_SEASON = r"(?:spring|summer|autumn|winter|fall)"
_CLOCK = r"(?:\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?|\d{1,2}\.\d\d ?[ap]\.?m\.?|\d{1,2} ?[ap]\.?m\.?)(?: (?:gmt|local time|est|edt|utc))?"
_DISTANCE = (
    r"(?:km|kms|kilometers?|kilometres?|miles?|meters?|metres?|m|cm|centimet(?:er|re)s?|mm|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|"
    r"square (?:miles?|kilomet(?:er|re)s?|feet|met(?:er|re)s?)|kg|kgs|kilograms?|kilos?|grams?|tons?|tonnes?|pounds of|lbs?|ounces?|oz|"
    r"lit(?:er|re)s?|gallons?|barrels?|mph|km/h|degrees|caliber|calibre)"
)
_CURRENCY_MARK = r"(?:us ?\$|a ?\$|c ?\$|\$|£|€|¥|rs\.?|usd|eur|gbp)"
_CURRENCY = r"(?:u\.?s\.? dollars?|dollars?|euros?|pounds?|cents?|rupees?|roubles?|rubles?|dinars?|riyals?|rials?|shekels?|lira|yen|yuan|pesos?|hryvnias?|naira|francs?|bucks)"

_PATTERNS: list[tuple[str, str]] = [
    ("TIME", rf"(?:(?:{_WEEKDAY}|yesterday|tomorrow|early|late|last|this) )?(?:early |late |mid)?{_PART}(?: hours)?"),
    ("TIME", rf"(?:the )?(?:early|late) hours (?:of )?(?:{_WEEKDAY}|yesterday)?(?: {_PART})?"),
    ("TIME", rf"(?:{_ABOUT})?{_CLOCK}|\b(?:tonight|overnight|midnight|noon|midday)\b"),
    (
        "TIME",
        rf"(?:the (?:past|last|next|first|final) )?{_ABOUT}?(?:{_RANGE}|an?|several|a few|few|many|half an) - ?{_HOUR_UNIT}|(?:the (?:past|last|next|first|final) )?{_ABOUT}?(?:{_RANGE}|an|several|a few|half an) {_HOUR_UNIT}(?: (?:ago|earlier|later|before|after))?|hours (?:later|earlier|before|after)|minutes (?:later|earlier)",
    ),
    (
        "DATE",
        rf"(?:{_WEEKDAY} ,? ?)?(?:{_MOD} )?{_ORDINAL_DAY} (?:of )?{_MONTH}(?: ,? ?{_YEAR})?(?: - {_ORDINAL_DAY} {_MONTH})?",
    ),
    (
        "DATE",
        rf"(?:{_WEEKDAY} ,? ?)?(?:{_MOD} )?(?:{_RELATIVE} )?{_MONTH}(?: the)? {_ORDINAL_DAY}(?: ?[-–] ?{_ORDINAL_DAY})?\b(?!,\d)(?: ,? ?{_YEAR}\b)?",
    ),
    ("DATE", rf"(?:{_MOD} )?(?:- )?(?:{_RELATIVE} )?{_MONTH}(?: of)?(?: ,? ?{_YEAR}| {_RELATIVE} year)?"),
    ("DATE", rf"\b\d{{1,2}}/\d{{1,2}}/(?:\d\d)?\d\d\b|\b{_YEAR}-\d\d-\d\d\b"),
    ("DATE", rf"(?:(?:{_RELATIVE}|early|late|every) )?{_WEEKDAY}(?:s)?(?: (?:the )?{_ORDINAL_DAY})?"),
    (
        "DATE",
        rf"(?:the )?(?:{_MOD} |mid - )?(?:{_YEAR}|\d\d)s\b|(?:the )?(?:early |late |mid - )?(?:\d\d(?:st|nd|rd|th)|nineteenth|twentieth|twenty - first|eighteenth) - ?century|the (?:early |late )?(?:\d\d(?:st|nd|rd|th)|nineteenth|twentieth|eighteenth) century",
    ),
    (
        "DATE",
        rf"(?:{_MOD} )?(?:the (?:{_SEASON}|end|start|beginning) of )?(?:{_SEASON} )?(?:of )?{_YEAR}(?: ?[-–] ?(?:{_YEAR}|\d\d))?",
    ),
    (
        "DATE",
        rf"(?:the )?{_RELATIVE} {_ABOUT}?(?:{_NUMBER} |few |several |couple of )?(?:{_DAY_UNIT}|{_SEASON})(?: (?:alone|ago))?",
    ),
    (
        "DATE",
        rf"{_ABOUT}?(?:{_RANGE}|an?|several|a few|a couple of|many|half a) (?:- ?)?{_DAY_UNIT}(?: - old| old)?(?: (?:ago|earlier|later|before))?|(?:days|weeks|months|years|decades) (?:ago|earlier|later)",
    ),
    (
        "DATE",
        r"(?:the (?:end|start|beginning) of |earlier |later )?(?:the|this|that|last|next) (?:day|week|month|year|weekend|decade|century)(?: (?:before|after|ago))?",
    ),
    (
        "DATE",
        r"\b(?:yesterday|today|tomorrow|nowadays|annual|annually|daily|weekly|monthly|yearly|christmas|easter|ramadan|thanksgiving|new year|new year 's (?:day|eve)|eid al - (?:fitr|adha)|ashura|independence day|recent (?:days|weeks|months|years))\b",
    ),
    ("DATE", rf"(?<=aged )(?:{_NUMBER})(?: to {_NUMBER}| and {_NUMBER}|-{_NUMBER})?"),
    (
        "MONEY",
        rf"{_ABOUT}?{_CURRENCY_MARK} ?{_NUMBER}(?: ?(?:-|to) ?{_CURRENCY_MARK}? ?{_NUMBER})?(?: ?[mbk]n?\b)?|{_ABOUT}?(?:{_RANGE}|millions of|billions of) {_CURRENCY}",
    ),
    ("PERCENT", rf"{_ABOUT}?{_RANGE} ?(?:%|percent|per cent|percentage points?|pct)"),
    ("QUANTITY", rf"{_ABOUT}?(?:{_RANGE}|several|a few|a) (?:- ?)?{_DISTANCE}"),
    (
        "ORDINAL",
        r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d+(?:st|nd|rd|th))\b",
    ),
    ("CARDINAL", rf"{_ABOUT}?{_RANGE}"),
]
# "a": only with digits or number words before a unit, never "a second" or "a m".
_COMPILED = [(label, re.compile(rf"(?<![\w.]){pattern}(?![\w])", re.IGNORECASE)) for label, pattern in _PATTERNS]
_TIME_WORDS = frozenset(
    {"second", "may", "march", "sun.", "fall", "spring", "mar.", "sat.", "some", "over", "only", "another"}
)


@cache
def nationalities() -> frozenset[str]:
    """Demonyms (adjective and people forms) of the reference tables, plus religions and political movements."""
    forms: set[str] = set()
    for name in ("countries.csv", "countries_historical.csv"):
        with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in ("demonyms_adjective", "demonyms_people"):
                    # "US" stands before nouns like a demonym; as a form it is the country's name.
                    forms.update(form for form in row[column].split(";") if form and not form.isupper())
    return frozenset(forms | _COMMUNITIES)


_COMMUNITIES = frozenset(
    """Sunni Sunnis Shia Shias Shi'ite Shi'ites Shiite Shiites Muslim Muslims Christian Christians Jew Jews Jewish Hindu
    Hindus Sikh Sikhs Buddhist Buddhists Catholic Catholics Protestant Protestants Orthodox Islamic Islamist Islamists
    Kurd Kurds Kurdish Arab Arabs Arabic Yazidi Yazidis Yezidi Yezidis Druze Alawite Alawites Turkmen Turkomans Pashtun
    Pashtuns Hazara Hazaras Tajik Tajiks Uzbek Uzbeks Baloch Baluch Punjabi Sindhi Tamil Tamils Sinhalese Rohingya
    Kachin Hutu Hutus Tutsi Tutsis Fulani Fulanis Hausa Igbo Yoruba Tuareg Tuaregs Dogon Bambara Berber Oromo Amhara
    Tigrayan Tigrayans Afar Somali Somalis Chechen Chechens Ingush Tatar Tatars Abkhaz Ossetian Ossetians Uighur Uighurs
    Uyghur Uyghurs Tibetan Tibetans Moro Maronite Copt Copts Coptic Assyrian Assyrians Chaldean Salafi Salafist Salafists
    Wahhabi Zionist Zionists Marxist Marxists Maoist Maoists Communist Communists Nazi Nazis Democrat Democrats Democratic
    Republican Republicans Baathist Baathists Ba'athist Ba'athists Bolshevik Bolsheviks African Africans Asian Asians
    European Europeans Western Westerners American Americans Latin Hispanic Hispanics Latino Latinos Serb Serbs Croat
    Croats Bosniak Bosniaks Slav Slavs Palestinian Palestinians Sahrawi Sahrawis Roma English Scots Scottish Welsh Irish
    British Briton Britons Dutch French German Soviet Soviets Basque Basques Catalan Corsican Acehnese Papuan Papuans
    Quebecois Cherokee Navajo Inuit Persian Persians Ottoman Roman Romans Greek Greeks Byzantine Aztec Maya Mayan Inca
    Eskimo Anglican Anglicans Lutheran Evangelical Methodist Mormon Mormons Islam""".split()
)


def find(words: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Value spans (start, end, label) of a tokenized sentence, longest kind first, without overlaps.

    `tags` are Penn tags: a bare number word must be tagged CD (else "one" is a pronoun), a month or weekday must not be
    a verb ("may", "march").
    """
    text = " ".join(word.replace(" ", "_") for word in words)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    position = 0
    for index, word in enumerate(words):
        starts[position] = index
        position += len(word)
        ends[position] = index + 1
        position += 1
    taken = [False] * len(words)
    found: list[tuple[int, int, str]] = []
    for label, pattern in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            while start < end and text[start] == " ":
                start += 1
            while end > start and text[end - 1] == " ":
                end -= 1
            if start not in starts or end not in ends or start == end:
                continue
            first, last = starts[start], ends[end]
            if any(taken[first:last]) or not _plausible(label, words[first:last], tags[first:last]):
                continue
            taken[first:last] = [True] * (last - first)
            found.append((first, last, label))
    known = nationalities()
    for index, word in enumerate(words):
        if not taken[index] and word in known and tags[index][:2] in ("JJ", "NN"):
            found.append((index, index + 1, "NORP"))
    yield from sorted(found)


def _plausible(label: str, words: Sequence[str], tags: Sequence[str]) -> bool:
    lower = [word.lower() for word in words]
    if len(words) == 1:
        word, tag = lower[0], tags[0]
        if word in ("may", "march", "mar.", "dec", "jan", "sun.", "sat.", "mon.", "wed."):
            return tag == "NNP"
        if word in ("fall", "spring", "second", "noon", "night", "morning", "evening", "afternoon", "dawn", "dusk"):
            return word == "second" and label == "ORDINAL" and tag == "JJ"
        if label == "ORDINAL":
            return tag in ("JJ", "RB", "LS")
        if label == "CARDINAL":
            return tag in ("CD", "NNS") and not (word == "one" and tag != "CD")
        if label == "DATE" and word.isdigit():
            return tag == "CD"
    if label == "CARDINAL":
        return any(tag == "CD" for tag in tags) or any(
            word in ("hundreds", "thousands", "millions", "dozens", "scores", "dozen") for word in lower
        )
    return True
