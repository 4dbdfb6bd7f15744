"""Totals and their parts: "the toll rose to 17", "including three children", "six of them critically".

Belongs here: numbers that a toll noun governs, parts of a number told before, which claim is whole, which is a revision,
and which are addends of one sum.
Does not belong: harm words with people of their own (``harm.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster_project.reading.casualty_words import counting_verbs
from dagster_project.reading.harm import Match
from dagster_project.reading.types import CasualtyKind, Claim
from dagster_project.reading.victims import People

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_REACH = 16  # tokens between "toll" and its number
_TO = {
    "to",
    "at",
    "of",
    "is",
    "was",
    "were",
    "reached",
    "reaches",
    "hit",
    "passed",
    "exceeded",
    "topped",
    "stood",
    "stands",
    "as",
    "now",
    "be",
    "being",
    "surpassed",
    "past",
    "above",
    "beyond",
    "tops",
    "totals",
    "totalled",
    "totaled",
    "hits",
    ":",
    "up",
}
_RISING = {
    "rise", "rises", "rose", "risen", "rising", "climb", "climbs", "climbed", "climbing", "raise", "raises", "raised", "raising", "bring", "brings", "brought", "bringing",
    "increase", "increases", "increased", "increasing", "jump", "jumped", "jumps", "grew", "grown", "grows", "mount", "mounts", "mounted", "revise", "revised", "revising", "updated",
    "lowered", "reduced", "taking", "takes", "took", "went", "goes", "up", "put", "puts", "stands",
}  # fmt: skip
_EARLIER = {"earlier", "previous", "previously", "initial", "initially", "first", "preliminary"}
_NUMBER_NOUNS = {"number", "numbers", "count", "total", "tally", "toll", "figure"}
_OF_KIND: dict[str, CasualtyKind] = {
    "dead": "killed", "deaths": "killed", "fatalities": "killed", "killed": "killed", "martyrs": "killed", "victims": "killed", "slain": "killed",
    "injured": "injured", "wounded": "injured", "injuries": "injured", "missing": "missing", "disappeared": "missing", "hostages": "captured",
    "kidnapped": "captured", "abducted": "captured", "captured": "captured", "detained": "captured", "arrested": "captured", "detainees": "captured",
}  # fmt: skip
_SPEAKING = {"speak", "speaks", "spoke", "talk", "talks", "talked"}
_ADDING = {"and", "&", "plus", "well", "with"}  # "as well as", "along with"
_NO_ADDENDS = {"none", "denied", "unclear"}
_BEFORE_ECHO = {"only", "just", "of", "at", "the", "a", "figure", "it", "them", "total"}
_ECHO = 40  # tokens from a toll to another number for it


@dataclass(slots=True)
class Toll:
    """A number that a toll noun governs, and the number it replaces."""

    kind: CasualtyKind
    trigger: int
    quantity: People
    old: People | None = None


@dataclass(slots=True)
class Part:
    """People (indices of the sentence) who are a part of a claim (index of the document)."""

    whole: int
    people: list[int]


def may_continue(sentence: Span) -> bool:
    """Whether a sentence without harm words may give another number for a toll told before."""
    return any(t.lower_ in _SPEAKING or t.lower_ in counting_verbs() for t in sentence)


def count_of(group: People) -> tuple[int, int] | None:
    """Tokens of the number words."""
    return (group.count_start, group.count_end) if group.count_start is not None and group.count_end is not None else None


def totals(doc: Doc, sentence: Span, matches: list[Match], people: list[People], used: dict[int, int]) -> Iterator[Toll]:
    """Tolls of a sentence, numbers that belong to a harm word left out."""
    for start, end, kind in _toll_nouns(doc, sentence, matches):
        free = [
            g for n, g in enumerate(people) if n not in used and g.is_stated and g.qualifier != "none" and not g.is_partitive
        ]
        quantity = _number_after(doc, sentence, end, free) or _number_before(doc, sentence, start, free)
        if quantity is None:
            continue
        yield Toll(kind, end - 1, quantity, _old(doc, sentence, quantity, free))


def echoes(doc: Doc, sentence: Span, people: list[People], used: dict[int, int], claims: list[Claim]) -> Iterator[Toll]:
    """Another number for a toll told just before: "the general staff speaks of 29", "police would confirm only 18"."""
    told = [c for c in claims if c.part_of is None and c.count_start is not None and sentence.start - c.end < _ECHO]
    if not told:
        return
    for n, group in enumerate(people):
        if n in used or not group.is_elliptic or group.is_partitive or group.qualifier in {"none", "vague"}:
            continue
        following = doc[group.end].text if group.end < len(doc) else "."
        before = [t.lower_ for t in doc[max(sentence.start, group.start - 4) : group.start] if not t.is_punct]
        while before and before[-1] in _BEFORE_ECHO:
            last = before.pop()
            if last == "of" and (not before or before[-1] not in _SPEAKING):
                break
        if before and before[-1] in counting_verbs() | _SPEAKING and following in {".", ",", ";", '"', "”", "’", "'"}:
            yield Toll(told[-1].kind, group.head, group)


def _toll_nouns(doc: Doc, sentence: Span, matches: list[Match]) -> Iterator[tuple[int, int, CasualtyKind]]:
    """(start, end, kind): "death toll", "injury toll", "the number of dead", "number of people killed"."""
    for match in matches:
        if match.word.slot == "toll":
            before = doc[match.start - 1].lower_ if match.start > sentence.start else ""
            yield match.start, match.end, "injured" if before in {"injury", "casualty"} and before == "injury" else "killed"
    for token in sentence:
        told = (
            token.lower_ in _OF_KIND
            and doc[token.i - 1].lower_ in {"the", "of"}
            and doc[token.i + 1 : token.i + 2].text == "at"
        )
        if told and any(t.lower_ in counting_verbs() for t in doc[max(sentence.start, token.i - 4) : token.i]):
            yield token.i, token.i + 1, _OF_KIND[token.lower_]  # "put the dead at six"
        if token.lower_ in _NUMBER_NOUNS and token.i + 2 < sentence.end and doc[token.i + 1].lower_ == "of":
            for i in range(token.i + 2, min(token.i + 6, sentence.end)):
                kind = _OF_KIND.get(doc[i].lower_)
                if kind is not None:
                    yield token.i, i + 1, kind
                    break
                if doc[i].text in {",", ";"} or doc[i].tag_ in {"VBD", "VBZ"}:
                    break


def _number_after(doc: Doc, sentence: Span, end: int, free: list[People]) -> People | None:
    for group in free:
        if not end <= group.start < min(end + _REACH, sentence.end):
            continue
        between = [t.lower_ for t in doc[end : group.start]]
        if ";" in between or any(t.is_punct and t.text in {"."} for t in doc[end : group.start]):
            return None
        if not between or between[-1] in _TO or (len(between) > 1 and between[-1] in {"more", "over", "least", "about"}):
            if between[-2:-1] == ["from"] or "by" in between[-2:]:
                continue
            return group
    return None


def _number_before(doc: Doc, sentence: Span, start: int, free: list[People]) -> People | None:
    """ "raises to two the number of martyrs"."""
    for group in reversed(free):
        if (
            group.end <= start
            and start - group.end <= 2
            and group.start > sentence.start
            and doc[group.start - 1].lower_ in {"to", "at"}
        ):
            return group
    return None


def _old(doc: Doc, sentence: Span, new: People, free: list[People]) -> People | None:
    """The number a toll replaces: "from 12 to 17", "up from 12", "earlier reports of 12"."""
    for group in free:
        if group is new or abs(group.start - new.start) > 14:
            continue
        before = [t.lower_ for t in doc[max(sentence.start, group.start - 4) : group.start]]
        if before and (before[-1] == "from" or set(before) & _EARLIER):
            return group
    return None


def include(claims: list[Claim], first: int, total: int) -> None:
    """Make the smaller claims of the same sentence and kind parts of a total: "three more died, bringing the toll to 36"."""
    high = claims[total].count_low or claims[total].count_high or 0
    for number in range(first, len(claims)):
        claim = claims[number]
        if (
            number not in {total, claims[total].revises}
            and claim.kind == claims[total].kind
            and claim.part_of is None
            and claim.count_high
            and claim.count_high < high
        ):
            claim.part_of = total


def parts(doc: Doc, sentence: Span, people: list[People], used: dict[int, int], claims: list[Claim]) -> Iterator[Part]:
    """People of a sentence that are a part of a claim told before them."""
    listed = _listed_parts(doc, sentence, people, used, claims)
    if listed is not None:
        yield listed
    taken = set(listed.people) if listed is not None else set()
    n = 0
    while n < len(people):
        group = people[n]
        countless = group.qualifier in {"none", "unspecified", "unclear"} or group.is_any or group.is_few_or_many
        if n in used or n in taken or countless:
            n += 1
            continue
        if n + 1 in used and _is_among(doc, group, people[n + 1]):
            yield Part(used[n + 1], [n])
            n += 1
            continue
        whole = _whole_before(doc, sentence, group, people, used)
        before = [t.lower_ for t in doc[max(sentence.start, group.start - 3) : group.start]]
        if whole is not None and _opens_part(before):
            chain = [n]
            while (
                chain[-1] + 1 < len(people)
                and chain[-1] + 1 not in used
                and _goes_on(doc, people[chain[-1]], people[chain[-1] + 1])
            ):
                chain.append(chain[-1] + 1)
            yield Part(whole, chain)
            n = chain[-1] + 1
            continue
        if whole is not None and group.is_partitive and group.is_elliptic and _is_aside(doc, sentence, group):
            yield Part(whole, [n])
        n += 1


def _listed_parts(doc: Doc, sentence: Span, people: list[People], used: dict[int, int], claims: list[Claim]) -> Part | None:
    """ "29 people were dead: 10 soldiers and 19 gunmen": people behind a colon or dash who add up to the number before it."""
    for mark in (t.i for t in sentence if t.text in {":", "-", "–", "—"}):
        before = [n for n, group in enumerate(people) if group.end <= mark and n in used]
        after = [n for n, group in enumerate(people) if group.start > mark and group.is_stated and not group.is_any]
        if not before or len(after) < 2 or any(n in used for n in after):
            continue
        total = claims[used[before[-1]]]
        numbers = [people[n].low for n in after]
        if total.count_low is not None and total.count_low == total.count_high == sum(n or 0 for n in numbers):
            return Part(used[before[-1]], after)
    return None


def _is_among(doc: Doc, group: People, whole: People) -> bool:
    """ "Eight children were among 20 people killed": people before the total they belong to."""
    gap = [t.lower_ for t in doc[group.end : whole.start]]
    return group.is_stated and gap[-1:] == ["among"] and gap[:-1] in ([], ["was"], ["were"], ["are"], ["is"])


def _opens_part(before: list[str]) -> bool:
    if not before:
        return False
    if before[-1] == "including":
        return True
    return before[-2:] in (["among", "them"], ["among", "whom"]) or before[-3:] in (
        ["among", "them", ","],
        ["including", "at", "least"],
    )


def _whole_before(doc: Doc, sentence: Span, group: People, people: list[People], used: dict[int, int]) -> int | None:
    """The claim of the nearest people before, if no clause of others stands between."""
    for n in range(len(people) - 1, -1, -1):
        if people[n].end <= group.start and n in used:
            between = [t.lower_ for t in doc[people[n].end : group.start]]
            return used[n] if ";" not in between and len(between) <= 22 else None
    return None


def _goes_on(doc: Doc, here: People, following: People) -> bool:
    gap = [t.lower_ for t in doc[here.end : following.start]]
    return gap in ([","], ["and"], [",", "and"]) and following.low is not None and following.qualifier != "none"


def _is_aside(doc: Doc, sentence: Span, group: People) -> bool:
    """ "six of them critically", "one of them a student", "two of them serious": no clause of its own."""
    if doc[group.end - 1].lower_ not in {"them", "whom"}:
        return False
    following = doc[group.end : min(group.end + 2, sentence.end)]
    return len(following) > 0 and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in following)


def whole(claims: list[Claim], number: int) -> int | None:
    """The latest claim of the same kind that may be the whole of a part: told before it and not smaller."""
    part = claims[number]
    size = part.count_high or part.count_low or 0
    for other in range(number - 1, -1, -1):
        claim = claims[other]
        if (
            claim.trigger == part.trigger
            or claim.kind != part.kind
            or claim.part_of is not None
            or claim.qualifier in {"none", "denied"}
        ):
            continue
        bound = claim.count_high if claim.count_high is not None else claim.count_low
        if bound is None or bound >= size:
            return other
    return None


def revise(doc: Doc, claims: list[Claim]) -> None:
    """Let a toll that "rose to" a number revise the total of its kind told last with another number."""
    for number, claim in enumerate(claims):
        if claim.revises is not None or claim.part_of is not None or claim.count_start is None:
            continue
        window = doc[max(claim.start, claim.count_start - 8) : claim.count_start]
        if not any(t.lower_ in _RISING for t in window) or not _is_toll(doc, claim):
            continue
        for other in range(number - 1, -1, -1):
            before = claims[other]
            if (
                before.kind == claim.kind
                and before.part_of is None
                and before.count_start is not None
                and before.start != claim.start
            ):
                bounds = (before.count_low, before.count_high)
                if bounds != (claim.count_low, claim.count_high) and bounds not in ((None, None), (0, 0)):
                    claim.revises = other
                    break


def _is_toll(doc: Doc, claim: Claim) -> bool:
    return any(t.lower_ in _NUMBER_NOUNS for t in doc[claim.start : claim.end])


def add_up(doc: Doc, claims: list[Claim]) -> None:
    """Group the coordinated people of one harm, whose numbers add up: "four soldiers and three civilians were killed".

    Args:
        claims: in text order. Every member of a group gets the index of its first one; a claim alone keeps None. People
            told before their classes ("five people, three soldiers and two civilians") are the total of those, no addend.
    """
    replaced = {claim.revises for claim in claims}
    groups: dict[tuple[int, CasualtyKind, int | None], list[int]] = {}
    for number, claim in enumerate(claims):
        is_own = claim.part_of is None and claim.revises is None and number not in replaced
        if is_own and claim.qualifier not in _NO_ADDENDS and _people_of(claim) is not None:
            groups.setdefault((claim.trigger, claim.kind, claim.claimed_by), []).append(number)
    for members in groups.values():
        if len(members) > 2 and _is_apposed([claims[n] for n in members], doc):
            for number in members[1:]:
                claims[number].part_of = members[0]
        elif len(members) > 1 and _ADDING & set(_between(doc, claims[members[-2]], claims[members[-1]])):
            for number in members:
                claims[number].addend_group = members[0]


def _people_of(claim: Claim) -> tuple[int, int] | None:
    """Tokens of number and victims."""
    starts = [n for n in (claim.count_start, claim.victims_start) if n is not None]
    ends = [n for n in (claim.count_end, claim.victims_end) if n is not None]
    return (min(starts), max(ends)) if starts and ends else None


def _between(doc: Doc, here: Claim, following: Claim) -> list[str]:
    first, second = _people_of(here), _people_of(following)
    assert first is not None
    assert second is not None
    return [t.lower_ for t in doc[first[1] : second[0]]]


def _is_apposed(claims: list[Claim], doc: Doc) -> bool:
    """Whether people of no class are spelled out after a comma or colon by classes that do not exceed them."""
    whole, rest = claims[0], claims[1:]
    size = whole.count_high if whole.count_high is not None else whole.count_low
    if size is None or whole.victim_class != "unknown" or _ADDING & set(_between(doc, whole, rest[0])):
        return False
    return sum(c.count_low or c.count_high or 0 for c in rest) <= size
