"""How many attacks and how many targets one mention tells of, and whether it sums up many attacks.

Belongs here: counts of events and of things hit, aggregates. Does not belong: counts of people (``casualties.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.types import Event

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "both": 2, "twin": 2, "one": 1,
}  # fmt: skip
_AT_LEAST = {"least", "over", "than", "minimum"}
_AT_MOST = {"most", "to", "as"}
# Words for an unstated plurality of attacks; a "wave" or "round" of strikes is one operation (reading guide).
_MANY = {
    "slew",
    "spate",
    "string",
    "dozens",
    "hundreds",
    "scores",
    "many",
    "most",
    "numerous",
    "repeated",
    "countless",
    "several",
    "frequent",
    "daily",
    "regular",
    "almost-daily",
}
# So many dead without a day are no single act.
_A_WARS_TOLL = 5000
_OF_TIME = {"DATE", "TIME"}
_HABITUAL = {
    "recent",
    "repeated",
    "regular",
    "daily",
    "frequent",
    "previous",
    "earlier",
    "past",
    "persistent",
    "constant",
    "near-daily",
}


def count(event: Event, doc: Doc) -> None:
    """Set ``attack_count``, ``target_count`` and ``is_aggregate`` of one event with its arguments and time."""
    head = doc[event.trigger]
    nominal = not event.extractor.startswith("verb:")
    time = doc._.times[event.time] if event.time is not None else None
    perfect = _perfect(head if not nominal else syntax.clause_root(head))
    over_time = time is not None and (time.is_open_ended or (time.is_duration and perfect))
    if nominal:
        bounds = number_of(head)
        if bounds is not None and bounds != (1, 1):
            event.attack_count = bounds
            event.is_aggregate = True
        plural = head.tag_ in {"NNS", "NNPS"} or head.lower_ in {
            "shelling",
            "bombardment",
            "bombing",
            "violence",
            "fighting",
        }
        upper = syntax.governor(head)
        words = {t.lower_ for t in head.lefts} | ({upper.lower_} if syntax.preposition_of(head) == "of" else set())
        long = time is not None and time.precision == "year" and not event.is_definite
        if plural and (words & _MANY or over_time or long):
            event.is_aggregate = True
        if plural and time is None and ((words & _HABITUAL and not event.is_definite) or _goes_on(head) or _is_listed(head)):
            event.is_aggregate = True
    elif not any(a.role == "victim" for a in event.arguments) and (times := _times_done(head)) is not None:
        event.attack_count, event.is_aggregate = times, True
    elif over_time:
        event.is_aggregate = perfect or (
            not event.is_effect and any(t.tag_ == "NNS" for t in syntax.objects(head)) and bool(time and time.is_open_ended)
        )
    elif perfect and time is not None and time.precision in {"year", "month"} and event.is_effect:
        event.is_aggregate = True  # "Nineteen soldiers have been killed so far this year"
    elif perfect and event.is_effect and any(t.lower_ in _LASTING for t in deep.logical_subjects(head)):
        event.is_aggregate = True  # "a campaign that has killed more than 300 people"
    elif (perfect or _is_under_way(head)) and time is None and _is_of_many(event, doc):
        event.is_aggregate = True  # "countless journalists have been murdered", "is bombing villages"
    for filler in event.arguments:
        if filler.role == "target" and filler.filler_type not in {"person", "group"}:
            event.target_count = event.target_count or number_of(doc[filler.head])
        if filler.role in {"target", "victim"} and (time is None or time.precision in {"year", "range"}):
            bounds = number_of(doc[filler.head])
            if bounds is not None and (bounds[0] or 0) >= _A_WARS_TOLL:
                event.is_aggregate = True  # "the killing of over 70,000 Salvadorans"
    if event.is_aggregate and over_time and event.attack_count is None and not event.is_effect:
        event.attack_count = event.target_count  # "have attacked at least 40 schools since January": an attack on each


# What goes on for long and kills over and over.
_LASTING = {
    "campaign", "campaigns", "conflict", "conflicts", "feud", "fighting", "insurgency", "offensive", "unrest", "uprising", "violence", "war", "wars",
}  # fmt: skip
_GOING_ON = {
    "continue", "continued", "continues", "continuing", "escalate", "escalated", "escalating", "increase", "increased", "increasing", "intensified", "intensify",
    "intensifying", "multiplied", "resumed", "step", "stepped", "stepping",
}  # fmt: skip
_A_FEW = 2  # more plurals than these in one list of acts name kinds of acts, none of them one act


def _goes_on(noun: Token) -> bool:
    """ "The rebels have stepped up their attacks on pipelines"."""
    return noun.dep_ in syntax.OBJECTS and noun.head.lower_ in _GOING_ON


def _is_listed(noun: Token) -> bool:
    """ "Arrests, murders, raids on offices, attacks against universities": bare plurals in one list."""
    plain = [t for t in syntax.conjuncts(noun) if t.tag_ == "NNS" and not any(c.dep_ == "det" for c in t.lefts)]
    return noun in plain and len(plain) > _A_FEW and all(number_of(t) is None for t in plain)


def _is_of_many(event: Event, doc: Doc) -> bool:
    """Whether a mention without a place tells of bare plurals: "journalists have been murdered"."""
    if any(a.role == "place" for a in event.arguments):
        return False
    hurt = [doc[a.head] for a in event.arguments if a.role in {"target", "victim"}]
    return bool(hurt) and all(
        t.tag_ == "NNS" and not any(c.dep_ == "det" and c.lower_ not in _MANY for c in t.lefts) and number_of(t) is None
        for t in hurt
    )


def _times_done(verb: Token) -> tuple[int | None, int | None] | None:
    """ "has come under attack more than 70 times"; of somebody "shot six times" it counts wounds."""
    for token in verb.subtree:
        if token.lower_ == "times" and token.i > verb.i:
            bounds = number_of(token)
            if bounds is not None and bounds != (1, 1):
                return bounds
    return None


def _perfect(verb: Token) -> bool:
    return any(t.lower_ in {"have", "has", "'ve"} for t in syntax.auxiliaries(verb))


def _is_under_way(verb: Token) -> bool:
    """ "Is bombing", "accused of bombing": done at no one time."""
    return verb.tag_ == "VBG" and any(t.lower_ in {"is", "are", "'s", "’s"} for t in syntax.auxiliaries(verb))


def number_of(noun: Token) -> tuple[int | None, int | None] | None:
    """Bounds of the number before a noun: "at least 165 attacks" (165, None), "about 85 targets" (85, 85); None without."""
    for child in (t for left in noun.lefts for t in left.subtree):
        if child.ent_type_ in _OF_TIME or any(time.start <= child.i < time.end for time in noun.doc._.times):
            continue  # "the 16 May assassination", "17 days after the attack"
        if child.pos_ == "NUM" or child.lower_ in _NUMBERS:
            value = _value(child)
            doc = noun.doc
            if value is None or doc[child.i + 1].text == "-":
                continue  # "a 16-hour gunbattle" is one
            before = [t.lower_ for t in doc[max(child.i - 3, noun.sent.start) : child.i]]
            if {"at", "least"} <= set(before) or {"more", "than"} <= set(before) or "over" in before:
                return value, None
            if {"up", "to"} <= set(before) or {"as", "many"} <= set(before) or {"at", "most"} <= set(before):
                return None, value
            return value, value
    upper = syntax.governor(noun)
    if syntax.preposition_of(noun) == "of" and upper.lower_ in nouns.TRANSPARENT and upper.lower_ in _MANY:
        return None
    return None


def _value(token: Token) -> int | None:
    digits = re.sub(r"[,.](?=\d{3}\b)", "", token.text)
    if digits.isdigit():
        number = int(digits)
        return number if 0 < number < 10_000_000 else None
    return _NUMBERS.get(token.lower_)
